"""When things happen: order, deadlines, durations, dates, starts and ends, and how often.

Another time is another filler of the same slot: the thing may have happened then as well. Only of what is demanded, a
turned deadline contradicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nyaris.edits import Edit, replacing
from nyaris.grammar import Grammar
from nyaris.quantities.amounts import durations
from nyaris.quantities.dates import DateFacts, dates, weekdays, years
from nyaris.rules import flip
from nyaris.space_time.time_facts import BoundWord, OrderWord, RelativeTime, TemporalFacts
from nyaris.space_time.timepoints import other_date, other_hours, other_relative_times, other_rhythms, plain_dates
from nyaris.space_time.timespans import Bounded, bounded, exact, other_duration
from nyaris.space_time.timing import (
    Placed,
    has_words,
    hours,
    is_denied,
    month_names,
    months_named,
    order_words,
    relation_at,
    tells_time_after,
)
from nyaris.syntax.clauses import ClauseFacts, has_negation, negations_of, predicate_above
from nyaris.syntax.predicates import main_predicate
from nyaris.syntax.scope import is_deliberate, is_plain
from nyaris.trees.sentence import FIGURE, Sentence, Span, Token
from nyaris.words.morphology import lemmas_of
from nyaris.words.opposites import Found, find


def _phrases(words: Iterable[OrderWord | BoundWord | RelativeTime]) -> Iterator[str]:
    return (word.find for word in words)


def _rhythms(grammar: Grammar) -> Iterator[str]:
    for rhythm in grammar.facts(TemporalFacts).rhythms:
        yield from rhythm.words.values()


@flip("rebinding", cues=lambda grammar: _phrases(grammar.facts(TemporalFacts).order))
def order(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What comes before comes after (before -> after, prior to -> following, by -> after, until -> after)."""
    facts = grammar.facts(TemporalFacts)
    if has_words(sentence, facts.order_ties):
        return
    placed = list(order_words(sentence, facts.order, facts, grammar))
    if len(placed) != 1 or len(months_named(sentence.text, grammar)) > 1 or len(hours(sentence.text, facts)) > 1:
        return
    (found,) = placed
    if _may_be_exchanged(sentence, found, facts, grammar):
        put = _written_like(sentence.slice(found.span), found.word.put[found.complement.kind])
        yield replacing((found.span, put))


@flip("rebinding", cues=lambda grammar: _phrases(grammar.facts(TemporalFacts).during))
def during(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What happens during a time happens after it (during the term -> after the term)."""
    facts = grammar.facts(TemporalFacts)
    placed = list(order_words(sentence, facts.during, facts, grammar))
    if len(placed) == 1 and not has_words(sentence, facts.during_ties):
        (found,) = placed
        if is_denied(sentence, found.span, facts, grammar):
            return
        put = _written_like(sentence.slice(found.span), found.word.put[found.complement.kind])
        yield replacing((found.span, put))


@flip("contradiction", cues=lambda grammar: _phrases(grammar.facts(TemporalFacts).bounds))
def deadline(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A time limit turns round (within 14 days of -> more than 14 days after, at least -> less than)."""
    facts = grammar.facts(TemporalFacts)
    for found in bounded(sentence, facts, grammar):
        word, parts = found.word, []
        if has_words(sentence, facts.bound_blockers) or (
            _is_window(found) and not _is_demanded(sentence, found, grammar)
        ):
            continue
        if found.anchor is None:
            put = word.bare
        elif found.anchor_word in facts.looks_back:
            put = word.back
        else:
            put = word.put
            if found.anchor_word in word.anchors:
                parts.append((found.anchor, word.anchors[found.anchor_word]))
        if put:
            at = _token_at(sentence, found.quantity.unit_span)
            demanded = _is_ahead(sentence, found, grammar)
            relation = relation_at(sentence, at, facts, grammar, found.span) if demanded else "rebinding"
            yield replacing((found.span, put), *parts, relation=relation)


@flip("rebinding")
def duration(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Something lasts a different time (a term of 24 months -> a term of 36 months)."""
    facts = grammar.facts(TemporalFacts)
    if len(dates(sentence.text, grammar)) > 1:
        return  # where both ends are named, so is how long it lasts
    if len(durations(sentence.text, grammar)) > 2:
        return  # a scale: each step must fit the others
    for quantity in exact(sentence, facts, grammar):
        other = other_duration(quantity, sentence.text, grammar)
        if other:
            yield replacing((quantity.span, other))


@flip("rebinding", cues=lambda grammar: (FIGURE, *grammar.facts(DateFacts).weekdays))
def date(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Something happens on another date (on 20 March 2026 -> on 27 March 2026)."""
    facts = grammar.facts(TemporalFacts)
    for found in plain_dates(sentence, facts, grammar):
        other = other_date(sentence, found, facts, grammar)
        if other:
            yield replacing((found.span, other))


@flip("rebinding", cues=lambda grammar: (FIGURE,))
def hour(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Something happens at another time of day (at 9.00 a.m. -> at 11.00 a.m.)."""
    facts = grammar.facts(TemporalFacts)
    for span, other in other_hours(sentence, facts, grammar):
        yield replacing((span, other))


@flip("rebinding")
def start_end(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What begins ends (starts on -> ends on, at the end of the month -> at the beginning of the month)."""
    facts = grammar.facts(TemporalFacts)
    if has_words(sentence, facts.start_ties):
        return
    starts = list(find(sentence, facts.starts, grammar))
    verbs = [found for found in starts if found.opposite.form == "verb" and found.word.upos == "VERB"]
    for found in verbs or starts:
        if found.opposite.form == "verb" and found.word.upos != "VERB":
            continue
        if found in verbs and facts.lenient and not _is_said_of_something(sentence, found.word):
            continue
        if not tells_time_after(sentence, found.tokens[-1], facts, grammar) or _is_taken_up(sentence, found):
            continue
        yield replacing((found.span, found.put))


@flip("rebinding", cues=_rhythms)
def frequency(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Something happens more or less often (a monthly report -> a quarterly report)."""
    facts = grammar.facts(TemporalFacts)
    for span, other in other_rhythms(sentence, facts, grammar):
        yield replacing((span, other))


@flip("rebinding")
def sequence(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Earlier and later change places (in advance -> in arrears, the preceding month -> the following month)."""
    facts = grammar.facts(TemporalFacts)
    if has_words(sentence, facts.sequence_ties):
        return
    everything = list(find(sentence, facts.sequence, grammar))
    for found in everything if len({each.span for each in everything}) == 1 else ():
        near = sentence.tokens[max(found.word.index - 6, 0) : found.word.index + 6]
        names = {name for token in near for name in (token.lower, token.lemma.lower())}
        wanted = [facts.company[name] for name in found.opposite.of]
        if (wanted and not any(names & each for each in wanted)) or any(
            names & facts.company[name] for name in found.opposite.not_of
        ):
            continue
        if _answers_another_time(sentence, found, grammar):
            continue
        yield replacing((found.span, found.put))


def _answers_another_time(sentence: Sentence, found: Found, grammar: Grammar) -> bool:
    """Whether it is told from a year that the sentence names (in 2021 ... the following year)."""
    opposite, after = found.opposite, sentence.next(found.tokens[-1])
    own = after is not None and after.text in month_names(grammar)
    return bool(opposite.only_before or opposite.only_after) and not own and _has_year(sentence, grammar)


@flip("rebinding", cues=lambda grammar: _phrases(grammar.facts(TemporalFacts).relative))
def relative(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A time told from today becomes another one (last year -> last month)."""
    facts = grammar.facts(TemporalFacts)
    if _has_year(sentence, grammar) or has_words(sentence, facts.sequence_ties):
        return
    for span, other in other_relative_times(sentence, facts, grammar):
        yield replacing((span, other))


@flip("rebinding", cues=lambda grammar: (word.find for word in grammar.facts(TemporalFacts).aspects))
def aspect(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What is done is still to come, or the other way round (has paid -> will pay, telah -> akan)."""
    facts = grammar.facts(TemporalFacts)
    predicate = main_predicate(sentence, grammar)
    turn = next((each for each in facts.aspects if predicate and each.find == predicate.finite.lower), None)
    if predicate is None or turn is None or has_words(sentence, facts.aspect_ties) or has_negation(sentence, grammar):
        return
    text, head = sentence.text, predicate.head
    if not is_deliberate(sentence, predicate, grammar) or not is_plain(sentence, predicate, grammar):
        return  # what is found, known or the case does not wait for a time
    if dates(text, grammar) or years(text, grammar) or weekdays(text, grammar) or durations(text, grammar):
        return
    if hours(text, facts) or sentence.children(head, "advcl", "conj", "parataxis", "ccomp"):
        return
    verb = sentence.next(predicate.finite)
    if verb is None or verb.upos not in {"VERB", "AUX"}:
        return
    lemma = verb.lemma.lower() if turn.base else ""
    if not turn.base:
        yield replacing((predicate.finite.span, turn.put))
    elif verb.feat("VerbForm") == "Part" and lemma in lemmas_of(verb.lower, grammar):
        yield replacing((sentence.span(predicate.finite, verb), f"{turn.put} {lemma}"))
    elif verb.lower == "been":
        yield replacing((sentence.span(predicate.finite, verb), f"{turn.put} be"))


def _is_taken_up(sentence: Sentence, found: Found) -> bool:
    """Whether a word of what begins or ends comes again ("comes into operation ..., the coming into operation of")."""
    words = {token.lemma.lower() for token in found.tokens if token.upos in {"NOUN", "VERB"}}
    return any(token.lemma.lower() in words for token in sentence.tokens if token not in found.tokens)


def _is_window(found: Bounded) -> bool:
    """Whether the duration is a window that something falls into, with nothing that it is counted from."""
    return found.anchor is None and found.word.bare != found.word.put


def _is_ahead(sentence: Sentence, found: Bounded, grammar: Grammar) -> bool:
    """Whether the sentence says what must or will be: of what happened, a window says how much it was."""
    modals = grammar.facts(ClauseFacts).modals
    return any(token.lower in modals for token in sentence.tokens if token.end <= found.span.start)


def _is_demanded(sentence: Sentence, found: Bounded, grammar: Grammar) -> bool:
    """The same of the clause that the window belongs to: "if the onset is within 7 days" names no deadline."""
    governor = predicate_above(sentence, _token_at(sentence, found.quantity.unit_span))
    return governor is not None and governor.upos == "VERB" and _is_ahead(sentence, found, grammar)


def _may_be_exchanged(sentence: Sentence, found: Placed, facts: TemporalFacts, grammar: Grammar) -> bool:
    denied = is_denied(sentence, found.span, facts, grammar) or _leads_to_denial(sentence, found, grammar)
    if (denied and not found.word.denied) or (found.word.modal and not _looks_ahead(sentence, found, grammar)):
        return False
    near = sentence.tokens[found.marker.index + 1 : found.marker.index + 4]
    inside = [token for token in sentence.subtree(found.complement.head) if token.start >= found.span.end]
    words = {name for token in (*inside, *near) for name in (token.lower, token.lemma.lower())}
    if _is_counted(sentence, found, grammar):
        return False  # what happens some days after a thing is a response to it, or prepares it
    if found.word.side == "after" and words & facts.prompts:
        return False
    if found.word.side == "until" and hours(sentence.text, facts):
        return False
    if found.word.side == "before" and _comes_too_late(sentence, found, facts):
        return False
    if _comes_again(sentence, found) or any(token.lower in grammar.facts(ClauseFacts).negators for token in near):
        return False  # "as soon as it is no longer needed": nothing happens before that
    if found.complement.kind in {"clause", "verb"} or facts.lenient:
        free = found.word.side == "after"
        if words & facts.possible or (not free and words & grammar.facts(ClauseFacts).polarity_items):
            return False
    return True


def _comes_too_late(sentence: Sentence, found: Placed, facts: TemporalFacts) -> bool:
    """Whether the act makes sense before the other thing only: it prepares it, or prolongs what that ends."""
    names = {found.complement.head.lower, found.complement.head.lemma.lower()}
    if names & facts.closings and not sentence.names.isdisjoint(facts.prolonging):
        return True
    above = list(sentence.ancestors(found.complement.head))[:2]
    return any({each.lower, each.lemma.lower()} & facts.preparing for each in above)


def _comes_again(sentence: Sentence, found: Placed) -> bool:
    """Whether the event is named again, so that the rest of the sentence may fix the order."""
    event = found.complement.head
    same = [token for token in sentence.tokens if token.upos == "NOUN" and token.lemma == event.lemma]
    return found.complement.kind == "event" and len(same) > 1


def _is_counted(sentence: Sentence, found: Placed, grammar: Grammar) -> bool:
    """Whether a duration stands right before the word (30 days after)."""
    return any(each.span.end == found.span.start - 1 for each in durations(sentence.text, grammar))


def _leads_to_denial(sentence: Sentence, found: Placed, grammar: Grammar) -> bool:
    """Whether the clause that the word belongs to comes after it and is negated."""
    governor = sentence.head(found.complement.head)
    if governor is None or governor.index < found.marker.index:
        return False
    return bool(negations_of(sentence, governor, grammar))


def _looks_ahead(sentence: Sentence, found: Placed, grammar: Grammar) -> bool:
    ahead = grammar.facts(ClauseFacts).modals | set(grammar.facts(TemporalFacts).future)
    return any(token.lower in ahead and token.upos != "PROPN" for token in sentence.tokens)


def _written_like(before: str, put: str) -> str:
    """The word in capitals where the other stood in capitals."""
    return put.upper() if before.isupper() and len(before) > 1 else put


def _is_said_of_something(sentence: Sentence, verb: Token) -> bool:
    """Whether the verb has a subject or an auxiliary, or modifies a noun, and is no mere adverb."""
    return bool(sentence.children(verb, "nsubj", "aux")) or verb.has_rel("acl")


def _has_year(sentence: Sentence, grammar: Grammar) -> bool:
    return bool(years(sentence.text, grammar)) or any(each.year for each in dates(sentence.text, grammar))


def _token_at(sentence: Sentence, span: Span) -> Token:
    return next(token for token in sentence.tokens if token.end > span.start)

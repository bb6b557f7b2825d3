"""Words of time in a sentence: what they stand before, and whether the sentence lets them be exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from nyaris.grammar import Grammar
from nyaris.quantities.amounts import durations
from nyaris.quantities.dates import DateFacts, dates, weekdays, years
from nyaris.quantities.numbers import any_of, opening_words, parse_words
from nyaris.space_time.standing import narrows
from nyaris.space_time.time_facts import ComplementKind, OrderWord, TemporalFacts
from nyaris.syntax.clauses import ClauseFacts, has_negation, predicate_above
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.lexicon import kind_of
from nyaris.words.opposites import in_quotes


@dataclass(frozen=True)
class Complement:
    """What a word of time stands before."""

    kind: ComplementKind
    head: Token


@dataclass(frozen=True)
class Placed:
    """An order word in a sentence, with its complement."""

    word: OrderWord
    span: Span
    marker: Token
    complement: Complement


def order_words(
    sentence: Sentence, words: tuple[OrderWord, ...], facts: TemporalFacts, grammar: Grammar
) -> Iterator[Placed]:
    """Every order word that has a complement it may be exchanged before."""
    by_phrase = _by_phrase(words)
    if _has_none(sentence, tuple(by_phrase)):
        return
    pattern = phrase_pattern(tuple(by_phrase))
    for match in pattern.finditer(sentence.lowered):
        word = by_phrase[" ".join(match.group().split())]
        span = Span(*match.span())
        marker = next((token for token in sentence.tokens if token.end == span.end), None)
        if marker is None or not stands_free(sentence, span) or not _fits(sentence, word, span):
            continue
        if word.side == "during" and _is_state(sentence, marker, facts):
            continue
        if word.ranges and ends_in_figure(sentence, span.start, grammar):
            continue
        found = complement_of(sentence, marker, facts, grammar)
        if found is None or found.kind not in word.put:
            continue
        if found.kind == "event" and (word.only_events or word.heads) and not _is_listed(found.head, word, facts):
            continue
        yield Placed(word, span, marker, found)


@cache
def _by_phrase(words: tuple[OrderWord, ...]) -> dict[str, OrderWord]:
    return {word.find: word for word in words}


def complement_of(sentence: Sentence, marker: Token, facts: TemporalFacts, grammar: Grammar) -> Complement | None:
    """What stands after a word of time: a date, an event, a verb or a clause; None for anything else."""
    first = sentence.next(marker)
    if first is None or first.upos == "PUNCT":
        return None
    text = sentence.text
    if any(
        date.span.start == first.start
        for date in (*dates(text, grammar), *years(text, grammar), *weekdays(text, grammar))
    ):
        return Complement("date", first)
    if first.text in month_names(grammar) or any(match.start() == first.start for match in hours(text, facts)):
        return Complement("date", first)
    if any(duration.span.start == first.start for duration in durations(text, grammar)):
        return _clause_complement(sentence, marker, facts)
    if first.upos == "NUM":
        return None
    verb = (
        sentence.next(first)
        if first.upos == "ADV" and facts.adverb_endings and first.lower.endswith(facts.adverb_endings)
        else first
    )
    if (
        verb is not None
        and verb.upos in {"VERB", "AUX"}
        and facts.gerund_endings
        and verb.lower.endswith(facts.gerund_endings)
    ):
        return Complement("verb", verb)
    clause = _clause_complement(sentence, marker, facts)
    if clause or facts.lenient:
        return clause or Complement("verb" if first.upos == "VERB" else "event", first)
    run = _nominal_run(sentence, first, facts)
    nouns = [token for token in run if token.upos in {"NOUN", "PROPN"}]
    if not nouns or (facts.gerund_endings and first.upos == "PRON" and not _is_possessive(first)):
        return None
    following = sentence.next(run[-1])
    if following is not None and following.upos == "AUX":
        return None
    head = nouns[0] if facts.head_first else nouns[-1]
    return Complement("event", head) if is_event(sentence, head, facts, grammar) else None


def is_event(sentence: Sentence, noun: Token, facts: TemporalFacts, grammar: Grammar) -> bool:
    """Whether the noun names something that happens or a stretch of time, by list or by its ending."""
    names = {noun.lower, noun.lemma.lower()}
    if names & facts.not_events:
        return False
    if names & facts.events:
        return True
    kind = kind_of(sentence, noun, grammar)
    if kind is not None:
        return kind in {"event", "time"}
    word = noun.lemma.lower()
    return bool(facts.event_endings) and word.endswith(facts.event_endings)


def tells_time_after(sentence: Sentence, word: Token, facts: TemporalFacts, grammar: Grammar) -> bool:
    """Whether a date or a stretch of time follows the word, after a preposition at most."""
    following = sentence.next(word)
    if following is None:
        return False
    for marker in (word, following) if following.upos in {"ADP", "SCONJ", "ADV", "VERB"} else (word,):
        found = complement_of(sentence, marker, facts, grammar)
        if found is not None and (
            found.kind == "date" or (found.kind == "event" and found.head.lemma.lower() in facts.times)
        ):
            return True
    return False


def stands_free(sentence: Sentence, span: Span) -> bool:
    """Whether the words are said, not quoted, whole, and no part of a name or heading."""
    text = sentence.text
    if in_quotes(sentence, span.start) or not sentence.tokens_in(span):
        return False
    if text[max(span.start - 1, 0) : span.start] in {"-", "–", "/"} or text[span.end : span.end + 1] in {"-", "–", "/"}:
        return False
    words = text[span.start : span.end].split()
    opens = not any(char.isalnum() for char in text[: span.start])
    return all(word == word.lower() for word in words[1:]) and (words[0] == words[0].lower() or opens)


def relation_at(
    sentence: Sentence, token: Token, facts: TemporalFacts, grammar: Grammar, at: Span | None = None
) -> str | None:
    """ "rebinding" where the words narrow down what is spoken of, or what may be, so that both sentences may hold.

    That is so inside relative and conditional clauses, under possibility and under negation; else None.
    """
    governor = predicate_above(sentence, token)
    if narrows(sentence, at or token.span, grammar):
        return "rebinding"
    for link in (token, *sentence.ancestors(token)):
        clause = link.has_rel("advcl") and link is not token and bool(sentence.children(link, "nsubj"))
        if clause or link.has_rel("acl", "csubj", "nsubj"):
            return "rebinding"
    above = [each for head in sentence.ancestors(token) for each in (*sentence.children(head), head)]
    if any(each.lower in facts.possible and each.upos != "PROPN" for each in above):
        return "rebinding"
    around = (*sentence.children(governor), governor) if governor else ()
    denied = is_denied(sentence, at or token.span, facts, grammar)
    return "rebinding" if denied or (around and has_negation(sentence, grammar, around)) else None


def is_denied(sentence: Sentence, span: Span, facts: TemporalFacts, grammar: Grammar) -> bool:
    """Whether a negator or a verb of failing stands before the place in its own part of the sentence."""
    clause = grammar.facts(ClauseFacts)
    words = clause.negators | clause.near_negators | facts.failing
    for token in reversed([token for token in sentence.tokens if token.end <= span.start]):
        if token.lower in words:
            return True
        if token.text in {";", ":"} or (
            token.text == "," and span.start - token.end > 1 and not _parts_numbers(sentence, token)
        ):
            return False
    return False


def _parts_numbers(sentence: Sentence, comma: Token) -> bool:
    """Whether the comma stands in a row of numbers or bracketed numbers ("subsections (4), (5) and (6)")."""
    before, after = sentence.previous(comma), sentence.next(comma)
    return (
        before is not None
        and after is not None
        and (before.text == ")" or before.upos == "NUM")
        and (after.text == "(" or after.upos == "NUM")
    )


def has_words(sentence: Sentence, words: tuple[str, ...]) -> bool:
    """Whether one of the words or phrases stands in the sentence."""
    if not words or _has_none(sentence, words):
        return False
    return bool(phrase_pattern(words).search(sentence.lowered))


def _has_none(sentence: Sentence, phrases: tuple[str, ...]) -> bool:
    """Whether a look at single words is enough to see that no phrase is there."""
    openings = opening_words(phrases)
    return bool(openings) and openings.isdisjoint(sentence.words)


@cache
def phrase_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern of whole words and phrases, longest first."""
    return re.compile(rf"(?<![\w-])(?:{any_of(words) if words else '(?!)'})(?![\w-])")


def starts_with(text: str, words: tuple[str, ...]) -> bool:
    """Whether the text begins with one of the words, after blanks."""
    return bool(words) and re.match(rf"\s*(?:{any_of(words)})(?![\w])", text, re.IGNORECASE) is not None


@cache
def month_names(grammar: Grammar) -> frozenset[str]:
    """Every spelling of every month."""
    return frozenset(name for spellings in grammar.facts(DateFacts).months for name in spellings)


@lru_cache(maxsize=64)
def hours(text: str, facts: TemporalFacts) -> tuple[re.Match[str], ...]:
    """Every time of day in figures, in the groups "hour" and "part"."""
    if not facts.day_parts:
        return ()
    pattern = rf"(?<![\d.,:])(?P<hour>\d{{1,2}})(?:[.:]\d\d)?\s?(?P<part>{any_of(facts.day_parts)})(?!\w)"
    return tuple(re.finditer(pattern, text, re.IGNORECASE))


def ends_in_figure(sentence: Sentence, start: int, grammar: Grammar) -> bool:
    """Whether a number, a date or the name of a month or weekday stands right before a place."""
    before = sentence.text[:start].rstrip()
    names = month_names(grammar) | set(grammar.facts(DateFacts).weekdays)
    last = re.split(r"[\s-]", before)[-1] if before else ""
    return last in names or any(char.isdigit() for char in last) or parse_words(last, grammar) is not None


def months_named(text: str, grammar: Grammar) -> set[str]:
    """The months that the text names."""
    return {
        word for word in re.findall(r"[^\W\d_]+", text) if word in month_names(grammar) and word != text[: len(word)]
    }


def words_before(sentence: Sentence, start: int) -> list[str]:
    """The words before a place, lower case."""
    return [token.lower for token in sentence.tokens if token.end <= start]


def word_before(sentence: Sentence, start: int) -> str:
    """The last word before a place, lower case."""
    tokens = [token for token in sentence.tokens if token.end <= start]
    return tokens[-1].lower if tokens else ""


def word_after(sentence: Sentence, end: int) -> str:
    """The first word after a place, lower case."""
    return next((token.lower for token in sentence.tokens if token.start >= end), "")


def _fits(sentence: Sentence, word: OrderWord, span: Span) -> bool:
    text = sentence.text.lower()
    if word_before(sentence, span.start) == word_after(sentence, span.end):
        return False
    if any(phrase_pattern(word.ties).search(part) for part in (text[: span.start], text[span.end :]) if word.ties):
        return False
    return (
        word_before(sentence, span.start) not in word.not_after
        and word_after(sentence, span.end) not in word.not_before
    )


def _is_state(sentence: Sentence, marker: Token, facts: TemporalFacts) -> bool:
    """Whether a quality or a mere unit of time follows (when small, during the week)."""
    following = sentence.next(marker)
    return following is not None and facts.lenient and (following.upos == "ADJ" or following.lower in facts.units)


def _is_listed(noun: Token, word: OrderWord, facts: TemporalFacts) -> bool:
    names = {noun.lower, noun.lemma.lower()}
    return (
        bool(names & word.heads)
        if word.heads
        else bool(names & facts.events) or noun.lemma.endswith(facts.event_endings)
    )


def _clause_complement(sentence: Sentence, marker: Token, facts: TemporalFacts) -> Complement | None:
    """A finite clause that the word opens: its subject right after it, and its verb after that."""
    if not marker.has_rel("mark", "advmod", "case"):
        return None
    head = sentence.head(marker)
    if head is None or head.index < marker.index or head.upos not in {"VERB", "ADJ", "AUX", "NOUN"}:
        return None
    subjects = [child for child in sentence.children(head, "nsubj") if marker.index < child.index < head.index]
    if len(subjects) != 1:
        return None
    between = sentence.tokens[marker.index + 1 : sentence.subtree(subjects[0])[0].index]
    return None if any(token.upos not in {"ADV", "DET"} for token in between) else Complement("clause", head)


def _nominal_run(sentence: Sentence, first: Token, facts: TemporalFacts) -> list[Token]:
    run: list[Token] = []
    for token in sentence.tokens[first.index :]:
        inside = token.upos in {"DET", "ADJ", "NUM", "NOUN", "PROPN"} or _is_possessive(token) or token.upos == "PART"
        participle = bool(facts.participle_endings) and token.lower.endswith(facts.participle_endings)
        if not inside and not (run and token.upos == "VERB" and participle):
            break
        run.append(token)
    while run and run[-1].upos not in {"NOUN", "PROPN"}:
        run.pop()
    return run or [first]


def _is_possessive(token: Token) -> bool:
    return token.upos == "PRON" and token.feat("Poss") == "Yes"

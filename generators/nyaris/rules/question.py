"""Questions for the subject ("Who must pay the deposit?") and for the object ("What must the tenant pay?")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nyaris.edits import Edit, Replacement, swapping
from nyaris.grammar import Grammar
from nyaris.quantities.amounts import money
from nyaris.rules import asks
from nyaris.syntax.asked_clauses import (
    AskedClause,
    clauses_asked,
    has_second_clause,
    kept_subject,
    length_of,
    short_of_comma,
    start_of,
)
from nyaris.syntax.asked_order import as_inside, ask_with, put_together
from nyaris.syntax.asked_predicates import in_singular, is_dropped, may_be_asked
from nyaris.syntax.asking import (
    may_be_somebody,
    names_of,
    phrase_asked,
    points_outside,
    question_word,
)
from nyaris.syntax.clauses import ClauseFacts, is_passive
from nyaris.syntax.question_facts import QuestionFacts
from nyaris.syntax.voicing import VoicingFacts
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.lexicon import kind_of
from nyaris.words.morphology import passive_of, stem_of


@asks
def subject(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Who or what does it."""
    for clause in clauses_asked(sentence, grammar):
        yield from _ask(sentence, clause, grammar)


@asks
def subject_in_short(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Who or what does it, without what the sentence adds after a comma."""
    clause = short_of_comma(sentence, grammar)
    if clause is not None:
        yield from _ask(sentence, clause, grammar)


@asks
def thing(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What somebody does something to."""
    for clause in clauses_asked(sentence, grammar):
        yield from _ask_for_object(sentence, clause, grammar)


@asks
def thing_in_short(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What somebody does something to, without what the sentence adds after a comma."""
    clause = short_of_comma(sentence, grammar)
    if clause is not None:
        yield from _ask_for_object(sentence, clause, grammar)


def _ask(sentence: Sentence, clause: AskedClause, grammar: Grammar) -> Iterator[Edit]:
    """The question for the subject of a clause."""
    facts = grammar.facts(QuestionFacts)
    root, noun, end, last = clause.verb, clause.noun, clause.end, sentence.tokens[-1]
    if noun.index > root.index or noun.index > end.index:
        return
    asked = phrase_asked(sentence, noun, facts)
    word = question_word(sentence, noun, grammar)
    if asked is None or word is None or not may_be_asked(sentence, root, noun, asked, end, grammar):
        return
    start = start_of(sentence, clause, asked[0], grammar)
    if start is None or length_of(clause, start, sentence) > facts.longest:
        return
    if any(each.lower == noun.lower for each in sentence.tokens[asked[-1].index + 1 : end.index]):
        return  # the question would say the answer
    span = sentence.span(*asked)
    parts = [Replacement(start, span.end, word), Replacement(_stop(sentence, end), last.end, "?")]
    keeps_number = word not in {facts.person, facts.thing}
    finite = () if keeps_number else in_singular(sentence, root, noun, grammar)
    if finite is None:
        return
    if finite != ():
        parts.append(Replacement(*finite))
    modals = (child for child in sentence.children(root, "aux", "advmod") if child.lower in facts.modals)
    parts.extend(Replacement(modal.start, modal.end, facts.modals[modal.lower]) for modal in modals)
    links = (child for child in sentence.children(root) if is_dropped(root, child, facts))
    parts.extend(Replacement(sentence.tokens[link.index - 1].end, link.end, "") for link in links)
    yield replace(put_together(tuple(parts)), asked=span)


def _stop(sentence: Sentence, end: Token) -> int:
    """Where the question mark goes: behind the last word before the end of a clause."""
    return sentence.tokens[end.index - 1].end if end.upos != "PUNCT" else end.start


def _ask_for_object(sentence: Sentence, clause: AskedClause, grammar: Grammar) -> Iterator[Edit]:
    """The question for the object of a clause."""
    facts, voice = grammar.facts(QuestionFacts), grammar.facts(VoicingFacts)
    verb, noun, last = clause.verb, clause.noun, sentence.tokens[-1]
    theme = sentence.child(verb, "obj")
    if theme is None or not noun.index < verb.index < theme.index < clause.end.index:
        return
    if verb.upos != "VERB" or is_passive(sentence, verb, grammar):
        return
    others = sentence.children(verb, "conj", "xcomp", "ccomp", "iobj", "expl", "parataxis", "csubj", "compound:prt")
    if any(child.index < clause.end.index for child in others):
        return
    speaker = noun.lower in voice.near_pronouns | facts.speakers and not sentence.children(noun)
    who = (noun,) if speaker else kept_subject(sentence, clause, grammar)
    asked = _object_phrase(sentence, verb, theme, clause.end, grammar)
    if asked is None or who is None or asked[0].index != verb.index + 1:
        return
    word = _word_for(sentence, theme, asked, grammar)
    if word is None or any(token.has_rel("acl") for token in who):
        return
    if names_of(verb, grammar) & facts.not_asking and word == facts.thing:
        return
    if any(token.text == "," for token in asked):
        return  # its last comma would stay
    rest = sentence.tokens[asked[-1].index + 1 : clause.end.index]
    outside = [token for token in (*who, *rest) if token != noun and points_outside(sentence, token, grammar)]
    if rest and rest[0].lower in facts.receiving and not names_of(verb, grammar) & facts.giving:
        return  # it may as well belong to the object ("a reward to those who ...")
    start = start_of(sentence, clause, who[0], grammar)
    if (
        outside
        or start is None
        or has_second_clause(rest, grammar)
        or (speaker and not rest and (clause.alone or not who[0].index))
    ):
        return
    if any(token.text in {":", ";", "("} for token in rest) or not _goes_on(rest, facts):
        return
    if length_of(clause, start, sentence) > facts.longest or _is_negative(who, facts):
        return
    if facts.inversion:
        gone = Replacement(sentence.tokens[asked[0].index - 1].end, asked[-1].end, "")
        edit = ask_with(sentence, verb, who, word, start, (gone,), grammar)
    else:
        edit = _turned(sentence, verb, who, asked, start, word, grammar)
    if edit is not None:
        stop = Replacement(_stop(sentence, clause.end), last.end, "?")
        whole = put_together((*edit.replacements, stop)).replacements
        yield replace(edit, replacements=whole, asked=sentence.span(*asked), denied="verb")


def _is_negative(who: tuple[Token, ...], facts: QuestionFacts) -> bool:
    return any(token.lower in facts.negative for token in who)


def _object_phrase(
    sentence: Sentence, verb: Token, theme: Token, end: Token, grammar: Grammar
) -> tuple[Token, ...] | None:
    """The object; without a receiver, whichever of the two the parser gave it to (pay the deposit | to the agent)."""
    facts, tokens = grammar.facts(QuestionFacts), sentence.subtree(theme)
    closing = tokens[-1].index == end.index - 1
    whole = phrase_asked(sentence, theme, facts, closing)
    if whole is None or whole[0].lower in facts.not_objects or not names_of(verb, grammar) & facts.giving:
        return whole if whole is not None and whole[0].lower not in facts.not_objects else None
    marks = [case for child in sentence.children(theme, "nmod", "obl") for case in sentence.children(child, "case")]
    cut = next((token for token in marks if token.lower in facts.receiving and token.index > theme.index), None)
    if cut is None:
        return whole
    kept = tuple(token for token in tokens if token.index < cut.index)
    return kept if kept[-1].upos in {"NOUN", "PROPN", "DET", "NUM", "ADJ"} else None


def _word_for(sentence: Sentence, theme: Token, asked: tuple[Token, ...], grammar: Grammar) -> str | None:
    """What stands for the object: how much for a sum, what for a thing."""
    facts, span = grammar.facts(QuestionFacts), sentence.span(*asked)
    sums = [each.span for each in money(sentence.text, grammar) if span.start <= each.span.start < span.end]
    if sums:
        return facts.how_much if facts.how_much and sums == [span] else None
    return facts.thing if _is_something(sentence, theme, grammar) else None


def _leaves(after: Token, facts: QuestionFacts) -> bool:
    """Whether the word after the object begins something else, which may stay without it."""
    return after.upos in {"ADP", "SCONJ", "PART", "ADV"} and after.lower not in facts.ties_to_object


def _goes_on(rest: tuple[Token, ...], facts: QuestionFacts) -> bool:
    """Whether what follows the object, after a comma too, may stay without it."""
    if rest and rest[0].text == "," and len(rest) > 1:
        return rest[1].upos in {"ADP", "SCONJ"} and rest[1].lower not in facts.ties_to_object
    return not rest or _leaves(rest[0], facts)


def _is_something(sentence: Sentence, theme: Token, grammar: Grammar) -> bool:
    """Whether what is acted on is a thing, and no part of an expression with its verb."""
    facts = grammar.facts(QuestionFacts)
    members = (theme, *sentence.children(theme, "conj"))
    named = any(member.upos == "PROPN" and kind_of(sentence, member, grammar) is None for member in members)
    return (
        not named
        and not any(member.lower in facts.not_objects for member in members)
        and not any(may_be_somebody(sentence, member, grammar) for member in members)
    )


def _turned(
    sentence: Sentence,
    verb: Token,
    who: tuple[Token, ...],
    asked: tuple[Token, ...],
    start: int,
    word: str,
    grammar: Grammar,
) -> Edit | None:
    """The verb becomes passive: what must be paid by the tenant; before a speaker only its stem is left."""
    voice, facts = grammar.facts(VoicingFacts), grammar.facts(QuestionFacts)
    passive = passive_of(verb.lower, grammar)
    between = sentence.tokens[who[-1].index + 1 : verb.index]
    known = voice.auxiliaries | voice.adverbs | grammar.facts(ClauseFacts).negators
    if (
        passive is None
        or verb.lower not in voice.verbs | facts.turned
        or any(token.lower not in known for token in between)
    ):
        return None
    modals = [(token.span, facts.modals[token.lower]) for token in between if token.lower in facts.modals]
    if who[0].lower in voice.near_pronouns:
        told = f"{who[0].lower} {stem_of(verb.lower, grammar)}"
        parts = ((Span(start, who[0].end), word), (Span(verb.start, asked[-1].end), told))
        return Edit(tuple(sorted(Replacement(span.start, span.end, text) for span, text in (*parts, *modals))))
    if start != who[0].start or who[0].upos == "PRON":
        return None
    object_span = sentence.span(*asked)
    if asked[-1].index == len(sentence.tokens) - 2:  # nothing stands between the object and the question mark
        told = f"{passive} {voice.agent_marker} {as_inside(sentence, who)}"
        ends = ((sentence.span(*who), word), (Span(verb.start, object_span.end), told))
        return Edit(tuple(sorted(Replacement(span.start, span.end, text) for span, text in (*ends, *modals))))
    return swapping(
        sentence.span(*who),
        object_span,
        (object_span, word),
        (verb.span, f"{passive} {voice.agent_marker}"),
        *modals,
    )

"""Verbs and nouns of change: what rises, whether it may fall, and the values before and after."""

from __future__ import annotations

from nyaris.edits import Edit, replacing, swapping
from nyaris.grammar import Grammar
from nyaris.quantities.amounts import quantities
from nyaris.quantities.numbers import numbers
from nyaris.space_time.spatial import SpatialFacts
from nyaris.space_time.standing import standing
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.opposites import Found

_ALL = 100


def subjects(sentence: Sentence, found: Found) -> tuple[Token, ...]:
    """The subject of a verb, over the verbs that it depends on."""
    node: Token | None = found.word
    while node is not None:
        subject = sentence.children(node, "nsubj")
        if subject:
            return subject
        if node.has_rel("acl"):
            return (sentence.tokens[node.head],)
        node = sentence.head(node) if node.has_rel("xcomp", "ccomp", "advcl", "conj") else None
    return ()


def has_no_object(sentence: Sentence, found: Found) -> bool:
    """Whether the verb takes no object and modifies no noun, by label and by the next word."""
    following = sentence.next(found.tokens[-1])
    free = following is None or following.upos in {"ADP", "ADV", "PUNCT", "CCONJ", "SCONJ", "AUX", "PART", "NUM"}
    return free and not sentence.children(found.word, "obj") and not found.word.has_rel("amod")


def changed(sentence: Sentence, found: Found, grammar: Grammar) -> Edit | None:
    """The opposite change; where it leads from one value to another, the values change places with it."""
    facts = grammar.facts(SpatialFacts)
    relation = standing(sentence, found.word, grammar)
    if sentence.text[found.span.end :].strip().lower().startswith(facts.stops):
        return None
    if any(each.kind == "percentage" and each.value >= _ALL for each in quantities(sentence.text, grammar)):
        return None  # nothing falls by more than all of it
    after: list[Token] = []
    for token in sentence.tokens[found.tokens[-1].index + 1 :]:
        if token.upos == "VERB" and token.lower not in facts.origins | facts.targets:
            break  # what follows belongs to that verb
        after.append(token)
    read = numbers(sentence.text, grammar)
    starts = [number.span.start for number in read]
    values = [
        (_marker(sentence, token, facts), number.span)
        for token in after
        for number in read
        if token.start <= number.span.start < token.end
    ]
    unread = [token for token in after if token.text[0].isdigit() and token.start not in starts]
    if any(_marker(sentence, token, facts) in facts.origins for token in unread):
        return None
    origins = [span for marker, span in values if marker in facts.origins]
    targets = [span for marker, span in values if marker in facts.targets]
    if not origins and targets and any(start < found.span.start for start in starts):
        return None  # the first value stands somewhere before
    if not origins:
        return replacing((found.span, found.put), relation=relation)
    if len(origins) == len(targets) == 1 and sentence.slice(origins[0]) != sentence.slice(targets[0]):
        return swapping(origins[0], targets[0], (found.span, found.put), relation=relation)
    return None


def _marker(sentence: Sentence, number: Token, facts: SpatialFacts) -> str:
    """The word that introduces an amount, over its sign and what describes it; of two (compared with), the first."""
    before = sentence.previous(number)
    while before is not None and (before.end == number.start or before.upos in {"DET", "ADJ"}):
        number, before = before, sentence.previous(before)
    earlier = sentence.previous(before) if before is not None else None
    if earlier is not None and earlier.lower in facts.origins:
        return earlier.lower
    return before.lower if before else ""

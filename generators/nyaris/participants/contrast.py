"""Two clauses side by side that say different things of two participants of one kind."""

from __future__ import annotations

from collections.abc import Iterator

from nyaris.edits import Edit, swapping
from nyaris.grammar import Grammar
from nyaris.participants.exchange import exchange, named_elsewhere
from nyaris.participants.fillers import Filler, exchangeable, filler
from nyaris.participants.roles import RoleSwapFacts
from nyaris.participants.telling import acts_alone
from nyaris.syntax.clauses import is_passive
from nyaris.syntax.phrases import is_third_person
from nyaris.trees.sentence import Sentence, Span


def contrasted(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The edit that exchanges the subjects of two contrasted clauses, if each could be said of the other."""
    facts = grammar.facts(RoleSwapFacts)
    for marker in sentence.tokens:
        if marker.lower not in facts.contrasts or not marker.has_rel("mark", "cc", "advmod"):
            continue
        second = sentence.head(marker)
        first = sentence.head(second) if second else None
        if first is None or second is None or not second.has_rel("advcl", "conj") or first.index > marker.index:
            continue
        subjects = [sentence.child(each, "nsubj") for each in (first, second)]
        left, right = subjects
        if left is None or right is None or left.index > first.index or right.index < marker.index:
            continue
        if right.index > second.index or left.index > marker.index:
            continue
        if is_passive(sentence, first, grammar) != is_passive(sentence, second, grammar):
            continue
        one, two = (filler(sentence, each, grammar, free=True) for each in (left, right))
        if one and two and first.lemma == second.lemma and named_elsewhere(sentence, one, two, grammar):
            continue  # each does it to the other
        if one and two and not _is_taken_up(sentence, one, two, grammar):
            yield from _exchanged(sentence, one, two, grammar)


def _exchanged(sentence: Sentence, one: Filler, two: Filler, grammar: Grammar) -> Iterator[Edit]:
    """The swap of two phrases of one kind; of two phrases with one noun, what sets them apart changes places."""
    if one.head.lemma.lower() == two.head.lemma.lower():
        ends = [_distinction(sentence, each) for each in (one, two)]
        said = [token.index for token in sentence.tokens if token.lemma.lower() == one.head.lemma.lower()]
        if ends[0] and ends[1] and len(said) == 2 and sentence.slice(ends[0]) != sentence.slice(ends[1]):
            yield swapping(ends[0], ends[1])
        return
    proper = {one.head.upos, two.head.upos} == {"PROPN"}
    if one.kind != two.kind or not (one.kind or proper) or not exchangeable(sentence, one, two, grammar):
        return
    if acts_alone(sentence, (one.name, two.name), grammar):
        return
    edit = exchange(sentence, (one, "subject"), (two, "subject"), grammar)
    if edit:
        yield edit


def _distinction(sentence: Sentence, party: Filler) -> Span | None:
    """The figure or the name beside the noun, on one side of it."""
    rest = [token for token in sentence.tokens_in(party.span) if token != party.head and token.upos != "DET"]
    one_side = all(token.index < party.head.index for token in rest) or all(
        token.index > party.head.index for token in rest
    )
    told = all(token.upos in {"NUM", "PROPN"} for token in rest)
    return sentence.span(*rest) if rest and one_side and told else None


def _is_taken_up(sentence: Sentence, one: Filler, two: Filler, grammar: Grammar) -> bool:
    """Whether a pronoun may take up either of the two, or is one of them."""
    if one.pronoun or two.pronoun or one.plural != two.plural:
        return True
    return any(is_third_person(token, grammar) for token in sentence.tokens)

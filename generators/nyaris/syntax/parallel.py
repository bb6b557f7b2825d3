"""Two amounts that a sentence tells side by side, each of a thing of its own."""

from __future__ import annotations

from collections.abc import Iterator

from nyaris.grammar import Grammar
from nyaris.quantities.amounts import Quantity, quantities
from nyaris.syntax.obligations import BindingFacts
from nyaris.trees.sentence import Sentence, Span


def told_side_by_side(sentence: Sentence, grammar: Grammar) -> Iterator[tuple[Quantity, Quantity]]:
    """The only two amounts of a unit, where each could stand in the place of the other."""
    by_unit: dict[tuple[str, str, str], list[Quantity]] = {}
    for quantity in quantities(sentence.text, grammar):
        by_unit.setdefault((quantity.kind, quantity.unit, quantity.modifier), []).append(quantity)
    facts = grammar.facts(BindingFacts)
    if sum(len(found) > 1 for found in by_unit.values()) > 1:
        return  # a scale, where what rises on one side rises on the other
    for found in by_unit.values():
        glued = any(sentence.text[each.span.end :][:1] in {"'", "’", "-"} for each in found)
        if len(found) == 2 and not glued and _stand_apart(sentence, found[0], found[1], facts):
            yield found[0], found[1]


def _stand_apart(sentence: Sentence, left: Quantity, right: Quantity, facts: BindingFacts) -> bool:
    """Whether two quantities differ, but not out of all proportion, and belong to different things."""
    low, high = sorted((left.value, right.value))
    if low <= 0 or low == high or high > low * facts.amount_ratio:
        return False
    between = sentence.tokens_in(Span(left.span.end, right.span.start))
    told = [token for token in between if token.upos in {"NOUN", "PROPN", "VERB"}]
    if not told or not any(token.lower in facts.amount_joints for token in between):
        return False
    return left.span.end < right.span.start and not any(token.lower in facts.amount_bounds for token in between[-2:])

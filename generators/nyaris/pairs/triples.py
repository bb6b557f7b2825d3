"""The algebra: flips and keepers of one sentence become query / positive / negative, in both directions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from nyaris.edits import Edit, Replacement
from nyaris.grammar import Grammar
from nyaris.hashing import choose, digest, draw, shuffled
from nyaris.pairs.checks import candidate_reject
from nyaris.pairs.realise import has_stray_capital, inside, realise
from nyaris.rules import Relation, Rule, all_rules
from nyaris.trees.sentence import Sentence, Span

Direction = Literal["source", "mirror"]
Hardness = Literal["hard", "easy"]
Style = Literal["statement", "question"]

IDENTITY = Edit()
_MOST_KEEPERS = 2
"""Keepers on one surface: more of them only add to what can go wrong."""


@dataclass(frozen=True)
class Proposal:
    """One edit with the rule that made it."""

    rule: Rule
    edit: Edit


@dataclass(frozen=True)
class Surface:
    """One way to say a sentence: the keepers that made it, and their combined edit."""

    edit: Edit = IDENTITY
    keepers: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The keepers' ids, "identity" for none."""
        return "+".join(self.keepers) or "identity"


@dataclass(frozen=True)
class Triple:
    """A labelled near miss of one sentence. `pair` is the same for the two directions."""

    pair: str
    query: str
    positive: str
    negative: str
    rule: str
    phenomenon: str
    relation: Relation
    direction: Direction
    hardness: Hardness
    query_style: Style
    query_keeper: str
    positive_keeper: str
    negative_keeper: str
    answer: str | None = None
    near_miss_answer: str | None = None


@dataclass(frozen=True)
class Reject:
    """A candidate that was refused: by which rule, and why."""

    rule: str
    reason: str
    text: str


@dataclass(frozen=True)
class Proposals:
    """Everything the rules have to say about a sentence."""

    flips: tuple[Proposal, ...]
    keepers: tuple[Proposal, ...]
    questions: tuple[Proposal, ...]


def propose(sentence: Sentence, grammar: Grammar, rules: Sequence[Rule] | None = None) -> Proposals:
    """Run the rules (default: all). Keepers and questions are asked only where a flip fires."""
    chosen = all_rules() if rules is None else tuple(rules)

    def run(kind: str) -> tuple[Proposal, ...]:
        mine = (rule for rule in chosen if rule.kind == kind)
        return tuple(Proposal(rule, edit) for rule in mine for edit in rule.propose(sentence, grammar))

    flips = _without_twins(sentence, run("flip"))
    return Proposals(flips, run("keeper") if flips else (), run("question") if flips else ())


def _without_twins(sentence: Sentence, flips: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """Of several flips that give the same text one is kept, drawn so that no phenomenon always wins."""
    by_text: dict[str, list[Proposal]] = {}
    for flip in flips:
        by_text.setdefault(flip.edit.apply(sentence.text), []).append(flip)
    return tuple(choose(twins, text, "twins") for text, twins in by_text.items())


def triples(sentence: Sentence, proposals: Proposals, grammar: Grammar, key: str) -> Iterator[Triple | Reject]:
    """Every flip as a statement triple and, where a question fits, a question triple, each in both directions.

    `key` seeds the choice of surfaces and of hardness, so that a sentence gives the same triples in every run.
    """
    for number, flip in enumerate(proposals.flips):
        flip_key = f"{key}/{flip.rule.id}/{number}"
        usable = [keeper for keeper in proposals.keepers if flip.edit.combine(keeper.edit) is not None]
        first, second = _two_surfaces(usable, flip_key)
        if first.edit == second.edit:
            yield Reject(flip.rule.id, "no-paraphrase", realise(sentence, flip.edit, grammar))
        else:
            yield from _statements(sentence, flip, first, second, grammar, flip_key)
        askable = [asked for question in proposals.questions if (asked := _ask(question, flip, sentence, grammar))]
        if askable:
            question, flipped = choose(askable, flip_key, "question")
            yield from _questions(sentence, flip, question, flipped, (first, second), grammar, flip_key)


def _two_surfaces(keepers: Sequence[Proposal], key: str) -> tuple[Surface, Surface]:
    """Deal the keepers out to two surfaces; what collides on both sides is left out."""
    sides = [Surface(), Surface()]
    for keeper in shuffled(keepers, key, "surfaces"):
        order = (0, 1) if draw(key, keeper.rule.id, keeper.edit.operations) < 0.5 else (1, 0)
        if keepers and not sides[0].keepers and sides[1].keepers:
            order = (0, 1)
        elif sides[0].keepers and not sides[1].keepers:
            order = (1, 0)
        for side in order:
            combined = sides[side].edit.combine(keeper.edit)
            full = len(sides[side].keepers) == _MOST_KEEPERS
            if combined is not None and not full and not _same_place(sides[1 - side].edit, keeper.edit):
                sides[side] = Surface(combined, (*sides[side].keepers, keeper.rule.id))
                break
    if draw(key, "order") < 0.5:
        sides.reverse()
    return sides[0], sides[1]


def _same_place(surface: Edit, keeper: Edit) -> bool:
    return bool(set(surface.operations) & set(keeper.operations))


def _statements(
    sentence: Sentence, flip: Proposal, first: Surface, second: Surface, grammar: Grammar, key: str
) -> Iterator[Triple | Reject]:
    hardness: Hardness = "hard" if draw(key, "hardness") < 0.5 else "easy"
    negative_surface = first if hardness == "hard" else second

    def triple(direction: Direction) -> Triple:
        mirrored = direction == "mirror"
        return Triple(
            pair=digest(key, "statement"),
            query=_said(sentence, first, flip, mirrored, grammar),
            positive=_said(sentence, second, flip, mirrored, grammar),
            negative=_said(sentence, negative_surface, flip, not mirrored, grammar),
            rule=flip.rule.id,
            phenomenon=flip.rule.phenomenon,
            relation=_relation(flip),
            direction=direction,
            hardness=hardness,
            query_style="statement",
            query_keeper=first.name,
            positive_keeper=second.name,
            negative_keeper=negative_surface.name,
        )

    yield from _both_or_none(sentence, triple("source"), triple("mirror"), grammar)


def _questions(
    sentence: Sentence,
    flip: Proposal,
    question: Proposal,
    flipped_question: Edit,
    surfaces: tuple[Surface, Surface],
    grammar: Grammar,
    key: str,
) -> Iterator[Triple | Reject]:
    positive_surface = choose(surfaces, key, "question", "positive")
    negative_surface = choose(surfaces, key, "question", "negative")
    asked = question.edit.asked
    assert asked is not None
    answers = (_answer(sentence, None, asked, grammar), _answer(sentence, flip.edit, asked, grammar))

    def triple(direction: Direction) -> Triple:
        mirrored = direction == "mirror"
        answer, other = answers[mirrored], answers[not mirrored]
        return Triple(
            pair=digest(key, "question"),
            query=realise(sentence, flipped_question if mirrored else question.edit, grammar),
            positive=_said(sentence, positive_surface, flip, mirrored, grammar),
            negative=_said(sentence, negative_surface, flip, not mirrored, grammar),
            rule=flip.rule.id,
            phenomenon=flip.rule.phenomenon,
            relation=_relation(flip),
            direction=direction,
            hardness="hard" if negative_surface == positive_surface else "easy",
            query_style="question",
            query_keeper=question.rule.id,
            positive_keeper=positive_surface.name,
            negative_keeper=negative_surface.name,
            answer=answer,
            near_miss_answer=other if other != answer else None,
        )

    yield from _both_or_none(sentence, triple("source"), triple("mirror"), grammar)


def _said(sentence: Sentence, surface: Surface, flip: Proposal, flipped: bool, grammar: Grammar) -> str:
    edit = surface.edit.combine(flip.edit) if flipped else surface.edit
    return realise(sentence, edit, grammar) if edit is not None else ""


def _both_or_none(sentence: Sentence, source: Triple, mirror: Triple, grammar: Grammar) -> Iterator[Triple | Reject]:
    """A pair whose one direction fails is refused whole: a lone direction would be a cue to which side is edited."""
    for triple in (source, mirror):
        texts = (triple.query, triple.positive, triple.negative)
        reason = candidate_reject(*texts)
        if reason is None and any(has_stray_capital(sentence, text, grammar) for text in texts):
            reason = "stray-capital"
        if reason:
            yield Reject(triple.rule, reason, triple.negative)
            return
    yield source
    yield mirror


def _ask(question: Proposal, flip: Proposal, sentence: Sentence, grammar: Grammar) -> tuple[Proposal, Edit] | None:
    """The question and its flipped twin, if the flip changes something outside the span that is asked for."""
    asked = question.edit.asked
    if asked is None or _relation(flip) == "modality":
        return None  # what must be done may be done: both sides would answer
    edit = flip.edit
    for swap in edit.swaps:
        if asked in swap.spans:
            if flip.edit.replacements:
                return None  # an agreement that was mended for the other subject does not suit the question word
            other = swap.second if asked == swap.first else swap.first
            moved = Replacement(other.start, other.end, inside(sentence, asked, grammar))
            edit = replace(
                edit,
                swaps=tuple(each for each in edit.swaps if each != swap),
                replacements=tuple(sorted((*edit.replacements, moved))),
            )
    if not edit.operations or not edit.is_sound(sentence.text):
        return None
    combined = question.edit.combine(edit)
    return (question, combined) if combined is not None else None


def _answer(sentence: Sentence, flip: Edit | None, asked: Span, grammar: Grammar) -> str:
    """What the question's span holds in the sentence, or in its flipped form."""
    for swap in flip.swaps if flip else ():
        if asked in swap.spans:
            return inside(sentence, swap.second if asked == swap.first else swap.first, grammar)
    return inside(sentence, asked, grammar)


def _relation(flip: Proposal) -> Relation:
    relation = flip.edit.relation or flip.rule.relation
    assert relation is not None
    return relation  # type: ignore[return-value]

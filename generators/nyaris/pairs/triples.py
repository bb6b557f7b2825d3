"""The algebra: flips and keepers of one sentence become query / positive / negative, in both directions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nyaris.edits import Edit
from nyaris.grammar import Grammar
from nyaris.hashing import choose, digest, draw, shuffled
from nyaris.pairs.asked import answer_to, flipped_question
from nyaris.pairs.checks import disagrees
from nyaris.pairs.contrast import Hardness, Label, Reject, Side, Style, Triple, directions
from nyaris.pairs.differences import overlap
from nyaris.pairs.realise import has_stray_capital, realise
from nyaris.rules import Relation, Rule, all_rules
from nyaris.trees.sentence import Sentence

IDENTITY = Edit()
DENIAL = "negation"
"""The phenomenon whose flips take away what a question may presume."""
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
        surfaces = _two_surfaces(usable, flip_key)
        askable = [asked for question in proposals.questions if (asked := _asked(question, flip, sentence, grammar))]
        questions: list[Triple | Reject] = []
        if askable:
            question, flipped = choose(askable, flip_key, "question")
            questions = list(_questions(sentence, flip, question, flipped, surfaces, grammar, flip_key))
        if surfaces[0].edit == surfaces[1].edit:
            yield Reject(flip.rule.id, "no-paraphrase", realise(sentence, flip.edit, grammar))
        else:
            yield from _statements(sentence, flip, surfaces, _is_hard(questions, flip_key), grammar, flip_key)
        yield from questions


def _is_hard(asked: Sequence[Triple | Reject], key: str) -> bool:
    """Drawn; but beside a question that is easy from both sides the statement is hard, so that both kinds balance."""
    questions = [each for each in asked if isinstance(each, Triple)]
    if questions and all(triple.hardness == "easy" for triple in questions):
        return True
    return draw(key, "hardness") < 0.5


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
    sentence: Sentence, flip: Proposal, surfaces: tuple[Surface, Surface], hard: bool, grammar: Grammar, key: str
) -> Iterator[Triple | Reject]:
    """Query and text take different surfaces; the negative has the query's (hard) or its own text's (easy)."""
    first, second = surfaces

    def side(query: Surface, text: Surface, flipped: bool) -> Side:
        said = (_said(sentence, surface, flip, flipped, grammar) for surface in (query, text))
        return Side(next(said), query.name, next(said), text.name, _meaning(key, flipped))

    mirror = side(second, first, True) if hard else side(first, second, True)
    label = _label(flip, "statement", "hard" if hard else "easy", key)
    yield from _both_or_none(sentence, label, side(first, second, False), mirror, grammar)


def _questions(
    sentence: Sentence,
    flip: Proposal,
    question: Proposal,
    flipped_question: Edit,
    surfaces: tuple[Surface, Surface],
    grammar: Grammar,
    key: str,
) -> Iterator[Triple | Reject]:
    """One text says it as the document does, which is near to the question, and one as far from it as can be."""
    asked = question.edit.asked
    assert asked is not None
    texts = [realise(sentence, surface.edit, grammar) for surface in surfaces]
    far = min(zip(texts, surfaces, strict=True), key=lambda each: overlap(sentence.text, each[0]))[1]
    own, other = shuffled((Surface(), far), key, "question", "surface")

    def side(ask: Edit, surface: Surface, flipped: bool) -> Side:
        return Side(
            realise(sentence, ask, grammar),
            question.rule.id,
            _said(sentence, surface, flip, flipped, grammar),
            surface.name,
            _meaning(key, flipped),
            answer_to(sentence, flip.edit if flipped else None, asked, grammar),
        )

    label = _label(flip, "question", None, key)
    yield from _both_or_none(
        sentence, label, side(question.edit, own, False), side(flipped_question, other, True), grammar
    )


def _said(sentence: Sentence, surface: Surface, flip: Proposal, flipped: bool, grammar: Grammar) -> str:
    edit = surface.edit.combine(flip.edit) if flipped else surface.edit
    return realise(sentence, edit, grammar) if edit is not None else ""


def _meaning(key: str, flipped: bool) -> str:
    """The name of what the sentence says, or of what the flip makes of it; `key` is sentence, rule, number."""
    return digest(key, "flipped") if flipped else digest(key.rsplit("/", 2)[0], "sentence")


def _label(flip: Proposal, style: Style, hardness: Hardness | None, key: str) -> Label:
    return Label(digest(key, style), flip.rule.id, flip.rule.phenomenon, _relation(flip), style, hardness)


def _both_or_none(
    sentence: Sentence, label: Label, source: Side, mirror: Side, grammar: Grammar
) -> Iterator[Triple | Reject]:
    pair = directions(label, source, mirror)
    if isinstance(pair, Reject):
        yield pair
        return
    for triple in pair:
        texts = (triple.query, triple.positive, triple.negative)
        if any(has_stray_capital(sentence, text, grammar) for text in texts):
            yield Reject(triple.rule, "stray-capital", triple.negative)
            return
        if any(disagrees(text, sentence, grammar) for text in texts):
            yield Reject(triple.rule, "agreement", triple.negative)
            return
    yield from pair


def _asked(question: Proposal, flip: Proposal, sentence: Sentence, grammar: Grammar) -> tuple[Proposal, Edit] | None:
    """The question and its flipped twin, if the flip changes something outside the span that is asked for."""
    if _relation(flip) == "modality" or not flip.rule.answerable:
        return None  # what must be done may be done: both sides would answer
    if question.edit.denied == "nowhere" and flip.rule.phenomenon == DENIAL:
        return None
    flipped = flipped_question(question.edit, flip.edit, sentence, grammar)
    return (question, flipped) if flipped is not None else None


def _relation(flip: Proposal) -> Relation:
    relation = flip.edit.relation or flip.rule.relation
    assert relation is not None
    return relation  # type: ignore[return-value]

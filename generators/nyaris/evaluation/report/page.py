"""What a page says of an evaluation and of a trade-off, from their records."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup

from nyaris.evaluation.records import Evaluation, Failure, RetrievalCell, StressCell
from nyaris.evaluation.report.answers import OUTCOMES, answered, wrong_answers
from nyaris.evaluation.report.found import found
from nyaris.evaluation.report.heat import heat
from nyaris.evaluation.report.margins import margins
from nyaris.evaluation.report.plots import tradeoff_svg
from nyaris.evaluation.report.scales import figure, is_certain, signed
from nyaris.evaluation.report.tradeoff import Tradeoff
from nyaris.pages.browser import Browser, Entry, browser, triple_texts
from nyaris.pages.languages import language_name
from nyaris.pages.shell import Part

_ANSWERS_SHARE = 0.25
"""Of the room for rows, what a pipeline's wrong answers may take."""


@dataclass(frozen=True)
class Headline:
    """One figure of a system in the first table, with its change against the baseline."""

    figure: str
    change: str
    trend: str


def evaluation_part(evaluation: Evaluation, room: int, number: str = "evaluation") -> Part:
    """The sections about an evaluation. `room`: bytes for rows; `number` makes ids of drawings their own."""
    answers = evaluation.answers
    for_answers = int(_ANSWERS_SHARE * room) if answers else 0
    return Part(
        "evaluation.html.jinja",
        "Evaluation",
        {
            "evaluation": evaluation,
            "headlines": _headlines(evaluation),
            "heat": heat(evaluation),
            "found": found(evaluation),
            "margins": margins(evaluation, number),
            "failures": _failures(evaluation.failures, room - for_answers),
            "answered": answered(answers) if answers else None,
            "outcomes": tuple(OUTCOMES.values()),
            "wrong_answers": wrong_answers(answers, for_answers) if answers else None,
        },
    )


def tradeoff_part(tradeoff: Tradeoff, number: str = "tradeoff") -> Part:
    """The sections about tuning."""
    points = sorted(tradeoff.points, key=lambda point: (point.recipe, point.share, point.seed))
    return Part(
        "tradeoff.html.jinja",
        "What tuning costs",
        {
            "tradeoff": tradeoff,
            "points": points,
            "plot": Markup(tradeoff_svg(tradeoff, number)) if points else None,
            "figure": figure,
            "signed": signed,
        },
    )


_COLUMNS = ("Triplet accuracy", "Hard rows alone", "Near miss at rank 1", "Mean nDCG@10")


def _headlines(evaluation: Evaluation) -> tuple[tuple[str, ...], tuple[tuple[Headline | None, ...], ...]]:
    """Names of the columns that have figures, and a row of them per system."""
    stress = {
        (cell.system, cell.measure, cell.hardness): cell
        for cell in evaluation.stress
        if cell.phenomenon is cell.rule is cell.language is cell.variety is None
    }
    retrieval = {
        cell.system: cell
        for cell in evaluation.retrieval
        if cell.measure == "ndcg@10" and cell.collection is cell.topic is None
    }
    rows = []
    for system in evaluation.systems:
        hard = stress.get((system.name, "triplet_accuracy", "hard"))
        near = stress.get((system.name, "near_miss_at_1", None))
        rows.append(
            (
                _headline(stress.get((system.name, "triplet_accuracy", None))),
                _headline(hard),
                _headline(near, smaller_is_better=True),
                _headline(retrieval.get(system.name)),
            )
        )
    used = [number for number in range(len(_COLUMNS)) if any(row[number] for row in rows)]
    return tuple(_COLUMNS[number] for number in used), tuple(tuple(row[number] for number in used) for row in rows)


def _headline(cell: StressCell | RetrievalCell | None, *, smaller_is_better: bool = False) -> Headline | None:
    if cell is None:
        return None
    change = cell.difference
    if change is None:
        return Headline(figure(cell.value, 3), "", "")
    trend = ""
    if is_certain(cell.p) and change:
        trend = "up" if (change > 0) != smaller_is_better else "down"
    return Headline(figure(cell.value, 3), signed(change, 3), trend)


def _failures(failures: tuple[Failure, ...], room: int) -> Browser:
    """The worst rows of every system, the widest margin first."""
    groups: defaultdict[str, list[Failure]] = defaultdict(list)
    for each in sorted(failures, key=_margin):
        groups[each.system].append(each)
    return browser(
        [map(_entry, group) for group in groups.values()],
        [("n0",), ("t",), ("f1", "f2"), ("f3",), ("f4", "f5"), ("f0",)],
        room,
        len(failures),
        facets=("System", "Phenomenon", "Rule", "Language", "Hardness", "Relation"),
        numbers=("Margin",),
        order="n0",
    )


def _margin(failure: Failure) -> float:
    return failure.positive_score - failure.negative_score


def _entry(failure: Failure) -> Entry:
    code = failure.variety or failure.language
    labels = (failure.system, failure.phenomenon, failure.rule, language_name(code), failure.hardness, failure.relation)
    texts = triple_texts(failure.query, failure.positive, failure.negative, failure.edits)
    return Entry(code, texts, labels, (_margin(failure),))

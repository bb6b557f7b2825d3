"""A pipeline's answers as tables: outcomes by phenomenon, and with and without the near miss in what was retrieved."""

from __future__ import annotations

from dataclasses import dataclass

from nyaris.evaluation.records import AnswerCell, Answers, Outcome, Retrieved, ScoredAnswer
from nyaris.pages.browser import Browser, Entry, browser
from nyaris.pages.languages import language_name
from nyaris.pages.marks import contrast

OUTCOMES: dict[Outcome, str] = {
    "right": "right",
    "near_miss": "near miss",
    "abstained": "abstained",
    "other": "other",
}
RETRIEVED: dict[Retrieved, str] = {
    "right_text": "the right text, not the near miss",
    "both": "both",
    "near_miss": "the near miss, not the right text",
    "neither": "neither",
}


@dataclass(frozen=True)
class Line:
    """A row of a table: its name, the answers in it, and per outcome (share in per cent, count, interval)."""

    name: str
    n: int
    cells: tuple[tuple[str, int, str] | None, ...]


@dataclass(frozen=True)
class Answered:
    """The two tables."""

    phenomena: tuple[Line, ...]
    retrieved: tuple[Line, ...]


def answered(answers: Answers) -> Answered:
    """Lines of both tables; the one over all comes first."""
    phenomena = sorted({cell.phenomenon for cell in answers.cells if cell.phenomenon})
    overall = [cell for cell in answers.cells if cell.language is None]
    by_phenomenon = [
        _line(name or "all phenomena", [cell for cell in overall if cell.phenomenon == name and cell.retrieved is None])
        for name in (None, *phenomena)
    ]
    by_retrieved = [
        _line(label, [cell for cell in overall if cell.phenomenon is None and cell.retrieved == kind])
        for kind, label in RETRIEVED.items()
    ]
    return Answered(tuple(line for line in by_phenomenon if line), tuple(line for line in by_retrieved if line))


def _line(name: str, cells: list[AnswerCell]) -> Line | None:
    if not cells:
        return None
    by_outcome = {cell.outcome: cell for cell in cells}
    shown = [by_outcome.get(outcome) for outcome in OUTCOMES]
    return Line(name, cells[0].n, tuple(_share(cell) if cell else None for cell in shown))


def _share(cell: AnswerCell) -> tuple[str, int, str]:
    return f"{100 * cell.share:.0f} %", cell.count, f"{100 * cell.low:.0f}–{100 * cell.high:.0f}"


def wrong_answers(answers: Answers, room: int) -> Browser:
    """The answers that were not right, for the table that a reader can filter."""
    return browser(
        [map(_entry, answers.failures)],
        [("t",), ("f0",), ("f1",), ("f2", "f3"), ("f4",)],
        room,
        len(answers.failures),
        texts=("Question", "Right answer", "Near miss", "Answer given"),
        facets=("Outcome", "Retrieved", "Phenomenon", "Rule", "Language"),
    )


def _entry(each: ScoredAnswer) -> Entry:
    right, near_miss = contrast(each.reference, each.near_miss_answer)
    retrieved = RETRIEVED[each.retrieved] if each.retrieved else "unknown"
    labels = (OUTCOMES[each.outcome], retrieved, each.phenomenon, each.rule, language_name(each.language))
    return Entry(each.language, ([each.question], right, near_miss, [each.answer]), labels)

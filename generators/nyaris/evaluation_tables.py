"""What `nyaris evaluate` prints: progress, figures side by side, the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from nyaris.evaluate import Report
    from nyaris.evaluation.records import Answers, Evaluation, RetrievalCell, StressCell

_MEASURES = ("triplet_accuracy", "paired_accuracy", "auc", "near_miss_at_1")
_FOUND = ("ndcg@10", "recall@1", "recall@10", "recall@100", "mrr@10")
_SIGNIFICANT = 0.05


@contextmanager
def evaluation_progress(enabled: bool) -> Iterator[Report]:
    """A line on standard error: what is being measured, and how many texts are done."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not enabled, transient=True) as bar:
        task = bar.add_task("reading", total=None)
        current, done = "", 0

        def report(stage: str, texts: int) -> None:
            nonlocal current, done
            current, done = stage, (done if stage == current else 0) + texts
            bar.update(task, description=f"{stage}: {done:,} texts" if done else stage)

        yield report


def print_evaluation(found: Evaluation) -> None:
    """Accuracy by phenomenon, language and hardness, other measures, retrieval, answers; then the verdict."""
    console = Console()
    names = [each.name for each in found.systems]
    if found.suite and names:
        console.print(_stress_table(found, names))
        console.print(_measures_table(found, names))
    if found.retrieval:
        console.print(_retrieval_table(found, names))
    if found.answers:
        console.print(_answers_table(found.answers))
        absent = found.answers.questions - found.answers.answered
        if absent:
            console.print(f"{absent:,} of {found.answers.questions:,} questions have no answer", highlight=False)
    for system in found.systems:
        if system.note:
            console.print(Text(f"{system.name}: {system.note}", style="dim"))
    for sentence in found.verdict.sentences if found.verdict else ():
        console.print(Text(sentence))
    if found.verdict and found.verdict.broken:
        console.print(Text("failed: a limit is broken", style="bold red"))


def _table(title: str, first: Sequence[str], names: Sequence[str]) -> Table:
    table = Table(title=title, title_justify="left")
    for name in first:
        table.add_column(name)
    for name in names:
        table.add_column(Text(name), justify="right", overflow="fold")
    return table


def _stress_table(found: Evaluation, names: Sequence[str]) -> Table:
    suite = found.suite
    assert suite
    title = f"triplet accuracy, {suite.rows:,} rows of {suite.folder} ({suite.split})"
    table = _table(title, ("phenomenon", "language", "rows", "rows are"), names)
    cells: dict[tuple[str | None, ...], dict[str, StressCell]] = {}
    for cell in found.stress:
        if cell.measure == "triplet_accuracy" and not cell.rule and not cell.variety:
            cells.setdefault((cell.phenomenon, cell.language, cell.hardness), {})[cell.system] = cell
    shown = [key for key in cells if (key[0] is None) == (key[1] is None)]
    for key in sorted(shown, key=lambda each: [name or "" for name in each]):
        phenomenon, language, hardness = key
        mine = cells[key]
        first = (phenomenon or "all", language or "all", f"{mine[names[0]].n:,}", hardness or "all")
        table.add_row(*first, *(_value(mine[name]) for name in names))
    return table


def _measures_table(found: Evaluation, names: Sequence[str]) -> Table:
    table = _table("over all rows [95 % interval]", ("measure",), names)
    for measure in _MEASURES:
        cells = {cell.system: cell for cell in found.stress if cell.measure == measure and set(cell.slice) == {None}}
        if len(cells) == len(names):
            table.add_row(measure, *(_with_interval(cells[name]) for name in names))
    return table


def _retrieval_table(found: Evaluation, names: Sequence[str]) -> Table:
    table = _table("broad retrieval", ("collection", "measure", "queries"), names)
    cells: dict[tuple[str | None, str], dict[str, RetrievalCell]] = {}
    for cell in found.retrieval:
        if cell.topic is None and (cell.measure == _FOUND[0] or cell.collection is None):
            cells.setdefault((cell.collection, cell.measure), {})[cell.system] = cell
    for (collection, measure), mine in sorted(
        cells.items(), key=lambda each: (each[0][0] or "~", _FOUND.index(each[0][1]))
    ):
        table.add_row(
            Text(collection or "mean"), measure, f"{mine[names[0]].n:,}", *(_value(mine[name]) for name in names)
        )
    timed = [f"{each.latency_ms:,.1f}" if each.latency_ms is not None else "" for each in found.systems]
    if any(timed):
        table.add_row("", "milliseconds per query", "", *timed)
    return table


def _answers_table(answers: Answers) -> Table:
    kinds = ("right", "near_miss", "abstained", "other")
    title = f"answers in {answers.file}"
    table = _table(
        title, ("phenomenon", "language", "retrieved", "answers"), [kind.replace("_", " ") for kind in kinds]
    )
    shares: dict[tuple[str | None, ...], dict[str, float]] = {}
    sizes: dict[tuple[str | None, ...], int] = {}
    for cell in answers.cells:
        key: tuple[str | None, ...] = (cell.phenomenon, cell.language, cell.retrieved)
        shares.setdefault(key, {})[cell.outcome] = cell.share
        sizes[key] = cell.n
    shown = [key for key in shares if (key[0] is None) == (key[1] is None) and (key[2] is None or key[0] is None)]
    for key in sorted(shown, key=lambda each: [name or "" for name in each]):
        first = (*(name or "all" for name in key), f"{sizes[key]:,}")
        table.add_row(*(name.replace("_", " ") for name in first), *(f"{shares[key][kind]:.0%}" for kind in kinds))
    return table


def _value(cell: StressCell | RetrievalCell) -> Text:
    """The value; a difference that is significant stands in green or red beside it."""
    text = Text(f"{cell.value:.3f}")
    if cell.difference is not None and cell.p is not None and cell.p < _SIGNIFICANT:
        good = (cell.difference > 0) != (cell.measure == "near_miss_at_1")
        text.append(f" {cell.difference:+.3f}", style="green" if good else "red")
    return text


def _with_interval(cell: StressCell) -> Text:
    return _value(cell).append(f" [{cell.low:.3f}, {cell.high:.3f}]", style="dim")

"""Tables of findings and figures."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from nyaris.audit import Audit
    from nyaris.auditing.score import Precision, Score
    from nyaris.tradeoff import Tradeoff

_EXAMPLES = 3


def print_audit(found: Audit) -> None:
    """Every finding, failures with examples; rows by cell; what models said, if any were asked."""
    console = Console()
    _print_rows(console, found)
    table = Table(title=f"checks of {found.rows:,} rows (what each counts: audit.json)", title_justify="left")
    for name in ("check", "value", "limit", ""):
        table.add_column(name)
    for finding in found.findings:
        mark = Text("ok", style="green") if finding.passed else Text("FAILED", style="bold red")
        table.add_row(finding.check, f"{finding.value:g}", f"{finding.limit:g}", mark)
    console.print(table)
    for finding in found.findings:
        if not finding.passed:
            named = f"; {'; '.join(finding.examples[:_EXAMPLES])}" if finding.examples else ""
            console.print(Text(f"{finding.check}: {finding.value:g} {finding.meaning}{named}"))
    for nli in found.nli:
        said = f"entails {nli.entailed:.2f} of the positives, contradicts {nli.contradicted:.2f} of the negatives"
        console.print(Text(f"{nli.model}: {nli.phenomenon} {nli.language}: {said}, {nli.rows} rows"))
    for dense in found.dense:
        where = f"{dense.phenomenon} {dense.language} {dense.hardness}"
        said = f"accuracy {dense.accuracy:.2f}, margin {dense.margin:+.3f}, {dense.rows} rows"
        console.print(Text(f"{dense.model}: {where}: {said}"))
    console.print("passed" if found.passed else "failed: the checks above missed their limits", highlight=False)


def _print_rows(console: Console, found: Audit) -> None:
    names = ("language", "hardness", "split")
    counts: dict[str, Counter[str]] = {}
    for cell in found.balance:
        for name in names:
            counts.setdefault(str(cell["phenomenon"]), Counter())[str(cell[name])] += int(cell["rows"])
    columns = [value for name in names for value in sorted({str(cell[name]) for cell in found.balance})]
    table = Table(title="rows by phenomenon (by rule in audit.json)", title_justify="left")
    table.add_column("phenomenon")
    for value in columns:
        table.add_column(value, justify="right")
    for phenomenon, mine in sorted(counts.items()):
        table.add_row(phenomenon, *(f"{mine[value]:,}" for value in columns))
    console.print(table)


def print_score(found: Score) -> None:
    """Cells, rules, readers, and the bad rows."""
    console = Console()
    for title, rows in (("by phenomenon and variety", found.cells), ("by rule", found.rules)):
        table = Table(title=title, title_justify="left")
        for name in ("phenomenon" if rows is found.cells else "rule", "variety", "valid", "", "95 %"):
            table.add_column(name)
        for each in rows:
            table.add_row(*_cells(each))
        console.print(table)
    for reader in found.readers:
        console.print(
            f"{reader.sheet}: {reader.caught} of {reader.planted} planted rows caught", highlight=False, markup=False
        )
    if found.kappa is not None:
        console.print(f"Cohen's kappa, valid or not: {found.kappa:.2f}", highlight=False)
    elif len(found.readers) > 1:
        console.print("Cohen's kappa: none, both readers gave every row the same verdict", highlight=False)
    for sheet_id, row, rule, code in found.bad:
        console.print(f"{code}: {rule}, row {row} ({sheet_id} in the sheet)", highlight=False, markup=False)


def _cells(each: Precision) -> tuple[str, ...]:
    name = each.rule or each.phenomenon
    return name, each.variety, f"{each.valid}/{each.judged}", f"{each.share:.0%}", f"{each.low:.0%} - {each.high:.0%}"


def print_tradeoff(found: Tradeoff, output: Path) -> None:
    """Recipes and shares with what they gained and cost, those on the front marked; what keeps retrieval."""
    console = Console()
    console.print(
        f"{found.model} as it is: stress accuracy {found.baseline['stress']:.3f}, "
        f"mean nDCG@10 {found.baseline['retrieval']:.3f}",
        highlight=False,
        markup=False,
    )
    best = {(point.recipe, point.share) for point in found.points if point.on_front}
    table = Table(title=f"trainings in {output}", title_justify="left")
    table.add_column("recipe", no_wrap=True)
    for name in ("near misses", "seeds", "stress", "gain", "nDCG@10", "loss", "front"):
        table.add_column(name, justify="right")
    for group in found.groups:
        table.add_row(
            group.recipe,
            f"{group.share} %",
            str(group.seeds),
            f"{group.stress:.3f}",
            f"{group.gain:+.3f}",
            f"{group.retrieval:.3f}",
            f"{100 * group.loss:+.1f} %",
            "*" if (group.recipe, group.share) in best else "",
        )
    console.print(table)
    if found.verifier:
        mine = found.verifier
        console.print(
            f"verifier: stress {mine.stress:.3f}, loss {100 * mine.loss:+.1f} %, "
            f"{mine.latency_ms:.0f} milliseconds a query "
            f"(the frozen model alone: {mine.frozen_stress:.3f}, {mine.frozen_latency_ms:.0f} milliseconds)",
            highlight=False,
        )
    if not found.broad:
        console.print("no --retrieval: the dataset's own task stood in, which is no broad benchmark", highlight=False)
    kept = ", ".join(found.kept) or "none"
    console.print(
        f"lose at most {100 * found.max_loss:g} % and gain at least half of the most gained: {kept}",
        highlight=False,
        markup=False,
        soft_wrap=True,
    )

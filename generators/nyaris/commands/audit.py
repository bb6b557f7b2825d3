"""`nyaris audit`: the machine's checks, and the sheets for readers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from nyaris.commands.options import AsJson

_MAIN = "folder"


class _WithDefault(TyperGroup):
    """`nyaris audit DIR` is `nyaris audit folder DIR`: what is no subcommand is a folder."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default's name before the words of a call that names no subcommand."""
        if args and args[0] not in self.commands and args[0] not in {"--help"}:
            args = [_MAIN, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_WithDefault,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Check a dataset folder, by machine and by readers.",
)


@app.command(_MAIN)
def audit(
    folder: Annotated[Path, typer.Argument(help="A dataset folder that `nyaris generate` wrote.")],
    limit: Annotated[
        list[str] | None,
        typer.Option(help="NAME=SHARE, another limit of a check, such as near_leaks=0.1. May be repeated."),
    ] = None,
    probe_rows: Annotated[int, typer.Option(help="Rows per cell that the query-blind probe reads.")] = 2000,
    nli: Annotated[
        str | None, typer.Option(help="An entailment cross-encoder, by path or name, to ask about the labels.")
    ] = None,
    dense: Annotated[
        list[str] | None, typer.Option(help="A sentence encoder to measure margins with. May be repeated.")
    ] = None,
    model_rows: Annotated[int, typer.Option(help="Rows that --nli and --dense read.")] = 500,
    as_json: AsJson = False,
) -> None:
    """Check a folder (the default: `nyaris audit DIR`): query-blind probe, leaks, duplicates, labels, balance.

    Writes audit.json into the folder. The exit code is 1 when a check misses its limit.
    """
    from nyaris.audit import audit as run
    from nyaris.auditing.findings import limits_from
    from nyaris.printing import print_audit
    from nyaris.terminal import waiting

    limits = limits_from(limit or ())
    with waiting("auditing"):
        found = run(folder, limits, probe_rows=probe_rows, nli=nli, dense=dense or (), model_rows=model_rows)
    if as_json:
        typer.echo(json.dumps(found.record(), ensure_ascii=False, indent=2))
    else:
        print_audit(found)
    if not found.passed:
        raise typer.Exit(1)


@app.command()
def sample(
    folder: Annotated[Path, typer.Argument(help="A dataset folder.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The sheet to write: .csv or .jsonl.")] = Path(
        "sheet.csv"
    ),
    per_cell: Annotated[int, typer.Option(help="Rows per phenomenon and variety.")] = 40,
    planted: Annotated[float, typer.Option(help="Share of bad rows, made from good ones, to mix in.")] = 0.1,
    split: Annotated[str | None, typer.Option(help="Only this split.")] = None,
    seed: Annotated[int, typer.Option(help="Another seed draws other rows.")] = 0,
    overwrite: Annotated[bool, typer.Option(help="Replace a sheet that nobody has filled in.")] = False,
) -> None:
    """Draw a sheet for a blind reader, by cell and rule, with a key beside it that the reader must not see.

    The reader fills the column `verdict` with ok, neg-form, neg-same, neg-absurd, pos-form, query-form, pos-drift,
    label or fragment (docs/auditing.md says what they mean).
    """
    from nyaris.auditing.sample import sample as run

    key = run(folder, output, per_cell=per_cell, planted=planted, seed=seed, split=split, overwrite=overwrite)
    typer.echo(f"{output} is for the reader; {key} stays with you until the verdicts are in")


@app.command()
def score(
    sheets: Annotated[
        list[Path], typer.Argument(help="The sheet as a reader filled it in; two or three of them for kappa.")
    ],
    key: Annotated[Path, typer.Option(help="The .key.json file that `sample` wrote.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the result as JSON, for `nyaris rules --judged`.")
    ] = None,
    min_precision: Annotated[
        float, typer.Option(help="The exit code is 1 when a phenomenon x variety has a smaller share of valid rows.")
    ] = 0.97,
    as_json: AsJson = False,
) -> None:
    """Precision per rule and per cell with Wilson intervals, kappa for two readers, planted rows caught."""
    from nyaris.auditing.score import score as run
    from nyaris.printing import print_score

    found = run(sheets, key, output)
    if as_json:
        typer.echo(json.dumps(found.record(), ensure_ascii=False, indent=2))
    else:
        print_score(found)
    if any(cell.share < min_precision for cell in found.cells):
        raise typer.Exit(1)

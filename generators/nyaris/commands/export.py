"""`nyaris export`: the dataset in the layouts of others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from nyaris.commands.options import AsJson


def export(
    folder: Annotated[Path, typer.Argument(help="A dataset folder that `nyaris generate` wrote.")],
    to: Annotated[
        list[str],
        typer.Option(
            help="triplet, ntuple, labeled-pair, labeled-list, nevir, mteb, beir, jsonl, csv or rag. "
            "May be repeated, or separated by commas."
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write; one folder per format in it.")],
    split: Annotated[str, typer.Option(help="The split of mteb and beir; the others write every split.")] = "test",
    negatives: Annotated[int, typer.Option(help="Negatives per row of ntuple; rows with fewer are left out.")] = 2,
    overwrite: Annotated[bool, typer.Option(help="Replace an earlier export of the same formats.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write a dataset in the layouts that trainers, evaluation suites, spreadsheets and RAG harnesses read."""
    from nyaris.export import export as run

    formats = [name for word in to for name in word.replace(" ", "").split(",") if name]
    counts = run(folder, formats, output, split=split, negatives=negatives, overwrite=overwrite)
    if as_json:
        typer.echo(json.dumps({"output": str(output), "records": counts}, indent=2))
    else:
        for name, count in counts.items():
            typer.echo(f"{output / name}: {count:,} records")

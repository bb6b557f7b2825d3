"""`nyaris report`: one page about what Nyaris wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from nyaris.commands.options import AsJson


def report(
    folders: Annotated[
        list[Path],
        typer.Argument(
            help="Dataset folders, and folders that `nyaris evaluate -o` and `nyaris tradeoff -o` wrote, in the order"
            " of the page."
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The HTML file to write; for a single folder index.html in it."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write one self-contained HTML page: verdict, heat map, retrieval, trade-off, failures; counts and samples."""
    from nyaris.report import report as run

    page = run(folders, output)
    if as_json:
        typer.echo(json.dumps({"page": str(page), "bytes": page.stat().st_size}))
    else:
        typer.echo(f"{page}: {page.stat().st_size / 1e6:.1f} MB, for any browser")

"""`nyaris rules`: the catalogue of rules."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from nyaris.commands.options import AsJson


def rules(
    language: Annotated[str | None, typer.Option(help="One grammar code; all of them by default.")] = None,
    judged: Annotated[
        Path | None, typer.Option(help="Precision from this file, which `nyaris audit score -o` wrote.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List every rule by phenomenon and language, with an example and its measured precision."""
    from nyaris.catalogue import rules as run
    from nyaris.terminal import print_rules

    entries = run(language, judged)
    if as_json:
        rows = [
            asdict(entry) | {"evidence": entry.evidence and entry.evidence.model_dump(), "precision": entry.precision}
            for entry in entries
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        print_rules(entries)

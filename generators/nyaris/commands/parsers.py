"""`nyaris parsers`: what --parser can take here."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from nyaris.commands.options import AsJson, StanzaDir


def parsers(
    stanza_dir: StanzaDir = None,
    measure: Annotated[
        bool, typer.Option("--measure", help="Parse some bundled sentences with each and show words per second.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the parsers at hand: bundled, spaCy packages, Stanza models; their labels, languages, scores and speed."""
    from nyaris.parsers import parsers as run
    from nyaris.terminal import print_parsers, waiting

    with waiting("measuring" if measure else "looking for parsers"):
        entries = run(str(stanza_dir or ""), measure)
    if as_json:
        rows = [asdict(entry.parser) | {"words_per_second": entry.words_per_second} for entry in entries]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        print_parsers(entries)

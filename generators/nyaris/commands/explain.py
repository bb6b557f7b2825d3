"""`nyaris explain`: one sentence under the magnifying glass."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from nyaris.commands.options import (
    AsJson,
    GrammarFolder,
    Language,
    Parser,
    Phenomenon,
    RuleId,
    StanzaDir,
    settings_from,
)


def explain(
    sentence: Annotated[str, typer.Argument(help="One sentence, in quotes.")],
    language: Language = "auto",
    parser: Parser = None,
    stanza_dir: StanzaDir = None,
    phenomenon: Phenomenon = None,
    rule: RuleId = None,
    frames: Annotated[
        list[str] | None,
        typer.Option(metavar="FOLDER", help="Your own frames: one binding of each is shown too. May be repeated."),
    ] = None,
    grammar: GrammarFolder = None,
    seed: Annotated[int, typer.Option(help="Another seed draws other surfaces.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Show the tree of a sentence, its near misses, and what was refused and why. Two parsers are compared."""
    from nyaris.compare import compare
    from nyaris.explain import explain as run
    from nyaris.terminal import print_comparison, print_explanation, waiting

    settings = settings_from(
        language,
        parser,
        phenomenon,
        rule,
        seed=seed,
        frames=frames,
        bindings=1,
        grammar=grammar,
        stanza_dir=stanza_dir,
    )
    if any(len(specs) > 1 for specs in settings.parsers_by_code().values()):
        with waiting("loading the parsers"):
            comparison = compare(sentence, settings)
        if as_json:
            typer.echo(json.dumps(asdict(comparison), ensure_ascii=False, indent=2))
        else:
            print_comparison(comparison)
        return
    with waiting("loading the parser"):
        explanation = run(sentence, settings)
    if as_json:
        typer.echo(json.dumps(asdict(explanation), ensure_ascii=False, indent=2))
    else:
        print_explanation(explanation)

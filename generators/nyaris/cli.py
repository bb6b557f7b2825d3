"""The command line: each command calls one library function of the same name."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nyaris import __version__
from nyaris.errors import NyarisError, UsageError

if TYPE_CHECKING:
    from nyaris.run.settings import Settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

Language = Annotated[str, typer.Option(help="auto, or a grammar code such as en, en-MY, en-SG, ms.")]
Parser = Annotated[
    list[str] | None,
    typer.Option(
        help="A spaCy package or folder, or stanza:<lang>[:<package>]; CODE=... for one language. May be repeated."
    ),
]
Phenomenon = Annotated[list[str] | None, typer.Option(help="Only this phenomenon. May be repeated.")]
RuleId = Annotated[list[str] | None, typer.Option("--rule", help="Only this rule. May be repeated.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.callback(invoke_without_command=True)
def nyaris(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    """Near misses from your own documents: sentences that look almost the same and mean something else."""
    if version:
        typer.echo(f"nyaris {__version__}")
        raise typer.Exit


@app.command()
def generate(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="Files and folders (txt, md, html, docx, pdf, jsonl, csv, parquet), or hf://datasets/ORG/NAME."
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The dataset folder to write.")],
    language: Language = "auto",
    phenomenon: Phenomenon = None,
    rule: RuleId = None,
    per_sentence: Annotated[int, typer.Option(help="At most so many flips of one sentence.")] = 4,
    frames: Annotated[int, typer.Option(help="Bindings per frame; 0 leaves the frames out.")] = 8,
    parser: Parser = None,
    text_column: Annotated[
        str, typer.Option(help="The column of jsonl, csv, parquet and hub data with the text.")
    ] = "text",
    workers: Annotated[int, typer.Option(help="Processes to use.")] = 1,
    engine: Annotated[str, typer.Option(help="local or ray.")] = "local",
    seed: Annotated[int, typer.Option(help="Another seed draws other surfaces and another split.")] = 0,
    limit: Annotated[int | None, typer.Option(help="Read at most so many documents.")] = None,
    resume: Annotated[bool, typer.Option(help="Go on with an interrupted run in the same folder.")] = False,
    overwrite: Annotated[bool, typer.Option(help="Replace an earlier run in the same folder.")] = False,
    as_json: AsJson = False,
) -> None:
    """Turn documents into a labelled dataset of near misses."""
    from nyaris.generate import generate as run
    from nyaris.terminal import generate_progress, print_summary

    settings = _settings(
        language, parser, phenomenon, rule, seed=seed, per_sentence=per_sentence, frames=frames, text_column=text_column
    )
    with generate_progress(enabled=sys.stderr.isatty()) as progress:
        summary = run(
            sources,
            output,
            settings,
            workers=workers,
            engine=engine,
            limit=limit,
            resume=resume,
            overwrite=overwrite,
            progress=progress,
        )
    for problem in summary.unread:
        typer.echo(f"not read: {problem}", err=True)
    print_summary(summary, output, as_json)
    if summary.unread:
        raise typer.Exit(1)


@app.command()
def explain(
    sentence: Annotated[str, typer.Argument(help="One sentence, in quotes.")],
    language: Language = "auto",
    parser: Parser = None,
    phenomenon: Phenomenon = None,
    rule: RuleId = None,
    seed: Annotated[int, typer.Option(help="Another seed draws other surfaces.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Show the tree of a sentence, its near misses, and what was refused and why."""
    from nyaris.explain import explain as run
    from nyaris.terminal import print_explanation, waiting

    settings = _settings(language, parser, phenomenon, rule, seed=seed)
    with waiting("loading the parser"):
        explanation = run(sentence, settings)
    if as_json:
        typer.echo(json.dumps(asdict(explanation), ensure_ascii=False, indent=2))
    else:
        print_explanation(explanation)


@app.command()
def rules(
    language: Annotated[str | None, typer.Option(help="One grammar code; all of them by default.")] = None,
    as_json: AsJson = False,
) -> None:
    """List every rule by phenomenon and language, with an example and its measured precision."""
    from nyaris.catalogue import rules as run
    from nyaris.terminal import print_rules

    entries = run(language)
    if as_json:
        rows = [
            asdict(entry) | {"evidence": entry.evidence and entry.evidence.model_dump(), "precision": entry.precision}
            for entry in entries
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        print_rules(entries)


def _settings(
    language: str,
    parser: list[str] | None,
    phenomenon: list[str] | None,
    rule: list[str] | None,
    *,
    seed: int,
    per_sentence: int = 50,
    frames: int = 0,
    text_column: str = "text",
) -> Settings:
    from nyaris.run.settings import Settings

    return Settings(
        language=language,
        phenomena=tuple(phenomenon or ()),
        rules=tuple(rule or ()),
        per_sentence=per_sentence,
        frames=frames,
        parsers=_parsers(parser or []),
        seed=seed,
        text_column=text_column,
    )


def _parsers(given: list[str]) -> tuple[tuple[str, str], ...]:
    """`CODE=SPEC` names the language; a bare spec serves every language."""
    from nyaris.grammar import grammar_codes

    pairs: list[tuple[str, str]] = []
    for item in given:
        code, equals, spec = item.partition("=")
        pairs.extend([(code, spec)] if equals else [(each, item) for each in grammar_codes()])
    return tuple(pairs)


def main() -> None:
    """Run the command line; errors that a user can act on end in one line and an exit code."""
    try:
        app()
    except UsageError as error:
        typer.echo(f"nyaris: {error}", err=True)
        sys.exit(2)
    except NyarisError as error:
        typer.echo(f"nyaris: {error}", err=True)
        sys.exit(1)

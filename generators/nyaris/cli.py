"""The command line: it gathers the commands, and turns errors into one line and an exit code."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from nyaris import __version__
from nyaris.commands.audit import app as audit
from nyaris.commands.collate import collate
from nyaris.commands.evaluate import evaluate
from nyaris.commands.explain import explain
from nyaris.commands.export import export
from nyaris.commands.generate import generate
from nyaris.commands.parsers import parsers
from nyaris.commands.publish import publish
from nyaris.commands.report import report
from nyaris.commands.rules import rules
from nyaris.commands.tradeoff import tradeoff
from nyaris.errors import NyarisError, UsageError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
for command in (generate, collate, explain, rules, parsers, evaluate, tradeoff, export, publish, report):
    app.command()(command)
app.add_typer(audit, name="audit")


@app.callback(invoke_without_command=True)
def nyaris(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    """Near misses from your own documents: sentences that look almost the same and mean something else."""
    if version:
        typer.echo(f"nyaris {__version__}")
        raise typer.Exit


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

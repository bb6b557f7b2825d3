"""`nyaris publish`: the dataset to the Hub."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from nyaris.commands.options import AsJson


def publish(
    folder: Annotated[Path, typer.Argument(help="A dataset folder that passed `nyaris audit`.")],
    repo_id: Annotated[str, typer.Option(help="The dataset repository, ORG/NAME; it is made if it is not there.")],
    private: Annotated[bool, typer.Option(help="A private repository; an error if it is there and public.")] = False,
    revision: Annotated[
        str | None, typer.Option(help="The tag to set, by which users pin the data; by default version and hash.")
    ] = None,
    create_pr: Annotated[bool, typer.Option(help="Open a pull request instead of committing; no tag is set.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Check everything, print what would be sent, send nothing.")] = False,
    accept_licence: Annotated[
        list[str] | None,
        typer.Option(
            help="A licence of a source that is not known to allow it, and that you answer for. May be repeated."
        ),
    ] = None,
    redact: Annotated[bool, typer.Option(help="Replace personal data by stand-ins, the same everywhere.")] = False,
    allow_personal_data: Annotated[bool, typer.Option(help="Publish personal data as they are.")] = False,
    as_json: AsJson = False,
) -> None:
    """Publish a dataset folder: configurations, card, manifest, audit and ledger in one commit with a tag.

    The token comes from HF_TOKEN or from `hf auth login`. Refuses data whose audit failed, is missing or is stale,
    whose licences do not allow it, or that hold personal data.
    """
    if not sys.stderr.isatty():
        os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")  # read when the client is imported
    from nyaris.publish import publish as run

    done = run(
        folder,
        repo_id,
        private=private,
        revision=revision,
        create_pr=create_pr,
        dry_run=dry_run,
        accepted_licences=accept_licence or (),
        hide=redact,
        allow_personal_data=allow_personal_data,
    )
    if as_json:
        typer.echo(json.dumps(asdict(done), indent=2))
        return
    for kind, count in done.redacted.items():
        typer.echo(f"redacted: {count} {kind}")
    if done.pushed is None:
        typer.echo(f"would send to {repo_id} ({'private' if private else 'public if new'}), in one commit:")
        for path, size in done.files:
            typer.echo(f"  {path}  {size:,} bytes")
        typer.echo("would remove other <configuration>/*.parquet that the repository has")
        typer.echo("would open a pull request" if create_pr else f"would set the tag {done.revision}")
        typer.echo("nothing was sent")
    else:
        changed = "" if done.pushed.changed else " (nothing had changed)"
        tag = f", tag {done.pushed.tag}" if done.pushed.tag else ""
        typer.echo(f"{done.pushed.url}  commit {done.pushed.commit}{tag}{changed}")

"""`nyaris collate`: merge, balance and split what runs of `generate` left."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nyaris.commands.options import AsJson, Hardness, QuotaOption, Refine, Similarity, Split, SplitBy, collation_from


def collate(
    folders: Annotated[
        list[Path],
        typer.Argument(
            help="Folders that `nyaris generate` wrote with the same settings, parts of one job for example."
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The dataset folder to write; may be one of them.")],
    hardness: Hardness = "both",
    split: Split = "0.8/0.1/0.1",
    split_by: SplitBy = "document",
    quota: QuotaOption = None,
    similarity: Similarity = 0.8,
    refine: Refine = False,
    overwrite: Annotated[bool, typer.Option(help="Replace an earlier dataset in the output folder.")] = False,
    as_json: AsJson = False,
) -> None:
    """Merge finished runs into one dataset: drop duplicates, keep quotas, balance, split. Nothing is parsed again."""
    from nyaris.collate import collate as run
    from nyaris.terminal import print_summary

    collation = collation_from(hardness, split, split_by, quota, similarity, refine)
    print_summary(run(folders, output, collation, overwrite=overwrite), output, as_json)

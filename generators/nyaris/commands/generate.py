"""`nyaris generate`: the main job."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from nyaris.commands.options import (
    AsJson,
    Frames,
    GrammarFolder,
    Hardness,
    Language,
    MaxSeconds,
    MaxSize,
    Parser,
    Phenomenon,
    QuotaOption,
    Refine,
    RuleId,
    Similarity,
    Split,
    SplitBy,
    StanzaDir,
    collation_from,
    settings_from,
)


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
    frames: Frames = None,
    grammar: GrammarFolder = None,
    granularity: Annotated[
        str,
        typer.Option(
            help="sentence, or passage: positive and negative stand in the paragraph of their document (frames, which"
            " have none, are left out)."
        ),
    ] = "sentence",
    parser: Parser = None,
    stanza_dir: StanzaDir = None,
    text_column: Annotated[
        str, typer.Option(help="The column of jsonl, csv, parquet and hub data with the text.")
    ] = "text",
    hardness: Hardness = "both",
    split: Split = "0.8/0.1/0.1",
    split_by: SplitBy = "document",
    quota: QuotaOption = None,
    similarity: Similarity = 0.8,
    refine: Refine = False,
    workers: Annotated[int, typer.Option(help="Processes to use.")] = 1,
    engine: Annotated[
        str, typer.Option(help="local, or ray: the workers are tasks of a Ray cluster, started here or named.")
    ] = "local",
    ray_address: Annotated[
        str | None,
        typer.Option(help="A Ray cluster (host:port, or auto); it must see the output folder. Else one starts here."),
    ] = None,
    shard: Annotated[
        str | None,
        typer.Option(
            metavar="NUMBER/OF",
            help="Do one part of a job that several machines share, such as 2/8; `nyaris collate` merges them.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Another seed draws other surfaces and another split.")] = 0,
    max_document_size: MaxSize = 50,
    max_document_seconds: MaxSeconds = 300,
    limit: Annotated[int | None, typer.Option(help="Read at most so many documents.")] = None,
    resume: Annotated[bool, typer.Option(help="Go on with an interrupted run in the same folder.")] = False,
    overwrite: Annotated[bool, typer.Option(help="Replace an earlier run in the same folder.")] = False,
    as_json: AsJson = False,
) -> None:
    """Turn documents into a labelled dataset of near misses."""
    from nyaris.generate import generate as run
    from nyaris.reading.limits import Limits
    from nyaris.run.dealing import parse_part
    from nyaris.terminal import generate_progress, print_summary

    settings = settings_from(
        language,
        parser,
        phenomenon,
        rule,
        seed=seed,
        per_sentence=per_sentence,
        frames=frames,
        bindings=8,
        grammar=grammar,
        text_column=text_column,
        stanza_dir=stanza_dir,
        granularity=granularity,
    )
    collation = collation_from(hardness, split, split_by, quota, similarity, refine)
    with generate_progress(enabled=sys.stderr.isatty()) as progress:
        summary = run(
            sources,
            output,
            settings,
            workers=workers,
            engine=engine,
            ray_address=ray_address,
            part=parse_part(shard) if shard else None,
            limit=limit,
            limits=Limits(max_document_size, max_document_seconds),
            resume=resume,
            overwrite=overwrite,
            collation=collation,
            progress=progress,
        )
    for problem in summary.unread:
        typer.echo(f"not read: {problem}", err=True)
    print_summary(summary, output, as_json)
    if summary.unread:
        raise typer.Exit(1)

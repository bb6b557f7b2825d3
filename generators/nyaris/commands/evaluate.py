"""`nyaris evaluate`: systems on near misses and on broad retrieval, side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from nyaris.commands.options import AsJson


def evaluate(
    systems: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SYSTEM]...",
            help="A sentence-transformers model by name or folder (cross-encoders are recognised; cross:MODEL says"
            " so), bm25, hybrid (bm25 with the first encoder named) or hybrid:MODEL, verifier:FOLDER"
            " (trained by `nyaris tradeoff --verifier`). One may end in @baseline: the others are compared with it.",
        ),
    ] = None,
    suite: Annotated[Path | None, typer.Option(help="A dataset folder that `nyaris generate` wrote.")] = None,
    baseline: Annotated[
        str | None, typer.Option(help="The baseline; the same as SYSTEM@baseline.", metavar="SYSTEM")
    ] = None,
    retrieval: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FOLDER|nanobeir[:NAME]",
            help="A collection for broad retrieval in the layout of BEIR (corpus.jsonl, queries.jsonl, qrels/SPLIT.tsv"
            " or qrels.tsv), or NanoBEIR from the Hub, whole or one of its collections. May be repeated.",
        ),
    ] = None,
    max_retrieval_loss: Annotated[
        float | None,
        typer.Option(
            min=0,
            help="The share of the baseline's mean nDCG@10 that may be lost, such as 0.01; exit code 1 if more is.",
        ),
    ] = None,
    min_accuracy: Annotated[
        float | None,
        typer.Option(
            min=0, max=1, help="The triplet accuracy that is needed over all rows; the exit code is 1 below it."
        ),
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option(
            help="A pipeline's answers to the questions of `nyaris export --to rag`: id, answer, contexts (JSON Lines)."
        ),
    ] = None,
    questions: Annotated[
        Path | None, typer.Option(help="The export that --answers answers; the questions of --suite by default.")
    ] = None,
    split: Annotated[str, typer.Option(help="The split of the dataset.")] = "test",
    rows: Annotated[
        int | None, typer.Option(min=1, help="At most so many rows per language, of whole sentences.")
    ] = None,
    queries: Annotated[
        int, typer.Option(min=0, help="Queries per language that are put to the dataset's corpus (near_miss_at_1).")
    ] = 500,
    others: Annotated[int, typer.Option(min=0, help="Other texts of the dataset in that corpus, per language.")] = 2000,
    retrieval_split: Annotated[str, typer.Option(help="The split of the judgements of --retrieval.")] = "test",
    retrieval_docs: Annotated[
        int | None, typer.Option(min=1, help="At most so many texts per collection; what is judged always stays.")
    ] = None,
    rerank: Annotated[int, typer.Option(min=1, help="Texts that a cross-encoder reads again per query.")] = 50,
    device: Annotated[str | None, typer.Option(help="cpu, cuda, mps ...; the best there is by default.")] = None,
    batch_size: Annotated[int, typer.Option(min=1, help="Texts that a model reads at a time.")] = 32,
    max_length: Annotated[int | None, typer.Option(min=8, help="Tokens of a text that models read at most.")] = None,
    precision: Annotated[
        str, typer.Option(help="float32, or bf16: faster where the processor computes in it, figures differ a little.")
    ] = "float32",
    cache: Annotated[
        Path | None, typer.Option(help="Where embeddings are kept; ~/.cache/nyaris/embeddings by default.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Another seed draws other rows and resamples.")] = 0,
    bootstrap: Annotated[int, typer.Option(min=100, help="Resamples behind the intervals.")] = 1000,
    failures: Annotated[int, typer.Option(min=0, help="Failures that are kept per system.")] = 200,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A folder for evaluation.json, which `nyaris report` reads.")
    ] = None,
    page: Annotated[
        Path | None, typer.Option("--report", help="Write the findings as one HTML page, for any browser.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure how well systems tell near misses apart, next to how well they find things otherwise.

    The exit code is 1 when a limit (--max-retrieval-loss, --min-accuracy) is broken, so that it can gate a deployment.
    """
    from nyaris.errors import UsageError
    from nyaris.evaluate import Limits, Sampling
    from nyaris.evaluate import evaluate as run
    from nyaris.evaluation.embeddings import default_cache
    from nyaris.evaluation.loading import Computing
    from nyaris.evaluation.records import write_evaluation
    from nyaris.evaluation.statistics import Resampling
    from nyaris.evaluation_tables import evaluation_progress, print_evaluation
    from nyaris.report import report_evaluation

    kinds: dict[str, Literal["float32", "bf16"]] = {"float32": "float32", "bf16": "bf16"}
    if precision not in kinds:
        raise UsageError(f"--precision {precision}: known are {', '.join(kinds)}")
    with evaluation_progress(enabled=not as_json) as report:
        found = run(
            _with_baseline(systems or [], baseline),
            suite,
            retrieval=retrieval or (),
            answers=answers,
            questions=questions,
            limits=Limits(max_retrieval_loss, min_accuracy),
            sampling=Sampling(split, rows, queries, others, retrieval_split, retrieval_docs, failures),
            computing=Computing(device, batch_size, max_length, kinds[precision], cache or default_cache(), rerank),
            resampling=Resampling(seed, bootstrap),
            report=report,
        )
    if output:
        write_evaluation(found, output)
    if page:
        report_evaluation(found, page)
    if as_json:
        typer.echo(json.dumps(found.record(), ensure_ascii=False, indent=1))
    else:
        print_evaluation(found)
    if found.verdict and found.verdict.broken:
        raise typer.Exit(1)


def _with_baseline(systems: list[str], baseline: str | None) -> list[str]:
    if baseline is None:
        return systems
    others = [each for each in systems if each != baseline]
    return [f"{baseline}@baseline", *others]

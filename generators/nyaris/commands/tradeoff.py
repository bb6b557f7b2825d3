"""`nyaris tradeoff`: what tuning with near misses gains, and what it costs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from nyaris.commands.options import AsJson


def tradeoff(
    model: Annotated[str, typer.Argument(help="A sentence-transformers model, by path or name.")],
    suite: Annotated[Path, typer.Option(help="A dataset folder that `nyaris generate` wrote.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where runs and figures go.")] = Path(
        "outputs/tradeoff"
    ),
    general: Annotated[
        list[str] | None,
        typer.Option(
            help="General training pairs: a table or hf:// dataset with anchor and positive columns, or documents to"
            " make pairs from. May be repeated. Default: the bundled documents."
        ),
    ] = None,
    retrieval: Annotated[
        list[Path] | None,
        typer.Option(
            help="A collection in the layout of BEIR, to measure broad retrieval on. May be repeated. Default: the"
            " dataset's own retrieval task, which is no broad benchmark."
        ),
    ] = None,
    validation: Annotated[
        list[Path] | None,
        typer.Option(help="A collection that recipes may look at, none of --retrieval. May be repeated."),
    ] = None,
    recipe: Annotated[
        list[str] | None,
        typer.Option(
            help="mnrl, distil, lora, last-layer, interpolate, light-negatives, early-stop, or several joined with +."
            " May be repeated. Default: mnrl and distil+interpolate."
        ),
    ] = None,
    share: Annotated[
        list[int] | None,
        typer.Option(help="Per cent of near misses among the rows. May be repeated. Default: 0, 10, 25, 50, 100."),
    ] = None,
    seed: Annotated[list[int] | None, typer.Option(help="May be repeated; each trains anew.")] = None,
    rows: Annotated[
        int | None,
        typer.Option(
            help="Rows of every training, whatever the share. Default: 1600, or as many as there are of both kinds."
        ),
    ] = None,
    epochs: Annotated[int, typer.Option(help="Times that the rows are read.")] = 1,
    batch_size: Annotated[int, typer.Option(help="Rows of a step.")] = 32,
    learning_rate: Annotated[
        float, typer.Option(help="Of full fine-tuning; recipes that move less multiply it.")
    ] = 2e-5,
    train_length: Annotated[
        int, typer.Option(help="Tokens of a text that training reads; longer near misses are left out.")
    ] = 64,
    max_length: Annotated[int, typer.Option(help="Tokens of a text that measuring reads.")] = 128,
    precision: Annotated[
        str, typer.Option(help="auto (bf16 where the machine computes in it), bf16 or fp32.")
    ] = "auto",
    stress_rows: Annotated[
        int | None, typer.Option(help="Rows of the test split, balanced over phenomena and languages. Default: all.")
    ] = None,
    queries: Annotated[int | None, typer.Option(help="Queries of each collection. Default: all.")] = None,
    retrieval_docs: Annotated[
        int | None, typer.Option(help="Texts of each collection; judged ones always stay. Default: all.")
    ] = None,
    max_retrieval_loss: Annotated[
        float, typer.Option(help="Relative loss of mean nDCG@10 that is acceptable; choices are made to keep it.")
    ] = 0.01,
    verifier: Annotated[
        bool, typer.Option(help="Train a verifier too: a head on token vectors that puts look-alikes in order.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Tune with more and fewer near misses, by several recipes, and see what each gains and costs.

    Each training is kept in the output folder; the same command goes on where it was stopped, and more recipes, shares
    and seeds join what is there. Writes tradeoff.json and tradeoff.svg.
    """
    from nyaris.evaluation.tuning.measuring import Sampling
    from nyaris.evaluation.tuning.study import SHARES, Plan
    from nyaris.evaluation.tuning.training import Schedule
    from nyaris.printing import print_tradeoff
    from nyaris.tradeoff import tradeoff as run

    plan = Plan(
        recipes=tuple(recipe or ("mnrl", "distil+interpolate")),
        shares=tuple(SHARES if share is None else share),
        seeds=tuple(seed or (0,)),
        schedule=Schedule(rows or Schedule().rows, epochs, batch_size, learning_rate, train_length, precision),
        sampling=Sampling(stress_rows, queries, retrieval_docs, max_length),
        max_loss=max_retrieval_loss,
        verifier=verifier,
        fewer=rows is None,
    )
    found = run(
        model,
        suite,
        output,
        plan,
        general=general or (),
        retrieval=retrieval or (),
        validation=validation or (),
        report=lambda line: typer.echo(line, err=True),
    )
    if as_json:
        typer.echo(json.dumps(found.record(), ensure_ascii=False, indent=2))
    else:
        print_tradeoff(found, output)

"""A verifier trained on the near misses, and measured like every other system."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nyaris.dataset.read import Row
from nyaris.errors import NyarisError
from nyaris.evaluation.rerankers import Reranker
from nyaris.evaluation.retrieval import mean_of
from nyaris.evaluation.stress import overall
from nyaris.evaluation.systems import Indexed
from nyaris.evaluation.tuning.measuring import Measuring
from nyaris.evaluation.tuning.training import Schedule, calm, uses_bf16
from nyaris.evaluation.verifier import ALIKE, DEPTH, Verifier
from nyaris.run.durable import write_durably

FIGURES = "figures.json"
_TIMED = 20


@dataclass(frozen=True, slots=True)
class VerifierFigures:
    """The frozen model alone, with the verifier behind it, and with the same cross-encoder reranking all of the top.

    Loss is the relative loss of mean nDCG@10 against the frozen model; latency is milliseconds per query.
    """

    depth: int
    alike: float
    stress: float
    stress_low: float
    stress_high: float
    paired: float
    frozen_stress: float
    frozen_paired: float
    retrieval: float
    loss: float
    loss_low: float
    loss_high: float
    reranked: float
    reranked_loss: float
    latency_ms: float
    frozen_latency_ms: float
    seconds: float


def train_verifier(model: str, rows: Sequence[Row], schedule: Schedule, seed: int) -> Any:
    """A cross-encoder from the weights of an encoder, which learns to put the positive before the near miss."""
    from datasets import Dataset
    from sentence_transformers.cross_encoder import CrossEncoder, CrossEncoderTrainer, CrossEncoderTrainingArguments
    from sentence_transformers.cross_encoder.losses import ListNetLoss
    from transformers import PrinterCallback, set_seed

    set_seed(seed)
    with calm(), tempfile.TemporaryDirectory() as folder:
        cross = CrossEncoder(model, num_labels=1, max_length=2 * schedule.length)
        cross.model_card_data.widget = [{}]  # else examples are drawn from the data, with a progress bar
        arguments = CrossEncoderTrainingArguments(
            folder,
            num_train_epochs=schedule.epochs,
            per_device_train_batch_size=schedule.batch,
            learning_rate=2 * schedule.rate,
            warmup_steps=max(1, len(rows) * schedule.epochs // schedule.batch // 10),
            seed=seed,
            data_seed=seed,
            bf16=uses_bf16(schedule.precision, cross.model.device.type),
            use_cpu=cross.model.device.type == "cpu",
            report_to="none",
            save_strategy="no",
            logging_strategy="no",
            disable_tqdm=True,
        )
        data = Dataset.from_list(
            [{"query": row.query, "docs": [row.positive, row.negative], "labels": [1, 0]} for row in rows]
        )
        trainer = CrossEncoderTrainer(cross, arguments, train_dataset=data, loss=ListNetLoss(cross))
        trainer.remove_callback(PrinterCallback)
        trainer.train()
    return cross


def verify(
    model: str,
    rows: Sequence[Row],
    schedule: Schedule,
    measuring: Measuring,
    frozen: Indexed,
    output: Path,
    report: Callable[[str], None],
) -> VerifierFigures:
    """Train a verifier, measure it behind the frozen model, and keep model and figures."""
    began = time.monotonic()
    report(f"verifier: training on {len(rows)} rows")
    cross = train_verifier(model, rows, schedule, seed=0)
    reranker = Reranker("reranker", cross, frozen, depth=DEPTH, bf16=measuring.bf16)
    verifier = Verifier("verifier", reranker, frozen)
    report("verifier: measuring")
    stress, retrieval = measuring.of(verifier)
    _, reranked = measuring.of(reranker)
    before, everywhere = measuring.of(measuring.frozen)
    cost, all_cost, base = mean_of(retrieval), mean_of(reranked), mean_of(everywhere).value
    won, both = overall(stress), overall(stress, "paired_accuracy")
    found = VerifierFigures(
        depth=DEPTH,
        alike=ALIKE,
        stress=won.value,
        stress_low=won.low,
        stress_high=won.high,
        paired=both.value,
        frozen_stress=overall(before).value,
        frozen_paired=overall(before, "paired_accuracy").value,
        retrieval=cost.value,
        loss=-(cost.difference or 0.0) / base,
        loss_low=-(cost.difference_high or 0.0) / base,
        loss_high=-(cost.difference_low or 0.0) / base,
        reranked=all_cost.value,
        reranked_loss=-(all_cost.difference or 0.0) / base,
        latency_ms=_latency(verifier, measuring),
        frozen_latency_ms=_latency(frozen, measuring),
        seconds=time.monotonic() - began,
    )
    output.mkdir(parents=True, exist_ok=True)
    cross.save_pretrained(str(output))
    write_durably(output / FIGURES, json.dumps(asdict(found), indent=1) + "\n")
    return found


def read_figures(folder: Path) -> VerifierFigures | None:
    """The figures of a verifier that is there. Raises NyarisError for a file that is something else."""
    from pydantic import TypeAdapter, ValidationError

    path = folder / FIGURES
    if not path.is_file():
        return None
    try:
        return TypeAdapter(VerifierFigures).validate_json(path.read_bytes())
    except ValidationError as error:
        raise NyarisError(f"{path}: {error.errors()[0]['msg']}: remove {folder}, and it is made again") from error


def _latency(system: Indexed, measuring: Measuring) -> float:
    """Milliseconds per query with the texts indexed, over the first queries of each collection, one at a time."""
    spent, count = 0.0, 0
    for collection in measuring.collections:
        search = system.index(list(collection.corpus.values()), remember=False)
        for query in list(collection.queries.values())[:_TIMED]:
            began = time.perf_counter()
            search([query], 10)
            spent, count = spent + time.perf_counter() - began, count + 1
    return 1000 * spent / max(1, count)

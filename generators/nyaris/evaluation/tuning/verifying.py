"""A verifier trained on the near misses, and measured like every other system."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nyaris.dataset.read import Row
from nyaris.errors import NyarisError
from nyaris.evaluation.retrieval import mean_of
from nyaris.evaluation.stress import overall
from nyaris.evaluation.systems import Indexed
from nyaris.evaluation.tuning.measuring import Measuring
from nyaris.evaluation.verifier import ALIKE, DEPTH, Verifier
from nyaris.hashing import digest
from nyaris.run.durable import write_durably

if TYPE_CHECKING:
    from nyaris.evaluation.interaction import Reader

ROWS = 4000
"""Near misses that a head reads, balanced: it takes seconds where tuning an encoder takes minutes."""
FIGURES = "figures.json"
_EPOCHS, _BATCH, _RATE = 4, 32, 1e-3
_TIMED = 20


@dataclass(frozen=True, slots=True)
class VerifierFigures:
    """The frozen model alone, with the verifier behind it, and with the same reader ordering all of the top.

    Loss is the relative loss of mean nDCG@10 against the frozen model; latency is milliseconds per query.
    """

    depth: int
    alike: float
    rows: int
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


def train_reader(encoder: Any, rows: Sequence[Row], seed: int, *, bf16: bool = False) -> Reader:
    """A reader of the encoder's token vectors that has learnt to put the positive before the near miss.

    The encoder stays as it is, so its vectors are made once.
    """
    import torch
    from transformers import set_seed

    from nyaris.evaluation.interaction import Head, Reader

    set_seed(seed)
    reader = Reader(encoder, Head(encoder[0].get_embedding_dimension()), bf16=bf16)
    known = reader.token_vectors([text for row in rows for text in row.texts])
    head = reader.head.train()
    optimiser = torch.optim.AdamW(head.parameters(), lr=_RATE, weight_decay=0.01)
    steps = _EPOCHS * -(-len(rows) // _BATCH)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, _RATE, total_steps=steps)
    for epoch in range(_EPOCHS):
        order = sorted(rows, key=lambda row: digest(seed, "reader", epoch, row.id))
        for start in range(0, len(order), _BATCH):
            queries, positives, negatives = zip(*(row.texts for row in order[start : start + _BATCH]), strict=True)
            asked = reader.padded(queries, known)
            right, wrong = (head(asked, reader.padded(side, known)) for side in (positives, negatives))
            loss: Any = torch.nn.functional.softplus(wrong - right).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            pace.step()
    return reader


def verify(
    encoder: Any,
    rows: Sequence[Row],
    measuring: Measuring,
    frozen: Indexed,
    output: Path,
    report: Callable[[str], None],
) -> VerifierFigures:
    """Train a verifier, measure it behind the frozen model, and keep reader and figures."""
    began = time.monotonic()
    report(f"verifier: training on {len(rows)} near misses")
    reader = train_reader(encoder, rows, seed=0, bf16=measuring.bf16)
    verifier = Verifier("verifier", reader, frozen)
    report("verifier: measuring")
    stress, retrieval = measuring.of(verifier)
    reranked = measuring.retrieval(Verifier("everything", reader, frozen, alike=0.0))
    before, everywhere = measuring.of(measuring.frozen)
    cost, all_cost, base = mean_of(retrieval), mean_of(reranked), mean_of(everywhere).value
    won, both = overall(stress), overall(stress, "paired_accuracy")
    found = VerifierFigures(
        depth=DEPTH,
        alike=ALIKE,
        rows=len(rows),
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
    reader.save(output)
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

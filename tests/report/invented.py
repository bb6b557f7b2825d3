"""An evaluation and a trade-off with invented figures, for pages."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

from nyaris.evaluation.records import (
    AnswerCell,
    Answers,
    CollectionEntry,
    Evaluation,
    Failure,
    MarginHistogram,
    Outcome,
    RetrievalCell,
    ScoredAnswer,
    StressCell,
    StressMeasure,
    SuiteEntry,
    SystemEntry,
    Verdict,
)
from nyaris.hashing import draw

SYSTEMS = (
    SystemEntry("all-MiniLM-L6-v2", "bi-encoder", "baseline", 4.2),
    SystemEntry("tuned/mixed-25", "bi-encoder", "candidate", 4.2),
    SystemEntry("bm25", "bm25", "candidate", 0.9, "stems of no language"),
)
PHENOMENA = ("binding", "negation", "role_swap", "spatial_comparative", "temporal")
LANGUAGES = ("en", "ms")
COLLECTIONS = ("cranfield", "medline", "law_my_sections_en", "law_my_sections_ms")
TEXTS = {
    "en": ("The deposit is payable to the Landlord by the Tenant.", "The Tenant must pay the Landlord the deposit."),
    "ms": ("Deposit itu dibayar oleh penyewa kepada tuan rumah.", "Penyewa mesti membayar tuan rumah deposit itu."),
}


def evaluation(rows: int = 200, texts: tuple[str, str, str] | None = None, name: str | None = None) -> Evaluation:
    """Three systems; `rows` failures. `texts` (query, positive, negative) and `name` go wherever texts may stand."""
    systems = SYSTEMS if name is None else (*SYSTEMS[:2], SystemEntry(name, "bm25", "candidate", None, name))
    baseline = systems[0].name
    return Evaluation(
        generator={"name": "nyaris", "version": "0"},
        suite=SuiteEntry(name or "outputs/ours", "abc", "test", 5000),
        baseline=baseline,
        seed=0,
        bootstrap=1000,
        systems=systems,
        stress=tuple(_stress(systems)),
        margins=tuple(_margins(systems)),
        collections=tuple(CollectionEntry(each, 1400, 2000, 225) for each in COLLECTIONS),
        retrieval=tuple(_retrieval(systems, name)),
        failures=tuple(_failures(systems, rows, texts, name)),
        verdict=Verdict(
            broken=True,
            max_retrieval_loss=0.01,
            min_accuracy=None,
            sentences=("tuned/mixed-25 tells 12.1 % more near misses apart than the baseline.", name or "It costs."),
            improved=("negation, hard rows: 0.41 to 0.78",),
            cost=("nDCG@10 fell by 3.2 % on average, more than the limit of 1.0 %", name or "recall@100 fell"),
        ),
        answers=_answers(texts, name),
    )


def _stress(systems: tuple[SystemEntry, ...]) -> list[StressCell]:
    measures: tuple[StressMeasure, ...] = ("triplet_accuracy", "paired_accuracy", "auc", "near_miss_at_1", "margin")
    cells = []
    for system, measure, phenomenon, language, hardness in product(
        systems, measures, (None, *PHENOMENA), (None, *LANGUAGES), (None, "hard", "easy")
    ):
        if system.kind == "bm25" and phenomenon == "temporal" and language == "ms":
            continue
        value = round(draw(system.name, measure, phenomenon, language, hardness), 3)
        change = (
            None if system.role == "baseline" else round(draw("change", system.name, phenomenon, hardness) - 0.4, 3)
        )
        n = 12 if phenomenon == "role_swap" and language == "ms" else 480
        low, high = max(0, value - 0.04), min(1, value + 0.04)
        rest = (change, change - 0.03, change + 0.03, 0.01) if change is not None else (None, None, None, None)
        cells.append(
            StressCell(system.name, measure, phenomenon, None, language, None, hardness, n, value, low, high, *rest)
        )
    return cells


def _margins(systems: tuple[SystemEntry, ...]) -> list[MarginHistogram]:
    edges = tuple(round(-0.4 + 0.04 * step, 2) for step in range(21))
    return [
        MarginHistogram(
            system.name,
            phenomenon,
            language,
            hardness,
            edges,
            tuple(
                int(
                    300
                    * draw(system.name, phenomenon, hardness)
                    / (1 + abs(step - 12 - 4 * draw(system.name, phenomenon)))
                )
                for step in range(20)
            ),
        )
        for system, phenomenon, language, hardness in product(
            systems, (None, *PHENOMENA), (None, *LANGUAGES), (None, "hard", "easy")
        )
    ]


def _retrieval(systems: tuple[SystemEntry, ...], name: str | None) -> list[RetrievalCell]:
    cells = []
    for system, collection, measure in product(systems, (None, *COLLECTIONS), ("ndcg@10", "recall@100", "mrr@10")):
        topics = (None,) if collection != "law_my_sections_en" else (None, "tenancy", name or "labour")
        for topic in topics:
            value = 0.2 + 0.5 * draw(system.name, collection, measure, topic)
            change = None if system.role == "baseline" else round(0.1 * draw(collection, topic, measure) - 0.07, 4)
            rest = (change, change - 0.01, change + 0.01, 0.004) if change is not None else (None, None, None, None)
            cells.append(
                RetrievalCell(system.name, collection, measure, topic, 225, value, value - 0.02, value + 0.02, *rest)
            )
    return cells


def _failures(
    systems: tuple[SystemEntry, ...], rows: int, texts: tuple[str, str, str] | None, name: str | None
) -> list[Failure]:
    failures = []
    for number in range(rows):
        language = LANGUAGES[number % 2]
        query, positive = TEXTS[language]
        pair = ("Tenant", "Landlord") if language == "en" else ("Penyewa", "tuan rumah")
        first, second = positive.index(pair[0]), positive.index(pair[1])
        edits: tuple[tuple[int, int, str, str], ...] = (
            (first, first + len(pair[0]), *pair),
            (second, second + len(pair[1]), pair[1], pair[0]),
        )
        negative = positive.replace(pair[0], "\0").replace(pair[1], pair[0]).replace("\0", pair[1])
        if texts:
            (query, positive, negative), edits = texts, ()
        failures.append(
            Failure(
                systems[number % len(systems)].name,
                f"{number:016x}",
                PHENOMENA[number % 5],
                name or f"{PHENOMENA[number % 5]}.rule{number % 3}",
                "rebinding",
                language,
                language,
                ("hard", "easy")[number % 3 == 0],
                query,
                positive,
                negative,
                edits,
                0.5,
                0.5 + 0.4 * draw(number),
            )
        )
    return failures


def _answers(texts: tuple[str, str, str] | None, name: str | None) -> Answers:
    outcomes: tuple[Outcome, ...] = ("right", "near_miss", "abstained", "other")
    cells = [
        AnswerCell(phenomenon, None, retrieved, outcome, 40, count, count / 40, 0.1, 0.6)
        for phenomenon in (None, *PHENOMENA)
        for retrieved in ((None, "right_text", "near_miss", "both", "neither") if phenomenon is None else (None,))
        for outcome, count in zip(outcomes, (22, 10, 5, 3), strict=True)
    ]
    question, reference, near_miss = texts or ("Who must pay the deposit?", "the Tenant", "the Landlord")
    failures = tuple(
        ScoredAnswer(
            str(number),
            PHENOMENA[number % 5],
            name or "binding.parties",
            "en",
            question,
            reference,
            near_miss,
            near_miss,
            "near_miss" if number % 2 else "other",
            "near_miss" if number % 3 else "right_text",
        )
        for number in range(12)
    )
    return Answers(name or "answers.jsonl", 200, 180, tuple(cells), failures)


def write_tradeoff(folder: Path, name: str = "all-MiniLM-L6-v2") -> None:
    """`tradeoff.json` with five recipes."""
    recipes = ("mnrl", "mixing", "distillation", "lora", "interpolation")
    points: list[dict[str, Any]] = []
    for recipe, share in product(recipes, (10, 25, 50, 100)):
        kind = recipes.index(recipe)
        gain = (0.1 + 0.025 * share**0.5) * (1 - 0.1 * kind)
        loss = max(0.002, 0.0028 * share * (1 - 0.24 * kind) + 0.02 * draw(recipe, share))
        point = {"recipe": recipe, "share": share, "seed": 0, "stress": 0.52 + gain, "retrieval": 0.46 * (1 - loss)}
        point |= {"gain": gain, "gain_low": gain - 0.012, "gain_high": gain + 0.012}
        points.append(point | {"loss": loss, "loss_low": loss - 0.01, "loss_high": loss + 0.01})
    for point in points:
        point["on_front"] = not any(
            other["stress"] > point["stress"] and other["retrieval"] > point["retrieval"] for other in points
        )
    verifier = {"depth": 20, "stress": 0.83, "paired": 0.7, "frozen_stress": 0.52, "frozen_paired": 0.2}
    verifier |= {"retrieval": 0.458, "loss": 0.004, "reranked": 0.41, "reranked_loss": 0.11}
    record = {
        "model": name,
        "baseline": {"stress": 0.52, "retrieval": 0.46},
        "points": points,
        "max_loss": 0.01,
        "kept": [f"interpolation {name[:20]} 25 %"],
        "verifier": verifier | {"latency_ms": 38.2, "frozen_latency_ms": 4.1},
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tradeoff.json").write_text(json.dumps(record), encoding="utf-8")

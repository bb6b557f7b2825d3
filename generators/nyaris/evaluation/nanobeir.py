"""NanoBEIR: thirteen collections of fifty queries each, from the Hub."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from nyaris.errors import NyarisError, UsageError
from nyaris.evaluation.retrieval import Collection, collection

NAME = "nanobeir"
DATASET = "sentence-transformers/NanoBEIR-en"
COLLECTIONS = (
    *("ArguAna", "ClimateFEVER", "DBPedia", "FEVER", "FiQA2018", "HotpotQA", "MSMARCO", "NFCorpus", "NQ"),
    *("QuoraRetrieval", "SCIDOCS", "SciFact", "Touche2020"),
)


def is_nanobeir(name: str) -> bool:
    """Whether a name asks for all of NanoBEIR (`nanobeir`) or one of its collections (`nanobeir:NFCorpus`)."""
    return name.partition(":")[0].lower() == NAME


def nanobeir_names(name: str) -> list[str]:
    """The collections that a name asks for. Raises UsageError for one that there is not."""
    wanted = name.partition(":")[2]
    if not wanted:
        return list(COLLECTIONS)
    known = {each.lower(): each for each in COLLECTIONS}
    if wanted.lower().removeprefix("nano") not in known:
        raise UsageError(f"--retrieval {name}: no such collection: known are {', '.join(COLLECTIONS)}")
    return [known[wanted.lower().removeprefix("nano")]]


def load_nanobeir(name: str, most_texts: int | None = None, seed: int = 0) -> Collection:
    """One collection by its name in `COLLECTIONS`. Raises NyarisError where the Hub does not give it."""
    split = f"Nano{name}"
    qrels: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for record in _subset("qrels", split):
        ids = record["corpus-id"]
        for text in ids if isinstance(ids, list) else [ids]:
            qrels[str(record["query-id"])][str(text)] = int(record.get("score", 1))
    return collection(split, iter(_subset("corpus", split)), iter(_subset("queries", split)), qrels, most_texts, seed)


def _subset(subset: str, split: str) -> Any:
    from datasets import load_dataset

    try:
        return load_dataset(DATASET, subset, split=split)
    except Exception as error:  # of the Hub, of the network, of the layout: many kinds, one remedy
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise NyarisError(
            f"--retrieval {NAME}: {subset} of {split} cannot be loaded from {DATASET}: {reason}; "
            "give folders in the layout of BEIR where there is no network"
        ) from error

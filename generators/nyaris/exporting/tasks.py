"""The dataset as tasks of mteb, from a folder or a Hub repository: retrieval, and paired accuracy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nyaris.errors import NyarisError
from nyaris.exporting.retrieval import languages as languages_of
from nyaris.grammar import grammar_codes, load_grammar

Judged = Mapping[str, Mapping[str, int]]
"""Query -> text -> 1 where the text answers it."""
Scored = Mapping[str, Mapping[str, float]]
"""Query -> text -> what the model gave."""


def retrieval_task(source: str | Path, languages: list[str] | None = None, split: str = "test") -> Any:
    """Find the answering text among every original, every near miss and the rest of the documents (nDCG@10).

    `languages` are needed for a repository on the Hub; a folder knows its own.
    """
    described = _describer(source, languages, split)
    from mteb.abstasks import AbsTaskRetrieval

    class NyarisRetrieval(AbsTaskRetrieval):
        metadata = described("NyarisRetrieval", "Retrieval among near misses.", "Retrieval", "ndcg_at_10")

    return NyarisRetrieval()


def paired_task(source: str | Path, languages: list[str] | None = None, split: str = "test") -> Any:
    """Rank a text and its near miss for both queries of a pair: a pair counts when both come out right.

    Chance is 0.25; a model that does not see what changed gets 0.
    """
    described = _describer(source, languages, split, "-paired")
    from mteb.abstasks import AbsTaskRetrieval

    class NyarisPaired(AbsTaskRetrieval):
        metadata = described(
            "NyarisPaired",
            "Both queries of a contrast pair must prefer their own text.",
            "Reranking",
            "paired_accuracy",
        )

        def task_specific_scores(
            self, scores: Any, qrels: Any, results: Any, hf_split: str, hf_subset: str
        ) -> dict[str, float]:
            """Paired accuracy over all pairs of a subset."""
            return {"paired_accuracy": paired_accuracy(qrels, results)}

    return NyarisPaired()


def paired_accuracy(qrels: Judged, results: Scored) -> float:
    """The share of pairs (ids `<pair>_q1`, `<pair>_q2`) whose queries both score a judged text above every other.

    A tie is a miss: a model that cannot tell the two apart must not profit from the order of a list.
    """
    right: defaultdict[str, list[bool]] = defaultdict(list)
    for query, judged in qrels.items():
        scores = results.get(query, {})
        best = max((scores[text] for text in judged if text in scores), default=float("-inf"))
        others = [score for text, score in scores.items() if text not in judged]
        right[query.rpartition("_")[0]].append(all(best > score for score in others) and best > float("-inf"))
    return sum(map(all, right.values())) / max(1, len(right))


def _describer(
    source: str | Path, languages: list[str] | None, split: str, ending: str = ""
) -> Callable[[str, str, str, str], Any]:
    """How mteb is told of a task over the dataset, by name, description, type and main score."""
    _needs_mteb()
    from mteb import TaskMetadata

    found = _subsets(source, languages, ending)

    def described(name: str, description: str, kind: str, score: str) -> Any:
        return TaskMetadata(
            name=name,
            description=description,
            type=kind,
            main_score=score,
            dataset={"path": str(source), "revision": "main"},
            eval_splits=[split],
            eval_langs=found,
        )

    return described


def _subsets(source: str | Path, languages: list[str] | None, ending: str) -> dict[str, list[str]]:
    chosen = languages or languages_of(Path(source))
    unknown = sorted(set(chosen) - set(grammar_codes()))
    if unknown:
        raise NyarisError(f"no grammar for {', '.join(unknown)}: known are {', '.join(grammar_codes())}")
    return {f"{code}{ending}": [load_grammar(code).language.mteb] for code in chosen}


def _needs_mteb() -> None:
    from importlib.util import find_spec

    if find_spec("mteb") is None:
        raise NyarisError("evaluation suites need mteb: pip install 'nyaris[eval]'")

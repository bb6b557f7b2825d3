"""The RAG cases feed a harness: they have the shape of ragas samples, and exact match tells who was led astray."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from nyaris.dataset.read import read_rows
from nyaris.export import export


class Sample(BaseModel):
    """What a ragas `SingleTurnSample` takes of a case, here with nothing optional; it ignores other keys, as this."""

    model_config = ConfigDict(strict=True)

    user_input: str
    retrieved_contexts: list[str]
    reference_contexts: list[str]
    reference: str


class Case(Sample):
    """With what ragas has no field for."""

    id: str
    near_miss_context: str
    near_miss_answer: str
    rule: str


Reader = Callable[[Sample, set[str]], str]


@pytest.fixture(scope="module")
def files(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    output = tmp_path_factory.mktemp("exported")
    export(dataset, ["rag"], output)
    return sorted((output / "rag").iterdir())


@pytest.fixture(scope="module")
def cases(files: list[Path]) -> list[Case]:
    """As `EvaluationDataset.from_jsonl` reads: each line is one sample."""
    return [Case.model_validate_json(line) for path in files for line in path.open(encoding="utf-8")]


def test_datasets_reads_the_same_cases(files: list[Path], cases: list[Case], dataset: Path, tmp_path: Path) -> None:
    from datasets import load_dataset

    splits = {path.stem: str(path) for path in files}
    loaded = load_dataset("json", data_files=splits, cache_dir=str(tmp_path))
    assert {Case(**each).id: Case(**each) for table in loaded.values() for each in table} == {
        case.id: case for case in cases
    }
    rows = {row.id: row for row in read_rows(dataset)}
    for split, table in loaded.items():
        assert {rows[each["id"]].split for each in table} == {split}
    assert {rows[case.id].query for case in cases} == {case.user_input for case in cases}


def test_each_answer_stands_in_its_own_context(cases: list[Case]) -> None:
    assert cases
    first = sum(case.retrieved_contexts[0] == case.near_miss_context for case in cases)
    assert 0.3 < first / len(cases) < 0.7, "the near miss is not always in the same place"
    for case in cases:
        assert sorted(case.retrieved_contexts) == sorted([case.near_miss_context, *case.reference_contexts])
        assert normal(case.reference) != normal(case.near_miss_answer)
        assert normal(case.reference) in normal(case.reference_contexts[0])
        assert normal(case.near_miss_answer) in normal(case.near_miss_context)


def test_nothing_but_the_question_tells_which_answer_is_right(cases: list[Case]) -> None:
    """Both answers of two contexts are right once, and no question names one."""
    answers: dict[frozenset[str], list[str]] = {}
    for case in cases:
        answers.setdefault(frozenset(case.retrieved_contexts), []).append(case.reference)
        assert case.near_miss_answer not in case.user_input
        assert case.reference not in case.user_input
    for pair in answers.values():
        assert len(pair) == len(set(pair)) == 2


def test_exact_match_tells_a_reader_that_is_led_from_one_that_is_not(cases: list[Case]) -> None:
    """A reader who takes the context with more of the question's words does better than one who takes the first."""
    plain = [case for case in cases if not case.rule.startswith("frame.")]
    names = {case.reference for case in plain}
    careful, trusting = judge(plain, names, read_what_fits), judge(plain, names, read_the_first)
    assert careful["right"] > trusting["right"]
    assert 0.25 * len(plain) <= trusting["right"] <= 0.75 * len(plain)
    assert trusting["led"] >= 0.25 * len(plain)
    misled = [case.model_copy(update={"retrieved_contexts": [case.near_miss_context]}) for case in plain]
    assert judge(misled, names, read_the_first)["led"] >= 0.9 * len(plain)


def judge(cases: list[Case], names: set[str], reader: Reader) -> Counter[str]:
    """How many answers are right, led by the near miss, or neither; a reader sees a sample and nothing more."""
    verdicts: Counter[str] = Counter()
    for case in cases:
        answer = normal(reader(Sample(**case.model_dump(include=set(Sample.model_fields))), names))
        known = {normal(case.reference): "right", normal(case.near_miss_answer): "led"}
        verdicts[known.get(answer, "neither")] += 1
    return verdicts


def read_the_first(sample: Sample, names: set[str]) -> str:
    """The doer in whatever was retrieved first."""
    return doer(sample.user_input, sample.retrieved_contexts[0], names)


def read_what_fits(sample: Sample, names: set[str]) -> str:
    """The agent of the context that has more words of the question, and of their order."""
    asked = normal(sample.user_input).split()
    shared = {
        context: sum(
            block.size for block in SequenceMatcher(None, asked, normal(context).split()).get_matching_blocks()
        )
        for context in sample.retrieved_contexts
    }
    return doer(sample.user_input, max(shared, key=shared.__getitem__), names)


def doer(question: str, context: str, names: set[str]) -> str:
    """The agent in the context that the question does not name."""
    return next(iter(sorted(set(named(context, names)) - set(named(question, names)), key=len, reverse=True)), "")


def named(text: str, names: set[str]) -> list[str]:
    """The agents that a text names."""
    padded = f" {normal(text)} "
    return [name for name in map(normal, sorted(names)) if f" {name} " in padded]


def normal(text: str) -> str:
    """Lower case, one blank between words, no punctuation at their ends."""
    return " ".join(re.findall(r"[^\s,.;:?()]+", text.casefold()))

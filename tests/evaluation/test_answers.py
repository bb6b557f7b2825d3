"""A pipeline's answers against the questions of a dataset and of its export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nyaris.errors import NyarisError, UsageError
from nyaris.evaluation.answers import Question, read_answers, read_questions, score_answers
from nyaris.evaluation.records import AnswerCell, Answers
from nyaris.export import export


@pytest.fixture(scope="module")
def questions(dataset: Path) -> list[Question]:
    return read_questions(dataset)


def write(path: Path, records: list[Any]) -> Path:
    path.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    return path


def scored(questions: list[Question], path: Path) -> Answers:
    return score_answers(path.name, questions, read_answers(path))


def cell(found: Answers, outcome: str, retrieved: str | None = None) -> AnswerCell:
    return next(
        each
        for each in found.cells
        if (each.phenomenon, each.language, each.retrieved, each.outcome) == (None, None, retrieved, outcome)
    )


def test_the_dataset_and_its_export_ask_the_same(dataset: Path, questions: list[Question], tmp_path: Path) -> None:
    export(dataset, ["rag"], tmp_path)
    for source in (tmp_path, tmp_path / "rag"):
        assert {each.id: each for each in read_questions(source)} == {each.id: each for each in questions}
    split = questions[0].split
    assert {each.split for each in read_questions(tmp_path / "rag" / f"{split}.jsonl")} == {split}


def test_who_says_what_the_near_miss_says_is_led_astray(questions: list[Question], tmp_path: Path) -> None:
    right = write(tmp_path / "right.jsonl", [{"id": each.id, "answer": each.case.reference} for each in questions])
    wrong = write(
        tmp_path / "wrong.jsonl", [{"id": each.id, "answer": each.case.near_miss_answer} for each in questions]
    )
    assert cell(scored(questions, right), "right").share == 1
    assert scored(questions, right).failures == ()
    found = scored(questions, wrong)
    assert cell(found, "near_miss").share == 1
    assert len(found.failures) == found.answered == found.questions == len(questions)
    assert {each.language for each in found.cells if each.language} == {each.language for each in questions}


def test_contexts_tell_a_wrong_search_from_a_wrong_reading(questions: list[Question], tmp_path: Path) -> None:
    first, second, third, fourth = questions[:4]
    wrong = [
        {
            "id": first.id,
            "answer": first.case.near_miss_answer,
            "contexts": [f"Page 1. {first.case.near_miss_context}"],
        },
        {
            "id": second.id,
            "answer": second.case.near_miss_answer,
            "contexts": [second.case.reference_context, second.case.near_miss_context],
        },
        {"id": third.id, "answer": third.case.reference, "contexts": [third.case.reference_context.upper(), "x"]},
        {"id": fourth.id, "answer": "I do not know", "contexts": []},
    ]
    found = scored(questions, write(tmp_path / "answers.jsonl", wrong))
    assert cell(found, "near_miss", "near_miss").count == 1
    assert cell(found, "near_miss", "both").count == 1
    assert cell(found, "right", "right_text").count == 1
    assert cell(found, "abstained", "neither").count == 1
    assert [each.retrieved for each in found.failures] == ["near_miss", "both", "neither"]
    assert found.answered == 4


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (['{"id": "nobody", "answer": "x"}'], r"1 of 1 answers are to no question of this set \(nobody\)"),
        (['{"id": "a"}'], "jsonl:1: id and answer"),
        (['{"id": "a", "answer": "x", "contexts": "y"}'], "a list of texts as contexts"),
        (['{"id": "a", "answer": "x"}', '{"id": "a", "answer": "y"}'], "jsonl:2: a second answer to a"),
        (["[1]"], "jsonl:1: an object"),
        (["{"], "jsonl:1: not JSON"),
        ([], "no answers in it"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(
    questions: list[Question], tmp_path: Path, lines: list[str], said: str
) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(NyarisError, match=said):
        scored(questions, path)


def test_a_file_that_is_no_export_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no user_input, reference"):
        read_questions(write(tmp_path / "some.jsonl", [{"id": "a"}]))
    with pytest.raises(UsageError, match="no such file"):
        read_questions(tmp_path / "nowhere.jsonl")

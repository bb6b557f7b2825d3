"""Answers of a pipeline to the exported questions: who was led astray by the near miss, and what it had before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from nyaris.auditing.statistics import wilson
from nyaris.dataset.read import read_rows
from nyaris.errors import UsageError
from nyaris.evaluation.json_lines import json_lines
from nyaris.evaluation.matching import Case, holds, outcome, words_of
from nyaris.evaluation.records import AnswerCell, Answers, Outcome, Retrieved, ScoredAnswer
from nyaris.exporting.rag import rag_cases
from nyaris.grammar import Grammar, grammar_codes, load_grammar

_QUESTION = ("id", "user_input", "reference", "near_miss_answer", "near_miss_context", "reference_contexts")
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Question:
    """One case of the export with its split."""

    id: str
    split: str
    case: Case
    phenomenon: str
    rule: str
    language: str
    grammar: Grammar


@dataclass(frozen=True, slots=True)
class Answer:
    """What the pipeline said, and the texts that it had before it, where it tells."""

    id: str
    text: str
    contexts: tuple[str, ...] | None


def read_answers(path: Path) -> list[Answer]:
    """JSON Lines with `id`, `answer` and, if known, `contexts` (a list of texts).

    Raises UsageError for a missing file, lines in another shape and ids that come twice.
    """
    found: dict[str, Answer] = {}
    for place, record in _records(path, "--answers"):
        name, text, contexts = record.get("id"), record.get("answer"), record.get("contexts")
        listed = contexts is None or (isinstance(contexts, list) and all(isinstance(each, str) for each in contexts))
        if not isinstance(name, str) or not isinstance(text, str) or not listed:
            raise UsageError(
                f"{place}: id and answer, texts both, and a list of texts as contexts or none are expected"
            )
        if name in found:
            raise UsageError(f"{place}: a second answer to {name}")
        found[name] = Answer(name, text, None if contexts is None else tuple(contexts))
    if not found:
        raise UsageError(f"--answers {path}: no answers in it")
    return list(found.values())


def read_questions(source: Path) -> list[Question]:
    """The questions of a dataset folder, of an export (`nyaris export --to rag`), or of one file of it.

    Raises UsageError for anything else and where there is no question.
    """
    if (source / "labelled").is_dir():
        cases = [(case, row_split) for row_split, case in _cases_of(source)]
    else:
        folder = source / "rag" if (source / "rag").is_dir() else source
        files = sorted(folder.glob("*.jsonl")) if folder.is_dir() else [folder]
        cases = [
            (_checked(place, record), path.stem) for path in files for place, record in _records(path, "--questions")
        ]
    if not cases:
        raise UsageError(f"{source}: no questions whose near miss has an answer of its own: give another dataset")
    return [_question(case, split) for case, split in cases]


def score_answers(name: str, questions: Sequence[Question], answers: Sequence[Answer]) -> Answers:
    """Each answer's outcome, and shares by phenomenon, by language and by what was retrieved.

    Questions are counted in the splits that were answered at all. Raises UsageError for answers to no question.
    """
    known = {question.id: question for question in questions}
    strangers = [answer.id for answer in answers if answer.id not in known]
    if strangers:
        shown = ", ".join(strangers[:_SHOWN]) + (" ..." if len(strangers) > _SHOWN else "")
        raise UsageError(
            f"{len(strangers):,} of {len(answers):,} answers are to no question of this set ({shown}): are they of"
            " another export, or was the dataset made again?"
        )
    scored = [_scored(known[answer.id], answer) for answer in answers]
    splits = {known[answer.id].split for answer in answers}
    return Answers(
        file=name,
        questions=sum(question.split in splits for question in questions),
        answered=len(answers),
        cells=tuple(_cells(scored)),
        failures=tuple(each for each in scored if each.outcome != "right"),
    )


def _cases_of(folder: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    rows = read_rows(folder)
    for split in dict.fromkeys(row.split for row in rows):
        yield from ((split, case) for case in rag_cases([row for row in rows if row.split == split]))


def _question(case: Mapping[str, Any], split: str) -> Question:
    return Question(
        id=case["id"],
        split=split,
        case=Case(
            question=case["user_input"],
            reference=case["reference"],
            near_miss_answer=case["near_miss_answer"],
            reference_context=case["reference_contexts"][0],
            near_miss_context=case["near_miss_context"],
        ),
        phenomenon=case.get("phenomenon") or "",
        rule=case.get("rule") or "",
        language=case.get("language") or "",
        grammar=_grammar(case),
    )


def _grammar(case: Mapping[str, Any]) -> Grammar:
    codes = grammar_codes()
    wanted = [case.get("variety"), case.get("language"), codes[0]]
    return load_grammar(next(code for code in wanted if code in codes))


def _scored(question: Question, answer: Answer) -> ScoredAnswer:
    case = question.case
    return ScoredAnswer(
        id=question.id,
        phenomenon=question.phenomenon,
        rule=question.rule,
        language=question.language,
        question=case.question,
        reference=case.reference,
        near_miss_answer=case.near_miss_answer,
        answer=answer.text,
        outcome=outcome(answer.text, case, question.grammar),
        retrieved=None if answer.contexts is None else _retrieved(question, answer.contexts),
    )


def _retrieved(question: Question, contexts: Sequence[str]) -> Retrieved:
    """Which of the two texts stand in the contexts."""
    texts = [words_of(each, question.grammar) for each in contexts]
    right, wrong = (
        any(holds(text, words_of(context, question.grammar)) for text in texts)
        for context in (question.case.reference_context, question.case.near_miss_context)
    )
    return "both" if right and wrong else "right_text" if right else "near_miss" if wrong else "neither"


def _cells(scored: Sequence[ScoredAnswer]) -> Iterator[AnswerCell]:
    groups: defaultdict[tuple[str | None, str | None, Retrieved | None], list[Outcome]] = defaultdict(list)
    for each in scored:
        for phenomenon in (None, each.phenomenon):
            for language in (None, each.language):
                for retrieved in dict.fromkeys((None, each.retrieved)):
                    groups[phenomenon, language, retrieved].append(each.outcome)
    for key in sorted(groups, key=lambda names: [name or "" for name in names]):
        found = groups[key]
        for kind in get_args(Outcome):
            count = found.count(kind)
            yield AnswerCell(*key, kind, len(found), count, count / len(found), *wilson(count, len(found)))


def _records(path: Path, option: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each object of the file that an option names, with its place."""
    if not path.is_file():
        raise UsageError(f"{option} {path}: no such file: JSON Lines are expected")
    yield from json_lines(path)


def _checked(place: str, record: dict[str, Any]) -> dict[str, Any]:
    missing = [name for name in _QUESTION if not record.get(name)]
    if missing:
        raise UsageError(f"{place}: no {', '.join(missing)}: a file that `nyaris export --to rag` wrote is expected")
    return record

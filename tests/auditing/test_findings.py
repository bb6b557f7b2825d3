"""Each check sees the fault it is for, and lets a sound dataset pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from nyaris.auditing.balance import uneven_hardness
from nyaris.auditing.findings import Finding, Limits, limits_from
from nyaris.auditing.leakage import leakage
from nyaris.auditing.probe import QUERY, SIDES, probe
from nyaris.auditing.signals import differing, signals
from nyaris.auditing.soundness import soundness
from nyaris.dataset.read import Change, Row, read_rows
from nyaris.errors import UsageError

Check = Callable[[list[Row], Limits], list[Finding]]


@pytest.fixture(scope="module")
def rows(dataset: Path) -> list[Row]:
    return read_rows(dataset)


def failed(check: Check, rows: list[Row]) -> set[str]:
    return {finding.check for finding in check(rows, Limits()) if not finding.passed}


def test_a_generated_dataset_passes_every_check(rows: list[Row]) -> None:
    for check in (leakage, soundness, signals, uneven_hardness):
        assert failed(check, rows) == set()


def test_the_probe_finds_no_cue_in_a_generated_dataset(rows: list[Row]) -> None:
    cells = [cell for cell in probe(rows, 400) if cell.task == SIDES]
    assert {cell.phenomenon for cell in cells} > {"all", "binding", "temporal"}
    assert all(cell.low < 0.55 for cell in cells)


@pytest.mark.parametrize(
    ("cue", "task"),
    [
        (lambda row: replace(row, negative=row.negative + " Indeed."), SIDES),
        (lambda row: replace(row, positive=row.positive.replace(" ", "  ")), SIDES),
        (lambda row: replace(row, query=row.query.lower()), QUERY),
    ],
)
def test_the_probe_finds_a_planted_cue(rows: list[Row], cue: Callable[[Row], Row], task: str) -> None:
    cells = probe([cue(row) for row in rows if row.phenomenon == "temporal"], 200)
    assert max(cell.low for cell in cells if cell.task == task and cell.phenomenon == "temporal") > 0.9


def test_one_direction_alone_is_a_cue(rows: list[Row]) -> None:
    lone = [
        row for row in rows if row.direction == "source" and row.phenomenon == "negation" and row.origin == "document"
    ]
    assert max(cell.accuracy for cell in probe(lone, 400) if cell.task == SIDES) > 0.8
    assert "unpaired" in failed(soundness, lone)


def moved(rows: list[Row], split: str, near: str = "") -> list[Row]:
    """The training rows, and a copy of one document pair in another split, under another document's name."""
    train = [row for row in rows if row.split == "train" and row.origin == "document"]
    copied = [row for row in train if row.pair == train[0].pair]
    return train + [
        replace(row, split=split, document="elsewhere", **{name: getattr(row, name) + near for name in TEXTS})
        for row in copied
    ]


TEXTS = ("query", "positive", "negative")


def test_leaks(rows: list[Row]) -> None:
    train = [row for row in rows if row.split == "train"]
    frames = [row for row in train if row.origin == "frame"]
    assert failed(leakage, train) == set()
    half = [replace(row, split="test" if row.hardness == "hard" else "train") for row in train]
    assert failed(leakage, half) >= {"document leak", "sentence leak", "frame leak", "text leak"}
    assert "frame leak" in failed(leakage, [replace(frames[0], split="test"), *frames[1:]])
    assert failed(leakage, moved(rows, "test")) == {"text leak", "near leak"}
    assert failed(leakage, moved(rows, "test", near=" x")) == {"near leak"}


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        (lambda row: replace(row, positive=row.query.upper() + " "), "trivial"),
        (lambda row: replace(row, negative=row.positive.replace(".", " .")), "trivial"),
        (lambda row: replace(row, negative="The [NAME] shall pay."), "trivial"),
        (lambda row: replace(row, negative="nan"), "trivial"),
        (lambda row: replace(row, edits=row.edits[:-1]), "edits"),
        (lambda row: replace(row, edits=(*row.edits, Change(0, 0, "", ""))), "edits"),
        (lambda row: replace(row, negative=row.negative.replace("e", "a")), "edits"),
        (lambda row: replace(row, split="test"), "unpaired"),
        (lambda row: replace(row, query_style="question", answer="nobody at all"), "answers"),
    ],
)
def test_a_faulty_row_is_found(rows: list[Row], fault: Callable[[Row], Row], check: str) -> None:
    clean = [row for row in rows if row.split == "train" and row.query_style == "statement"]
    found = {each.check: each for each in soundness([fault(clean[0]), *clean[1:]], Limits(answers=0.0))}
    assert not found[check].passed
    assert found[check].examples == ((clean[0].pair if check == "unpaired" else clean[0].id),)


def test_repeated_and_conflicting_rows(rows: list[Row]) -> None:
    first = rows[0]
    again = replace(first, id="again", query=first.query.upper())
    assert "duplicates" in failed(soundness, [*rows, again])
    exchanged = replace(first, id="exchanged", positive=first.negative, negative=first.positive)
    assert "conflicts" in failed(soundness, [*rows[:20], exchanged])


@pytest.mark.parametrize(("law", "other", "ok"), [("Virginia", "Texas", True), ("Venus", "Mars", False)])
def test_the_law_of_a_contract_is_what_binding_is_about(rows: list[Row], law: str, other: str, ok: bool) -> None:
    pair = next(row.pair for row in rows if row.phenomenon == "binding" and row.language == "en")
    here, there = f"The laws of {law} govern this deed.", f"The laws of {other} govern this deed."
    texts = {"source": (here, here, there), "mirror": (there, there, here)}
    moved = [
        replace(row, query=query, positive=positive, negative=negative)
        for row in rows
        if row.pair == pair
        for query, positive, negative in [texts[row.direction]]
    ]
    assert (failed(signals, moved) == set()) is ok


def test_a_change_that_its_phenomenon_is_not_about(rows: list[Row]) -> None:
    temporal = [row for row in rows if row.phenomenon == "temporal" and row.origin == "document"]
    assert failed(signals, temporal) == set()
    relabelled = [replace(row, phenomenon="negation") for row in temporal]
    assert {check.split()[1] for check in failed(signals, relabelled)} == {"negation"}
    other = "Nothing of what was written before is left in these words."
    swaps = [row for row in rows if row.phenomenon == "role_swap" and row.origin == "document"]
    assert failed(signals, swaps) == set()
    damaged = [
        replace(row, negative=other) if row.direction == "source" else replace(row, query=other, positive=other)
        for row in swaps
    ]
    assert all(check.startswith(("labels role_swap", "uneven")) for check in failed(signals, damaged))
    assert failed(signals, damaged)


def test_passages_are_read_where_they_differ(rows: list[Row]) -> None:
    first, second = "The fee is due. Mr. Lim pays. All is well.", "The fee is due. Mr. Lim asks. All is well."
    assert differing(first, second) == ("Lim pays. ", "Lim asks. ")
    assert differing("It is so.", "It is not so.") == ("It is so.", "It is not so.")
    round_it = "The notice is served. {} Costs are borne by the loser."
    passages = [
        replace(
            row,
            granularity="passage",
            positive=round_it.format(row.positive),
            negative=round_it.format(row.negative),
        )
        for row in rows
        if row.origin == "document"
    ]
    assert failed(signals, passages) == set()
    assert not [cell for cell in probe(passages, 100) if cell.task == QUERY]


def test_a_flip_that_is_not_the_same_on_every_side(rows: list[Row]) -> None:
    uneven = [
        replace(row, query="Not one of these words was there before.")
        if row.direction == "mirror" and row.query_style == "statement"
        else row
        for row in rows
    ]
    assert "uneven flips" in failed(signals, uneven)


def test_hardness(rows: list[Row]) -> None:
    assert failed(uneven_hardness, [replace(row, hardness="easy") for row in rows])


def test_limits_by_name() -> None:
    assert limits_from(["near_leaks=0.2", "probe=0.6"]) == Limits(near_leaks=0.2, probe=0.6)
    for word, message in [("neer=1", "known are probe"), ("probe=lots", "NAME=SHARE"), ("probe=55", "between 0 and 1")]:
        with pytest.raises(UsageError, match=message):
            limits_from([word])

"""Collation by hand-made shards: what is left out and why, and that growth moves nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from shards import Row, pair, shard

from nyaris.errors import UsageError
from nyaris.run.collate import collate
from nyaris.run.collation import Collation, Quota, parse_quota, parse_shares
from nyaris.run.index import split_of
from nyaris.run.tables import SPLITS

WORDS = "the tenant shall pay the rent for the premises to the landlord before the end of every month in which it falls"
NEAR = WORDS.replace("landlord", "lessor")
Result = tuple[dict[str, list[Row]], Counter[str]]


def collated(shards: list[Path], work: Path, collation: Collation | None = None) -> Result:
    """Rows by split, and refusals by reason."""
    with collate(shards, 0, collation or Collation(), work) as found:
        rows = {split: [row for table in found.rows(split) for row in table.to_pylist()] for split in SPLITS}
        ledger = Counter(row["reason"] for table in found.ledger() for row in table.to_pylist())
    return rows, ledger


def where(rows: dict[str, list[Row]]) -> dict[str, str]:
    return {row["source"]["document"]: split for split, found in rows.items() for row in found}


def home_of(document: str) -> str:
    return split_of({"id": document}, 0, Collation())


def documents_in(split: str, count: int = 1) -> list[str]:
    """Names of documents that fall into a split."""
    return [name for name in map(str, range(1000)) if home_of(name) == split][:count]


def test_pairs_stay_whole_and_in_order(tmp_path: Path) -> None:
    rows, ledger = collated([shard(tmp_path / "a", *pair("d", 0, WORDS), *pair("d", 9, "another thing"))], tmp_path)
    found = rows[home_of("d")]
    assert [row["direction"] for row in found] == ["source", "mirror"] * 2
    assert not ledger


def test_the_order_of_shards_does_not_matter_and_a_shard_counts_once(tmp_path: Path) -> None:
    shards = [shard(tmp_path / str(n), *pair(f"d{n}", n, f"sentence number {n}")) for n in range(6)]
    assert collated(shards, tmp_path) == collated([*reversed(shards), shards[2]], tmp_path)


@pytest.mark.parametrize(("text", "reason"), [(WORDS.upper(), "duplicate"), (NEAR, "near-duplicate")])
def test_what_two_splits_have_stays_in_the_one_that_is_held_out_most(tmp_path: Path, text: str, reason: str) -> None:
    (train,), (test,) = documents_in("train"), documents_in("test")
    shards = [shard(tmp_path / "a", *pair(train, 0, WORDS)), shard(tmp_path / "b", *pair(test, 0, text))]
    rows, ledger = collated(shards, tmp_path)
    assert where(rows) == {test: "test"}
    assert ledger == {reason: 2}


def test_a_question_that_two_splits_have_stays_in_the_one_that_is_held_out_most(tmp_path: Path) -> None:
    (train,), (test,) = documents_in("train"), documents_in("test")
    asked = {"query": "Who pays the rent every month?"}
    shards = [
        shard(tmp_path / "a", *pair(train, 0, "clause one says who pays", **asked)),
        shard(tmp_path / "b", *pair(test, 0, "another document speaks of it", **asked)),
    ]
    rows, ledger = collated(shards, tmp_path)
    assert where(rows) == {test: "test"}
    assert ledger == {"text-in-other-split": 2}


def test_alike_sentences_of_one_document_stay(tmp_path: Path) -> None:
    rows, ledger = collated([shard(tmp_path / "a", *pair("d", 0, WORDS), *pair("d", 9, NEAR))], tmp_path)
    assert sum(map(len, rows.values())) == 4
    assert not ledger


def test_more_documents_never_move_one_nor_bring_a_row_back(tmp_path: Path) -> None:
    texts = [WORDS, NEAR, "something else altogether that nobody repeats", WORDS.replace("month", "year")]
    shards = [
        shard(tmp_path / f"s{n}", *pair(f"doc{n}", 0, texts[n % 4]), *pair(f"doc{n}", 5, f"only document {n} says so"))
        for n in range(24)
    ]
    before: dict[str, str] = {}
    seen: set[str] = set()
    for count in (6, 12, 24):
        rows, _ = collated(shards[:count], tmp_path)
        now = {row["id"]: split for split, found in rows.items() for row in found}
        assert all(split == home_of(document) for document, split in where(rows).items())
        for name, split in now.items():
            assert before.get(name, split) == split
        earlier = {row["id"] for found in rows.values() for row in found if row["source"]["document"] in seen}
        assert earlier <= set(before), "a row that was left out has come back"
        before, seen = now, {f"doc{n}" for n in range(count)}


def test_a_split_by_metadata_keeps_a_group_together(tmp_path: Path) -> None:
    shards = [shard(tmp_path / str(n), *pair(f"d{n}", n, f"sentence number {n}"), domain="law") for n in range(12)]
    rows, _ = collated(shards, tmp_path, Collation(shares=(0.4, 0.3, 0.3), split_by="domain"))
    assert len(set(where(rows).values())) == 1


def test_no_share_no_rows(tmp_path: Path) -> None:
    shards = [shard(tmp_path / str(n), *pair(f"d{n}", n, f"sentence number {n}")) for n in range(30)]
    rows, _ = collated(shards, tmp_path, Collation(shares=(0, 0.5, 0.5)))
    assert not rows["train"]
    assert rows["validation"]
    assert rows["test"]


def test_hardness_takes_whole_pairs_of_one_kind(tmp_path: Path) -> None:
    mixed = pair("d", 20, "a question", query_style="question")
    mixed[0]["hardness"] = "easy"
    rows = [*pair("d", 0, "one"), *pair("d", 9, "another", hardness="easy"), *mixed]
    for hardness in ("hard", "easy"):
        found, ledger = collated([shard(tmp_path / "a", *rows)], tmp_path, Collation(hardness=hardness))
        assert {row["hardness"] for each in found.values() for row in each} == {hardness}
        assert ledger == {"hardness": 4}


def test_quotas_hold_one_after_the_other(tmp_path: Path) -> None:
    rows = [row for start in range(20) for row in pair("d", start, f"sentence number {start}")]
    more = [row for start in range(20) for row in pair("e", start, f"other number {start}", rule="negation.remove")]
    collation = Collation(quotas=(Quota(("rule", "document"), 7), Quota(("phenomenon", "language"), 10)))
    found, ledger = collated([shard(tmp_path / "a", *rows, *more)], tmp_path, collation)
    assert sum(map(len, found.values())) == 20
    assert ledger == {"quota": 60}
    assert max(Counter(row["rule"] for each in found.values() for row in each).values()) <= 14


def test_refine_balances_hard_and_easy_rows_of_every_rule_and_split(tmp_path: Path) -> None:
    rows = [
        row
        for start in range(40)
        for row in pair(f"d{start}", start, f"sentence {start}", hardness="easy" if start % 4 else "hard")
    ]
    found, ledger = collated([shard(tmp_path / "a", *rows)], tmp_path, Collation(refine=True))
    for each in found.values():
        counts = Counter(row["hardness"] for row in each)
        assert counts["hard"] == counts["easy"]
    assert found["train"]
    assert ledger["balance"] == 80 - sum(map(len, found.values()))


@pytest.mark.parametrize("broken", ["lone", "kept"])
def test_a_pair_that_is_no_exchange_is_left_out(tmp_path: Path, broken: str) -> None:
    rows = pair("d", 0, WORDS)
    if broken == "lone":
        rows = rows[:1]
    else:
        rows[1]["negative"] = "a third text"
    found, ledger = collated([shard(tmp_path / "a", *rows)], tmp_path)
    assert not any(found.values())
    assert ledger == {"no-exchange": len(rows)}


def test_of_two_texts_with_one_name_one_counts(tmp_path: Path) -> None:
    shards = [
        shard(tmp_path / "a", *pair("d", 0, "first text"), text="aa"),
        shard(tmp_path / "b", *pair("d", 3, "second text"), text="bb"),
    ]
    found, ledger = collated(shards, tmp_path)
    assert {row["sentence"] for each in found.values() for row in each} == {"first text"}
    assert ledger == {"same-name": 1}


def test_contexts_leave_out_what_gave_pairs(tmp_path: Path) -> None:
    shards = [shard(tmp_path / "a", *pair("d", 0, WORDS), contexts={"d": [WORDS, "Other."], "e": ["More.", WORDS]})]
    with collate(shards, 0, Collation(), tmp_path) as found:
        texts = [row["text"] for _, table in found.contexts() for row in table.to_pylist()]
    assert sorted(texts) == ["More.", "Other."]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Collation(shares=parse_shares("0.8/0.3/0.1")), "add up to 1"),
        (lambda: Collation(shares=parse_shares("1/0")), "three shares"),
        (lambda: parse_shares("most/some/few"), "numbers"),
        (lambda: Collation(split_by="author"), "no split column 'author'"),
        (lambda: Collation(hardness="heard"), "did you mean 'hard'"),
        (lambda: Collation(similarity=0.2), "from 0.5 to 1"),
        (lambda: Collation(hardness="easy", refine=True), "leave out --hardness easy"),
        (lambda: parse_quota("rule"), "COLUMN\\+COLUMN=PAIRS"),
        (lambda: parse_quota("rule=0"), "COLUMN\\+COLUMN=PAIRS"),
        (lambda: Collation(quotas=(parse_quota("rules=3"),)), "did you mean 'rule'"),
    ],
)
def test_impossible_options_are_named(make: object, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        make()  # type: ignore[operator]

"""The suite: whole sentences, and corpora in which each query has its near misses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nyaris.dataset.read import read_rows
from nyaris.errors import UsageError
from nyaris.evaluation.records import Kind
from nyaris.evaluation.suite import Suite, near_misses_first, read_suite

SPLIT = "train"


@pytest.fixture(scope="module")
def suite(dataset: Path) -> Suite:
    return read_suite(dataset, split=SPLIT, most_queries=40, most_others=30)


class Finds:
    """A system that finds the positive, or the negative, of the row whose query it is asked."""

    name = "finds"
    kind: Kind = "bi-encoder"
    note = ""

    def __init__(self, suite: Suite, side: str) -> None:
        self._texts = {row.query: getattr(row, side) for row in suite.rows}

    def score(self, queries: Sequence[str], texts: Sequence[str]) -> Any:
        raise NotImplementedError

    def rank(self, queries: Sequence[str], corpus: Sequence[str], top: int) -> tuple[Any, Any]:
        places = np.array([[corpus.index(self._texts[query])] for query in queries])
        return places, np.ones(places.shape)


def test_who_finds_the_positive_finds_no_near_miss_and_who_finds_the_negative_does(suite: Suite) -> None:
    right, wrong = (near_misses_first(Finds(suite, side), suite) for side in ("positive", "negative"))
    asked = {row for search in suite.searches for row in search.rows}
    assert {place for place in range(len(suite.rows)) if not np.isnan(right[place])} == asked
    assert np.nanmean(right) == 0
    assert np.nanmean(wrong) == 1


def test_corpora_hold_the_texts_of_their_queries_and_some_others(suite: Suite, dataset: Path) -> None:
    assert {search.language for search in suite.searches} == {"en", "ms"}
    for search in suite.searches:
        assert 0 < len(search.rows) <= 40
        rows = [suite.rows[place] for place in search.rows]
        assert {row.language for row in rows} == {search.language}
        texts = {text for row in rows for text in (row.positive, row.negative)}
        assert texts < set(search.corpus)
        assert len(set(search.corpus)) == len(search.corpus)
        assert all(search.near_misses)
    assert suite.entry.texts == sum(len(search.corpus) for search in suite.searches)


def test_rows_are_drawn_by_whole_sentences(dataset: Path) -> None:
    every = Counter(row.sentence for row in read_rows(dataset) if row.split == SPLIT)
    suite = read_suite(dataset, split=SPLIT, most_rows=60)
    drawn = Counter(row.sentence for row in suite.rows)
    assert all(drawn[sentence] == every[sentence] for sentence in drawn)
    assert max(Counter(row.language for row in suite.rows).values()) <= 60
    assert read_suite(dataset, split=SPLIT, most_rows=60, seed=1).rows != suite.rows


def test_a_split_without_rows_is_named_with_those_that_have(dataset: Path, tmp_path: Path) -> None:
    from shutil import copytree

    copytree(dataset, tmp_path / "made")
    for path in (tmp_path / "made" / "labelled").glob("test-*"):
        path.unlink()
    with pytest.raises(UsageError, match=r"no rows in the split test: there are train \("):
        read_suite(tmp_path / "made")
    with pytest.raises(UsageError, match="known are train"):
        read_suite(dataset, split="dev")

"""The verifier orders look-alikes and leaves everything else where the first stage found it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from tiny_encoder import tiny_encoder

from nyaris.dataset.read import read_rows
from nyaris.errors import NyarisError, UsageError
from nyaris.evaluation.loading import Computing, load_systems, parse_systems
from nyaris.evaluation.tuning.mixing import balanced
from nyaris.evaluation.tuning.verifying import train_reader
from nyaris.evaluation.verifier import Verifier, look_alikes


class Fixed:
    """Finds the texts in the order in which they stand; likes those that say "right"."""

    name, kind, note = "fixed", "bi-encoder", ""

    def index(self, corpus: Sequence[str], *, remember: bool = True) -> Any:
        def search(queries: Sequence[str], top: int) -> Any:
            places = np.tile(np.arange(min(top, len(corpus))), (len(queries), 1))
            return places, -places.astype(float)

        return search

    def score(self, queries: Sequence[str], texts: Sequence[str]) -> Any:
        return np.array([float("right" in text) for text in texts])


def test_look_alikes_change_places() -> None:
    corpus = [
        "the tenant shall pay the deposit wrong",
        "a right text about wings",
        "the tenant shall pay the deposit right",
        "a text on boilers",
        "the tenant shall pay the deposit right too late to be looked at",
    ]
    fixed: Any = Fixed()
    places, scores = Verifier("v", fixed, fixed, depth=4).rank(["who pays?", "who?"], corpus, 5)
    assert places.tolist() == [[2, 1, 0, 3, 4]] * 2
    assert (np.diff(scores, axis=1) < 0).all()
    assert Verifier("v", fixed, fixed, depth=4).rank(["who?"], corpus, 2)[0].tolist() == [[2, 1]]


def test_groups_are_of_the_best_ranked() -> None:
    words = [frozenset(text) for text in ("abcd", "xyz", "abce", "xyw", "q")]
    assert look_alikes(words, 0.5) == [[0, 2], [1, 3]]
    assert look_alikes(words, 0.9) == []


def test_it_trains_and_is_read_back(dataset: Path, tmp_path: Path) -> None:
    rows = read_rows(dataset)
    encoder = tiny_encoder([text for row in rows for text in row.texts])
    encoder.save(str(tmp_path / "tiny"))
    before = {name: each.clone() for name, each in encoder.state_dict().items()}
    some = [  # what a random encoder can show: a word too many
        replace(row, query=row.positive, negative=f"nothing {row.positive}") for row in balanced(rows, 400, 0)
    ]
    reader = train_reader(encoder, some, 0)
    reader.save(tmp_path / "verifier")
    assert all(torch.equal(before[name], each) for name, each in encoder.state_dict().items())
    queries, positives, negatives = (list(side) for side in zip(*(row.texts for row in some), strict=True))
    right = reader.score(queries, positives) > reader.score(queries, negatives)
    assert right.mean() > 0.9
    specs = parse_systems([f"{tmp_path}/tiny@baseline", f"verifier:{tmp_path}/verifier"])
    tiny, verifier = load_systems(specs, Computing())
    assert (verifier.name, verifier.kind) == ("verifier:verifier", "verifier")
    assert tiny.name in verifier.note
    scores = verifier.score([row.query for row in rows[:8]], [row.positive for row in rows[:8]])
    assert scores.shape == (8,)
    np.testing.assert_allclose(scores, reader.score([r.query for r in rows[:8]], [r.positive for r in rows[:8]]))
    with pytest.raises(UsageError, match="no such folder"):
        parse_systems([f"verifier:{tmp_path}/nothing"])
    with pytest.raises(NyarisError, match="holds no verifier"):
        load_systems(parse_systems([f"verifier:{tmp_path}/tiny"]), Computing())

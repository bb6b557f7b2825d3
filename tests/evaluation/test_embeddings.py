"""The store of embeddings: once for each text, across processes, whatever was killed."""

from __future__ import annotations

from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tiny_encoder import tiny_encoder

from nyaris.evaluation.embeddings import PIECE, Store, model_fingerprint


def lengths(texts: list[str]) -> Any:
    return np.array([[len(text), 1.0] for text in texts])


def refuse(texts: list[str]) -> Any:
    raise AssertionError(f"{len(texts)} texts were encoded again")


def fill(folder: Path) -> None:
    Store(folder).vectors([f"text {number}" for number in range(3 * PIECE)], lengths)


def test_a_text_is_encoded_once_and_found_again_by_another_store(tmp_path: Path) -> None:
    asked: list[str] = []

    def make(texts: list[str]) -> Any:
        asked.extend(texts)
        return lengths(texts)

    found = Store(tmp_path).vectors(["bb", "a", "bb"], make)
    assert found.tolist() == [[2, 1], [1, 1], [2, 1]]
    assert sorted(asked) == ["a", "bb"]
    again = Store(tmp_path)
    assert again.vectors(["a", "bb"], refuse).tolist() == [[1, 1], [2, 1]]
    assert again.vectors(["ccc", "a"], make).tolist() == [[3, 1], [1, 1]]
    with pytest.raises(AssertionError):
        again.vectors(["a"], refuse, role="query")


def test_a_run_that_was_killed_keeps_its_pieces(tmp_path: Path) -> None:
    texts = [f"{number:05}" for number in range(2 * PIECE)]

    def dies(some: list[str]) -> Any:
        if any((tmp_path).glob("*.keys.npy")):
            raise KeyboardInterrupt
        return lengths(some)

    with pytest.raises(KeyboardInterrupt):
        Store(tmp_path).vectors(texts, dies)
    counted: list[int] = []

    def counts(some: list[str]) -> Any:
        counted.append(len(some))
        return lengths(some)

    Store(tmp_path).vectors(texts, counts)
    assert counted == [PIECE]


def test_a_damaged_piece_is_made_again(tmp_path: Path) -> None:
    Store(tmp_path).vectors(["a"], lengths)
    piece = next(path for path in tmp_path.glob("*.npy") if not path.name.endswith(".keys.npy"))
    piece.write_bytes(piece.read_bytes()[:-4])
    assert Store(tmp_path).vectors(["a"], lengths).tolist() == [[1, 1]]
    assert Store(tmp_path).vectors(["a"], refuse).tolist() == [[1, 1]]


def test_two_processes_may_fill_one_folder(tmp_path: Path) -> None:
    context = get_context("spawn")
    workers = [context.Process(target=fill, args=(tmp_path,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert Store(tmp_path).vectors(["text 0", f"text {3 * PIECE - 1}"], refuse).tolist() == [[6, 1], [9, 1]]
    assert not list(tmp_path.glob("*.part"))


def test_halves_keep_three_digits(tmp_path: Path) -> None:
    found = Store(tmp_path, half=True).vectors(["a"], lambda texts: np.array([[0.12345]]))
    assert found[0, 0] == pytest.approx(0.12345, abs=1e-4)


def test_a_fingerprint_follows_weights_layers_and_prompts() -> None:
    import torch

    torch.manual_seed(0)
    model = tiny_encoder(["a b c"])
    first = model_fingerprint(model)
    assert model_fingerprint(model) == first
    assert model_fingerprint(model, "bf16") != first
    model.max_seq_length = 32
    shorter = model_fingerprint(model)
    assert shorter != first
    model.prompts = {"query": "find: "}
    assert model_fingerprint(model) != shorter
    with torch.no_grad():
        next(model.parameters()).add_(1e-3)
    model.max_seq_length, model.prompts = 64, {}
    assert model_fingerprint(model) != first

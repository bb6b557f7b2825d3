"""Every recipe trains, and does what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from tiny_encoder import tiny_encoder

from nyaris.dataset.read import Row, read_rows
from nyaris.errors import UsageError
from nyaris.evaluation.tuning.general import Pair, general_pairs
from nyaris.evaluation.tuning.losses import Distilled, lighter
from nyaris.evaluation.tuning.mixing import mix
from nyaris.evaluation.tuning.recipes import RECIPES, recipe_of
from nyaris.evaluation.tuning.training import Schedule, averages, last_layer, that_fit, tune

SCHEDULE = Schedule(rows=64, batch=16, rate=3e-3, precision="fp32")


@pytest.fixture(scope="module")
def rows(dataset: Path) -> list[Row]:
    return read_rows(dataset)


@pytest.fixture(scope="module")
def general(sources: list[str]) -> list[Pair]:
    return general_pairs(sources, 0, 64)


@pytest.fixture(scope="module")
def frozen(rows: list[Row], general: list[Pair]) -> Any:
    torch.manual_seed(0)
    return tiny_encoder([text for row in rows for text in row.texts] + [pair.positive for pair in general])


def weights(model: Any) -> dict[str, Any]:
    return {name: each.clone() for name, each in model.state_dict().items()}


def moved(before: dict[str, Any], model: Any) -> set[str]:
    return {name for name, each in model.state_dict().items() if not torch.equal(before[name], each)}


def trained(frozen: Any, general: list[Pair], rows: list[Row], name: str, share: int = 50, **more: Any) -> Any:
    return tune(frozen, mix(general, rows, 64, share, 0), general, recipe_of(name), SCHEDULE, 0, **more)


def drift(frozen: Any, model: Any, general: list[Pair]) -> float:
    texts = [text for pair in general for text in (pair.anchor, pair.positive)]
    one, other = (each.encode(texts, normalize_embeddings=True) for each in (frozen, model))
    return float(((one @ one.T - other @ other.T) ** 2).mean())


@pytest.mark.parametrize("name", [*(name for name in RECIPES if name != "early-stop"), "distil+interpolate"])
def test_a_recipe_moves_a_copy(frozen: Any, general: list[Pair], rows: list[Row], name: str) -> None:
    before = weights(frozen)
    tuned = trained(frozen, general, rows, name)
    assert not moved(before, frozen)
    assert moved(before, tuned)
    assert set(tuned.state_dict()) == set(before)
    assert all(weight.requires_grad for weight in tuned.parameters())


def test_a_seed_gives_the_same_weights(frozen: Any, general: list[Pair], rows: list[Row]) -> None:
    once, again = (trained(frozen, general, rows, "lora") for _ in range(2))
    assert not moved(weights(once), again)


def test_the_last_layer_alone_moves(frozen: Any, general: list[Pair], rows: list[Row]) -> None:
    last = {id(weight) for weight in last_layer(frozen).parameters()}
    allowed = {name for name, weight in frozen.named_parameters() if id(weight) in last}
    changed = moved(weights(frozen), trained(frozen, general, rows, "last-layer"))
    assert allowed
    assert changed <= allowed
    assert len(changed) > len(allowed) / 2


def test_low_rank_additions_are_merged(frozen: Any, general: list[Pair], rows: list[Row]) -> None:
    tuned = trained(frozen, general, rows, "lora")
    name = next(name for name in moved(weights(frozen), tuned) if name.endswith("query.weight"))
    difference = tuned.state_dict()[name] - frozen.state_dict()[name]
    assert torch.linalg.matrix_rank(difference, rtol=1e-3) <= 16 < min(difference.shape)


def test_averages_lie_between(frozen: Any, general: list[Pair], rows: list[Row]) -> None:
    tuned = trained(frozen, general, rows, "mnrl")
    one, other = frozen.state_dict(), tuned.state_dict()
    (_, none), (_, quarter), (_, whole) = averages(frozen, tuned, (0.0, 0.25, 1.0))
    assert not moved(weights(frozen), none)
    for name, weight in quarter.state_dict().items():
        torch.testing.assert_close(weight, 0.75 * one[name] + 0.25 * other[name])
        torch.testing.assert_close(whole.state_dict()[name], other[name])


def test_distillation_keeps_similarities(frozen: Any, general: list[Pair], rows: list[Row]) -> None:
    plain = trained(frozen, general, rows, "mnrl", share=100)
    held = trained(frozen, general, rows, "distil", share=100)
    assert drift(frozen, held, general) < 0.5 * drift(frozen, plain, general)
    same = Distilled(frozen, torch.nn.Identity(), ["one text", "another text"], frozen, 1.0)
    assert same.drift().item() < 1e-10


def test_light_negatives_weigh_less() -> None:
    queries, texts = torch.randn(4, 8), torch.randn(8, 8)
    plain, light = lighter(1.0)(queries, texts), lighter(0.25)(queries, texts)
    torch.testing.assert_close(light[:, :4], plain[:, :4])
    torch.testing.assert_close((20 * light[:, 4:]).exp(), 0.25 * (20 * plain[:, 4:]).exp())


def test_early_stopping_goes_back(frozen: Any, general: list[Pair], rows: list[Row]) -> None:
    seen: list[dict[str, Any]] = []

    def check(model: Any) -> float:
        seen.append(weights(model))
        return 1.0 if len(seen) < 3 else -1.0

    stopped = trained(frozen, general, rows, "early-stop", check=check)
    assert len(seen) == 3
    assert not moved(seen[1], stopped)
    assert not moved(weights(frozen), trained(frozen, general, rows, "early-stop", check=lambda model: -1.0))
    with pytest.raises(UsageError, match="validation"):
        trained(frozen, general, rows, "early-stop")


def test_recipes_join() -> None:
    both = recipe_of("distil+interpolate")
    assert (both.distil, both.average) == (RECIPES["distil"].distil, True)
    for name in ("nothing", "mnrl+", "distil+distil", "lora+last-layer"):
        with pytest.raises(UsageError, match="--recipe"):
            recipe_of(name)


def test_near_misses_that_would_be_cut_are_left_out(frozen: Any, rows: list[Row]) -> None:
    kept = that_fit(frozen, rows, 20)
    assert 0 < len(kept) < len(rows)
    assert all(len(frozen.tokenizer(text)["input_ids"]) <= 20 for row in kept for text in row.texts)
    assert len({row.pair for row in kept}) * 2 == len(kept)

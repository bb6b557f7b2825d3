"""The loss of a recipe. Only a training imports this module, so torch may load with it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import torch
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.util import cos_sim
from torch import Tensor, nn

from nyaris.evaluation.tuning.general import Pair
from nyaris.evaluation.tuning.recipes import Recipe

_SCALE = 20.0
_PAIRS_A_STEP = 16


def loss_of(recipe: Recipe, model: Any, frozen: Any, general: Sequence[Pair]) -> nn.Module:
    """The ranking loss, and the distillation loss on top where the recipe has one."""
    ranking = MultipleNegativesRankingLoss(model, scale=_SCALE, similarity_fct=lighter(recipe.near_weight))
    if not recipe.distil:
        return ranking
    texts = [text for pair in general for text in (pair.anchor, pair.positive)]
    return Distilled(model, ranking, texts, frozen, recipe.distil)


def lighter(weight: float) -> Callable[[Tensor, Tensor], Tensor]:
    """Cosines in which near misses count `weight` times in the softmax: their logits move by its logarithm.

    The loss gives the positives of the batch first, as many as there are queries, then the near misses.
    """

    def similarity(queries: Tensor, texts: Tensor) -> Tensor:
        found = cos_sim(queries, texts)
        if weight == 1.0:
            return found
        moved = torch.zeros_like(found)
        moved[:, len(queries) :] = math.log(weight) / _SCALE
        return found + moved

    return similarity


class Distilled(nn.Module):
    """A ranking loss plus what it costs to move the similarities of general texts away from the frozen model's.

    Each step reads the next few of the texts and compares all cosines between them with those of the frozen model.
    """

    def __init__(self, model: Any, ranking: nn.Module, texts: Sequence[str], frozen: Any, weight: float) -> None:
        super().__init__()
        self.model, self.ranking, self.weight = model, ranking, weight
        self._frozen = [frozen]  # in a list, so that its weights are none of this module's
        self._texts, self._next = list(texts), 0

    def forward(self, features: Iterable[dict[str, Tensor]], labels: Tensor) -> Tensor:
        """The sum of both losses."""
        total: Tensor = self.ranking(features, labels)
        return total + self.weight * self.drift()

    def drift(self) -> Tensor:
        """The mean squared difference between the cosines of the next texts."""
        places = [(self._next + step) % len(self._texts) for step in range(min(2 * _PAIRS_A_STEP, len(self._texts)))]
        self._next = (places[-1] + 1) % len(self._texts)
        features = self.model.preprocess([self._texts[place] for place in places])
        mine = _cosines(self.model, features)
        with torch.no_grad():
            theirs = _cosines(self._frozen[0].eval(), features)
        return (mine - theirs).square().mean()


def _cosines(model: Any, features: dict[str, Any]) -> Tensor:
    moved = {key: each.to(model.device) if isinstance(each, Tensor) else each for key, each in features.items()}
    vectors = nn.functional.normalize(model(moved)["sentence_embedding"].float(), dim=-1)
    return vectors @ vectors.T

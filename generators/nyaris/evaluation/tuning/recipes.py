"""Recipes: ways to tune that differ in what is done so that general retrieval survives."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal

from nyaris.errors import UsageError

Update = Literal["all", "lora", "last-layer"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a training does beyond MultipleNegativesRankingLoss with the near miss as hard negative."""

    name: str
    summary: str
    near_weight: float = 1.0
    """What a near miss weighs among the negatives, where another text of the batch weighs 1."""
    distil: float = 0.0
    """Weight of the squared difference from the frozen model's similarities on general texts; 0: none."""
    update: Update = "all"
    """Which weights move: all, low-rank additions to every linear map, or the last layer alone."""
    rate: float = 1.0
    """Times the learning rate of the schedule: few weights need larger steps."""
    average: bool = False
    """Average tuned and frozen weights, as far as the validation side allows (WiSE-FT, Wortsman et al. 2022)."""
    early_stop: bool = False
    """Go back to the last check at which the validation side still held."""

    def record(self) -> dict[str, Any]:
        """What makes a difference to the training, as plain values."""
        return {key: value for key, value in asdict(self).items() if key != "summary"}


RECIPES: dict[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        Recipe("mnrl", "the plain loss with near misses as hard negatives, and nothing else"),
        Recipe("distil", "similarities of general texts are held to those of the frozen model", distil=50.0),
        Recipe("lora", "only low-rank additions are trained", update="lora", rate=10.0),
        Recipe("last-layer", "only the last layer is trained", update="last-layer", rate=5.0),
        Recipe("interpolate", "tuned and frozen weights are averaged", average=True),
        Recipe("light-negatives", "a near miss weighs a fifth of another negative", near_weight=0.2),
        Recipe("early-stop", "training ends where retrieval on the validation side falls", early_stop=True),
    )
}


def recipe_of(name: str) -> Recipe:
    """A recipe by name, or several joined with `+`: `distil+interpolate` does both. Raises UsageError for no recipe."""
    parts = name.split("+")
    unknown = [part for part in parts if part not in RECIPES]
    if unknown or len(set(parts)) < len(parts):
        raise UsageError(f"--recipe {name}: known are {', '.join(RECIPES)}, alone or joined with +")
    plain = Recipe("", "")
    changed: dict[str, Any] = {}
    for part in parts:
        for field in fields(Recipe)[2:]:
            value = getattr(RECIPES[part], field.name)
            if value != getattr(plain, field.name):
                if field.name == "update" and field.name in changed:
                    raise UsageError(f"--recipe {name}: lora and last-layer exclude one another")
                changed[field.name] = value
    return replace(plain, name=name, summary="; ".join(RECIPES[part].summary for part in parts), **changed)

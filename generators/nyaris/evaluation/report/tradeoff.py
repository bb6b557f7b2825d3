"""What `nyaris tradeoff` found, as the page reads it from `tradeoff.json`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from nyaris.errors import NyarisError, UsageError

FILE = "tradeoff.json"


class Frozen(BaseModel):
    """The model before any tuning."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    stress: float
    retrieval: float


class Point(BaseModel):
    """One training: `share` of near misses mixed in; `loss` of retrieval against the baseline, as a share of it."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    recipe: str
    share: float
    seed: int = 0
    stress: float
    stress_low: float | None = None
    stress_high: float | None = None
    retrieval: float
    retrieval_low: float | None = None
    retrieval_high: float | None = None
    loss: float | None = None
    gain: float | None = None
    on_front: bool = False
    slug: str = ""
    seconds: float | None = None

    @property
    def label(self) -> str:
        """Recipe, share and seed."""
        return f"{self.recipe}, {round(100 * self.share)} % near misses, seed {self.seed}"

    @property
    def stress_range(self) -> tuple[float, float]:
        """The interval of stress accuracy, or the value alone."""
        return _range(self.stress_low, self.stress_high, self.stress)

    @property
    def retrieval_range(self) -> tuple[float, float]:
        """The interval of retrieval, or the value alone."""
        return _range(self.retrieval_low, self.retrieval_high, self.retrieval)


class Tradeoff(BaseModel):
    """Everything that the page shows of `tradeoff.json`; other keys are left to other readers."""

    model_config = ConfigDict(frozen=True)

    model: str
    baseline: Frozen
    points: tuple[Point, ...]
    verifier: dict[str, Any] | None = None


def read_tradeoff(path: Path) -> Tradeoff:
    """Read `tradeoff.json`. Raises UsageError where there is none, NyarisError for one that something else wrote."""
    if not path.is_file():
        raise UsageError(f"{path} is not there: give a folder that `nyaris tradeoff -o` wrote")
    try:
        return Tradeoff.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise NyarisError(f"{path}: {place}: {first['msg']}: write it again with `nyaris tradeoff -o`") from error


def _range(low: float | None, high: float | None, value: float) -> tuple[float, float]:
    return (value if low is None else low, value if high is None else high)

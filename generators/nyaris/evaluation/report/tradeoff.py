"""What `nyaris tradeoff` found, as the page reads it from `tradeoff.json`."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from nyaris.errors import NyarisError, UsageError

FILE = "tradeoff.json"


class Frozen(BaseModel):
    """The model before any tuning."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    stress: float
    retrieval: float


class Point(BaseModel):
    """One training: per cent of near misses mixed in; stress accuracy gained, and retrieval lost as a share of the
    baseline's, with intervals."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    recipe: str
    share: float
    seed: int = 0
    stress: float
    retrieval: float
    gain: float
    gain_low: float | None = None
    gain_high: float | None = None
    loss: float
    loss_low: float | None = None
    loss_high: float | None = None
    on_front: bool = False

    @property
    def label(self) -> str:
        """Recipe, share and seed."""
        return f"{self.recipe}, {self.share:g} % near misses, seed {self.seed}"

    @property
    def gains(self) -> tuple[float, float]:
        """The interval of what was gained, or the value alone."""
        return _range(self.gain_low, self.gain_high, self.gain)

    @property
    def losses(self) -> tuple[float, float]:
        """The interval of what was lost, or the value alone."""
        return _range(self.loss_low, self.loss_high, self.loss)


class Group(BaseModel):
    """The seeds of one recipe at one share, together."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    recipe: str
    share: float
    stress: float
    retrieval: float


class Verifier(BaseModel):
    """The frozen model alone, with a verifier behind it, and with the same cross-encoder over all of the top."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    depth: int
    stress: float
    paired: float
    frozen_stress: float
    frozen_paired: float
    retrieval: float
    loss: float
    reranked: float
    reranked_loss: float
    latency_ms: float
    frozen_latency_ms: float


class Tradeoff(BaseModel):
    """What the page shows of `tradeoff.json`; other keys are left to other readers.

    `kept` names what loses no more than `max_loss` of retrieval and gains at least half of the most gained.
    """

    model_config = ConfigDict(frozen=True)

    model: str
    baseline: Frozen
    points: tuple[Point, ...]
    groups: tuple[Group, ...] = ()
    kept: tuple[str, ...] = ()
    broad: bool = True
    max_loss: float | None = None
    verifier: Verifier | None = None

    @property
    def front(self) -> list[tuple[float, float]]:
        """Retrieval and stress accuracy along the front, over the means of seeds."""
        best = {(point.recipe, point.share) for point in self.points if point.on_front}
        along = [group for group in self.groups or self.points if (group.recipe, group.share) in best]
        return sorted((each.retrieval, each.stress) for each in along)


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

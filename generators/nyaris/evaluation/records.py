"""What an evaluation found, as it stands in `evaluation.json`.

A name that is None in a cell (phenomenon, language, collection ...) means "over all". `low` and `high` are the bounds
of the 95 % interval. `difference` is against the baseline, with its own interval; `p` is that of the paired test
against the baseline, after Holm's correction over the cells of one system, measure and breakdown (such as phenomenon by
language). Shares and scores are plain floats, not per cent.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from nyaris.errors import NyarisError, UsageError

FILE = "evaluation.json"

Kind = Literal["bi-encoder", "cross-encoder", "bm25", "hybrid", "verifier"]
Role = Literal["baseline", "candidate"]
StressMeasure = Literal["triplet_accuracy", "paired_accuracy", "auc", "margin", "near_miss_at_1"]
Outcome = Literal["right", "near_miss", "abstained", "other"]
Retrieved = Literal["right_text", "near_miss", "both", "neither"]


@dataclass(frozen=True, slots=True)
class SuiteEntry:
    """The dataset folder: its name, the hash of its files, the split, how many rows of it were read, and in how many
    texts `near_miss_at_1` was searched (0: it was not)."""

    folder: str
    fingerprint: str
    split: str
    rows: int
    texts: int = 0


@dataclass(frozen=True, slots=True)
class SystemEntry:
    """What was measured. `latency_ms`: per query on broad retrieval with texts indexed; `note`: how it searches."""

    name: str
    kind: Kind
    role: Role
    latency_ms: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class StressCell:
    """One measure of one system on the rows (or pairs, for `paired_accuracy`) of one cell of the suite; `n` of them.

    `near_miss_at_1` is a share of failures: the smaller the better. `margin` is the mean of score of the positive
    minus score of the negative, on the scale of the system.
    """

    system: str
    measure: StressMeasure
    phenomenon: str | None
    rule: str | None
    language: str | None
    variety: str | None
    hardness: str | None
    n: int
    value: float
    low: float
    high: float
    difference: float | None = None
    difference_low: float | None = None
    difference_high: float | None = None
    p: float | None = None

    @property
    def slice(self) -> tuple[str | None, ...]:
        """Phenomenon, rule, language, variety, hardness."""
        return self.phenomenon, self.rule, self.language, self.variety, self.hardness


@dataclass(frozen=True, slots=True)
class MarginHistogram:
    """How the margins of a cell lie: `counts[i]` of them in `edges[i]` to `edges[i + 1]`."""

    system: str
    phenomenon: str | None
    language: str | None
    hardness: str | None
    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RetrievalCell:
    """One measure (`ndcg@10`, `recall@1`, `recall@10`, `recall@100`, `mrr@10`) on the `n` judged queries of a
    collection, or of one topic of it. Without a collection: the mean of the collections, each with the same weight."""

    system: str
    collection: str | None
    measure: str
    topic: str | None
    n: int
    value: float
    low: float
    high: float
    difference: float | None = None
    difference_low: float | None = None
    difference_high: float | None = None
    p: float | None = None


@dataclass(frozen=True, slots=True)
class CollectionEntry:
    """A collection as it was used: texts searched, of how many in all (`--retrieval-docs`), judged queries."""

    name: str
    texts: int
    texts_in_all: int
    queries: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A row whose negative scored higher; `edits` (start, end, before, after) lead from positive to negative."""

    system: str
    id: str
    phenomenon: str
    rule: str
    relation: str
    language: str
    variety: str
    hardness: str
    query: str
    positive: str
    negative: str
    edits: tuple[tuple[int, int, str, str], ...]
    positive_score: float
    negative_score: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What improved and what it cost, in sentences; `broken` if a limit that the user gave does not hold."""

    broken: bool
    max_retrieval_loss: float | None
    min_accuracy: float | None
    sentences: tuple[str, ...]
    improved: tuple[str, ...]
    cost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerCell:
    """`count` of the `n` answers of a cell had this outcome. `retrieved`: only those whose contexts held that."""

    phenomenon: str | None
    language: str | None
    retrieved: Retrieved | None
    outcome: Outcome
    n: int
    count: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ScoredAnswer:
    """One answer of the pipeline and what it was taken for."""

    id: str
    phenomenon: str
    rule: str
    language: str
    question: str
    reference: str
    near_miss_answer: str
    answer: str
    outcome: Outcome
    retrieved: Retrieved | None


@dataclass(frozen=True, slots=True)
class Answers:
    """A pipeline's answers: `questions` of the export, `answered` of them; cells; the answers that were not right."""

    file: str
    questions: int
    answered: int
    cells: tuple[AnswerCell, ...]
    failures: tuple[ScoredAnswer, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything in `evaluation.json`. `baseline` is the name of a system, `bootstrap` the number of resamples."""

    generator: dict[str, str]
    suite: SuiteEntry | None
    baseline: str | None
    seed: int
    bootstrap: int
    systems: tuple[SystemEntry, ...] = ()
    stress: tuple[StressCell, ...] = ()
    margins: tuple[MarginHistogram, ...] = ()
    collections: tuple[CollectionEntry, ...] = ()
    retrieval: tuple[RetrievalCell, ...] = ()
    failures: tuple[Failure, ...] = ()
    verdict: Verdict | None = None
    answers: Answers | None = None

    def record(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return asdict(self)


def write_evaluation(evaluation: Evaluation, folder: Path) -> Path:
    """Write `evaluation.json` into the folder, whole or not at all."""
    from json import dumps

    from nyaris.run.durable import disk_errors, write_durably

    path = folder / FILE
    with disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        write_durably(path, dumps(evaluation.record(), ensure_ascii=False, indent=1, allow_nan=False) + "\n")
    return path


def read_evaluation(path: Path) -> Evaluation:
    """Read `evaluation.json`, named itself or by its folder.

    Raises UsageError where there is none, NyarisError for one that was written by something else.
    """
    from pydantic import TypeAdapter, ValidationError

    path = path / FILE if path.is_dir() else path
    if not path.is_file():
        raise UsageError(f"{path} is not there: give a folder that `nyaris evaluate -o` wrote")
    try:
        return TypeAdapter(Evaluation).validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise NyarisError(f"{path}: {place}: {first['msg']}: write it again with `nyaris evaluate -o`") from error

"""The page of a dataset folder: what is in it, samples with their edits, what was refused and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from pathlib import Path
from typing import Any

from nyaris.dataset.read import MANIFEST, fingerprint, read_json, read_manifest
from nyaris.dataset.reasons import meaning
from nyaris.errors import NyarisError
from nyaris.pages.browser import Browser, Entry, browser, triple_texts
from nyaris.pages.languages import language_name
from nyaris.pages.shell import ROOM, Part, render
from nyaris.run.durable import write_durably
from nyaris.run.tables import SPLITS

PAGE, AUDIT = "index.html", "audit.json"
TITLE = "Near misses: the dataset"

PER_CELL = 30
"""Samples of a phenomenon and variety."""
_DRAWN = 3 * PER_CELL
"""Rows looked at for them, since both directions of a pair make one sample."""
_EXAMPLES = 3
"""Refusals that are shown for each reason."""
_RULES = 6
"""Rules that are named for each reason."""
_LONGEST_EXAMPLE = 160
_PLACES = {"sentence": "before any rule", "document": "a whole document"}
"""What stands in the ledger in place of a rule."""
_OF_MANIFEST = (
    *("splits", "varieties", "counts", "sentences", "hardness", "query_styles", "licences", "documents"),
    *("rejects", "unread"),
)
_OF_AUDIT = ("passed", "findings", "probe")
_SHOWN = [
    *("id", "pair_id", "query", "positive", "negative", "phenomenon", "rule", "relation", "variety", "hardness"),
    *("query_style", "edits", "answer", "near_miss_answer"),
]


@dataclass(frozen=True)
class Refusal:
    """A reason with its meaning, how often it stopped something, in which rules, and some of what it stopped."""

    reason: str
    meaning: str
    count: int
    rules: tuple[tuple[str, int], ...]
    other_rules: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Probed:
    """How often a model that does not see the query is right on a cell."""

    phenomenon: str
    language: str
    rows: int
    accuracy: float
    low: float
    high: float


def write_page(folder: Path, manifest: Mapping[str, Any], audit: Mapping[str, Any] | None = None) -> Path:
    """Write `index.html` into a dataset folder from its tables; the same folder gives the same bytes."""
    path = folder / PAGE
    write_durably(path, render(TITLE, [dataset_part(folder, ROOM, manifest, audit)]))
    return path


def read_audit(folder: Path) -> dict[str, Any] | None:
    """What the last audit found, unless there was none or the tables have changed since."""
    path = folder / AUDIT
    audit = read_json(path) if path.is_file() else None
    return audit if audit and audit.get("fingerprint") == fingerprint(folder) else None


def dataset_part(
    folder: Path, room: int, manifest: Mapping[str, Any] | None = None, audit: Mapping[str, Any] | None = None
) -> Part:
    """What a page says of the folder. `room`: bytes for samples. No more than a row group is in memory at a time.

    Raises NyarisError for a manifest or audit that lacks something.
    """
    manifest = manifest or read_manifest(folder)
    for name, record, needed in (
        (MANIFEST, manifest, _OF_MANIFEST),
        (AUDIT, audit or dict.fromkeys(_OF_AUDIT), _OF_AUDIT),
    ):
        if missing := [key for key in needed if key not in record]:
            raise NyarisError(
                f"{folder / name} has no {', '.join(missing)}: write it again with this version of Nyaris"
            )
    return Part(
        "dataset.html.jinja",
        "Dataset",
        {
            "manifest": manifest,
            "total": sum(manifest["splits"].values()),
            "splits": [(split, manifest["splits"].get(split, 0)) for split in SPLITS],
            "names": {code: language_name(code) for code in manifest["varieties"]},
            "samples": _samples(folder, room),
            "refusals": _refusals(folder, manifest["rejects"]),
            "audit": audit,
            "probed": _probed(audit["probe"]) if audit else (),
        },
    )


def _samples(folder: Path, room: int) -> Browser:
    groups = []
    for _, drawn in sorted(_drawn(folder).items()):
        pairs: dict[str, dict[str, Any]] = {}
        for row in drawn:
            pairs.setdefault(row["pair_id"], row)
        groups.append(list(pairs.values())[:PER_CELL])
    return browser(
        [map(_entry, group) for group in groups],
        [("t",), ("f0", "f1"), ("f2",), ("f3", "f4"), ("f5",)],
        room,
        sum(map(len, groups)),
        facets=("Phenomenon", "Rule", "Variety", "Hardness", "Query", "Split"),
    )


def _drawn(folder: Path) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """By phenomenon and variety the rows whose names come first: names are hashes, so that is a draw."""
    found: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for split, table in _tables(folder):
        members: defaultdict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
        labels = (table.column(name).to_pylist() for name in ("phenomenon", "variety", "id"))
        for number, (phenomenon, variety, name) in enumerate(zip(*labels, strict=True)):
            members[phenomenon, variety].append((name, number))
        for cell, names in members.items():
            kept = found[cell]
            better = [each for each in names if len(kept) < _DRAWN or each[0] < kept[-1]["id"]]
            if better:
                rows = table.take([number for _, number in nsmallest(_DRAWN, better)]).to_pylist()
                kept += [row | {"split": split} for row in rows]
                found[cell] = nsmallest(_DRAWN, kept, key=lambda row: str(row["id"]))
    return found


def _tables(folder: Path) -> Iterator[tuple[str, Any]]:
    from pyarrow import parquet

    for split in SPLITS:
        for path in sorted((folder / "labelled").glob(f"{split}-*.parquet")):
            with parquet.ParquetFile(path) as file:
                for number in range(file.num_row_groups):
                    yield split, file.read_row_group(number, columns=_SHOWN)


def _entry(row: Mapping[str, Any]) -> Entry:
    changes = [(each["start"], each["end"], each["before"], each["after"]) for each in row["edits"] or ()]
    note = ""
    if row["answer"]:
        note = f"Answer: {row['answer']}"
        if row["near_miss_answer"]:
            note += f"; of the near miss: {row['near_miss_answer']}"
    labels = (
        row["phenomenon"],
        row["rule"],
        language_name(row["variety"]),
        row["hardness"],
        row["query_style"],
        row["split"],
    )
    texts = triple_texts(row["query"], row["positive"], row["negative"], changes)
    return Entry(row["variety"], texts, labels, note=note)


def _refusals(folder: Path, rejects: Mapping[str, Mapping[str, int]]) -> tuple[Refusal, ...]:
    """Reasons, the most frequent first. `rejects`: counts by rule and reason."""
    by_reason: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for rule, reasons in rejects.items():
        for reason, count in reasons.items():
            by_reason[reason][rule] += count
    examples = _refused_texts(folder / "rejects.parquet", set(by_reason))
    found = []
    for reason, rules in by_reason.items():
        ordered = sorted(rules.items(), key=lambda each: (-each[1], each[0]))
        shown = tuple(examples[reason])
        others = max(0, len(ordered) - _RULES)
        named = tuple((_PLACES.get(rule, rule), count) for rule, count in ordered[:_RULES])
        found.append(Refusal(reason, meaning(reason), rules.total(), named, others, shown))
    return tuple(sorted(found, key=lambda each: (-each.count, each.reason)))


def _refused_texts(path: Path, reasons: set[str]) -> dict[str, list[str]]:
    """The first refusals of every reason: the ledger stands in the order of a hash, so that is a draw."""
    from pyarrow import compute, parquet

    found: dict[str, list[str]] = {reason: [] for reason in reasons}
    if not path.is_file():
        return found
    with parquet.ParquetFile(path) as file:
        for number in range(file.num_row_groups):
            wanted = [reason for reason, texts in found.items() if len(texts) < _EXAMPLES]
            if not wanted:
                break
            table = file.read_row_group(number, columns=["document", "reason", "text"])
            for reason in wanted:
                rows = table.filter(compute.equal(table.column("reason"), reason))
                seen: dict[str, str] = {}
                for row in rows.slice(0, 200).to_pylist():
                    if row["text"]:
                        seen.setdefault(row["document"], _shortened(row["text"]))
                found[reason] += list(seen.values())[: _EXAMPLES - len(found[reason])]
    return found


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_EXAMPLE else f"{text[:_LONGEST_EXAMPLE].rsplit(' ', 1)[0]} …"


def _probed(cells: Sequence[Mapping[str, Any]]) -> tuple[Probed, ...]:
    """Of every cell the model that comes furthest from chance."""
    best: dict[tuple[str, str], Probed] = {}
    for cell in cells:
        if cell["task"] == "positive or negative":
            mine = Probed(*(cell[name] for name in ("phenomenon", "language", "rows", "accuracy", "low", "high")))
            key = (mine.phenomenon, mine.language)
            best[key] = max(best.get(key, mine), mine, key=lambda each: each.low)
    return tuple(best.values())

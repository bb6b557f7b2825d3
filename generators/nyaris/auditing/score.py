"""What blind readers found: precision per rule and per cell, agreement, and whether the readers read."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nyaris.auditing.sample import CODES, VERDICT, fingerprint_of, read_key, read_sheet
from nyaris.auditing.statistics import cohen_kappa, wilson
from nyaris.errors import UsageError

MISSED_PLANTS = 0.2
"""A reader who misses more than this share of the planted rows is not used."""


@dataclass(frozen=True)
class Precision:
    """Rows found valid of rows read, with the 95 % Wilson interval."""

    phenomenon: str
    variety: str
    rule: str | None
    valid: int
    judged: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Valid of judged."""
        return self.valid / self.judged


@dataclass(frozen=True)
class Reader:
    """One sheet: planted rows that it should have caught, and did."""

    sheet: str
    planted: int
    caught: int

    @property
    def trusted(self) -> bool:
        """Whether so few planted rows were missed that the verdicts count."""
        return self.planted - self.caught <= MISSED_PLANTS * self.planted


@dataclass(frozen=True)
class Score:
    """The result of reading. `disputed` rows had no majority, count as bad; `bad`: (sheet id, row id, rule, code)."""

    readers: tuple[Reader, ...]
    cells: tuple[Precision, ...]
    rules: tuple[Precision, ...]
    kappa: float | None
    kappa_codes: float | None
    bad: tuple[tuple[str, str, str, str], ...]
    disputed: tuple[str, ...]

    def record(self) -> dict[str, Any]:
        """Plain values, with `judged` in the shape that the catalogue of rules takes: code, rule, valid, judged."""
        judged = [
            {"code": each.variety, "rule": each.rule, "valid": each.valid, "judged": each.judged} for each in self.rules
        ]
        return asdict(self) | {"judged": judged}


def score(sheets: Sequence[Path], key: Path, output: Path | None = None) -> Score:
    """Score one reader, or two or three of the same sheet (kappa is that of the first two).

    Raises UsageError for sheets that are not those of the key, verdicts that are missing or unknown, and readers who
    missed more than one planted row in five.
    """
    if len({sheet.resolve() for sheet in sheets}) < len(sheets):
        raise UsageError("the same sheet is named twice: agreement needs the sheets of different readers")
    known = read_key(key)["rows"]
    verdicts = [_verdicts(sheet, known, key) for sheet in sheets]
    readers = tuple(_reader(sheet, mine, known) for sheet, mine in zip(sheets, verdicts, strict=True))
    for reader in readers:
        if not reader.trusted:
            raise UsageError(
                f"{reader.sheet}: {reader.caught} of {reader.planted} planted bad rows were caught: a reader who "
                "misses more than one in five is not used; have the sheet read by somebody else"
            )
    real = sorted(name for name, entry in known.items() if entry["planted"] is None)
    agreed = {name: _majority([mine[name] for mine in verdicts]) for name in real}
    first, second = ([mine[name] for name in real] for mine in (verdicts[0], verdicts[min(1, len(verdicts) - 1)]))
    several = len(verdicts) > 1
    found = Score(
        readers=readers,
        cells=_precisions(agreed, known, by_rule=False),
        rules=_precisions(agreed, known, by_rule=True),
        kappa=cohen_kappa([_is_ok(code) for code in first], [_is_ok(code) for code in second]) if several else None,
        kappa_codes=cohen_kappa(first, second) if several else None,
        bad=tuple(
            (name, known[name]["row"], known[name]["rule"], code) for name, code in agreed.items() if code != "ok"
        ),
        disputed=tuple(name for name, code in agreed.items() if code == _DISPUTED),
    )
    if output:
        output.write_text(json.dumps(found.record(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return found


_DISPUTED = "disputed"


def _verdicts(sheet: Path, known: dict[str, Any], key: Path) -> dict[str, str]:
    rows = read_sheet(sheet)
    repeated = [name for name, count in Counter(row["id"] for row in rows).items() if count > 1]
    unknown = [row["id"] for row in rows if row["id"] not in known]
    absent = [name for name in known if name not in {row["id"] for row in rows}]
    if unknown or repeated or absent:
        parts = [("unknown", unknown), ("repeated", repeated), ("absent", absent)]
        listed = "; ".join(f"{what} ids {_some(names)}" for what, names in parts if names)
        raise UsageError(f"{sheet} is not the sheet of {key}: {listed}")
    changed = [row["id"] for row in rows if fingerprint_of(row) != known[row["id"]]["shown"]]
    if changed:
        raise UsageError(
            f"{sheet}: the texts of {_some(changed)} are not those that were sampled: only fill in verdicts"
        )
    given = {row["id"]: row[VERDICT].strip().lower() for row in rows}
    wrong = [f"{name} '{code}'" for name, code in given.items() if code and code not in CODES]
    if wrong:
        raise UsageError(f"{sheet}: unknown verdicts {_some(wrong)}; known are {', '.join(CODES)}")
    missing = [name for name, code in given.items() if not code]
    if missing:
        raise UsageError(f"{sheet}: no verdict for {_some(missing)}")
    return given


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return ", ".join(names[:10]) + more


def _reader(sheet: Path, verdicts: dict[str, str], known: dict[str, Any]) -> Reader:
    planted = [name for name, entry in known.items() if entry["planted"]]
    return Reader(str(sheet), len(planted), sum(verdicts[name] != "ok" for name in planted))


def _majority(codes: Sequence[str]) -> str:
    """`ok` or the most frequent code, where more than half of the readers say so; with two who differ, disputed."""
    ok = codes.count("ok")
    if 2 * ok > len(codes):
        return "ok"
    if 2 * ok == len(codes):
        return _DISPUTED
    return Counter(code for code in codes if code != "ok").most_common(1)[0][0]


def _is_ok(code: str) -> str:
    return "ok" if code == "ok" else "bad"


def _precisions(agreed: dict[str, str], known: dict[str, Any], *, by_rule: bool) -> tuple[Precision, ...]:
    groups: defaultdict[tuple[str, str, str | None], list[bool]] = defaultdict(list)
    for name, code in agreed.items():
        entry = known[name]
        groups[entry["phenomenon"], entry["variety"], entry["rule"] if by_rule else None].append(code == "ok")
    return tuple(
        _precision(key, hits) for key, hits in sorted(groups.items(), key=lambda each: list(map(str, each[0])))
    )


def _precision(key: tuple[str, str, str | None], hits: Iterable[bool]) -> Precision:
    verdicts = list(hits)
    low, high = wilson(sum(verdicts), len(verdicts))
    return Precision(*key, sum(verdicts), len(verdicts), round(low, 4), round(high, 4))

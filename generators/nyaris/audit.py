"""What a dataset folder must stand up to: the machine's part of the quality check."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nyaris import __version__
from nyaris.auditing.agreement import agreement
from nyaris.auditing.balance import balance, uneven_hardness
from nyaris.auditing.card import with_audit
from nyaris.auditing.findings import Finding, Limits, judged
from nyaris.auditing.leakage import leakage
from nyaris.auditing.models import DenseCell, NliCell, dense_margins, nli_agreement
from nyaris.auditing.probe import QUERY, SIDES, ProbeCell, probe
from nyaris.auditing.signals import signals
from nyaris.auditing.soundness import soundness
from nyaris.dataset.page import PAGE, write_page
from nyaris.dataset.read import fingerprint, read_manifest, read_rows
from nyaris.errors import UsageError

AUDIT, CARD = "audit.json", "README.md"


@dataclass(frozen=True)
class Audit:
    """Everything an audit found. `fingerprint` says of which files."""

    rows: int
    fingerprint: str
    limits: Limits
    findings: tuple[Finding, ...]
    probe: tuple[ProbeCell, ...]
    balance: tuple[dict[str, str | int], ...]
    nli: tuple[NliCell, ...] = ()
    dense: tuple[DenseCell, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every check kept its limit."""
        return all(finding.passed for finding in self.findings)

    def record(self) -> dict[str, Any]:
        """The audit as plain values, as `audit.json` holds it; the same folder and limits give the same record."""
        return {"generator": {"name": "nyaris", "version": __version__}, "passed": self.passed} | asdict(self)


def audit(
    folder: Path,
    limits: Limits | None = None,
    *,
    probe_rows: int = 2000,
    nli: str | None = None,
    dense: Sequence[str] = (),
    model_rows: int = 500,
    write: bool = True,
) -> Audit:
    """Run every check on a dataset folder; write `audit.json` into it and a section into its card and page.

    `nli` names a cross-encoder trained on entailment, `dense` sentence encoders; both are asked about at most
    `model_rows` rows. Raises UsageError for a folder that is no dataset.
    """
    if probe_rows < 100:
        raise UsageError(f"--probe-rows {probe_rows}: at least 100 are needed for an interval that says anything")
    limits = limits or Limits()
    rows = read_rows(folder)
    cells = probe(rows, probe_rows)
    found = Audit(
        rows=len(rows),
        fingerprint=fingerprint(folder),
        limits=limits,
        findings=(
            *_blindness(cells, limits),
            *leakage(rows, limits),
            *agreement(folder, rows, limits),
            *soundness(rows, limits),
            *signals(rows, limits),
            *uneven_hardness(rows, limits),
        ),
        probe=tuple(cells),
        balance=tuple(balance(rows)),
        nli=tuple(nli_agreement(rows, nli, model_rows)) if nli else (),
        dense=tuple(cell for model in dense for cell in dense_margins(rows, model, model_rows)),
    )
    if write:
        text = json.dumps(found.record(), indent=2, ensure_ascii=False) + "\n"
        (folder / AUDIT).write_text(text, encoding="utf-8")
        card = folder / CARD
        if card.is_file():
            card.write_text(with_audit(card.read_text(encoding="utf-8"), found.findings, found.probe), encoding="utf-8")
        if (folder / PAGE).is_file():
            write_page(folder, read_manifest(folder), found.record())
    return found


_FEWEST_SENTENCES = 20
"""Source sentences that a cell must have to be judged by the probe."""


def _blindness(cells: Sequence[ProbeCell], limits: Limits) -> list[Finding]:
    """One finding per task, phenomenon and language: the model whose interval starts highest."""
    worst: dict[tuple[str, str, str], ProbeCell] = {}
    for cell in (cell for cell in cells if cell.task in {SIDES, QUERY}):
        key = (cell.task, cell.phenomenon, cell.language)
        worst[key] = max(worst.get(key, cell), cell, key=lambda each: each.low)
    found = []
    for (task, phenomenon, language), cell in worst.items():
        if cell.sentences < _FEWEST_SENTENCES:
            continue  # among many cells, one of so few would fail by chance
        name, limit = ("probe", limits.probe) if task == SIDES else ("query probe", limits.query_probe)
        meaning = (
            f"lower end of [{cell.low:.3f}, {cell.high:.3f}]: the {cell.model} model is right on {cell.accuracy:.3f} "
            f"of {cell.rows} rows from {cell.sentences} sentences"
        )
        found.append(judged(f"{name} {phenomenon} {language}", cell.low, limit, meaning))
    return found

"""The audit's section of the dataset card."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nyaris.auditing.findings import Finding
from nyaris.auditing.probe import SIDES, ProbeCell

_START, _END = "<!-- audit: begin -->", "<!-- audit: end -->"
_SUMMED = ("labels", "hardness", "probe", "query")
"""Checks with a row per cell, of which the card shows the worst."""


def with_audit(card: str, findings: Sequence[Finding], probe: Sequence[ProbeCell]) -> str:
    """The card with this audit in it, instead of an earlier one."""
    section = f"{_START}\n{_section(findings, probe)}\n{_END}"
    before = re.compile(f"{re.escape(_START)}.*?{re.escape(_END)}", re.DOTALL)
    if before.search(card):
        return before.sub(lambda match: section, card)
    return f"{card.rstrip()}\n\n{section}\n"


def _section(findings: Sequence[Finding], probe: Sequence[ProbeCell]) -> str:
    failed = [finding.check for finding in findings if not finding.passed]
    lines = [
        "## Audit",
        "",
        f"`nyaris audit`: {'passed' if not failed else 'FAILED: ' + ', '.join(failed)}. `audit.json` has every figure.",
        "",
        "How often a model that never sees the query tells the positive from the negative (chance 0.5, with the 95 %",
        "interval over source sentences), the best of three models over words, characters and shape:",
        "",
        "| phenomenon | language | rows | accuracy |",
        "| --- | --- | ---: | ---: |",
    ]
    for cell in _best(probe):
        interval = f"{cell.accuracy:.3f} [{cell.low:.3f}, {cell.high:.3f}]"
        lines.append(f"| {cell.phenomenon} | {cell.language} | {cell.rows} | {interval} |")
    lines += ["", "| check | value | limit |", "| --- | ---: | ---: |"]
    lines += [f"| {finding.check} | {finding.value:g} | {finding.limit:g} |" for finding in _shown(findings)]
    return "\n".join(lines)


def _best(probe: Sequence[ProbeCell]) -> list[ProbeCell]:
    best: dict[tuple[str, str], ProbeCell] = {}
    for cell in probe:
        if cell.task == SIDES:
            key = (cell.phenomenon, cell.language)
            best[key] = max(best.get(key, cell), cell, key=lambda each: each.low)
    return list(best.values())


def _shown(findings: Sequence[Finding]) -> list[Finding]:
    """Checks of the whole set, and the worst cell of those that have cells."""
    shown = [finding for finding in findings if finding.check.split()[0] not in _SUMMED]
    for name in ("labels", "hardness"):
        cells = [finding for finding in findings if finding.check.split()[0] == name]
        shown += [max(cells, key=lambda each: each.value)] if cells else []
    return shown

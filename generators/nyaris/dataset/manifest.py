"""The manifest: what was asked, what it was made with, and what came out; nothing that differs from run to run."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from nyaris import __version__

_COUNTED = ["phenomenon", "rule", "variety", "language", "hardness", "query_style", "parser", "source"]
Counts = defaultdict[str, Counter[str]]


class Tally:
    """Counts of rows and refusals, taken table by table."""

    def __init__(self) -> None:
        self._single: Counts = defaultdict(Counter)
        self._phenomena: Counts = defaultdict(Counter)
        self._rules: Counts = defaultdict(Counter)
        self._rejects: Counts = defaultdict(Counter)

    def rows(self, table: Any) -> None:
        """Count labelled rows."""
        for row in table.select(_COUNTED).to_pylist():
            for name in ("hardness", "query_style", "language", "variety", "parser"):
                self._single[name][row[name]] += 1
            self._single["licence"][row["source"]["licence"] or "unknown"] += 1
            self._phenomena[row["phenomenon"]][row["variety"]] += 1
            self._rules[row["rule"]][row["variety"]] += 1

    def rejects(self, table: Any) -> None:
        """Count lines of the ledger."""
        for row in table.select(["rule", "reason"]).to_pylist():
            self._rejects[row["rule"]][row["reason"]] += 1

    def manifest(
        self,
        settings: dict[str, Any],
        configurations: dict[str, dict[str, Any]],
        splits: dict[str, int],
        sentences: Counter[str],
        documents: int,
        unread: list[str],
    ) -> dict[str, Any]:
        """The manifest. `configurations` holds folder and rows by split of each."""
        single = self._single
        return {
            "generator": {"name": "nyaris", "version": __version__},
            "settings": settings,
            "configurations": configurations,
            "splits": splits,
            "counts": _nested(self._phenomena),
            "rules": _nested(self._rules),
            "hardness": _sorted(single["hardness"]),
            "query_styles": _sorted(single["query_style"]),
            "languages": sorted(single["language"]),
            "varieties": sorted(single["variety"]),
            "parsers": sorted(single["parser"]),
            "licences": _sorted(single["licence"]),
            "documents": documents,
            "sentences": _sorted(sentences),
            "rejects": _nested(self._rejects),
            "unread": sorted(unread),
        }


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def _nested(counts: Counts) -> dict[str, dict[str, int]]:
    return {key: _sorted(inner) for key, inner in sorted(counts.items())}

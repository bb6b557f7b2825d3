"""The dataset folder: Parquet per configuration and split, the ledger, the manifest and the card."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from nyaris import __version__
from nyaris.dataset.card import render_card
from nyaris.run.collate import Collated
from nyaris.run.tables import SPLITS, TRIPLET_COLUMNS, write_table

CONFIGURATIONS = ("labelled", "triplet")
MANIFEST = "manifest.json"


def write_dataset(collated: Collated, folder: Path, settings: dict[str, Any], unread: list[str]) -> dict[str, Any]:
    """Write everything a dataset repository holds; returns the manifest."""
    for name in SPLITS:
        table = collated.splits[name]
        for configuration in CONFIGURATIONS:
            target = folder / configuration / f"{name}-00000-of-00001.parquet"
            target.parent.mkdir(parents=True, exist_ok=True)
            if table.num_rows:
                columns = table.select(TRIPLET_COLUMNS) if configuration == "triplet" else table
                write_table(columns, None, target)
            else:
                target.unlink(missing_ok=True)
    write_table(collated.rejects, None, folder / "rejects.parquet")
    manifest = build_manifest(collated, settings, unread)
    text = json.dumps(manifest, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    (folder / "README.md").write_text(render_card(manifest), encoding="utf-8")
    return manifest


def build_manifest(collated: Collated, settings: dict[str, Any], unread: list[str]) -> dict[str, Any]:
    """What was asked, what it was made with, and what came out; nothing that differs from run to run."""
    rows = [row for table in collated.splits.values() for row in table.select(_COUNTED).to_pylist()]
    ledger = collated.rejects.select(["rule", "reason"]).to_pylist()
    return {
        "generator": {"name": "nyaris", "version": __version__},
        "settings": settings,
        "splits": {name: table.num_rows for name, table in collated.splits.items()},
        "counts": _nested(rows, "phenomenon", "variety"),
        "rules": _nested(rows, "rule", "variety"),
        "hardness": dict(sorted(Counter(row["hardness"] for row in rows).items())),
        "query_styles": dict(sorted(Counter(row["query_style"] for row in rows).items())),
        "languages": sorted({row["language"] for row in rows}),
        "varieties": sorted({row["variety"] for row in rows}),
        "parsers": sorted({row["parser"] for row in rows}),
        "licences": dict(sorted(Counter(row["source"]["licence"] or "unknown" for row in rows).items())),
        "sentences": dict(sorted(collated.sentences.items())),
        "rejects": _nested(ledger, "rule", "reason"),
        "unread": sorted(unread),
    }


_COUNTED = ["phenomenon", "rule", "variety", "language", "hardness", "query_style", "parser", "source"]


def _nested(rows: list[dict[str, Any]], outer: str, inner: str) -> dict[str, dict[str, int]]:
    table: dict[str, Counter[str]] = {}
    for row in rows:
        table.setdefault(row[outer], Counter())[row[inner]] += 1
    return {key: dict(sorted(counts.items())) for key, counts in sorted(table.items())}

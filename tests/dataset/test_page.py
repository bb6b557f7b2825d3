"""The page of a dataset folder: what it shows, that it stays small, and that it is not published."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from conftest import ROOT, Command

from nyaris.dataset.page import PAGE, write_page
from nyaris.dataset.read import fingerprint
from nyaris.dataset.reasons import MEANINGS
from nyaris.errors import NyarisError
from nyaris.hashing import digest
from nyaris.publishing.contents import published_files
from nyaris.run.tables import labelled_schema, reject_schema, write_table

PACKAGE = ROOT / "generators" / "nyaris"


def rows_of(page: str) -> dict[str, Any]:
    (block,) = re.findall(r'<script type="application/json">(.*?)</script>', page, re.DOTALL)
    loaded: dict[str, Any] = json.loads(block)
    return loaded


def test_generate_writes_counts_samples_and_refusals(dataset: Path) -> None:
    page = (dataset / PAGE).read_text(encoding="utf-8")
    manifest = json.loads((dataset / "manifest.json").read_text(encoding="utf-8"))
    assert f"<dd>{sum(manifest['splits'].values()):,}</dd>" in page
    data = rows_of(page)
    facets = dict(zip(data["facets"], data["values"], strict=True))
    assert set(facets["Phenomenon"]) == set(manifest["counts"])
    assert any(len(row[1][2]) > 1 for row in data["rows"]), "what changes is marked"
    reasons = {reason for each in manifest["rejects"].values() for reason in each}
    for reason in reasons:
        assert f"<code>{reason}</code>" in page
    assert "Audit" not in page


def test_the_audit_joins_the_page_until_the_tables_change(dataset: Path, tmp_path: Path, nyaris: Command) -> None:
    folder = tmp_path / "copy"
    copytree(dataset, folder)
    before = (folder / PAGE).read_bytes()
    assert nyaris("report", folder)[0] == 0
    assert (folder / PAGE).read_bytes() == before
    record = {"fingerprint": fingerprint(folder), "passed": True, "findings": [], "probe": []}
    (folder / "audit.json").write_text(json.dumps(record), encoding="utf-8")
    assert nyaris("report", folder)[0] == 0
    assert "every check kept its limit" in (folder / PAGE).read_text(encoding="utf-8")
    assert PAGE not in published_files(folder)
    next((folder / "triplet").glob("*.parquet")).unlink()
    assert nyaris("report", folder)[0] == 0
    assert ">Audit</h2>" not in (folder / PAGE).read_text(encoding="utf-8")


def test_every_reason_has_a_meaning() -> None:
    """A slug is returned, given to a `Reject` or to `_drop_...`."""
    slugs = set()
    for room in ("pairs/checks.py", "pairs/passages.py", "pairs/triples.py", "run/shard.py", "run/index.py"):
        for node in ast.walk(ast.parse((PACKAGE / room).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and re.fullmatch(r"[a-z]+(-[a-z]+)+", str(node.value)):
                slugs.add(node.value)
            if (
                isinstance(node, ast.Return)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                slugs.add(node.value.value)
    assert len(slugs) > 30
    assert slugs <= set(MEANINGS)


def test_a_hundred_thousand_triples_stay_under_5_mb(tmp_path: Path) -> None:
    """Passages as long as they may be, of 20 cells, with every letter escaped; thousands of rules of frames."""
    import pyarrow as pa

    text = "<é漢> " * 200
    phenomena, varieties, count = [f"phenomenon{n}" for n in range(5)], [f"v{n}" for n in range(4)], 100_000
    names = [digest(number) for number in range(count)]
    columns: dict[str, Any] = {name: [None] * count for name in labelled_schema().names}
    columns |= {"id": names, "pair_id": [name[:12] for name in names], "edits": [[]] * count}
    columns |= {"query": [text[:600]] * count, "positive": [text] * count, "negative": [f"{text} not"] * count}
    columns |= {
        "phenomenon": [phenomena[n % 5] for n in range(count)],
        "rule": [f"frame.f{n % 3000}.x" for n in range(count)],
    }
    columns |= {"variety": [varieties[n % 4] for n in range(count)], "hardness": ["hard"] * count}
    columns |= {"query_style": ["statement"] * count}
    (tmp_path / "labelled").mkdir()
    table = pa.table(columns, schema=labelled_schema())
    write_table(table, labelled_schema(), tmp_path / "labelled" / "train-00000-of-00001.parquet")
    reject = {"document": "d", "start": 0, "end": 1, "variety": "v0", "text": text}
    rejects = [reject | {"rule": f"frame.f{n % 3000}.x", "reason": f"reason-{n % 40}"} for n in range(6000)]
    write_table(rejects, reject_schema(), tmp_path / "rejects.parquet")
    counts = {phenomenon: dict.fromkeys(varieties, 5000) for phenomenon in phenomena}
    manifest: dict[str, Any] = {
        "splits": {"train": count},
        "varieties": varieties,
        "counts": counts,
        "sentences": {"v0": count},
    }
    manifest |= {"hardness": {"hard": count}, "query_styles": {"statement": count}, "licences": {"x": count}}
    manifest |= {"documents": 1, "unread": ["<unreadable>"] * 1000}
    manifest |= {"rejects": {f"frame.f{n}.x": {f"reason-{n % 40}": 2} for n in range(3000)}}
    page = write_page(tmp_path, manifest)
    assert 1_000_000 < page.stat().st_size < 5_000_000
    data = rows_of(page.read_text(encoding="utf-8"))
    assert {len(values) for values in data["values"][:3:2]} == {5, 4}, "every phenomenon and variety has its share"


def test_an_old_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(NyarisError, match=r"manifest\.json has no splits, .*: write it again"):
        write_page(tmp_path, {"varieties": []})

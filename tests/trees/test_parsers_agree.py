"""Whatever the parser, a row that two of them give has the same labels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from trained_parsers import sample

from nyaris.generate import generate
from nyaris.run.settings import Settings

# nearly every tree of the sample is known by heart, or easy
SHARED = 0.75


def rows(folder: Path, code: str, spec: str, stanza_dir: Path) -> dict[tuple[str, ...], dict[str, Any]]:
    """What `generate` makes of the sample, by query, positive and negative."""
    import pyarrow.parquet as pq

    source = folder / code
    source.mkdir()
    for number, sentence in enumerate(sample(code)):
        (source / f"{number:03}.txt").write_text(sentence.text, encoding="utf-8")
    parsers = ((code, spec),) if spec else ()
    settings = Settings(code, per_sentence=50, frames=0, parsers=parsers, stanza_dir=str(stanza_dir))
    generate([str(source)], folder / "made", settings)
    found = [
        row
        for path in sorted((folder / "made" / "labelled").glob("*.parquet"))
        for row in pq.read_table(path).to_pylist()
    ]
    return {(row["query"], row["positive"], row["negative"]): row for row in found}


LABELS = ("phenomenon", "rule", "relation", "query_style", "hardness", "direction", "language", "variety", "edits")


@pytest.mark.parametrize(("code", "other"), [("en", "clearnlp"), ("en", "stanza"), ("ms", "stanza")])
def test_labels_agree(code: str, other: str, stanza_dir: Path, clearnlp_pipeline: Path, tmp_path: Path) -> None:
    spec = f"stanza:{code}" if other == "stanza" else str(clearnlp_pipeline)
    for name in ("bundled", "other"):
        (tmp_path / name).mkdir()
    ours = rows(tmp_path / "bundled", code, "", stanza_dir)
    theirs = rows(tmp_path / "other", code, spec, stanza_dir)
    both = ours.keys() & theirs.keys()
    assert len(both) > SHARED * min(len(ours), len(theirs))
    for key in both:
        assert {name: ours[key][name] for name in LABELS} == {name: theirs[key][name] for name in LABELS}, key

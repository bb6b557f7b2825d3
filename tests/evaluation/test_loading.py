"""What users call systems."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nyaris.errors import NyarisError, UsageError
from nyaris.evaluation.loading import Computing, load_systems, parse_systems


def model_folder(path: Path, **files: dict[str, object]) -> str:
    path.mkdir(parents=True)
    for name, content in files.items():
        (path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return str(path)


def test_names_kinds_and_the_baseline(tmp_path: Path) -> None:
    encoder = model_folder(tmp_path / "runs" / "tuned", config={"architectures": ["BertModel"]})
    cross = model_folder(tmp_path / "reader", config={"architectures": ["BertForSequenceClassification"]})
    (tmp_path / "link").symlink_to(encoder)
    newer = model_folder(tmp_path / "newer", config_sentence_transformers={"model_type": "CrossEncoder"})
    specs = parse_systems(
        [
            f"{encoder}@baseline",
            "bm25",
            "hybrid",
            f"hybrid:{encoder}",
            cross,
            newer,
            f"cross:{encoder}",
            str(tmp_path / "link"),
        ]
    )
    assert [(each.name, each.kind, each.baseline) for each in specs] == [
        ("tuned", "encoder", True),
        ("bm25", "bm25", False),
        ("hybrid", "hybrid", False),
        ("hybrid:tuned", "hybrid", False),
        ("reader", "cross-encoder", False),
        ("newer", "cross-encoder", False),
        ("cross:tuned", "cross-encoder", False),
        ("link", "encoder", False),
    ]
    assert [each.model for each in specs if each.kind == "hybrid"] == [encoder, encoder]


def test_folders_of_one_name_keep_their_paths(tmp_path: Path) -> None:
    one, other = (model_folder(tmp_path / name / "model", config={}) for name in ("one", "other"))
    assert [each.name for each in parse_systems([one, other])] == [one, other]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["hybrid", "bm25"], "hybrid fuses bm25 with the first encoder"),
        (["hybrid:"], "hybrid:MODEL is expected"),
        (["bm25", "bm25"], "named twice"),
        (["./nowhere"], "no such folder"),
        (["/no/such/model@baseline"], "no such folder"),
        (["bm25@baseline", "owner/name@baseline"], "both named baseline"),
    ],
)
def test_what_cannot_be_meant_is_refused(words: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse_systems(words)


def test_a_folder_that_holds_no_model_cannot_be_loaded(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "empty")
    with pytest.raises(NyarisError, match=r"empty cannot be loaded: .*: give a folder that holds one"):
        load_systems(parse_systems([folder]), Computing(device="cpu"))

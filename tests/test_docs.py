"""The scripts in the guides run as they stand, and every command has its page."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from tiny_encoder import tiny_encoder

from nyaris.auditing.findings import Limits
from nyaris.auditing.sample import CODES
from nyaris.dataset.read import read_rows
from nyaris.export import FORMATS

DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def model(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("models") / "tiny"
    tiny_encoder([text for row in read_rows(dataset) for text in row.texts]).save(str(path))
    return path


def scripts(page: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def run(script: str, *words: object) -> str:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "generators"), "HF_HUB_OFFLINE": "1", "WANDB_DISABLED": "true"}
    command = [sys.executable, "-c", script, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=str(words[-1]))
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_the_training_script(dataset: Path, model: Path, tmp_path: Path) -> None:
    (script,) = scripts("training.md")
    assert sum(bool(line.strip()) and not line.startswith(("import", "from")) for line in script.splitlines()) <= 10
    rows = [{"query": row.query, "positive": row.positive} for row in read_rows(dataset)[:18]]
    (tmp_path / "general.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    output = tmp_path / "model"
    output.mkdir()
    run(script, dataset, tmp_path / "general.jsonl", model, output)
    assert (output / "model.safetensors").is_file()
    assert (output / "model.safetensors").read_bytes() != (model / "model.safetensors").read_bytes()


def test_the_evaluation_script(dataset: Path, model: Path) -> None:
    (suite,) = scripts("evaluating.md")
    printed = run(suite, dataset, model).splitlines()
    assert {line.split()[1] for line in printed} == {"NyarisRetrieval", "NyarisPaired"}


def test_limits_codes_and_formats_are_documented() -> None:
    audit = (DOCS / "auditing.md").read_text(encoding="utf-8")
    for name in ("probe", "near_leaks", "query_probe", "implausible", "uneven"):
        assert f"`{name}`" in audit
        assert hasattr(Limits(), name)
    assert all(f"`{code}`" in audit for code in CODES)
    pages = "".join(path.read_text(encoding="utf-8") for path in DOCS.glob("*.md"))
    assert all(name in pages for name in FORMATS)

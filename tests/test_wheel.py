"""The wheel carries grammars, seeds and pipelines: installed in an empty environment, it explains a sentence."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from conftest import ROOT


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=True)
    binaries = folder / "venv" / "bin"
    pip = [str(binaries / "python"), "-m", "pip", "install", "-q", "-c", str(ROOT / "constraints.txt"), str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    return binaries


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("The Tenant shall pay the deposit to the Landlord before the commencement date.", "en"),
        ("Penyewa hendaklah membayar deposit kepada tuan rumah sebelum tarikh permulaan.", "ms"),
    ],
)
def test_the_installed_wheel_explains_a_sentence(
    environment: Path, tmp_path: Path, sentence: str, language: str
) -> None:
    command = [str(environment / "nyaris"), "explain", sentence, "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=tmp_path)
    explanation = json.loads(done.stdout)
    assert explanation["sentence"]["language"] == language
    assert explanation["refused"] is None
    assert {triple["phenomenon"] for triple in explanation["triples"]} >= {"negation"}


def test_the_installed_wheel_has_the_frames(environment: Path, tmp_path: Path) -> None:
    code = (
        "from nyaris.grammar import bundled; from nyaris.pairs.frames import load_frames; "
        "print(len(list(load_frames(bundled('seeds') / 'frames'))))"
    )
    done = subprocess.run(
        [environment / "python", "-c", code], check=True, capture_output=True, text=True, cwd=tmp_path
    )
    assert int(done.stdout) >= 24

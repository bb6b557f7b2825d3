"""Fixtures that several rooms share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

# nothing in the tests may ask a hub
os.environ["HF_HUB_OFFLINE"] = "1"

ROOT = Path(__file__).parents[1]
DOCUMENTS = ROOT / "seeds" / "documents"

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def nyaris(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command as the shell would: (exit code, standard output, standard error)."""
    from nyaris.cli import main

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["nyaris", *map(str, words)])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Three of the bundled documents, one per variety, in folders named like their grammars."""
    from shutil import copy

    root = tmp_path_factory.mktemp("sources")
    for name in ("en/tenancy_agreement.txt", "en-MY/loan_facility_agreement.txt", "ms/perjanjian_sewa.txt"):
        (root / name).parent.mkdir()
        copy(DOCUMENTS / name, root / name)
    return [str(root / code) for code in ("en", "en-MY", "ms")]


@pytest.fixture(scope="session")
def dataset(sources: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset folder made from `sources` with the default settings."""
    from nyaris.generate import generate
    from nyaris.run.settings import Settings

    folder = tmp_path_factory.mktemp("dataset") / "made"
    generate(sources, folder, Settings())
    return folder


def _shared(tmp_path_factory: pytest.TempPathFactory, name: str) -> Path:
    """A folder that the workers of this run have in common."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / name


@pytest.fixture(scope="session")
def stanza_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with Stanza models of both languages, trained on the sample."""
    pytest.importorskip("stanza", reason="the stanza extra is not installed")
    from stanza_models import train_stanza
    from trained_parsers import ENDINGS, made_once, sample

    def make(folder: Path) -> None:
        for code, endings in ENDINGS.items():
            train_stanza(sample(code), endings, folder, code)

    return made_once(_shared(tmp_path_factory, "stanza"), make)


@pytest.fixture(scope="session")
def clearnlp_pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A spaCy pipeline with the labels of en_core_web_*, trained on the sample."""
    from clearnlp_trees import to_clearnlp
    from trained_parsers import made_once, sample, train_spacy

    def make(folder: Path) -> None:
        train_spacy([to_clearnlp(each) for each in sample("en")], "en", folder)

    return made_once(_shared(tmp_path_factory, "clearnlp"), make)

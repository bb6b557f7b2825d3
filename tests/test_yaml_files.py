"""The quick way to read what comes with Nyaris gives what the careful way gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from srsly import yaml_loads

from nyaris.yaml_files import read_trusted

ROOT = Path(__file__).parents[1]
FILES = sorted([*ROOT.glob("grammars/*/*.yaml"), *ROOT.glob("seeds/**/*.yaml")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_both_readers_agree_on_every_bundled_file(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert read_trusted(text) == yaml_loads(text), "and no key is given twice, which only the careful one refuses"


def test_words_stay_words() -> None:
    text = "words: [no, not, yes, on, off, y, 12:30, ~, null, true, 12, -3, 1.5]"
    assert read_trusted(text) == {
        "words": ["no", "not", "yes", "on", "off", "y", "12:30", None, None, True, 12, -3, 1.5]
    }

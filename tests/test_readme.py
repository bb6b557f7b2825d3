"""The README says what is so: its examples come out, its commands exist, its links lead somewhere."""

from __future__ import annotations

import re
import shlex

import pytest
from conftest import ROOT, Command

from nyaris.explain import explain
from nyaris.run.settings import Settings

README = (ROOT / "README.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip().strip("|").split(" | ")]
    for line in README.splitlines()
    if line.startswith("| *")
]
COMMANDS = re.findall(r"^\$ (nyaris .*)$|`(nyaris explain \"[^`]*)`", README, re.MULTILINE)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_every_example_is_what_nyaris_makes_of_its_input(row: list[str]) -> None:
    source = re.sub(r"^\*[^*]+\* ", "", row[0])
    made = {(triple.query, triple.positive, triple.negative) for triple in explain(source, Settings()).triples}
    assert tuple(row[1:]) in made


def test_there_is_an_example_in_every_language() -> None:
    languages = {match.group(1) for row in ROWS if (match := re.match(r"\*([^*]+)\*", row[0]))}
    assert languages == {"English", "Malaysian English", "Malay"}


@pytest.mark.parametrize("command", [first or second for first, second in COMMANDS])
def test_every_command_and_option_exists(nyaris: Command, command: str) -> None:
    words = shlex.split(command)
    code, out, _ = nyaris(words[1], "--help")
    assert code == 0
    for option in (word for word in words[2:] if word.startswith("-")):
        assert re.search(rf"(?:^|\s|,){re.escape(option)}\b", out, re.MULTILINE), option


def test_make_targets_and_links_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"(?:\$ |`)make ([a-z-]+)", README):
        assert f"\n{target}:" in makefile
    for link in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / link).exists(), link

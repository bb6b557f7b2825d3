"""Grammars and frames of users: what they add, and what is said of mistakes in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Command

from nyaris.grammar import load_grammar, use_grammars
from nyaris.words.lexicon import LexiconFacts

TEXT = "The smith must pay the cooper before 1 March 2026. The cooper may notify the smith at any time in writing."
FRAME = """
domain: trade
slots:
  seller: [Aria Mills, Bako Foods]
  buyer: [Cendana Traders, Delima Stores]
surfaces:
  - "{{ seller }} sells the rice to {{ buyer }}."
  - "{{ buyer }} buys the rice from {{ seller }}."
  - "The rice is sold by {{ seller }} to {{ buyer }}."
  - "The rice is bought by {{ buyer }} from {{ seller }}."
flips:
  - {id: roles, phenomenon: role_swap, relation: rebinding, exchange: [seller, buyer]}
  - {id: other, phenomenon: binding, relation: rebinding, change: seller}
"""

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 9)}]\n" for number in range(1, 9)
)


@pytest.fixture(autouse=True)
def only_bundled_afterwards() -> Iterator[None]:
    yield
    use_grammars(())


def test_a_grammar_adds_to_a_bundled_one(tmp_path: Path, nyaris: Command) -> None:
    (tmp_path / "mine" / "en").mkdir(parents=True)
    (tmp_path / "mine" / "en" / "lexicon.yaml").write_text("role_pairs:\n  - [smith, cooper]\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    plain = nyaris("explain", "The smith must notify the cooper in writing.", "--language", "en", "--json")
    code, out, _ = nyaris(
        "explain", "The smith must notify the cooper in writing.", "--language", "en", "--json", "--grammar",
        tmp_path / "mine",
    )  # fmt: skip
    assert code == 0
    assert "role_swap.subject_object" in {rule for rule, _, _ in json.loads(out)["proposals"]}
    assert "role_swap.subject_object" not in {rule for rule, _, _ in json.loads(plain[1])["proposals"]}
    use_grammars(())
    assert ("smith", "cooper") not in load_grammar("en").facts(LexiconFacts).role_pairs


def test_a_variety_of_ones_own(tmp_path: Path, nyaris: Command) -> None:
    folder = tmp_path / "en-XA"
    folder.mkdir()
    (folder / "language.yaml").write_text(
        "name: English of here\nextends: en\niso: en\nbcp47: en-XA\nmteb: eng-Latn\n", encoding="utf-8"
    )
    code, out, _ = nyaris(
        "explain", "The tenant must pay the landlord.", "--grammar", folder, "--language", "en-XA", "--json"
    )
    assert code == 0
    assert json.loads(out)["sentence"]["language"] == "en-XA"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("lexicon.yaml", "kinds:\n  person: [smith]\nrole_pears: []\n", "lexicon.yaml:3: role_pears: "),
        ("lexicon.yaml", "role_pairs:\n  - [smith, cooper]\n  - [smith]\n", "lexicon.yaml:3: role_pairs.1"),
        ("lexicon.yaml", "role_pairs: [[a, b]\n", "(line: "),
        ("lexicon.yaml", "- a\n", "a mapping of keys to facts is expected, not a list"),
        ("lexicon.yaml", BOMB, "swells to more than"),
        ("lexicon.yaml", "kinds: &a\n  person: *a\n", "swells to more than"),
        ("lexicon.yaml", "kinds: !!python/object/apply:os.system ['true']\n", "could not determine a constructor"),
        ("lexicon.yaml", "x" * 2_000_001, "more than 2 MB"),
        ("lexcion.yaml", "{}\n", "did you mean 'lexicon'?"),
        ("language.yaml", "extends: en\n", "no other grammar 'en'"),
    ],
)
def test_mistakes_are_named_with_file_line_and_key(
    name: str, content: str, message: str, tmp_path: Path, nyaris: Command
) -> None:
    (tmp_path / "mine" / "en").mkdir(parents=True)
    (tmp_path / "mine" / "en" / name).write_text(content, encoding="utf-8")
    code, _, err = nyaris("explain", "The tenant must pay.", "--grammar", tmp_path / "mine")
    assert code in {1, 2}
    assert message in err
    assert "Traceback" not in err


def test_frames_of_ones_own_and_what_makes_another_run(tmp_path: Path, nyaris: Command) -> None:
    frames = tmp_path / "frames"
    (frames / "en").mkdir(parents=True)
    (frames / "en" / "rice.yaml").write_text(FRAME, encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    arguments = ("generate", tmp_path / "a.txt", "-o", tmp_path / "out", "--frames", frames, "--frames", 2, "--json")
    assert nyaris(*arguments)[0] == 0
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert {"frame.rice.roles", "frame.rice.other"} <= set(manifest["rules"])
    assert str(tmp_path) not in json.dumps(manifest["settings"]), "where a folder lies is nobody's business"
    assert "rice" in nyaris("explain", "The tenant must pay.", "--frames", frames)[1]
    (frames / "en" / "rice.yaml").write_text(FRAME.replace("Aria Mills", "Aria Rice"), encoding="utf-8")
    code, _, err = nyaris(*arguments, "--resume")
    assert code == 2
    assert "other settings (frame-folders" in err


@pytest.mark.parametrize(
    ("surface", "message"),
    [
        ("{{ sellr }} sells the rice to {{ buyer }}.", "'sellr' is undefined; the slots are buyer, seller"),
        ("{{ ''.__class__.__mro__ }}{{ seller }}{{ buyer }}", "getattr is not allowed"),
        ("{{ 'x' * 1000000000 }}{{ seller }}{{ buyer }}", "mul is not allowed"),
        ("{% for a in seller %}{% for b in seller %}x{% endfor %}{% endfor %}{{ buyer }}", "for is not allowed"),
        ("{{ seller|center(1000000000) }}{{ buyer }}", "No filter named 'center'"),
        ("{{ '%999999999d' % 1 }}{{ seller }}{{ buyer }}", "mod is not allowed"),
        ("{% include '/etc/passwd' %}{{ seller }}{{ buyer }}", "include is not allowed"),
        ("{{ seller }}{{ buyer }}" + "x" * 3000, "at most 2,000 are allowed"),
        ("{{ seller", "unexpected end of template"),
    ],
)
def test_templates_fill_in_slots_and_no_more(surface: str, message: str, tmp_path: Path, nyaris: Command) -> None:
    (tmp_path / "en").mkdir()
    broken = FRAME.replace('"{{ seller }} sells the rice to {{ buyer }}."', json.dumps(surface))
    (tmp_path / "en" / "rice.yaml").write_text(broken, encoding="utf-8")
    code, _, err = nyaris("explain", "The tenant must pay.", "--frames", tmp_path)
    assert code == 1
    assert message in err
    assert "rice.yaml" in err


@pytest.mark.parametrize("option", ["--grammar", "--frames"])
def test_an_empty_folder_is_named(option: str, tmp_path: Path, nyaris: Command) -> None:
    code, _, err = nyaris("explain", "The tenant must pay.", option, tmp_path)
    assert code in {1, 2}
    assert str(tmp_path) in err
    assert "expected" in err

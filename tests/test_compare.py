"""`nyaris explain` with two parsers: the trees side by side, and what only one of them leads to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Command

from nyaris.trees.sentence import Sentence
from nyaris.trees.ud import read_conllu

SENTENCE = "The tenant shall pay the rent to the landlord before the due date."


GOLD = """1 The DET 2 det
2 tenant NOUN 4 nsubj
3 shall AUX 4 aux
4 pay VERB 0 root
5 the DET 6 det
6 rent NOUN 4 obj
7 to ADP 9 case
8 the DET 9 det
9 landlord NOUN {place}
10 before ADP 13 case
11 the DET 13 det
12 due ADJ 13 amod
13 date NOUN 4 obl
14 . PUNCT 4 punct"""


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two pipelines that have learnt one tree each: "to the landlord" belongs to the verb, or to the rent."""
    from trained_parsers import train_spacy

    folders = []
    for place in ("4 obl", "6 nmod"):
        rows = [line.split() for line in GOLD.format(place=place).splitlines()]
        lines = [
            "\t".join([number, form, form.lower(), upos, "_", "_", head, rel, "_", "SpaceAfter=No" * (form == "date")])
            for number, form, upos, head, rel in rows
        ]
        tree = next(iter(read_conllu("\n".join(lines) + "\n", "en")))[1]
        folders.append(tmp_path_factory.mktemp("pair"))
        train_spacy([tree] * 40, "en", folders[-1])
    return folders[0], folders[1]


def test_a_difference_is_marked_with_what_it_leads_to(nyaris: Command, pair: tuple[Path, Path]) -> None:
    _, out, _ = nyaris("explain", SENTENCE, "--parser", pair[0], "--parser", pair[1], "--json")
    comparison = json.loads(out)
    (word,) = [word for word in comparison["words"] if word["differs"]]
    assert (word["text"], word["first"]["rel"], word["second"]["rel"]) == ("landlord", "obl", "nmod")
    assert (word["first"]["head"], word["second"]["head"]) == ("pay", "rent")
    first, second = (comparison[side]["proposals"] for side in ("first", "second"))
    assert comparison["only_first"] == [each for each in first if each not in second] != []


def test_people_see_the_mark_and_the_proposals(nyaris: Command, pair: tuple[Path, Path]) -> None:
    code, out, _ = nyaris("explain", SENTENCE, "--parser", pair[0], "--parser", pair[1])
    assert code == 0
    (line,) = [line for line in out.splitlines() if "≠" in line]
    assert "landlord" in line
    assert "1 of 14 words differ" in out


def test_words_that_one_parser_cuts_otherwise_stand_alone() -> None:
    from nyaris.compare import _words

    def tree(*words: str) -> Sentence:
        rows = [
            f"{number}\t{word}\t_\tX\t_\t_\t{number - 1}\tdep\t_\tSpaceAfter=No" for number, word in enumerate(words, 1)
        ]
        return next(iter(read_conllu("\n".join(rows) + "\n", "en")))[1]

    words = _words(tree("can", "not"), tree("cannot"))
    assert [(word.text, word.first is None, word.second is None) for word in words] == [
        ("can", False, True),
        ("cannot", True, False),
        ("not", False, True),
    ]
    assert all(word.differs for word in words)


def test_the_same_parser_twice_differs_in_nothing(nyaris: Command) -> None:
    _, out, _ = nyaris("explain", SENTENCE, "--parser", "bundled", "--parser", "bundled", "--json")
    comparison = json.loads(out)
    assert not any(word["differs"] for word in comparison["words"])
    assert comparison["only_first"] == comparison["only_second"] == []


@pytest.mark.parametrize("parsers", [["en=bundled", "en=bundled", "en=bundled"], ["ms=bundled", "ms=bundled"]])
def test_two_parsers_of_the_language_are_needed(nyaris: Command, parsers: list[str]) -> None:
    options = [word for parser in parsers for word in ("--parser", parser)]
    code, _, err = nyaris("explain", SENTENCE, *options)
    assert code == 2
    assert "give --parser twice for en" in err

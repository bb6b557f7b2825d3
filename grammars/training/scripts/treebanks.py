"""Where the trees come from: public treebanks in one scheme, and the hand-made ones of this folder."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from functools import cache
from pathlib import Path

import english
import indonesian
from conllu import Sentence, read
from malay import Lexicon, translate

HERE = Path(__file__).resolve().parent.parent
SEED = 11


@cache
def public() -> Path:
    """The folder of the public treebanks: NYARIS_TREEBANKS, or assets/, fetched when missing."""
    local = os.environ.get("NYARIS_TREEBANKS", "")
    if local:
        return Path(local)
    folder = HERE / "assets"
    if not any(folder.rglob("*.conllu")):
        command = [sys.executable, "-m", "spacy", "project", "assets", str(HERE)]
        subprocess.run(command, check=True)
    return folder


def ours(language: str, part: str) -> list[Sentence]:
    """The train, dev or test trees of the treebank made for this project."""
    sentences = list(read(HERE / "treebanks" / language / f"{part}.conllu"))
    harmonise = english.harmonise if language == "en" else indonesian.enrich
    return [harmonise(s) for s in sentences]


def english_trees(name: str) -> list[Sentence]:
    """A public English treebank: ewt-train, ewt-dev, ewt-test or pud."""
    return [english.harmonise(s) for s in read(public() / "en" / f"{name}.conllu")]


def indonesian_trees(name: str) -> list[Sentence]:
    """A public Indonesian treebank in the scheme kept for Malay, words as they are."""
    return [indonesian.harmonise(s) for s in read(public() / "id" / f"{name}.conllu")]


def pud_part(sentence: Sentence) -> str:
    """The part a PUD tree belongs to, by its document: two tenths test, one tenth dev."""
    return {0: "test", 5: "test", 1: "dev"}.get(int(sentence.sent_id[1:6]) % 10, "train")


def lexicon() -> Lexicon:
    """The table of Malay words for Indonesian ones."""
    return Lexicon(HERE.parent / "ms" / "indonesian.tsv")


def tests(language: str) -> dict[str, list[Sentence]]:
    """The test sets of a language by name, the treebank made for this project first."""
    if language == "en":
        pud = [s for s in english_trees("pud") if pud_part(s) == "test"]
        return {"legal": ours("en", "test"), "ewt": english_trees("ewt-test"), "pud": pud}
    found = {"malay": ours("ms", "test")}
    table = lexicon()
    pud = [s for s in indonesian_trees("pud") if pud_part(s) == "test"]
    foreign = {"pud": pud, "gsd": indonesian_trees("gsd-test"), "csui": indonesian_trees("csui-test")}
    for name, sentences in foreign.items():
        indonesian.fill_lemmas(sentences, [])
        rng = random.Random(f"{SEED} test-{name}")
        found[f"id-{name}"] = [translate(s, table, rng) for s in sentences]
    return found

"""Rewrite the words of Indonesian trees as Malay ones, case kept."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from conllu import Sentence, Word

CLITICS = ("nya", "lah", "kah", "mu", "ku")
AFFIXED = ("me", "di", "ber", "pe", "ter", "ke", "se")
SECOND = {"VERB": "compound", "PROPN": "flat"}


class Lexicon:
    """Indonesian words with their Malay choices, some for one tag only."""

    def __init__(self, path: Path) -> None:
        """Read the table: indonesian, malay (choices split by |), tag (may be empty)."""
        self.choices: dict[tuple[str, str], list[str]] = {}
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream, delimiter="\t"):
                key = row["indonesian"].lower(), row["tag"] or ""
                self.choices[key] = row["malay"].split("|")

    def lookup(self, form: str, tag: str, rng: random.Random) -> str | None:
        """A Malay word for a lower-case Indonesian one, or None."""
        found = self.choices.get((form, tag)) or self.choices.get((form, ""))
        if found:
            return rng.choice(found)
        left, hyphen, right = form.partition("-")
        if hyphen and left == right and left:
            single = self.lookup(left, tag, rng)
            return f"{single}-{single}" if single and "_" not in single else None
        for clitic in CLITICS:
            base = form.removesuffix(clitic)
            if base != form and len(base) > 2:
                malay = self.lookup(base, tag, rng)
                if malay and not malay.endswith(CLITICS):
                    return malay + clitic
        if form.endswith("itas"):
            return form.removesuffix("as") + "i"
        return None


def translate(sentence: Sentence, lexicon: Lexicon, rng: random.Random) -> Sentence:
    """A copy of the tree with Malay words; a choice of two words adds a dependent."""
    copy = sentence.copy()
    for index in range(len(copy.words) - 1, -1, -1):
        word = copy.words[index]
        malay = lexicon.lookup(word.form.lower(), word.upos, rng)
        if malay is None or malay.lower() == word.form.lower():
            continue
        first, _, second = malay.partition("_")
        _rename(word, first, lexicon, rng)
        if second:
            _insert(copy, index, second)
    return copy


def _rename(word: Word, malay: str, lexicon: Lexicon, rng: random.Random) -> None:
    old = word.form
    if word.lemma == old.lower():
        word.lemma = malay.lower()
    elif word.lemma:
        root = lexicon.lookup(word.lemma, word.upos, rng)
        if root and root not in malay.lower():
            root = None
        derived = malay.startswith(AFFIXED) or malay.endswith(("an", "kan", "i", *CLITICS))
        word.lemma = root or ("" if derived else malay.lower())
        if "_" in word.lemma:
            word.lemma = ""
    if old.isupper() and len(old) > 1 and malay != "RM":
        malay = malay.upper()
    elif old[:1].isupper():
        malay = malay[:1].upper() + malay[1:]
    word.form = malay


def _insert(sentence: Sentence, index: int, form: str) -> None:
    """Put a second word after a word, as its dependent."""
    first = sentence.words[index]
    for word in sentence.words:
        if word.head > index:
            word.head += 1
    tag = "NOUN" if first.upos == "VERB" else first.upos
    if first.form[:1].isupper() and first.upos == "PROPN":
        form = form[:1].upper() + form[1:]
    rel = SECOND.get(first.upos, "nmod")
    sentence.words.insert(index + 1, Word(form, form.lower(), tag, {}, index, rel, first.space))
    first.space = True

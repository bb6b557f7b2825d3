"""Trees written by hand in brackets, with slots, for sentence shapes that treebanks lack.

`[nsubj [det the] $party]` is a phrase: its bare word is the head, the brackets its dependents.
A word or a relation may carry a tag (`due/ADJ`, `conj/VERB`); otherwise the relation gives it. Lines `$slot = a b c`
list the choices of a slot; `a|b|$slot` in a tree is a choice made in place.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from conllu import Sentence, Word

TAGS = {
    "case": "ADP", "aux": "AUX", "aux:pass": "AUX", "cop": "AUX", "mark": "SCONJ", "det": "DET",
    "cc": "CCONJ", "punct": "PUNCT", "nummod": "NUM", "amod": "ADJ", "advmod": "ADV",
    "flat": "PROPN", "fixed": "ADP", "nmod:poss": "PRON", "root": "VERB", "acl:relcl": "VERB",
    "acl": "VERB", "advcl": "VERB", "ccomp": "VERB", "xcomp": "VERB", "csubj": "VERB",
    "parataxis": "VERB",
}  # fmt: skip
TOKEN = re.compile(r"\[|\]|[^\s\[\]]+")
TIGHT_BEFORE = {".", ",", ";", ":", "?", ")", "'s"}


class Reader:
    """Expands the trees of one seed file."""

    def __init__(self, path: Path, finish: Callable[[Word], None]) -> None:
        """Read slots and trees; `finish` adds what the brackets do not say of a word."""
        self.slots: dict[str, list[str]] = {}
        self.trees: list[str] = []
        self.finish = finish
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("$"):
                name, _, choices = line.partition("=")
                self.slots[name.strip()] = choices.split()
            elif line.strip() and not line.startswith("#"):
                self.trees.append(line)

    def expand(self, copies: int, rng: random.Random) -> list[Sentence]:
        """Every tree, several times, with the slots filled at random."""
        return [self.build(tree, rng) for tree in self.trees for _ in range(copies)]

    def build(self, tree: str, rng: random.Random) -> Sentence:
        """One sentence from one bracketed tree."""
        sentence = Sentence("seed")
        tokens = TOKEN.findall(tree)
        position = self._phrase(tokens, 0, "root", sentence, rng)[0]
        if position < len(tokens):
            raise ValueError(f"text after the tree: {tree}")
        words = sentence.words
        words[0].form = words[0].form[:1].upper() + words[0].form[1:]
        for word, after in pairwise(words):
            word.space = after.form not in TIGHT_BEFORE and word.form not in {"(", "RM", "$"}
        words[-1].space = False
        for word in words:
            self.finish(word)
        return sentence

    def _phrase(
        self, tokens: list[str], position: int, rel: str, sentence: Sentence, rng: random.Random
    ) -> tuple[int, int]:
        """Read words and phrases up to a closing bracket; return the position and the head."""
        below: list[int] = []
        head = -1
        while position < len(tokens) and tokens[position] != "]":
            if tokens[position] == "[":
                inner = tokens[position + 1]
                position, child = self._phrase(tokens, position + 2, inner, sentence, rng)
                below.append(child)
                position += 1
                continue
            if head >= 0:
                raise ValueError(f"two heads in one phrase: {' '.join(tokens)}")
            head = len(sentence.words)
            sentence.words.append(self._word(tokens[position], rel, head, rng))
            position += 1
        for child in below:
            sentence.words[child].head = head
        if head < 0:
            raise ValueError(f"no head in: {' '.join(tokens)}")
        return position, head

    def _word(self, token: str, rel: str, index: int, rng: random.Random) -> Word:
        form, _, tag = token.partition("/")
        rel, _, rel_tag = rel.partition("/")
        form = rng.choice([word for choice in form.split("|") for word in self.slots.get(choice, [choice])])
        default = "PUNCT" if rel == "punct" else TAGS.get(rel, "NOUN")
        return Word(form, "", tag or rel_tag or default, {}, index, rel)

"""Read CoNLL-U sentences into plain objects and turn them into spaCy docs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab


@dataclass
class Word:
    """One syntactic word; `head` is an index into the sentence, its own index at the root."""

    form: str
    lemma: str
    upos: str
    feats: dict[str, str]
    head: int
    rel: str
    space: bool = True


@dataclass
class Sentence:
    """A tree with its id; `ranges` holds the (first, last) words of multiword tokens."""

    sent_id: str
    words: list[Word] = field(default_factory=list)
    ranges: list[tuple[int, int, str]] = field(default_factory=list)

    def children(self, index: int) -> list[int]:
        """Indices of the dependents of a word, left to right."""
        return [i for i, w in enumerate(self.words) if w.head == index and i != index]

    def root(self) -> int:
        """Index of the root."""
        return next(i for i, w in enumerate(self.words) if w.head == i)

    def copy(self) -> Sentence:
        """A copy whose words can be changed freely."""
        words = [Word(w.form, w.lemma, w.upos, dict(w.feats), w.head, w.rel, w.space) for w in self.words]
        return Sentence(self.sent_id, words, list(self.ranges))


def _feats(column: str) -> dict[str, str]:
    if column == "_":
        return {}
    return dict(pair.split("=", 1) for pair in column.split("|"))


def _sentence(block: str) -> Sentence:
    sentence = Sentence("")
    for line in block.splitlines():
        if line.startswith("# sent_id = "):
            sentence.sent_id = line.removeprefix("# sent_id = ")
        if not line or line.startswith("#"):
            continue
        cols = line.split("\t")
        space = "SpaceAfter=No" not in cols[9]
        if "-" in cols[0]:
            first, last = (int(n) - 1 for n in cols[0].split("-"))
            sentence.ranges.append((first, last, "" if space else "No"))
            continue
        if "." in cols[0]:
            continue
        index, head = int(cols[0]) - 1, int(cols[6]) - 1
        lemma = "" if cols[2] == "_" and cols[1] != "_" else cols[2]
        sentence.words.append(
            Word(
                form=cols[1],
                lemma=lemma,
                upos=cols[3],
                feats=_feats(cols[5]),
                head=index if head < 0 else head,
                rel=cols[7],
                space=space,
            )
        )
    for first, last, no_space in sentence.ranges:
        for word in sentence.words[first:last]:
            word.space = False
        sentence.words[last].space = not no_space
    return sentence


def read(path: Path) -> Iterator[Sentence]:
    """Sentences of a CoNLL-U file; words inside a multiword token carry no space."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        if block.strip():
            yield _sentence(block)


def drop(sentence: Sentence, gone: set[int]) -> None:
    """Remove words; the dependents of a removed word move to its nearest kept ancestor."""
    words = sentence.words
    for i, word in enumerate(words):
        if i not in gone:
            while word.head in gone:
                word.head = words[word.head].head
    kept = [i for i in range(len(words)) if i not in gone]
    new = {old: n for n, old in enumerate(kept)}
    sentence.words = [words[i] for i in kept]
    for word in sentence.words:
        word.head = new[word.head]


def to_doc(sentence: Sentence, vocab: Vocab) -> Doc:
    """A spaCy doc with the annotation of the tree; unknown lemmas stay unset."""
    words = sentence.words
    return Doc(
        vocab,
        words=[w.form for w in words],
        spaces=[w.space for w in words],
        pos=[w.upos for w in words],
        morphs=["|".join(f"{k}={v}" for k, v in sorted(w.feats.items())) for w in words],
        lemmas=[w.lemma for w in words],
        heads=[w.head for w in words],
        deps=["ROOT" if w.rel == "root" else w.rel for w in words],
        sent_starts=[i == 0 for i in range(len(words))],
    )

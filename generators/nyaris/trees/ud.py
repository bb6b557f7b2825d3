"""CoNLL-U in, sentences out: the format of tests, treebanks and hand-made trees."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from nyaris.errors import NyarisError
from nyaris.trees.sentence import Sentence, Token

RELATIONS = frozenset(
    "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl "
    "fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root "
    "vocative xcomp".split()
)


SUBTYPES = frozenset({"nsubj:pass", "csubj:pass", "aux:pass", "obl:agent", "acl:relcl", "nmod:poss"})
"""The subtypes that rules know; treebanks differ in the others."""


def plain_relation(label: str) -> str:
    """A parser's label as the rules know it: "ROOT" is "root", and "obl:unmarked" is "obl"."""
    return "root" if label == "ROOT" else label if label in SUBTYPES else label.partition(":")[0]


@cache
def parse_feats(column: str) -> tuple[tuple[str, str], ...]:
    """ "Number=Plur|Voice=Act" as pairs."""
    if column in {"", "_"}:
        return ()
    return tuple((name, value) for name, _, value in (item.partition("=") for item in column.split("|")))


def read_conllu(text: str, language: str) -> Iterator[tuple[list[tuple[str, str]], Sentence]]:
    """Yield the comments ("# key = value", in order) and the tree of every block.

    A multiword token is kept as one token: it takes the syntax of its first word that hangs outside of it.
    Raises NyarisError with the line number of a malformed line.
    """
    comments: list[tuple[str, str]] = []
    rows: list[list[str]] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            comments.append((key.strip(), value.strip()))
        elif line.strip():
            columns = line.split("\t")
            if len(columns) != 10:
                raise NyarisError(f"CoNLL-U line {number}: {len(columns)} columns where 10 tab-separated ones belong")
            rows.append(columns)
        elif rows:
            yield comments, _sentence(rows, language)
            comments, rows = [], []


def _sentence(rows: list[list[str]], language: str) -> Sentence:
    words = _merge_multiword([row for row in rows if "." not in row[0]])
    position = {word_id: index for index, (ids, _) in enumerate(words) for word_id in ids}
    tokens: list[Token] = []
    text = ""
    for index, (_, row) in enumerate(words):
        start = len(text)
        text += row[1]
        head = -1 if row[6] == "0" else position[row[6]]
        lemma = row[2] if row[2] != "_" else row[1].lower()
        tokens.append(Token(index, row[1], start, len(text), lemma, row[3], parse_feats(row[5]), head, row[7]))
        if "SpaceAfter=No" not in row[9]:
            text += " "
    return Sentence(text.rstrip(), tuple(tokens), language, 0, len(text.rstrip()))


def _merge_multiword(rows: list[list[str]]) -> list[tuple[list[str], list[str]]]:
    merged: list[tuple[list[str], list[str]]] = []
    index = 0
    while index < len(rows):
        row = rows[index]
        if "-" not in row[0]:
            merged.append(([row[0]], row))
            index += 1
            continue
        first, last = (int(part) for part in row[0].split("-"))
        parts = rows[index + 1 : index + 2 + last - first]
        ids = [part[0] for part in parts]
        outer = next(part for part in parts if part[6] not in ids)
        merged.append((ids, [outer[0], row[1], *outer[2:9], row[9]]))
        index += 1 + len(parts)
    return merged

"""Parse running text with the teacher: its trees become a training corpus for the small pipeline.

The text is that of `silver.py`, from the folder NYARIS_TEXT. A sentence whose likeliest heads make no tree is left
out; words whose head and relation the teacher is unsure of stay open, and training leaves them out.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import spacy
import torch
from network import Reader, Teacher, encoder_folder, load
from silver import sentences
from spacy.tokens import Doc, DocBin
from tokenization import adapt
from treebanks import HERE

WORDS = 3000
SURE = 0.5
"""The least probability of head and relation together."""


def is_tree(heads: Sequence[int]) -> bool:
    """Whether heads (from 1; 0: the root) lead from every word to one root."""
    if sum(h == 0 for h in heads) != 1:
        return False
    for start in range(len(heads)):
        seen, at = 0, start + 1
        while at and seen <= len(heads):
            at, seen = heads[at - 1], seen + 1
        if at:
            return False
    return True


def parsed(teacher: Teacher, reader: Reader, docs: Sequence[Doc]) -> Iterator[Doc | None]:
    """A new doc for each, with tags, features and tree; None where there is no tree."""
    batch = reader([[t.text for t in d] for d in docs])
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        arcs, labels, tags, feats = teacher(batch)
    sure, heads = arcs.softmax(2).max(2)
    chosen = heads[:, None, :, None].expand(-1, labels.shape[1], -1, 1)
    labelled, relations = labels.gather(3, chosen).squeeze(3).softmax(1).max(1)
    sure = sure * labelled
    names = teacher.labels
    for n, doc in enumerate(docs):
        found = heads[n, : len(doc)].tolist()
        if not is_tree(found):
            yield None
            continue
        known = [names.relations[r] if p >= SURE else "" for r, p in zip(relations[n], sure[n], strict=True)]
        yield Doc(
            doc.vocab,
            words=[t.text for t in doc],
            spaces=[bool(t.whitespace_) for t in doc],
            pos=[names.tags[i] for i in tags[n, : len(doc)].argmax(1)],
            morphs=[names.feats[i] for i in feats[n, : len(doc)].argmax(1)],
            heads=[h - 1 if h else i for i, h in enumerate(found)],
            deps=known[: len(doc)],
            sent_starts=[i == 0 for i in range(len(doc))],
        )


def main() -> None:
    """Write corpus/LANGUAGE/train/silver.spacy; without a text folder, say so and write nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language")
    parser.add_argument("--count", type=int, default=20000, help="sentences to parse")
    args = parser.parse_args()
    folder = os.environ.get("NYARIS_TEXT", "")
    if not folder:
        print("NYARIS_TEXT is not set: no silver trees, the pipeline learns from the treebanks alone", file=sys.stderr)
        return
    nlp = spacy.blank(args.language)
    adapt(nlp)
    teacher, reader = load(HERE / "training" / f"{args.language}-teacher"), Reader(encoder_folder())
    plain = sorted(sentences(Path(folder), nlp, args.count), key=len)
    kept: list[Doc] = []
    group: list[Doc] = []
    for doc in plain:
        group.append(doc)
        if doc is plain[-1] or len(group) * (len(doc) + 2) > WORDS:
            kept += [d for d in parsed(teacher, reader, group) if d is not None]
            group = []
    attrs = ["ORTH", "SPACY", "POS", "MORPH", "HEAD", "DEP", "SENT_START"]
    DocBin(attrs=attrs, docs=kept).to_disk(HERE / "corpus" / args.language / "train" / "silver.spacy")
    words, open_words = sum(map(len, kept)), sum(not t.dep for d in kept for t in d)
    print(f"silver: {len(kept)} of {len(plain)} sentences, {words} words, {open_words} of them open")


if __name__ == "__main__":
    main()

"""Parse running text with two pipelines: what they agree on becomes a training corpus.

NYARIS_TEXT names a folder of plain text (.txt or .txt.gz). A file belongs to a language when a
part of its path below that folder starts with the code: ms/x.txt, bulk/ms.txt.gz. Words whose head
or relation the pipelines see differently stay open; training leaves them out.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import spacy
from finish import finish
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from treebanks import HERE, SEED, ours

from nyaris.grammar import load_grammar
from nyaris.reading.segment import segment

CLEAN = re.compile(r"[A-Z“\"(][^|<>{}_~^\\/=]*[.;:?!”\"]")
FEWEST, MOST = 5, 35
AGREED = 0.8
"""The share of words that both pipelines must hang alike for the sentence to be kept."""


def files(folder: Path, language: str) -> list[Path]:
    """The text files of a language."""
    found = (p for p in folder.rglob("*") if p.name.endswith((".txt", ".txt.gz")))
    return sorted(p for p in found if language in {re.split(r"[.-]", x)[0] for x in p.relative_to(folder).parts})


def text(path: Path) -> str:
    """The text of a plain or compressed file."""
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
    return path.read_text(encoding="utf-8", errors="replace")


def key(sentence: str) -> str:
    """What two copies of a sentence share: letters in lower case, figures made alike, no blanks."""
    return re.sub(r"\W+", "", re.sub(r"\d+", "0", sentence.lower()))


def is_clean(words: list[str]) -> bool:
    """A whole sentence of a fair length, most of it words, not letter-spaced, not in capitals."""
    letters = [w for w in words if w.replace("-", "").isalpha()]
    long = [w for w in letters if len(w) > 1]
    capitals = sum(w.isupper() for w in long)
    fair = FEWEST <= len(words) <= MOST and len(letters) > 0.7 * len(words)
    return fair and len(long) > 0.9 * len(letters) and capitals < 0.2 * len(long)


def sentences(folder: Path, nlp: Language, count: int) -> Iterator[Doc]:
    """A random choice of clean sentences, none of them in a development or test set of ours."""
    language = nlp.lang or ""
    grammar = load_grammar(language)
    rng = random.Random(SEED)
    held = (s for part in ("dev", "test") for s in ours(language, part))
    seen = {key(" ".join(w.form for w in s.words)) for s in held}
    chosen: list[str] = []
    for path in files(folder, language):
        paragraphs = re.split(r"\n\s*\n", text(path))
        chosen += rng.sample(paragraphs, min(len(paragraphs), 3 * count))
    rng.shuffle(chosen)
    for paragraph in chosen:
        for unit in segment(paragraph, grammar):
            if not CLEAN.fullmatch(unit.text) or key(unit.text) in seen:
                continue
            doc = nlp.make_doc(unit.text)
            if is_clean([t.text for t in doc]):
                seen.add(key(unit.text))
                yield doc
                count -= 1
                if not count:
                    return


def agreed(first: Doc, second: Doc) -> Doc | None:
    """The first tree, open where the second differs; None where too much of it is open."""
    same = [a.head.i == b.head.i and a.dep_ == b.dep_ for a, b in zip(first, second, strict=True)]
    if sum(same) < AGREED * len(same):
        return None
    pairs = list(zip(first, second, strict=True))
    return Doc(
        first.vocab,
        words=[t.text for t in first],
        spaces=[bool(t.whitespace_) for t in first],
        pos=[a.pos_ if a.pos_ == b.pos_ else "" for a, b in pairs],
        morphs=[str(a.morph) if a.pos_ == b.pos_ else "" for a, b in pairs],
        heads=[t.head.i for t in first],
        deps=[t.dep_ if s else "" for t, s in zip(first, same, strict=True)],
        sent_starts=[t.i == 0 for t in first],
    )


def main() -> None:
    """Write corpus/LANGUAGE/train/silver.spacy; without a text folder, say so and write nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pipelines", type=Path, nargs=2, help="the better one first")
    parser.add_argument("--count", type=int, default=20000, help="sentences to parse")
    args = parser.parse_args()
    folder = os.environ.get("NYARIS_TEXT", "")
    if not folder:
        print("NYARIS_TEXT is not set: no silver trees, the pipeline learns from the treebanks alone", file=sys.stderr)
        return
    first, second = (spacy.load(path) for path in args.pipelines)
    finish(first)
    finish(second)
    plain = list(sentences(Path(folder), first, args.count))
    copies = [Doc(second.vocab, words=[t.text for t in d], spaces=[bool(t.whitespace_) for t in d]) for d in plain]
    trees = (agreed(a, b) for a, b in zip(first.pipe(plain), second.pipe(copies), strict=True))
    kept = [tree for tree in trees if tree is not None]
    attrs = ["ORTH", "SPACY", "POS", "MORPH", "HEAD", "DEP", "SENT_START"]
    DocBin(attrs=attrs, docs=kept).to_disk(HERE / "corpus" / (first.lang or "") / "train" / "silver.spacy")
    words, open_words = sum(map(len, kept)), sum(not t.dep for d in kept for t in d)
    print(f"silver: {len(kept)} of {len(plain)} sentences, {words} words, {open_words} of them open")


if __name__ == "__main__":
    main()

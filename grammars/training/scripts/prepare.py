"""Write the training, development and test corpora of both languages."""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import english
import indonesian
import spacy
from augment import variants
from conllu import Sentence, read, to_doc
from malay import Lexicon, translate
from seeds import Reader
from spacy.tokens import DocBin

HERE = Path(__file__).resolve().parent.parent
SEED = 11


def treebanks() -> Path:
    """The folder of the treebanks: NYARIS_TREEBANKS, or assets/, fetched when missing."""
    local = os.environ.get("NYARIS_TREEBANKS", "")
    if local:
        return Path(local)
    folder = HERE / "assets"
    if not any(folder.rglob("*.conllu")):
        command = [sys.executable, "-m", "spacy", "project", "assets", str(HERE)]
        subprocess.run(command, check=True)
    return folder


def save(lang: str, name: str, sentences: Iterable[Sentence]) -> None:
    """Write one corpus, one sentence per doc."""
    vocab = spacy.blank(lang).vocab
    docs = [to_doc(sentence, vocab) for sentence in sentences]
    path = HERE / "corpus" / lang / f"{name}.spacy"
    path.parent.mkdir(parents=True, exist_ok=True)
    attrs = ["ORTH", "SPACY", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START"]
    DocBin(attrs=attrs, docs=docs).to_disk(path)
    print(f"{lang}/{name}: {len(docs)} sentences, {sum(map(len, docs))} tokens")


def prepare_en(folder: Path) -> None:
    """English: EWT for training and tests, PUD for tests."""
    rng = random.Random(SEED)

    def trees(name: str) -> list[Sentence]:
        return [english.harmonise(s) for s in read(folder / "en" / f"{name}.conllu")]

    ewt = trees("ewt-train")
    seeds = Reader(HERE / "seeds" / "en.txt", english.finisher(ewt)).expand(12, rng)
    dev = trees("ewt-dev")
    save("en", "train", [v for s in ewt for v in variants(s, rng, unknown=0.1)] + seeds)
    save("en", "dev", random.Random(SEED).sample(dev, 500))
    save("en", "test-ewt", trees("ewt-test"))
    save("en", "test-pud", trees("pud"))


def pud_part(sentence: Sentence) -> str:
    """The part a PUD tree belongs to, by its document: two tenths test, one tenth dev."""
    return {0: "test", 5: "test", 1: "dev"}.get(int(sentence.sent_id[1:6]) % 10, "train")


def prepare_ms(folder: Path) -> None:
    """Malay: the Indonesian trees in one scheme, their words made Malay."""
    rng = random.Random(SEED)
    lexicon = Lexicon(HERE.parent / "ms" / "indonesian.tsv")

    def trees(name: str) -> list[Sentence]:
        return [indonesian.harmonise(s) for s in read(folder / "id" / f"{name}.conllu")]

    old, gsd, csui = trees("gsd-train-2017"), trees("gsd-dev"), trees("csui-train")
    pud = {p: [s for s in trees("pud") if pud_part(s) == p] for p in ("train", "dev", "test")}
    new = gsd[150:] + csui[50:] + pud["train"]
    indonesian.fill_lemmas(old + new, new)
    tests = {"test-pud": pud["test"], "test-gsd": trees("gsd-test"), "test-csui": trees("csui-test")}
    tests["dev"] = gsd[:150] + csui[:50] + pud["dev"]
    seeds = Reader(HERE / "seeds" / "ms.txt", indonesian.finish).expand(12, rng)
    train = [translate(s, lexicon, rng) for s in old + new + new]
    indonesian.fill_lemmas(seeds, train)
    save("ms", "train", [v for s in train for v in variants(s, rng, unknown=0.3)] + seeds)
    for name, sentences in tests.items():
        indonesian.fill_lemmas(sentences, [])
        rng = random.Random(f"{SEED} {name}")
        save("ms", name, [translate(s, lexicon, rng) for s in sentences])


def main() -> None:
    """Prepare the languages named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("languages", nargs="*", default=["en", "ms"])
    languages = parser.parse_args().languages
    folder = treebanks()
    if "en" in languages:
        prepare_en(folder)
    if "ms" in languages:
        prepare_ms(folder)


if __name__ == "__main__":
    main()

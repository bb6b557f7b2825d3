"""Write the training and development corpora of both languages."""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable

import english
import indonesian
import spacy
from augment import variants
from conllu import Sentence, to_doc
from malay import translate
from seeds import Reader
from spacy.tokens import DocBin
from treebanks import HERE, SEED, english_trees, indonesian_trees, lexicon, ours, pud_part

COPIES = {"en": 8, "ms": 30}
"""How often a tree of the treebank made for this project is used, against one tree of the public ones."""


def save(lang: str, name: str, sentences: Iterable[Sentence]) -> None:
    """Write one corpus, one sentence per doc."""
    vocab = spacy.blank(lang).vocab
    docs = [to_doc(sentence, vocab) for sentence in sentences]
    path = HERE / "corpus" / lang / f"{name}.spacy"
    path.parent.mkdir(parents=True, exist_ok=True)
    attrs = ["ORTH", "SPACY", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START"]
    DocBin(attrs=attrs, docs=docs).to_disk(path)
    print(f"{lang}/{name}: {len(docs)} sentences, {sum(map(len, docs))} tokens")


def varied(sentences: Iterable[Sentence], rng: random.Random, unknown: float) -> list[Sentence]:
    """Each tree with its altered copies."""
    return [v for s in sentences for v in variants(s, rng, unknown=unknown)]


def prepare_en() -> None:
    """English: EWT, PUD by document, and the legal trees."""
    rng = random.Random(SEED)
    ewt, pud, legal = english_trees("ewt-train"), english_trees("pud"), ours("en", "train")
    general = ewt + [s for s in pud if pud_part(s) == "train"]
    seeds = Reader(HERE / "seeds" / "en.txt", english.finisher(ewt)).expand(12, rng)
    save("en", "teacher", general + legal * 3)
    save("en", "train/trees", varied(general, rng, 0.1) + varied(legal * COPIES["en"], rng, 0.1) + seeds)
    dev = random.Random(SEED).sample(english_trees("ewt-dev"), 500)
    save("en", "dev", dev + [s for s in pud if pud_part(s) == "dev"] + ours("en", "dev"))


def prepare_ms() -> None:
    """Malay: our trees, and Indonesian trees in one scheme, their words made Malay."""
    rng = random.Random(SEED)
    table, malay = lexicon(), ours("ms", "train")
    gsd, csui, pud = (indonesian_trees(name) for name in ("gsd-dev", "csui-train", "pud"))
    old = indonesian_trees("gsd-train-2017")
    new = gsd[150:] + csui[50:] + [s for s in pud if pud_part(s) == "train"]
    indonesian.fill_lemmas(old + new, new)
    seeds = Reader(HERE / "seeds" / "ms.txt", indonesian.finish).expand(12, rng)
    train = [translate(s, table, rng) for s in old + new + new]
    indonesian.fill_lemmas(seeds, train + malay)
    save("ms", "train/trees", varied(train, rng, 0.3) + varied(malay * COPIES["ms"], rng, 0.3) + seeds)
    foreign = gsd[:150] + csui[:50] + [s for s in pud if pud_part(s) == "dev"]
    indonesian.fill_lemmas(foreign, [])
    rng = random.Random(f"{SEED} dev")
    save("ms", "dev", [translate(s, table, rng) for s in foreign] + ours("ms", "dev") * 3)


def main() -> None:
    """Prepare the languages named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("languages", nargs="*", default=["en", "ms"])
    languages = parser.parse_args().languages
    if "en" in languages:
        prepare_en()
    if "ms" in languages:
        prepare_ms()


if __name__ == "__main__":
    main()

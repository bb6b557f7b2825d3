"""Score a pipeline on gold words: tags, lemmas, attachment, and F1 of each relation.

The test sets are read from the treebanks as they stand, so nothing has to be prepared or trained.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import spacy
from card import table
from conllu import to_doc
from finish import finish
from spacy.language import Language
from spacy.tokens import Doc, Token
from treebanks import HERE, tests

RELATIONS = (
    "root", "nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "case", "advmod", "aux",
    "aux:pass", "cop", "mark", "advcl", "conj", "cc", "nummod", "acl:relcl", "acl", "nmod",
    "nmod:poss", "det", "amod", "xcomp", "ccomp", "csubj", "appos", "flat", "compound", "fixed",
    "parataxis", "punct",
)  # fmt: skip


def parse(nlp: Language, gold: Sequence[Doc]) -> tuple[list[Doc], float]:
    """Parse the gold words; return the docs and the processor time it took, in seconds."""
    docs = [Doc(nlp.vocab, words=[t.text for t in g], spaces=[bool(t.whitespace_) for t in g]) for g in gold]
    start = time.process_time()
    parsed = list(nlp.pipe(docs))
    return parsed, time.process_time() - start


def relation(token: Token) -> str:
    """The relation of a word in UD terms."""
    return "root" if token.dep_ == "ROOT" else token.dep_


def score(nlp: Language, gold: Sequence[Doc]) -> dict[str, Any]:
    """All figures for one test set; attachment leaves out punctuation."""
    parsed, seconds = parse(nlp, gold)
    hits: Counter[str] = Counter()
    right: Counter[str] = Counter()
    predicted: Counter[str] = Counter()
    expected: Counter[str] = Counter()
    for gold_doc, doc in zip(gold, parsed, strict=True):
        hits["one root"] += sum(t.head.i == t.i for t in doc) == 1
        for a, b in zip(gold_doc, doc, strict=True):
            hits["words"] += 1
            hits["upos"] += a.pos_ == b.pos_
            hits["lemmas"] += bool(a.lemma_)
            hits["lemma"] += bool(a.lemma_) and a.lemma_ == b.lemma_
            expected[relation(a)] += 1
            predicted[relation(b)] += 1
            right[relation(a)] += a.head.i == b.head.i and a.dep_ == b.dep_
            if a.pos_ != "PUNCT":
                hits["arcs"] += 1
                hits["uas"] += a.head.i == b.head.i
                hits["las"] += a.head.i == b.head.i and a.dep_ == b.dep_
    f1 = {r: round(200 * right[r] / (expected[r] + predicted[r]), 1) for r in RELATIONS if expected[r] + predicted[r]}
    return {
        "sentences": len(gold),
        "words": hits["words"],
        "upos": round(100 * hits["upos"] / hits["words"], 1),
        "lemma": round(100 * hits["lemma"] / max(hits["lemmas"], 1), 1),
        "uas": round(100 * hits["uas"] / hits["arcs"], 1),
        "las": round(100 * hits["las"] / hits["arcs"], 1),
        "one_root": round(100 * hits["one root"] / len(gold), 1),
        "words_per_second": round(hits["words"] / seconds),
        "f1": f1,
        "gold_count": {r: expected[r] for r in f1},
    }


def main() -> None:
    """Score a pipeline on every test set of its language and write the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language", choices=["en", "ms"])
    parser.add_argument("pipeline", type=Path, nargs="?", help="default: the bundled one")
    parser.add_argument("--output", type=Path, help="default: scores/LANGUAGE.json")
    args = parser.parse_args()
    nlp = spacy.load(args.pipeline or HERE.parent / args.language / "pipeline")
    finish(nlp)
    scores: dict[str, dict[str, Any]] = {}
    for name, sentences in tests(args.language).items():
        scores[name] = score(nlp, [to_doc(s, nlp.vocab) for s in sentences])
    print(*table(scores), sep="\n")
    output = args.output or HERE / "scores" / f"{args.language}.json"
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

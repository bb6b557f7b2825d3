"""Harmonise the English treebanks to the label set of the grammar rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from conllu import Sentence, Word

KEPT = {"nsubj:pass", "csubj:pass", "aux:pass", "obl:agent", "acl:relcl", "nmod:poss"}
FEATS = {
    "Case", "Definite", "Degree", "Gender", "Mood", "Number", "NumType", "Person",
    "Polarity", "Poss", "PronType", "Reflex", "Tense", "VerbForm", "Voice",
}  # fmt: skip
PRESENT = {"Mood": "Ind", "Number": "Sing", "Person": "3", "Tense": "Pres", "VerbForm": "Fin"}


def harmonise(sentence: Sentence) -> Sentence:
    """Cut relations and features to the common set; mark the by-agents of passives."""
    words = sentence.words
    for i, word in enumerate(words):
        if word.rel not in KEPT:
            word.rel = word.rel.split(":")[0]
        word.feats = {k: v for k, v in word.feats.items() if k in FEATS}
        if word.rel == "obl" and _is_agent(sentence, i):
            word.rel = "obl:agent"
    return sentence


def _is_agent(sentence: Sentence, index: int) -> bool:
    words = sentence.words
    head = words[index].head
    passive = any(words[c].rel in {"aux:pass", "nsubj:pass"} for c in sentence.children(head))
    by = any(words[c].rel == "case" and words[c].form.lower() == "by" for c in sentence.children(index))
    named = words[index].upos in {"NOUN", "PROPN", "PRON"}
    return passive and by and named and index > head


def finisher(known: Iterable[Sentence]) -> Callable[[Word], None]:
    """A function that gives a word the commonest features and lemma of its form and tag."""
    seen: defaultdict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    for sentence in known:
        for word in sentence.words:
            feats = "|".join(f"{k}={v}" for k, v in sorted(word.feats.items()))
            seen[word.form.lower(), word.upos][feats, word.lemma.lower()] += 1

    def finish(word: Word) -> None:
        counts = seen.get((word.form.lower(), word.upos))
        if counts:
            feats, word.lemma = counts.most_common(1)[0][0]
            word.feats = dict(pair.split("=") for pair in feats.split("|") if pair)
        elif word.upos == "NOUN":
            word.feats, word.lemma = {"Number": "Sing"}, word.form.lower()
        elif word.upos == "NUM":
            word.feats, word.lemma = {"NumType": "Card"}, word.form
        elif word.upos == "VERB" and word.form.endswith("s"):
            word.feats = dict(PRESENT)

    return finish

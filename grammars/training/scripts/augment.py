"""Extra copies of training trees that look like contracts, notices and headings."""

from __future__ import annotations

import random
from collections.abc import Iterator

from conllu import Sentence, drop

OPEN = {"NOUN", "VERB", "ADJ", "ADV", "PROPN"}
SYLLABLES = [c + v for c in "bdgjklmnprstw" for v in "aeiou"]


def variants(sentence: Sentence, rng: random.Random, unknown: float = 0.0) -> Iterator[Sentence]:
    """The tree itself, and for about half of the trees one altered copy.

    For a share of the trees, another copy has unknown words.
    """
    yield sentence
    if len(sentence.words) < 5:
        return
    if rng.random() < unknown:
        yield strange(sentence, rng)
    chance = rng.random()
    if chance < 0.25:
        yield as_contract(capitalised(sentence, rng), rng)
    elif chance < 0.40:
        yield unstopped(sentence)
    elif chance < 0.50:
        yield as_contract(unstopped(capitalised(sentence, rng)), rng)


def capitalised(sentence: Sentence, rng: random.Random) -> Sentence:
    """Write some common nouns, and their modifiers, as defined terms are written."""
    copy = sentence.copy()
    share = rng.choice((0.3, 0.6, 0.9))
    for i, word in enumerate(copy.words):
        if word.upos == "NOUN" and rng.random() < share:
            word.form = _title(word.form)
            for child in copy.children(i):
                other = copy.words[child]
                if other.rel in {"compound", "amod"} and abs(child - i) == 1 and rng.random() < 0.7:
                    other.form = _title(other.form)
    return copy


def _title(form: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in form.split("-"))


def unstopped(sentence: Sentence) -> Sentence:
    """Leave out the final full stop, or put one where there was none."""
    copy = sentence.copy()
    last = len(copy.words) - 1
    if copy.words[last].form in {".", ";", ":"} and not copy.children(last):
        drop(copy, {last})
    return copy


def strange(sentence: Sentence, rng: random.Random) -> Sentence:
    """Put made-up words, with the same beginnings and ends, for a third of the open class."""
    copy = sentence.copy()
    for word in copy.words:
        if word.upos in OPEN and word.form.isalpha() and rng.random() < 0.35:
            keep = 3 if len(word.form) > 7 else 1
            middle = "".join(rng.choices(SYLLABLES, k=max(1, (len(word.form) - 2 * keep) // 2)))
            word.form = word.form[:keep] + middle + word.form[-3:]
            word.lemma = ""
    return copy


def as_contract(sentence: Sentence, rng: random.Random) -> Sentence:
    """Let modals be `shall`, as contracts have them."""
    for word in sentence.words:
        if word.rel == "aux" and word.form in {"will", "must", "should"} and rng.random() < 0.6:
            word.form = word.lemma = "shall"
    return sentence

"""Parsers that tests train: they know a sample of the cases by heart, in every way that a user's parser may come.

The sample is the same for all of them, so that what they make of it can be compared.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from nyaris.trees.sentence import Sentence
from nyaris.trees.ud import read_conllu

CASES = Path(__file__).parent / "cases"
ENDINGS = {"en": ("n't", "'s", "’s"), "ms": ()}
PER_TOPIC = 3


_EMBED = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "width": 64,
    "depth": 2,
    "embed_size": 1000,
    "window_size": 1,
    "maxout_pieces": 2,
    "subword_features": True,
    "pretrained_vectors": None,
}
_LISTEN = {"@architectures": "spacy.Tok2VecListener.v1", "width": 64}
_PARSE = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "parser",
    "extra_state_tokens": False,
    "hidden_width": 32,
    "maxout_pieces": 2,
    "use_upper": False,
    "nO": None,
    "tok2vec": _LISTEN,
}


def sample(code: str) -> list[Sentence]:
    """The first cases of each topic that rules make something of, each text once."""
    found: dict[str, Sentence] = {}
    for path in sorted((CASES / code).glob("*.conllu")):
        made = [
            sentence
            for comments, sentence in read_conllu(path.read_text(encoding="utf-8"), code)
            if any(key == "makes" for key, _ in comments) and sentence.text not in found
        ]
        found |= {sentence.text: sentence for sentence in made[:PER_TOPIC]}
    return list(found.values())


def train_spacy(sentences: Iterable[Sentence], lang: str, folder: Path) -> None:
    """A spaCy pipeline with tags, features, lemmas and trees, made by heart from the sentences."""
    import spacy
    from spacy.training import Example
    from thinc.util import fix_random_seed

    fix_random_seed(0)
    nlp = spacy.blank(lang)
    nlp.add_pipe("tok2vec", config={"model": _EMBED})
    nlp.add_pipe("morphologizer", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": _LISTEN}})
    edits = {"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": _LISTEN}, "min_tree_freq": 1}
    nlp.add_pipe("trainable_lemmatizer", config=edits)
    nlp.add_pipe("parser", config={"model": _PARSE, "min_action_freq": 1})
    examples = [Example(nlp.make_doc(each.text), _doc(nlp, each)) for each in sentences]
    optimizer = nlp.initialize(lambda: examples)
    shuffler = random.Random(0)
    for _ in range(30):
        shuffler.shuffle(examples)
        for start in range(0, len(examples), 8):
            nlp.update(examples[start : start + 8], sgd=optimizer, drop=0.0)
    nlp.to_disk(folder)


def _doc(nlp: Any, sentence: Sentence) -> Any:
    from spacy.tokens import Doc

    tokens = sentence.tokens
    return Doc(
        nlp.vocab,
        words=[token.text for token in tokens],
        spaces=[sentence.text[token.end : token.end + 1] == " " for token in tokens],
        pos=[token.upos for token in tokens],
        morphs=["|".join(f"{name}={value}" for name, value in token.feats) for token in tokens],
        lemmas=[token.lemma for token in tokens],
        heads=[token.head if token.head >= 0 else token.index for token in tokens],
        deps=["ROOT" if token.rel == "root" else token.rel for token in tokens],
    )


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """What the workers of a test run share: the first one makes it, the others wait."""
    from filelock import FileLock

    done = folder / "done"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if not done.exists():
            make(folder)
            done.touch()
    return folder

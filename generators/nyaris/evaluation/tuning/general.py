"""General training pairs: from a file or dataset of pairs, or from the user's own documents.

Most users have documents and no pairs. A document gives three kinds: a heading and the passage under it, a sentence
and the passage that it was taken out of (the inverse cloze task, Lee et al. 2019), and two neighbouring sentences.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from nyaris.errors import NyarisError, UsageError
from nyaris.grammar import Grammar, grammar_codes, load_grammar
from nyaris.hashing import choose, digest
from nyaris.reading.documents import HUB, Document, read_documents
from nyaris.reading.formats import TABLES, Unreadable, clean
from nyaris.reading.limits import Limits
from nyaris.reading.segment import Unit, segment

ANCHORS = ("anchor", "query", "question", "sentence1")
POSITIVES = ("positive", "answer", "passage", "document", "context", "sentence2")
_HEADING_WORDS = 12
_PASSAGE_WORDS = 80
_SENTENCE_WORDS = (6, 60)
_BLANK = re.compile(r"\n[ \t\r]*\n")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that belong together: what is asked with, and what is to be found."""

    anchor: str
    positive: str


def general_pairs(sources: Sequence[str], seed: int, most: int, held_out: Collection[str] = ()) -> list[Pair]:
    """At most `most` pairs in an order that the seed draws; no text comes twice.

    A table or `hf://` dataset with an anchor and a positive column holds pairs; everything else is read as documents,
    those named in `held_out` left out. Raises UsageError where there are none.
    """
    pairs: list[Pair] = []
    for source in sources:
        given = _given_pairs(source)
        if given is None:
            for document in read_documents([source]):
                if isinstance(document, Document) and not _is_held_out(document.id, held_out):
                    pairs.extend(document_pairs(document, seed))
        else:
            pairs.extend(given)
    pairs.sort(key=lambda pair: digest(seed, "general", pair.anchor, pair.positive))
    kept: list[Pair] = []
    seen: set[str] = set()
    for pair in pairs:
        if pair.anchor not in seen and pair.positive not in seen and pair.anchor != pair.positive:
            seen.update((pair.anchor, pair.positive))
            kept.append(pair)
            if len(kept) == most:
                break
    if not kept:
        raise UsageError(
            f"--general {', '.join(sources)}: no pairs: give documents, or a table with a column "
            f"{' or '.join(ANCHORS)} and a column {' or '.join(POSITIVES)}"
        )
    return kept


def document_pairs(document: Document, seed: int) -> Iterator[Pair]:
    """Heading and passage, sentence and the rest of its passage, neighbouring sentences."""
    for number, (heading, passage) in enumerate(_passages(document)):
        said = [unit.text for unit in passage if _is_sentence(unit.text)]
        if not said:
            continue
        if len(heading.split()) > 1:
            yield Pair(heading, " ".join(unit.text for unit in passage))
        if len(said) >= 3:
            taken = choose(said, seed, document.id, number, "cloze")
            yield Pair(taken, " ".join(text for text in said if text != taken))
        else:
            yield from (Pair(first, second) for first, second in pairwise(said))


def _passages(document: Document) -> Iterator[tuple[str, list[Unit]]]:
    """Runs of whole sentences of at most so many words, each with its heading if it is the first under it."""
    heading, held, words = "", list[Unit](), 0
    units = list(segment(document.text, _grammar(document)))
    for unit, following in zip(units, [*units[1:], None], strict=True):
        size = len(unit.text.split())
        opens = _is_heading(unit, following, document.text)
        if held and (opens or words + size > _PASSAGE_WORDS):
            yield heading, held
            heading, held, words = "", [], 0
        if opens:
            heading = unit.text
        else:
            held.append(unit)
            words += size
    if held:
        yield heading, held


def _is_heading(unit: Unit, following: Unit | None, text: str) -> bool:
    """A short line on its own that ends without a stop, and is followed by something longer."""
    if unit.text[-1] in ".!?:;," or len(unit.text.split()) > _HEADING_WORDS or following is None:
        return False
    alone = _BLANK.search(text, unit.end, following.start) is not None
    return alone and unit.text[0].isupper() and _is_sentence(following.text)


def _is_sentence(text: str) -> bool:
    least, most = _SENTENCE_WORDS
    return least <= len(text.split()) <= most and text[-1] in ".!?:;"


def _grammar(document: Document) -> Grammar:
    """What a stop does not end a sentence after: of the document's language, where it is known."""
    codes = grammar_codes()
    return load_grammar(document.language if document.language in codes else codes[0])


def _is_held_out(document: str, held_out: Collection[str]) -> bool:
    """Whether it is one of them, whatever folder above it was named when each was read."""
    name = document.partition("#")[0]
    others = (other.partition("#")[0] for other in held_out)
    return any(name == other or name.endswith(f"/{other}") or other.endswith(f"/{name}") for other in others)


def _given_pairs(source: str) -> list[Pair] | None:
    """The pairs of a table that holds pairs; None for anything else."""
    rows = _rows(source)
    if rows is None:
        return None
    first = next(rows, None)
    columns = _columns(first) if first is not None else None
    if first is None or columns is None:
        return None
    anchor, positive = columns
    pairs = []
    for row in (first, *rows):
        texts = row.get(anchor), row.get(positive)
        if isinstance(texts[0], str) and isinstance(texts[1], str) and texts[0].strip() and texts[1].strip():
            pairs.append(Pair(clean(texts[0]).strip(), clean(texts[1]).strip()))
    return pairs


def _rows(source: str) -> Iterator[Mapping[str, Any]] | None:
    if source.startswith(HUB):
        return _hub_rows(source)
    path = Path(source)
    reader = TABLES.get(path.suffix.lower()) if path.is_file() else None
    if reader is None:
        return None
    return (row for row in reader(path, Limits()) if not isinstance(row, Unreadable))


def _hub_rows(source: str) -> Iterator[Mapping[str, Any]]:
    from datasets import load_dataset

    place, _, split = source.removeprefix(HUB).removeprefix("datasets/").partition(":")
    parts = place.split("/")
    try:
        return iter(load_dataset("/".join(parts[:2]), *parts[2:3], split=split or "train", streaming=True))
    except Exception as error:  # the client raises a dozen kinds for a missing name, split, network or right
        raise NyarisError(f"--general {source}: the dataset cannot be loaded ({error})") from error


def _columns(row: Mapping[str, Any]) -> tuple[str, str] | None:
    anchor = next((name for name in ANCHORS if name in row), None)
    positive = next((name for name in POSITIVES if name in row), None)
    return (anchor, positive) if anchor and positive else None

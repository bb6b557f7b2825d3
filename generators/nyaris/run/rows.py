"""Rows: what the tables say of a triple, of a refusal, and of where they come from."""

from __future__ import annotations

from typing import Any

from nyaris import __version__
from nyaris.grammar import Grammar
from nyaris.hashing import digest
from nyaris.pairs.contrast import Reject, Triple
from nyaris.pairs.differences import differences, overlap
from nyaris.pairs.frames import Frame
from nyaris.pairs.passages import Passage
from nyaris.reading.documents import Document
from nyaris.reading.segment import Unit
from nyaris.run.settings import Settings

Row = dict[str, Any]
_LONGEST_REJECT = 300


def sentence_key(text: str) -> str:
    """The name of a wording: sentences that differ in capitals and blanks only share it."""
    return digest(" ".join(text.lower().split()))


def document_row(
    triple: Triple,
    document: Document,
    unit: Unit,
    passage: tuple[Passage, int] | None,
    grammar: Grammar,
    parser: str,
    settings: Settings,
) -> Row:
    """A triple of a document; `passage` is the block to put it back into, with the number of its sentence there."""
    source = {"document": document.id, "start": unit.start, "end": unit.end, "licence": document.licence}
    place = digest(document.id, unit.start, unit.end)
    row = _row(triple, source, "document", document.domain, grammar, parser, settings)
    row |= {"sentence": unit.text, "place": place, "block": place}
    if passage:
        block, number = passage
        positive, offset = block.with_sentence(number, triple.positive)
        negative, _ = block.with_sentence(number, triple.negative)
        row |= {
            "positive": positive,
            "negative": negative,
            "granularity": "passage",
            "edits": [edit | {"start": edit["start"] + offset, "end": edit["end"] + offset} for edit in row["edits"]],
            "block": digest(document.id, block.units[0].start, block.units[-1].end),
        }
    return row


def frame_name(frame: Frame) -> str:
    """What stands for the document of a frame's triples."""
    return f"frame:{frame.language}/{frame.id}"


def frame_row(triple: Triple, frame: Frame, grammar: Grammar, settings: Settings) -> Row:
    """A triple of a frame."""
    name = frame_name(frame)
    source = {"document": name, "start": 0, "end": 0, "licence": "CC0-1.0"}
    place = digest(name)
    return _row(triple, source, "frame", frame.domain, grammar, "none", settings) | {
        "sentence": "",
        "place": place,
        "block": place,
    }


def _row(
    triple: Triple, source: Row, origin: str, domain: str, grammar: Grammar, parser: str, settings: Settings
) -> Row:
    return {
        "id": digest(triple.pair, triple.direction),
        "pair_id": triple.pair,
        "direction": triple.direction,
        "query": triple.query,
        "positive": triple.positive,
        "negative": triple.negative,
        "phenomenon": triple.phenomenon,
        "rule": triple.rule,
        "relation": triple.relation,
        "query_keeper": triple.query_keeper,
        "positive_keeper": triple.positive_keeper,
        "negative_keeper": triple.negative_keeper,
        "query_style": triple.query_style,
        "hardness": triple.hardness,
        "language": grammar.language.iso,
        "variety": grammar.code,
        "domain": domain,
        "granularity": "sentence",
        "edits": [change._asdict() for change in differences(triple.positive, triple.negative)],
        "answer": triple.answer,
        "near_miss_answer": triple.near_miss_answer,
        "origin": origin,
        "source": source,
        "parser": parser,
        "seed": settings.seed,
        "version": __version__,
        "overlap_positive": round(overlap(triple.query, triple.positive), 4),
        "overlap_negative": round(overlap(triple.query, triple.negative), 4),
        "kept": triple.kept,
        "turned": triple.turned,
    }


def reject_row(document: str, start: int, end: int, variety: str, reject: Reject) -> Row:
    """A line of the ledger."""
    return {
        "document": document,
        "start": start,
        "end": end,
        "variety": variety,
        "rule": reject.rule,
        "reason": reject.reason,
        "text": reject.text[:_LONGEST_REJECT],
    }


def source_row(document: Document) -> Row:
    """What collation needs to know of a document; `sentences` are counted as they are read."""
    return {
        "id": document.id,
        "text": digest(document.text),
        "domain": document.domain,
        "licence": document.licence,
        "source": document.source,
        "sentences": {},
    }

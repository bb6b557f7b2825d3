"""The shard: documents in, rows and rejects out; a pure function of documents, settings, grammars and parsers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from nyaris import __version__
from nyaris.grammar import Grammar, grammar_codes, load_grammar
from nyaris.hashing import digest, shuffled
from nyaris.pairs.checks import text_reject, tree_reject
from nyaris.pairs.differences import differences, overlap
from nyaris.pairs.frames import Frame, frame_triples
from nyaris.pairs.triples import Proposals, Reject, Triple, propose, triples
from nyaris.reading.documents import Document
from nyaris.reading.language import document_languages, grammar_for, identify
from nyaris.reading.segment import Unit, capital_habits, opening_word, opens_in_capitals, segment
from nyaris.run.settings import AUTO, Settings
from nyaris.trees.parsers import load_parser
from nyaris.trees.sentence import Sentence

Row = dict[str, Any]
_LONGEST_REJECT = 300


@dataclass
class ShardResult:
    """What one shard made: rows of the dataset, rows of the ledger, sentences seen by variety."""

    rows: list[Row] = field(default_factory=list)
    rejects: list[Row] = field(default_factory=list)
    sentences: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class _Found:
    document: Document
    unit: Unit
    keeps_capital: bool | None
    capitals: bool


def process_documents(documents: Sequence[Document], settings: Settings) -> ShardResult:
    """Segment, identify, parse, propose and assemble."""
    result = ShardResult()
    by_language: dict[str, list[_Found]] = {}
    for document in documents:
        for found, code in _sentences(document, settings):
            result.sentences[code or "other"] += 1
            reason = _text_reason(found) if code else "other-language"
            if reason or not code:
                result.rejects.append(_reject_row(found, code or "", "sentence", reason or "", found.unit.text))
            else:
                by_language.setdefault(code, []).append(found)
    rules = settings.chosen_rules()
    for code in sorted(by_language):
        grammar = load_grammar(code)
        parser = load_parser(settings.parser_for(code, grammar.base.code), code, settings.stanza_dir)
        batch = by_language[code]
        trees = parser.parse([each.unit.text for each in batch], code)
        for found, tree in zip(batch, trees, strict=True):
            sentence = replace(tree, start=found.unit.start, end=found.unit.end, keeps_capital=found.keeps_capital)
            reason = tree_reject(sentence, grammar)
            if reason:
                result.rejects.append(_reject_row(found, code, "sentence", reason, sentence.text))
                continue
            proposals = _limited(propose(sentence, grammar, rules), settings, found)
            for made in triples(sentence, proposals, grammar, _key(settings, found)):
                if isinstance(made, Reject):
                    result.rejects.append(_reject_row(found, code, made.rule, made.reason, made.text))
                else:
                    result.rows.append(_document_row(made, found, sentence, grammar, parser.name, settings))
    return result


def process_frames(frames: Sequence[Frame], settings: Settings) -> ShardResult:
    """The triples of the frames, for the languages and phenomena that were asked for."""
    result = ShardResult()
    for frame in frames:
        grammar = load_grammar(frame.language)
        if settings.rules or settings.language not in {AUTO, frame.language, grammar.base.code}:
            continue
        for made in frame_triples(frame, settings.seed, settings.frames):
            if isinstance(made, Reject):
                result.rejects.append(
                    _ledger(
                        f"frame:{frame.language}/{frame.id}", 0, 0, frame.language, made.rule, made.reason, made.text
                    )
                )
            elif not settings.phenomena or made.phenomenon in settings.phenomena:
                result.rows.append(_frame_row(made, frame, grammar, settings))
    return result


def _text_reason(found: _Found) -> str | None:
    return "capitals-opening" if found.capitals else text_reject(found.unit.text)


def _sentences(document: Document, settings: Settings) -> Iterator[tuple[_Found, str | None]]:
    hint = settings.language if settings.language != AUTO else _hint(document)
    opening = hint or next((code for code in grammar_codes() if code == identify(document.text[:4000])), None)
    units = list(segment(document.text, load_grammar(opening or grammar_codes()[0])))
    languages = document_languages(document.text, units, hint)
    habits = capital_habits(units)
    for unit in units:
        found = _Found(document, unit, habits.get(opening_word(unit.text)), opens_in_capitals(unit.text, units))
        yield found, grammar_for(unit.text, languages)


def _hint(document: Document) -> str | None:
    return document.language if document.language in grammar_codes() else None


def _key(settings: Settings, found: _Found) -> str:
    return f"{settings.seed}/{found.document.id}/{found.unit.start}"


def _limited(proposals: Proposals, settings: Settings, found: _Found) -> Proposals:
    """At most `per_sentence` flips, drawn round the phenomena so that the rare ones are not crowded out."""
    by_phenomenon: dict[str, list[int]] = {}
    for index in shuffled(range(len(proposals.flips)), _key(settings, found), "limit"):
        by_phenomenon.setdefault(proposals.flips[index].rule.phenomenon, []).append(index)
    rounds = sorted(
        (turn, phenomenon, index) for phenomenon, indexes in by_phenomenon.items() for turn, index in enumerate(indexes)
    )
    kept = sorted(index for _, _, index in rounds[: settings.per_sentence])
    return Proposals(tuple(proposals.flips[index] for index in kept), proposals.keepers, proposals.questions)


def _document_row(
    triple: Triple, found: _Found, sentence: Sentence, grammar: Grammar, parser: str, settings: Settings
) -> Row:
    document, unit = found.document, found.unit
    source = {"document": document.id, "start": unit.start, "end": unit.end, "licence": document.licence}
    return _row(triple, source, "document", document.domain, grammar, parser, settings) | {
        "sentence_key": digest(" ".join(sentence.text.lower().split()))
    }


def _frame_row(triple: Triple, frame: Frame, grammar: Grammar, settings: Settings) -> Row:
    name = f"frame:{frame.language}/{frame.id}"
    source = {"document": name, "start": 0, "end": 0, "licence": "CC0-1.0"}
    return _row(triple, source, "frame", frame.domain, grammar, "none", settings) | {"sentence_key": name}


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
    }


def _reject_row(found: _Found, code: str, rule: str, reason: str, text: str) -> Row:
    return _ledger(found.document.id, found.unit.start, found.unit.end, code, rule, reason, text)


def _ledger(document: str, start: int, end: int, variety: str, rule: str, reason: str, text: str) -> Row:
    return {
        "document": document,
        "start": start,
        "end": end,
        "variety": variety,
        "rule": rule,
        "reason": reason,
        "text": text[:_LONGEST_REJECT],
    }

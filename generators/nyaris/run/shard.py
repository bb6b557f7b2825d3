"""The shard: documents in, rows and rejects out; a pure function of documents, settings, grammars and parsers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from nyaris import __version__
from nyaris.grammar import Grammar, grammar_codes, load_grammar
from nyaris.hashing import shuffled
from nyaris.pairs.checks import text_reject, tree_reject
from nyaris.pairs.contrast import Reject
from nyaris.pairs.frames import Frame, frame_triples
from nyaris.pairs.passages import Passage, passages
from nyaris.pairs.triples import Proposals, propose, triples
from nyaris.reading.documents import Document
from nyaris.reading.language import document_languages, grammar_for, identify
from nyaris.reading.lead_ins import with_lead_ins
from nyaris.reading.segment import Unit, capital_habits, opening_word, opens_in_capitals, segment
from nyaris.run.rows import Row, document_row, frame_name, frame_row, reject_row, sentence_key, source_row
from nyaris.run.settings import AUTO, Settings
from nyaris.trees.parsers import load_parser


@dataclass
class ShardResult:
    """What one shard made: rows of the dataset, of the ledger, other texts, and what was read."""

    rows: list[Row] = field(default_factory=list)
    rejects: list[Row] = field(default_factory=list)
    contexts: list[Row] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)
    """One record per document or frame: id, hash, metadata, and its sentences by variety."""


@dataclass(frozen=True)
class _Found:
    document: Document
    unit: Unit
    keeps_capital: bool | None
    capitals: bool
    passage: Passage
    number: int
    """Which sentence of the passage it is."""

    def reject_row(self, variety: str, reject: Reject) -> Row:
        return reject_row(self.document.id, self.unit.start, self.unit.end, variety, reject)


def process_documents(documents: Sequence[Document], settings: Settings) -> ShardResult:
    """Segment, identify, parse, propose and assemble."""
    settings.use()
    result = ShardResult()
    by_language: dict[str, list[_Found]] = {}
    for document in documents:
        sentences: Counter[str] = Counter()
        usable: list[tuple[_Found, str]] = []
        for found, code in _sentences(document, settings):
            sentences[code or "other"] += 1
            reason = _text_reason(found) if code else "other-language"
            if reason or not code:
                refused = Reject("sentence", reason or "", found.unit.text)
                result.rejects.append(found.reject_row(code or "", refused))
            else:
                usable.append((found, code))
                by_language.setdefault(code, []).append(found)
        result.sources.append(source_row(document) | {"sentences": dict(sorted(sentences.items()))})
        result.contexts.extend(_contexts(usable, settings))
    for code in sorted(by_language):
        _process_language(by_language[code], load_grammar(code), settings, result)
    return result


def _process_language(batch: Sequence[_Found], grammar: Grammar, settings: Settings, result: ShardResult) -> None:
    code, rules = grammar.code, settings.chosen_rules()
    parser = load_parser(settings.parser_for(code, grammar.base.code), code, settings.stanza_dir)
    trees = parser.parse([each.unit.sentence for each in batch], code)
    for found, tree in zip(batch, trees, strict=True):
        sentence = replace(tree, start=found.unit.start, end=found.unit.end, keeps_capital=found.keeps_capital)
        passage = (found.passage, found.number) if settings.granularity == "passage" else None
        reason = tree_reject(sentence, grammar) or (passage and found.passage.reject(found.number))
        if reason:
            result.rejects.append(found.reject_row(code, Reject("sentence", reason, sentence.text)))
            continue
        proposals = _limited(propose(sentence, grammar, rules), settings, found)
        for made in triples(sentence, proposals, grammar, _key(settings, found)):
            if isinstance(made, Reject):
                result.rejects.append(found.reject_row(code, made))
            else:
                row = document_row(made, found.document, found.unit, passage, grammar, parser.name, settings)
                result.rows.append(row)


def process_frames(frames: Sequence[Frame], settings: Settings) -> ShardResult:
    """The triples of the frames, for the languages and phenomena that were asked for."""
    result = ShardResult()
    for frame in frames:
        grammar = load_grammar(frame.language)
        if (
            settings.granularity == "passage"
            or settings.rules
            or settings.language not in {AUTO, frame.language, grammar.base.code}
        ):
            continue
        source = source_row(Document(frame_name(frame), __version__, domain=frame.domain))
        result.sources.append(source | {"sentences": None})
        for made in frame_triples(frame, settings.seed, settings.frames):
            if isinstance(made, Reject):
                result.rejects.append(reject_row(frame_name(frame), 0, 0, frame.language, made))
            elif not settings.phenomena or made.phenomenon in settings.phenomena:
                result.rows.append(frame_row(made, frame, grammar, settings))
    return result


def _text_reason(found: _Found) -> str | None:
    return "capitals-opening" if found.capitals else text_reject(found.unit.sentence)


def _sentences(document: Document, settings: Settings) -> Iterator[tuple[_Found, str | None]]:
    hint = settings.language if settings.language != AUTO else _hint(document)
    opening = hint or next((code for code in grammar_codes() if code == identify(document.text[:4000])), None)
    grammar = load_grammar(opening or grammar_codes()[0])
    units = list(with_lead_ins(segment(document.text, grammar), document.text, grammar))
    languages = document_languages(document.text, units, hint)
    habits = capital_habits(units)
    for passage in passages(document.text, units):
        for number, unit in enumerate(passage.units):
            capitals = opens_in_capitals(unit.sentence, units)
            found = _Found(document, unit, habits.get(opening_word(unit.sentence)), capitals, passage, number)
            yield found, grammar_for(unit.sentence, languages)


def _contexts(usable: Sequence[tuple[_Found, str]], settings: Settings) -> Iterator[Row]:
    """The well-formed sentences of a document, or its passages of more than one sentence with such a one in them."""
    seen: set[int] = set()
    for found, code in usable:
        units, text = [found.unit], found.unit.sentence
        if settings.granularity == "passage":
            units, text = list(found.passage.units), found.passage.text
            if len(units) == 1 or units[0].start in seen:
                continue
            seen.add(units[0].start)
        yield {
            "document": found.document.id,
            "language": load_grammar(code).language.iso,
            "text": text,
            "keys": [sentence_key(unit.sentence) for unit in units],
        }


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

"""What parsers there are, what they can read, how good they say they are, and how fast they are here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter

from nyaris.errors import NyarisError
from nyaris.grammar import bundled, load_grammar
from nyaris.reading.documents import Document, read_documents
from nyaris.reading.segment import segment
from nyaris.trees.available import Available, available
from nyaris.trees.parsers import load_parser

_WARM_UP, _MEASURED = 16, 150


@dataclass(frozen=True)
class ParserEntry:
    """A parser, and the words per second that it parses on this machine where that was measured."""

    parser: Available
    words_per_second: int | None = None


def parsers(stanza_dir: str = "", measure: bool = False) -> list[ParserEntry]:
    """Every parser at hand; with `measure`, each usable one parses some sentences of the bundled documents."""
    entries = [ParserEntry(each) for each in available(stanza_dir)]
    return [_measured(each, stanza_dir) for each in entries] if measure else entries


def _measured(entry: ParserEntry, stanza_dir: str) -> ParserEntry:
    parser = entry.parser
    if parser.problem or not parser.reads:
        return entry
    code = load_grammar(parser.reads[0]).base.code
    texts = _sentences(code)
    try:
        loaded = load_parser(parser.spec, code, stanza_dir)
        for _ in loaded.parse(texts[:_WARM_UP], code):
            pass
        start = perf_counter()
        words = sum(len(sentence.tokens) for sentence in loaded.parse(texts, code))
        return replace(entry, words_per_second=round(words / (perf_counter() - start)))
    except NyarisError as error:
        return replace(entry, parser=replace(parser, problem=str(error)))


def _sentences(code: str) -> list[str]:
    """Sentences of the bundled documents in a language, the same every time."""
    grammar = load_grammar(code)
    folder = bundled("seeds") / "documents" / code
    documents = [each for each in read_documents([str(folder)]) if isinstance(each, Document)]
    return [unit.text for document in documents for unit in segment(document.text, grammar)][:_MEASURED]

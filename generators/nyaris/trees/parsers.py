"""Which parser reads which language: the bundled pipeline, any spaCy pipeline, or Stanza."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Protocol

from nyaris.errors import NyarisError
from nyaris.grammar import load_grammar
from nyaris.trees.sentence import Sentence

BUNDLED = "bundled"


class Parser(Protocol):
    """What every parser can do."""

    name: str

    def parse(self, texts: Iterable[str], language: str) -> Iterator[Sentence]:
        """One tree per text, in order."""
        ...


@cache
def load_parser(spec: str, code: str) -> Parser:
    """The parser of a language: "bundled", a spaCy package or path, or "stanza:<lang>[:package]"."""
    grammar = load_grammar(code)
    if spec.startswith("stanza:"):
        from nyaris.trees.from_stanza import load_stanza

        return load_stanza(spec.removeprefix("stanza:"))
    from nyaris.trees.from_spacy import load_spacy

    if spec != BUNDLED:
        return load_spacy(spec)
    if not grammar.pipeline.is_dir():
        raise NyarisError(f"{grammar.language.name} has no bundled pipeline: name one with --parser {code}=...")
    return load_spacy(f"{BUNDLED}-{grammar.base.code}", grammar.pipeline)

"""Which parser reads which language: the bundled pipeline, any spaCy pipeline, or Stanza."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from nyaris.errors import NyarisError
from nyaris.grammar import load_grammar
from nyaris.trees.sentence import Sentence

BUNDLED = "bundled"
STANZA = "stanza:"


class Parser(Protocol):
    """What every parser can do."""

    name: str

    def parse(self, texts: Iterable[str], language: str) -> Iterator[Sentence]:
        """One tree per text, in order."""
        ...


def load_parser(spec: str, code: str, stanza_dir: str = "") -> Parser:
    """The parser of a language: "bundled", a spaCy package or path, or "stanza:<lang>[:package]".

    `stanza_dir` is the folder of Stanza's models, its own by default. Raises NyarisError for what cannot be loaded.
    """
    return _load(spec, load_grammar(code).base.code, stanza_dir)


@cache
def _load(spec: str, code: str, stanza_dir: str) -> Parser:
    """The varieties of a language share one loaded pipeline."""
    grammar = load_grammar(code)
    if spec.startswith(STANZA):
        from nyaris.trees.from_stanza import load_stanza

        return load_stanza(spec, grammar, stanza_dir)
    from nyaris.trees.from_spacy import load_spacy

    if spec != BUNDLED:
        return load_spacy(spec, grammar)
    if not grammar.pipeline.is_dir():
        raise NyarisError(f"{grammar.language.name} has no bundled pipeline: name one with --parser {code}=...")
    return load_spacy(f"{BUNDLED}-{code}", grammar, grammar.pipeline)


def language_of(spec: str) -> str | None:
    """The ISO code that a parser is for, read from its name or its meta.json; None where it does not say."""
    if spec.startswith(STANZA):
        return spec.removeprefix(STANZA).partition(":")[0]
    meta = pipeline_meta(spec)
    language = meta.get("lang") if meta else None
    return str(language) if language and language != "xx" else None


def pipeline_meta(spec: str) -> dict[str, Any] | None:
    """What a spaCy package or folder says of itself; None when there is no such pipeline."""
    from importlib.util import find_spec

    folder = Path(spec)
    if not folder.is_dir():
        try:
            found = find_spec(spec) if spec.isidentifier() else None
        except (ImportError, ValueError):
            found = None
        if found is None or not found.submodule_search_locations:
            return None
        folder = Path(next(iter(found.submodule_search_locations)))
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return meta if isinstance(meta, dict) else None

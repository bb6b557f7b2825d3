"""The parsers that are at hand on this machine: bundled, installed as spaCy packages, or in a folder of Stanza's."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nyaris.grammar import grammar_codes, load_grammar
from nyaris.trees.parsers import BUNDLED, STANZA, pipeline_meta
from nyaris.trees.schemes import Scheme, scheme_of

_SCORES = ("upos", "uas", "las")
_SPACY_SCORES = {"upos": "pos_acc", "uas": "dep_uas", "las": "dep_las"}


@dataclass(frozen=True)
class Available:
    """One parser. `spec` is what --parser takes, `reads` the grammars that it serves when it is named alone."""

    spec: str
    kind: str
    version: str
    language: str
    reads: tuple[str, ...]
    scheme: str | None
    """None: its labels are of no scheme that Nyaris reads."""
    scores: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Percentages (upos, uas, las) by test set, as the pipeline itself reports them; empty where it does not."""
    problem: str | None = None
    """Why it cannot be used as it is."""


def available(stanza_dir: str = "") -> Iterator[Available]:
    """Bundled pipelines, then spaCy packages with a parser, then Stanza's models."""
    yield from _bundled()
    yield from _packages()
    yield from _stanza(stanza_dir)


def _bundled() -> Iterator[Available]:
    for code in grammar_codes():
        grammar = load_grammar(code)
        if grammar.base is not grammar or not grammar.pipeline.is_dir():
            continue
        meta = pipeline_meta(str(grammar.pipeline)) or {}
        labels = meta.get("labels", {}).get("parser", [])
        yield Available(
            spec=BUNDLED,
            kind="bundled",
            version=str(meta.get("version", "0")),
            language=grammar.language.iso,
            reads=_codes(grammar.language.iso),
            scheme=_scheme(labels, (code,)),
            scores=_own_scores(grammar.pipeline / "scores.json"),
        )


def _packages() -> Iterator[Available]:
    from spacy.util import get_installed_models

    for name in sorted(get_installed_models()):
        meta = pipeline_meta(name)
        if meta is None or "parser" not in meta.get("pipeline", []):
            continue
        language = str(meta.get("lang", "xx"))
        reads = _codes(language)
        scheme = _scheme(meta.get("labels", {}).get("parser", []), reads or grammar_codes())
        yield Available(
            spec=name,
            kind="spaCy",
            version=str(meta.get("version", "0")),
            language=language,
            reads=reads,
            scheme=scheme,
            scores=_spacy_scores(meta.get("performance", {})),
            problem=None if scheme else "its labels are of no scheme that Nyaris reads",
        )


def _stanza(stanza_dir: str) -> Iterator[Available]:
    from importlib.util import find_spec

    from nyaris.trees.from_stanza import default_folder, models_in

    installed = find_spec("stanza") is not None
    if not installed and not stanza_dir:
        return
    version = ""
    if installed:
        import stanza

        version = str(stanza.__version__)
    for models in models_in(Path(stanza_dir) if stanza_dir else default_folder()):
        for package in models.packages:
            yield Available(
                spec=f"{STANZA}{models.language}" + ("" if package == "default" else f":{package}"),
                kind="Stanza",
                version=version,
                language=models.language,
                reads=_codes(models.language),
                scheme=Scheme.UD,
                problem=None if installed else "Stanza is not installed: pip install 'nyaris[stanza]'",
            )


def _codes(language: str) -> tuple[str, ...]:
    """The grammars of a language, varieties included."""
    return tuple(code for code in grammar_codes() if load_grammar(code).language.iso == language)


def _scheme(labels: list[str], codes: tuple[str, ...]) -> str | None:
    return next((found for code in codes if (found := scheme_of(labels, load_grammar(code)))), None)


def _own_scores(path: Path) -> dict[str, dict[str, float]]:
    """Scores that the training recipe wrote: by treebank, in percent."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {
        name: {score: float(values[score]) for score in _SCORES if score in values} for name, values in content.items()
    }


def _spacy_scores(performance: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """What a package says of itself, in percent; spaCy counts from 0 to 1."""
    found = {
        score: round(100 * float(performance[name]), 1)
        for score, name in _SPACY_SCORES.items()
        if isinstance(performance.get(name), int | float)
    }
    return {"its own test set": found} if found else {}

"""Which language a document and each of its sentences is in; labels on files lie, so every sentence is looked at."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, ClassVar

from nyaris.grammar import Facts, Grammar, grammar_codes, load_grammar
from nyaris.reading.segment import Unit

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_VOTERS = 100
_VOTER_WORDS = 5
_OUTVOTES = 2
"""So many more closed-class words of the document's language settle the matter."""
_SWITCHED = 3
"""So many closed-class words of a second language make a sentence code-switched."""


class IdentificationFacts(Facts):
    """Words that tell a language from its neighbours and a variety from its base."""

    topic: ClassVar[str] = "identification"

    neighbours: frozenset[str] = frozenset()
    """ISO 639-1 codes of languages that must not pass for this one."""
    foreign: frozenset[str] = frozenset()
    """Words a neighbour writes and this language does not: one is enough to refuse the sentence."""
    own: frozenset[str] = frozenset()
    """Words this language writes and its neighbours do not."""
    function_words: frozenset[str] = frozenset()
    """The commonest closed-class words that no other supported language has: they outvote names and loan words."""
    variety_markers: frozenset[str] = frozenset()
    """Words, case as written, that show the variety when they keep coming up."""


@dataclass(frozen=True)
class DocumentLanguages:
    """What a document was found to be written in: shares by ISO code, and the grammar per supported language."""

    shares: dict[str, float]
    grammars: dict[str, str]

    @cached_property
    def main(self) -> str:
        """The ISO code of most of the text."""
        return max(self.shares, key=lambda code: (self.shares[code], code), default="und")


def document_languages(text: str, units: list[Unit], hint: str | None = None) -> DocumentLanguages:
    """Vote over the longer sentences. `hint` is a grammar code that decides the variety of its language."""
    voters = [unit.text for unit in units if len(_WORD.findall(unit.text)) >= _VOTER_WORDS] or [text[:2000]]
    step = -(-len(voters) // _VOTERS)  # at most so many, spread over the document
    votes = Counter(identify(voter) for voter in voters[::step])
    total = sum(votes.values())
    grammars = {iso: _variety(text, codes) for iso, codes in _codes_by_iso().items()}
    if hint:
        grammars[load_grammar(hint).language.iso] = hint
    return DocumentLanguages({code: count / total for code, count in votes.items()}, grammars)


def grammar_for(text: str, document: DocumentLanguages) -> str | None:
    """The grammar code for one sentence of a document, or None when it is in no supported language."""
    listed = [word.lower() for word in _WORD.findall(text)]
    words = set(listed)
    supported = document.grammars
    closed = {iso: sum(word in _facts(code).function_words for word in listed) for iso, code in supported.items()}
    found, *others = sorted(closed, key=lambda iso: (-closed[iso], iso))
    runner_up = max((closed[iso] for iso in others), default=0)
    if runner_up >= _SWITCHED:
        return None
    if closed[found] - runner_up < _OUTVOTES or found != document.main:
        found = identify(text)
    candidate = found
    if found not in supported:
        # a neighbour on paper: a sentence of a document that is mostly in the supported language gets the benefit
        candidate = next((iso for iso in supported if found in _facts(supported[iso]).neighbours), "")
        if not candidate or document.shares.get(candidate, 0.0) < 0.5:
            return None
    facts = _facts(supported[candidate])
    if words & facts.foreign:
        return None
    rival = max((document.shares.get(code, 0.0) for code in facts.neighbours), default=0.0)
    if rival > document.shares.get(candidate, 0.0) and not words & facts.own:
        return None
    return supported[candidate]


@lru_cache(maxsize=1024)
def identify(text: str) -> str:
    """The ISO 639-1 code of a text, "und" when nothing can be said."""
    found = _detector().detect_language_of(text)
    return str(found.iso_code_639_1.name.lower()) if found else "und"


def _facts(code: str) -> IdentificationFacts:
    return load_grammar(code).facts(IdentificationFacts)


@cache
def _codes_by_iso() -> dict[str, list[Grammar]]:
    table: dict[str, list[Grammar]] = {}
    for code in grammar_codes():
        grammar = load_grammar(code)
        table.setdefault(grammar.language.iso, []).append(grammar)
    return table


def _variety(text: str, grammars: list[Grammar]) -> str:
    base = next(grammar for grammar in grammars if grammar.parent is None)
    counts = Counter(_WORD.findall(text))
    size = sum(counts.values())

    def score(grammar: Grammar) -> float:
        return sum(counts[word] for word in grammar.facts(IdentificationFacts).variety_markers) / max(size, 1)

    best = max(grammars, key=lambda grammar: (score(grammar), grammar.code))
    return best.code if score(best) >= 0.001 else base.code


@cache
def _detector() -> Any:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = set(_codes_by_iso())
    for grammars in _codes_by_iso().values():
        codes.update(*(grammar.facts(IdentificationFacts).neighbours for grammar in grammars))
    known = [getattr(IsoCode639_1, code.upper()) for code in sorted(codes)]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*known).build()

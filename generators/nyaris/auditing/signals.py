"""Is the change what the label says? Derived from the words that differ, and from word lists in the grammars.

A pair has two queries and two texts, and somewhere among them the same surface stands with and without the flip: the
two that differ least differ by the flip and by nothing else. A phenomenon's signals are the words in
`grammars/<code>/audit.yaml` and every word that the named topics pair with another (`find`/`put`, `pair`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from nyaris.auditing.findings import Finding, Limits, judged
from nyaris.auditing.texts import bag_difference, words
from nyaris.dataset.read import Row
from nyaris.grammar import Facts, Grammar, grammar_codes, load_grammar

_PAIRED = ("find", "put", "pair", "past", "bare", "back", "anchors")
"""Keys under which the topics hold what turns into what."""
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])")
_STEM = 4
"""So many letters at least two forms of a word share."""


class Signal(BaseModel):
    """What must change in a near miss of one phenomenon."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    """A word that another word becomes with one of these is a signal ("valid", "invalid")."""
    topics: tuple[str, ...] = ()
    """Topics whose paired words are signals, or `topic.key` (or `topic.key.key`) for every word below it."""
    numbers: bool = False
    """Whether a token with a digit is a signal."""
    reorders: bool = False
    """Whether the same words in another order are enough."""
    at_most: int | None = None
    """Where order is what changes: so many other words may differ with it (case, agreement)."""


class AuditFacts(Facts):
    """Signals by phenomenon."""

    topic: ClassVar[str] = "audit"

    signals: dict[str, Signal] = Field(default_factory=dict)


class _Checked:
    """One phenomenon of one grammar, ready to be asked."""

    def __init__(self, signal: Signal, grammar: Grammar) -> None:
        self.signal = signal
        self.words = frozenset(words(" ".join([*signal.words, *_from_topics(signal.topics, grammar)])))
        self.stems = frozenset(word[: max(_STEM, len(word) - 2)] for word in self.words if len(word) >= _STEM)

    def fits(self, gone: Counter[str], new: Counter[str]) -> bool:
        """Whether words that went or came are signals."""
        changed = [*gone, *new]
        if not changed:
            return self.signal.reorders
        if self.signal.at_most is not None:
            return max(gone.total(), new.total()) <= self.signal.at_most
        return any(map(self._is_signal, changed)) or self._prefixed(gone, new)

    def _is_signal(self, word: str) -> bool:
        if word in self.words or (self.signal.numbers and any(char.isdigit() for char in word)):
            return True
        if any(part in self.words for part in word.replace("'", "-").split("-")):
            return True
        return any(word[:length] in self.stems for length in range(_STEM, len(word) + 1))

    def _prefixed(self, gone: Iterable[str], new: Iterable[str]) -> bool:
        bare = {*gone, *new}
        return any(
            word.startswith(prefix) and word[len(prefix) :].lstrip("-") in bare
            for word in bare
            for prefix in self.signal.prefixes
        )


def signals(rows: Sequence[Row], limits: Limits) -> list[Finding]:
    """How many document rows of every phenomenon and variety change nothing it is about, and how many pairs change
    different words on their different sides."""
    pairs: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows:
        pairs[row.pair][row.direction] = row
    whole = [(sides["source"], sides["mirror"]) for sides in pairs.values() if sides.keys() == {"source", "mirror"}]
    found = []
    cells: defaultdict[tuple[str, str], list[tuple[Row, Row]]] = defaultdict(list)
    for source, mirror in whole:
        if source.origin == "document" and _checked(source.variety, source.phenomenon):
            cells[source.phenomenon, source.variety].append((source, mirror))
    for (phenomenon, variety), members in sorted(cells.items()):
        checked = _checked(variety, phenomenon)
        assert checked is not None
        odd = [source for source, mirror in members if not checked.fits(*_flip(source, mirror))]
        meaning = f"of {len(members)} pairs change nothing that {phenomenon} is about"
        share = len(odd) / len(members)
        found.append(
            judged(f"labels {phenomenon} {variety}", share, limits.implausible, meaning, [row.id for row in odd])
        )
    uneven = [source.id for source, mirror in whole if source.origin == "document" and _is_uneven(source, mirror)]
    total = sum(source.origin == "document" for source, _ in whole)
    meaning = f"of {total} pairs whose query, positive and negative are not flipped alike"
    return [*found, judged("uneven flips", len(uneven) / max(1, total), limits.uneven, meaning, uneven)]


def _is_uneven(source: Row, mirror: Row) -> bool:
    """Whether the flip changed more words in the query than in the text, beyond what agreement and contraction need.

    Questions have no text of their surface to compare with.
    """
    if source.query_style != "statement":
        return False
    kept, turned = _texts(source)[:2], _texts(mirror)[:2]
    sizes = [min(_size(bag_difference(text, other)) for other in turned) for text in kept]
    return abs(sizes[0] - sizes[1]) > 3


def _flip(source: Row, mirror: Row) -> tuple[Counter[str], Counter[str]]:
    """The smallest difference between what the source row says and what the mirror row says."""
    (query, positive, against), (other_query, other_positive, other_against) = _texts(source), _texts(mirror)
    kept, turned = (query, positive, other_against), (other_query, other_positive, against)
    return min((bag_difference(a, b) for a in kept for b in turned), key=_size)


def _texts(row: Row) -> tuple[str, str, str]:
    """Query, positive, negative; of passages only the sentences in which they differ."""
    return row.texts if row.granularity == "sentence" else (row.query, *differing(row.positive, row.negative))


def differing(first: str, second: str) -> tuple[str, str]:
    """Two passages without the whole sentences that they open and end with in common."""
    start = _common(first, second)
    start = max((match.end() for match in _SENTENCE_END.finditer(first[: start + 1])), default=0)
    rest = (first[start:], second[start:])
    shared = _common(rest[0][::-1], rest[1][::-1])
    tail = rest[0][len(rest[0]) - shared :]
    ended = _SENTENCE_END.search(tail)
    cut = len(tail) - ended.end() if ended else 0
    return rest[0][: len(rest[0]) - cut], rest[1][: len(rest[1]) - cut]


def _common(first: str, second: str) -> int:
    """How many characters both open with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def _size(difference: tuple[Counter[str], Counter[str]]) -> int:
    return difference[0].total() + difference[1].total()


@cache
def _checked(variety: str, phenomenon: str) -> _Checked | None:
    if variety not in grammar_codes():
        return None
    grammar = load_grammar(variety)
    signal = grammar.facts(AuditFacts).signals.get(phenomenon)
    return _Checked(signal, grammar) if signal else None


def _from_topics(topics: Iterable[str], grammar: Grammar) -> Iterator[str]:
    for name in topics:
        topic, *keys = name.split(".")
        content: Any = grammar.topic(topic)
        for key in keys:
            content = content.get(key, {})
        yield from _strings(content) if keys else _paired(content)


def _paired(content: Any) -> Iterator[str]:
    if isinstance(content, Mapping):
        for key, value in content.items():
            yield from _strings(value) if key in _PAIRED else _paired(value)
    elif isinstance(content, list):
        for item in content:
            yield from _paired(item)


def _strings(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for key, value in content.items():
            yield str(key)
            yield from _strings(value)
    elif isinstance(content, list):
        for item in content:
            yield from _strings(item)

"""Passages: the text block around a sentence, into which positive and negative are put back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nyaris.reading.segment import Unit

LONGEST = 1_000
"""Characters of a passage: what most encoders read without cutting."""
_SAME = 0.8
"""From this share of a sentence's longer words on, another sentence is taken to say it again."""
_BLANK_LINE = re.compile(r"\n\s*\n")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}|\d+")


@dataclass(frozen=True)
class Passage:
    """Neighbouring sentences of one block. `gaps` holds what stands before each of them: a blank, a list number."""

    units: tuple[Unit, ...]
    gaps: tuple[str, ...]

    @property
    def text(self) -> str:
        """The passage as it stands in the document, blanks collapsed."""
        return "".join(gap + unit.text for gap, unit in zip(self.gaps, self.units, strict=True))

    def with_sentence(self, place: int, sentence: str) -> tuple[str, int]:
        """The passage with another sentence in one place, and the offset of that sentence."""
        pieces = [gap + unit.text for gap, unit in zip(self.gaps, self.units, strict=True)]
        before = "".join(pieces[:place]) + self.gaps[place]
        return before + sentence + "".join(pieces[place + 1 :]), len(before)

    def reject(self, place: int) -> str | None:
        """Why the sentence cannot be told from its passage: it stands alone, or another sentence says it too."""
        if len(self.units) == 1:
            return "alone-in-passage"
        words = _words(self.units[place].text)
        others = (_words(unit.text) for index, unit in enumerate(self.units) if index != place)
        if any(len(words & other) >= _SAME * len(words) for other in others):
            return "repeated-in-passage"
        return None


def passages(text: str, units: Sequence[Unit]) -> list[Passage]:
    """The sentences of a document in passages: a blank line ends one, and so does the length."""
    found: list[Passage] = []
    chosen: list[Unit] = []
    gaps: list[str] = []
    length = 0
    for unit in units:
        between = text[chosen[-1].end : unit.start] if chosen else ""
        gap = " ".join(f"|{between}|".split())[1:-1] if chosen else ""
        if chosen and (_BLANK_LINE.search(between) or length + len(gap) + len(unit.text) > LONGEST):
            found.append(Passage(tuple(chosen), tuple(gaps)))
            chosen, gaps, gap, length = [], [], "", 0
        chosen.append(unit)
        gaps.append(gap)
        length += len(gap) + len(unit.text)
    if chosen:
        found.append(Passage(tuple(chosen), tuple(gaps)))
    return found


def _words(text: str) -> set[str]:
    return {match.group().lower() for match in _LONG_WORD.finditer(text)}

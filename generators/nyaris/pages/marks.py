"""What differs between two texts, as runs that a page can mark; and what hides in a text, made visible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from nyaris.pairs.differences import differences

Change = tuple[int, int, str, str]
"""Characters `start` to `end` of the first text read `before`; the second has `after` there."""
Runs = list[str]
"""A text cut into pieces, plain and marked by turns; the first is plain and may be empty."""

_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)


def visible(text: object) -> str:
    """The text with controls, bidirectional overrides and characters without width written as ⟨U+202E⟩."""
    return _UNSEEN.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", str(text))


def contrast(first: str, second: str, changes: Sequence[Change] = ()) -> tuple[Runs, Runs]:
    """Runs of both texts with what changes marked, blanks aside. Changes that do not lead from one text to the other
    are not trusted: then the texts are compared word by word."""
    marks = _marks(first, second, changes)
    if marks is None:
        marks = _marks(first, second, differences(first, second))
    before, after = marks or ([False] * len(first), [False] * len(second))
    return _runs(first, before), _runs(second, after)


def _marks(first: str, second: str, changes: Sequence[Change]) -> tuple[list[bool], list[bool]] | None:
    """For every character of both texts whether it is marked; None where the changes do not give the second text."""
    before = [False] * len(first)
    made: list[tuple[str, bool]] = []
    at = 0
    for start, end, old, new in sorted(changes):
        if not at <= start <= end <= len(first) or first[start:end] != old:
            return None
        before[start:end] = [True] * (end - start)
        made += [(character, False) for character in first[at:start]] + [(character, True) for character in new]
        at = end
    made += [(character, False) for character in first[at:]]
    letters = [each for each in made if not each[0].isspace()]
    places = [place for place, character in enumerate(second) if not character.isspace()]
    if [character for character, _ in letters] != [second[place] for place in places]:
        return None
    after = [False] * len(second)
    marked = [place for place, (_, mark) in zip(places, letters, strict=True) if mark]
    for place in marked:
        after[place] = True
    for left, right in pairwise(marked):
        if second[left + 1 : right].isspace():
            after[left:right] = [True] * (right - left)
    return before, after


def _runs(text: str, marks: Iterable[bool]) -> Runs:
    runs, state = [""], False
    for character, mark in zip(text, marks, strict=True):
        if mark != state:
            runs.append("")
            state = mark
        runs[-1] += character
    return runs

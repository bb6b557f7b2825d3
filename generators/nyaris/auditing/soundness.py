"""Rows that are wrong on their face: repeated, trivial, unpaired, or with labels that the strings deny.

Everything here is derived from the strings alone, by code that the generator does not use.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from nyaris.auditing.findings import Finding, Limits, judged
from nyaris.auditing.texts import bare, normal, words
from nyaris.dataset.read import Row

_PLACEHOLDER = re.compile(
    r"\{\{|\}\}|\{\w*\}|<\w+>|\[[A-Z_ ]{2,}\]|"
    r"\[\w*(?:name|date|amount)\w*\]|_{3,}|\.{4,}|\bTODO\b|\bXXX+\b|lorem ipsum|�",
    re.IGNORECASE,
)
_EMPTY = {"", "none", "nan", "null", "n/a"}


def soundness(rows: Sequence[Row], limits: Limits) -> list[Finding]:
    """One finding per kind of fault, each a share of the rows (or pairs) it is about."""
    questions = [row for row in rows if row.query_style == "question"]
    return [
        _repeated(rows, limits),
        _conflicting(rows, limits),
        _share("trivial", rows, _is_trivial, limits.trivial, "rows have equal or empty texts or placeholders"),
        _share("edits", rows, _edits_are_wrong, limits.edits, "rows whose edits do not make the negative"),
        _share(
            "answers",
            questions,
            _answers_are_wrong,
            limits.answers,
            "question rows whose answer is not worded as in the text",
        ),
        _unpaired(rows, limits),
    ]


def _share(check: str, rows: Sequence[Row], wrong: Callable[[Row], bool], limit: float, meaning: str) -> Finding:
    bad = [row for row in rows if wrong(row)]
    return judged(check, len(bad) / max(1, len(rows)), limit, f"of {len(rows)} {meaning}", [row.id for row in bad])


def _repeated(rows: Sequence[Row], limits: Limits) -> Finding:
    seen = Counter(tuple(map(normal, row.texts)) for row in rows)
    ids = Counter(row.id for row in rows)

    def is_repeated(row: Row) -> bool:
        return seen[normal(row.query), normal(row.positive), normal(row.negative)] > 1 or ids[row.id] > 1

    return _share("duplicates", rows, is_repeated, limits.duplicates, "rows say what another row says, or share its id")


def _conflicting(rows: Sequence[Row], limits: Limits) -> Finding:
    wrong = {(normal(row.query), normal(row.negative)) for row in rows}

    def conflicts(row: Row) -> bool:
        return (normal(row.query), normal(row.positive)) in wrong

    return _share("conflicts", rows, conflicts, limits.conflicts, "rows whose positive is a negative of the same query")


def _is_trivial(row: Row) -> bool:
    texts = [normal(text) for text in row.texts]
    return (
        len(set(texts)) < 3 or any(text in _EMPTY for text in texts) or any(map(_PLACEHOLDER.search, row.texts)) is True
    )


def _edits_are_wrong(row: Row) -> bool:
    """Whether splicing the edits into the positive gives something else, or an edit changes nothing."""
    made, position = "", 0
    for edit in row.edits:
        if edit.start < position or row.positive[edit.start : edit.end] != edit.before or edit.before == edit.after:
            return True
        made += row.positive[position : edit.start] + edit.after
        position = edit.end
    return not row.edits or bare(made + row.positive[position:]) != bare(row.negative)


def _answers_are_wrong(row: Row) -> bool:
    """An answer's words stand in the positive, the near-miss answer's in the negative, and the two differ."""
    if not row.answer or not _holds(row.positive, row.answer):
        return True
    other = row.near_miss_answer
    return other is not None and (normal(other) == normal(row.answer) or not _holds(row.negative, other))


def _holds(text: str, answer: str) -> bool:
    return f" {normal(answer)} " in f" {normal(text)} " or not Counter(words(answer)) - Counter(words(text))


def _unpaired(rows: Sequence[Row], limits: Limits) -> Finding:
    pairs: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        pairs[row.pair].append(row)
    lone = [
        pair
        for pair, members in pairs.items()
        if sorted(row.direction for row in members) != ["mirror", "source"] or len({row.split for row in members}) > 1
    ]
    meaning = f"of {len(pairs)} pairs without both directions in one split"
    return judged("unpaired", len(lone) / max(1, len(pairs)), limits.unpaired, meaning, lone)

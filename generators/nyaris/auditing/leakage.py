"""What stands in more than one split: documents, frames, source sentences, texts, and texts that are nearly equal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any

from nyaris.auditing.findings import Finding, Limits, judged
from nyaris.auditing.texts import normal
from nyaris.dataset.read import Row

NEAR = 0.8
_GRAM = 5
_PERMUTATIONS, _BANDS = 128, 16


def leakage(rows: Sequence[Row], limits: Limits) -> list[Finding]:
    """One finding per kind of leak."""
    documents = _in_two_splits(rows, lambda row: [row.document])
    found = {
        "document leak": [name for name in documents if not name.startswith("frame:")],
        "frame leak": [name for name in documents if name.startswith("frame:")],
        "sentence leak": _in_two_splits(rows, lambda row: [row.sentence] if row.origin == "document" else []),
        "text leak": _in_two_splits(rows, lambda row: map(normal, row.texts)),
    }
    meaning = "in more than one split"
    exact = [judged(check, len(names), limits.leaks, meaning, list(map(str, names))) for check, names in found.items()]
    return [*exact, _near(rows, limits)]


def _in_two_splits(rows: Sequence[Row], keys: Callable[[Row], Iterable[Hashable]]) -> list[str]:
    seen: defaultdict[Hashable, set[str]] = defaultdict(set)
    for row in rows:
        for key in keys(row):
            seen[key].add(row.split)
    return sorted(str(key) for key, splits in seen.items() if len(splits) > 1)


def _near(rows: Sequence[Row], limits: Limits) -> Finding:
    """Held-out source sentences whose query, positive or negative is nearly a text of the training split."""
    from rensa import RMinHashLSH

    train = sorted({normal(text) for row in rows if row.split == "train" for text in row.texts})
    held = {normal(text): row.sentence for row in rows if row.split != "train" for text in row.texts}
    index = RMinHashLSH(threshold=NEAR, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    for number, hashed in enumerate(_hashed(train)):
        index.insert(number, hashed)
    close: dict[tuple[str, int], str] = {}
    asked = sorted(held.items())
    for (text, sentence), hashed in zip(asked, _hashed([text for text, _ in asked]), strict=True):
        if sentence not in close:
            mine = _grams(text)
            others = (train[number] for number in sorted(index.query(hashed)))
            twin = next((other for other in others if _is_near(mine, _grams(other))), None)
            if twin:
                close[sentence] = f"{text} ~ {twin}"
    sentences = set(held.values())
    share = len(close) / len(sentences) if sentences and train else 0.0
    meaning = f"of {len(sentences)} held-out source sentences have a near-duplicate in train"
    return judged("near leak", share, limits.near_leaks, meaning, sorted(close.values()))


def _hashed(texts: Sequence[str]) -> Iterator[Any]:
    """The MinHash of every text; character sets are held for a thousand texts at a time."""
    from rensa import RMinHash

    for start in range(0, len(texts), 1000):
        sets = [list(_grams(text)) for text in texts[start : start + 1000]]
        yield from RMinHash.from_token_sets(sets, _PERMUTATIONS, 0)


def _is_near(first: set[str], second: set[str]) -> bool:
    return len(first & second) >= NEAR * len(first | second)


def _grams(text: str) -> set[str]:
    return {text[place : place + _GRAM] for place in range(max(1, len(text) - _GRAM + 1))}

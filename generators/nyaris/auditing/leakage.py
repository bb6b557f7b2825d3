"""What stands in more than one split: documents, frames, source sentences, texts, and texts that are nearly equal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

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
    from rensa import RMinHash, RMinHashLSH

    train = sorted({normal(text) for row in rows if row.split == "train" for text in row.texts})
    held = {normal(text): row.sentence for row in rows if row.split != "train" for text in row.texts}
    index = RMinHashLSH(threshold=NEAR, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    grams = [_grams(text) for text in train]
    for number, hashed in enumerate(RMinHash.from_token_sets(list(map(list, grams)), _PERMUTATIONS, 0)):
        index.insert(number, hashed)
    close: dict[tuple[str, int], str] = {}
    for text, sentence in sorted(held.items()):
        if sentence in close:
            continue
        mine = _grams(text)
        hashed = RMinHash.from_token_sets([list(mine)], _PERMUTATIONS, 0)[0]
        for number in sorted(index.query(hashed)):
            if len(mine & grams[number]) >= NEAR * len(mine | grams[number]):
                close[sentence] = f"{text} ~ {train[number]}"
                break
    sentences = set(held.values())
    share = len(close) / len(sentences) if sentences and train else 0.0
    meaning = f"of {len(sentences)} held-out source sentences have a near-duplicate in train"
    return judged("near leak", share, limits.near_leaks, meaning, sorted(close.values()))


def _grams(text: str) -> set[str]:
    return {text[place : place + _GRAM] for place in range(max(1, len(text) - _GRAM + 1))}

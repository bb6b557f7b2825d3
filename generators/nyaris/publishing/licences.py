"""Which licences of sources let their texts, changed, be passed on to everybody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from nyaris.dataset.read import Row
from nyaris.errors import NyarisError, UsageError

_OPEN = re.compile(
    r"cc0(-1\.0)?|public[ -]domain|pddl(-1\.0)?|unlicense|0bsd"
    r"|cc-by(-sa)?(-[1-4]\.0)?(-[a-z]{2,4})?|odc-by(-1\.0)?|odbl(-1\.0)?|ogl(-uk)?(-[1-3]\.0)?"
    r"|mit|apache-2\.0|bsd-[23]-clause|isc|cdla-permissive-[12]\.0"
)
_FORBIDS = re.compile(r"\bnd\b|no[- ]?deriv|all rights reserved|proprietary|confidential|sulit|hak cipta terpelihara")


def check_licences(rows: Sequence[Row], accepted: Iterable[str]) -> None:
    """Raises NyarisError for licences that forbid passing changed texts on, or that are not known to allow it, unless
    they are accepted by name; UsageError for an accepted name that no source has."""
    counts = Counter(row.licence for row in rows)
    given = set(accepted)
    absent = sorted(given - set(counts))
    if absent:
        raise UsageError(f"--accept-licence {absent[0]}: no source has it, only {', '.join(sorted(counts))}")
    refused = [
        f"'{name}' ({count:,} rows): {_verdict(name)}"
        for name, count in sorted(counts.items())
        if name not in given and _verdict(name) != "open"
    ]
    if refused:
        raise NyarisError(
            "not published, because of the licences of sources: "
            + "; ".join(refused)
            + ". If you have the right to publish them, say so with --accept-licence NAME for each"
        )


def _verdict(name: str) -> str:
    folded = re.sub(r"[\s_]+", "-", name.strip().lower())
    if _FORBIDS.search(name.lower().replace("-", " ")) or _FORBIDS.search(folded):
        return "forbids it"
    return "open" if _OPEN.fullmatch(folded) else "not known to allow it"

"""Objects of a JSON Lines file, each with its place for whoever has something to say against it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nyaris.errors import NyarisError


def json_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Place (`file:line`) and object; empty lines are left out. Raises NyarisError for a line that is no object."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            place = f"{path}:{number}"
            try:
                record = json.loads(line)
            except ValueError as error:
                raise NyarisError(f"{place}: not JSON: {error}") from error
            if not isinstance(record, dict):
                raise NyarisError(f"{place}: an object is expected, not a {type(record).__name__}")
            yield place, record

"""Which files of a dataset folder are published: what the card names, and what belongs beside it. Nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nyaris.errors import NyarisError, UsageError

CARD = "README.md"
BESIDE = (CARD, "manifest.json", "audit.json", "rejects.parquet")


def published_files(folder: Path) -> list[str]:
    """Paths below the folder, in order. Raises for a card that the Hub would not understand, or that names what is
    not there."""
    missing = [name for name in BESIDE if not (folder / name).is_file()]
    if missing:
        raise UsageError(f"{folder} has no {', '.join(missing)}: generate it, then run `nyaris audit {folder}`")
    header = card_header(folder / CARD)
    found: set[str] = set()
    for config in _entries(header, "configs", folder):
        name = str(config.get("config_name") or "")
        for part in _entries(config, "data_files", folder):
            pattern = str(part.get("path") or "")
            paths = sorted(folder.glob(pattern)) if pattern and not pattern.startswith(("/", "..")) else []
            inside = [path for path in paths if path.is_file() and path.suffix == ".parquet" and not path.is_symlink()]
            if not inside:
                raise NyarisError(f"{folder / CARD}: the configuration '{name}' names '{pattern}', which is not there")
            found.update(path.relative_to(folder).as_posix() for path in inside)
    return [*BESIDE, *sorted(found)]


def card_header(path: Path) -> dict[str, Any]:
    """The YAML between the two `---` lines. Raises NyarisError where it is missing or malformed."""
    import srsly

    parts = path.read_text(encoding="utf-8").split("---\n")
    try:
        header = srsly.yaml_loads(parts[1]) if len(parts) > 2 and not parts[0].strip() else None
    except ValueError as error:
        raise NyarisError(f"{path}: the YAML at its head cannot be read: {error}") from error
    if not isinstance(header, dict) or not header.get("configs") or not header.get("license"):
        raise NyarisError(f"{path}: its head must be YAML with 'license' and 'configs': generate the folder again")
    return header


def _entries(content: dict[str, Any], key: str, folder: Path) -> Sequence[dict[str, Any]]:
    entries = content.get(key)
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise NyarisError(f"{folder / CARD}: '{key}' must be a list of mappings: generate the folder again")
    return entries

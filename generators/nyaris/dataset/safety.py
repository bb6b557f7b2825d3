"""Cells that no spreadsheet takes for a formula."""

from __future__ import annotations

_OPENERS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: str) -> str:
    """The value with an apostrophe before it where a spreadsheet would run it (after any spaces, too)."""
    opens = value.startswith(_OPENERS) or value.lstrip().startswith(_OPENERS)
    return f"'{value}" if opens or value.startswith("'") else value


def plain_cell(value: str) -> str:
    """What `safe_cell` was given."""
    return value[1:] if value.startswith("'") and safe_cell(value[1:]) == value else value

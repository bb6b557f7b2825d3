"""What languages are called on a page."""

from __future__ import annotations

from functools import cache

from nyaris.grammar import grammar_codes, load_grammar


@cache
def language_name(code: str) -> str:
    """The name that the grammar gives; the code itself where there is no grammar, as in a folder from elsewhere."""
    return load_grammar(code).language.name if code in grammar_codes() else code

"""Options that several commands share, and the settings they make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from nyaris.run.settings import Settings

Language = Annotated[str, typer.Option(help="auto, or a grammar code such as en, en-MY, en-SG, ms.")]
Parser = Annotated[
    list[str] | None,
    typer.Option(
        help="A spaCy package or folder, or stanza:<lang>[:<package>]; CODE=... for one language. May be repeated."
    ),
]
Phenomenon = Annotated[list[str] | None, typer.Option(help="Only this phenomenon. May be repeated.")]
RuleId = Annotated[list[str] | None, typer.Option("--rule", help="Only this rule. May be repeated.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def settings_from(
    language: str,
    parser: list[str] | None,
    phenomenon: list[str] | None,
    rule: list[str] | None,
    *,
    seed: int,
    per_sentence: int = 50,
    frames: int = 0,
    text_column: str = "text",
) -> Settings:
    """The settings that the options ask for."""
    from nyaris.run.settings import Settings

    return Settings(
        language=language,
        phenomena=tuple(phenomenon or ()),
        rules=tuple(rule or ()),
        per_sentence=per_sentence,
        frames=frames,
        parsers=_parsers(parser or []),
        seed=seed,
        text_column=text_column,
    )


def _parsers(given: list[str]) -> tuple[tuple[str, str], ...]:
    """`CODE=SPEC` names the language; a bare spec serves every language."""
    from nyaris.grammar import grammar_codes

    pairs: list[tuple[str, str]] = []
    for item in given:
        code, equals, spec = item.partition("=")
        pairs.extend([(code, spec)] if equals else [(each, item) for each in grammar_codes()])
    return tuple(pairs)

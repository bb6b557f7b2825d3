"""Options that several commands share, and the settings they make."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from nyaris.run.collation import Collation
    from nyaris.run.settings import Settings

Language = Annotated[str, typer.Option(help="auto, or a grammar code such as en, en-MY, en-SG, ms.")]
Parser = Annotated[
    list[str] | None,
    typer.Option(
        help="A spaCy package or folder (UD labels, or en_core_web_*), or stanza:<lang>[:<package>]; it reads the "
        "language that it is for, or the one that CODE=... names. May be repeated."
    ),
]
Phenomenon = Annotated[list[str] | None, typer.Option(help="Only this phenomenon. May be repeated.")]
RuleId = Annotated[list[str] | None, typer.Option("--rule", help="Only this rule. May be repeated.")]
StanzaDir = Annotated[
    Path | None,
    typer.Option(help="The folder with Stanza's models; Stanza's own by default. Nothing is ever downloaded."),
]
Hardness = Annotated[
    str,
    typer.Option(
        help="both, hard (negatives nearer to the query than positives) or easy: whole pairs of that kind only."
    ),
]
Split = Annotated[str, typer.Option(help="Shares of the documents for train, validation and test.")]
SplitBy = Annotated[
    str, typer.Option(help="What is kept on one side of a split: document, domain, licence or source (metadata).")
]
QuotaOption = Annotated[
    list[str] | None,
    typer.Option(
        "--quota",
        metavar="COLUMNS=PAIRS",
        help="At most so many pairs for each combination of phenomenon, language, variety, rule, document, domain,"
        " query_style, split, such as rule+document=20. May be repeated; they hold one after the other.",
    ),
]
Similarity = Annotated[
    float,
    typer.Option(
        help="Sentences of different documents with so much of their wording in common count once (0.5 to 1; 1: only"
        " equal ones)."
    ),
]
Refine = Annotated[
    bool, typer.Option(help="Leave out pairs until hard and easy rows of each rule and language balance.")
]
MaxSize = Annotated[
    float,
    typer.Option(
        help="Megabytes that one document, record or unpacked file may have; longer .txt files are read in pieces."
    ),
]
MaxSeconds = Annotated[float, typer.Option(help="Seconds that reading or working on one document may take.")]
GrammarFolder = Annotated[
    list[str] | None,
    typer.Option(
        "--grammar",
        metavar="FOLDER",
        help="Your own language or variety, or additions to a bundled one, as YAML files like those in grammars/."
        " May be repeated.",
    ),
]
Frames = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NUMBER|FOLDER",
        help="A number: bindings per frame, 0 leaves the frames out. A folder: your own frames too. May be repeated.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def settings_from(
    language: str,
    parser: list[str] | None,
    phenomenon: list[str] | None,
    rule: list[str] | None,
    *,
    seed: int,
    per_sentence: int = 50,
    frames: list[str] | None = None,
    bindings: int = 0,
    grammar: list[str] | None = None,
    text_column: str = "text",
    stanza_dir: Path | None = None,
    granularity: str = "sentence",
) -> Settings:
    """The settings that the options ask for."""
    from nyaris.grammar import use_grammars
    from nyaris.run.settings import Settings

    use_grammars(grammar or ())  # options below name their languages
    numbers = [int(each) for each in frames or () if each.isdecimal()]
    return Settings(
        language=language,
        phenomena=tuple(phenomenon or ()),
        rules=tuple(rule or ()),
        per_sentence=per_sentence,
        frames=numbers[-1] if numbers else bindings,
        frame_folders=tuple(each for each in frames or () if not each.isdecimal()),
        grammars=tuple(grammar or ()),
        parsers=_parsers(parser or []),
        seed=seed,
        text_column=text_column,
        stanza_dir=str(stanza_dir or ""),
        granularity=granularity,
    )


def collation_from(
    hardness: str, split: str, split_by: str, quota: list[str] | None, similarity: float, refine: bool
) -> Collation:
    """The collation that the options ask for."""
    from nyaris.run.collation import Collation, parse_quota, parse_shares

    return Collation(
        shares=parse_shares(split),
        split_by=split_by,
        hardness=hardness,
        quotas=tuple(parse_quota(each) for each in quota or ()),
        similarity=similarity,
        refine=refine,
    )


def _parsers(given: list[str]) -> tuple[tuple[str, str], ...]:
    """`CODE=SPEC` names the language; a bare spec serves the language it is for, or every one if it does not say."""
    pairs: list[tuple[str, str]] = []
    for item in given:
        code, equals, spec = item.partition("=")
        pairs.extend([(code, spec)] if equals else [(each, item) for each in _codes(item)])
    return tuple(pairs)


def _codes(spec: str) -> list[str]:
    from nyaris.errors import UsageError
    from nyaris.grammar import grammar_codes, load_grammar
    from nyaris.trees.parsers import language_of

    language = language_of(spec)
    codes = [code for code in grammar_codes() if language in {None, load_grammar(code).language.iso}]
    if not codes:
        raise UsageError(
            f"--parser {spec} is for the language '{language}', which has no grammar: say which grammar it shall read "
            f"with CODE={spec} (CODE is one of {', '.join(grammar_codes())})"
        )
    return codes

"""Two parsers on one sentence: where their trees differ, and what that makes of the proposals."""

from __future__ import annotations

from dataclasses import dataclass

from nyaris.errors import UsageError
from nyaris.explain import Explanation, explain_with, language_for
from nyaris.run.settings import Settings
from nyaris.trees.sentence import Sentence, Token

Proposal = tuple[str, str, str]
"""Rule, kind, edited text."""


@dataclass(frozen=True)
class Attachment:
    """Where one parser hangs a word: the head's text, empty at the root."""

    upos: str
    rel: str
    head: str


@dataclass(frozen=True)
class Word:
    """A word in both trees; None in one of them where it cuts the text into other words."""

    text: str
    start: int
    first: Attachment | None
    second: Attachment | None
    differs: bool
    """Whether head or relation differ."""


@dataclass(frozen=True)
class Comparison:
    """Both explanations, the words side by side, and the proposals that only one of them makes."""

    first: Explanation
    second: Explanation
    words: tuple[Word, ...]
    only_first: tuple[Proposal, ...]
    only_second: tuple[Proposal, ...]


def compare(text: str, settings: Settings) -> Comparison:
    """Explain a sentence with the two parsers that the settings name for its language.

    Raises UsageError when there are not two, NyarisError for a text in no supported language.
    """
    text, code = language_for(text, settings)
    specs = settings.parsers_for(code)
    if len(specs) != 2:
        named = ", ".join(specs) or "none"
        raise UsageError(f"to compare, give --parser twice for {code}, the language of the sentence (given: {named})")
    first, second = (explain_with(spec, text, code, settings) for spec in specs)
    return Comparison(
        first,
        second,
        tuple(_words(first.sentence, second.sentence)),
        tuple(each for each in first.proposals if each not in second.proposals),
        tuple(each for each in second.proposals if each not in first.proposals),
    )


def _words(first: Sentence, second: Sentence) -> list[Word]:
    here = {token.span: token for token in first.tokens}
    there = {token.span: token for token in second.tokens}
    found = []
    for span in sorted(here.keys() | there.keys()):
        one, other = here.get(span), there.get(span)
        differs = one is None or other is None or _place(first, one) != _place(second, other)
        text = first.slice(span)
        found.append(Word(text, span.start, _attachment(first, one), _attachment(second, other), differs))
    return found


def _place(sentence: Sentence, token: Token) -> tuple[str, int]:
    head = sentence.head(token)
    return token.rel, head.start if head else -1


def _attachment(sentence: Sentence, token: Token | None) -> Attachment | None:
    if token is None:
        return None
    head = sentence.head(token)
    return Attachment(token.upos, token.rel, head.text if head else "")

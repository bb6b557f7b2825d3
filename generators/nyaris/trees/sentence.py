"""One parsed sentence: frozen Universal Dependencies tokens with character offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d")
FIGURE = "0"
"""What stands among the cues of a sentence for any figure."""


class Span(NamedTuple):
    """A half-open range of characters in the text of a sentence."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """One word. `head` is the index of its head in the sentence, -1 for the root; `end` excludes the blank after it."""

    index: int
    text: str
    start: int
    end: int
    lemma: str
    upos: str
    feats: tuple[tuple[str, str], ...]
    head: int
    rel: str
    lower: str = field(init=False, repr=False, compare=False)
    """The form in lower case."""
    bare_rel: str = field(init=False, repr=False, compare=False)
    """The relation without its subtype."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "lower", self.text.lower())
        object.__setattr__(self, "bare_rel", self.rel.partition(":")[0])

    def __hash__(self) -> int:
        return self.start  # tokens are keys of caches, mostly of one sentence

    def __eq__(self, other: object) -> bool:
        if self is other:  # nearly always, where two are the same: all fields need not be compared
            return True
        if not isinstance(other, Token) or self.index != other.index or self.text != other.text:
            return False
        return _plain(self) == _plain(other)

    @property
    def span(self) -> Span:
        """Where the word stands."""
        return Span(self.start, self.end)

    def feat(self, name: str) -> str | None:
        """The value of a UD feature, or None."""
        return next((value for known, value in self.feats if known == name), None)

    def has_rel(self, *rels: str) -> bool:
        """Whether the relation is one of these; a bare name covers its subtypes ("nsubj" covers "nsubj:pass")."""
        return self.rel in rels or self.bare_rel in rels


_plain = attrgetter("start", "lemma", "upos", "feats", "head", "rel")


@dataclass(frozen=True)
class Sentence:
    """A sentence and its tree, whichever parser made it.

    `language` is a grammar code ("en", "en-MY", "ms"); `start` and `end` are the offsets in the document that the
    text was read from. Runs of blanks are collapsed in `text`, so only token offsets within the sentence are exact.
    `keeps_capital` says whether the document writes the first word with a capital inside sentences too; None where
    it never comes up there.
    """

    text: str
    tokens: tuple[Token, ...]
    language: str
    start: int = 0
    end: int = 0
    keeps_capital: bool | None = None

    def __hash__(self) -> int:
        return hash(self.text)  # sentences are keys of caches

    @cached_property
    def words(self) -> frozenset[str]:
        """Every run of letters and digits in lower case: what a pattern of whole words can find."""
        return frozenset(_WORD.findall(self.lowered))

    @cached_property
    def lowered(self) -> str:
        """The text in lower case."""
        return self.text.lower()

    @cached_property
    def written(self) -> str:
        """The tokens in lower case with blanks between, apostrophes straight."""
        return written(self.tokens)

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every token in lower case."""
        return frozenset([token.lower for token in self.tokens])

    @cached_property
    def names(self) -> frozenset[str]:
        """Every token in lower case, as it stands and as its lemma."""
        return self.forms.union([token.lemma.lower() for token in self.tokens])

    @cached_property
    def cues(self) -> frozenset[str]:
        """All of `words` and `names`, and FIGURE for a figure: a rule that needs one of its words looks here first."""
        figure = {FIGURE} if _FIGURE.search(self.text) else ()
        return self.words.union(self.names, figure)

    @cached_property
    def place_of(self) -> dict[int, int]:
        """The index of the token that starts at a character."""
        return {token.start: token.index for token in self.tokens}

    @cached_property
    def roots(self) -> tuple[Token, ...]:
        """Every token without a head; a sound tree has one."""
        return tuple(token for token in self.tokens if token.head < 0)

    @property
    def root(self) -> Token:
        """The first root."""
        return self.roots[0]

    @cached_property
    def _dependents(self) -> tuple[tuple[Token, ...], ...]:
        table: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head >= 0:
                table[token.head].append(token)
        return tuple(tuple(row) for row in table)

    def children(self, token: Token, *rels: str) -> tuple[Token, ...]:
        """Dependents in text order, all of them or those with one of the relations."""
        dependents = self._dependents[token.index]
        if not rels or not dependents:
            return dependents
        if len(rels) == 1:
            rel = rels[0]
            return tuple([child for child in dependents if rel in (child.rel, child.bare_rel)])
        return tuple([child for child in dependents if child.rel in rels or child.bare_rel in rels])

    def child(self, token: Token, *rels: str) -> Token | None:
        """The only dependent with one of the relations; None when there is none or more than one."""
        found = self.children(token, *rels)
        return found[0] if len(found) == 1 else None

    def head(self, token: Token) -> Token | None:
        """The head, None for a root."""
        return self.tokens[token.head] if token.head >= 0 else None

    def ancestors(self, token: Token) -> Iterator[Token]:
        """Heads, from the nearest up to the root."""
        while token.head >= 0:
            token = self.tokens[token.head]
            yield token

    def subtree(self, token: Token) -> tuple[Token, ...]:
        """The token and everything below it, in text order."""
        found, queue = [token], [token]
        while queue:
            for child in self._dependents[queue.pop().index]:
                found.append(child)
                queue.append(child)
        return tuple(sorted(found, key=lambda each: each.index))

    def span(self, *tokens: Token) -> Span:
        """From the first character of the first token to the last character of the last."""
        return Span(min(token.start for token in tokens), max(token.end for token in tokens))

    def phrase(self, token: Token) -> Span | None:
        """The span of the subtree, without punctuation at its edges; None when the subtree has gaps."""
        tokens = list(self.subtree(token))
        if len(tokens) != tokens[-1].index - tokens[0].index + 1:
            return None
        while tokens[0].upos == "PUNCT" and len(tokens) > 1:
            tokens.pop(0)
        while tokens[-1].upos == "PUNCT" and len(tokens) > 1:
            tokens.pop()
        return self.span(*tokens)

    def tokens_in(self, span: Span) -> tuple[Token, ...]:
        """The tokens that lie wholly inside the span."""
        return tuple(token for token in self.tokens if span.start <= token.start and token.end <= span.end)

    def next(self, token: Token) -> Token | None:
        """The following token."""
        return self.tokens[token.index + 1] if token.index + 1 < len(self.tokens) else None

    def previous(self, token: Token) -> Token | None:
        """The token before."""
        return self.tokens[token.index - 1] if token.index else None

    def slice(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]


def written(tokens: Iterable[Token]) -> str:
    """Tokens in lower case with blanks between, apostrophes straight: what a pattern over words looks at."""
    return " ".join([token.lower for token in tokens]).replace("’", "'")

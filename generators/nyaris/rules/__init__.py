"""Flips and keepers: marked pure functions, found by looking through this folder.

A rule takes a sentence and a grammar and yields edits, or nothing. Its id is `<file>.<function>`, for flips the file
is the phenomenon. Its docstring is its line in `nyaris rules` and in the dataset card.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Literal, get_args

from nyaris.edits import Edit
from nyaris.grammar import Grammar
from nyaris.trees.sentence import Sentence

Relation = Literal["contradiction", "contrary", "modality", "rebinding"]
Kind = Literal["flip", "keeper", "question"]
RuleFunction = Callable[[Sentence, Grammar], Iterator[Edit]]
Cues = Callable[[Grammar], Iterable[str]]
"""The words and phrases (or FIGURE) of which a sentence must have one; nothing at all if any sentence will do."""

RELATIONS: tuple[Relation, ...] = get_args(Relation)


@dataclass(frozen=True)
class Mark:
    """What a decorator says of a rule."""

    kind: Kind
    relation: Relation | None = None
    answerable: bool = True
    cues: Cues | None = None


_MARKS: dict[RuleFunction, Mark] = {}


def flip(
    relation: Relation, cues: Cues | None = None, *, answerable: bool = True
) -> Callable[[RuleFunction], RuleFunction]:
    """Mark a rule whose edit changes the meaning; `relation` says how the result stands to the source.

    `cues` are words without which the rule has nothing to say, so that it need not be asked. A rule that is not
    `answerable` widens or narrows what is said, so that both sides would answer a question.
    """

    def mark(function: RuleFunction) -> RuleFunction:
        _MARKS[function] = Mark("flip", relation, answerable, cues)
        return function

    return mark


def keeper(function: RuleFunction) -> RuleFunction:
    """Mark a rule whose edit keeps the meaning."""
    _MARKS[function] = Mark("keeper")
    return function


def asks(function: RuleFunction) -> RuleFunction:
    """Mark a rule whose edit asks for a span (`Edit.asked`) that only the kept meaning answers."""
    _MARKS[function] = Mark("question")
    return function


@dataclass(frozen=True)
class Rule:
    """A rule with its id, found by `all_rules`."""

    id: str
    kind: Kind
    relation: Relation | None
    description: str
    function: RuleFunction
    answerable: bool = True
    """Whether a question can tell what the flip made from its source."""
    cues: Cues | None = None

    @property
    def phenomenon(self) -> str:
        """The file it lives in."""
        return self.id.partition(".")[0]

    def propose(self, sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
        """The rule's edits, without those that are malformed or change nothing."""
        if self.cues and not _may_speak(self.cues, sentence, grammar):
            return
        for edit in self.function(sentence, grammar):
            if edit.is_sound(sentence.text) and edit.apply(sentence.text) != sentence.text:
                yield edit


def _may_speak(cues: Cues, sentence: Sentence, grammar: Grammar) -> bool:
    known = _openings(cues, grammar)
    return not known or not known.isdisjoint(sentence.cues)


@cache
def _openings(cues: Cues, grammar: Grammar) -> frozenset[str]:
    """One word of every cue, as `Sentence.cues` would have it."""
    found = [re.search(r"\w+", cue.lower()) for cue in cues(grammar)]
    return frozenset(match.group() for match in found if match) if all(found) else frozenset()


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by file and then in the order of definition."""
    found: list[Rule] = []
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        contents = vars(import_module(f"{__name__}.{module}"))
        for name, function in contents.items():
            if callable(function) and function in _MARKS and function.__module__.endswith(f".{module}"):
                mark = _MARKS[function]
                line = (function.__doc__ or "").strip().partition("\n")[0]
                found.append(
                    Rule(f"{module}.{name}", mark.kind, mark.relation, line, function, mark.answerable, mark.cues)
                )
    return tuple(found)


def flips() -> tuple[Rule, ...]:
    """The rules that change the meaning."""
    return tuple(rule for rule in all_rules() if rule.kind == "flip")


def keepers() -> tuple[Rule, ...]:
    """The rules that keep it, questions left out."""
    return tuple(rule for rule in all_rules() if rule.kind == "keeper")


def questions() -> tuple[Rule, ...]:
    """The rules that turn the sentence into a question."""
    return tuple(rule for rule in all_rules() if rule.kind == "question")


def phenomena() -> tuple[str, ...]:
    """The names of the phenomena, one per file of flips."""
    return tuple(dict.fromkeys(rule.phenomenon for rule in flips()))

"""Cheap evidence that a tree is wrong: shapes that sound trees hardly ever have, and parsers' mistakes often do.

Which signals a language trusts is data: in `docs/parsers.md` stands how much more often a subject, object or root is
wrong where they fire. A tree in doubt is left out rather than guessed from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from pydantic import field_validator

from nyaris.grammar import Facts, Grammar
from nyaris.trees.sentence import Sentence, Token

Signal = Callable[[Sentence, Token], bool]
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})
_NEVER_AN_ARGUMENT = frozenset({"ADP", "AUX", "CCONJ", "PART", "PUNCT", "SCONJ", "VERB"})
_CLAUSAL = ("advcl", "acl", "ccomp", "conj", "cop", "aux", "csubj", "parataxis", "root", "xcomp")
_MODIFIES_A_FUNCTION_WORD = ("advmod", "cc", "conj", "fixed", "goeswith", "nmod", "obl", "punct")


def _two_subjects(sentence: Sentence, token: Token) -> bool:
    return len(sentence.children(token, "nsubj", "csubj")) > 1


def _odd_subject(sentence: Sentence, token: Token) -> bool:
    return token.has_rel("nsubj") and token.upos in _NEVER_AN_ARGUMENT


def _object_before_verb(sentence: Sentence, token: Token) -> bool:
    return token.has_rel("obj") and token.index < token.head and token.feat("PronType") not in {"Rel", "Int"}


def _subject_without_copula(sentence: Sentence, token: Token) -> bool:
    """A subject of a noun or adjective, with nothing that links them."""
    if token.upos not in _NOMINAL | {"ADJ"} or sentence.children(token, "cop"):
        return False
    return token.has_rel("root", "ccomp", "advcl", "acl") and bool(sentence.children(token, "nsubj"))


def _bare_noun_root(sentence: Sentence, token: Token) -> bool:
    return token.head < 0 and token.upos in _NOMINAL and not sentence.children(token, "cop")


def _function_head(sentence: Sentence, token: Token) -> bool:
    """A determiner, preposition, conjunction or auxiliary with dependents of its own."""
    if not token.has_rel("det", "case", "mark", "cc", "aux", "cop") or token.upos == "VERB":
        return False
    return any(not child.has_rel(*_MODIFIES_A_FUNCTION_WORD) for child in sentence.children(token))


def _stray_auxiliary(sentence: Sentence, token: Token) -> bool:
    return (token.upos == "AUX") is not token.has_rel("aux", "cop") and (
        token.has_rel("aux", "cop") or not token.has_rel(*_CLAUSAL)
    )


def _nominal_verb(sentence: Sentence, token: Token) -> bool:
    return token.upos == "VERB" and token.has_rel("nsubj", "obj", "obl", "nmod", "flat", "det", "nummod", "appos")


def _noun_as_function_word(sentence: Sentence, token: Token) -> bool:
    return token.upos in {"NOUN", "PROPN"} and token.has_rel("advmod", "mark", "cc", "aux", "case", "cop")


def _loose_conjunct(sentence: Sentence, token: Token) -> bool:
    return token.has_rel("conj") and not sentence.children(token, "cc", "punct")


def _lone_comma(sentence: Sentence, token: Token) -> bool:
    """One comma between subject and verb, which neither opens nor closes anything."""
    if not token.has_rel("nsubj") or token.index > token.head:
        return False
    last = max(each.index for each in sentence.subtree(token))
    return [each.text for each in sentence.tokens[last + 1 : token.head]].count(",") == 1


def _finite_without_subject(sentence: Sentence, token: Token) -> bool:
    if token.upos != "VERB" or token.feat("VerbForm") != "Fin" or token.feat("Mood") == "Imp":
        return False
    return token.has_rel("root", "ccomp", "advcl") and not sentence.children(token, "nsubj", "csubj", "expl")


SIGNALS: Mapping[str, Signal] = {
    "two-subjects": _two_subjects,
    "odd-subject": _odd_subject,
    "object-before-verb": _object_before_verb,
    "subject-without-copula": _subject_without_copula,
    "bare-noun-root": _bare_noun_root,
    "function-head": _function_head,
    "stray-auxiliary": _stray_auxiliary,
    "nominal-verb": _nominal_verb,
    "noun-as-function-word": _noun_as_function_word,
    "loose-conjunct": _loose_conjunct,
    "lone-comma": _lone_comma,
    "finite-without-subject": _finite_without_subject,
}


class DoubtFacts(Facts):
    """Which signals to trust."""

    topic: ClassVar[str] = "doubt"

    signals: tuple[str, ...]

    @field_validator("signals")
    @classmethod
    def _known(cls, signals: tuple[str, ...]) -> tuple[str, ...]:
        unknown = sorted(set(signals) - SIGNALS.keys())
        if unknown:
            raise ValueError(f"no signal {', '.join(unknown)}; known are {', '.join(SIGNALS)}")
        return signals


def doubt(sentence: Sentence, grammar: Grammar) -> str | None:
    """The first signal that speaks against a tree, or None."""
    for name in grammar.facts(DoubtFacts).signals:
        signal = SIGNALS[name]
        for token in sentence.tokens:
            if signal(sentence, token):
                return name
    return None

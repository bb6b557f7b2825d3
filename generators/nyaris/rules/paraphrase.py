"""Small words that may be said or left out, long or short: contractions, that-clauses, pointing words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from nyaris.edits import Edit, replacing
from nyaris.grammar import Facts, Grammar
from nyaris.rules import keeper
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.lexicon import is_plural
from nyaris.words.wording import exchangeable, is_quoted, opens_sentence


class ParaphraseFacts(Facts):
    """The small words of a language that have two forms."""

    topic: ClassVar[str] = "paraphrase"

    contractions: dict[str, str] = Field(default_factory=dict)
    """Two words, lower case -> their short form, with a straight apostrophe."""
    expansions: dict[str, str] = Field(default_factory=dict)
    """Short form -> two words; only short forms with one reading."""
    informal_pronouns: frozenset[str] = frozenset()
    """Pronouns of sentences that may be spoken."""
    formal_words: frozenset[str] = frozenset()
    """Words of sentences that are too formal for short forms."""
    complementiser: str = ""
    """The word before a clause that says what somebody knows or says, where it may be left out."""
    openers_of_content: frozenset[str] = frozenset()
    """Forms of verbs after which it may be left out or put in."""
    content_subjects: frozenset[str] = frozenset()
    """Pronouns that may follow at once."""
    saying: frozenset[str] = frozenset()
    """Forms of verbs of saying and finding, after which any subject may follow."""
    purpose: tuple[str, str] = ("", "")
    """The word before a clause of purpose, and its long form."""
    purposeful: frozenset[str] = frozenset()
    """Forms of verbs that are done to an end."""
    not_means: frozenset[str] = frozenset()
    """Nouns that are no means to an end of their own (reasonable efforts to)."""
    pointer: str = ""
    """A word that points at something mentioned before (such)."""
    pointing: tuple[str, str] = ("", "")
    """What stands for it before a singular and a plural noun that the sentence has mentioned (that, those)."""
    opening: tuple[str, str] = ("", "")
    """What stands for it at the beginning of a sentence (this, these)."""
    always_plural: frozenset[str] = frozenset()
    """Nouns without a singular."""
    pointer_breaks: frozenset[str] = frozenset()
    """Words beside it with which it says something else (such a, any such)."""
    pointer_forward: frozenset[str] = frozenset()
    """Words later in the sentence with which it points forward (such ... as)."""
    commanding: frozenset[str] = frozenset()
    """Modals of the sentences in which it points back rather than describes."""


@keeper
def contraction(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Two words become their short form (do not, don't)."""
    facts = grammar.facts(ParaphraseFacts)
    words = {token.lower for token in sentence.tokens}
    if not words & facts.informal_pronouns or words & facts.formal_words:
        return
    for first in sentence.tokens[:-1]:
        second = sentence.tokens[first.index + 1]
        short = facts.contractions.get(f"{first.lower} {second.lower}")
        third = sentence.next(second)
        ends = third is None or third.upos in {"PUNCT", "CCONJ"} or third.start == second.end
        if short and not ends and second.start == first.end + 1 and not is_quoted(sentence, first):
            text = _capital_of(first, _apostrophe(sentence, short))
            yield replacing((Span(first.start, second.end), text))


@keeper
def expansion(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A short form becomes two words (don't, do not)."""
    facts = grammar.facts(ParaphraseFacts)
    for first in sentence.tokens[:-1]:
        second = sentence.tokens[first.index + 1]
        if second.start != first.end or is_quoted(sentence, first):
            continue
        long = facts.expansions.get((first.lower + second.lower).replace("’", "'"))
        following = sentence.next(second)
        if long and following is not None and following.upos not in {"PRON", "PUNCT"}:
            yield replacing((Span(first.start, second.end), _capital_of(first, long)))


@keeper
def complementiser_left_out(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The word before a that-clause is left out."""
    facts = grammar.facts(ParaphraseFacts)
    for token in sentence.tokens:
        before, after = sentence.previous(token), sentence.next(token)
        if not before or not after or token.lower != facts.complementiser or token.upos != "SCONJ":
            continue
        if _may_go_without(sentence, before, after, facts) and not is_quoted(sentence, token):
            yield replacing((Span(token.start, after.start), ""))


@keeper
def complementiser_put_in(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The word before a that-clause is put in."""
    facts = grammar.facts(ParaphraseFacts)
    if not facts.complementiser:
        return
    for verb in sentence.tokens:
        subject, opener = sentence.child(verb, "nsubj"), sentence.head(verb)
        if subject is None or opener is None or not verb.has_rel("ccomp") or sentence.children(verb, "mark"):
            continue
        after = sentence.subtree(subject)[0]
        if any(child.feat("PronType") == "Rel" for child in sentence.children(verb, "obj", "obl", "advmod")) or (
            opener.has_rel("acl", "acl:relcl", "parataxis") and opener.index and not sentence.children(verb, "obj")
        ):
            continue  # "which I must say they did"
        if (
            after.index != opener.index + 1
            or after.index != sentence.subtree(verb)[0].index
            or verb.index < after.index
        ):
            continue
        if subject.upos != "PRON" and not sentence.children(verb, "aux", "cop"):
            continue  # the parser may have taken a noun phrase for a clause
        if _may_go_without(sentence, opener, after, facts) and not is_quoted(sentence, after):
            yield replacing((Span(after.start, after.start), f"{facts.complementiser} "))


def _may_go_without(sentence: Sentence, opener: Token, after: Token, facts: ParaphraseFacts) -> bool:
    """Whether the clause after such a verb, with such a subject, is as well with the word as without it."""
    if after.lower in facts.content_subjects and after.has_rel("nsubj"):
        return opener.lower in facts.openers_of_content | facts.saying
    nominal = after.upos in {"DET", "NOUN", "PROPN", "PRON"} and after.feat("PronType") not in {"Rel", "Int"}
    subject = after if after.has_rel("nsubj") else sentence.head(after)
    clause = sentence.head(subject) if subject is not None else None
    tied = clause is not None and clause.has_rel("ccomp") and clause.head == opener.index
    return nominal and opener.lower in facts.saying and subject is not None and subject.has_rel("nsubj") and tied


@keeper
def purpose(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A clause of purpose says at once that it is one (to, in order to)."""
    facts = grammar.facts(ParaphraseFacts)
    for mark in sentence.tokens:
        act, before = sentence.head(mark), sentence.previous(mark)
        means = sentence.head(act) if act else None
        if mark.lower != facts.purpose[0] or not act or not means or not before or act.index != mark.index + 1:
            continue
        if not act.has_rel("advcl") or means.lower not in facts.purposeful or before.upos not in {"NOUN", "PROPN"}:
            continue
        things = sentence.children(means, "obj", "nsubj:pass")
        if means.has_rel("acl"):
            continue  # "enables the officer who conducts an inquiry to refer": the parser may have gone astray
        if any(thing.lower in facts.not_means for thing in things):
            continue
        if (
            means.index < mark.index
            and things
            and before.index in {x.index for t in things for x in sentence.subtree(t)}
        ):
            yield replacing((mark.span, facts.purpose[1]))


@keeper
def pointer(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A word that points back gives way to another (such notice, that notice)."""
    facts = grammar.facts(ParaphraseFacts)
    for token in sentence.tokens:
        noun = sentence.head(token)
        if token.lower != facts.pointer or noun is None or noun.upos != "NOUN" or noun.index < token.index:
            continue
        if sentence.children(noun, "conj"):
            continue
        around = {each.lower for each in (sentence.previous(token), sentence.next(token)) if each}
        later = {each.lower for each in sentence.tokens if each.index > noun.index}
        if around & facts.pointer_breaks or later & facts.pointer_forward or is_quoted(sentence, token):
            continue
        mentioned = any(
            each.lemma.lower() == noun.lemma.lower() and each.upos in {"NOUN", "PROPN"}
            for each in sentence.tokens[: token.index]
        )
        plural = is_plural(noun, grammar) or noun.lower in facts.always_plural
        if mentioned and exchangeable(sentence, (token,)):
            yield replacing((token.span, facts.pointing[plural]))
        elif opens_sentence(sentence, token) and _commands(sentence, noun, facts):
            yield replacing((token.span, facts.opening[plural]))


def _commands(sentence: Sentence, noun: Token, facts: ParaphraseFacts) -> bool:
    """Whether the noun is the subject of a clause of duty."""
    verb = sentence.head(noun)
    if verb is None or not noun.has_rel("nsubj"):
        return False
    return any(child.lower in facts.commanding for child in sentence.children(verb, "aux"))


def _apostrophe(sentence: Sentence, text: str) -> str:
    """The text with the apostrophe that the sentence uses."""
    return text.replace("'", "’") if "’" in sentence.text else text


def _capital_of(first: Token, text: str) -> str:
    return text[0].upper() + text[1:] if first.text[0].isupper() else text

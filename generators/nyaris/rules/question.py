"""Questions for the subject: "Who must pay the deposit to the landlord?"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from nyaris import rules
from nyaris.edits import Edit, Replacement
from nyaris.grammar import Facts, Grammar
from nyaris.syntax.agreement import AgreementFacts, finite_verb_of, inflected_for
from nyaris.syntax.clauses import ClauseFacts
from nyaris.syntax.predicates import main_predicate
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.lexicon import is_agent, is_plural, kind_of
from nyaris.words.wording import is_quoted


class QuestionFacts(Facts):
    """Question words, and subjects and sentences that are not asked for."""

    topic: ClassVar[str] = "question"

    person: str
    """What stands for a person, party or organisation (who)."""
    thing: str
    """What stands for everything else (what)."""
    thing_kinds: frozenset[str] = frozenset()
    """Kinds of nouns that are no person."""
    things: frozenset[str] = frozenset()
    """More nouns that are none, lower case."""
    thing_endings: tuple[str, ...] = ()
    """Endings of such nouns."""
    thing_confixes: tuple[tuple[str, str], ...] = ()
    """Beginnings and endings that go together in such nouns."""
    not_things: frozenset[str] = frozenset()
    """Nouns with such an ending, or of such a kind, that may be persons all the same."""
    not_persons: frozenset[str] = frozenset()
    """Nouns that names of organisations end in and that are things as often."""
    verb_prefixes: tuple[str, ...] = ()
    """Beginnings of verbs, where verbs have them; another predicate needs an auxiliary."""
    not_asked: frozenset[str] = frozenset()
    """Words that a subject does not contain: the answer would say nothing (neither, such, it)."""
    negative: frozenset[str] = frozenset()
    """Words that make a subject of nobody and nothing."""
    pointers: frozenset[str] = frozenset()
    """Words that point outside of the sentence unless they stand before a document (this Agreement)."""
    not_in_rest: frozenset[str] = frozenset()
    """Words of the rest that point at the subject or at another sentence."""
    not_predicates: frozenset[str] = frozenset()
    """Lemmas of predicates that do not make a question of the subject (mean)."""
    openers: frozenset[str] = frozenset()
    """Words and phrases before the subject that are dropped (however)."""
    adverbials: frozenset[str] = frozenset()
    """First words of clauses and phrases before the subject that stay (if, upon)."""
    modals: dict[str, str] = Field(default_factory=dict)
    """Modals that do not stand after a question word, and the one that does."""
    longest: int = 36
    longest_subject: int = 12


_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM", "PRON", "SYM", "X", "PUNCT"})
_BREAKS = frozenset({"(", ":", ";", "“", '"', "["})
_SHORTEST_CONFIXED = 6
_PHRASAL = frozenset({"DET", "NOUN", "PROPN", "ADJ", "PRON", "ADV", "ADP", "NUM"})
_REACH = 9
_SHORTEST = 4
"""The fewest words after the subject that make a question worth asking."""


@rules.question
def subject(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Who or what does it."""
    facts = grammar.facts(QuestionFacts)
    root, last = sentence.root, sentence.tokens[-1]
    noun = sentence.child(root, "nsubj")
    if noun is None or last.text != "." or len(sentence.tokens) > facts.longest or noun.index > root.index:
        return
    asked = _asked(sentence, noun, facts)
    word = _question_word(sentence, noun, grammar)
    if asked is None or word is None or not _may_be_asked(sentence, root, noun, asked, grammar):
        return
    start = _start(sentence, root, asked[0], grammar)
    if start is None:
        return
    span = sentence.span(*asked)
    parts = [Replacement(start, span.end, word), Replacement(last.start, last.end, "?")]
    finite = _singular(sentence, root, noun, grammar)
    if finite is None:
        return
    if finite != ():
        parts.append(Replacement(*finite))
    modals = (child for child in sentence.children(root, "aux", "advmod") if child.lower in facts.modals)
    parts.extend(Replacement(modal.start, modal.end, facts.modals[modal.lower]) for modal in modals)
    yield replace(Edit(tuple(sorted(parts))), asked=span)


def _asked(sentence: Sentence, noun: Token, facts: QuestionFacts) -> tuple[Token, ...] | None:
    tokens = tuple(token for token in sentence.subtree(noun))
    while tokens and tokens[-1].text == ",":
        tokens = tokens[:-1]
    if not tokens or tokens[-1].index - tokens[0].index + 1 != len(tokens) or len(tokens) > facts.longest_subject:
        return None
    own = {child.lower for child in sentence.children(noun, "det", "nmod:poss", "advmod", "amod", "case", "cc")} | {
        noun.lower
    }
    if own & facts.not_asked or any(token.lower in facts.negative for token in tokens):
        return None
    if noun.upos not in {"NOUN", "PROPN"} or tokens[0].upos == "ADP" or is_quoted(sentence, noun):
        return None
    if tokens[-1].upos not in _NOMINAL or any(token.text in _BREAKS for token in tokens):
        return None
    return tokens


def _question_word(sentence: Sentence, noun: Token, grammar: Grammar) -> str | None:
    facts = grammar.facts(QuestionFacts)
    kinds = [kind_of(sentence, each, grammar) for each in (noun, *sentence.children(noun, "conj"))]
    if noun.has_rel("nsubj:pass") and not {"person", "party"} & set(kinds) and is_agent(sentence, noun, grammar):
        return None  # what is done to an organisation may be done to it as to a thing (a hospital is built)
    if is_agent(sentence, noun, grammar) and noun.lower not in facts.not_persons:
        return facts.person if not any(kind in facts.thing_kinds for kind in kinds) else None
    if (sentence.children(noun, "conj") and None in kinds) or noun.lower in facts.not_things:
        return None
    names = {noun.lower, noun.lemma.lower()}
    if names & facts.not_things or (noun.text[0].isupper() and noun.index and kinds[0] is None):
        return None
    listed = kinds[0] in facts.thing_kinds or names & facts.things or _looks_like_thing(noun.lower, facts)
    return facts.thing if listed else None


def _looks_like_thing(word: str, facts: QuestionFacts) -> bool:
    confixed = any(word.startswith(first) and word.endswith(last) for first, last in facts.thing_confixes)
    return word.endswith(facts.thing_endings) or (confixed and len(word) > _SHORTEST_CONFIXED)


def _points_outside(sentence: Sentence, token: Token, grammar: Grammar) -> bool:
    """Whether the word points at another sentence, or at what the question leaves open."""
    facts = grammar.facts(QuestionFacts)
    if token.lower in facts.pointers:
        noun = sentence.head(token)
        known = noun is not None and token.has_rel("det")
        return not known or noun is None or kind_of(sentence, noun, grammar) != "document"
    return token.lower in facts.not_in_rest


def _may_be_asked(sentence: Sentence, root: Token, noun: Token, asked: tuple[Token, ...], grammar: Grammar) -> bool:
    """A plain statement whose rest points at nothing outside of it."""
    facts = grammar.facts(QuestionFacts)
    if sentence.children(root, "expl", "parataxis", "csubj") or root.lemma.lower() in facts.not_predicates:
        return False
    if root.lower in facts.not_predicates or (sentence.children(root, "cop") and root.upos != "ADJ"):
        return False
    if root.upos not in {"VERB", "ADJ"}:
        return False
    rest = sentence.tokens[asked[-1].index + 1 : -1]
    if len(rest) < _SHORTEST or any(token.text in {":", ";"} for token in rest):
        return False
    own = ("advcl", "acl", "ccomp", "xcomp", "csubj")
    if any(token.has_rel("nsubj", "expl") and not sentence.tokens[token.head].has_rel(*own) for token in rest):
        return False
    if _has_second_clause(rest, grammar) or not _is_verbal(sentence, root, facts, grammar):
        return False
    return _meets_verb(root, rest[0]) and not any(_points_outside(sentence, token, grammar) for token in rest)


def _has_second_clause(rest: tuple[Token, ...], grammar: Grammar) -> bool:
    """Whether a conjunction is followed by a phrase and an auxiliary: a clause with its own subject."""
    modals = grammar.facts(ClauseFacts).modals
    for place, token in enumerate(rest):
        if token.upos != "CCONJ":
            continue
        for offset, word in enumerate(rest[place + 1 : place + _REACH]):
            if word.upos == "AUX" or word.lower in modals:
                if offset:
                    return True
                break
            if word.upos not in _PHRASAL:
                break
    return False


def _is_verbal(sentence: Sentence, root: Token, facts: QuestionFacts, grammar: Grammar) -> bool:
    """Whether the predicate looks like one, in languages whose verbs carry a prefix."""
    if not facts.verb_prefixes:
        return True
    predicate = main_predicate(sentence, grammar)
    if predicate is None or predicate.head != root:
        return False
    helped = sentence.children(root, "aux", "advmod") or root.upos == "ADJ"
    return bool(helped) or root.lower.startswith(facts.verb_prefixes)


def _meets_verb(root: Token, first: Token) -> bool:
    """Whether the word after the subject is the predicate, one of its helpers, or an adverb of it."""
    if first == root:
        return True
    return first.head == root.index and first.has_rel("aux", "cop", "advmod") and first.index < root.index


def _start(sentence: Sentence, root: Token, first: Token, grammar: Grammar) -> int | None:
    """Where the question word goes: in the place of the subject, and of a word before it that only links sentences."""
    facts = grammar.facts(QuestionFacts)
    if first.index == 0:
        return first.start
    opening = sentence.tokens[: first.index - 1]
    if sentence.tokens[first.index - 1].text != "," or not opening or len(opening) > facts.longest_subject:
        return None
    if sentence.slice(sentence.span(*opening)).lower() in facts.openers:
        return opening[0].start
    tied = all(token.head in {root.index, *(each.index for each in opening)} for token in opening)
    if not tied or opening[0].lower not in facts.adverbials or root in opening:
        return None
    return None if any(_points_outside(sentence, token, grammar) for token in opening) else first.start


def _singular(
    sentence: Sentence, root: Token, noun: Token, grammar: Grammar
) -> tuple[int, int, str] | tuple[()] | None:
    """The finite verb after a singular subject: its place and form, nothing where it stays, None when unknown."""
    verb = finite_verb_of(sentence, root, grammar)
    if not grammar.facts(AgreementFacts).agrees or verb is None:
        return ()
    plural = is_plural(noun, grammar) or bool(sentence.children(noun, "conj"))
    form = inflected_for(verb, 3, False, grammar)
    if form is None:
        return None
    if form == verb.lower:
        return ()
    if not plural or any(sentence.children(other) for other in sentence.children(root, "conj")):
        return None
    modal = verb.lower in grammar.facts(ClauseFacts).modals
    return () if modal else (verb.start, verb.end, form)

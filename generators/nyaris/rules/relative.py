"""Relative clauses, longer and shorter: "the information that you provide", "the information you provide"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from nyaris.edits import Edit, replacing
from nyaris.grammar import Facts, Grammar
from nyaris.rules import keeper
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.lexicon import kind_of
from nyaris.words.wording import exchangeable, is_quoted


class RelativeFacts(Facts):
    """The small words of relative clauses; empty where a language has but one form."""

    topic: ClassVar[str] = "relative"

    things: tuple[str, ...] = ()
    """Pronouns for what is no person, each good for the other in a clause that restricts its noun."""
    persons: tuple[str, ...] = ()
    """Pronouns for persons."""
    omissible: str = ""
    """The pronoun that may be left out where the clause has its own subject."""
    copulas: dict[str, str] = Field(default_factory=dict)
    """Number feature -> the copula before a participle in the present."""
    past_copulas: dict[str, str] = Field(default_factory=dict)
    """The same where the sentence tells what was."""
    finite_copulas: frozenset[str] = frozenset()
    """Copulas that may be left out together with the pronoun."""
    participles: frozenset[str] = frozenset()
    """Participles that describe a state, so that the copula in the present may be put before them."""
    adverb_endings: tuple[str, ...] = ()
    """Endings of adverbs, which no noun before a participle has."""
    subjects: frozenset[str] = frozenset()
    """Pronouns that begin a relative clause without its own pronoun (the service you use)."""
    not_antecedents: frozenset[str] = frozenset()
    """Nouns followed by a clause that tells their content (the fact that), and words that take only one pronoun."""
    telling: frozenset[str] = frozenset()
    """Verbs whose object is told what the clause after it says (reminded the floor that)."""
    person_kinds: frozenset[str] = frozenset()
    """Kinds of nouns that take the pronoun for persons."""
    links_after: frozenset[str] = frozenset()
    """Words after a shortened clause's first word that show it is one (by, in, under)."""


@keeper
def pronoun(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """One relative pronoun stands for another ("that" for "which")."""
    facts = grammar.facts(RelativeFacts)
    for token, noun, verb in _clauses(sentence, facts):
        after = sentence.next(token)
        subject = token.has_rel("nsubj") and after is not None and after.upos in {"AUX", "VERB", "ADV"}
        if token.has_rel("det") or (after is not None and after.upos in {"NOUN", "PROPN"}):
            continue  # "that party" may be meant
        if after is not None and after.start == token.end:
            continue  # "that's"
        if not (subject or _has_gap(sentence, token, verb)) or _is_person(sentence, noun, grammar):
            continue
        for other in facts.things:
            if other != token.lower and token.lower in facts.things:
                yield replacing((token.span, other))


@keeper
def pronoun_left_out(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The relative pronoun is left out before the subject of its clause."""
    facts = grammar.facts(RelativeFacts)
    for token, _, verb in _clauses(sentence, facts):
        after = sentence.next(token)
        if after and after.lower in facts.subjects and after.has_rel("nsubj") and _has_gap(sentence, token, verb):
            yield replacing((Span(token.start, after.start), ""))


@keeper
def pronoun_put_in(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The relative pronoun is put in before the subject of its clause."""
    facts = grammar.facts(RelativeFacts)
    for verb in sentence.tokens:
        noun = sentence.head(verb)
        if not facts.omissible or not verb.has_rel("acl") or noun is None or noun.upos != "NOUN":
            continue
        subject = sentence.child(verb, "nsubj")
        first = sentence.subtree(verb)[0]
        if subject is None or subject != first or subject.index != noun.index + 1:
            continue
        if subject.lower not in facts.subjects or noun.lower in facts.not_antecedents or is_quoted(sentence, noun):
            continue
        asks = any(each.feat("PronType") in {"Rel", "Int"} or each.feat("Poss") for each in sentence.subtree(noun)[:3])
        opens = noun.index < sentence.root.index and sentence.children(noun, "case") and noun.has_rel("obl")
        if asks or opens or sentence.children(verb, "aux:pass", "nsubj:pass"):
            continue  # the clause has no gap for its noun, or is the main one after an adverbial
        if verb.upos == "VERB" and verb.feat("VerbForm") != "Ger" and not sentence.children(verb, "obj", "ccomp"):
            yield replacing((Span(subject.start, subject.start), f"{facts.omissible} "))


@keeper
def shortened(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A relative clause with a copula is shortened to its participle or adjective."""
    facts = grammar.facts(RelativeFacts)
    for token, _, verb in _clauses(sentence, facts):
        copula = sentence.next(token)
        if copula is None or copula.lower not in facts.finite_copulas or not token.has_rel("nsubj"):
            continue
        first, link = sentence.next(copula), sentence.next(verb)
        if first is None or link is None or copula.head != verb.index or verb.index - first.index > 1:
            continue
        if first != verb and first.upos != "ADV":
            continue
        participle = verb.feat("VerbForm") == "Part" and bool(sentence.children(verb, "aux:pass"))
        adjective = verb.upos == "ADJ" and copula.has_rel("cop")
        if (participle or adjective) and link.lower in facts.links_after and not sentence.children(verb, "conj"):
            yield replacing((Span(token.start, first.start), ""))


@keeper
def filled_out(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A participle after its noun becomes a relative clause with a copula."""
    facts = grammar.facts(RelativeFacts)
    for verb in sentence.tokens:
        noun, link = sentence.head(verb), sentence.next(verb)
        if noun is None or link is None or not verb.has_rel("acl") or verb.has_rel("acl:relcl"):
            continue
        if verb.lower not in facts.participles or verb.index != noun.index + 1 or noun.upos != "NOUN":
            continue
        above = sentence.head(noun)
        if noun.has_rel("nmod") and above is not None and above.feat("Number") != noun.feat("Number"):
            continue  # the participle may describe the noun above
        if _is_adverbial(sentence, noun, facts):
            continue  # "duly authorised": the parser took the adverb for a noun
        if link.lower not in facts.links_after or noun.has_rel("conj") or sentence.children(noun, "conj"):
            continue
        if noun.lower in facts.not_antecedents or not exchangeable(sentence, (verb,)) or is_quoted(sentence, noun):
            continue
        copulas = facts.past_copulas if _is_past(sentence) else facts.copulas
        copula = copulas.get(noun.feat("Number") or "")
        person = kind_of(sentence, noun, grammar) in facts.person_kinds
        pronouns = facts.persons if person else facts.things
        if copula and pronouns and not sentence.children(verb, "nsubj", "aux", "mark"):
            yield replacing((Span(verb.start, verb.start), f"{pronouns[0]} {copula} "))


def _clauses(sentence: Sentence, facts: RelativeFacts) -> Iterator[tuple[Token, Token, Token]]:
    """Every relative pronoun that follows its noun at once, with the noun and the verb of its clause."""
    pronouns = {*facts.things, *facts.persons}
    for token in sentence.tokens:
        before, verb = sentence.previous(token), sentence.head(token)
        if token.lower not in pronouns or token.upos != "PRON" or before is None or verb is None:
            continue
        if before.upos != "NOUN" or before.lower in facts.not_antecedents or not verb.has_rel("acl"):
            continue
        if verb.index < token.index or verb.head > token.index or not exchangeable(sentence, (token,)):
            continue
        teller = sentence.head(before)
        if teller is not None and teller.upos == "VERB" and teller.lemma.lower() in facts.telling:
            continue
        yield token, before, verb


def _has_gap(sentence: Sentence, token: Token, verb: Token) -> bool:
    """Whether the clause has its own subject right after the pronoun, and lacks the object that the pronoun is."""
    after = sentence.next(token)
    subject = sentence.child(verb, "nsubj")
    own = subject is not None and subject != token and after is not None and after.index <= subject.index
    objects = [c for c in sentence.children(verb, "obj", "ccomp", "xcomp") if c != token]
    return token.has_rel("obj") and own and not objects and verb.upos == "VERB"


def _is_past(sentence: Sentence) -> bool:
    """Whether the main clause is in the past."""
    root = sentence.root
    finite = next((child for child in sentence.children(root, "aux", "aux:pass", "cop") if child.feat("Tense")), root)
    return finite.feat("Tense") == "Past" and (finite != root or root.feat("VerbForm") == "Fin")


def _is_adverbial(sentence: Sentence, noun: Token, facts: RelativeFacts) -> bool:
    before = sentence.previous(noun)
    looks_so = bool(facts.adverb_endings) and noun.lower.endswith(facts.adverb_endings)
    return before is not None and before.upos in {"NOUN", "PROPN"} and looks_so


def _is_person(sentence: Sentence, noun: Token, grammar: Grammar) -> bool:
    return kind_of(sentence, noun, grammar) in grammar.facts(RelativeFacts).person_kinds

"""What may be said in the other voice: of which verbs, with which phrases, and nothing torn from its place."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from nyaris.grammar import Facts, Grammar
from nyaris.quantities.dates import DateFacts
from nyaris.syntax.clauses import negations_of
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.lexicon import is_agent
from nyaris.words.morphology import may_be_verb
from nyaris.words.wording import exchangeable, is_quoted


class VoicingFacts(Facts):
    """How the passive is made, and of which verbs."""

    topic: ClassVar[str] = "voice"

    strategy: Literal["auxiliary", "prefix"]
    """By an auxiliary and a participle, or by a prefix of the verb."""
    agent_marker: str
    """The adposition before the agent."""
    passive_base: str = ""
    """The auxiliary after a modal."""
    passive_present: tuple[str, str] = ("", "")
    """The auxiliary in the present, singular and plural."""
    passive_past: tuple[str, str] = ("", "")
    """The auxiliary in the past, singular and plural."""
    verbs: frozenset[str]
    """Lemmas (or active forms) of verbs whose passive is common."""
    caused: frozenset[str] = frozenset()
    """Those of them whose passive takes a thing for its agent too (is caused by the virus)."""
    agent_pronouns: frozenset[str] = frozenset()
    """Pronouns that follow the adposition as they stand."""
    near_pronouns: frozenset[str] = frozenset()
    """Pronouns that stand before the bare stem instead (the letter I-read), in languages with such a passive."""
    auxiliaries: frozenset[str]
    """Words that may stand between the subject and the verb and stay where they are."""
    adverbs: frozenset[str] = frozenset()
    """Adverbs that may stand there too."""
    possessives: frozenset[str] = frozenset()
    """Words in a phrase that point at the other phrase (its, their)."""
    possessive_endings: tuple[str, ...] = ()
    """Endings that do the same."""
    not_in_phrases: frozenset[str] = frozenset()
    """Words that are no part of a noun phrase, whatever the parser says (refuse, directly)."""
    bare_agents: bool = False
    """Whether the agent may follow a passive verb without adposition."""
    giving: frozenset[str] = frozenset()
    """Passives of giving: a noun right after them would be taken for the receiver."""
    links_after: frozenset[str] = frozenset()
    """Words that may follow the object: they belong to the verb."""
    links_after_agents: frozenset[str] = frozenset()
    """More of them, where the object is somebody."""
    links_before_dates: frozenset[str] = frozenset()
    """More of them, where a date follows."""
    links_with: dict[str, frozenset[str]] = Field(default_factory=dict)
    """More of them, by the words one of which must follow (in: writing); elsewhere they may belong to the object."""
    links_to_agents: frozenset[str] = frozenset()
    """More of them, before a verb or somebody: a thing may belong to the object (repairs to the roof)."""
    longest: int = 8
    """The most words either phrase may have."""
    longest_closing: int = 14
    """The same for what is acted on at the end of the sentence."""


def may_turn(sentence: Sentence, verb: Token, grammar: Grammar) -> bool:
    """One plain affirmative clause with its own subject: nothing that shares the subject or says more of the object."""
    if sentence.children(verb, "xcomp", "ccomp", "conj", "iobj", "compound", "expl") or verb.has_rel(
        "conj", "acl", "xcomp"
    ):
        return False
    if any(_may_be_conjunct(sentence, token, grammar) for token in sentence.tokens[verb.index + 1 :]):
        return False
    for clause in sentence.children(verb, "advcl", "parataxis"):
        first = sentence.subtree(clause)[0]
        if first.index > verb.index and (first == clause or first.text == ","):
            return False  # its subject is the subject of the verb
    return not negations_of(sentence, verb, grammar) and exchangeable(sentence, (verb,))


def shares_subject(sentence: Sentence, verb: Token, thing: tuple[Token, ...]) -> bool:
    """Whether a clause or gerund outside the phrase has no subject but that of the verb (after becoming aware)."""
    for token in sentence.tokens:
        if token in thing or token == verb or token.upos not in {"VERB", "AUX", "ADJ"}:
            continue
        if sentence.children(token, "nsubj", "expl", "csubj"):
            continue
        loose = token.has_rel("advcl") and token.head == verb.index
        if loose or (
            token.index > verb.index and token.feat("VerbForm") in {"Ger", "Inf"} and not token.has_rel("amod")
        ):
            return True
    return False


def _may_be_conjunct(sentence: Sentence, link: Token, grammar: Grammar) -> bool:
    """Whether a second verb may follow the conjunction, taken for something else by the parser (and highlight gaps)."""
    second = sentence.next(link) if link.upos == "CCONJ" else None
    after = sentence.next(second) if second else None
    return (
        second is not None
        and after is not None
        and second.upos in {"ADJ", "NOUN", "VERB"}
        and may_be_verb(second.lower, grammar)
        and after.upos in {"DET", "ADJ", "NOUN", "PROPN", "PRON"}
    )


def is_listed(verb: Token, form: str, facts: VoicingFacts) -> bool:
    """Whether the passive of the verb is common."""
    return form in facts.verbs or verb.lemma.lower() in facts.verbs


def noun_phrase(
    sentence: Sentence, noun: Token, facts: VoicingFacts, marker: Token | None = None
) -> tuple[Token, ...] | None:
    """The words of a phrase without gaps and clauses, None for pronouns and long phrases."""
    tokens = tuple(token for token in sentence.subtree(noun) if token != marker)
    if noun.upos not in {"NOUN", "PROPN"} or not 1 <= len(tokens) <= facts.longest:
        return None
    if tokens[-1].index - tokens[0].index + 1 != len(tokens) or is_quoted(sentence, noun):
        return None
    if any(token.has_rel("acl", "advcl", "appos", "cc", "parataxis", "punct") for token in tokens):
        return None
    if tokens[-1].upos not in {"NOUN", "PROPN", "DET", "ADJ", "NUM"} or tokens[0].upos in {"ADP", "PRON"}:
        return None
    if any(token.feat("Polarity") == "Neg" for token in tokens):
        return None
    return None if any(token.lower in facts.not_in_phrases or token.upos == "ADV" for token in tokens) else tokens


def agent_phrase(sentence: Sentence, noun: Token, facts: VoicingFacts) -> tuple[Token, ...] | None:
    """The phrase of who acts, a pronoun too where it may follow the adposition."""
    if noun.upos == "PRON":
        return (noun,) if noun.lower in facts.agent_pronouns and not sentence.children(noun) else None
    return noun_phrase(sentence, noun, facts)


def object_phrase(sentence: Sentence, noun: Token, facts: VoicingFacts) -> tuple[Token, ...] | None:
    """The phrase of what is acted on; at the end of the sentence it may have its own clause."""
    tokens = sentence.subtree(noun)
    last = sentence.tokens[-1]
    closing = tokens[-1].index == last.index - 1 and last.text == "."
    if not closing or not any(token.has_rel("acl") for token in tokens):
        return noun_phrase(sentence, noun, facts)
    if noun.upos not in {"NOUN", "PROPN"} or len(tokens) > facts.longest_closing or is_quoted(sentence, noun):
        return None
    if tokens[-1].index - tokens[0].index + 1 != len(tokens) or tokens[0].upos in {"ADP", "PRON"}:
        return None
    clauses = [token for token in tokens if token.has_rel("acl")]
    plain = [token for token in tokens if token.index < sentence.subtree(clauses[0])[0].index]
    if clauses[0].head != noun.index or any(token.upos == "ADP" for token in plain):
        return None
    if any(token.has_rel("appos", "parataxis", "punct", "advcl", "conj", "ccomp", "xcomp") for token in tokens):
        return None
    return (
        None
        if any(token.lower in facts.not_in_phrases or token.feat("Polarity") == "Neg" for token in tokens)
        else tokens
    )


def is_caused(verb: Token, facts: VoicingFacts) -> bool:
    """Whether a thing too may be the agent of its passive."""
    return verb.lower in facts.caused or verb.lemma.lower() in facts.caused


def points_back(before: tuple[Token, ...], after: tuple[Token, ...], facts: VoicingFacts) -> bool:
    """Whether a word of one phrase points at the other."""
    words = [token.lower for token in (*before, *after)]
    return any(word in facts.possessives or word.endswith(facts.possessive_endings) for word in words)


def begins_clause(sentence: Sentence, first: Token) -> bool:
    """Whether the phrase opens its clause, so that no word before it belongs to it."""
    before = sentence.previous(first)
    described = sentence.previous(before) if before is not None and before.text == "," else None
    if described is not None and first.upos == "PROPN" and described.upos in {"NOUN", "PROPN"}:
        return False  # the name may tell who the noun before the comma is
    return before is None or before.upos in {"PUNCT", "SCONJ", "CCONJ"}


def is_two_objects(sentence: Sentence, thing: Token, grammar: Grammar) -> bool:
    """Whether the object may be a receiver and a thing (gives Customer access), or a receiver with what he is told."""
    receivers = [child for child in sentence.children(thing, "compound") if is_agent(sentence, child, grammar)]
    told = is_agent(sentence, thing, grammar) and bool(sentence.children(thing, "nmod"))
    return bool(receivers) or told


def goes_on(sentence: Sentence, last: Token, verb: Token, links: frozenset[str], grammar: Grammar) -> bool:
    """Whether what follows may belong to the phrase rather than to the verb, or shares the subject of the verb."""
    facts, after = grammar.facts(VoicingFacts), sentence.next(last)
    if after is None:
        return False
    if after.lower in facts.links_before_dates and _is_date(sentence.next(after), grammar):
        links |= {after.lower}
    beyond = sentence.next(after)
    if beyond is not None and beyond.lower in facts.links_with.get(after.lower, ()):
        links |= {after.lower}
    if after.lower in facts.links_to_agents and _leads_to_agent(sentence, after, grammar):
        links |= {after.lower}
    if (after.upos != "PUNCT" and after.lower not in links) or after.text in {"(", "-", "[", ";", ":"}:
        return True
    if after.text == "," and not (verb.has_rel("advcl") and verb.head > after.index):
        return True
    for token in sentence.tokens[after.index :]:
        following = sentence.next(token)
        if token.upos == "CCONJ" and following and following.upos in {"AUX", "VERB", "ADV"}:
            return True
    return False


def _leads_to_agent(sentence: Sentence, link: Token, grammar: Grammar) -> bool:
    """Whether a verb follows, or a phrase for somebody."""
    for token in sentence.tokens[link.index + 1 : link.index + 6]:
        if token.upos == "VERB" and token.index == link.index + 1:
            return True
        if token.upos == "PRON" or is_agent(sentence, token, grammar):
            return True
        if token.upos not in {"DET", "ADJ", "NOUN", "PROPN", "NUM"}:
            return False
    return False


def _is_date(token: Token | None, grammar: Grammar) -> bool:
    if token is None:
        return False
    facts = grammar.facts(DateFacts)
    names = {name for months in facts.months for name in months} | set(facts.weekdays)
    return token.upos == "NUM" or token.text in names

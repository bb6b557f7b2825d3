"""Active and passive: "the Tenant shall pay the rent", "the rent shall be paid by the Tenant"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from nyaris.edits import Edit, Move, Replacement, replacing, swapping
from nyaris.grammar import Facts, Grammar
from nyaris.quantities.dates import DateFacts
from nyaris.rules import keeper
from nyaris.syntax.clauses import agent_of, is_passive, negations_of
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.lexicon import is_agent, is_plural
from nyaris.words.morphology import active_of, inflect, may_be_verb, passive_of, stem_of
from nyaris.words.wording import exchangeable, is_quoted


class VoiceRuleFacts(Facts):
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


@keeper
def passive(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """An active clause becomes passive."""
    facts = grammar.facts(VoiceRuleFacts)
    for verb in (token for token in sentence.tokens if token.upos == "VERB"):
        subject, thing = sentence.child(verb, "nsubj"), sentence.child(verb, "obj")
        if subject is None or thing is None or is_passive(sentence, verb, grammar):
            continue
        if not _may_turn(sentence, verb, grammar) or not _is_listed(verb, verb.lower, facts):
            continue
        before, after = _agent_phrase(sentence, subject, facts), _object_phrase(sentence, thing, facts)
        if before is None or after is None:
            continue
        if subject.upos != "PRON" and not is_agent(sentence, subject, grammar) and not _is_caused(verb, facts):
            continue
        if after[0].index != verb.index + 1 or before[-1].index > verb.index or _points_back(before, after, facts):
            continue
        if not _begins_clause(sentence, before[0]) or _is_two_objects(sentence, thing, grammar):
            continue
        if _shares_subject(sentence, verb, after):
            continue
        text = _passive_text(sentence, verb, before, thing, grammar)
        links = facts.links_after | (facts.links_after_agents if is_agent(sentence, thing, grammar) else frozenset())
        if text and not _goes_on(sentence, after[-1], verb, links, grammar):
            yield swapping(sentence.span(*before), sentence.span(*after), (verb.span, text), _pin(before))


@keeper
def near_agent(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """An active clause of a speaker becomes a passive with the speaker right before the stem of its verb."""
    facts = grammar.facts(VoiceRuleFacts)
    for verb in sentence.tokens:
        subject, thing = sentence.child(verb, "nsubj"), sentence.child(verb, "obj")
        if verb.upos != "VERB" or subject is None or thing is None or subject.lower not in facts.near_pronouns:
            continue
        turned = passive_of(verb.lower, grammar)
        if turned is None or not _may_turn(sentence, verb, grammar) or not _is_listed(verb, verb.lower, facts):
            continue
        after = _object_phrase(sentence, thing, facts)
        if after is None or after[0].index != verb.index + 1 or _points_back((subject,), after, facts):
            continue
        if not _begins_clause(sentence, subject) or _is_two_objects(sentence, thing, grammar):
            continue
        words = _between(sentence, (subject,), verb, facts)
        if not words and after[-1].upos != "DET":
            continue  # the pronoun would be taken for the owner of what stands before it
        if (
            words is None
            or sentence.children(subject)
            or _goes_on(sentence, after[-1], verb, facts.links_after, grammar)
        ):
            continue
        yield Edit(
            (
                Replacement(subject.start, sentence.tokens[subject.index + 1].start, ""),
                Replacement(verb.start, verb.end, f"{subject.lower} {stem_of(verb.lower, grammar)}"),
            ),
            moves=(Move(after[0].start, after[-1].end, subject.start, "", " "),),
        )


@keeper
def active(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A passive clause with its agent becomes active."""
    facts = grammar.facts(VoiceRuleFacts)
    for verb in (token for token in sentence.tokens if token.upos == "VERB"):
        subject, agent = sentence.child(verb, "nsubj"), agent_of(sentence, verb, grammar)
        if subject is None or agent is None or not is_passive(sentence, verb, grammar):
            continue
        marker, who = agent
        if marker.index != verb.index + 1 or not _may_turn(sentence, verb, grammar) or sentence.child(verb, "obj"):
            continue
        before = _noun_phrase(sentence, subject, facts)
        after = _noun_phrase(sentence, who, facts, marker)
        if before is None or after is None or after[0].index != marker.index + 1 or before[-1].index > verb.index:
            continue
        if not is_agent(sentence, who, grammar) or _points_back(before, after, facts):
            continue
        if _shares_subject(sentence, verb, after):
            continue
        made = _active_text(sentence, verb, before, who, grammar)
        links = facts.links_after | facts.links_after_agents
        if made and _begins_clause(sentence, before[0]) and not _goes_on(sentence, after[-1], verb, links, grammar):
            first, text = made
            change = (Span(first.start, marker.end), text)
            yield swapping(sentence.span(*before), sentence.span(*after), change, _pin(before))


@keeper
def marked_agent(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The one agent right after a passive verb takes its adposition; of two, either alone would be out of step."""
    found = tuple(_bare_agents(sentence, grammar))
    if len(found) == 1 and exchangeable(sentence, (found[0][0],)):
        start = found[0][1].start
        yield replacing((Span(start, start), f"{grammar.facts(VoiceRuleFacts).agent_marker} "))


def _bare_agents(sentence: Sentence, grammar: Grammar) -> Iterator[tuple[Token, Token]]:
    """Each passive verb with the agent right after it."""
    facts = grammar.facts(VoiceRuleFacts)
    for verb in sentence.tokens:
        who = sentence.next(verb)
        if not facts.bare_agents or who is None or verb.upos != "VERB" or who.head != verb.index:
            continue
        if not who.has_rel("obl", "obj", "nmod") or sentence.children(who, "case") or who.upos not in {"NOUN", "PROPN"}:
            continue
        turned = active_of(verb.lower, grammar) if is_passive(sentence, verb, grammar) else None
        if turned not in facts.verbs or verb.lower in facts.giving or agent_of(sentence, verb, grammar):
            continue
        if is_agent(sentence, who, grammar) and sentence.children(verb, "nsubj"):
            yield verb, who


def _may_turn(sentence: Sentence, verb: Token, grammar: Grammar) -> bool:
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


def _pin(subject: tuple[Token, ...]) -> tuple[Span, str]:
    """Nothing, put behind the subject: what stands there suits this subject and not the one that comes."""
    return Span(subject[-1].end, subject[-1].end), ""


def _shares_subject(sentence: Sentence, verb: Token, thing: tuple[Token, ...]) -> bool:
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


def _is_listed(verb: Token, form: str, facts: VoiceRuleFacts) -> bool:
    return form in facts.verbs or verb.lemma.lower() in facts.verbs


def _noun_phrase(
    sentence: Sentence, noun: Token, facts: VoiceRuleFacts, marker: Token | None = None
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


def _agent_phrase(sentence: Sentence, noun: Token, facts: VoiceRuleFacts) -> tuple[Token, ...] | None:
    """The phrase of who acts, a pronoun too where it may follow the adposition."""
    if noun.upos == "PRON":
        return (noun,) if noun.lower in facts.agent_pronouns and not sentence.children(noun) else None
    return _noun_phrase(sentence, noun, facts)


def _object_phrase(sentence: Sentence, noun: Token, facts: VoiceRuleFacts) -> tuple[Token, ...] | None:
    """The phrase of what is acted on; at the end of the sentence it may have its own clause."""
    tokens = sentence.subtree(noun)
    last = sentence.tokens[-1]
    closing = tokens[-1].index == last.index - 1 and last.text == "."
    if not closing or not any(token.has_rel("acl") for token in tokens):
        return _noun_phrase(sentence, noun, facts)
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


def _is_caused(verb: Token, facts: VoiceRuleFacts) -> bool:
    return verb.lower in facts.caused or verb.lemma.lower() in facts.caused


def _points_back(before: tuple[Token, ...], after: tuple[Token, ...], facts: VoiceRuleFacts) -> bool:
    words = [token.lower for token in (*before, *after)]
    return any(word in facts.possessives or word.endswith(facts.possessive_endings) for word in words)


def _begins_clause(sentence: Sentence, first: Token) -> bool:
    """Whether the phrase opens its clause, so that no word before it belongs to it."""
    before = sentence.previous(first)
    described = sentence.previous(before) if before is not None and before.text == "," else None
    if described is not None and first.upos == "PROPN" and described.upos in {"NOUN", "PROPN"}:
        return False  # the name may tell who the noun before the comma is
    return before is None or before.upos in {"PUNCT", "SCONJ", "CCONJ"}


def _is_two_objects(sentence: Sentence, thing: Token, grammar: Grammar) -> bool:
    """Whether the object may be a receiver and a thing (gives Customer access), or a receiver with what he is told."""
    receivers = [child for child in sentence.children(thing, "compound") if is_agent(sentence, child, grammar)]
    told = is_agent(sentence, thing, grammar) and bool(sentence.children(thing, "nmod"))
    return bool(receivers) or told


def _goes_on(sentence: Sentence, last: Token, verb: Token, links: frozenset[str], grammar: Grammar) -> bool:
    """Whether what follows may belong to the phrase rather than to the verb, or shares the subject of the verb."""
    facts, after = grammar.facts(VoiceRuleFacts), sentence.next(last)
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
    if after.text == "," and not verb.has_rel("advcl"):
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


def _between(
    sentence: Sentence, before: tuple[Token, ...], verb: Token, facts: VoiceRuleFacts
) -> tuple[Token, ...] | None:
    """The auxiliaries between subject and verb, None when something else stands there."""
    words = sentence.tokens[before[-1].index + 1 : verb.index]
    return words if all(word.lower in facts.auxiliaries | facts.adverbs for word in words) else None


def _passive_text(
    sentence: Sentence, verb: Token, before: tuple[Token, ...], thing: Token, grammar: Grammar
) -> str | None:
    facts = grammar.facts(VoiceRuleFacts)
    words = _between(sentence, before, verb, facts)
    if words is None:
        return None
    if facts.strategy == "prefix":
        turned = passive_of(verb.lower, grammar)
        return f"{turned} {facts.agent_marker}" if turned else None
    participle = inflect(verb.lemma.lower(), "participle", grammar)
    if participle is None:
        return None
    number = is_plural(thing, grammar)
    if any(word.lower in facts.auxiliaries for word in words):
        auxiliary = facts.passive_base if verb.lower == verb.lemma.lower() else ""
    elif verb.feat("Tense") == "Past":
        auxiliary = facts.passive_past[number]
    else:
        auxiliary = facts.passive_present[number] if verb.feat("VerbForm") == "Fin" else ""
    return f"{auxiliary} {participle} {facts.agent_marker}" if auxiliary else None


def _active_text(
    sentence: Sentence, verb: Token, before: tuple[Token, ...], who: Token, grammar: Grammar
) -> tuple[Token, str] | None:
    """The first word that gives way, and the verb that takes its place."""
    facts = grammar.facts(VoiceRuleFacts)
    if facts.strategy == "prefix":
        turned = active_of(verb.lower, grammar)
        listed = turned is not None and turned in facts.verbs
        return (verb, turned) if turned and listed and _between(sentence, before, verb, facts) is not None else None
    auxiliary = sentence.previous(verb)
    if auxiliary is None or not auxiliary.has_rel("aux:pass") or verb.lemma.lower() not in facts.verbs:
        return None
    words = _between(sentence, before, auxiliary, facts)
    if words is None:
        return None
    lemma, plural = verb.lemma.lower(), is_plural(who, grammar) or bool(sentence.children(who, "conj"))
    text: str | None = None
    if auxiliary.lower == facts.passive_base and any(word.lower in facts.auxiliaries for word in words):
        text = lemma
    elif auxiliary.lower in facts.passive_present and not words:
        text = lemma if plural else inflect(lemma, "present3", grammar)
    elif auxiliary.lower in facts.passive_past and not words:
        text = inflect(lemma, "past", grammar)
    return (auxiliary, text) if text else None

"""Two offices of one administration, or the two parties of a deal, whatever either has to do with the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from nyaris.edits import Edit
from nyaris.grammar import Grammar
from nyaris.participants.parties import Mention, PartyFacts, mentions
from nyaris.participants.party_exchange import can_change_places, exchange_parties, is_joined
from nyaris.participants.roles import RoleSwapFacts
from nyaris.syntax.obligations import BindingFacts, contains_phrase
from nyaris.trees.sentence import Sentence
from nyaris.words.lexicon import is_agent, is_listed, noun_phrase_name


def exchanged_counterparts(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The edits that exchange two parties of one standing wherever the sentence names them."""
    facts = grammar.facts(PartyFacts)
    if contains_phrase(sentence.text, (*grammar.facts(BindingFacts).definers, *facts.mutual)):
        return
    if any(is_listed(token, grammar.facts(RoleSwapFacts).telling) for token in sentence.tokens):
        return
    known: dict[str, Mention] = {}
    for mention in mentions(sentence, grammar):
        if not mention.is_pronoun and not is_joined(sentence, mention, grammar):
            known.setdefault(noun_phrase_name(sentence, mention.head, grammar), mention)
    for left, right in facts.alternates:
        first, second = known.get(left), known.get(right)
        if first is None or second is None or left in facts.officials:
            continue
        if can_change_places(sentence, first, second, grammar):
            yield exchange_parties(sentence, first, second, grammar)


def exchanged_offices(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The edits that exchange two offices wherever the sentence names them."""
    facts = grammar.facts(PartyFacts)
    if contains_phrase(sentence.text, grammar.facts(BindingFacts).definers):
        return
    words = {token.lower for token in sentence.tokens} | {token.lemma.lower() for token in sentence.tokens}
    if words & (grammar.facts(RoleSwapFacts).symmetric | grammar.facts(RoleSwapFacts).rank_words):
        return
    offices: dict[str, Mention] = {}
    for mention in mentions(sentence, grammar):
        definite = mention.determiner is None or mention.determiner.lower in facts.definite
        before = sentence.previous(sentence.tokens_in(mention.span)[0])
        if before is not None and (before.text == ")" or (before.index and before.text[0].isupper())):
            continue  # the end of a longer name
        if goes_on_as_name(sentence, mention, grammar):
            continue
        if noun_phrase_name(sentence, mention.head, grammar) in facts.officials and definite:
            offices.setdefault(mention.party, mention)
    for first, second in combinations(offices.values(), 2):
        if _are_of_one_rank(sentence, first, second, grammar) and can_change_places(sentence, first, second, grammar):
            yield exchange_parties(sentence, first, second, grammar)


def goes_on_as_name(sentence: Sentence, mention: Mention, grammar: Grammar) -> bool:
    """Whether capitals go on behind a preposition, as in a longer name ("the Committee to Develop the Sector").

    Another office or party behind it is a mention of its own ("the Commissioner to Parliament").
    """
    office, joint, *rest = *sentence.tokens[mention.head.index : mention.head.index + 4], None
    if not office.text[0].isupper() or joint is None or joint.upos not in {"ADP", "PART", "SCONJ"}:
        return False
    beyond = next((token for token in rest if token is not None and token.upos != "DET"), None)
    return beyond is not None and beyond.text[0].isupper() and not is_agent(sentence, beyond, grammar)


def _are_of_one_rank(sentence: Sentence, first: Mention, second: Mention, grammar: Grammar) -> bool:
    """Whether both are courts, or neither is, and both are written with a capital."""
    facts = grammar.facts(RoleSwapFacts)
    courts = facts.courts
    if not any(is_listed(token, courts - facts.of_court_or_ministry) for token in sentence.tokens):
        courts = courts - facts.of_court_or_ministry
    high = [bool(set(each.party.split()) & courts) for each in (first, second)]
    return high[0] == high[1] and first.head.text[0].isupper() and second.head.text[0].isupper()

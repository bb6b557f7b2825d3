"""How two parties of a sentence change places, wherever they are mentioned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nyaris.edits import Edit, Replacement, Swap
from nyaris.grammar import Grammar
from nyaris.participants.parties import Mention, PartyFacts, mentions
from nyaris.participants.roles import RoleSwapFacts
from nyaris.participants.telling import gives_away, leaves_deed_out, tells_writer_from_reader
from nyaris.syntax.clauses import agent_of, clause_of, subject_of
from nyaris.syntax.obligations import (
    BindingFacts,
    bound_predicates,
    contains_phrase,
    is_one_of,
    is_provision,
    speaks_of_commitments,
)
from nyaris.trees.sentence import Sentence
from nyaris.words.lexicon import LexiconFacts, is_listed, is_plural, kind_of, kind_of_name, noun_phrase_name
from nyaris.words.morphology import inflect

_Pair = tuple[Mention, Mention]

_MIXED_KINDS = ({"party", "organisation", "name"}, {"party", "person"})
"""Kinds of agent that may change places."""


def bound_to(sentence: Sentence, everyone: Sequence[Mention], grammar: Grammar) -> Iterator[_Pair]:
    """Whoever a provision binds, as its subject or its agent, and whoever else its clause mentions."""
    facts = grammar.facts(BindingFacts)
    free = not facts.permission_words or contains_phrase(sentence.text, facts.permission_words)
    modals = facts.duties | (facts.permissions if free else frozenset())
    committed = speaks_of_commitments(sentence, grammar)
    modals |= facts.promises if committed else frozenset()
    bound = {each.predicate.index for each in bound_predicates(sentence, grammar) if each.modal.lower in modals}
    for predicate in sentence.tokens:
        performs = is_one_of(predicate, grammar.facts(PartyFacts).performatives, grammar) and committed
        if not (performs or predicate.index in bound) or not is_provision(sentence, predicate, grammar):
            continue
        clause = clause_of(sentence, predicate)
        subject, agent = subject_of(sentence, predicate), agent_of(sentence, predicate, grammar)
        binding = [token for token in (subject, agent[1] if agent else None) if token]
        inside = [mention for mention in everyone if mention.head in clause]
        for first in (mention for mention in inside if mention.head in binding):
            for second in inside:
                plain = predicate.index not in bound and second.head.has_rel("obj")
                if second.head.index > predicate.index and second.head != first.head and not plain:
                    yield first, second
        for first, second in facing(sentence, everyone, grammar):
            if first.head in clause or second.head in clause:
                yield first, second


def counterparts_of(sentence: Sentence, everyone: Sequence[Mention], grammar: Grammar) -> Iterator[_Pair]:
    """Two different parties of one noun: whose it is, and whom it concerns ("A's duties to B")."""
    facts = grammar.facts(PartyFacts)
    for first in everyone:
        cases = {case.lower for case in sentence.children(first.head, "case")} - facts.possessive_markers
        if not first.head.has_rel("nmod") or not cases <= facts.genitives:
            continue
        for second in everyone:
            beside = second.head.head in {first.head.head, first.head.index}
            marked = {case.lower for case in sentence.children(second.head, "case")} - facts.genitives
            if beside and marked and second.party != first.party and second.slot == "object":
                yield first, second


def facing(sentence: Sentence, everyone: Sequence[Mention], grammar: Grammar) -> Iterator[_Pair]:
    """Two parties that face each other in a contract, wherever they are mentioned."""
    counterparts = grammar.facts(LexiconFacts).counterparts
    named = [mention for mention in everyone if not mention.is_pronoun]
    for number, first in enumerate(named):
        for second in named[number + 1 :]:
            if noun_phrase_name(sentence, second.head, grammar) in counterparts.get(
                noun_phrase_name(sentence, first.head, grammar), frozenset()
            ):
                yield first, second


def is_joined(sentence: Sentence, mention: Mention, grammar: Grammar) -> bool:
    """Whether the party does the same as another, stands in a list, or is what another becomes."""
    facts = grammar.facts(PartyFacts)
    if mention.head.has_rel("conj") or sentence.children(mention.head, "conj", "cc"):
        return True
    head = sentence.head(mention.head)
    if head is not None and {head.lower, head.lemma.lower()} & facts.becoming:
        return True
    return any(case.lower in facts.joining for case in sentence.children(mention.head, "case"))


def can_change_places(sentence: Sentence, first: Mention, second: Mention, grammar: Grammar) -> bool:
    """Whether the two are of a kind, and nothing else in the sentence depends on which is which."""
    facts = grammar.facts(PartyFacts)
    mine = [mention for mention in mentions(sentence, grammar) if mention.party in {first.party, second.party}]
    if any(is_joined(sentence, mention, grammar) for mention in mine if mention.slot != "possessive"):
        return False
    if leaves_deed_out(sentence, grammar):
        return False
    covered = {token.index for mention in mine for token in sentence.tokens_in(mention.span)}
    words = {word for mention in (first, second) for word in _forms(mention, grammar)}
    if any(token.index not in covered and token.lower in words for token in sentence.tokens):
        return False
    if _do_the_same(sentence, mine):
        return False
    if set(first.party.split()) < set(second.party.split()) or set(second.party.split()) < set(first.party.split()):
        return False
    if not _same_kind(sentence, first, second, grammar):
        return False
    if gives_away(sentence, _names(sentence, first, second, grammar), (first.party, second.party), covered, grammar):
        return False
    plural = {_is_plural(mention, grammar) for mention in (first, second)}
    third = {token.lower for token in sentence.tokens} & facts.third_persons
    if third and (len(plural) > 1 or first.is_pronoun or second.is_pronoun):
        return False
    if third and not _suit(sentence, third, (first, second), grammar):
        return False
    return len(plural) == 1 or not any(_agrees(sentence, mention) for mention in mine)


def _do_the_same(sentence: Sentence, both: Sequence[Mention]) -> bool:
    """Whether each of two parties does, or owns, what the other does: the exchange would change nothing."""
    deeds: dict[str, set[str]] = {}
    for mention in both:
        above = sentence.head(mention.head)
        if above is not None and (mention.head.has_rel("nsubj") or mention.slot == "possessive"):
            deeds.setdefault(mention.party, set()).add(above.lemma.lower())
    return len(deeds) == 2 and bool(set.intersection(*deeds.values()))


def _forms(mention: Mention, grammar: Grammar) -> set[str]:
    """The forms of a noun that would name the party again; a pronoun's other forms are mentions themselves."""
    if mention.is_pronoun:
        return set()
    forms = {mention.head.lower, inflect(mention.head.lower, "plural", grammar) or mention.head.lower}
    lemma = mention.head.lemma.lower()
    return forms | {lemma} if inflect(lemma, "plural", grammar) == mention.head.lower else forms


def _names(sentence: Sentence, first: Mention, second: Mention, grammar: Grammar) -> tuple[str, str]:
    return noun_phrase_name(sentence, first.head, grammar), noun_phrase_name(sentence, second.head, grammar)


def _same_kind(sentence: Sentence, first: Mention, second: Mention, grammar: Grammar) -> bool:
    facts = grammar.facts(PartyFacts)
    pronouns = [mention for mention in (first, second) if mention.is_pronoun]
    if pronouns and tells_writer_from_reader(sentence, grammar):
        return False
    if len(pronouns) == 2:
        return True
    if pronouns:
        noun = second if first.is_pronoun else first
        return pronouns[0].party in facts.addressees and kind_of(sentence, noun.head, grammar) == "name"
    names = [noun_phrase_name(sentence, mention.head, grammar) for mention in (first, second)]
    known = [mention.determiner is None or mention.determiner.lower in facts.definite for mention in (first, second)]
    defined = [mention.head.text[0].isupper() for mention in (first, second) if mention.head.start]
    if names[1] in grammar.facts(LexiconFacts).counterparts.get(names[0], frozenset()):
        return known[0] == known[1] or len({*defined}) < 2  # "an occupier" is nobody in particular, "the Landlord" is
    if len({*defined}) > 1:
        return False
    official = [name in facts.officials for name in names]
    ranked = grammar.facts(RoleSwapFacts).rank_words
    if official[0] != official[1] or (all(official) and any(is_listed(token, ranked) for token in sentence.tokens)):
        return False
    if len({kind_of_name(sentence, mention.head, grammar) == "organisation" for mention in (first, second)}) > 1:
        return False
    kinds = {kind_of(sentence, mention.head, grammar) for mention in (first, second)}
    return known[0] == known[1] and any(
        kinds <= mix for mix in ({"party", "organisation", "name"}, {"party", "person"})
    )


def _suit(sentence: Sentence, pronouns: set[str], pair: tuple[Mention, Mention], grammar: Grammar) -> bool:
    """Whether the pronouns of the sentence could stand for either of the two."""
    facts = grammar.facts(PartyFacts)
    kinds = {kind_of(sentence, mention.head, grammar) for mention in pair}
    natural = {noun_phrase_name(sentence, mention.head, grammar) in facts.natural_persons for mention in pair}
    people = kinds == {"person"} or natural == {True}
    if pronouns & facts.personal and not people:
        return False
    return not (pronouns & facts.neuter and ("person" in kinds or True in natural))


def _is_plural(mention: Mention, grammar: Grammar) -> bool:
    return mention.is_pronoun or is_plural(mention.head, grammar)


def _agrees(sentence: Sentence, mention: Mention) -> bool:
    """Whether a verb shows the number of its subject."""
    verb = sentence.head(mention.head)
    if not mention.head.has_rel("nsubj") or verb is None:
        return False
    first = next(iter(sentence.children(verb, "aux", "cop")), verb)
    return first.feat("VerbForm") == "Fin" and first.feat("Number") is not None


def exchange_parties(sentence: Sentence, first: Mention, second: Mention, grammar: Grammar) -> Edit:
    """Both parties change places wherever they are mentioned: swaps in pairs, replacements for what is left over."""
    everyone = mentions(sentence, grammar)
    pair = [mention for mention in everyone if mention.party in {first.party, second.party}]
    if all(mention.determiner is not None for mention in pair):
        # "If a buyer pays, the seller shall ...": what is new and what is known stays where it is
        everyone = tuple(mention.without_determiner(sentence) for mention in everyone)
    left = [mention for mention in everyone if mention.party == first.party]
    right = [mention for mention in everyone if mention.party == second.party]
    swaps: list[Swap] = []
    parts: list[Replacement] = []
    for one, other in zip(left, right, strict=False):
        swaps.append(Swap(*sorted((one.span, other.span))))
        for mention, place, side in ((one, other, left), (other, one, right)):
            text = _say(sentence, mention, place, (side, everyone), grammar)
            if text != sentence.slice(mention.span) or (mention.span.start == 0 and not mention.determiner):
                parts.append(Replacement(*mention.span, text))
    for rest, side in ((left[len(right) :], right), (right[len(left) :], left)):
        for place in rest:
            mention = next((each for each in side if each.span.start > 0), side[0])
            parts.append(Replacement(*place.span, _say(sentence, mention, place, (side, everyone), grammar)))
    return replace(Edit(tuple(sorted(parts))), swaps=tuple(sorted(swaps)))


def _say(
    sentence: Sentence,
    mention: Mention,
    place: Mention,
    sides: tuple[Sequence[Mention], Sequence[Mention]],
    grammar: Grammar,
) -> str:
    """How a party is named in the place of another."""
    facts = grammar.facts(PartyFacts)
    if mention.is_pronoun:
        form = facts.pronouns[mention.party][place.slot]
        return form.capitalize() if _has_capital(sides) else form
    core = [token for token in sentence.tokens_in(mention.span) if token.lower not in facts.possessive_markers]
    text = sentence.slice(sentence.span(*core))
    if mention.span.start == 0 and place.span.start > 0 and mention.determiner not in core[:1]:
        capital = _has_capital(sides)
        text = text if capital else text[0].lower() + text[1:]
    elif mention.span.start == 0 and place.span.start > 0:
        text = text[0].lower() + text[1:]
    if place.slot != "possessive" or not facts.possessive_suffix:
        return text
    if mention.slot == "possessive" and mention.span.start > 0:
        return sentence.slice(mention.span)
    plural = is_plural(mention.head, grammar) and text.endswith("s")
    suffix = facts.possessive_suffix_plural if plural else facts.possessive_suffix
    return text + (suffix.replace("'", "’") if "’" in sentence.text else suffix)


def _has_capital(sides: tuple[Sequence[Mention], Sequence[Mention]]) -> bool:
    """Whether the text writes the party with a capital inside sentences, or any other party, if nobody can tell."""
    own, everyone = ([each.head.text[0] for each in side if each.span.start > 0] for side in sides)
    return all(letter.isupper() for letter in own) if own else any(letter.isupper() for letter in everyone)

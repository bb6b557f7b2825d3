"""Role swap: who does it to whom."""

from __future__ import annotations

from collections.abc import Iterator

from nyaris.edits import Edit, swapping
from nyaris.grammar import Grammar
from nyaris.participants.arguments import (
    all_marked,
    follows_directly,
    has_words,
    is_consent,
    listed_verbs,
    marked_by,
    objects_of,
    owner_of,
    phrasal,
)
from nyaris.participants.contrast import contrasted
from nyaris.participants.exchange import exchange
from nyaris.participants.fillers import Case, Filler, filler
from nyaris.participants.named import named_pair
from nyaris.participants.offices import exchanged_counterparts, exchanged_offices
from nyaris.participants.roles import NONE, RoleSwapFacts, and_passives, suits
from nyaris.rules import flip
from nyaris.syntax.clauses import agent_of, has_negation, is_passive
from nyaris.syntax.phrases import is_before_sum, is_pronoun
from nyaris.syntax.subjects import leads_with_aim, understood_subject
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.lexicon import is_listed, kind_of


def _turning(grammar: Grammar) -> Iterator[str]:
    facts = grammar.facts(RoleSwapFacts)
    yield from facts.turning | facts.phrasal
    for words in (*facts.oblique.values(), *facts.adjectives.values()):
        yield from words


def _giving(grammar: Grammar) -> Iterator[str]:
    facts = grammar.facts(RoleSwapFacts)
    yield from and_passives(facts.giving, grammar)
    for words in facts.addressed.values():
        yield from words


@flip("rebinding", cues=_turning)
def subject_object(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The subject and the object change places."""
    facts = grammar.facts(RoleSwapFacts)
    for predicate in listed_verbs(sentence, facts.turning):
        if is_passive(sentence, predicate, grammar):
            continue
        objects = objects_of(sentence, predicate)
        if len(objects) == 1 and follows_directly(sentence, predicate, objects[0]):
            yield from _with_subject(sentence, predicate, objects[0], grammar)
    for predicate, noun in phrasal(sentence, facts.phrasal):
        yield from _with_subject(sentence, predicate, noun, grammar)
    for predicate in sentence.tokens:
        named = facts.oblique if predicate.upos == "VERB" else facts.adjectives
        for marker, words in named.items():
            if (
                is_listed(predicate, words)
                and has_words(sentence, marker)
                and not is_passive(sentence, predicate, grammar)
            ):
                other = marked_by(sentence, predicate, marker)
                if other:
                    yield from _with_subject(sentence, predicate, other, grammar)


@flip("rebinding", cues=lambda grammar: and_passives(grammar.facts(RoleSwapFacts).turning, grammar))
def passive_agent(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The subject of a passive and its agent change places."""
    facts = grammar.facts(RoleSwapFacts)
    for predicate in listed_verbs(sentence, and_passives(facts.turning, grammar)):
        if not is_passive(sentence, predicate, grammar):
            continue
        marked, bare = agent_of(sentence, predicate, grammar), sentence.children(predicate, "obj", "iobj")
        agent = marked[1] if marked and not bare else None
        if facts.bare_agents and len(bare) == 1 and not marked and bare[0].index == predicate.index + 1:
            agent = bare[0]
        if agent and agent.index > predicate.index:
            yield from _with_subject(sentence, predicate, agent, grammar)


@flip("rebinding", cues=_giving)
def giver_receiver(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Who gives and who receives change places."""
    edits = _unlike(subject_object(sentence, grammar), sentence, _given(sentence, grammar))
    yield from edits


def _given(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    facts = grammar.facts(RoleSwapFacts)
    for predicate in listed_verbs(sentence, and_passives(facts.giving, grammar)):
        passive = is_passive(sentence, predicate, grammar)
        objects = objects_of(sentence, predicate)
        giver = agent_of(sentence, predicate, grammar) if passive else None
        for marker, words in facts.recipient.items():
            receiver = marked_by(sentence, predicate, marker)
            if receiver is None or not is_listed(predicate, and_passives(words, grammar)):
                continue
            if giver and giver[1].index > predicate.index:
                yield from _between(sentence, predicate, giver[1], receiver, grammar)
            elif not passive:
                theme = objects[0] if objects else None
                yield from _with_subject(sentence, predicate, receiver, grammar, theme=theme)
        if not passive and len(objects) == 2 and is_listed(predicate, facts.ditransitive):
            yield from _with_subject(sentence, predicate, objects[0], grammar, theme=objects[1])
        if not passive and len(objects) == 1:
            before = sentence.previous(objects[0])
            if before and is_before_sum(sentence, before) and is_listed(predicate, facts.ditransitive):
                yield from _with_subject(sentence, predicate, before, grammar, theme=objects[0])
            theme = _marked_theme(sentence, predicate, objects[0], facts)
            if theme:
                yield from _with_subject(sentence, predicate, objects[0], grammar, theme=theme)
    for thing in sentence.tokens:
        if not thing.has_rel("obj", "obl"):
            continue
        for marker, nouns in facts.addressed.items():
            predicate = sentence.tokens[thing.head]
            if is_listed(thing, nouns) and predicate.upos == "VERB":
                found = all_marked(sentence, thing, marker)
                if len(found) == 1 and not is_passive(sentence, predicate, grammar):
                    yield from _with_subject(sentence, predicate, found[0], grammar, theme=thing)


def _marked_theme(sentence: Sentence, predicate: Token, receiver: Token, facts: RoleSwapFacts) -> Token | None:
    """What is given, if it follows the receiver with an adposition (provide the tenant with a key)."""
    for marker, verbs in facts.with_theme.items():
        if is_listed(predicate, verbs) and follows_directly(sentence, predicate, receiver):
            things = [*all_marked(sentence, predicate, marker), *all_marked(sentence, receiver, marker)]
            return next((thing for thing in things if thing.index > receiver.index), None)
    return None


@flip("rebinding")
def subject_owner(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The subject and the owner of what it handles change places."""
    facts = grammar.facts(RoleSwapFacts)
    for predicate in sentence.tokens:
        if is_listed(predicate, facts.relational) and sentence.children(predicate, "cop"):
            owner = owner_of(sentence, predicate, facts.owner_markers | facts.relational_markers, grammar)
            if owner and _are_of_a_kind(sentence, predicate, owner, grammar):
                yield from _with_subject(sentence, predicate, owner, grammar, case="possessive")
        if predicate.upos != "VERB" or is_passive(sentence, predicate, grammar):
            continue
        things = [
            thing
            for thing in sentence.children(predicate, "obj", "obl")
            if (is_listed(predicate, facts.handling) and is_listed(thing, facts.belongings))
            or is_consent(sentence, thing, grammar)
        ]
        for thing in things:
            owner = owner_of(sentence, thing, facts.owner_markers, grammar)
            plain = (
                owner is None
                or is_pronoun(owner, grammar)
                or bool(sentence.children(owner, "case") and not owner.has_rel("nmod:poss"))
            )
            if owner and (not plain or is_consent(sentence, thing, grammar)):
                yield from _with_subject(sentence, predicate, owner, grammar, case="possessive", theme=thing)


@flip("rebinding")
def from_to(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Where it comes from and where it goes change places."""
    yield from _unlike(subject_object(sentence, grammar), sentence, _paths(sentence, grammar))


def _paths(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    facts = grammar.facts(RoleSwapFacts)
    for first, second in facts.path:
        if not has_words(sentence, first, second):
            continue
        for word in sentence.tokens:
            if word.upos == "VERB" and is_listed(word, and_passives(facts.giving, grammar)):
                continue
            givers = all_marked(sentence, word, first)
            receivers = [*all_marked(sentence, word, second)]
            receivers += [each for giver in givers for each in all_marked(sentence, giver, second)]
            if not first and is_listed(word, facts.addressed.get(second, NONE)):
                owner = owner_of(sentence, word, facts.owner_markers, grammar)
                givers = [owner] if owner else []
            if len(givers) == len(receivers) == 1 and givers != receivers:
                yield from _between(sentence, word, givers[0], receivers[0], grammar)


@flip("rebinding", cues=lambda grammar: grammar.facts(RoleSwapFacts).contrasts)
def contrast(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Those of whom two contrasted clauses speak change places."""
    yield from _unlike(names(sentence, grammar), sentence, contrasted(sentence, grammar))


@flip("rebinding")
def names(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Two persons who are named change places."""
    pair = named_pair(sentence, grammar)
    if pair:
        opening = pair[0].tokens[0]  # a title keeps its capital where it goes
        kept = [(opening.span, opening.text)] if opening.index == 0 else []
        edit = swapping(pair[0].span, pair[1].span, *kept)
        yield from _unlike(_in_one_clause(sentence, grammar), sentence, iter((edit,)))


@flip("rebinding")
def offices(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Two offices of one administration change places."""
    yield from _unlike(_in_one_clause(sentence, grammar), sentence, exchanged_offices(sentence, grammar))


@flip("rebinding")
def counterparts(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The two parties of a deal or a dispute change places."""
    yield from _unlike(_in_one_clause(sentence, grammar), sentence, exchanged_counterparts(sentence, grammar))


def _in_one_clause(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    for rule in (subject_object, passive_agent, giver_receiver, subject_owner, from_to):
        yield from rule(sentence, grammar)


def _unlike(earlier: Iterator[Edit], sentence: Sentence, edits: Iterator[Edit]) -> Iterator[Edit]:
    """The edits that say something new: where all mentions change places, every predicate gives the same text."""
    made: set[str] | None = None
    for edit in edits:
        if made is None:
            made = {each.apply(sentence.text).lower() for each in earlier}
        text = edit.apply(sentence.text).lower()
        if text not in made:
            made.add(text)
            yield edit


def _are_of_a_kind(sentence: Sentence, predicate: Token, owner: Token, grammar: Grammar) -> bool:
    """Whether owner and subject are of one kind: a firm is no employee of a person."""
    subject = sentence.child(predicate, "nsubj")
    return len({kind_of(sentence, noun, grammar) for noun in (owner, subject) if noun}) == 1


def _with_subject(
    sentence: Sentence,
    predicate: Token,
    noun: Token,
    grammar: Grammar,
    case: Case = "object",
    theme: Token | None = None,
) -> Iterator[Edit]:
    understood = understood_subject(sentence, predicate, grammar)
    if understood is None or leads_with_aim(sentence, understood.predicate, grammar):
        return
    naming = is_listed(predicate, and_passives(grammar.facts(RoleSwapFacts).naming, grammar))
    if understood.relative and is_listed(understood.noun, grammar.facts(RoleSwapFacts).generic):
        return
    subject = filler(sentence, understood.noun, grammar, naming, predicate if understood.relative else None)
    other = filler(sentence, noun, grammar, naming)
    if subject is None or other is None or subject.span.end > predicate.start or not subject.stands_as("subject"):
        return
    if case == "possessive" and not _may_own(sentence, subject, other):
        return
    if case == "possessive" and {subject.person, other.person} == {1, 2} and not has_negation(sentence, grammar):
        return  # who asks leave of whom is settled by who speaks
    marked = sentence.children(noun, "case")
    if case == "possessive" and any(each.index < noun.index for each in marked):
        case = "object"
    if suits(sentence, predicate, subject, other, grammar, theme):
        edit = exchange(sentence, (subject, "subject"), (other, case), grammar, understood.predicate)
        if edit:
            yield edit


def _between(sentence: Sentence, word: Token, first: Token, second: Token, grammar: Grammar) -> Iterator[Edit]:
    staying = second if second.head == first.index else None
    one, two = filler(sentence, first, grammar, staying=staying), filler(sentence, second, grammar)
    if one and two and suits(sentence, word, one, two, grammar):
        case: Case = "possessive" if first.has_rel("nmod:poss") else "object"
        if case == "possessive" and not _may_own(sentence, two, one):
            return
        edit = exchange(sentence, (one, case), (two, "object"), grammar)
        if edit:
            yield edit


def _may_own(sentence: Sentence, subject: Filler, owner: Filler) -> bool:
    """Whether both can stand as the other: pronouns, or nouns, in the singular where the owner is marked."""
    if subject.pronoun or owner.pronoun:
        return bool(subject.pronoun and owner.pronoun)
    marked = sentence.next(owner.head)
    return not (marked and marked.has_rel("case") and marked.start == owner.head.end) or not (
        subject.plural or owner.plural
    )

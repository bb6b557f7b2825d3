"""Role swap: who does it to whom."""

from __future__ import annotations

from collections.abc import Iterator

from nyaris.edits import Edit, swapping
from nyaris.grammar import Grammar
from nyaris.participants.contrast import contrasted
from nyaris.participants.exchange import exchange
from nyaris.participants.fillers import Case, Filler, filler
from nyaris.participants.named import named_pair
from nyaris.participants.offices import exchanged_offices
from nyaris.participants.roles import NONE, RoleSwapFacts, and_passives, suits
from nyaris.rules import flip
from nyaris.syntax.clauses import agent_of, has_negation, is_passive
from nyaris.syntax.phrases import is_before_sum, is_pronoun
from nyaris.syntax.subjects import is_listed, understood_subject
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.lexicon import noun_phrase_name


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
    for predicate in _verbs(sentence, facts.turning):
        if is_passive(sentence, predicate, grammar):
            continue
        objects = _objects(sentence, predicate)
        if len(objects) == 1 and _follows(sentence, predicate, objects[0]):
            yield from _with_subject(sentence, predicate, objects[0], grammar)
    for predicate, noun in _phrasal(sentence, facts.phrasal):
        yield from _with_subject(sentence, predicate, noun, grammar)
    for predicate in sentence.tokens:
        named = facts.oblique if predicate.upos == "VERB" else facts.adjectives
        for marker, words in named.items():
            if (
                is_listed(predicate, words)
                and _has_words(sentence, marker)
                and not is_passive(sentence, predicate, grammar)
            ):
                other = _marked(sentence, predicate, marker)
                if other:
                    yield from _with_subject(sentence, predicate, other, grammar)


@flip("rebinding", cues=lambda grammar: and_passives(grammar.facts(RoleSwapFacts).turning, grammar))
def passive_agent(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The subject of a passive and its agent change places."""
    facts = grammar.facts(RoleSwapFacts)
    for predicate in _verbs(sentence, and_passives(facts.turning, grammar)):
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
    for predicate in _verbs(sentence, and_passives(facts.giving, grammar)):
        passive = is_passive(sentence, predicate, grammar)
        objects = _objects(sentence, predicate)
        giver = agent_of(sentence, predicate, grammar) if passive else None
        for marker, words in facts.recipient.items():
            receiver = _marked(sentence, predicate, marker)
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
                found = _all_marked(sentence, thing, marker)
                if len(found) == 1 and not is_passive(sentence, predicate, grammar):
                    yield from _with_subject(sentence, predicate, found[0], grammar, theme=thing)


def _marked_theme(sentence: Sentence, predicate: Token, receiver: Token, facts: RoleSwapFacts) -> Token | None:
    """What is given, if it follows the receiver with an adposition (provide the tenant with a key)."""
    for marker, verbs in facts.with_theme.items():
        if is_listed(predicate, verbs) and _follows(sentence, predicate, receiver):
            things = [*_all_marked(sentence, predicate, marker), *_all_marked(sentence, receiver, marker)]
            return next((thing for thing in things if thing.index > receiver.index), None)
    return None


@flip("rebinding")
def subject_owner(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The subject and the owner of what it handles change places."""
    facts = grammar.facts(RoleSwapFacts)
    for predicate in sentence.tokens:
        if is_listed(predicate, facts.relational) and sentence.children(predicate, "cop"):
            owner = _owner(sentence, predicate, facts.owner_markers | facts.relational_markers, grammar)
            if owner:
                yield from _with_subject(sentence, predicate, owner, grammar, case="possessive")
        if predicate.upos != "VERB" or is_passive(sentence, predicate, grammar):
            continue
        things = [
            thing
            for thing in sentence.children(predicate, "obj", "obl")
            if (is_listed(predicate, facts.handling) and is_listed(thing, facts.belongings))
            or _is_consent(sentence, thing, grammar)
        ]
        for thing in things:
            owner = _owner(sentence, thing, facts.owner_markers, grammar)
            plain = (
                owner is None
                or is_pronoun(owner, grammar)
                or bool(sentence.children(owner, "case") and not owner.has_rel("nmod:poss"))
            )
            if owner and (not plain or _is_consent(sentence, thing, grammar)):
                yield from _with_subject(sentence, predicate, owner, grammar, case="possessive", theme=thing)


@flip("rebinding")
def from_to(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Where it comes from and where it goes change places."""
    yield from _unlike(subject_object(sentence, grammar), sentence, _paths(sentence, grammar))


def _paths(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    facts = grammar.facts(RoleSwapFacts)
    for first, second in facts.path:
        if not _has_words(sentence, first, second):
            continue
        for word in sentence.tokens:
            if word.upos == "VERB" and is_listed(word, and_passives(facts.giving, grammar)):
                continue
            givers = _all_marked(sentence, word, first)
            receivers = [*_all_marked(sentence, word, second)]
            receivers += [each for giver in givers for each in _all_marked(sentence, giver, second)]
            if not first and is_listed(word, facts.addressed.get(second, NONE)):
                owner = _owner(sentence, word, facts.owner_markers, grammar)
                givers = [owner] if owner else []
            if len(givers) == len(receivers) == 1 and givers != receivers:
                yield from _between(sentence, word, givers[0], receivers[0], grammar)


@flip("rebinding", cues=lambda grammar: grammar.facts(RoleSwapFacts).contrasts)
def contrast(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Those of whom two contrasted clauses speak change places."""
    yield from contrasted(sentence, grammar)


@flip("rebinding")
def names(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Two persons who are named change places."""
    pair = named_pair(sentence, grammar)
    if pair:
        yield swapping(pair[0].span, pair[1].span)


@flip("rebinding")
def offices(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Two offices of one administration change places."""
    yield from _unlike(subject_object(sentence, grammar), sentence, exchanged_offices(sentence, grammar))


def _unlike(earlier: Iterator[Edit], sentence: Sentence, edits: Iterator[Edit]) -> Iterator[Edit]:
    """The edits that say something new: where all mentions change places, every predicate gives the same text."""
    made: set[str] | None = None
    for edit in edits:
        if made is None:
            made = {each.apply(sentence.text) for each in earlier}
        text = edit.apply(sentence.text)
        if text not in made:
            made.add(text)
            yield edit


def _verbs(sentence: Sentence, words: frozenset[str]) -> Iterator[Token]:
    return (token for token in sentence.tokens if token.upos == "VERB" and is_listed(token, words))


def _has_words(sentence: Sentence, *phrases: str) -> bool:
    """Whether all words of the phrases occur, so that it pays to look closer."""
    return all(word in sentence.forms for phrase in phrases for word in phrase.split())


def _objects(sentence: Sentence, predicate: Token) -> list[Token]:
    return [each for each in sentence.children(predicate, "obj", "iobj") if each.index > predicate.index]


def _phrasal(sentence: Sentence, verbs: frozenset[str]) -> Iterator[tuple[Token, Token]]:
    """Every verb of two words with the noun that follows it."""
    for predicate, second, noun in zip(sentence.tokens, sentence.tokens[1:], sentence.tokens[2:], strict=False):
        hangs = noun.head in {predicate.index, second.index} and noun.has_rel("obj", "nmod")
        if hangs and f"{predicate.lower} {second.lower}" in verbs and predicate.upos == "VERB":
            yield predicate, noun


def _follows(sentence: Sentence, predicate: Token, noun: Token) -> bool:
    """Whether nothing but the noun's own words stands between it and the predicate."""
    own = {token.index for token in sentence.subtree(noun)}
    between = sentence.tokens[predicate.index + 1 : noun.index]
    return all(token.index in own or token.upos in {"PUNCT", "ADV", "PART"} for token in between)


def _all_marked(sentence: Sentence, word: Token, marker: str) -> list[Token]:
    found: list[Token] = []
    if not marker:
        return found
    for child in sentence.children(word, "obl", "nmod", "obj", "iobj"):
        cases = [case.lower for case in sentence.children(child, "case") if case.index < child.index]
        if child.index > word.index and cases == marker.split():
            found.append(child)
    return found


def _marked(sentence: Sentence, predicate: Token, marker: str) -> Token | None:
    """The one noun that the predicate, or the thing it handles, takes with an adposition."""
    found = _all_marked(sentence, predicate, marker)
    for thing in sentence.children(predicate, "obj", "nsubj:pass"):
        found += [each for each in _all_marked(sentence, thing, marker) if each.index > predicate.index]
    return found[0] if len(found) == 1 else None


def _is_consent(sentence: Sentence, thing: Token, grammar: Grammar) -> bool:
    """Whether the thing is what one party gives the other for a deed (without the consent, at the request)."""
    listed = grammar.facts(RoleSwapFacts).consents
    return any(is_listed(thing, listed.get(case.lower, NONE)) for case in sentence.children(thing, "case"))


def _owner(sentence: Sentence, thing: Token, markers: frozenset[str], grammar: Grammar) -> Token | None:
    """The owner of a thing: a possessive, or a noun after it, bare or with the adposition of owners."""
    owner = sentence.child(thing, "nmod:poss")
    if owner:
        return owner
    name = noun_phrase_name(sentence, thing, grammar).split()
    for noun in sentence.children(thing, "nmod", "det"):
        if noun.lower in name or (noun.has_rel("det") and not is_pronoun(noun, grammar)):
            continue
        cases = {case.lower for case in sentence.children(noun, "case")}
        if noun.index > thing.index and cases <= markers:
            return noun
    return None


def _with_subject(
    sentence: Sentence,
    predicate: Token,
    noun: Token,
    grammar: Grammar,
    case: Case = "object",
    theme: Token | None = None,
) -> Iterator[Edit]:
    understood = understood_subject(sentence, predicate, grammar)
    if understood is None:
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

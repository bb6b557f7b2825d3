"""Which verbs, nouns and adjectives take two parties that may change places."""

from __future__ import annotations

from functools import cache, cached_property
from typing import ClassVar

from pydantic import Field

from nyaris.grammar import Facts, Grammar
from nyaris.participants.exchange import named_elsewhere
from nyaris.participants.fillers import Filler, exchangeable
from nyaris.participants.telling import gives_away, leaves_deed_out, tells_writer_from_reader
from nyaris.syntax.phrases import FillerFacts, is_third_person
from nyaris.syntax.subjects import SubjectFacts
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.lexicon import is_listed, kind_of
from nyaris.words.morphology import passive_of

NONE: frozenset[str] = frozenset()


class RoleSwapFacts(Facts):
    """Which verbs can be turned round. Words are matched by form and by lemma; passives are derived."""

    topic: ClassVar[str] = "role_swap"

    direct: frozenset[str] = frozenset()
    """Verbs whose subject and object may both be any party (notify, indemnify)."""
    among_equals: frozenset[str] = frozenset()
    """Verbs that need two fillers of one standing (supervise, authorise)."""
    naming: frozenset[str] = frozenset()
    """Verbs between persons and organisations only: a name on either side needs no other evidence (sue, acquire)."""
    generic: frozenset[str] = frozenset()
    """Nouns that a relative clause defines (a person who), so that they stay with it."""
    neutral: frozenset[str] = frozenset()
    """Verbs by which an authority and a party may turn to each other (notify, submit)."""
    authorities: frozenset[str] = frozenset()
    """Nouns that stand above others (court, minister)."""
    courts: frozenset[str] = frozenset()
    """Those among them that stand above the others."""
    one_way_for_pronouns: frozenset[str] = frozenset()
    """Verbs that only the writer does to others, or others to the writer (charge, allow)."""
    two_way_for_pronouns: frozenset[str] = frozenset()
    """Verbs that the writer may do to the reader and the reader to the writer (notify)."""
    two_way_things: frozenset[str] = frozenset()
    """Kinds and nouns that writer and reader may give each other (money, notice)."""
    oblique: dict[str, frozenset[str]] = Field(default_factory=dict)
    """adposition -> verbs that name the second party with it, without a thing given (rely on)."""
    ditransitive: frozenset[str] = frozenset()
    """Verbs of giving whose receiver may stand as an object right after them."""
    recipient: dict[str, frozenset[str]] = Field(default_factory=dict)
    """adposition -> verbs that name the receiver or the source with it."""
    of_court_or_ministry: frozenset[str] = frozenset()
    """Those of the courts that a ministry has, too (registrar): where no other court is named, it is one of those."""
    phrasal: frozenset[str] = frozenset()
    """Verbs of two words, whose object the parser may hang on the second (mengambil alih)."""
    adjectives: dict[str, frozenset[str]] = Field(default_factory=dict)
    """adposition -> adjectives that name the second party with it (liable to)."""
    consents: dict[str, frozenset[str]] = Field(default_factory=dict)
    """adposition -> nouns whose owner may change places with the subject of the clause (without the consent of)."""
    belongings: frozenset[str] = frozenset()
    """Nouns that either party may have, so that their owner may change places with the subject."""
    handling: frozenset[str] = frozenset()
    """Verbs that anyone can do to another's belongings."""
    owner_markers: frozenset[str] = frozenset()
    """Adpositions before an owner (of)."""
    with_theme: dict[str, frozenset[str]] = Field(default_factory=dict)
    """adposition -> verbs whose object receives what the adposition names (provide with)."""
    addressed: dict[str, frozenset[str]] = Field(default_factory=dict)
    """adposition -> nouns that name whom they go to with it (notice to)."""
    relational: frozenset[str] = frozenset()
    """Nouns for what one party is to another (guarantor, subsidiary)."""
    relational_markers: frozenset[str] = frozenset()
    """Adpositions after such a noun, besides those before an owner."""
    bare_agents: bool = False
    """Whether the agent of a passive may follow the verb without adposition."""
    contrasts: frozenset[str] = frozenset()
    """Conjunctions between two clauses that say different things of two participants (while)."""
    symmetric: frozenset[str] = frozenset()
    """Words of what two do together, so that it is the same whoever is named first (meet, marry)."""
    rank_words: frozenset[str] = frozenset()
    """Words of what only the higher of two offices does to the lower, or gives it (appointment, resignation)."""
    telling: frozenset[str] = frozenset()
    """Words that tell which of two parties is which (sell, defence)."""
    well_known: frozenset[str] = frozenset()
    """Kinds of proper names whose bearers everybody knows (country)."""
    world_facts: frozenset[str] = frozenset()
    """Words of events and customs that go with one of them and with no other (war, pilgrimage)."""
    capacities: frozenset[str] = frozenset()
    """Adpositions before what somebody is taken for (recognise the Union as the sole bargaining body)."""
    companions: frozenset[str] = frozenset()
    """Adpositions before somebody who does the same (with)."""
    reporting: frozenset[str] = frozenset()
    """Words that open a sentence right before the name of the speaker (Tambah Azmi, ...)."""
    glosses: frozenset[str] = frozenset()
    """Words right after a name that say who its bearer is (namely)."""
    path: tuple[tuple[str, str], ...] = ()
    """Pairs of adpositions that name giver and receiver below one word (from, to); the first is empty for an owner."""

    @cached_property
    def turning(self) -> frozenset[str]:
        """All verbs whose subject and object may change places."""
        return self.direct | self.among_equals

    @cached_property
    def giving(self) -> frozenset[str]:
        """All verbs of giving and getting."""
        return self.ditransitive.union(*self.recipient.values())


@cache
def and_passives(verbs: frozenset[str], grammar: Grammar) -> frozenset[str]:
    """The verbs and, where voice is a prefix, their passives."""
    return verbs | frozenset(filter(None, (passive_of(verb, grammar) for verb in verbs)))


def suits(
    sentence: Sentence, predicate: Token, first: Filler, second: Filler, grammar: Grammar, theme: Token | None = None
) -> bool:
    """Whether each could do to the other what the predicate says; `theme` is the thing given."""
    facts = grammar.facts(RoleSwapFacts)
    if not exchangeable(sentence, first, second, grammar):
        return False
    if first.kind != second.kind and {first.kind, second.kind} & grammar.facts(FillerFacts).lively:
        return False
    ours = [_holds_near_person(sentence, each, grammar) for each in (first, second)]
    if any(ours) and not (first.pronoun or second.pronoun) and "organisation" in {first.kind, second.kind}:
        return False  # "our users": the firm that is named may be the one that speaks
    inside = {token.index for each in (first, second) for token in sentence.tokens_in(each.span)} | {predicate.index}
    phrases = (_words(sentence, first), _words(sentence, second))
    if gives_away(sentence, (first.name, second.name), phrases, inside, grammar):
        return False
    if leaves_deed_out(sentence, grammar) or _is_taken_for_something(sentence, predicate, grammar):
        return False
    again = named_elsewhere(sentence, first, second, grammar)
    if again and _is_repeated(sentence, predicate):
        return False
    high = [_is_one_of(sentence, each, facts.authorities) for each in (first, second)]
    highest = [_is_one_of(sentence, each, facts.courts) for each in (first, second)]
    near = [each for each in (first, second) if each.person != 3]
    if (any(high) and not all(high)) or (any(highest) and not all(highest)):
        pointed = any(is_third_person(token, grammar) for token in sentence.tokens)
        if near or again or pointed or not _is_neutral(sentence, predicate, facts, grammar):
            return False
    if near and (is_listed(predicate, facts.one_way_for_pronouns) or _tells_how(sentence, predicate, grammar)):
        return False
    if near and (len(near) == 2 or first.kind != second.kind) and tells_writer_from_reader(sentence, grammar):
        return False
    if len(near) == 2 and not _is_mutual(sentence, predicate, theme, grammar):
        return False
    if is_listed(predicate, and_passives(facts.among_equals, grammar)):
        return first.kind == second.kind and not near and not any(high)
    return True


def _is_taken_for_something(sentence: Sentence, predicate: Token, grammar: Grammar) -> bool:
    """Whether the clause says as what one takes the other."""
    facts = grammar.facts(RoleSwapFacts)
    below = (token for token in sentence.subtree(predicate) if token.index > predicate.index)
    return any(token.lower in facts.capacities and token.has_rel("case") for token in below)


def _words(sentence: Sentence, party: Filler) -> str:
    return " ".join(token.lower for token in sentence.tokens_in(party.span) if token.upos != "DET")


def _holds_near_person(sentence: Sentence, party: Filler, grammar: Grammar) -> bool:
    pronouns = grammar.facts(FillerFacts).by_form
    forms = (pronouns.get(token.lower) for token in sentence.tokens_in(party.span) if not party.pronoun)
    return any(form is not None and form.person == 1 for form in forms)


def _is_one_of(sentence: Sentence, party: Filler, nouns: frozenset[str]) -> bool:
    words = {token.lower for token in sentence.tokens_in(party.span)}
    return party.name in nouns or bool(words & nouns)


def _is_neutral(sentence: Sentence, predicate: Token, facts: RoleSwapFacts, grammar: Grammar) -> bool:
    """Whether an authority and a party may do it to each other, and it is all that the clause says."""
    own = bool(sentence.children(predicate, "nsubj")) or not predicate.has_rel("advcl", "acl", "conj")
    return own and is_listed(predicate, and_passives(facts.neutral, grammar))


def _is_mutual(sentence: Sentence, predicate: Token, theme: Token | None, grammar: Grammar) -> bool:
    """Whether writer and reader may do it to each other."""
    facts = grammar.facts(RoleSwapFacts)
    if theme is None:
        return is_listed(predicate, facts.two_way_for_pronouns)
    return is_listed(theme, facts.two_way_things) or kind_of(sentence, theme, grammar) in facts.two_way_things


def _is_repeated(sentence: Sentence, predicate: Token) -> bool:
    """Whether the same word stands once more, so that both may do the same to each other."""
    return sum(token.lemma.lower() == predicate.lemma.lower() for token in sentence.tokens) > 1


def _tells_how(sentence: Sentence, predicate: Token, grammar: Grammar) -> bool:
    """Whether the sentence tells how the writer or the reader does it (by posting on this page, at a@b.c)."""
    marks = grammar.facts(SubjectFacts).sharing_marks
    clauses = sentence.children(predicate, "advcl", "xcomp", "obl")
    opened = any(each.lower in marks for clause in clauses for each in sentence.children(clause, "mark"))
    return "@" in sentence.text or opened

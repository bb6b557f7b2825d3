"""Who could stand where a party of a provision stands, though the sentence does not name him."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from nyaris.edits import Edit, replacing
from nyaris.grammar import Grammar
from nyaris.participants.offices import goes_on_as_name
from nyaris.participants.parties import Mention, PartyFacts, mentions
from nyaris.participants.party_exchange import is_joined
from nyaris.participants.roles import RoleSwapFacts
from nyaris.participants.telling import acts_alone
from nyaris.syntax.clauses import clause_of
from nyaris.syntax.obligations import BindingFacts, bound_predicates, contains_phrase, is_one_of, is_provision
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.lexicon import is_listed, is_plural, kind_of, noun_phrase_name
from nyaris.words.morphology import inflect


def stand_ins(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The edits that put another party in the place of one that a provision names once: first whoever it binds."""
    facts = grammar.facts(PartyFacts)
    binding = grammar.facts(BindingFacts)
    if contains_phrase(sentence.text, (*facts.mutual, *binding.definers)):
        return
    for predicate, subject, clause in _provisions(sentence, grammar):
        everyone = [mention for mention in mentions(sentence, grammar) if mention.head in clause]
        for mention in sorted(everyone, key=lambda each: each.head != subject):
            edit = _replaced(sentence, mention, predicate, mention.head == subject, grammar)
            if edit:
                yield edit
                return


def _provisions(sentence: Sentence, grammar: Grammar) -> Iterator[tuple[Token, Token | None, tuple[Token, ...]]]:
    """Clauses that bind somebody: predicate, who is bound, and the clause.

    They have a modal, or a provision as their subject, which makes somebody do something or gives him a power.
    """
    binding = grammar.facts(BindingFacts)
    modals = binding.duties | binding.permissions
    for bound in bound_predicates(sentence, grammar):
        if bound.modal.lower in modals and is_provision(sentence, bound.predicate, grammar):
            yield bound.predicate, bound.subject, clause_of(sentence, bound.predicate)
    subject = sentence.child(sentence.root, "nsubj")
    if subject and is_one_of(subject, binding.provisions, grammar):
        objects = sentence.children(sentence.root, "obj", "iobj")
        yield sentence.root, objects[0] if objects else None, sentence.subtree(sentence.root)


def _replaced(sentence: Sentence, mention: Mention, predicate: Token, binds: bool, grammar: Grammar) -> Edit | None:
    facts = grammar.facts(PartyFacts)
    name = noun_phrase_name(sentence, mention.head, grammar)
    other = _alternates(grammar).get(name)
    if other is None or mention.is_pronoun or mention.slot == "possessive" or is_joined(sentence, mention, grammar):
        return None
    if mention.determiner is not None and mention.determiner.lower not in facts.definite:
        return None
    official = name in facts.officials
    if official and goes_on_as_name(sentence, mention, grammar):
        return None
    roles = grammar.facts(RoleSwapFacts)
    if not official and any(is_listed(token, roles.telling) for token in sentence.tokens):
        return None
    if not official and not (binds and is_one_of(predicate, facts.either_does, grammar)):
        return None
    if acts_alone(sentence, (name, other), grammar):
        return None
    if not official and _names_another(sentence, mention, grammar):
        return None
    after = sentence.tokens[sentence.tokens_in(mention.span)[-1].index + 1]
    if not binds and after.upos in {"VERB", "ADJ"}:
        return None  # "the Minister charged with the responsibility for fisheries"
    bare = mention.head.has_rel("nsubj", "obj", "iobj")
    if (
        not binds
        and not bare
        and not ({case.lower for case in sentence.children(mention.head, "case")} & facts.addressing)
    ):
        return None
    core = [token for token in sentence.tokens_in(mention.span) if token != mention.determiner]
    if " ".join(token.lower for token in core) not in {name, _plural(name, grammar)}:
        return None
    own, new = {core[-1].lower, core[0].lower, *name.split()}, set(other.split())
    rest = [token for token in sentence.tokens if token not in core]
    if any(token.lower in own | new or token.lemma.lower() in own | new for token in rest):
        return None
    court = any(token.lower in roles.courts for token in rest)
    if official and court and not set(other.split()) & roles.courts:
        return None  # the registrar of a court
    plural = is_plural(mention.head, grammar)
    text = _plural(other, grammar) if plural else other
    if text is None or (len(core) == 1 and official and core[0].text[0].islower()):
        return None
    if core[0].text[0].isupper() and (core[0].index or official):
        text = text.title()
    elif core[0].index == 0:
        text = text.capitalize()
    return replacing((sentence.span(*core), text))


def _names_another(sentence: Sentence, mention: Mention, grammar: Grammar) -> bool:
    """Whether the sentence names somebody else: a contract that does so may have other parties than the usual two."""
    others = (each for each in mentions(sentence, grammar) if each.party != mention.party)
    if any(each.is_pronoun or kind_of(sentence, each.head, grammar) == "party" for each in others):
        return True
    inside = sentence.tokens_in(mention.span)
    return any(
        token.upos == "PROPN" and token.has_rel("nsubj", "obj", "iobj", "obl") and token not in inside
        for token in sentence.tokens
    )


@cache
def _alternates(grammar: Grammar) -> dict[str, str]:
    """For every party that one other faces, or shares a power with, the first of those."""
    table: dict[str, str] = {}
    for left, right in grammar.facts(PartyFacts).alternates:
        table.setdefault(left, right)
        table.setdefault(right, left)
    return table


def _plural(name: str, grammar: Grammar) -> str | None:
    """The plural of a name, whose last word inflects; None where words do not."""
    before, _, last = name.rpartition(" ")
    form = inflect(last, "plural", grammar)
    return f"{before} {form}".strip() if form else None

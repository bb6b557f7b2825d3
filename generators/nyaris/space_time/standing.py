"""How a turned word of space, size or time makes the sentence stand to its source."""

from __future__ import annotations

from typing import Literal

from nyaris.grammar import Grammar
from nyaris.space_time.bounds import BoundFound
from nyaris.space_time.spatial import SpatialFacts
from nyaris.space_time.time_facts import TemporalFacts
from nyaris.syntax.clauses import ClauseFacts, has_negation, is_main, is_modal
from nyaris.syntax.noun_phrases import NOUNS
from nyaris.trees.sentence import Sentence, Span, Token

Standing = Literal["contradiction", "contrary", "rebinding"]


def standing(sentence: Sentence, token: Token, grammar: Grammar) -> Standing:
    """How a change at this word makes the sentence stand to its source.

    In the assertion itself it contradicts, under a modal or a negation it demands the contrary, and further down it
    puts another filler in the slot.
    """
    if narrows(sentence, token.span, grammar):
        return "rebinding"
    node = token
    while (head := sentence.head(node)) is not None:
        if node.has_rel("conj") and is_main(sentence, node):
            break
        if node.has_rel("acl", "advcl", "csubj", "parataxis"):
            return "rebinding"
        if node.has_rel("amod") and _within_subject(sentence, head):
            return "rebinding"
        if node.has_rel("nmod", "appos") and head.upos in NOUNS:
            return "rebinding"
        if node.feat("VerbForm") == "Inf" and not any(is_modal(child, grammar) for child in sentence.children(node)):
            return "rebinding"
        node = head
    below = sentence.children(node)
    possible = grammar.facts(TemporalFacts).possible
    chain = [each for head in (token, *sentence.ancestors(token)) for each in sentence.children(head)]
    if any(each.lower in possible for each in chain):
        return "rebinding"  # it may be lower, and it may be higher
    if any(child.has_rel("mark") for child in below):
        return "rebinding"
    partial = grammar.facts(SpatialFacts).partial
    if any(each.lower in partial for each in sentence.tokens if each != token):
        return "rebinding"
    demanded = any(is_modal(child, grammar) or child.feat("Polarity") == "Neg" for child in below)
    return "contrary" if demanded else "contradiction"


def narrows(sentence: Sentence, place: Span, grammar: Grammar) -> bool:
    """Whether, by the order of words alone, the place is in a condition, a relative clause, an opening or a subject.

    Parsers often hang a condition or a relative clause on the wrong word; where both sentences may hold, saying that
    they exclude each other is the worse mistake.
    """
    facts = grammar.facts(ClauseFacts)
    before = [token for token in sentence.tokens if token.end <= place.start]
    opened = [token.index for token in before if token.lower in facts.narrowing and token.feat("PronType") != "Dem"]
    behind = [token for token in sentence.tokens if token.start >= place.end]
    if opened and not (opened[-1] < sentence.root.index and sentence.root.start < place.end):
        return True
    comma = next((token.index for token in behind if token.text == ","), None)
    if opened and comma is not None and any(token.lower in facts.modals for token in sentence.tokens[comma:]):
        return True
    subject = sentence.child(sentence.root, "nsubj")
    if subject is not None and place.start < sentence.subtree(subject)[0].start:
        return True
    previous = before[-1] if before else None
    if previous is None or previous.upos != "ADP":
        return False
    governor = sentence.previous(previous)
    return governor is not None and governor.upos in NOUNS  # "awards of more than $150k bind us"


def standing_of_bound(sentence: Sentence, found: BoundFound, grammar: Grammar) -> Standing | None:
    """The same for a bound: inside a subject or a condition, as in a clause further down, it picks out others.

    None under a negation of the same clause: what it denies of the number and of less may both be so.
    """
    before = tuple(token for token in sentence.tokens if token.end <= found.span.start)
    narrow = narrows(sentence, min(found.span, found.amount), grammar)
    relation: Standing = "rebinding" if narrow or _is_within_subject(sentence, found) else "contradiction"
    inside = {token.index for token in sentence.tokens_in(found.span)}
    verb = next((token for token in sentence.ancestors(found.token) if token.index in inside), None)
    token = (sentence.head(verb) or verb) if verb is not None and verb.upos == "VERB" else found.token
    if verb is not None and verb.has_rel("acl", "amod"):
        relation = "rebinding"  # "the portion exceeding RM100,000"
    if relation == "contradiction":
        relation = standing(sentence, token, grammar)
    links = (token, *sentence.ancestors(token))
    denied = [node for node in links if _is_denied(sentence, node, before, grammar)]
    if not denied:
        return relation
    apart = next((node for node in links if _stands_apart(sentence, node)), None)
    if apart is None or not set(denied).isdisjoint(links[: links.index(apart) + 1]):
        return None
    return "rebinding"


def _within_subject(sentence: Sentence, noun: Token) -> bool:
    """Whether the noun says what the sentence is about: another attribute speaks of others (the higher limits)."""
    return any(each.has_rel("nsubj") for each in (noun, *sentence.ancestors(noun)))


def _is_denied(sentence: Sentence, node: Token, before: tuple[Token, ...], grammar: Grammar) -> bool:
    """Whether a negation before the bound belongs to the word, or to its subject (no person)."""
    subjects = sentence.children(node, "nsubj")
    near = [*sentence.children(node), *(child for noun in subjects for child in (noun, *sentence.children(noun)))]
    words = tuple(each for each in near if each in before)
    return bool(words) and has_negation(sentence, grammar, words)


def _stands_apart(sentence: Sentence, token: Token) -> bool:
    """Whether a subject, a clause or a noun phrase inside another begins here: a negation outside leaves it alone."""
    head = sentence.head(token)
    return token.has_rel("nsubj", "acl", "advcl") or (token.has_rel("nmod") and head is not None and head.upos in NOUNS)


def _is_within_subject(sentence: Sentence, found: BoundFound) -> bool:
    subject = sentence.child(sentence.root, "nsubj")
    if subject is not None and subject.start < found.amount.start < sentence.root.start:
        return True  # amid the subject, wherever the parser hung it
    for node in (found.token, *sentence.ancestors(found.token)):
        if node.has_rel("nsubj") and sentence.subtree(node)[0].start < min(found.span.start, found.amount.start):
            return True
    return False

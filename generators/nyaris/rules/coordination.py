"""The two sides of a coordination change places: "the Buyer and the Seller", "the Seller and the Buyer"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from nyaris.edits import Edit, swapping
from nyaris.grammar import Facts, Grammar
from nyaris.rules import keeper
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.morphology import may_be_verb
from nyaris.words.wording import is_quoted


class CoordinationFacts(Facts):
    """Which coordinations have a fixed order."""

    topic: ClassVar[str] = "coordination"

    conjunctions: frozenset[str]
    """Conjunctions whose sides are equal."""
    alternatives: frozenset[str] = frozenset()
    """Those of them that say nothing of time, so that acts may change places too."""
    fixed: frozenset[str] = frozenset()
    """Sides joined by a blank ("terms conditions") that custom keeps in this order."""
    fixed_words: frozenset[str] = frozenset()
    """Words that keep their place in any coordination (others, more, etc)."""
    ordering_words: frozenset[str] = frozenset()
    """Words by which a sentence refers to the order of what it names (respectively)."""
    shared_determiners: frozenset[str] = frozenset()
    """Words before the first side that hold for both sides."""
    links_after: frozenset[str] = frozenset()
    """Words that may follow the second side without belonging to it alone."""
    modifiers_follow: bool = False
    """Whether adjectives stand after their noun."""
    adjectives: frozenset[str] = frozenset()
    """Adjectives that are no nouns: where modifiers follow, only they change places (acute bronchitis or flu)."""


_SIMPLE = frozenset({"cc", "punct"})
Sides = tuple[tuple[Token, ...], tuple[Token, ...]]


@keeper
def order(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The two sides of a coordination change places."""
    facts = grammar.facts(CoordinationFacts)
    if any(token.lower in facts.ordering_words for token in sentence.tokens):
        return
    for first in sentence.tokens:
        others = sentence.children(first, "conj")
        if len(others) != 1 or others[0].index < first.index or first.has_rel("conj"):
            continue
        if sentence.children(others[0], "conj"):
            continue
        sides = _sides(sentence, first, others[0], facts)
        if sides and first.upos == "NOUN" and _may_be_second_verb(sentence, first, others[0], grammar):
            continue
        if sides and _joined(sentence, sides, facts) and _stands_free(sentence, sides, facts):
            yield swapping(sentence.span(*sides[0]), sentence.span(*sides[1]))


@keeper
def last_of_list(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The last two members of a list change places."""
    facts = grammar.facts(CoordinationFacts)
    if any(token.lower in facts.ordering_words for token in sentence.tokens):
        return
    for first in sentence.tokens:
        members = sentence.children(first, "conj")
        if len(members) < 2 or members[0].index < first.index or first.has_rel("conj"):
            continue
        left, right = members[-2:]
        bare = all(not [c for c in sentence.children(each) if not c.has_rel(*_SIMPLE)] for each in (left, right))
        before = sentence.previous(left)
        if any(token.index and token.text[0].isupper() for token in (first, left, right)):
            continue  # a title or name
        if not bare or left.upos != right.upos or left.upos not in {"NOUN", "ADJ"} or first.upos != left.upos:
            continue
        sides = (left,), (right,)
        if before and before.text == "," and _joined(sentence, sides, facts) and _followed(sentence, right, facts):
            yield swapping(left.span, right.span)


def _may_be_second_verb(sentence: Sentence, first: Token, second: Token, grammar: Grammar) -> bool:
    """Whether the second side may be a verb beside the one above (to hold office and act)."""
    verb, after = sentence.head(first), sentence.next(second)
    bare = not sentence.children(second, "det", "amod") and after is not None and after.upos in {"ADP", "DET", "ADV"}
    beside = verb is not None and verb.upos == "VERB" and verb.feat("VerbForm") == "Inf" and first.has_rel("obj")
    return bare and beside and may_be_verb(second.lower, grammar)


def _sides(sentence: Sentence, first: Token, second: Token, facts: CoordinationFacts) -> Sides | None:
    """The words of each side: single adjectives, adverbs or nouns, or noun phrases that carry their own determiner."""
    if first.upos != second.upos and {first.upos, second.upos} != {"NOUN", "PROPN"}:
        return None
    below_first = [c for c in sentence.children(first) if not c.has_rel("conj", *_SIMPLE)]
    below_second = [c for c in sentence.children(second) if not c.has_rel(*_SIMPLE)]
    if first.upos in {"ADJ", "ADV"}:
        clausal = ("cop", "nsubj", "aux", "mark", "expl", "obl", "advcl", "parataxis")
        if sentence.children(first, "cop"):
            below_first = [
                c for c in below_first if not (c.has_rel(*clausal) and not first.index < c.index < second.index)
            ]
        alone = not below_first and not below_second and _modifies(sentence, first, second, facts)
        return ((first,), (second,)) if alone else None
    if first.upos == "VERB":
        return ((first,), (second,)) if _are_alternatives(sentence, first, second, facts) else None
    if first.upos not in {"NOUN", "PROPN"}:
        return None
    own = _determined(sentence, first, below_first), _determined(sentence, second, below_second)
    if own[0] and own[1]:
        return own[0], own[1]
    if below_second and not all(_is_name_part(c) for c in below_second):
        return None
    if all(_is_name_part(c) for c in below_first):
        return _with_parts(sentence, first), _with_parts(sentence, second)
    shared = all(c.lower in facts.shared_determiners and c.index < first.index for c in below_first)
    named = first.upos == "PROPN" or second.upos == "PROPN"
    return ((first,), (second,)) if shared and not named and not below_second else None


def _are_alternatives(sentence: Sentence, first: Token, second: Token, facts: CoordinationFacts) -> bool:
    """Two verbs of one form joined by "or", neither with anything of its own that the other does not share."""
    link, after = sentence.next(first), sentence.next(second)
    same = all(first.feat(name) == second.feat(name) for name in ("VerbForm", "Tense", "Number"))
    same = same or (first.lower == first.lemma.lower() and second.lower == second.lemma.lower())
    private = ("nsubj", "aux", "mark", "advmod", "obj", "compound", "cop", "expl", "advcl")
    if link is None or link.lower not in facts.alternatives or after is None or not same:
        return False
    before = [c for c in sentence.children(first) if c.index > link.index and c.has_rel("advmod", "compound")]
    own = [c for c in sentence.children(second, *private) if c.index < second.index]
    return not own and not before and after.upos in {"DET", "NOUN", "PROPN", "PRON", "ADJ", "PUNCT"}


def _determined(sentence: Sentence, noun: Token, below: list[Token]) -> tuple[Token, ...] | None:
    """The noun with its own article, if that is all it has."""
    articles = [c for c in below if c.has_rel("det")]
    if len(articles) != 1 or not all(c in articles or _is_name_part(c) for c in below):
        return None
    tokens = tuple(sorted([*_with_parts(sentence, noun), *articles], key=lambda token: token.index))
    return tokens if _contiguous(tokens) else None


def _is_name_part(token: Token) -> bool:
    return token.has_rel("flat") and token.text[0].isupper()


def _with_parts(sentence: Sentence, noun: Token) -> tuple[Token, ...]:
    return tuple(
        sorted([noun, *(c for c in sentence.children(noun) if _is_name_part(c))], key=lambda token: token.index)
    )


def _contiguous(tokens: tuple[Token, ...]) -> bool:
    return tokens[-1].index - tokens[0].index + 1 == len(tokens)


def _modifies(sentence: Sentence, first: Token, second: Token, facts: CoordinationFacts) -> bool:
    """Two adjectives right beside the noun they modify, or two adverbs."""
    if first.upos == "ADV":
        return first.has_rel("advmod")
    noun, after = sentence.head(first), sentence.next(second)
    if sentence.children(first, "cop") and not first.has_rel("amod"):
        return after is None or after.upos == "PUNCT"
    if noun is None or not first.has_rel("amod"):
        return False
    if facts.modifiers_follow and not {first.lower, second.lower} <= facts.adjectives:
        return False
    return noun.index == (first.index - 1 if facts.modifiers_follow else second.index + 1)


def _joined(sentence: Sentence, sides: Sides, facts: CoordinationFacts) -> bool:
    """Nothing but a conjunction stands between the sides, and custom leaves their order free."""
    left, right = sides
    if not (_contiguous(left) and _contiguous(right)):
        return False
    link = sentence.tokens[left[-1].index + 1 : right[0].index]
    if len(link) == 2 and link[0].text == ",":
        link = link[1:]
    if len(link) != 1 or link[0].lower not in facts.conjunctions or not _equals(left, right, facts):
        return False
    return not is_quoted(sentence, left[0]) and not is_quoted(sentence, right[-1])


def _stands_free(sentence: Sentence, sides: Sides, facts: CoordinationFacts) -> bool:
    """No list around the two, and no modifier before them that may belong to one side alone."""
    left, right = sides
    before, noun = sentence.previous(left[0]), left[-1].upos in {"NOUN", "PROPN"}
    if before and before.index and before.upos in {"PUNCT", "CCONJ", "SYM", "NUM"}:
        return False
    if noun and before and (before.has_rel("compound", "amod", "nummod") or before.upos in {"ADJ", "NOUN", "PROPN"}):
        return False
    return _followed(sentence, right[-1], facts)


def _followed(sentence: Sentence, last: Token, facts: CoordinationFacts) -> bool:
    """Nothing follows the second side that may belong to it alone."""
    after = sentence.next(last)
    if after is None or last.upos not in {"NOUN", "PROPN"}:
        return after is None or not (facts.modifiers_follow and last.upos == "ADJ" and after.upos in {"VERB", "ADJ"})
    if after.text in {"-", "/", "(", "[", "&", "'s", "’s", "’", "'"} or after.lower in facts.conjunctions:
        return False
    if after.upos == "PUNCT":
        beyond = sentence.next(after)
        return beyond is None or (after.text not in {"“", "‘"} and beyond.lower not in facts.conjunctions)
    if after.lower in facts.links_after:
        return True
    return after.upos == "AUX" or (after.upos == "VERB" and after.feat("VerbForm") == "Fin")


def _equals(left: tuple[Token, ...], right: tuple[Token, ...], facts: CoordinationFacts) -> bool:
    heads = left[-1], right[-1]
    words = {token.lower for token in (*left, *right)}
    names = tuple(token.lower for token in heads)
    if words & facts.fixed_words or names[0] == names[1] or " ".join(names) in facts.fixed:
        return False
    if any(token.feat("Degree") in {"Cmp", "Sup"} or not token.text[0].isalpha() for token in heads):
        return False
    if heads[0].text[0].isupper() != heads[1].text[0].isupper() and left[0].index:
        return False
    if not left[0].index and left[0].upos == "PROPN" and left[0].text[0].isupper() > right[0].text[0].isupper():
        return False  # the capital may belong to the word, and would go inside with it
    if heads[1].upos == "ADJ" and heads[1].text[0].isupper():
        return False  # the Judicial and Legal Service
    return heads[0].feat("Number") == heads[1].feat("Number") and len(names[0]) > 1 < len(names[1])

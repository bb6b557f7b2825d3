"""Which noun a word goes with: the one it modifies, the one it takes as object, the place after an adposition."""

from __future__ import annotations

from nyaris.grammar import Facts
from nyaris.trees.sentence import Sentence, Token

NOUNS = frozenset({"NOUN", "PROPN"})


class NounPhraseFacts(Facts):
    """How a language builds noun phrases, and its nouns by kind."""

    lists: dict[str, frozenset[str]]
    """Nouns and phrases by kind: lower case for nouns and their lemmas, with capitals for names."""
    modifiers_follow: bool = False
    """Whether adjectives stand after their noun."""
    lemmas_are_roots: bool = False
    """Whether a lemma undoes derivation, so that it may be another noun."""
    determiners: frozenset[str] = frozenset()
    """Words that may open a noun phrase before its noun."""
    quantifiers: frozenset[str] = frozenset()
    """Words before a noun that keep it from naming one place (all, any, every)."""
    limiters: frozenset[str] = frozenset()
    """Words after a noun that single it out (alone)."""
    links: frozenset[str] = frozenset()
    """Words that may stand between a noun and what modifies it."""
    partitives: frozenset[str] = frozenset()
    """Nouns that leave it to the next noun what is meant (amount of)."""
    of: frozenset[str] = frozenset()
    """The adpositions between the two."""

    def names(self, words: set[str], *lists: str) -> bool:
        """Whether one of the words stands on one of the lists."""
        return any(words & self.lists[name] for name in lists)


def names_of(token: Token, facts: NounPhraseFacts) -> set[str]:
    """The word in lower case, and its lemma where that is the same noun."""
    lemma = token.lemma.lower()
    return {token.lower} if facts.lemmas_are_roots and not token.lower.startswith(lemma) else {token.lower, lemma}


def modified(sentence: Sentence, first: Token, last: Token, facts: NounPhraseFacts) -> tuple[Token, ...]:
    """The nouns that the words from `first` to `last` may modify: those beside them, else their subject."""
    if facts.modifiers_follow:
        before = first.index - 1
        while before >= 0 and sentence.tokens[before].lower in facts.links:
            before -= 1
        found = _run(sentence, range(before, -1, -1))[:3]
        return found or sentence.children(first, "nsubj")
    after = _run(sentence, range(last.index + 1, len(sentence.tokens)))
    return after[-1:] or sentence.children(last, "nsubj")


def object_of(sentence: Sentence, first: Token, last: Token, facts: NounPhraseFacts) -> Token | None:
    """The noun that a verb or an adposition takes: the next noun phrase, else the passive subject."""
    index = last.index + 1
    while index < len(sentence.tokens) and opens_phrase(sentence.tokens[index], facts):
        index += 1
    nouns = _run(sentence, range(index, len(sentence.tokens)))
    if not nouns:
        return sentence.child(first, "nsubj:pass")
    head = nouns[0] if facts.modifiers_follow else nouns[-1]
    following = sentence.next(head)
    if following is not None and head.lower in facts.partitives:
        if following.lower in facts.of:
            return object_of(sentence, following, following, facts)
        if facts.modifiers_follow and following.upos in NOUNS:
            return following
    return head


def listed_after(
    sentence: Sentence, last: Token, lists: tuple[str, ...], facts: NounPhraseFacts
) -> tuple[Token, ...] | None:
    """The noun phrase after an adposition, where it is on one of the lists and no longer than the list says."""
    index = last.index + 1
    while index < len(sentence.tokens):
        for width in (5, 4, 3, 2, 1):
            window = sentence.tokens[index : index + width]
            written = " ".join(token.text for token in window)
            opening = "".join(f"{token.lower} " for token in window[:-1])
            lowered = {opening + name for name in names_of(window[-1], facts)}
            if len(window) == width and facts.names({written, *lowered}, *lists):
                return None if _goes_on(sentence, window, facts) else window
        token = sentence.tokens[index]
        if token.lower in facts.quantifiers or not opens_phrase(token, facts):
            return None
        index += 1
    return None


def opens_phrase(token: Token, facts: NounPhraseFacts) -> bool:
    """Whether the word may stand before the noun of a noun phrase."""
    return (
        token.lower in facts.determiners or token.upos == "DET" or (token.upos == "ADJ" and not facts.modifiers_follow)
    )


def _goes_on(sentence: Sentence, window: tuple[Token, ...], facts: NounPhraseFacts) -> bool:
    """Whether the noun is only the beginning of a longer name or compound."""
    following = sentence.next(window[-1])
    if following is None:
        return False
    if following.lower in facts.limiters or following.text in {"'s", "’s", "'", "’", "-", "–", "/"}:
        return True
    name = following.text[0].isupper() and window[-1].text[0].isupper()
    return name or (not facts.modifiers_follow and following.upos in NOUNS)


def _run(sentence: Sentence, indices: range) -> tuple[Token, ...]:
    """The unbroken run of nouns, adjectives between them set aside."""
    found: list[Token] = []
    for index in indices:
        token = sentence.tokens[index]
        if token.upos in NOUNS:
            found.append(token)
        elif token.upos != "ADJ":
            break
    return tuple(found)

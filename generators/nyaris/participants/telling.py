"""What else a sentence says that tells which of two parties is which."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from nyaris.grammar import Grammar
from nyaris.participants.parties import PartyFacts
from nyaris.syntax.obligations import contains_phrase
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.lexicon import LexiconFacts
from nyaris.words.morphology import MorphologyFacts

_Two = tuple[str, str]
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_ENDING = 3
"""Letters at the end of a party's name that make it the doer (lend-er, licens-ee)."""
_SHORTEST = 3


def gives_away(sentence: Sentence, names: _Two, phrases: _Two, inside: Collection[int], grammar: Grammar) -> bool:
    """Whether the rest of the sentence speaks of what only one of two parties of a deal does.

    The supplier supplies, the credit provider takes a credit action, and it is the customer who prepaid. `names` are
    the listed names of the two, `phrases` all words of either, `inside` the indices of the tokens that stand for them.
    """
    facts = grammar.facts(PartyFacts)
    listed = grammar.facts(LexiconFacts).kind_by_noun
    if not all(name in listed for name in names):
        return False
    if acts_alone(sentence, names, grammar):
        return True
    telling = [*_words_of_one(phrases)]
    heads = [
        token for token in sentence.tokens if token.index in inside and token.lower in {word for word, _ in telling}
    ]
    for token in sentence.tokens:
        if (
            token.index in inside
            or token.upos not in _CONTENT
            or {token.lower, token.lemma.lower()} & facts.either_side
        ):
            continue
        if any(_is_of(token, word, modifies, grammar) for word, modifies in telling):
            return True
        if any(head.lemma == token.lemma and head.lower != token.lower for head in heads):
            return True
    return False


def acts_alone(sentence: Sentence, names: _Two, grammar: Grammar) -> bool:
    """Whether the sentence speaks of what only one of two sides does: any two of a deal, or somebody in that role."""
    deal = all(name in grammar.facts(LexiconFacts).counterparts for name in names)
    return any(
        (act.roles & {*names} if act.roles else deal) and contains_phrase(sentence.text, act.words)
        for act in grammar.facts(PartyFacts).one_sided_acts
    )


def tells_writer_from_reader(sentence: Sentence, grammar: Grammar) -> bool:
    """Whether "we" and "you" have roles here, or a form of one of them would stay behind (yourself)."""
    facts = grammar.facts(PartyFacts)
    if any(token.lower in facts.reflexives for token in sentence.tokens):
        return True
    return contains_phrase(sentence.text, (*facts.role_bound, *facts.mutual))


def leaves_deed_out(sentence: Sentence, grammar: Grammar) -> bool:
    """Whether a deed is left out, so that who was asked tells who does it (unless we have asked you to)."""
    stranded = grammar.facts(PartyFacts).stranded
    ends = {each.index - 1 for each in sentence.tokens if each.upos == "PUNCT"}
    return any(token.lower in stranded and token.index in ends for token in sentence.tokens)


def _words_of_one(phrases: _Two) -> Iterator[tuple[str, bool]]:
    """Every word that one phrase has and the other has not, and whether it only modifies."""
    for mine, other in (phrases, phrases[::-1]):
        words = mine.split()
        for word in words:
            if word not in other.split():
                yield word, len(words) > 1


def _is_of(token: Token, word: str, modifies: bool, grammar: Grammar) -> bool:
    """Whether a word of the sentence has the stem of a word of the name, or is that word."""
    if token.lower == word:
        return modifies
    if grammar.facts(MorphologyFacts).inflector == "none":
        return False
    lemma = token.lemma.lower()
    common = next(
        (i for i, pair in enumerate(zip(lemma, word, strict=False)) if pair[0] != pair[1]), min(len(lemma), len(word))
    )
    return common >= max(_SHORTEST + 2, len(word) - _ENDING) or (common == len(lemma) and common >= _SHORTEST)

"""Which words of a sentence may be exchanged for others, and in which form they stand."""

from __future__ import annotations

from collections.abc import Sequence

from nyaris.grammar import Grammar
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.lexicon import is_agent
from nyaris.words.morphology import Form

_QUOTES = {"“": "”", "‘": "’", '"': '"', "«": "»"}
_JOINERS = frozenset({"-", "–", "/", "_", "@", "+"})


def exchangeable(sentence: Sentence, tokens: Sequence[Token]) -> bool:
    """Whether the words are the writer's own: no name, no defined term, not quoted, not part of a hyphenated word."""
    first, last = tokens[0], tokens[-1]
    if any(not _is_common(sentence, token) for token in tokens):
        return False
    if is_quoted(sentence, first) or is_quoted(sentence, last):
        return False
    before, after = sentence.previous(first), sentence.next(last)
    if (
        first.upos == "CCONJ"
        and before
        and after
        and before.index
        and before.text[0].isupper()
        and after.text[0].isupper()
    ):
        return False  # a title: the Ministry of Women, Family and Community
    glued_before = before is not None and before.end == first.start and before.text[-1] in _JOINERS
    glued_after = after is not None and after.start == last.end and after.text[0] in _JOINERS
    return not glued_before and not glued_after


def is_quoted(sentence: Sentence, token: Token) -> bool:
    """Whether the word stands between quotation marks: it is mentioned, not said."""
    for opening, closing in _QUOTES.items():
        before = sentence.text[: token.start]
        if opening == closing:
            if before.count(opening) % 2:
                return True
        elif before.rfind(opening) > before.rfind(closing) and closing in sentence.text[token.end :]:
            return True
    return False


def opens_sentence(sentence: Sentence, token: Token) -> bool:
    """Whether nothing but punctuation stands before the word."""
    return all(other.upos == "PUNCT" for other in sentence.tokens[: token.index])


def theme_of(sentence: Sentence, verb: Token) -> Token | None:
    """The noun that the verb does something to: its object, its passive subject, or what its participle modifies."""
    own = sentence.child(verb, "obj") or sentence.child(verb, "nsubj:pass")
    if own is None or own.feat("PronType") == "Rel":
        return sentence.head(verb) if verb.has_rel("acl") else own
    return own


def names_agent(sentence: Sentence, noun: Token, grammar: Grammar) -> bool:
    """Whether the phrase names somebody who can be told something: a person, a party, a pronoun for one."""
    if noun.upos == "PRON":
        return noun.feat("PronType") != "Rel" and noun.feat("Person") is not None and noun.feat("Gender") != "Neut"
    return is_agent(sentence, noun, grammar)


def form_in_context(sentence: Sentence, token: Token, options: Sequence[Form]) -> Form | None:
    """Which of the forms that the word may be it is here; None when that cannot be told."""
    if len(options) == 1:
        return options[0]
    if "base" in options and token.feat("VerbForm") == "Inf":
        return "base"  # will set up, to set up
    auxiliaries = sentence.children(token, "aux", "mark")
    passive = sentence.children(token, "aux:pass", "nsubj:pass") or token.has_rel("acl", "amod")
    if "participle" in options and "past" in options:
        acts = any(child.rel == "nsubj" for child in sentence.children(token))
        if passive and not acts:
            return "participle"
        if auxiliaries and sentence.children(token, "aux"):
            return "participle"
        finite = token.feat("VerbForm") == "Fin" and token.feat("Tense") == "Past"
        return "past" if finite and not auxiliaries and sentence.children(token, "nsubj") else None
    return None


def _is_common(sentence: Sentence, token: Token) -> bool:
    """Written as a common word; the first word of a sentence has its capital from there."""
    if token.text.islower() or not any(char.isalpha() for char in token.text):
        return True
    if not opens_sentence(sentence, token) or not token.text[1:].islower() or token.upos == "PROPN":
        return False
    after = sentence.next(token)
    return token.upos not in {"NOUN", "ADJ"} or after is None or not after.text[0].isupper()

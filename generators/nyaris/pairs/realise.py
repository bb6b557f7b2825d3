"""From edit to text: sentence capitals, article allomorphy, spacing."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import ClassVar

from nyaris.edits import Edit, replacing
from nyaris.grammar import Facts, Grammar
from nyaris.trees.sentence import Sentence, Span, Token


class ArticleFacts(Facts):
    """An article whose form depends on the sound of the next word."""

    consonant: str
    vowel: str
    vowel_letters: str
    vowel_exceptions: tuple[str, ...] = ()
    """Beginnings written with a consonant that sound like a vowel (hour, MP)."""
    consonant_exceptions: tuple[str, ...] = ()
    """Beginnings written with a vowel that sound like a consonant (uni, one)."""


class OrthographyFacts(Facts):
    """How words are written when their neighbours change."""

    topic: ClassVar[str] = "orthography"

    article: ArticleFacts | None = None
    always_capital: frozenset[str] = frozenset()
    """Words that keep their capital inside a sentence although they are no names."""


_LOWERABLE = frozenset({"DET", "PRON", "ADP", "SCONJ", "CCONJ", "ADV", "AUX", "NUM", "PART", "ADJ", "VERB", "NOUN"})


@lru_cache(maxsize=64)
def realise(sentence: Sentence, edit: Edit, grammar: Grammar) -> str:
    """The edited sentence as it would be written; the identity edit gives the text itself."""
    if not edit.operations:
        return sentence.text
    lowered = _lower_first(sentence, grammar)
    prepared = (edit.combine(lowered) or edit) if lowered else edit
    facts = grammar.facts(OrthographyFacts)
    text = _tidy(prepared.apply(sentence.text))
    if facts.article:
        text = _mend_articles(text, sentence.text, facts.article)
    return _capitalise_like(text, sentence.text)


def has_stray_capital(sentence: Sentence, text: str, grammar: Grammar) -> bool:
    """Whether more words inside the text have a capital than the sentence accounts for: its first word went along."""
    first = next((token for token in sentence.tokens if token.upos != "PUNCT"), None)
    unknown = first is not None and sentence.keeps_capital is None and _may_be_a_term(sentence, first)
    if first is not None and unknown and text.count(f" {first.text}") > sentence.text.count(f" {first.text}"):
        return True  # a name in its stead may hide it in the count
    first_is_name = _lower_first(sentence, grammar) is None and not unknown
    return _inner_capitals(text) > _inner_capitals(sentence.text) + first_is_name


@lru_cache(maxsize=64)
def _inner_capitals(text: str) -> int:
    """How many words within the text begin with a capital and go on in lower case."""
    words = list(re.finditer(r"[^\W\d_]+", text))[1:]
    return sum(word.group()[0].isupper() and word.group()[1:].islower() for word in words)


def inside(sentence: Sentence, span: Span, grammar: Grammar) -> str:
    """The text of a span as it would be written inside a sentence, whatever place it has in this one."""
    lowered = _lower_first(sentence, grammar)
    whole = lowered.apply(sentence.text) if lowered else sentence.text
    return whole[span.start : span.end]


@lru_cache(maxsize=16)
def _lower_first(sentence: Sentence, grammar: Grammar) -> Edit | None:
    """The first word as it would be written inside the sentence, None when that is how it stands or nobody can tell."""
    first = next((token for token in sentence.tokens if token.upos != "PUNCT"), None)
    if first is None or not first.text[0].isupper():
        return None
    if first.upos not in _LOWERABLE and sentence.keeps_capital is not False:
        return None
    if first.text in grammar.facts(OrthographyFacts).always_capital or first.text[1:] != first.text[1:].lower():
        return None
    after = sentence.next(first)
    if (
        first.upos in {"ADJ", "NOUN", "VERB"}
        and after is not None
        and after.upos == "PROPN"
        and after.text[0].isupper()
        and first.head > first.index
    ):
        return None  # the beginning of a name (New York State)
    if sentence.keeps_capital or (sentence.keeps_capital is None and _may_be_a_term(sentence, first)):
        return None
    return replacing((Span(first.start, first.start + 1), first.text[0].lower()))


def _may_be_a_term(sentence: Sentence, first: Token) -> bool:
    """Whether the sentence writes common nouns with a capital (defined terms), so that the first word may be one."""
    later = sentence.tokens[first.index + 1 :]
    return first.upos in {"NOUN", "ADJ", "VERB"} and any(
        token.upos == "NOUN" and token.text[0].isupper() and not token.text.isupper() for token in later
    )


_UNTIDY = re.compile(r"\s{2,}|\s[,;:.!?](?=\s|$)|,\s*,|,[.;!?]")


def _tidy(text: str) -> str:
    if not _UNTIDY.search(text):
        return text.strip()
    text = re.sub(r"\s{2,}", " ", text)
    text = re.sub(r"\s+([,;:.!?])(?=\s|$)", r"\1", text)
    text = re.sub(r",(?:\s*,)+", ",", text)
    text = re.sub(r",([.;!?])", r"\1", text)
    return text.strip()


@cache
def _article_pattern(article: ArticleFacts) -> re.Pattern[str]:
    forms = "|".join(re.escape(form) for form in (article.vowel, article.consonant))
    return re.compile(rf"\b({forms})(\s+)([^\W\d_][\w’'-]*)", flags=re.IGNORECASE)


def _mend_articles(text: str, source: str, article: ArticleFacts) -> str:
    pattern = _article_pattern(article)
    known = _articles(source, article)

    def mend(match: re.Match[str]) -> str:
        form, gap, word = match.group(1), match.group(2), match.group(3)
        if match.group().lower() in known:
            return match.group(0)
        right = article.vowel if _sounds_like_vowel(word, article) else article.consonant
        return (right.capitalize() if form[0].isupper() else right) + gap + word

    return pattern.sub(mend, text)


@lru_cache(maxsize=16)
def _articles(text: str, article: ArticleFacts) -> frozenset[str]:
    return frozenset([match.group().lower() for match in _article_pattern(article).finditer(text)])


def _sounds_like_vowel(word: str, article: ArticleFacts) -> bool:
    lower = word.lower()
    if lower.startswith(article.vowel_exceptions) if article.vowel_exceptions else False:
        return True
    if lower.startswith(article.consonant_exceptions) if article.consonant_exceptions else False:
        return False
    return lower[0] in article.vowel_letters


def _capitalise_like(text: str, source: str) -> str:
    start = next((index for index, char in enumerate(source) if char.isalpha()), None)
    at = next((index for index, char in enumerate(text) if char.isalpha()), None)
    if start is None or at is None or not source[start].isupper() or source[:start].strip(" \"'“‘(["):
        return text
    return text if any(char.isdigit() for char in text[:at]) else text[:at] + text[at].upper() + text[at + 1 :]

"""Adverbial clauses and phrases at the beginning or at the end of the sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from nyaris.edits import Edit, Move
from nyaris.grammar import Facts, Grammar
from nyaris.rules import keeper
from nyaris.syntax.clauses import ClauseFacts, is_passive
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.lexicon import is_agent
from nyaris.words.wording import is_quoted


class FrontingFacts(Facts):
    """Which adverbials move freely without a change of scope, and what ties them to their place."""

    topic: ClassVar[str] = "fronting"

    clause_openers: tuple[str, ...]
    """Words and phrases that open a clause of condition or time, lower case."""
    initial_openers: tuple[str, ...]
    """Openers of phrases that may leave the beginning."""
    final_openers: tuple[str, ...]
    """Openers of phrases that may leave the end: only what cannot belong to the noun before it."""
    back_references: frozenset[str]
    """Words that take up what was said before (such, so, then)."""
    pronouns: frozenset[str]
    """Pronouns that must not come to stand before the noun they stand for."""
    indefinites: frozenset[str] = frozenset()
    """Articles of what is mentioned for the first time."""
    not_roots: frozenset[str] = frozenset()
    """Predicates of clauses that report a rule: what follows them belongs to the rule."""
    stay_after: frozenset[str] = frozenset()
    """Words right before a final adverbial that belong to it (even, except, immediately)."""
    limits: frozenset[str] = frozenset()
    """Words that may limit an adverbial from anywhere in the clause (only)."""
    pronoun_endings: tuple[str, ...] = ()
    """Endings of words that are such a pronoun."""
    sharing: tuple[str, ...] = ()
    """Openers of clauses that may share the subject of the main clause (before leaving)."""
    appositive: tuple[str, ...] = ()
    """Openers that after a comma tell more about the time or place before them (on 3 May, when)."""
    measures: frozenset[str] = frozenset()
    """Nouns that measure how long before or after."""
    longest: int = 26
    """The most words an adverbial, or the clause it leaves, may have."""


@keeper
def to_front(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A clause or phrase of time or condition goes to the beginning of the sentence."""
    facts = grammar.facts(FrontingFacts)
    root, last = sentence.root, sentence.tokens[-1]
    first = sentence.tokens[0]
    subject = sentence.child(root, "nsubj", "expl")
    if last.text != "." or subject is None or sentence.subtree(subject)[0] != first or first.upos == "PUNCT":
        return
    if first.lower in grammar.facts(ClauseFacts).negators or root.lower in facts.not_roots:
        return
    if first.upos in {"VERB", "ADV"}:
        return  # a reporting verb or a connective keeps its place
    for adverbial in sentence.children(root, "advcl", "obl"):
        tokens = _phrase(sentence, adverbial)
        if not tokens or tokens[-1].index != last.index - 1 or not 1 < len(tokens) <= facts.longest:
            continue
        openers = facts.clause_openers if adverbial.has_rel("advcl") else facts.final_openers
        if not _opens(sentence, tokens, openers) or _refers_back(tokens, facts.back_references):
            continue
        main = sentence.tokens[: tokens[0].index]
        if main[-1].text == "," and _opens(sentence, tokens, facts.appositive or ("\0",)):
            continue
        if adverbial.upos == "NUM" or _branches(sentence, main, adverbial):
            continue  # "within five"; "two years, or three if you register"
        while main and main[-1].text == ",":
            main = main[:-1]
        if not 3 < len(main) <= facts.longest or _is_limited(main, tokens, facts) or not _is_simple(main, adverbial):
            continue
        if is_quoted(sentence, tokens[0]) or any(token.text in {":", ";", "("} for token in main):
            continue
        if adverbial.has_rel("advcl") and not _is_whole_clause(sentence, adverbial):
            shares = _opens(sentence, tokens, facts.sharing or ("\0",)) and _shares(
                sentence, adverbial, subject, grammar
            )
            apart = sentence.tokens[tokens[0].index - 1].text == "," or any(t.has_rel("mark") for t in tokens[1:])
            if not shares or apart or any(token.upos == "VERB" and token.index < root.index for token in main):
                continue
        points = any(t.lower in facts.pronouns or t.lower.endswith(facts.pronoun_endings or ("\0",)) for t in tokens)
        if points and (sum(t.upos == "VERB" for t in main) > 1 or _refers_back(main, facts.indefinites)):
            continue  # what it stands for would come after it
        if any(char.isupper() for char in first.text[1:]):
            continue
        yield Edit(moves=(Move(tokens[0].start, tokens[-1].end, first.start, "", ", "),))


@keeper
def to_end(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A clause or phrase of time or condition goes to the end of the sentence."""
    facts = grammar.facts(FrontingFacts)
    root, last = sentence.root, sentence.tokens[-1]
    subject = sentence.child(root, "nsubj", "expl")
    if last.text != "." or subject is None:
        return
    for adverbial in sentence.children(root, "advcl", "obl"):
        tokens = _phrase(sentence, adverbial)
        if not tokens or tokens[0].index != 0 or not 1 < len(tokens) <= facts.longest:
            continue
        comma = sentence.tokens[tokens[-1].index + 1]
        openers = facts.clause_openers if adverbial.has_rel("advcl") else facts.initial_openers
        if comma.text != "," or not _opens(sentence, tokens, openers):
            continue
        main = sentence.tokens[comma.index + 1 : last.index]
        if not main or sentence.subtree(subject)[0] != main[0] or len(main) > facts.longest:
            continue
        if _refers_back(main, facts.back_references | facts.pronouns) or not _is_simple(main, adverbial):
            continue
        if len(main) < 4 or adverbial.upos == "PRON" or any(token.lower in facts.limits for token in main):
            continue
        if _introduces(tokens, main, facts) or any(token.text in {":", ";"} for token in main):
            continue
        if adverbial.upos == "NUM" or main[-1].lower in facts.measures or _dangles(sentence, adverbial):
            continue
        yield Edit(moves=(Move(tokens[0].start, comma.end, last.start, " "),))


def _phrase(sentence: Sentence, adverbial: Token) -> tuple[Token, ...] | None:
    """The words of the adverbial without a comma at its edges, None when it has gaps."""
    tokens = list(sentence.subtree(adverbial))
    while tokens and tokens[0].text == ",":
        tokens.pop(0)
    while tokens and tokens[-1].text == ",":
        tokens.pop()
    if not tokens or tokens[-1].index - tokens[0].index + 1 != len(tokens):
        return None
    return None if tokens[-1].upos in {"AUX", "PART"} else tuple(tokens)


def _opens(sentence: Sentence, tokens: tuple[Token, ...], openers: tuple[str, ...]) -> bool:
    text = sentence.slice(sentence.span(*tokens)).lower()
    return any(text.startswith(opener if opener[-1].isdigit() else f"{opener} ") for opener in openers)


def _is_limited(main: tuple[Token, ...], tokens: tuple[Token, ...], facts: FrontingFacts) -> bool:
    """Whether a word of the clause belongs to the adverbial after it (30 days before, only if)."""
    measured = any(token.lower in facts.measures for token in main[-2:])
    return measured or main[-1].lower in facts.stay_after or any(token.lower in facts.limits for token in main)


def _branches(sentence: Sentence, main: tuple[Token, ...], adverbial: Token) -> bool:
    """Whether a conjunction after a comma leads to the adverbial, or a second clause follows in it."""
    commas = [token.index for token in main[:-1] if token.text == ","]
    leads = any(sentence.tokens[index + 1].upos == "CCONJ" for index in commas)
    return leads or any(sentence.children(each, "nsubj") for each in sentence.children(adverbial, "conj"))


def _is_whole_clause(sentence: Sentence, adverbial: Token) -> bool:
    """A clause with its own subject and nothing below it that may belong to the main clause."""
    return bool(sentence.children(adverbial, "nsubj", "expl", "csubj")) and not sentence.children(adverbial, "advcl")


def _shares(sentence: Sentence, adverbial: Token, subject: Token, grammar: Grammar) -> bool:
    """Whether a clause without a subject can have no other than that of the active main clause."""
    if sentence.children(adverbial, "nsubj", "expl", "csubj", "advcl", "cop") or is_passive(
        sentence, adverbial, grammar
    ):
        return False
    human = (subject.upos == "PRON" and subject.feat("PronType") == "Prs") or is_agent(sentence, subject, grammar)
    root = sentence.root
    alone = not sentence.children(root, "xcomp", "ccomp", "conj") and len(sentence.children(root, "advcl")) == 1
    return human and alone and root.upos == "VERB" and not is_passive(sentence, root, grammar)


def _dangles(sentence: Sentence, adverbial: Token) -> bool:
    """A clause without a subject beside a passive: who acts in it is left open, its place is all that tells."""
    return (
        adverbial.upos == "VERB"
        and not sentence.children(adverbial, "nsubj", "expl", "csubj")
        and sentence.child(sentence.root, "aux:pass") is not None
    )


def _refers_back(tokens: tuple[Token, ...], words: frozenset[str]) -> bool:
    return any(token.lower in words for token in tokens)


def _is_simple(main: tuple[Token, ...], adverbial: Token) -> bool:
    """One clause, so that the adverbial can belong to nothing else in it."""
    indexes = {token.index for token in main}
    for token in main:
        if token.has_rel("conj") and token.upos in {"VERB", "AUX", "ADJ"} and token.head in indexes:
            return False
        if token.has_rel("ccomp", "parataxis", "acl:relcl", "csubj", "advcl"):
            return False
        if token.has_rel("acl", "xcomp") and not adverbial.has_rel("advcl"):
            return False
    return True


def _introduces(tokens: tuple[Token, ...], main: tuple[Token, ...], facts: FrontingFacts) -> bool:
    """Whether the adverbial mentions for the first time what the rest takes up again."""
    nouns = {token.lemma.lower() for token in main if token.upos in {"NOUN", "PROPN"}}
    new = {token.head for token in tokens if token.lower in facts.indefinites}
    return any(token.index in new and token.lemma.lower() in nouns for token in tokens)

"""What it takes to exchange two fillers: other mentions, cases of pronouns, agreement."""

from __future__ import annotations

from nyaris.edits import Edit, swapping
from nyaris.grammar import Grammar
from nyaris.participants.fillers import Case, Filler, outside
from nyaris.syntax.agreement import finite_verb_of, inflected_for
from nyaris.syntax.phrases import FillerFacts
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.lexicon import LexiconFacts, is_agent, noun_phrase_name

Part = tuple[Span, str]

MAX_PRONOUNS = 2
"""A sentence that says "we" and "you" more often than this is about what makes the one side different."""


def exchange(
    sentence: Sentence,
    first: tuple[Filler, Case],
    second: tuple[Filler, Case],
    grammar: Grammar,
    predicate: Token | None = None,
) -> Edit | None:
    """The edit that exchanges two fillers wherever the sentence names them; None where it cannot be done cleanly.

    Pronouns take the case of their new place, the verb agrees anew. `predicate` is what the first filler is the
    subject of, None if it is no subject.
    """
    parts = [
        *_recased(sentence, first[0], second[0], second[1], grammar),
        *_recased(sentence, second[0], first[0], first[1], grammar),
    ]
    if predicate is not None:
        agreed = _agreed(sentence, predicate, first[0], second[0], grammar)
        if agreed is None:
            return None
        parts += agreed
    mentioned = _mentions(sentence, first[0], second[0], grammar)
    if mentioned is None or ((first[0].pronoun or second[0].pronoun) and len(mentioned) > MAX_PRONOUNS):
        return None
    return swapping(first[0].span, second[0].span, *parts, *mentioned)


def _mentions(sentence: Sentence, first: Filler, second: Filler, grammar: Grammar) -> list[Part] | None:
    """What the other mentions of either party become, so that whoever does the one thing also does the other."""
    parts: list[Part] = []
    one_sided = grammar.facts(FillerFacts).one_sided
    for token in outside(sentence, first, second):
        for mine, other in ((first, second), (second, first)):
            if not _mentions_party(sentence, token, mine, grammar):
                continue
            part = _renamed(sentence, token, mine, other, grammar)
            head = sentence.head(token)
            if not _may_live_the_other(first, second, grammar) or _is_quantified(sentence, (first, second), grammar):
                return None
            if part is None or first.plural != second.plural or (head and head.lemma.lower() in one_sided):
                return None
            if sentence.children(token, "cop") or _is_indefinite(sentence, first, grammar) != _is_indefinite(
                sentence, second, grammar
            ):
                return None
            parts.append(part)
    return parts


def named_elsewhere(sentence: Sentence, first: Filler, second: Filler, grammar: Grammar) -> bool:
    """Whether the sentence names either of them once more."""
    others = outside(sentence, first, second)
    return any(_mentions_party(sentence, token, each, grammar) for token in others for each in (first, second))


def _may_live_the_other(first: Filler, second: Filler, grammar: Grammar) -> bool:
    """Whether what else the sentence says of either suits the other: counterparts, or fillers of one kind."""
    if "name" in {first.kind, second.kind}:
        return False
    facing = grammar.facts(LexiconFacts).counterparts.get(first.name, frozenset())
    return first.kind == second.kind or second.name in facing or bool(first.pronoun and second.pronoun)


def _is_quantified(sentence: Sentence, parties: tuple[Filler, Filler], grammar: Grammar) -> bool:
    quantifiers = grammar.facts(FillerFacts).quantifiers
    return any(token.lower in quantifiers for party in parties for token in sentence.tokens_in(party.span))


def _is_indefinite(sentence: Sentence, party: Filler, grammar: Grammar) -> bool:
    return sentence.tokens_in(party.span)[0].lower in grammar.facts(FillerFacts).indefinite


def _mentions_party(sentence: Sentence, token: Token, party: Filler, grammar: Grammar) -> bool:
    """Whether the word stands for the party, or may do so; a defined term that begins with its name does not."""
    if party.pronoun:
        pronoun = grammar.facts(FillerFacts).by_form.get(token.lower)
        return pronoun is not None and pronoun.person == party.pronoun.person
    if party.proper:
        facts = grammar.facts(LexiconFacts)
        common = facts.titles | facts.name_links | facts.company_suffixes
        return token.text[0].isupper() and token.lower in set(party.name.split()) - common
    if token.upos in {"NOUN", "PROPN"}:
        named = noun_phrase_name(sentence, token, grammar) == party.name
    else:
        named = token.lower == party.head.lower
    return named and not _opens_term(sentence, token, grammar)


def _opens_term(sentence: Sentence, token: Token, grammar: Grammar) -> bool:
    """Whether the noun is part of a term that is no party itself (Customer Personal Data)."""
    after, head = sentence.next(token), sentence.head(token)
    if (
        after is None
        or after.upos not in {"NOUN", "PROPN", "ADJ"}
        or token.text[0].isupper() != after.text[0].isupper()
    ):
        return False
    if not token.has_rel("compound", "nmod", "amod") or token.has_rel("nmod:poss"):
        return False
    if token.text[0].islower() and token.upos not in {"NOUN", "PROPN"}:
        return False
    return head is not None and head.index > token.index and not is_agent(sentence, head, grammar)


def _renamed(sentence: Sentence, token: Token, mine: Filler, other: Filler, grammar: Grammar) -> Part | None:
    """The mention with the other party's name in place of the one it holds."""
    if mine.pronoun or other.pronoun:
        return _other_pronoun(sentence, token, mine, other)
    if token.upos not in {"NOUN", "PROPN"} or token.has_rel("compound", "amod", "flat"):
        return None
    old, new = _core(sentence, mine), _core(sentence, other)
    start = token.end - len(sentence.slice(old))
    if sentence.slice(Span(start, token.end)).lower() != sentence.slice(old).lower() or mine.head.end != old.end:
        return None
    marker = sentence.next(token)
    beyond = sentence.tokens[token.index + 2 : token.index + 3]
    if any(each.lower == other.head.lower for each in beyond):
        return None
    if marker and marker.start == token.end and marker.has_rel("case") and other.plural:
        return None
    before = next((each for each in sentence.tokens if each.end == start - 1 and each.upos == "DET"), None)
    mine_bare, other_bare = old.start == mine.span.start, new.start == other.span.start
    if before is None or mine_bare == other_bare:
        return Span(start, token.end), sentence.slice(new)
    if other_bare and before.lower == sentence.tokens_in(mine.span)[0].lower:
        return Span(before.start, token.end), sentence.slice(new)
    return None


def _core(sentence: Sentence, party: Filler) -> Span:
    """The phrase without its leading determiner."""
    tokens = sentence.tokens_in(party.span)
    rest = tokens[1:] if tokens[0].upos == "DET" and len(tokens) > 1 else tokens
    return sentence.span(*rest)


def _other_pronoun(sentence: Sentence, token: Token, mine: Filler, other: Filler) -> Part | None:
    """The other party's pronoun in the case of this one; None where only one party is a pronoun, and for owners.

    What "our" and "your" own in a policy is what makes the two sides different (our website, your account).
    """
    if mine.pronoun is None or other.pronoun is None or token.lower not in mine.pronoun.forms:
        return None
    before = sentence.previous(token)
    governed = before is not None and before.upos in {"ADP", "VERB"}
    if token.has_rel("nsubj") and not governed and token.lower == mine.pronoun.subject.lower():
        word = other.pronoun.subject
    elif token.has_rel("obj", "iobj", "obl", "nmod") and governed and token.lower == mine.pronoun.object.lower():
        word = other.pronoun.object
    else:
        return None
    opens = all(each.upos == "PUNCT" for each in sentence.tokens[: token.index])
    return token.span, word[0].upper() + word[1:] if _is_term(token) and not opens else word


def _is_term(pronoun: Token) -> bool:
    """Whether a pronoun is written as a defined term (You, Us); a single letter has its capital by custom."""
    return pronoun.text[0].isupper() and len(pronoun.text) > 1


def _recased(sentence: Sentence, moving: Filler, other: Filler, case: Case, grammar: Grammar) -> list[Part]:
    """What a pronoun becomes in its new place; capitals of defined terms ("You", "Us") are kept."""
    if moving.pronoun is None:
        return _keeping_capital(sentence, moving, other, grammar)
    form = {"subject": moving.pronoun.subject, "object": moving.pronoun.object, "possessive": moving.pronoun.possessive}
    word = form[case]
    opens = all(token.upos == "PUNCT" for token in sentence.tokens[: moving.head.index])
    capital = _is_term(moving.head) and not (opens and other.pronoun and other.head.text[0].islower())
    if capital and (not opens or other.pronoun or moving.head.upos == "PROPN"):
        word = word[0].upper() + word[1:]
    return [(moving.span, word)] if opens or word != moving.head.text else []


def _keeping_capital(sentence: Sentence, moving: Filler, other: Filler, grammar: Grammar) -> list[Part]:
    """A defined term or an office at the start of the sentence stays capitalised where it goes."""
    first = sentence.tokens_in(moving.span)[0]
    if first.index or first.upos == "DET" or not first.text[0].isupper() or sentence.keeps_capital is not None:
        return []
    listed = grammar.facts(LexiconFacts).kind_by_noun
    defined = other.head.text[0].isupper() and other.name in listed and other.kind != "name"
    office = moving.name in grammar.facts(FillerFacts).offices
    return [(first.span, first.text)] if defined or office else []


def _agreed(
    sentence: Sentence, predicate: Token, leaving: Filler, coming: Filler, grammar: Grammar
) -> list[Part] | None:
    """The finite verb in the form that the new subject asks for; None where nobody can tell."""
    verb = finite_verb_of(sentence, predicate, grammar)
    if verb is None:
        return []
    before = inflected_for(verb, leaving.person, leaving.plural, grammar)
    after = inflected_for(verb, coming.person, coming.plural, grammar)
    if before is None or after is None or before != verb.lower:
        return None
    if after == before:
        return []
    if sentence.children(predicate, "conj"):
        return None
    return [(verb.span, after)]

"""Bounds on amounts, counts and sizes: "at least five", "not exceeding RM10,000", "RM5,000 and above"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from nyaris.grammar import Facts, Grammar
from nyaris.quantities.amounts import QuantityFacts, quantities
from nyaris.quantities.numbers import any_of, numbers
from nyaris.syntax.clauses import is_passive
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.opposites import in_quotes


class BoundWords(Facts):
    """Words that bound a number from one side, and what bounds it from the other."""

    find: str
    side: Literal["lower", "upper"] | None = None
    """The side that the number closes off; words without a side are only there to be recognised."""
    put: str = ""
    """What excludes the bound, the number itself included; empty where the words are only recognised."""
    counted: str = ""
    """The same before things that are counted one by one."""
    front: bool = False
    """Whether that goes before the number although the words come after it (five or more, fewer than five)."""
    least: int = 1
    """The smallest number that the result makes sense of."""
    follows: bool = False
    """Whether the words come after the number."""
    closing: bool = False
    """Whether no noun may follow: the words would be an adposition."""
    limits: bool = False
    """Whether a noun such as "limit" may stand for the number."""
    sums: bool = False
    """Only with money, percentages and large numbers: elsewhere the words mean something else."""
    only_after: frozenset[str] = frozenset()
    """If given: words one of which must stand directly before."""
    not_after: frozenset[str] = frozenset()
    """Words that must not stand within the two words before."""
    governed: bool = False
    """Whether the number must be what a verb or adposition governs: elsewhere the words say how far something holds."""
    not_near: frozenset[str] = frozenset()
    """Words that must not stand within the twelve words before."""
    not_before: frozenset[str] = frozenset()
    """Words that must not stand directly after."""


class BoundFacts(Facts):
    """How a language bounds numbers."""

    words: tuple[BoundWords, ...]
    leads: tuple[str, ...] = ()
    """Phrases that may stand between the words and the number (a total of)."""
    time_words: frozenset[str] = frozenset()
    """Words beside the number that make it a time or an age."""
    times: frozenset[str] = frozenset()
    """Units that count events (times, once): a unit of time may follow them."""
    measures: frozenset[str] = frozenset()
    """Units of what is measured, not counted."""
    limits: frozenset[str] = frozenset()
    """Nouns that stand for a number (limit, threshold)."""
    one_by_one: frozenset[str] = frozenset()
    """Plurals without the usual ending (people)."""
    range_words: frozenset[str] = frozenset()
    """Words between the two ends of a range (to)."""
    fractions: tuple[str, ...] = ()
    """Words that stand for a number below one (half)."""
    ones: tuple[str, ...] = ()
    """Words that say "one" and more (once)."""
    goals: frozenset[str] = frozenset()
    """Words before the bound that make the number a goal: nobody aims at less."""
    risers: frozenset[str] = frozenset()
    """Words of change before the bound; after them `targets` make the number the value reached."""
    targets: frozenset[str] = frozenset()
    """Adpositions of the value reached."""
    rivals: frozenset[str] = frozenset()
    """Words anywhere in the sentence that weigh the number against another one (whichever)."""
    large: int = 1000


@dataclass(frozen=True)
class BoundFound:
    """A bound in a sentence: its words, and what is bounded."""

    words: BoundWords
    span: Span
    amount: Span
    token: Token
    """The first token after the bound words, or the number before them."""
    counted: bool
    value: float
    """The number; zero for a noun that stands for one."""


@dataclass(frozen=True)
class _Amount:
    span: Span
    kind: str
    """Money, percentage, duration, number or fraction."""
    value: float
    is_year: bool = False


def bounds(sentence: Sentence, facts: BoundFacts, grammar: Grammar) -> tuple[BoundFound, ...]:
    """Every bound on something that is no time, left to right."""
    matches = [match for match in _pattern(facts).finditer(sentence.lowered) if not in_quotes(sentence, match.start())]
    if not matches or any(token.lower in facts.rivals for token in sentence.tokens):
        return ()
    amounts = _amounts(sentence.text, facts, grammar)
    found: list[BoundFound] = []
    for match in matches:
        for words in _by_phrase(facts)[" ".join(match.group().split())]:
            bound = _bound(sentence, words, Span(*match.span()), amounts, facts, grammar)
            if bound:
                found.append(bound)
                break
    if _hold_together(sentence, matches, amounts, facts):
        return ()
    places = [bound.amount for bound in found]
    return tuple(bound for bound in found if places.count(bound.amount) == 1)


def _bound(
    sentence: Sentence, words: BoundWords, span: Span, amounts: tuple[_Amount, ...], facts: BoundFacts, grammar: Grammar
) -> BoundFound | None:
    before = [token.lower for token in sentence.tokens if token.end <= span.start][-12:]
    if words.only_after and (not before or before[-1] not in words.only_after):
        return None
    if words.not_after & set(before[-2:]) or words.not_near & set(before) or before[-1:] == ["("]:
        return None
    if facts.goals & set(before) or (facts.risers & set(before) and before[-1] in facts.targets):
        return None
    find_amount = _amount_before if words.follows else _amount_after
    amount = find_amount(sentence, span, amounts, facts)
    if amount is None:
        limit = _limit_after(sentence, span, facts) if words.limits else None
        return BoundFound(words, span, limit.span, limit, False, 0) if limit else None
    after_words = next((token for token in sentence.tokens if token.start >= span.end), None)
    after_all = next((token for token in sentence.tokens if token.start >= max(span.end, amount.span.end)), None)
    if after_words is not None and after_words.lower in words.not_before:
        return None
    if words.closing and after_all is not None and after_all.upos in {"NOUN", "PROPN", "PRON", "DET"}:
        return None
    if words.follows and amount.kind == "fraction":
        return None
    if words.sums and not before:
        return None  # "Below 40 % the air becomes dry": the rest tells what is so on that side
    if amount.kind == "number" and amount.value < words.least:
        return None
    start = amount.span if words.front else span
    if (words.governed or words.front) and not _is_governed(sentence, start, amount, grammar):
        return None
    small = amount.kind == "number" and amount.value < facts.large
    if words.sums and small and not (after_all is not None and after_all.lower in facts.measures):
        return None
    if _is_range(sentence.text, amount, amounts, facts) or _is_time(sentence, amount, span, facts, grammar):
        return None
    token = next(token for token in sentence.tokens if token.end > amount.span.start)
    counted = amount.kind == "number" and _is_counted(sentence, max(amount.span.end, span.end), facts)
    return BoundFound(words, span, amount.span, token, counted, amount.value)


def _hold_together(
    sentence: Sentence, matches: list[re.Match[str]], amounts: tuple[_Amount, ...], facts: BoundFacts
) -> bool:
    """Whether two amounts that are no times are bounded: one may hem in the other (at least 65, and 10 for each)."""
    bounded: set[Span] = set()
    for match in matches:
        for words in _by_phrase(facts)[" ".join(match.group().split())]:
            find_amount = _amount_before if words.follows else _amount_after
            amount = find_amount(sentence, Span(*match.span()), amounts, facts)
            if amount is not None and amount.kind != "duration":
                bounded.add(amount.span)
    return len(bounded) > 1


def _is_governed(sentence: Sentence, start: Span, amount: _Amount, grammar: Grammar) -> bool:
    """Whether an adposition, an active verb or a copula stands right before, or the number opens a subject."""
    before = next((token for token in reversed(sentence.tokens) if token.end <= start.start), None)
    if before is None or before.upos == "ADP":
        return True
    number = next(token for token in sentence.tokens if token.end > amount.span.start)
    chain = (number, *sentence.ancestors(number))[:2]
    if before.upos == "VERB":
        participle = before.feat("VerbForm") == "Part" and not sentence.children(before, "aux")
        return not participle and not is_passive(sentence, before, grammar)
    if before.upos == "AUX":
        return before.has_rel("cop") and any(before.head == each.index for each in chain)
    return before.upos == "PUNCT" and any(each.has_rel("nsubj") for each in chain)


def _amounts(text: str, facts: BoundFacts, grammar: Grammar) -> tuple[_Amount, ...]:
    measured = [_Amount(each.span, each.kind, float(each.value)) for each in quantities(text, grammar)]
    taken = [amount.span for amount in measured]
    plain = [
        _Amount(number.span, "number", float(number.value), bool(re.fullmatch(r"(?:1[5-9]|20)\d\d", number.figures)))
        for number in numbers(text, grammar)
        if not any(span.start <= number.span.start < span.end for span in taken)
    ]
    for words, kind, value in ((facts.fractions, "fraction", 0.5), (facts.ones, "number", 1.0)):
        matches = re.finditer(rf"(?<![\w-])(?:{any_of(words)})(?![\w-])", text.lower()) if words else ()
        plain += [_Amount(Span(*match.span()), kind, value) for match in matches]
    return tuple(sorted([*measured, *plain], key=lambda amount: amount.span))


def _amount_after(sentence: Sentence, span: Span, amounts: tuple[_Amount, ...], facts: BoundFacts) -> _Amount | None:
    leads = rf"(?:(?:{any_of(facts.leads)})\s+)?" if facts.leads else ""
    gap = re.compile(rf"\s+{leads}", re.IGNORECASE).match(sentence.text, span.end)
    return next((amount for amount in amounts if gap and amount.span.start == gap.end()), None)


def _amount_before(sentence: Sentence, span: Span, amounts: tuple[_Amount, ...], facts: BoundFacts) -> _Amount | None:
    """The amount that ends right before the words, or one unit earlier."""
    for amount in amounts:
        between = sentence.text[amount.span.end : span.start]
        range_end = sentence.text[: amount.span.start].lower().split()[-1:]
        if range_end and range_end[0] in facts.range_words:
            continue
        if amount.span.end < span.start and len(between.split()) <= 1 and "." not in between and "," not in between:
            return amount
    return None


def _is_range(text: str, amount: _Amount, amounts: tuple[_Amount, ...], facts: BoundFacts) -> bool:
    """Whether another amount follows as the end of a range (5 to 10)."""
    for following in [other for other in amounts if other.span.start >= amount.span.end][:2]:
        between = text[amount.span.end : following.span.start].lower().split()
        if len(between) <= 5 and any(word in facts.range_words for word in between):
            return True
    return False


def _limit_after(sentence: Sentence, span: Span, facts: BoundFacts) -> Token | None:
    """A noun phrase that stands for a number: its first word."""
    after = [token for token in sentence.tokens if token.start >= span.end][:6]
    for token in after:
        if token.lower in facts.limits:
            return after[0]
        if token.upos in {"ADP", "VERB", "PUNCT", "CCONJ", "SCONJ", "AUX", "NUM"}:
            return None
    return None


def _is_time(sentence: Sentence, amount: _Amount, words: Span, facts: BoundFacts, grammar: Grammar) -> bool:
    """Whether a unit of time, a month or nothing but a year follows."""
    units = {
        form.lower()
        for unit in grammar.facts(QuantityFacts).durations.units.values()
        for form in (unit.singular, unit.plural)
    }
    if amount.is_year or amount.kind == "duration":
        return True
    if amount.kind in {"money", "percentage"}:
        return False
    inside = {token.index for token in sentence.tokens_in(words)}
    after = [token for token in sentence.tokens if token.start >= amount.span.end and token.index not in inside]
    for token in after[:4]:
        if token.lower in facts.times or token.upos in {"CCONJ", "AUX", "SCONJ"}:
            return False
        if token.upos == "ADP" and amount.kind != "fraction":
            return False
        if token.lower in units or token.lower in facts.time_words:
            return True
        if token.text in {",", ";", ".", ":"}:
            return False
    return False


def _is_counted(sentence: Sentence, position: int, facts: BoundFacts) -> bool:
    """Whether things are counted one by one: a plural noun follows that is no unit of measure."""
    for token in [each for each in sentence.tokens if each.start >= position][:6]:
        if token.lower in facts.measures:
            return False
        if token.lower in facts.times:
            after = sentence.next(token)  # "three times the price" is no number of times
            return after is None or after.upos not in {"DET", "NOUN", "ADJ", "PRON"}
        plural = token.upos in {"NOUN", "PROPN"} and token.feat("Number") == "Plur" and _is_written_out(token)
        if token.lower in facts.one_by_one or plural:
            return True
        ends = token.upos in {"ADP", "AUX", "SCONJ"} or (token.upos == "VERB" and token.feat("VerbForm") != "Part")
        if ends or token.text in {",", ";", "."}:
            return False
    return False


def _is_written_out(token: Token) -> bool:
    """Whether the word is none of the signs of units (lm/W, kWh, MB), which are measured, not counted."""
    return token.text.replace("-", "").isalpha() and len(token.text) > 2 and token.text[1:].islower()


@cache
def _by_phrase(facts: BoundFacts) -> dict[str, tuple[BoundWords, ...]]:
    table: dict[str, list[BoundWords]] = {}
    for words in facts.words:
        table.setdefault(words.find, []).append(words)
    return {phrase: tuple(entries) for phrase, entries in table.items()}


@cache
def _pattern(facts: BoundFacts) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{any_of(words.find for words in facts.words)})(?![\w-])")

"""Numbers, durations, sums of money and percentages: found as spans, written back in the same style."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nyaris.grammar import load_grammar
from nyaris.quantities.amounts import durations, money, percentages, write_quantity
from nyaris.quantities.numbers import numbers, parse_words, write_number, write_words


@pytest.mark.parametrize("language", ["en", "ms"])
def test_words_read_back_as_the_number_they_write(language: str) -> None:
    grammar = load_grammar(language)
    for value in [*range(1, 1300), 10_000, 123_456, 500_000, 1_000_001, 2_500_000]:
        assert parse_words(write_words(value, grammar), grammar) == value


@pytest.mark.parametrize(
    ("language", "value", "words"),
    [
        ("en", 24, "twenty-four"),
        ("en", 180, "one hundred and eighty"),
        ("en", 500_000, "five hundred thousand"),
        ("ms", 14, "empat belas"),
        ("ms", 120, "seratus dua puluh"),
        ("ms", 1001, "seribu satu"),
    ],
)
def test_number_words(language: str, value: int, words: str) -> None:
    assert write_words(value, load_grammar(language)) == words


@pytest.mark.parametrize("words", ["one hundred eighty", "one hundred and eighty", "twenty four", "Thirty"])
def test_generous_spellings_are_read(words: str) -> None:
    assert parse_words(words, load_grammar("en")) is not None


@pytest.mark.parametrize("words", ["two twenty", "hundred two million one million", "ninety ninety", "and"])
def test_what_is_no_number_is_not_read(words: str) -> None:
    assert parse_words(words, load_grammar("en")) is None


@pytest.mark.parametrize(
    "text", ["section 12(3)", "clause 1.2.3", "COVID-19", "31.12.2026", "12/2026", "A4 paper", "fourteen (15) days"]
)
def test_references_and_contradictions_are_no_numbers(text: str) -> None:
    assert numbers(text, load_grammar("en")) == ()


@pytest.mark.parametrize(
    ("language", "text", "value", "written"),
    [
        ("en", "within fourteen (14) days", 45, "forty-five (45) days"),
        ("en", "Thirty (30) Business Days", 1, "One (1) Business Day"),
        ("en", "one (1) year", 2, "two (2) years"),
        ("en", "a 24-month term", 36, "36-month"),
        ("en", "a 30 day period", 14, "14 day"),
        ("en", "30 (thirty) days", 60, "60 (sixty) days"),
        ("ms", "tiga puluh (30) hari bekerja", 14, "empat belas (14) hari bekerja"),
        ("ms", "selama setahun", 2, "dua tahun"),
    ],
)
def test_durations_are_written_in_their_style(language: str, text: str, value: int, written: str) -> None:
    grammar = load_grammar(language)
    (quantity,) = durations(text, grammar)
    assert write_quantity(quantity, value, text, grammar) == written


@pytest.mark.parametrize(
    ("language", "text", "value", "other", "written"),
    [
        ("en", "pay RM10,000.00 now", 10_000, 2_500, "RM2,500.00"),
        ("en", "pay RM 5.5 million now", 5_500_000, 6_000_000, "RM 6.0 million"),
        ("en", "five hundred thousand ringgit", 500_000, 200_000, "two hundred thousand ringgit"),
        ("ms", "sepuluh ribu ringgit (RM10,000)", 10_000, 20_000, "dua puluh ribu ringgit (RM20,000)"),
    ],
)
def test_money(language: str, text: str, value: int, other: int, written: str) -> None:
    grammar = load_grammar(language)
    (quantity,) = money(text, grammar)
    assert (quantity.value, quantity.unit) == (Decimal(value), "MYR")
    assert write_quantity(quantity, other, text, grammar) == written


def test_percentages_keep_their_twin() -> None:
    grammar, text = load_grammar("en"), "interest of one percent (1%) per month"
    (quantity,) = percentages(text, grammar)
    assert write_quantity(quantity, 2, text, grammar) == "two percent (2%)"


def test_the_link_follows_the_source() -> None:
    grammar, text = load_grammar("en"), "one hundred eighty (180) days"
    (number,) = numbers(text, grammar)
    assert write_number(number, 120, grammar) == "one hundred twenty (120)"

"""Dates: found with their parts, checked against the calendar, written back in the same format."""

from __future__ import annotations

import pytest

from nyaris.grammar import load_grammar
from nyaris.quantities.dates import dates, weekdays, write_date, years


@pytest.mark.parametrize(
    ("language", "text", "changed", "written"),
    [
        ("en", "on 20 March 2020", {"day": 27}, "27 March 2020"),
        ("en", "on March 20, 2020", {"month": 5}, "May 20, 2020"),
        ("en", "on the 21st of May 2014", {"day": 22}, "22nd of May 2014"),
        ("en", "on 2nd December", {"day": 12}, "12th December"),
        ("en", "in Aug-2013", {"month": 11}, "Nov-2013"),
        ("en", "on Monday, 21 April 2008", {"day": 28}, "Monday, 28 April 2008"),
        ("en", "on 31.12.2026", {"day": 24}, "24.12.2026"),
        ("en", "on 01/30/2021", {"month": 3}, "03/30/2021"),
        ("ms", "pada 1 Mac 2026", {"month": 8}, "1 Ogos 2026"),
        ("ms", "pada 7hb Januari 2026", {"day": 14}, "14hb Januari 2026"),
        ("ms", "sejak Februari 2020", {"year": 2019}, "Februari 2019"),
    ],
)
def test_dates_keep_their_format(language: str, text: str, changed: dict[str, int], written: str) -> None:
    grammar = load_grammar(language)
    (date,) = dates(text, grammar)
    assert date.is_valid
    assert write_date(date, text, grammar, **changed) == written


@pytest.mark.parametrize("text", ["on Monday, 22 April 2008", "on 31 February 2025", "on 29 February 2023"])
def test_days_that_never_were_are_not_valid(text: str) -> None:
    (date,) = dates(text, load_grammar("en"))
    assert not date.is_valid


@pytest.mark.parametrize("text", ["Regulation 2016/679", "in 2020-2021", "RM2000", "clause (2018)", "2018.5 litres"])
def test_figures_that_are_no_years(text: str) -> None:
    assert years(text, load_grammar("en")) == ()


def test_the_year_of_a_date_is_no_bare_year() -> None:
    grammar, text = load_grammar("en"), "in 2019, on 3 May 2020 and on Friday"
    assert [date.year for date in years(text, grammar)] == [2019]
    assert [date.weekday for date in weekdays(text, grammar)] == [4]
    assert [date.ambiguous for date in dates("on 04/05/2026 or 31/12/2026", grammar)] == [True, False]

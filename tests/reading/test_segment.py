from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyaris.grammar import load_grammar
from nyaris.reading.segment import segment


def texts(text: str, code: str = "en-MY") -> list[str]:
    return [unit.text for unit in segment(text, load_grammar(code))]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (
            "en-MY",
            "Seri Jaya Sdn. Bhd. shall pay. The buyer shall not.",
            ["Seri Jaya Sdn. Bhd. shall pay.", "The buyer shall not."],
        ),
        ("en", "Mr. A. Smith paid at 5 p.m. today. He left.", ["Mr. A. Smith paid at 5 p.m. today.", "He left."]),
        ("en", "See clause 4.2 of No. 27. Then stop.", ["See clause 4.2 of No. 27.", "Then stop."]),
        ("en", "B5.2 Tenders need not be deposited.", ["Tenders need not be deposited."]),
        ("en", "See Appendix F. Any attempt fails.", ["See Appendix F.", "Any attempt fails."]),
        (
            "en",
            "It closes at 11 p.m. Work starts at 6 a.m. Monday.",
            ["It closes at 11 p.m.", "Work starts at 6 a.m. Monday."],
        ),
        ("en", "The unit at 8 Elm Street, Apt. 2B, is let.", ["The unit at 8 Elm Street, Apt. 2B, is let."]),
        (
            "ms",
            "Encik Ali bin Abu hadir. Beliau dari Jln. Ampang.",
            ["Encik Ali bin Abu hadir.", "Beliau dari Jln. Ampang."],
        ),
        ("en", "(a) The tenant pays.\n(b) The landlord repairs.", ["The tenant pays.", "The landlord repairs."]),
        (
            "en",
            "3.1 The tenant pays.\n\n# Heading\n- The landlord repairs.",
            ["The tenant pays.", "Heading", "The landlord repairs."],
        ),
        ("en", "The tenant pays\nthe landlord.", ["The tenant pays the landlord."]),
        ("en", 'He said "Pay now." She paid.', ['He said "Pay now."', "She paid."]),
        ("en", "Will it end? Yes! It ends.", ["Will it end?", "Yes!", "It ends."]),
    ],
)
def test_sentences(code: str, text: str, expected: list[str]) -> None:
    assert texts(text, code) == expected


@given(st.text(alphabet="ab.A \n(1)?", max_size=200))
def test_offsets_are_true_and_in_order(text: str) -> None:
    units = list(segment(text, load_grammar("en")))
    assert all(" ".join(text[unit.start : unit.end].split()) == unit.text for unit in units)
    assert all(left.end <= right.start for left, right in pairwise(units))

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nyaris.pairs.differences import differences, overlap

words = st.lists(st.sampled_from(["the", "tenant", "pays", "not", "rent", ",", "14"]), max_size=12).map(" ".join)


def test_the_smallest_runs_of_words() -> None:
    found = differences("He shall pay within 14 days.", "He may pay after 14 days.")
    assert [(each.before, each.after) for each in found] == [("shall", "may"), ("within", "after")]


@given(words, words)
def test_before_stands_where_it_is_said_to(first: str, second: str) -> None:
    for each in differences(first, second):
        assert first[each.start : each.end] == each.before
        assert each.after in second


@given(words)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert differences(text, text) == []
    assert overlap(text, text) == 1.0

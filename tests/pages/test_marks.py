"""What changed is marked in both texts, and what hides is shown."""

from __future__ import annotations

import pytest

from nyaris.pages.marks import Change, contrast, visible

RIGHT = "The Tenant may not assign the lease."


def test_changes_are_marked_in_both_texts() -> None:
    changes: list[Change] = [(4, 10, "Tenant", "Landlord")]
    right, near_miss = contrast(RIGHT, "The Landlord may not assign the lease.", changes)
    assert right == ["The ", "Tenant", " may not assign the lease."]
    assert near_miss == ["The ", "Landlord", " may not assign the lease."]


def test_blanks_that_an_edit_leaves_do_not_matter() -> None:
    right, near_miss = contrast(RIGHT, "The Tenant may assign the lease.", [(15, 18, "not", "")])
    assert right == ["The Tenant may ", "not", " assign the lease."]
    assert near_miss == ["The Tenant may assign the lease."]


def test_words_of_one_change_are_marked_together() -> None:
    _, near_miss = contrast("It is due.", "It is not yet due.", [(3, 5, "is", "is not yet")])
    assert near_miss == ["It ", "is not yet", " due."]


@pytest.mark.parametrize(
    "changes",
    [[(4, 10, "Tenant", "Buyer")], [(4, 10, "Lessee", "Landlord")], [(4, 999, "", "")], [(4, 10, "Tenant", "x")] * 2],
    ids=["another result", "another text", "outside", "twice"],
)
def test_changes_that_lead_elsewhere_are_not_trusted(changes: list[Change]) -> None:
    right, near_miss = contrast(RIGHT, "The Landlord may not assign the lease.", changes)
    assert (right[1], near_miss[1]) == ("Tenant", "Landlord")


@pytest.mark.parametrize(("first", "second"), [("", "x y"), ("x", ""), ("", ""), ("a  b", "a b c"), (" x", "y\n")])
def test_runs_hold_the_texts(first: str, second: str) -> None:
    right, near_miss = contrast(first, second)
    assert ("".join(right), "".join(near_miss)) == (first, second)


def test_hidden_characters_are_written_out() -> None:
    assert visible("a\u202eb\u200bc\x00\ud800\u2028") == "a⟨U+202E⟩b⟨U+200B⟩c⟨U+0000⟩⟨U+D800⟩⟨U+2028⟩"
    assert visible("tempoh\n“30 hari” – é 漢") == "tempoh\n“30 hari” – é 漢"

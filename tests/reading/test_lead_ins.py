from __future__ import annotations

import pytest

from nyaris.grammar import load_grammar
from nyaris.reading.lead_ins import with_lead_ins
from nyaris.reading.segment import segment


def said(text: str, code: str = "en") -> list[str]:
    grammar = load_grammar(code)
    return [unit.sentence for unit in with_lead_ins(segment(text, grammar), text, grammar)]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (
            "en",
            "The tenant shall—\n(a) pay the rent; and\n(b) not sublet the flat.\nThe landlord agrees.",
            ["The tenant shall pay the rent.", "The tenant shall not sublet the flat.", "The landlord agrees."],
        ),
        (
            "ms",
            "2.1 Penyewa hendaklah:\n(a) membayar sewa; dan\n(b) tidak menyewakan semula premis.",
            ["Penyewa hendaklah membayar sewa.", "Penyewa hendaklah tidak menyewakan semula premis."],
        ),
        (
            "en",
            "The vendor may, at its option:\n(a) repair the goods; or\n(b) replace them.",
            ["The vendor may, at its option, repair the goods.", "The vendor may, at its option, replace them."],
        ),
        (
            "en",
            "The officer shall—\n(a) keep a list of—\n(i) the goods; and\n(ii) the papers; and\n(b) sign it.",
            [
                "The officer shall keep a list of the goods.",
                "The officer shall keep a list of the papers.",
                "The officer shall sign it.",
            ],
        ),
    ],
)
def test_items_go_on_with_the_sentence_of_their_lead_in(code: str, text: str, expected: list[str]) -> None:
    whole = [sentence for sentence in said(text, code) if sentence.endswith(".")]
    assert whole == expected


@pytest.mark.parametrize(
    "text",
    [
        "The tenant shall bring the following:\n(a) the keys; and\n(b) the card.",
        "The tenant shall—\n(a) Pay the rent; and\n(b) Keep the flat clean.",
        "The tenant pays the rent.\n(a) not sublet the flat; and",
        "shall—\n(a) pay the rent;",
        "The order shall end on—\n(a) the date of the new order or twelve months from now, whichever is earlier;",
        "The court may send back the award together with the—\n(a) reasons of the;",
    ],
)
def test_other_lists_are_left_as_they_stand(text: str) -> None:
    grammar = load_grammar("en")
    assert not any(unit.whole for unit in with_lead_ins(segment(text, grammar), text, grammar))


def test_offsets_point_at_the_item() -> None:
    text = "The tenant shall—\n(a) pay the rent; and\n(b) not sublet."
    grammar = load_grammar("en")
    items = [unit for unit in with_lead_ins(segment(text, grammar), text, grammar) if unit.whole]
    assert [text[unit.start : unit.end] for unit in items] == ["pay the rent; and", "not sublet."]

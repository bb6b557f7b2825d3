"""Pairs come from tables of pairs or from documents, never from a document that the suite holds out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nyaris.errors import UsageError
from nyaris.evaluation.tuning.general import Pair, document_pairs, general_pairs
from nyaris.reading.documents import Document

TEXT = """Deposits

The tenant pays a deposit before the term begins. The agent holds the deposit in a protected account.
The balance is returned within fourteen days after the final inspection.

Repairs

The landlord repairs the roof, the outer walls and the boiler without delay. The tenant reports every leak at once."""


def test_what_a_document_gives() -> None:
    pairs = list(document_pairs(Document("a.txt", TEXT), seed=0))
    headings = {pair.anchor: pair.positive for pair in pairs if pair.anchor in {"Deposits", "Repairs"}}
    assert not headings  # one word asks nothing
    pairs = list(document_pairs(Document("a.txt", TEXT.replace("Deposits", "Deposit and balance")), seed=0))
    assert pairs[0].anchor == "Deposit and balance"
    assert pairs[0].positive.startswith("The tenant pays a deposit")
    cloze = pairs[1]
    assert cloze.anchor in pairs[0].positive
    assert cloze.anchor not in cloze.positive
    assert pairs[-1] == Pair(
        "The landlord repairs the roof, the outer walls and the boiler without delay.",
        "The tenant reports every leak at once.",
    )


def test_held_out_documents_and_repeated_texts_are_left_out(tmp_path: Path) -> None:
    for name in ("kept", "held"):
        (tmp_path / "en").mkdir(exist_ok=True)
        (tmp_path / "en" / f"{name}.txt").write_text(TEXT.replace("tenant", name), encoding="utf-8")
    pairs = general_pairs([str(tmp_path)], 0, 100, held_out={"en/held.txt"})
    assert pairs
    assert not any("The held" in pair.positive for pair in pairs)
    texts = [text for pair in pairs for text in (pair.anchor, pair.positive)]
    assert len(set(texts)) == len(texts)
    assert general_pairs([str(tmp_path)], 0, 100, held_out={"en/held.txt"}) == pairs
    assert len(general_pairs([str(tmp_path)], 0, 1)) == 1


def test_a_table_of_pairs_is_taken_as_it_is(tmp_path: Path) -> None:
    table = tmp_path / "pairs.jsonl"
    rows = [{"id": 1, "question": "Who pays?", "answer": "The tenant."}, {"question": "Who?", "answer": ""}]
    table.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert general_pairs([str(table)], 0, 10) == [Pair("Who pays?", "The tenant.")]
    table.write_text('{"text": "Nothing here."}', encoding="utf-8")
    with pytest.raises(UsageError, match="no pairs"):
        general_pairs([str(table)], 0, 10)

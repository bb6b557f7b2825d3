"""`nyaris explain`: one sentence, in each language, for people and as JSON."""

from __future__ import annotations

import json

import pytest
from conftest import Command

ENGLISH = "The Tenant shall pay the deposit to the Landlord before the commencement date."
MALAY = "Penyewa hendaklah membayar deposit kepada tuan rumah sebelum tarikh permulaan."


@pytest.mark.parametrize(("sentence", "language"), [(ENGLISH, "en"), (MALAY, "ms")])
def test_json_holds_tree_proposals_and_near_misses(nyaris: Command, sentence: str, language: str) -> None:
    code, out, _ = nyaris("explain", sentence, "--json")
    explanation = json.loads(out)
    assert code == 0
    assert explanation["sentence"]["language"] == language
    assert [token["text"] for token in explanation["sentence"]["tokens"]][-1] == "."
    phenomena = {triple["phenomenon"] for triple in explanation["triples"]}
    assert {"negation", "temporal"} <= phenomena
    assert {kind for _, kind, _ in explanation["proposals"]} >= {"flip", "keeper"}


def test_people_see_the_tree_and_the_difference(nyaris: Command) -> None:
    code, out, _ = nyaris("explain", ENGLISH, "--phenomenon", "temporal")
    assert code == 0
    assert "nsubj" in out
    assert "temporal.order" in out
    assert "after the commencement date" in out


def test_what_generate_would_leave_out_is_said(nyaris: Command) -> None:
    _, out, _ = nyaris("explain", "Payment of the deposit", "--language", "en")
    assert "generate would leave this sentence out" in out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["租户应当向房东支付租金。"], 1, "in no supported language"),
        ([" "], 1, "no sentence to explain"),
        ([ENGLISH, "--language", "xx"], 2, "no language 'xx'"),
        ([ENGLISH, "--parser", "no_such_pipeline"], 1, "not found"),
    ],
)
def test_what_cannot_be_explained_is_one_line(nyaris: Command, arguments: list[str], code: int, message: str) -> None:
    found, _, err = nyaris("explain", *arguments)
    assert found == code
    assert message in err
    assert "Traceback" not in err

"""What is refused before a rule is asked, and what a finished triple may not look like."""

from __future__ import annotations

import pytest

from nyaris.grammar import load_grammar
from nyaris.pairs.checks import candidate_reject, text_reject, tree_reject
from nyaris.trees.parsers import load_parser


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Payment terms.", "too-short"),
        ("word " * 80 + ".", "too-long"),
        ("and the tenant pays the landlord.", "no-capital"),
        ("The tenant pays the landlord; and", "no-full-stop"),
        ("The 12.3 45 67 89 tenant 1,000 2,000 3,000 pays 44 landlord 55 66.", "few-letters"),
        ("The t e n a n t pays the landlord.", "letter-spaced"),
        ("The tenant pays ______ to the landlord.", "form-field"),
        ("THE TENANT SHALL pay the LANDLORD PROMPTLY.", "all-capitals"),
        ("The tenant , as agreed, pays the landlord.", "spacing"),
        ("The tenant (as agreed pays the landlord.", "unbalanced"),
        ("“The tenant pays the landlord every month without fail.”", "quoted"),
        ("The tenant shall (a) pay the landlord and (b) keep the flat clean.", "enumeration"),
        ("The bus shall have two cameras; and d. a child-check alarm.", "enumeration"),
        ("Rice: 60 bags, kept upstairs and replaced every four months.", "label"),
        ("The written consent of the Pengkom- Pendakwa Raya is needed.", "broken-line"),
        ("The franchisor must register the trade marks trade marks of the franchise.", "broken-line"),
        ("The franchisor must register the mark or service. with the office.", "broken-line"),
        ("The tenant shall \u202epay\u202c the landlord.", "hidden-characters"),
        ("The tenant shall pay\U000e0061 the landlord.", "hidden-characters"),
        ("The tenant shall pa\u0301\u0302\u0303\u0304y the landlord.", "stacked-marks"),
        ("The tenant shall pay the landlord.", None),
        ("Mr. Lim of Seri Jaya Sdn. Bhd. paid RM1,200.50 on 1 March 2026 (see clause 4.2).", None),
    ],
)
def test_texts(text: str, reason: str | None) -> None:
    assert text_reject(text) == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Does the tenant pay the landlord?", "question"),
        ("Tighter requirements for pawnbrokers The Act will impose new duties on every shop.", "glued-heading"),
        ("Board Meetings At the meeting the chair shall read the minutes.", "glued-heading"),
        ("Tower Bank Tower Bank is the largest lender in the state.", "glued-heading"),
        ("Sample Closing 2The tenants of the block need a lift.", "glued-heading"),
        ("The eKYC service of McDonald and LinkedIn is open to tenants.", None),
        ("The tenant shall pay the rent in accordance with the.", "broken-line"),
        ("The tenant shall pay the Landlord in Kuala Lumpur.", None),
    ],
)
def test_trees(text: str, reason: str | None) -> None:
    sentence = next(iter(load_parser("bundled", "en").parse([text], "en")))
    assert tree_reject(sentence, load_grammar("en")) == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Rusdi Omar Bersetuju dengan tuntutan itu, Dr Rusdi Omar berkata kadarnya rendah.", "glued-heading"),
        ("Adam Adli Abd Halim Lebih dikenali sebagai Adam, calon itu menang.", "glued-heading"),
        ("Semua pihak hendaklah berusaha dengan gigih agar kita tidak.", "broken-line"),
        ("Rusdi Omar berkata Rusdi Omar tidak hadir.", None),
    ],
)
def test_trees_of_another_language(text: str, reason: str | None) -> None:
    sentence = next(iter(load_parser("bundled", "ms").parse([text], "ms")))
    assert tree_reject(sentence, load_grammar("ms")) == reason


@pytest.mark.parametrize(
    ("query", "positive", "negative", "reason"),
    [
        ("It is due.", "It falls due.", "It falls due.", "unchanged"),
        ("It is due.", "It is due.", "It is not due.", "query-is-positive"),
        ("It is due.", "It falls due.", "It it is not due.", "repeated-word"),
        ("It is due.", "It falls due.", "It is not due .", "malformed"),
        ("It is due.", "It falls due.", "", "malformed"),
        ("It is due.", "It falls due.", "It is not due.", None),
    ],
)
def test_candidates(query: str, positive: str, negative: str, reason: str | None) -> None:
    assert candidate_reject(query, positive, negative) == reason

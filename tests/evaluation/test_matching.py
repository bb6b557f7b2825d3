"""Answers in running text: right, led astray, abstained, or something else."""

from __future__ import annotations

import pytest

from nyaris.evaluation.matching import Case, outcome
from nyaris.grammar import load_grammar

PAYS = Case(
    "Who must disclose the tariff to Halcyon Broadband Ltd?",
    "Tern Mobile Ltd",
    "Halcyon Broadband Ltd",
    "Tern Mobile Ltd must disclose the tariff to Halcyon Broadband Ltd.",
    "Halcyon Broadband Ltd must disclose the tariff to Tern Mobile Ltd.",
)
ENDS = Case(
    "Who may terminate within 14 days?",
    "the Tenant",
    "the Landlord",
    "The Tenant may terminate within 14 days.",
    "The Landlord may terminate after 14 days.",
)
LASTS = Case("How long?", "fourteen (14) days", "30 days", "It lasts fourteen (14) days.", "It lasts 30 days.")
DAY = Case("When?", "1 March 2026", "11 March 2026", "It ends on 1 March 2026.", "It ends on 11 March 2026.")
INSIDE = Case("Who?", "the Company", "the Parent Company", "The Company pays.", "The Parent Company pays.")
MALAY = Case(
    "Siapakah yang menyelia Jururawat Kavitha di unit strok?",
    "Jururawat Norlia",
    "Jururawat Kavitha",
    "Jururawat Norlia menyelia Jururawat Kavitha di unit strok.",
    "Jururawat Kavitha menyelia Jururawat Norlia di unit strok.",
)


@pytest.mark.parametrize(
    ("case", "language", "answer", "expected"),
    [
        (ENDS, "en", "The tenant.", "right"),
        (ENDS, "en", "The landlord may.", "near_miss"),
        (ENDS, "en", "The tenant, not the landlord.", "right"),
        (ENDS, "en", "Either the tenant or the landlord.", "other"),
        (ENDS, "en", "The bank.", "other"),
        (ENDS, "en", "I don’t know.", "abstained"),
        (ENDS, "en", "", "abstained"),
        (ENDS, "en", "Tidak dinyatakan dalam konteks.", "abstained"),
        (ENDS, "en", "The text does not say it outright, but the Landlord may.", "near_miss"),
        (PAYS, "en", "Tern Mobile must disclose it.", "right"),
        (PAYS, "en", "Tern Mobile Ltd must disclose the tariff to Halcyon Broadband Ltd.", "right"),
        (PAYS, "en", "Halcyon Broadband Ltd must disclose the tariff to Tern Mobile Ltd.", "near_miss"),
        (PAYS, "en", "The regulator must disclose the tariff to Halcyon Broadband Ltd.", "other"),
        (PAYS, "en", "It is not stated who must disclose the tariff to Halcyon Broadband Ltd.", "abstained"),
        (LASTS, "en", "14 days", "right"),
        (LASTS, "en", "The period is thirty days.", "near_miss"),
        (LASTS, "en", "14 months", "other"),
        (DAY, "en", "On March 1, 2026.", "right"),
        (DAY, "en", "11/3/2026", "near_miss"),
        (INSIDE, "en", "The Company", "right"),
        (INSIDE, "en", "It is the Parent Company that pays.", "near_miss"),
        (MALAY, "ms", "Norlia", "right"),
        (MALAY, "ms", "Jururawat Kavitha.", "near_miss"),
        (MALAY, "ms", "Bukan Jururawat Kavitha tetapi Jururawat Norlia.", "right"),
        (MALAY, "ms", "Tiada maklumat.", "abstained"),
    ],
)
def test_outcomes(case: Case, language: str, answer: str, expected: str) -> None:
    assert outcome(answer, case, load_grammar(language)) == expected

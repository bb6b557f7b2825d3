"""What counts as personal data, and what only looks like it."""

from __future__ import annotations

import re

import pytest

from nyaris.publishing.personal import personal_data, stand_in


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("His MyKad is 850412-10-5673.", "MyKad", "850412-10-5673"),
        ("No. K/P 850412105673 telah disemak.", "MyKad", "850412105673"),
        ("Born in a leap year, 000229-14-0021.", "MyKad", "000229-14-0021"),
        ("NRIC S1234567D was checked.", "NRIC", "S1234567D"),
        ("FIN G1234567X was checked.", "NRIC", "G1234567X"),
        ("Call 012-345 6789 today.", "telephone", "012-345 6789"),
        ("Call +60 12-345 6789 today.", "telephone", "+60 12-345 6789"),
        ("Call +60123456789 today.", "telephone", "+60123456789"),
        ("Hubungi 03-2161 2345 segera.", "telephone", "03-2161 2345"),
        ("Ring (03) 2161 2345.", "telephone", "(03) 2161 2345"),
        ("Pejabat Kuching: 082-123 456.", "telephone", "082-123 456"),
        ("Ring +65 9123 4567 now.", "telephone", "+65 9123 4567"),
        ("Ring 9123 4567 now.", "telephone", "9123 4567"),
        ("Telefon bimbit: 0123456789.", "telephone", "0123456789"),
        ("Ring +44 20 7946 0958.", "telephone", "+44 20 7946 0958"),
        ("Write to ali.bin-abu+x@mail.co.my.", "e-mail", "ali.bin-abu+x@mail.co.my"),
        ("Pay into account no. 5123-4567-8901 at once.", "account", "5123-4567-8901"),
        ("Bayar ke akaun Maybank 514011223344 segera.", "account", "514011223344"),
        ("Passport A12345678 expires soon.", "passport", "A12345678"),
        ("pasport bernombor K1234567E", "passport", "K1234567E"),
    ],
)
def test_personal_data_is_found(text: str, kind: str, value: str) -> None:
    assert [(found.kind, found.value) for found in personal_data(text)] == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "The rent is RM2,400.00 a month from 1 January 2026 to 31 December 2027.",
        "Akta 1958, seksyen 12(3)(a), dan P.U. (A) 123/2020 terpakai.",
        "Clause 12.3.4 and Schedule 850412 apply.",
        "No such day: 851312-10-5673 and 850231-10-5673.",
        "No such place of birth: 850412-00-5673.",
        "The check letter of S1234567A is wrong.",
        "Invoice 20260131-0042 of RM12 345 678.90 is due.",
        "A total of 1234 5678 units were sold.",
        "The account is settled within 30 days.",
        "Order 123456789 was shipped; the balance is 9,123,456.",
        "Write to help@example.com or a@b.invalid.",
        "Company no. 201901012345 (1321673-A) is registered.",
        "Syarikat No. 200101012345 (534012-X) is registered.",
        "Between 2019-2021 and 2023-2025, 03-04 meetings took place.",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert personal_data(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "MyKad 850412-10-5673",
        "NRIC S1234567D",
        "Call +60 12-345 6789",
        "Call 012-345 6789",
        "Ring +44 20 7946 0958",
        "account no. 5123-4567-8901",
        "Passport A12345678",
        "ali@mail.my",
    ],
)
def test_a_stand_in_keeps_the_shape_and_is_nobodys(text: str) -> None:
    (found,) = personal_data(text)
    value = stand_in(found, 7)
    assert value != found.value
    assert "7" in value
    if found.kind != "e-mail":
        assert re.sub(r"\d", "0", value) == re.sub(r"\d", "0", found.value) or value.startswith("+")
    assert personal_data(text.replace(found.value, value)) == []


def test_one_number_however_it_is_spaced() -> None:
    first, second = (personal_data(f"Call {number}.")[0] for number in ("012-345 6789", "0123456789"))
    assert first.key == second.key

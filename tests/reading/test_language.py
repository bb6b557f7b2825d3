from __future__ import annotations

import pytest

from nyaris.grammar import load_grammar
from nyaris.reading.language import document_languages, grammar_for
from nyaris.reading.segment import segment

MALAY = (
    "Syarikat itu hendaklah membayar gaji pekerja kerana tempoh notis telah tamat. "
    "Beliau boleh membuat rayuan kepada kerajaan."
)
INDONESIAN = (
    "Perusahaan itu harus membayar gaji karyawan karena masa kerja telah berakhir. "
    "Pengguna bisa menghubungi layanan kami melalui situs ini. Kami tidak bisa memberikan uang kembali."
)
ENGLISH = "The company must pay the salary of its employees before the end of each month. It may not deduct anything."
CHINESE = "公司应当按月支付员工工资。员工可以提出申诉。公司不得扣除任何款项。"


def grammars(text: str, hint: str | None = None) -> list[str | None]:
    units = list(segment(text, load_grammar("en")))
    found = document_languages(text, units, hint)
    return [grammar_for(unit.text, found) for unit in units]


@pytest.mark.parametrize(("text", "code"), [(MALAY, "ms"), (ENGLISH, "en")])
def test_supported_languages_are_recognised(text: str, code: str) -> None:
    assert set(grammars(text)) == {code}


@pytest.mark.parametrize("text", [INDONESIAN, CHINESE])
def test_neighbours_do_not_pass(text: str) -> None:
    assert set(grammars(text)) == {None}


def test_indonesian_does_not_pass_because_a_folder_says_so() -> None:
    assert set(grammars(INDONESIAN, hint="ms")) == {None}


def test_markers_show_the_variety() -> None:
    text = "Seri Jaya Sdn Bhd shall pay RM500 to Encik Ali in Kuala Lumpur before the end of the month. " + ENGLISH
    assert set(grammars(text)) == {"en-MY"}


def test_a_sentence_that_changes_its_language_halfway_is_left_out() -> None:
    switched = "The buyer shall pay the deposit kerana perjanjian itu telah ditandatangani oleh pihak yang berkenaan."
    assert grammars(f"{switched} {ENGLISH} {MALAY}")[0] is None


def test_each_sentence_of_a_mixed_document_gets_its_own_grammar() -> None:
    assert set(grammars(f"{MALAY} {ENGLISH}")) == {"ms", "en"}

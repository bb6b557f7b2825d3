"""Personal data in running text: identity numbers, telephones, e-mail addresses, accounts, passports.

National formats are checked as far as they can be (dates and birthplace codes of MyKad, check letters of NRIC); numbers
that only their context makes personal need a cue word from `grammars/<code>/personal.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import ClassVar

from nyaris.grammar import Facts, grammar_codes, load_grammar

_CUE_REACH = r"(?:[^\d\n]{0,25}?)"
_STAND_IN_ZEROS = 4
_STAND_IN_MAIL = re.compile(r"@(?:[\w-]+\.)*example\.(?:com|org|net)$|\.(?:example|invalid|test)$", re.IGNORECASE)


class PersonalFacts(Facts):
    """Cue words."""

    topic: ClassVar[str] = "personal"

    accounts: tuple[str, ...] = ()
    passports: tuple[str, ...] = ()
    telephones: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class Personal:
    """Characters `start` to `end` of a text hold a value of this kind."""

    start: int
    end: int
    kind: str
    value: str

    @property
    def key(self) -> str:
        """What is the same however it is spaced."""
        return re.sub(r"[\s().-]", "", self.value).upper() if self.kind != "e-mail" else self.value.lower()


def personal_data(text: str) -> list[Personal]:
    """What is found, in order and without overlaps; the first kind that claims a stretch has it."""
    if not any(char.isdigit() for char in text) and "@" not in text:
        return []
    taken: list[Personal] = []
    for found in _all(text):
        if all(found.end <= other.start or other.end <= found.start for other in taken):
            taken.append(found)
    return sorted(taken)


def stand_in(found: Personal, number: int) -> str:
    """A value of the same shape that belongs to nobody; equal numbers give equal values."""
    if found.kind == "e-mail":
        return f"person{number}@example.com"
    prefix = re.match(r"\+(?:60|65)|\+\d{1,3}(?=[\s-])", found.value)
    kept = prefix.group() if prefix else ""
    rest = found.value[len(kept) :]
    digits = iter(str(number).zfill(sum(char.isdigit() for char in rest)))
    return kept + "".join(next(digits) if char.isdigit() else char for char in rest)


def _all(text: str) -> Iterator[Personal]:
    for kind, pattern, is_real in _patterns():
        for match in pattern.finditer(text):
            value = match.group("value")
            if is_real(value) and not _is_stand_in(kind, value):
                yield Personal(match.start("value"), match.end("value"), kind, value)


def _is_stand_in(kind: str, value: str) -> bool:
    if kind == "e-mail":
        return bool(_STAND_IN_MAIL.search(value))
    digits = re.sub(r"\D", "", re.sub(r"^\+(?:60|65)|^\+\d{1,3}(?=[\s-])", "", value))
    return digits[:_STAND_IN_ZEROS] == "0" * _STAND_IN_ZEROS


def _any(value: str) -> bool:
    return True


def _is_mykad(value: str) -> bool:
    """YYMMDD of some century, and a place of birth that is given out."""
    digits = re.sub(r"\D", "", value)
    place = int(digits[6:8])
    return _is_date(digits[:6]) and place not in {0, 17, 18, 19, 20, 69, 70, 73, 80, 81, 94, 95, 96, 97}


def _is_date(digits: str) -> bool:
    for century in (1900, 2000):
        try:
            date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
        except ValueError:
            continue
        return True
    return False


_WEIGHTS = (2, 7, 6, 5, 4, 3, 2)
_LETTERS = {"S": (0, "JZIHGFEDCBA"), "T": (4, "JZIHGFEDCBA"), "F": (0, "XWUTRQPNMLK"), "G": (4, "XWUTRQPNMLK")}
_LETTERS["M"] = (3, "XWUTRQPNJLK")


def _is_nric(value: str) -> bool:
    """The check letter follows from the digits."""
    offset, letters = _LETTERS[value[0]]
    total = offset + sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, value[1:8], strict=True))
    place = total % 11
    return letters[10 - place if value[0] == "M" else place] == value[8]


def _has_account_length(value: str) -> bool:
    return 7 <= sum(char.isdigit() for char in value) <= 18


Pattern = tuple[str, re.Pattern[str], Callable[[str], bool]]


@cache
def _patterns() -> tuple[Pattern, ...]:
    facts = [load_grammar(code).facts(PersonalFacts) for code in grammar_codes()]
    accounts = _cues(word for each in facts for word in each.accounts)
    passports = _cues(word for each in facts for word in each.passports)
    telephones = _cues(word for each in facts for word in each.telephones)
    start, end = r"(?<![\w.,/@-])", r"(?![\w/@-]|[.,]\d)"
    company = r"(?!\s*\(\d{3,7}-[A-Z]\))"  # the old number of a company, in brackets after its twelve-digit one
    numbers = (
        r"\+\d{1,3}[ -]?\(?\d{1,4}\)?(?:[ -]?\d{2,4}){2,4}",  # any country, with its code
        r"\(?01\d\)?[ -]?\d{3,4}[ -]?\d{4}",
        r"\(?0[3-9]\)?[ -]\d{3,4}[ -]?\d{4}",
        r"\(?08\d\)?[ -]\d{3}[ -]?\d{3}",
        r"[89]\d{3}[ -]\d{4}",
    )
    value, cue = "(?P<value>", _CUE_REACH + start
    return (
        ("e-mail", re.compile(rf"(?<![\w.+-]){value}[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{{2,}})(?![\w-])"), _any),
        ("MyKad", re.compile(rf"{start}{value}\d{{6}}([- ]?)\d{{2}}\2\d{{4}}){end}{company}"), _is_mykad),
        ("NRIC", re.compile(rf"{start}{value}[STFGM]\d{{7}}[A-Z]){end}"), _is_nric),
        ("passport", re.compile(rf"{passports}{cue}{value}[A-Z]{{1,2}}\d{{6,9}}[A-Z]?){end}"), _any),
        ("passport", re.compile(rf"{start}{value}[AHK]\d{{8}}|[EK]\d{{7}}[A-Z]){end}"), _any),
        ("account", re.compile(rf"{accounts}{cue}{value}[A-Z]{{0,2}}\d(?:[ -]?\d){{6,17}}){end}"), _has_account_length),
        ("telephone", re.compile(rf"{start}{value}{'|'.join(numbers)}){end}"), _any),
        ("telephone", re.compile(rf"{telephones}{cue}{value}\(?\d{{2,4}}\)?(?:[ -]?\d{{3,4}}){{2}}){end}"), _any),
    )


def _cues(words: Iterator[str]) -> str:
    found = "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))
    return rf"(?i:(?<!\w)(?:{found})\b)"

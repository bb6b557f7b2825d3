"""Lists under a lead-in ("The tenant shall: (a) pay ...; (b) not sublet ...") as whole sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from nyaris.grammar import Grammar
from nyaris.reading.segment import SegmentFacts, Unit

_OPENS_LIST = re.compile(r"\s*(?:[:—–]|:\s*[-—–]|\s-)\s*$")
_MARKER = re.compile(r"(?P<bullet>[-*•–—·o►▪])\s+$|\(?(?P<label>\d{1,3}|[a-zA-Z]{1,4})[.)]\s*$")
_ROMAN = re.compile(r"[ivxlc]+")
_LONGEST_MARKER = 12
_FEWEST_WORDS = 2
_NEAR_THE_END = 40
"""How many words before the list may say that it is one of things, which does not go on with the sentence."""


@dataclass(frozen=True)
class _List:
    """An open list: the beginning of a sentence that leads into it, and how its items are marked."""

    lead: str
    style: str = ""
    """Empty until the first item is seen."""


def with_lead_ins(units: Iterable[Unit], text: str, grammar: Grammar) -> Iterator[Unit]:
    """The same units; an item that goes on with the sentence of its lead-in says that sentence as `whole`."""
    facts = grammar.facts(SegmentFacts)
    lists: tuple[_List, ...] = ()
    for unit in units:
        lists = _open_at(lists, _marker(text, unit))
        goes_on = bool(lists) and unit.text[0].islower()
        said = f"{lists[-1].lead} {unit.text}" if goes_on else unit.text
        lead = _lead(said, facts)
        if lead:
            lists = (*(lists if goes_on else ()), _List(lead))
        whole = _ended(said, facts) if goes_on and not lead and _is_item(unit.text, facts) else ""
        yield replace(unit, whole=whole)


def _marker(text: str, unit: Unit) -> str:
    """The number, letter or bullet before the unit, empty for none."""
    match = _MARKER.search(text, max(0, unit.start - _LONGEST_MARKER), unit.start)
    return (match.group("label") or "*") if match else ""


def _open_at(lists: tuple[_List, ...], marker: str) -> tuple[_List, ...]:
    """The lists that are open at a unit with this marker: the innermost if the unit is an item of it, else an outer."""
    if not marker:
        return ()
    if lists and not lists[-1].style:
        return (*lists[:-1], replace(lists[-1], style=_style(marker, {each.style for each in lists})))
    while lists and not _continues(lists[-1].style, marker):
        lists = lists[:-1]
    return lists


def _style(marker: str, around: set[str]) -> str:
    if marker == "*" or marker.isdigit():
        return "bullet" if marker == "*" else "number"
    roman = _ROMAN.fullmatch(marker.lower()) and (len(marker) > 1 or (marker.lower() == "i" and around != {""}))
    return "roman" if roman else "letter"


def _continues(style: str, marker: str) -> bool:
    if style == "roman":
        return bool(_ROMAN.fullmatch(marker.lower()))
    return style == _style(marker, {""})


def _lead(said: str, facts: SegmentFacts) -> str:
    """The text without the mark that opens a list, if it is the beginning of a sentence; empty otherwise."""
    match = _OPENS_LIST.search(said)
    lead = said[: match.start()].rstrip(" ,") if match else ""
    words = lead.lower().split()
    if len(words) < _FEWEST_WORDS or not lead[0].isupper() or facts.list_words & set(words[-_NEAR_THE_END:]):
        return ""
    if words[-1] in facts.not_leads:
        return ""
    _, comma, aside = lead.rpartition(",")
    return f"{lead}," if comma and lead[: -len(aside)].lower().rstrip(",").split()[-1] in facts.before_asides else lead


def _is_item(text: str, facts: SegmentFacts) -> bool:
    """Whether the item says its own part and nothing of the whole list."""
    lowered = text.lower()
    words = lowered.rstrip(" ;,.").split()
    return bool(words) and words[-1] not in facts.not_last and not any(tail in lowered for tail in facts.list_tails)


def _ended(said: str, facts: SegmentFacts) -> str:
    """With a full stop for the semicolon and the conjunction that lead to the next item."""
    body = said.rstrip(" ;,.")
    first, _, last = body.rpartition(" ")
    if last.lower() in facts.joints:
        body = first.rstrip(" ;,")
    return f"{body}."

"""A small vocabulary for drawings: elements that escape what they are given, and axes with round steps."""

from __future__ import annotations

from math import ceil, floor, log10
from xml.etree import ElementTree as Xml

from nyaris.pages.marks import visible

Element = Xml.Element


def drawing(width: int, height: int, title: str, described: str, number: str) -> Element:
    """An empty drawing with a name and a description; `number` makes their ids its own."""
    root = Xml.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width} {height}",
            "role": "img",
            "aria-labelledby": f"{number}-title {number}-desc",
        },
    )
    add(root, "title", title, id=f"{number}-title")
    add(root, "desc", described, id=f"{number}-desc")
    return root


def add(parent: Element, tag: str, text: str = "", /, **attributes: str | float) -> Element:
    """A child with rounded numbers; `class_` is `class`, and an underscore in other names a hyphen."""
    named = {
        name.rstrip("_").replace("_", "-"): str(round(value, 2)) if isinstance(value, float) else str(value)
        for name, value in attributes.items()
    }
    child = Xml.SubElement(parent, tag, named)
    if text:
        child.text = visible(text)
    return child


def text_of(root: Element) -> str:
    """The drawing as XML, every text and attribute escaped."""
    return Xml.tostring(root, encoding="unicode")


def steps(low: float, high: float, about: int = 5) -> list[float]:
    """Round values from below `low` to above `high`, about so many."""
    span = max(high - low, 1e-6)
    size = 10 ** floor(log10(span / about))
    size *= next((factor for factor in (1, 2, 5) if span / (size * factor) <= about), 10)
    first, last = floor(low / size + 1e-9), ceil(high / size - 1e-9)
    return [round(number * size, 10) for number in range(first, last + 1)]

"""The shell: escaping, the policy, and shades that can be read."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

import pytest

from nyaris.pages.browser import Entry, browser
from nyaris.pages.shell import data_block, render

STYLE = (files("nyaris.pages") / "style.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["</script>", "<!--<script>", "]]>", "\u2028\u2029", "{{ 7 * 7 }}", "&lt;", '"\\"'])
def test_a_data_block_cannot_be_left(text: str) -> None:
    block = data_block({text: [text]})
    assert not set(block) & set("<>&\u2028\u2029")
    assert json.loads(block) == {text: [text]}


def test_the_policy_names_the_style_and_the_script() -> None:
    page = render("A page", [])
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src &#39;none&#39;")
    for kind, tag in (("style-src", "style"), ("script-src", "script")):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert f"{kind} &#39;sha256-{b64encode(sha256(text.encode()).digest()).decode()}&#39;;" in policy


def test_rows_are_dealt_until_the_room_ends() -> None:
    groups = [[Entry("en", [["x" * 100]], [name]) for _ in range(50)] for name in "ab"]
    table = browser(groups, [("t",), ("f0",)], 2000, 100, facets=("Group",))
    labels = [row[-1][0] for row in table.rows]
    assert table.total == 100
    assert 10 < len(labels) < 20
    assert abs(labels.count(0) - labels.count(1)) <= 1


def test_the_text_of_every_shade_can_be_read() -> None:
    light, dark = STYLE.split(".s0, .s1", 2)[1:]
    for theme in (light, dark):
        (text,) = re.findall(r"\.s10 \{ color: (#\w+)", theme)
        shades = re.findall(r"\.s\d+ \{ background: (#\w+)", theme)
        assert len(shades) == 11
        assert min(_contrast(text, shade) for shade in shades) >= 4.5


def _contrast(first: str, second: str) -> float:
    """The ratio of WCAG 2."""
    bright, dim = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

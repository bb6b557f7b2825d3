"""One HTML file that needs nothing else: its style and its script stand in it, and nothing else may run or load."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from nyaris import __version__
from nyaris.pages.marks import visible

if TYPE_CHECKING:
    from jinja2 import Environment

ROOM = 3_500_000
"""Bytes that the rows of a page may take, so that a page stays under 5 MB however large the set is."""

_UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Part:
    """What a page says of one folder: a template of `templates/`, and the values that it names."""

    template: str
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)


def render(title: str, parts: Sequence[Part]) -> str:
    """The page. Equal parts give equal bytes. Every text is escaped; only the style and script of this package run."""
    style, script = _asset("style.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    template = _environment().get_template("page.html.jinja")
    return template.render(title=title, parts=parts, style=style, script=script, policy=policy, version=__version__)


def data_block(value: object) -> str:
    """JSON that can stand in a script element: it holds nothing that could end one."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


@cache
def _asset(name: str) -> str:
    return (files("nyaris.pages") / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("nyaris.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.finalize = lambda value: visible(value) if type(value) is str else value
    environment.filters["data"] = lambda value: Markup(data_block(value))
    environment.filters["asset"] = Markup  # the package's own style and script
    environment.filters["number"] = lambda value: f"{value:,}"
    return environment

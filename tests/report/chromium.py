"""A headless Chromium, where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_NAMES = ("chromium", "chromium-browser", "google-chrome")
Scheme = Literal["light", "dark"]

_PATIENCE = 180_000
"""Milliseconds that a page may take to open on a machine with other work."""


@contextmanager
def launched() -> Iterator[Browser]:
    """The browser. Skips the test where Chromium or playwright is missing."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next((found for name in _NAMES if (found := which(name))), None)
    if path is None:
        pytest.skip("no Chromium here: install the package chromium to have the pages looked at")
    with playwright.sync_playwright() as run:
        browser = run.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, path: Path, *, scheme: Scheme = "light", width: int = 1280) -> Iterator[Page]:
    """The page with nothing in its console, and nothing asked for but the file itself."""
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    page.set_default_timeout(_PATIENCE)
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    yield page
    assert said == []
    assert {address.partition("#")[0] for address in asked} == {path.as_uri()}
    page.close()

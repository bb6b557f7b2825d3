"""The bundled pipelines lead the rules to what the hand-checked trees lead them to, for nearly every case."""

from __future__ import annotations

import pytest
from cases_on_text import outcomes

FLOOR = 0.95


@pytest.mark.parametrize("languages", [("en", "en-MY"), ("ms",)], ids=["en", "ms"])
def test_cases_hold_on_their_text(languages: tuple[str, ...]) -> None:
    results = [each for code in languages for each in outcomes(code)]
    failed = [each.name for each in results if not each.holds]
    assert len(failed) <= (1 - FLOOR) * len(results), failed

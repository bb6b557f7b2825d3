"""How many cases: a handful, always the same, in the normal run; `make fuzz COUNT=100000` for new ones by the hour."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

COUNT = int(os.environ.get("NYARIS_FUZZ_COUNT", "0"))
SHARES = {"reader": 0.2, "segment": 0.25, "edit": 0.25, "realise": 0.15, "card": 0.03, "template": 0.1, "shard": 0.02}


def cases(what: str) -> settings:
    """The settings of one target: its share of the count, or fifteen."""
    return settings(
        max_examples=max(1, round(COUNT * SHARES[what])) if COUNT else 15,
        derandomize=not COUNT,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )

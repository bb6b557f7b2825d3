"""The dataset card: a YAML header that the Hub reads, and what a reader must know."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from nyaris.grammar import load_grammar
from nyaris.rules import all_rules

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def render_card(manifest: dict[str, Any]) -> str:
    """README.md of the dataset folder. Text from documents is escaped for Markdown tables."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["cell"] = _cell
    environment.filters["yaml"] = _quoted
    total = sum(manifest["splits"].values())
    varieties = manifest["varieties"]
    template = (files("nyaris.dataset") / "card.md.jinja").read_text(encoding="utf-8")
    return environment.from_string(template).render(
        manifest=manifest,
        total=total,
        languages=", ".join(f"`{code}`" for code in manifest["languages"]),
        # those of every language first
        configurations=sorted(manifest["configurations"].items(), key=lambda each: ("-" in each[0], each[0])),
        size=next((name for limit, name in _SIZES if total < limit), "1M<n<10M"),
        details=[load_grammar(code).language.bcp47 for code in varieties],
        names={code: load_grammar(code).language.name for code in varieties},
        splits=[name for name, count in manifest["splits"].items() if count],
        descriptions={rule.id: rule.description for rule in all_rules()},
    )


def _cell(text: object) -> str:
    return str(text).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _quoted(text: object) -> str:
    import json

    return json.dumps(str(text), ensure_ascii=False)

"""What is known of every rule in every language: an example, and how often readers found it right."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from nyaris.errors import UsageError
from nyaris.grammar import Facts, grammar_codes, load_grammar
from nyaris.rules import all_rules


class Evidence(BaseModel):
    """An example of a rule at work, and the result of blind reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    result: str
    valid: int | None = None
    """Rows found valid ..."""
    judged: int | None = None
    """... of so many read."""


class CatalogueFacts(Facts):
    """Evidence by rule id."""

    topic: ClassVar[str] = "catalogue"

    rules: dict[str, Evidence] = Field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """One rule in one language."""

    rule: str
    kind: str
    phenomenon: str
    relation: str | None
    description: str
    language: str
    evidence: Evidence | None

    @property
    def precision(self) -> float | None:
        """The share of judged rows that were valid, None where nobody has read any."""
        if self.evidence is None or not self.evidence.judged or self.evidence.valid is None:
            return None
        return self.evidence.valid / self.evidence.judged


def rules(language: str | None = None, judged: Path | None = None) -> list[Entry]:
    """Every rule in every language that has a grammar, or in one; with figures of `judged` where it has some."""
    codes = [language] if language else list(grammar_codes())
    known = {code: load_grammar(code).facts(CatalogueFacts).rules for code in codes}
    figures = read_judged(judged) if judged else {}

    def evidence(code: str, rule: str) -> Evidence | None:
        found, figure = known[code].get(rule), figures.get((code, rule))
        if figure is None:
            return found
        return (found or Evidence(source="", result="")).model_copy(update={"valid": figure[0], "judged": figure[1]})

    return [
        Entry(rule.id, rule.kind, rule.phenomenon, rule.relation, rule.description, code, evidence(code, rule.id))
        for code in codes
        for rule in all_rules()
    ]


def read_judged(path: Path) -> dict[tuple[str, str], tuple[int, int]]:
    """(code, rule) -> (valid, judged), from the JSON that `nyaris audit score` writes, or from a CSV file with these
    four columns. Raises UsageError for anything else."""
    try:
        if path.suffix == ".json":
            rows = json.loads(path.read_text(encoding="utf-8"))["judged"]
        else:
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
        return {(row["code"], row["rule"]): (int(row["valid"]), int(row["judged"])) for row in rows}
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise UsageError(
            f"{path} holds no judged rows: `nyaris audit score -o` writes them, or CSV with code, rule, valid, judged"
        ) from error

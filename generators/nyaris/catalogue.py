"""What is known of every rule in every language: an example, and how often readers found it right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

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


def rules(language: str | None = None) -> list[Entry]:
    """Every rule in every language that has a grammar, or in one."""
    codes = [language] if language else list(grammar_codes())
    known = {code: load_grammar(code).facts(CatalogueFacts).rules for code in codes}
    return [
        Entry(rule.id, rule.kind, rule.phenomenon, rule.relation, rule.description, code, known[code].get(rule.id))
        for code in codes
        for rule in all_rules()
    ]

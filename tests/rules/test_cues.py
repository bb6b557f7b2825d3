"""Cues leave out only what has nothing to say: a rule that is asked without them never says more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_cases import ALL

from nyaris.grammar import load_grammar
from nyaris.rules import Rule, all_rules


@pytest.mark.parametrize("rule", [rule for rule in all_rules() if rule.cues], ids=lambda rule: rule.id)
def test_a_rule_says_nothing_where_its_cues_are_missing(rule: Rule) -> None:
    without = replace(rule, cues=None)
    lost = [
        sentence.text
        for _, _, language, _, sentence in ALL
        for grammar in [load_grammar(language)]
        if list(without.propose(sentence, grammar)) != list(rule.propose(sentence, grammar))
    ]
    assert not lost

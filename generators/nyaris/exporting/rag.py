"""Cases for end-to-end checks of retrieval-augmented generation: a question and two contexts, one a near miss."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nyaris.dataset.read import Row
from nyaris.grammar import Grammar, load_grammar
from nyaris.hashing import draw, shuffled
from nyaris.syntax.question_facts import QuestionFacts
from nyaris.words.lexicon import LexiconFacts

_SIDES = ("source", "mirror")


@dataclass(frozen=True)
class _Contrast:
    """One pair with another agent in the near miss: each question has its own context and its own answer."""

    rows: tuple[Row, Row]
    contexts: tuple[str, str]
    answers: tuple[str, str]


def rag_cases(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Two cases for every pair of questions for an agent that also acts, as another one, in the near miss.

    "Who may terminate within 14 days?" goes with "The tenant may terminate within 14 days." and "The landlord may
    terminate after 14 days."; the other question of the pair asks who may after 14 days. Either agent is the answer
    once, and no question names one: whoever does not read the contexts against the question is right half the time.

    The keys are those of a ragas sample (`user_input`, `retrieved_contexts`, `reference_contexts`, `reference`); what
    the system must not say is `near_miss_answer`.
    """
    asked = [row for row in rows if row.query_style == "question" and row.answer and not row.near_miss_answer]
    agents = _agents(asked)
    pairs: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    for row in asked:
        pairs[row.pair][row.direction] = row
    for pair in pairs.values():
        if set(pair) == set(_SIDES) and (found := _contrast(pair, agents)):
            yield from (_case(found, side) for side in (0, 1))


def _agents(rows: Sequence[Row]) -> Mapping[str, Sequence[str]]:
    """Document -> the agents that its questions ask for."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.answer and _asks_for_agent(row, load_grammar(row.variety)):
            found[row.document].add(row.answer)
    return {document: sorted(answers) for document, answers in found.items()}


def _contrast(pair: Mapping[str, Row], agents: Mapping[str, Sequence[str]]) -> _Contrast | None:
    """The pair with the agent of one text, drawn, put out by another; None where no other can be put there."""
    source, mirror = (pair[side] for side in _SIDES)
    grammar = load_grammar(source.variety)
    answer = source.answer or ""
    if not _asks_for_agent(source, grammar):
        return None
    changed = draw(source.pair, "agent") < 0.5
    kept, text = (source.positive, mirror.positive) if changed else (mirror.positive, source.positive)
    others = [*_counterparts(answer, grammar), *shuffled(agents[source.document], source.pair, "agents")]
    known = f"{source.query} {mirror.query} {source.positive} {mirror.positive}".lower()
    other = next((each for each in others if _may_stand_for(answer, each, known)), None)
    put = other and _put(text, answer, other)
    if not other or not put or _put(kept, answer, other) is None:
        return None
    if changed:
        return _Contrast((source, mirror), (kept, put), (answer, other))
    return _Contrast((source, mirror), (put, kept), (other, answer))


def _case(contrast: _Contrast, side: int) -> dict[str, Any]:
    row, other = contrast.rows[side], 1 - side
    contexts = list(contrast.contexts)
    if draw(row.id, "contexts") < 0.5:
        contexts.reverse()
    return {
        "id": row.id,
        "user_input": row.query,
        "retrieved_contexts": contexts,
        "reference_contexts": [contrast.contexts[side]],
        "reference": contrast.answers[side],
        "near_miss_context": contrast.contexts[other],
        "near_miss_answer": contrast.answers[other],
        "phenomenon": row.phenomenon,
        "rule": row.rule,
        "language": row.language,
        "variety": row.variety,
    }


def _asks_for_agent(row: Row, grammar: Grammar) -> bool:
    facts = grammar.facts(QuestionFacts)
    person, thing = (word.split()[0] for word in (facts.person, facts.thing))
    return next((word == person for word in row.query.lower().split() if word in {person, thing}), False)


def _counterparts(answer: str, grammar: Grammar) -> Sequence[str]:
    """The answer with its noun put out by each party that faces it (the Tenant: the Landlord)."""
    opening, _, noun = answer.rpartition(" ")
    others = sorted(grammar.facts(LexiconFacts).counterparts.get(noun.lower(), ()))
    return [f"{opening} {other.title() if noun[0].isupper() else other}".strip() for other in others]


def _may_stand_for(answer: str, other: str, known: str) -> bool:
    """Whether the other agent takes the place of the answer without a word of its phrase or its number changing."""
    words, others = answer.lower().split(), other.lower().split()
    if len(words) > 1 or len(others) > 1:
        if words[0] != others[0] and not (answer[0].isupper() and other[0].isupper()):
            return False
        words, others = (phrase[1:] or phrase for phrase in (words, others))
    plural = words[-1].endswith("s") == others[-1].endswith("s")
    return plural and not set(words) & set(others) and not any(_stands_in(word, known) for word in others)


def _stands_in(word: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text) is not None


def _put(text: str, answer: str, other: str) -> str | None:
    """The text with the other agent in the one place of the answer; None when the text names it elsewhere too."""
    places = list(re.finditer(rf"(?<!\w){re.escape(answer)}(?!\w)", text, flags=re.IGNORECASE))
    noun = answer.rsplit(maxsplit=1)[-1]
    named = re.findall(rf"\b{re.escape(noun)}\b", text, flags=re.IGNORECASE)
    if len(places) != 1 or len(named) != 1:
        return None
    start, end = places[0].span()
    first = other[0].upper() if text[start].isupper() else other[0]
    return text[:start] + first + other[1:] + text[end:]

"""What Nyaris sees in one sentence: the tree, what the rules propose, the near misses, and what was refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nyaris.errors import NyarisError
from nyaris.grammar import Grammar, grammar_codes, load_grammar
from nyaris.pairs.checks import DOUBTFUL, text_reject, tree_reject
from nyaris.pairs.contrast import Reject, Triple
from nyaris.pairs.frames import frame_triples, load_all_frames
from nyaris.pairs.realise import realise
from nyaris.pairs.triples import propose, triples
from nyaris.reading.language import document_languages, grammar_for
from nyaris.reading.segment import Unit
from nyaris.run.settings import AUTO, Settings
from nyaris.syntax.doubt import doubt
from nyaris.trees.parsers import load_parser
from nyaris.trees.sentence import Sentence


@dataclass(frozen=True)
class Explanation:
    """Everything about one sentence. `proposals` are (rule, kind, edited text); `refused` says why, if it was."""

    sentence: Sentence
    parser: str
    refused: str | None
    proposals: tuple[tuple[str, str, str], ...]
    triples: tuple[Triple, ...]
    rejects: tuple[Reject, ...]
    frames: tuple[Triple, ...] = ()
    """One binding of every frame of the user."""


def explain(text: str, settings: Settings) -> Explanation:
    """Parse a sentence and run every rule on it. Raises NyarisError for a text in no supported language."""
    text, code = language_for(text, settings)
    return explain_with(settings.parser_for(code, load_grammar(code).base.code), text, code, settings)


def language_for(text: str, settings: Settings) -> tuple[str, str]:
    """The sentence with its blanks collapsed, and its grammar. Raises NyarisError for none or an unknown language."""
    text = " ".join(text.split())
    if not text:
        raise NyarisError("there is no sentence to explain: give one in quotes")
    return text, settings.language if settings.language != AUTO else _language(text)


def explain_with(spec: str, text: str, code: str, settings: Settings) -> Explanation:
    """Parse a sentence with one parser and run every rule on it."""
    grammar = load_grammar(code)
    parser = load_parser(spec, code, settings.stanza_dir)
    sentence = next(iter(parser.parse([text], code)))
    proposals = propose(sentence, grammar, settings.chosen_rules())
    every = (*proposals.flips, *proposals.keepers, *proposals.questions)
    made = list(triples(sentence, proposals, grammar, f"{settings.seed}/explain/0"))
    return Explanation(
        sentence,
        parser.name,
        text_reject(text) or _tree_refusal(sentence, grammar),
        tuple((each.rule.id, each.rule.kind, realise(sentence, each.edit, grammar)) for each in every),
        tuple(each for each in made if isinstance(each, Triple)),
        tuple(each for each in made if isinstance(each, Reject)),
        tuple(_frames(settings)),
    )


def _tree_refusal(sentence: Sentence, grammar: Grammar) -> str | None:
    """The reason of `generate`, with the sign that raises the doubt."""
    reason = tree_reject(sentence, grammar)
    return f"{reason} ({doubt(sentence, grammar)})" if reason == DOUBTFUL else reason


def _frames(settings: Settings) -> Iterator[Triple]:
    for frame in load_all_frames([Path(folder) for folder in settings.frame_folders]):
        yield from (made for made in frame_triples(frame, settings.seed, 1) if isinstance(made, Triple))


def _language(text: str) -> str:
    code = grammar_for(text, document_languages(text, [Unit(text, 0, len(text))]))
    if code is None:
        known = ", ".join(grammar_codes())
        raise NyarisError(f"the sentence is in no supported language: name one of {known} with --language")
    return code

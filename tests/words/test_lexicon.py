"""Nouns and names by kind."""

from __future__ import annotations

import pytest

from nyaris.grammar import load_grammar
from nyaris.trees.sentence import Sentence
from nyaris.trees.ud import read_conllu
from nyaris.words.lexicon import LexiconFacts, is_agent, is_plural, kind_of, noun_phrase_name


def _tree(language: str, *rows: str) -> Sentence:
    """Rows of "form lemma upos head rel"."""
    lines = ["# text = " + " ".join(row.split()[0] for row in rows)]
    for number, row in enumerate(rows, start=1):
        form, lemma, upos, head, rel = row.split()
        lines.append("\t".join([str(number), form, lemma, upos, "_", "_", head, rel, "_", "_"]))
    return next(iter(read_conllu("\n".join(lines) + "\n", language)))[1]


@pytest.mark.parametrize("language", ["en", "en-MY", "en-SG", "ms"])
def test_every_party_of_a_pair_is_a_party(language: str) -> None:
    facts = load_grammar(language).facts(LexiconFacts)
    assert len(facts.role_pairs) >= 60
    assert {facts.kind_by_noun[noun] for pair in facts.role_pairs for noun in pair} == {"party"}


def test_counterparts_go_both_ways() -> None:
    counterparts = load_grammar("en").facts(LexiconFacts).counterparts
    assert "tenant" in counterparts["landlord"]
    assert "landlord" in counterparts["tenant"]


def test_a_phrase_is_found_from_its_head_only() -> None:
    grammar = load_grammar("ms")
    user = _tree("ms", "pengguna pengguna NOUN 0 root", "data data NOUN 1 nmod")
    assert noun_phrase_name(user, user.tokens[0], grammar) == "pengguna data"
    assert kind_of(user, user.tokens[1], grammar) == "information"


def test_a_capitalised_plural_is_found_although_its_lemma_is_wrong() -> None:
    grammar = load_grammar("en")
    parties = _tree("en", "The the DET 2 det", "Parties partie NOUN 3 nsubj", "agree agree VERB 0 root")
    assert kind_of(parties, parties.tokens[1], grammar) == "party"
    assert is_plural(parties.tokens[1], grammar)


def test_a_name_needs_evidence() -> None:
    grammar = load_grammar("en-MY")
    name = _tree("en-MY", "Alpha Alpha PROPN 0 root", "Beta Beta PROPN 1 flat")
    titled = _tree("en-MY", "Puan puan PROPN 0 root", "Salmah Salmah PROPN 1 flat")
    linked = _tree("en-MY", "Ali Ali PROPN 0 root", "bin bin PROPN 1 flat", "Abu Abu PROPN 1 flat")
    company = _tree("en-MY", "Alpha Alpha PROPN 2 compound", "Berhad Berhad PROPN 0 root")
    speaker = _tree("en-MY", "Alpha Alpha PROPN 2 nsubj", "denied deny VERB 0 root")
    assert kind_of(name, name.tokens[0], grammar) is None
    assert kind_of(titled, titled.tokens[0], grammar) == "person"
    assert kind_of(linked, linked.tokens[0], grammar) == "person"
    assert kind_of(company, company.tokens[1], grammar) == "organisation"
    assert kind_of(speaker, speaker.tokens[0], grammar) == "name"
    assert is_agent(speaker, speaker.tokens[0], grammar)


def test_a_reduplicated_noun_is_plural() -> None:
    grammar = load_grammar("ms")
    workers = _tree("ms", "pekerja-pekerja pekerja-pekerja NOUN 0 root")
    assert kind_of(workers, workers.tokens[0], grammar) == "party"
    assert is_plural(workers.tokens[0], grammar)

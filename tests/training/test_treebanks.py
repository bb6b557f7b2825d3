"""The treebanks made for this project: sound trees, known labels, and splits that share no document."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from nyaris.trees.sentence import Sentence
from nyaris.trees.ud import RELATIONS, read_conllu

TREEBANKS = Path(__file__).parents[2] / "grammars" / "training" / "treebanks"
FEWEST = {"en": 200, "ms": 400}
PARTS = ("train", "dev", "test")
TAGS = set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
SUBTYPES = {
    "en": {"nsubj:pass", "csubj:pass", "aux:pass", "obl:agent", "acl:relcl", "nmod:poss", "compound:prt"},
    "ms": {"nsubj:pass", "csubj:pass", "obl:agent", "acl:relcl"},
}


@cache
def part(language: str, name: str) -> list[tuple[dict[str, str], Sentence]]:
    text = (TREEBANKS / language / f"{name}.conllu").read_text(encoding="utf-8")
    return [(dict(comments), sentence) for comments, sentence in read_conllu(text, language)]


@pytest.mark.parametrize("language", FEWEST)
def test_every_tree_is_sound(language: str) -> None:
    for name in PARTS:
        for comments, sentence in part(language, name):
            where = comments["sent_id"]
            assert comments["text"] == sentence.text, where
            assert len(sentence.roots) == 1, where
            assert len(sentence.subtree(sentence.root)) == len(sentence.tokens), f"{where}: a cycle"
            assert all(token.upos in TAGS for token in sentence.tokens), where
            for token in sentence.tokens:
                known = token.rel in SUBTYPES[language] if ":" in token.rel else token.rel in RELATIONS
                assert known, f"{where}: {token.rel}"


@pytest.mark.parametrize("language", FEWEST)
def test_there_are_enough_trees(language: str) -> None:
    assert sum(len(part(language, name)) for name in PARTS) >= FEWEST[language]


@pytest.mark.parametrize("language", FEWEST)
def test_splits_share_no_document_and_no_sentence(language: str) -> None:
    documents, texts = [], []
    for name in PARTS:
        assert "newdoc id" in part(language, name)[0][0], name
        documents.append({comments["newdoc id"] for comments, _ in part(language, name) if "newdoc id" in comments})
        texts.append({sentence.text for _, sentence in part(language, name)})
    for left, right in ((0, 1), (0, 2), (1, 2)):
        assert not documents[left] & documents[right]
        assert not texts[left] & texts[right]


@pytest.mark.parametrize("language", FEWEST)
def test_sentence_ids_are_unique(language: str) -> None:
    ids = [comments["sent_id"] for name in PARTS for comments, _ in part(language, name)]
    assert len(ids) == len(set(ids))

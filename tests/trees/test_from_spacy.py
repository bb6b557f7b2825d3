"""The spaCy room: offsets, features and roots of real Docs; which pipelines are taken and which refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from nyaris.errors import NyarisError
from nyaris.trees.from_spacy import load_spacy, sentence_from_doc
from nyaris.trees.parsers import load_parser


def test_a_doc_becomes_a_sentence() -> None:
    words = ["The", "tenant", "pays", "rent", "."]
    doc = Doc(
        spacy.blank("en").vocab,
        words=words,
        spaces=[True, True, True, False, False],
        heads=[1, 2, 2, 2, 2],
        deps=["det", "nsubj", "ROOT", "obj", "punct"],
        pos=["DET", "NOUN", "VERB", "NOUN", "PUNCT"],
        morphs=["", "Number=Sing", "Tense=Pres|VerbForm=Fin", "", ""],
        lemmas=["the", "tenant", "pay", "rent", "."],
    )
    sentence = sentence_from_doc(doc, "en")
    assert sentence.text == "The tenant pays rent."
    assert [sentence.slice(token.span) for token in sentence.tokens] == words
    assert sentence.root.text == "pays"
    assert sentence.root.rel == "root"
    assert sentence.root.feat("Tense") == "Pres"


@pytest.mark.parametrize("code", ["en", "en-MY", "ms"])
def test_the_bundled_pipelines_find_subject_and_object(code: str) -> None:
    text = {"ms": "Penyewa hendaklah membayar deposit."}.get(code, "The tenant shall pay the deposit.")
    sentence = next(iter(load_parser("bundled", code).parse([text], code)))
    subject, object_ = sentence.child(sentence.root, "nsubj"), sentence.child(sentence.root, "obj")
    assert subject and subject.lower in {"tenant", "penyewa"}
    assert object_ and object_.lower == "deposit"
    assert sentence.language == code


def test_texts_come_back_in_order() -> None:
    texts = [f"The tenant pays {number} dollars." for number in range(300)]
    assert [sentence.text for sentence in load_parser("bundled", "en").parse(texts, "en")] == texts


def test_a_pipeline_without_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(NyarisError, match="has no parser"):
        load_spacy(str(tmp_path / "blank"))


def test_a_pipeline_with_other_labels_is_refused(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    parser = nlp.add_pipe("parser")
    for label in ("nsubj", "dobj", "pobj", "prep"):
        parser.add_label(label)  # type: ignore[attr-defined]
    nlp.initialize()
    nlp.to_disk(tmp_path / "other")
    with pytest.raises(NyarisError, match=r"does not label Universal Dependencies .*dobj"):
        load_spacy(str(tmp_path / "other"))

"""The spaCy room: offsets, features and roots of real Docs; which pipelines are taken and which refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc
from trained_parsers import sample

from nyaris.errors import NyarisError
from nyaris.grammar import load_grammar
from nyaris.trees import from_spacy
from nyaris.trees.from_spacy import load_spacy, sentence_from_doc
from nyaris.trees.parsers import load_parser
from nyaris.trees.ud import plain_relation


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


def test_the_vocabulary_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    parser = load_spacy("bundled-en", load_grammar("en"), load_grammar("en").pipeline)
    texts = [f"The tenant pays Zq{number}x the rent of Wv{number}k." for number in range(50)]
    monkeypatch.setattr(from_spacy, "_MOST_WORDS", len(parser._nlp.vocab))
    kept = list(parser.parse(texts, "en"))  # the words that come before the vocabulary is full stay
    strings = len(parser._nlp.vocab.strings)
    monkeypatch.setattr(from_spacy, "_MOST_WORDS", 0)
    list(parser.parse([text.replace("Z", "Y").replace("W", "Q") for text in texts], "en"))
    assert len(parser._nlp.vocab.strings) == strings
    assert list(parser.parse(texts, "en")) == kept


def test_a_pipeline_without_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(NyarisError, match="has no parser"):
        load_spacy(str(tmp_path / "blank"), load_grammar("en"))


def pipeline_with(labels: str, folder: Path) -> str:
    """A pipeline on disk whose parser has these labels and knows nothing."""
    nlp = spacy.blank("en")
    parser: Any = nlp.add_pipe("parser")
    for label in labels.split():
        parser.add_label(label)
    nlp.initialize()
    nlp.to_disk(folder)
    return str(folder)


@pytest.mark.parametrize(
    ("labels", "code"),
    [("oa oc sb mo", "en"), ("nsubj dobj pobj prep nsubjpass auxpass", "ms")],
    ids=["neither scheme", "another language's scheme"],
)
def test_a_pipeline_with_labels_that_nothing_converts_is_refused(labels: str, code: str, tmp_path: Path) -> None:
    name = pipeline_with(labels, tmp_path / "other")
    found = "mo, oa, oc, sb" if code == "en" else "auxpass, dobj, nsubjpass, pobj, prep"
    message = rf"labels neither Universal Dependencies nor .* \(it has {found} .*nyaris parsers"
    with pytest.raises(NyarisError, match=message):
        load_spacy(name, load_grammar(code))


def test_a_folder_that_is_no_pipeline_is_named(tmp_path: Path) -> None:
    with pytest.raises(NyarisError, match=r"cannot be loaded: .*meta\.json"):
        load_spacy(str(tmp_path), load_grammar("en"))


def test_a_pipeline_with_clearnlp_labels_is_converted(clearnlp_pipeline: Path) -> None:
    gold = sample("en")
    found = load_parser(str(clearnlp_pipeline), "en").parse([each.text for each in gold], "en")
    right = total = 0
    for tree, expected in zip(found, gold, strict=True):
        assert len(tree.roots) == 1
        known = {(token.span, token.head, plain_relation(token.rel)) for token in expected.tokens}
        right += sum((token.span, token.head, token.rel) in known for token in tree.tokens)
        total += len(tree.tokens)
    assert right > 0.95 * total


def test_one_text_is_one_sentence_whatever_the_pipeline_takes_for_an_end(clearnlp_pipeline: Path) -> None:
    text = "The tenant pays. The landlord pays."
    (tree,) = load_parser(str(clearnlp_pipeline), "en").parse([text], "en")
    assert len(tree.roots) == 1


def test_the_varieties_of_a_language_share_a_pipeline() -> None:
    assert load_parser("bundled", "en") is load_parser("bundled", "en-MY")


def test_subtypes_that_treebanks_differ_in_are_cut() -> None:
    rels = ["ROOT", "obl:unmarked", "nsubj:pass", "nsubj:outer"]
    assert [plain_relation(rel) for rel in rels] == ["root", "obl", "nsubj:pass", "nsubj"]

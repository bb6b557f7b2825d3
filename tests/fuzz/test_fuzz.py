"""Whatever comes in: no crash, no hang, no lost document, and what is written can be stored and shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from counts import cases
from hypothesis import given
from hypothesis import strategies as st
from strategies import files, texts

from nyaris.dataset.card import render_card
from nyaris.edits import Edit, Move, Replacement, Swap
from nyaris.errors import NyarisError
from nyaris.grammar import load_grammar
from nyaris.pairs.frames import render
from nyaris.pairs.realise import has_stray_capital, realise
from nyaris.reading.documents import Document, Unread, read_documents
from nyaris.reading.formats import clean
from nyaris.reading.language import document_languages
from nyaris.reading.limits import Limits, time_limit
from nyaris.reading.segment import capital_habits, segment
from nyaris.run.patience import process_patiently
from nyaris.run.settings import Settings
from nyaris.trees.sentence import Sentence, Span, Token

SECONDS = 20


def storable(text: str) -> bool:
    return text == text.encode("utf-8", "ignore").decode("utf-8") and "\x00" not in text


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@cases("reader")
@given(files(), st.sampled_from([50.0, 0.0001]))
def test_readers(place: Path, file: tuple[str, bytes], megabytes: float) -> None:
    suffix, content = file
    path = place / f"file{suffix}"
    path.write_bytes(content)
    with time_limit(SECONDS):
        found = list(read_documents([str(path)], limits=Limits(megabytes, SECONDS)))
    path.unlink()
    tables = {".jsonl", ".csv", ".parquet"}
    assert found or suffix in tables, "a file gives documents, or a reason why not"
    for each in found:
        if isinstance(each, Unread):
            assert each.reason
            assert each.remedy
            assert storable(str(each)), str(each)
        else:
            assert each.text.strip()
            assert storable(each.text + each.id + each.domain)


@cases("segment")
@given(texts(80))
def test_segmenter(text: str) -> None:
    text = clean(text)
    with time_limit(SECONDS):
        units = list(segment(text, load_grammar("en")))
        capital_habits(units)
    position = 0
    for unit in units:
        assert position <= unit.start < unit.end <= len(text)
        assert " ".join(text[unit.start : unit.end].split()) == unit.text
        position = unit.end


def spans(length: int) -> st.SearchStrategy[Span]:
    return st.tuples(st.integers(-1, length + 1), st.integers(-1, length + 1)).map(lambda pair: Span(*sorted(pair)))


@st.composite
def edits(draw: st.DrawFn, length: int) -> Edit:
    replacements = draw(st.lists(st.tuples(spans(length), texts(3)), max_size=3))
    swaps = draw(st.lists(st.tuples(spans(length), spans(length)), max_size=2))
    moves = draw(st.lists(st.tuples(spans(length), st.integers(-1, length + 1)), max_size=2))
    return Edit(
        tuple(sorted(Replacement(*span, text) for span, text in replacements)),
        tuple(Swap(*sorted(pair)) for pair in swaps),
        tuple(Move(*span, to, "", " ") for span, to in moves),
    )


@cases("edit")
@given(texts(12), st.data())
def test_edits(text: str, data: st.DataObject) -> None:
    first, second = data.draw(edits(len(text))), data.draw(edits(len(text)))
    with time_limit(SECONDS):
        if first.is_sound(text):
            edited = first.apply(text)
            assert first.inverse(text).apply(edited) == text
            combined = first.combine(second) if second.is_sound(text) else None
            if combined is not None and combined.is_sound(text):
                combined.apply(text)


def tree(text: str) -> Sentence:
    """A tree for any text: every word hangs on the first."""
    text = " ".join(text.split())
    tokens, start = [], 0
    for index, word in enumerate(text.split()):
        start = text.index(word, start)
        upos = ("DET", "NOUN", "VERB", "PUNCT")[index % 4]
        head, rel = (-1, "root") if index == 0 else (0, "nsubj")
        tokens.append(Token(index, word, start, start + len(word), word.lower(), upos, (), head, rel))
        start += len(word)
    return Sentence(text, tuple(tokens), "en", 0, len(text))


@cases("realise")
@given(texts(15), st.data(), st.sampled_from(["en", "ms"]))
def test_realisation(text: str, data: st.DataObject, code: str) -> None:
    sentence = tree(clean(text))
    edit = data.draw(edits(len(sentence.text)))
    if sentence.tokens and edit.is_sound(sentence.text):
        with time_limit(SECONDS):
            said = realise(sentence, edit, load_grammar(code))
            has_stray_capital(sentence, said, load_grammar(code))
        assert isinstance(said, str)


@cases("card")
@given(texts(10), texts(10), texts(10))
def test_cards(dataset: Path, licence: str, unread: str, parser: str) -> None:
    manifest = json.loads((dataset / "manifest.json").read_text(encoding="utf-8"))
    licence, unread, parser = clean(licence), clean(unread), clean(parser)
    plain = render_card(manifest)
    manifest |= {"licences": {licence or "x": 3}, "unread": [unread], "parsers": [parser]}
    card = render_card(manifest)
    head = card.split("---", 2)[1]
    assert head.count("\n") == plain.split("---", 2)[1].count("\n"), "the header keeps its shape"
    assert "<script" not in card
    assert "49" not in card or "7*7" not in licence


@cases("template")
@given(
    st.lists(
        st.sampled_from(
            [
                "{{",
                "}}",
                "{%",
                "%}",
                " a ",
                "b",
                "|",
                "upper",
                "(",
                ")",
                "*",
                "**",
                "9999999",
                "'x'",
                ".",
                "__class__",
                "if",
                "else",
                "for",
                "in",
                "[",
                "]",
                "~",
                "+",
            ]
        ),
        max_size=14,
    )
)
def test_templates(parts: list[str]) -> None:
    try:
        with time_limit(SECONDS):
            assert len(render(" ".join(parts), {"a": "one", "b": 2})) < 10_000
    except NyarisError as error:
        assert str(error)


@cases("shard")
@given(st.lists(texts(60), min_size=1, max_size=3))
def test_shards(written: list[str]) -> None:
    documents = [Document(f"d{number}", clean(text)) for number, text in enumerate(written)]
    result = process_patiently(documents, Settings(frames=0), SECONDS)
    assert [row["id"] for row in result.sources] == [document.id for document in documents], "none is lost"
    assert not [row for row in result.rejects if row["reason"] in {"error", "too-slow"}]
    for row in result.rows:
        assert storable(row["query"] + row["positive"] + row["negative"])


def test_identification_of_nothing() -> None:
    assert document_languages("", []).main

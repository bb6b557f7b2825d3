"""Frames: every bundled one is sound, and a malformed one is refused with a message that helps its author."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from nyaris.errors import NyarisError
from nyaris.grammar import bundled
from nyaris.pairs.contrast import Reject, Triple
from nyaris.pairs.differences import overlap
from nyaris.pairs.frames import Frame, Value, frame_triples, frame_variety, load_frames, render
from nyaris.rules import phenomena

BINDINGS = 12
LEFTOVER = ("{", "}", "  ", " ,", " .", "..")


@cache
def frames() -> tuple[Frame, ...]:
    return tuple(load_frames(bundled("seeds") / "frames"))


def bindings(frame: Frame) -> Iterator[dict[str, Value]]:
    """Every binding in which no two slots have the same value, and what each flip by exchange makes of it."""
    for group in frame.together or ({},):
        for values in product(*frame.slots.values()):
            binding: dict[str, Value] = {**group, **dict(zip(frame.slots, values, strict=True))}
            if len(set(binding.values())) < len(binding):
                continue
            yield binding
            for flip in frame.flips:
                if flip.exchange:
                    left, right = flip.exchange
                    yield {**binding, left: binding[right], right: binding[left]}


def made(frame: Frame) -> list[Triple | Reject]:
    return list(frame_triples(frame, seed=0, count=BINDINGS))


def test_every_binding_renders_in_every_surface() -> None:
    for frame in frames():
        answers = [each for question in frame.questions for each in (question.ask, question.answer)]
        for binding in bindings(frame):
            for text in [render(template, binding) for template in (*frame.surfaces, *answers)]:
                assert text, (frame.id, binding)
                assert not any(leftover in text for leftover in LEFTOVER), (frame.id, text)
                assert text[0].isupper() or not text[0].isalpha(), (frame.id, text)


def test_surfaces_are_different_sentences() -> None:
    for frame in frames():
        assert len(frame.surfaces) >= 4, frame.id
        assert len(frame.flips) >= 2, frame.id
        assert 1 <= len(frame.questions) <= 3, frame.id
        for binding in bindings(frame):
            said = [render(surface, binding) for surface in frame.surfaces]
            assert len(set(said)) == len(said), (frame.id, said)
            assert all(sentence.endswith(".") for sentence in said), (frame.id, said)
            assert all(render(question.ask, binding).endswith("?") for question in frame.questions), frame.id


def test_an_exchange_changes_every_surface_and_no_two_bindings_say_the_same() -> None:
    for frame in frames():
        for surface in frame.surfaces:
            seen: dict[str, dict[str, Value]] = {}
            for binding in bindings(frame):
                said = render(surface, binding)
                assert seen.setdefault(said, binding) == binding, (frame.id, said)


def test_every_triple_has_three_different_texts() -> None:
    for frame in frames():
        for triple in made(frame):
            assert isinstance(triple, Triple), (frame.id, triple)
            assert len({triple.query, triple.positive, triple.negative}) == 3, triple
            assert (triple.answer is not None) == (triple.query_style == "question"), triple
            assert triple.near_miss_answer is None or triple.near_miss_answer != triple.answer, triple
            assert triple.query.endswith("?") == (triple.query_style == "question"), triple


def test_every_flip_yields_both_directions() -> None:
    for frame in frames():
        found = {(triple.rule, triple.direction) for triple in made(frame) if isinstance(triple, Triple)}
        rules = [f"frame.{frame.id}.{flip.id}" for flip in frame.flips]
        assert found == set(product(rules, ("source", "mirror"))), frame.id


def test_positive_and_negative_trade_places_in_the_mirror() -> None:
    for frame in frames():
        triples = [each for each in made(frame) if isinstance(each, Triple)]
        for source, mirror in zip(triples[::2], triples[1::2], strict=True):
            assert (source.direction, mirror.direction) == ("source", "mirror")
            assert (source.positive, source.negative) == (mirror.negative, mirror.positive)
            assert (source.kept, source.turned) == (mirror.turned, mirror.kept)


def test_a_hard_negative_has_the_surface_of_the_query_or_is_nearer_to_the_question() -> None:
    for frame in frames():
        for triple in made(frame):
            assert isinstance(triple, Triple)
            if triple.query_style == "statement":
                near = triple.negative_keeper == triple.query_keeper
            else:
                near = overlap(triple.query, triple.negative) > overlap(triple.query, triple.positive)
            assert near == (triple.hardness == "hard"), triple


def test_a_question_shows_what_the_flip_changed() -> None:
    styles: Counter[str] = Counter()
    for frame in frames():
        triples = [each for each in made(frame) if isinstance(each, Triple)]
        for source, mirror in zip(triples[::2], triples[1::2], strict=True):
            assert source.query != mirror.query
            styles[source.query_style] += 1
    assert styles["question"] > 0.3 * styles["statement"]


def test_an_answer_stands_in_every_surface() -> None:
    for frame in frames():
        binding = next(bindings(frame))
        for question, surface in product(frame.questions, frame.surfaces):
            said = render(surface, binding).lower()
            assert render(question.answer, binding).lower() in said, (frame.id, question.ask, said)


def test_every_language_has_enough_frames_of_every_phenomenon() -> None:
    counts = Counter((frame.language, flip.phenomenon) for frame in frames() for flip in frame.flips[:1])
    totals = Counter(frame.language for frame in frames())
    for language in ("en", "ms"):
        assert totals[language] >= 12
        assert counts[language, "binding"] >= 8
        assert {name for code, name in counts if code == language} == set(phenomena())
    assert totals["en-MY"] >= 6
    ids = Counter((frame.language, frame.id) for frame in frames())
    assert max(ids.values()) == 1
    assert {frame_variety(frame) for frame in frames()} == {"en", "ms"}


def test_the_same_seed_gives_the_same_triples_and_another_seed_others() -> None:
    frame = frames()[0]
    assert made(frame) == made(frame)
    assert made(frame) != list(frame_triples(frame, seed=1, count=BINDINGS))


SOUND = """
domain: test
slots:
  one: [Ada, Ben]
  other: [Cid, Dan]
surfaces:
  - "{{ one }} calls {{ other }}."
  - "{{ other }} is called by {{ one }}."
  - "It is {{ one }} that calls {{ other }}."
  - "A call from {{ one }} reaches {{ other }}."
questions:
  - {ask: "Who calls {{ other }}?", answer: "{{ one }}"}
flips:
  - {id: swap, phenomenon: binding, relation: rebinding, exchange: [one, other]}
  - {id: other, phenomenon: binding, relation: rebinding, change: other}
"""


def load(folder: Path, text: str, language: str = "en") -> list[Frame]:
    (folder / language).mkdir(exist_ok=True)
    (folder / language / "call.yaml").write_text(text, encoding="utf-8")
    return list(load_frames(folder))


def test_a_sound_frame_loads(tmp_path: Path) -> None:
    (frame,) = load(tmp_path, SOUND)
    assert (frame.id, frame.language) == ("call", "en")
    assert all(isinstance(each, Triple) for each in frame_triples(frame, seed=0, count=3))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("exchange: [one, other]", "exchange: [one, third]", "third"),
        ("change: other", "change: third", "third"),
        ("change: other", "change: other, exchange: [one, other]", "flips.1"),
        ("other: [Cid, Dan]", "other: [Cid]", "two values"),
        ("flips:", "flops:", "flips"),
        ("  - {id: swap, phenomenon: binding, relation: rebinding, exchange: [one, other]}\n", "", "flips"),
        ('  - "{{ other }} is called by {{ one }}."\n', "", "surfaces"),
        ("phenomenon: binding", "phenomenon: rhyme", "rhyme"),
        ("relation: rebinding", "relation: synonym", "relation"),
        ("domain: test\n", "", "domain"),
        ("{{ one }} calls {{ other }}.", "{{ one }} calls {{ other }} for {{ nosuch }}.", "nosuch"),
        ("Who calls {{ other }}?", "Who calls {{ nosuch }}?", "questions.0.ask"),
        ('answer: "{{ one }}"', 'answer: "{{ nosuch }}"', "questions.0.answer"),
        ("{{ one }} calls", "{{ one if other == 'Eve' else nosuch }} calls", "nosuch"),
        ("{{ one }} calls {{ other }}.", "{{ one }} calls.", "other is changed by a flip"),
        ("{{ one }} calls", "{{ one calls", "surfaces.0"),
        ("{{ one }} calls", "{% for x in one %} calls", "surfaces.0"),
        ("{{ one }} calls", "{{ one | nofilter }} calls", "nofilter"),
        ("{{ one }} calls", "{{ one / 0 }} calls", "surfaces.0"),
        ("{{ one }} calls", "{{ one }}{{ ().__class__.__mro__ }} calls", "surfaces.0"),
        ("{{ one }} calls", "{{ one }}{{ one.__class__.__base__.__subclasses__() }} calls", "surfaces.0"),
        ("{{ one }} calls", "{{ one }}{{ self.__init__.__globals__ }} calls", "surfaces.0"),
        ("{{ one }} calls", "{{ one }}{{ lipsum.__globals__ }} calls", "surfaces.0"),
        ("{{ one }} calls", "{% include '/etc/hostname' %}{{ one }} calls", "surfaces.0"),
        ("slots:", "slots: [", "YAML"),
    ],
)
def test_a_malformed_frame_is_named(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in SOUND
    with pytest.raises(NyarisError) as caught:
        load(tmp_path, SOUND.replace(old, new))
    assert "call.yaml" in str(caught.value)
    assert expected in str(caught.value)


@pytest.mark.parametrize("text", ["", "- a list\n- of things\n", "just words\n"])
def test_a_frame_that_is_no_mapping_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(NyarisError, match=r"call\.yaml.*mapping"):
        load(tmp_path, text)


def test_a_folder_without_a_grammar_is_named(tmp_path: Path) -> None:
    with pytest.raises(NyarisError, match=r"call\.yaml.*'xx' has no grammar"):
        load(tmp_path, SOUND, language="xx")

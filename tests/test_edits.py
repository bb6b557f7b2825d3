"""Edits on one sentence: examples, and properties that hold for every sound edit."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from nyaris.edits import Edit, Move, Replacement, Swap, replacing, swapping
from nyaris.trees.sentence import Span

TEXT = "The tenant shall pay the landlord within 14 days."


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


SWAP = swapping(at("The tenant"), at("the landlord"))
VOICE = swapping(at("The tenant"), at("the landlord"), (at("pay"), "be paid by"))
FRONT = Edit(moves=(Move(at("within").start - 1, at("days").end, 0, "", ", "),))
AFTER = replacing((at("within"), "after"))


def test_replacement_swap_and_move() -> None:
    assert AFTER.apply(TEXT) == "The tenant shall pay the landlord after 14 days."
    assert SWAP.apply(TEXT) == "the landlord shall pay The tenant within 14 days."
    assert FRONT.apply(TEXT) == "within 14 days, The tenant shall pay the landlord."


def test_a_change_inside_a_moved_phrase_travels_with_it() -> None:
    both = FRONT.combine(AFTER)
    assert both is not None
    assert both.apply(TEXT) == "after 14 days, The tenant shall pay the landlord."


def test_a_swap_made_twice_cancels_out() -> None:
    both = SWAP.combine(VOICE)
    assert both is not None
    assert both.apply(TEXT) == "The tenant shall be paid by the landlord within 14 days."


def test_a_swap_reaches_into_a_phrase_that_moves() -> None:
    text = "The seller shall deliver the goods to the buyer."
    spans = {words: Span(text.index(words), text.index(words) + len(words)) for words in ("The seller", "the goods")}
    seller, buyer = (Span(text.index(word), text.index(word) + len(word)) for word in ("seller", "buyer"))
    verb = Span(text.index("deliver"), text.index("deliver") + len("deliver"))
    voice = swapping(spans["The seller"], spans["the goods"], (verb, "be delivered by"))
    both = voice.combine(swapping(seller, buyer))
    assert both is not None
    assert both.apply(text) == "the goods shall be delivered by The buyer to the seller."
    assert both.inverse(text).apply(both.apply(text)) == text


def test_what_overlaps_or_touches_cannot_be_combined() -> None:
    assert AFTER.combine(replacing((at("within 14"), "by"))) is None
    assert AFTER.combine(replacing((Span(at("within").end, at("within").end), "x"))) is None
    assert SWAP.combine(swapping(at("The tenant"), at("14 days"))) is None


def test_an_edit_outside_the_text_is_not_sound() -> None:
    assert not replacing((Span(40, 400), "x")).is_sound(TEXT)


texts = st.text(alphabet="abc d", min_size=1, max_size=40)


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, Edit]:
    text = draw(texts)
    cuts = sorted(
        draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=10, unique=True)) if len(text) > 9 else []
    )
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    replacements, swaps, moves = [], [], []
    while spans:
        kind = draw(st.sampled_from(["replace", "swap", "move"]))
        span = spans.pop(0)
        if kind == "swap" and spans:
            swaps.append(Swap(span, spans.pop()))
        elif kind == "move":
            moves.append(Move(span.start, span.end, draw(st.integers(0, len(text))), "<", ">"))
        else:
            replacements.append(Replacement(span.start, span.end, draw(st.text(alphabet="xyz", max_size=3))))
    return text, Edit(tuple(sorted(replacements)), tuple(sorted(swaps)), tuple(sorted(moves)))


@given(edits())
def test_every_sound_edit_can_be_undone(case: tuple[str, Edit]) -> None:
    text, edit = case
    assume(edit.is_sound(text))
    assert edit.inverse(text).apply(edit.apply(text)) == text


@given(edits())
def test_swaps_lose_nothing(case: tuple[str, Edit]) -> None:
    text, edit = case
    only = Edit(swaps=edit.swaps)
    assume(only.is_sound(text))
    assert sorted(only.apply(text)) == sorted(text)
    assert only.combine(only) == Edit()


@given(edits(), st.data())
def test_combining_does_not_depend_on_the_order(case: tuple[str, Edit], data: st.DataObject) -> None:
    text, edit = case
    cut = data.draw(st.integers(0, len(edit.replacements)))
    left = Edit(edit.replacements[:cut], edit.swaps)
    right = Edit(edit.replacements[cut:], (), edit.moves)
    assert left.combine(right) == right.combine(left)
    both = left.combine(right)
    if both is not None and left.is_sound(text) and right.is_sound(text):
        assert both.is_sound(text)


def test_words_put_before_an_exchanged_word_go_together_with_it() -> None:
    negated = replacing((Span(at("pay").start, at("pay").start), "not "))
    for combined in (negated.combine(VOICE), VOICE.combine(negated)):
        assert combined is not None
        assert combined.apply(TEXT) == "the landlord shall not be paid by The tenant within 14 days."
        assert combined.inverse(TEXT).apply(combined.apply(TEXT)) == TEXT


def test_what_is_put_at_the_edge_of_a_phrase_stays_where_it_is() -> None:
    source = "the buyer pays the seller"
    swap = swapping(Span(0, 9), Span(15, 25))
    cleft = replacing((Span(0, 0), "it is "), (Span(9, 9), " that"))
    both = swap.combine(cleft)
    assert both is not None and both.apply(source) == "it is the seller that pays the buyer"
    capital = both.combine(replacing((Span(0, 1), "T")))
    assert capital is not None and capital.apply(source) == "it is the seller that pays The buyer"


def test_what_is_put_behind_a_word_goes_with_what_takes_its_place() -> None:
    both = replacing((Span(3, 3), " not")).combine(replacing((Span(0, 3), "must")))
    assert both is not None and both.apply("may go") == "must not go"
    assert replacing((Span(3, 3), " not")).combine(replacing((Span(0, 3), "is to"))) is None

"""The edit: replacements, swaps and moves of character spans on one source sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from nyaris.trees.sentence import Span


class Replacement(NamedTuple):
    """The span gives way to `text`; an empty span inserts."""

    start: int
    end: int
    text: str

    @property
    def spans(self) -> tuple[Span, ...]:
        """The one span it touches."""
        return (Span(self.start, self.end),)


class Swap(NamedTuple):
    """Two spans change places, each with whatever happens inside it."""

    first: Span
    second: Span

    @property
    def spans(self) -> tuple[Span, ...]:
        """Both spans."""
        return (self.first, self.second)


class Move(NamedTuple):
    """The span, stripped of blanks, goes to another place between `prefix` and `suffix`."""

    start: int
    end: int
    to: int
    prefix: str = ""
    suffix: str = ""

    @property
    def spans(self) -> tuple[Span, ...]:
        """The span that leaves; the place it goes to is a point."""
        return (Span(self.start, self.end),)


Denied = Literal["anywhere", "verb", "nowhere"]
Operation = Replacement | Swap | Move


class Region(NamedTuple):
    """What an edit made of one stretch of the source: output offsets, and the source text that stood there."""

    start: int
    end: int
    before: str


@dataclass(frozen=True)
class Edit:
    """What a rule proposes for a sentence.

    Operations lie apart or one inside a span that moves; they never overlap, and replacements never touch, so that an
    edit can be undone.
    `relation` names how the result stands to the source where it is not the rule's usual one. `asked` is the span
    that a question asks for; `denied` says where a flip may put a denial into the question: anywhere, at
    its verb alone (not "when may no tenant"), or nowhere, where it takes for granted that something happened.
    """

    replacements: tuple[Replacement, ...] = ()
    swaps: tuple[Swap, ...] = ()
    moves: tuple[Move, ...] = ()
    relation: str | None = None
    asked: Span | None = None
    denied: Denied = "anywhere"

    @property
    def operations(self) -> tuple[Operation, ...]:
        """All operations; those that carry text along come first."""
        return (*self.swaps, *self.moves, *self.replacements)

    def apply(self, source: str) -> str:
        """The edited text."""
        if not self.swaps and not self.moves:
            return _replaced(source, self.replacements)
        return self._render(source)[0]

    def inverse(self, source: str) -> Edit:
        """The edit that turns the edited text back into the source."""
        _, regions = self._render(source)
        return Edit(tuple(Replacement(region.start, region.end, region.before) for region in regions))

    def combine(self, other: Edit) -> Edit | None:
        """Both edits at once, or None where they collide. A swap that both make cancels out (parity)."""
        left, right = self, other
        if both := {*self.swaps} & {*other.swaps}:
            left = replace(self, swaps=tuple(swap for swap in self.swaps if swap not in both))
            right = replace(other, swaps=tuple(swap for swap in other.swaps if swap not in both))
        carriers = [span for each in (left, right) for carrier in (each.swaps, each.moves) for span in _spans(carrier)]
        left, right = _joined(left, right, carriers)
        if any(_collide(a, b) and not _parted(a, b, carriers) for a in left.operations for b in right.operations):
            return None
        return Edit(
            tuple(sorted(left.replacements + right.replacements)),
            tuple(sorted(left.swaps + right.swaps)),
            tuple(sorted(left.moves + right.moves)),
            self.relation or other.relation,
            self.asked or other.asked,
            self.denied if self.asked else other.denied,
        )

    def is_sound(self, source: str) -> bool:
        """Whether every span lies in the source and no two operations collide."""
        operations = self.operations
        spans = [span for operation in operations for span in operation.spans]
        inside = all(0 <= span.start <= span.end <= len(source) for span in spans)
        inside = inside and all(0 <= move.to <= len(source) for move in self.moves)
        pairs = ((a, b) for i, a in enumerate(operations) for b in operations[i + 1 :])
        return inside and not any(_collide(a, b) for a, b in pairs)

    def _render(self, source: str) -> tuple[str, list[Region]]:
        regions: list[Region] = []
        text = ""
        position = 0
        for span, produced in self._slots(source, Span(0, len(source)), frozenset()):
            text += source[position : span.start]
            regions.append(Region(len(text), len(text) + len(produced), source[span.start : span.end]))
            text += produced
            position = span.end
        return text + source[position:], regions

    def _inner(self, source: str, span: Span, done: frozenset[Operation]) -> str:
        text, position = "", span.start
        for slot, produced in self._slots(source, span, done):
            text += source[position : slot.start] + produced
            position = slot.end
        return text + source[position : span.end]

    def _slots(self, source: str, within: Span, done: frozenset[Operation]) -> Iterator[tuple[Span, str]]:
        """The outermost changed spans of a stretch, left to right, each with the text that takes its place."""
        slots: list[tuple[Span, int, str | Operation]] = []
        for rank, operation in enumerate(op for op in self.operations if op not in done):
            inside = [span for span in operation.spans if within.start <= span.start and span.end <= within.end]
            if isinstance(operation, Replacement) and (within.start or within.end < len(source)):
                # what is put at the edge of a phrase that goes elsewhere stays where it is
                inside = [span for span in inside if span.start < span.end or within.start < span.start < within.end]
            if isinstance(operation, Swap):
                # one of its spans may lie in a phrase that moves and the other outside: each is filled where it is
                slots.extend((span, rank, operation) for span in inside)
            elif not inside:
                continue
            elif isinstance(operation, Move):
                slots.append((Span(operation.to, operation.to), rank, operation))
                slots.append((Span(operation.start, operation.end), rank, ""))
            else:
                slots.append((Span(operation.start, operation.end), rank, operation.text))
        # an empty span (where a move arrives) stands before a span that starts at the same place
        slots.sort(key=lambda slot: (slot[0].start, slot[0].start != slot[0].end, -slot[0].end, slot[1]))
        position = within.start
        for span, _, content in slots:
            if span.start < position or (span.end <= position and span.start != span.end):
                continue
            if isinstance(content, Swap):
                other = content.second if span == content.first else content.first
                yield span, self._inner(source, other, done | {content})
            elif isinstance(content, Move):
                moved = self._inner(source, Span(content.start, content.end), done | {content}).strip()
                yield span, content.prefix + moved + content.suffix
            elif isinstance(content, str):
                yield span, content
            position = max(position, span.end)


def replacing(*parts: tuple[Span, str], relation: str | None = None) -> Edit:
    """An edit of replacements only."""
    return Edit(tuple(sorted(Replacement(span.start, span.end, text) for span, text in parts)), relation=relation)


def swapping(first: Span, second: Span, *parts: tuple[Span, str], relation: str | None = None) -> Edit:
    """An edit that exchanges two spans, with replacements elsewhere or inside them."""
    swap = Swap(first, second) if first < second else Swap(second, first)
    return replace(replacing(*parts, relation=relation), swaps=(swap,))


def _joined(left: Edit, right: Edit, carriers: list[Span]) -> tuple[Edit, Edit]:
    """What one edit puts right before or behind a word which the other exchanges goes with what takes its place."""
    for mine, other in ((left, right), (right, left)):
        for put in mine.replacements:
            if put.start != put.end or any(put.start in span for span in carriers):
                continue
            before, behind = put.text.endswith(" "), put.text.startswith(" ")
            begun = [
                each
                for each in other.replacements
                if (before and each.start == put.start) or (behind and each.end == put.start and " " not in each.text)
            ]
            if len(begun) != 1 or begun[0].end == begun[0].start or begun[0].text[:1] in {"", " "}:
                continue
            first = begun[0].start == put.start
            both = begun[0]._replace(text=put.text + begun[0].text if first else begun[0].text + put.text)
            without = replace(mine, replacements=tuple(each for each in mine.replacements if each != put))
            others = tuple(sorted((*(each for each in other.replacements if each != begun[0]), both)))
            merged = replace(other, replacements=others)
            return (without, merged) if mine is left else (merged, without)
    return left, right


def _spans(operations: Iterable[Swap | Move]) -> Iterator[Span]:
    for operation in operations:
        yield from operation.spans


def _parted(a: Operation, b: Operation, carriers: list[Span]) -> bool:
    """Whether one is put at the edge of a phrase that goes elsewhere and the other changes a word inside it."""
    if not isinstance(a, Replacement) or not isinstance(b, Replacement):
        return False
    for put, word in ((a, b), (b, a)):
        if put.start == put.end and word.start < word.end:
            if any(s.start == put.start == word.start and word.end <= s.end for s in carriers):
                return True
            if any(s.end == put.start == word.end and s.start <= word.start for s in carriers):
                return True
    return False


def _replaced(source: str, replacements: tuple[Replacement, ...]) -> str:
    """What `Edit._render` makes of replacements alone: an empty span stands before one that starts at its place."""
    parts: list[str] = []
    position = 0
    for start, end, text in sorted(replacements, key=lambda each: (each.start, each.start != each.end, -each.end)):
        if start < position or (end <= position and start != end):
            continue
        parts += (source[position:start], text)
        position = end
    return "".join((*parts, source[position:]))


def _collide(a: Operation, b: Operation) -> bool:
    if isinstance(a, Replacement) and isinstance(b, Replacement):
        return a.end + 1 > b.start and b.end + 1 > a.start
    if isinstance(a, Replacement) and not isinstance(b, Replacement):
        return _collide(b, a)
    for mine in a.spans:
        for other in b.spans:
            apart = mine.end <= other.start or other.end <= mine.start
            carries = not isinstance(a, Replacement) and mine.start <= other.start and other.end <= mine.end
            carried = not isinstance(b, Replacement) and other.start <= mine.start and mine.end <= other.end
            if not (apart or ((carries or carried) and mine != other) or (carries and isinstance(b, Replacement))):
                return True
    return _blocks(a, b) or _blocks(b, a)


def _blocks(move: Operation, other: Operation) -> bool:
    """Whether a move arrives where the other operation stands."""
    if not isinstance(move, Move):
        return False
    if isinstance(other, Move) and other.to == move.to:
        return True
    if not isinstance(other, Replacement) and any(
        (span.start <= move.start and move.end <= span.end) != (span.start <= move.to <= span.end)
        for span in other.spans
        if span.start <= move.start and move.end <= span.end
    ):
        return True  # it would leave a phrase that is itself carried elsewhere
    inserts = isinstance(other, Replacement) and other.start == other.end == move.to
    return inserts or any(span.start < move.to < span.end for span in other.spans)

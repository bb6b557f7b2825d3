"""A tree under conversion: heads, labels and relations that may still change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nyaris.trees.sentence import Sentence, Token


class Draft:
    """The tokens of a sentence with movable heads.

    `label` is what the foreign scheme calls the attachment, `rel` the Universal Dependencies relation once it is
    settled. `clausal` holds the dependents that came from a copula: they modify its clause, not the predicate noun.
    """

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.head = [token.head for token in sentence.tokens]
        self.label = [token.rel for token in sentence.tokens]
        self.rel: list[str | None] = [None] * len(sentence.tokens)
        self.clausal: set[int] = set()

    def children(self, index: int, *labels: str) -> list[int]:
        """Dependents in text order, those with one of the labels if any are named and not settled yet."""
        found = [each for each, head in enumerate(self.head) if head == index]
        return [each for each in found if self.rel[each] is None and self.label[each] in labels] if labels else found

    def bottom_up(self) -> Iterator[int]:
        """Every token after all that were below it when the walk began; a token in a cycle comes first."""
        depth = []
        for index in range(len(self.head)):
            steps, at = 0, index
            while self.head[at] >= 0 and steps <= len(self.head):
                steps, at = steps + 1, self.head[at]
            depth.append(steps)
        yield from sorted(range(len(self.head)), key=lambda index: (-depth[index], index))

    def promote(self, index: int, over: int, rel: str) -> None:
        """Put a dependent in the place of its head, which then hangs on it as `rel`."""
        self.head[index], self.label[index], self.rel[index] = self.head[over], self.label[over], self.rel[over]
        self.head[over], self.rel[over] = index, rel
        if over in self.clausal:
            self.clausal.add(index)

    def settle(self, index: int, rel: str, head: int | None = None) -> None:
        """Give a token its final relation, and a new head if one is named."""
        self.rel[index] = rel
        if head is not None:
            self.head[index] = head

    def adopt(self, over: int, index: int, keep: Sequence[int] = (), clausal: bool = False) -> None:
        """Hang every other dependent of `over` on `index`."""
        for child in self.children(over):
            if child not in {index, *keep}:
                self.head[child] = index
                if clausal:
                    self.clausal.add(child)

    def finished(self, tokens: tuple[Token, ...]) -> Sentence:
        """The sentence with the new heads and relations on `tokens`, its tokens with other tags and features."""
        built = tuple(
            replace(token, head=head, rel=rel or "dep")
            for token, head, rel in zip(tokens, self.head, self.rel, strict=True)
        )
        return replace(self.sentence, tokens=built)

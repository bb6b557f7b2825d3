"""Stanza pipelines as parsers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from nyaris.errors import NyarisError
from nyaris.trees.sentence import Sentence, Token
from nyaris.trees.ud import parse_feats


class StanzaParser:
    """A loaded Stanza pipeline. `name` is "stanza:<lang>[:package]"."""

    def __init__(self, pipeline: Any, name: str) -> None:
        self.name = name
        self._pipeline = pipeline

    def parse(self, texts: Iterable[str], language: str, batch_size: int = 128) -> Iterator[Sentence]:
        """One tree per text, in order; a text that Stanza splits keeps several roots."""
        from itertools import islice

        stream = iter(texts)
        while batch := list(islice(stream, batch_size)):
            for document in self._pipeline.bulk_process(batch):
                yield sentence_from_stanza(document, language)


def load_stanza(spec: str) -> StanzaParser:
    """Load "<lang>" or "<lang>:<package>" from Stanza's resources; raises NyarisError when it is not to be had."""
    try:
        import stanza
    except ImportError as error:
        raise NyarisError("--parser stanza:... needs Stanza: pip install 'nyaris[stanza]'") from error
    language, _, package = spec.partition(":")
    options = {"package": package} if package else {}
    try:
        pipeline = stanza.Pipeline(
            language, processors="tokenize,mwt,pos,lemma,depparse", verbose=False, download_method=None, **options
        )
    except Exception as error:
        raise NyarisError(
            f"Stanza has no models for '{spec}' here ({error}): "
            f"run python -c \"import stanza; stanza.download('{language}')\""
        ) from error
    return StanzaParser(pipeline, f"stanza:{spec}")


def sentence_from_stanza(document: Any, language: str) -> Sentence:
    """A Stanza document of one text as a Sentence.

    A multiword token stays one token: it takes the syntax of its first word that hangs outside of it.
    """
    tokens: list[Token] = []
    for part in document.sentences:
        groups = [token.words for token in part.tokens]
        position = {word.id: len(tokens) + index for index, words in enumerate(groups) for word in words}
        for surface, words in zip(part.tokens, groups, strict=True):
            own = {word.id for word in words}
            outer = next(word for word in words if word.head not in own)
            tokens.append(
                Token(
                    index=len(tokens),
                    text=surface.text,
                    start=surface.start_char,
                    end=surface.end_char,
                    lemma=outer.lemma or surface.text.lower(),
                    upos=outer.upos or "X",
                    feats=parse_feats(outer.feats or "_"),
                    head=-1 if outer.head == 0 else position[outer.head],
                    rel=outer.deprel,
                )
            )
    return Sentence(document.text, tuple(tokens), language, 0, len(document.text))

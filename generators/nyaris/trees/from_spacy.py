"""spaCy pipelines as parsers: with Universal Dependencies labels, or with ClearNLP ones, which are converted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from pathlib import Path
from typing import Any

from nyaris.errors import NyarisError
from nyaris.grammar import Grammar
from nyaris.trees.schemes import conversion, foreign_labels, scheme_of
from nyaris.trees.sentence import Sentence, Token
from nyaris.trees.ud import parse_feats, plain_relation

_ONE_SENTENCE = "one_sentence"

_WINDOW = 1024
"""So many texts are in memory at a time."""
_MOST_WORDS = 50_000
"""So many words stay in the vocabulary of a pipeline; those of the first texts are the common ones."""
_UNNEEDED = (
    *("ner", "senter", "textcat", "textcat_multilabel", "spancat", "spancat_singlelabel"),
    *("span_finder", "span_ruler", "entity_ruler", "entity_linker", "merge_entities", "coref"),
)
"""Components of ready-made pipelines that no rule looks at."""


class SpacyParser:
    """A loaded spaCy pipeline. `name` is the package or "bundled", with the version."""

    def __init__(self, nlp: Any, name: str, convert: Callable[[Sentence], Sentence]) -> None:
        self.name = name
        self._nlp = nlp
        self._convert = convert

    def parse(self, texts: Iterable[str], language: str, batch_size: int = 128) -> Iterator[Sentence]:
        """One tree per text, in order. Within a window of texts those of like length are parsed together."""
        stream = iter(texts)
        while window := list(islice(stream, _WINDOW)):
            order = sorted(range(len(window)), key=lambda number: (len(window[number]), number))
            with self._forgetting():
                documents = self._nlp.pipe((window[number] for number in order), batch_size=batch_size)
                trees = {
                    number: self._convert(sentence_from_doc(each, language))
                    for number, each in zip(order, documents, strict=True)
                }
            yield from (trees[number] for number in range(len(window)))

    def _forgetting(self) -> AbstractContextManager[Any]:
        """A block after which new words are forgotten, once enough are known: the vocabulary must not grow for ever."""
        full = len(self._nlp.vocab) > _MOST_WORDS
        return self._nlp.memory_zone() if full else nullcontext()


def load_spacy(name: str, grammar: Grammar, bundled: Path | None = None) -> SpacyParser:
    """Load a pipeline by package name or path; raises NyarisError when it is missing or its scheme is unknown."""
    import spacy

    try:
        nlp = spacy.load(bundled or name, exclude=_UNNEEDED)
    except (OSError, ValueError, ImportError) as error:
        raise NyarisError(_why_not_loaded(str(bundled or name), error)) from error
    if "parser" not in nlp.pipe_names:
        raise NyarisError(f"spaCy pipeline '{name}' has no parser: choose one with a dependency parser")
    parser: Any = nlp.get_pipe("parser")
    labels = parser.labels
    scheme = scheme_of(labels, grammar)
    if scheme is None:
        found = ", ".join(foreign_labels(labels)[:5]) or "no obl or no case"
        raise NyarisError(
            f"spaCy pipeline '{name}' labels neither Universal Dependencies nor a scheme that Nyaris converts for "
            f"{grammar.language.name} (it has {found} ...): choose a UD pipeline, stanza:<lang>, or leave --parser out "
            "to use the bundled one; `nyaris parsers` lists what there is"
        )
    if _ONE_SENTENCE not in nlp.pipe_names:
        # each text is one sentence already; no character ends another
        nlp.add_pipe("sentencizer", _ONE_SENTENCE, before="parser", config={"punct_chars": ["\uffff"]})
    _use_numpy(nlp)
    return SpacyParser(nlp, f"{name}@{nlp.meta.get('version', '0')}", conversion(scheme, grammar))


def _why_not_loaded(name: str, error: Exception) -> str:
    if isinstance(error, OSError) and "E050" in str(error):
        return f"spaCy pipeline '{name}' not found: give an installed package's name, or a folder"
    first = str(error).partition("\n")[0]
    return f"spaCy pipeline '{name}' cannot be loaded: {first}"


def _use_numpy(nlp: Any) -> None:
    """Multiply matrices with NumPy, on one thread: on CPUs of today it is two to three times as fast as BLIS."""
    from thinc.api import NumpyOps
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        for node in component.model.walk() if hasattr(component, "model") else ():
            if isinstance(node.ops, NumpyOps):
                node.ops = ops


def sentence_from_doc(document: Any, language: str) -> Sentence:
    """A parsed Doc as a Sentence. Whatever the parser took for several sentences keeps several roots."""
    words = [token for token in document if not token.is_space]
    index = {token.i: position for position, token in enumerate(words)}
    tokens = tuple(
        Token(
            index=position,
            text=token.text,
            start=token.idx,
            end=token.idx + len(token.text),
            lemma=token.lemma_ or token.lower_,
            upos=token.pos_,
            feats=parse_feats(str(token.morph)),
            head=-1 if token.head is token or token.head.i == token.i else index.get(token.head.i, -1),
            rel=plain_relation(token.dep_),
        )
        for position, token in enumerate(words)
    )
    return Sentence(document.text, tokens, language, 0, len(document.text))

"""Stanza pipelines as parsers. Nothing is ever downloaded: the models are the user's, in Stanza's own layout."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from nyaris.errors import NyarisError
from nyaris.grammar import Facts, Grammar
from nyaris.trees.sentence import Sentence, Token
from nyaris.trees.ud import parse_feats, plain_relation

PREFIX = "stanza:"
_PROCESSORS = "tokenize,pos,lemma,depparse"  # a word splitter (mwt) is added by Stanza where the language has one
_REGISTER = "resources.json"


class TokenFacts(Facts):
    """What the rules of a language take for a token."""

    topic: ClassVar[str] = "tokens"

    parts_stand_alone: bool
    """Whether the parts of a multiword token ("do" and "n't") are tokens, or the whole of it is one."""


class StanzaParser:
    """A loaded Stanza pipeline. `name` is "stanza:<lang>[:package]", with Stanza's version."""

    def __init__(self, pipeline: Any, name: str, splits: bool) -> None:
        self.name = name
        self._pipeline = pipeline
        self._splits = splits

    def parse(self, texts: Iterable[str], language: str, batch_size: int = 128) -> Iterator[Sentence]:
        """One tree per text, in order; each batch goes through the network, or the GPU, as one."""
        from itertools import islice

        stream = iter(texts)
        while batch := list(islice(stream, batch_size)):
            for document in self._pipeline.bulk_process(batch):
                yield sentence_from_stanza(document, language, self._splits)


class StanzaModels(NamedTuple):
    """A language of a model folder, and its packages whose parser is there; the default one comes first."""

    language: str
    packages: tuple[str, ...]


def load_stanza(spec: str, grammar: Grammar, folder: str = "") -> StanzaParser:
    """Load "<lang>" or "<lang>:<package>" from a model folder, by default Stanza's own.

    Runs on a GPU where there is one. Raises NyarisError when Stanza, the folder, language or package is missing.
    """
    language, _, package = spec.removeprefix(PREFIX).partition(":")
    try:
        import stanza
    except ImportError as error:
        raise NyarisError(f"--parser {PREFIX}... needs Stanza: pip install 'nyaris[stanza]'") from error
    where = Path(folder) if folder else default_folder()
    _require_models(language, package, where, shown=bool(folder))
    try:
        pipeline = stanza.Pipeline(
            language,
            dir=str(where),
            package=package or "default",
            processors=_PROCESSORS if not package else dict.fromkeys(_PROCESSORS.split(","), package),
            tokenize_no_ssplit=True,  # each text is one sentence already
            verbose=False,
            download_method=None,
        )
    except Exception as error:  # a model file can fail in as many ways as there are readers of it
        first = str(error).strip().partition("\n")[0]
        raise NyarisError(
            f"Stanza cannot load '{spec}' from {where} ({first}): get the models with "
            f"{_download(language, package, where, bool(folder))}"
        ) from error
    name = f"{PREFIX}{spec.removeprefix(PREFIX)}@{stanza.__version__}"
    return StanzaParser(pipeline, name, grammar.facts(TokenFacts).parts_stand_alone)


def default_folder() -> Path:
    """Where Stanza keeps its models unless told otherwise."""
    from stanza.resources.common import DEFAULT_MODEL_DIR

    return Path(DEFAULT_MODEL_DIR)


def models_in(folder: Path) -> list[StanzaModels]:
    """The languages of a model folder that have a parser in it."""
    found = []
    register = {name: entry for name, entry in _register(folder).items() if isinstance(entry, dict)}
    for language, entry in sorted(register.items()):
        own = entry.get("alias", language)
        packages = register.get(own, {}).get("packages", {})
        there = [name for name, models in packages.items() if _parser_file(folder, own, models).is_file()]
        if there:
            found.append(StanzaModels(language, tuple(sorted(there, key=lambda name: (name != "default", name)))))
    return found


def _register(folder: Path) -> dict[str, Any]:
    path = folder / _REGISTER
    try:
        content = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (OSError, ValueError) as error:
        raise NyarisError(f"{path} cannot be read ({error}): it is what stanza.download writes") from error
    return content if isinstance(content, dict) else {}


def _parser_file(folder: Path, language: str, models: dict[str, str]) -> Path:
    return folder / language / "depparse" / f"{models.get('depparse')}.pt"


def _require_models(language: str, package: str, folder: Path, shown: bool) -> None:
    if not (folder / _REGISTER).is_file():
        raise NyarisError(
            f"no Stanza models in {folder} (it has no {_REGISTER}): get them with "
            f"{_download(language, package, folder, shown)}, or name their folder with --stanza-dir"
        )
    found = {models.language: models.packages for models in models_in(folder)}
    remedy = f"get it with {_download(language, package, folder, shown)}"
    if language not in found:
        known = ", ".join(found) or "none"
        raise NyarisError(f"no Stanza parser for '{language}' in {folder} (languages there: {known}): {remedy}")
    if package and package not in found[language]:
        known = ", ".join(found[language])
        raise NyarisError(f"no Stanza package '{package}' for '{language}' in {folder} (there: {known}): {remedy}")


def _download(language: str, package: str, folder: Path, shown: bool) -> str:
    options = f", package='{package}'" * bool(package) + f", model_dir='{folder}'" * shown
    return f"stanza.download('{language}'{options}) in Python"


def sentence_from_stanza(document: Any, language: str, splits: bool) -> Sentence:
    """A Stanza document of one text as a Sentence; offsets are true to the text.

    The parts of a multiword token become tokens where `splits` says so and their letters are the token's; otherwise it
    stays one token, with the syntax of the part that governs words outside of it, else of the first that hangs outside.
    """
    pieces: list[tuple[Any, int, int, Sequence[Any]]] = []
    position: dict[tuple[int, int], int] = {}
    for number, part in enumerate(document.sentences):
        governors = {word.head for word in part.words if word.head}
        for surface in part.tokens:
            apart = splits and "".join(word.text for word in surface.words).lower() == surface.text.lower()
            groups = [[word] for word in surface.words] if apart else [list(surface.words)]
            start = surface.start_char
            for group in groups:
                end = start + len(group[0].text) if apart else surface.end_char
                for word in group:
                    position[number, word.id] = len(pieces)
                pieces.append((_governor(group, governors), start, end, (number, group)))
                start = end
    tokens = tuple(
        Token(
            index=index,
            text=document.text[start:end],
            start=start,
            end=end,
            lemma=word.lemma or document.text[start:end].lower(),
            upos=word.upos or "X",
            feats=_feats(word, group),
            head=position.get((number, word.head), -1),
            rel=plain_relation(word.deprel),
        )
        for index, (word, start, end, (number, group)) in enumerate(pieces)
    )
    return Sentence(document.text, tokens, language, 0, len(document.text))


def _governor(group: Sequence[Any], governors: set[int]) -> Any:
    """The word that stands for a multiword token."""
    own = {word.id for word in group}
    outer = [word for word in group if word.head not in own]
    return next((word for word in outer if word.head == 0 or word.id in governors), outer[0])


def _feats(word: Any, group: Sequence[Any]) -> tuple[tuple[str, str], ...]:
    """The features of a token; a part that denies makes the whole deny."""
    feats = dict(parse_feats(word.feats or "_"))
    for other in group:
        if other.id != word.id and "Polarity=Neg" in (other.feats or ""):
            feats["Polarity"] = "Neg"
    return tuple(sorted(feats.items()))

"""The facts of one language: checked YAML, one file per topic, with `extends:` for varieties.

This is the only module that knows how languages are named. A grammar is a folder `grammars/<code>/`; a topic is a
file in it whose schema is a `Facts` model beside the code that uses it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from nyaris.errors import NyarisError, UsageError
from nyaris.yaml_files import explained, read_mapping

LANGUAGE = "language.yaml"


class Facts(BaseModel):
    """Base of every topic's schema: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    topic: ClassVar[str]

    def __hash__(self) -> int:
        # facts are loaded once and are keys of caches: hashing every word of them at each look-up would take longer
        return id(self)


F = TypeVar("F", bound=Facts)


class LanguageFacts(Facts):
    """What a language is called, and what it builds on."""

    topic: ClassVar[str] = "language"

    name: str
    extends: str | None = None
    iso: str
    """ISO 639-1 code, which is also the `language` column."""
    bcp47: str
    """The code for `language_details` of a dataset card."""
    mteb: str
    """ISO 639-3 code and script, as evaluation suites name it."""


class Grammar:
    """One language's facts, loaded topic by topic."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._folders = [folder for folder in _folders(code) if folder.is_dir()]
        if not any((folder / LANGUAGE).is_file() for folder in self._folders):
            known = ", ".join(grammar_codes())
            raise NyarisError(f"no grammar for '{code}': known are {known}")
        parent = self._own("language").get("extends")
        if parent == code or (parent and parent not in grammar_codes()):
            raise NyarisError(
                f"{self._folders[-1] / LANGUAGE}: extends: no other grammar '{parent}': known are "
                + ", ".join(grammar_codes())
            )
        self.parent: Grammar | None = load_grammar(str(parent)) if parent else None
        self._facts: dict[type[Facts], Facts] = {}

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return load_grammar, (self.code,)

    @property
    def language(self) -> LanguageFacts:
        """The topic every grammar must have."""
        return self.facts(LanguageFacts)

    @property
    def base(self) -> Grammar:
        """The grammar at the end of `extends`: the one that has a parser."""
        return self.parent.base if self.parent else self

    @property
    def pipeline(self) -> Path:
        """The folder of the bundled spaCy pipeline."""
        return Path(str(self.base._folders[0] / "pipeline"))

    def facts(self, model: type[F]) -> F:
        """The facts of one topic, checked. Raises NyarisError naming file, key and expectation."""
        if model not in self._facts:
            try:
                self._facts[model] = model.model_validate(self.topic(model.topic))
            except ValidationError as error:
                places = [folder / f"{model.topic}.yaml" for folder in self._folders]
                existing = [number for number, place in enumerate(places) if place.is_file()]
                last = existing[-1] if existing else -1
                inherited = self.parent.topic(model.topic) if self.parent else {}
                below = _merge(inherited, self._own(model.topic, self._folders[: max(last, 0)]))
                raise NyarisError(explained(error, places[last], below)) from error
        found = self._facts[model]
        assert isinstance(found, model)
        return found

    def topic(self, topic: str) -> dict[str, Any]:
        """The unchecked content of a topic, with what it inherits."""
        return _merge(self.parent.topic(topic) if self.parent else {}, self._own(topic))

    def _own(self, topic: str, folders: Sequence[Traversable] | None = None) -> dict[str, Any]:
        """What the folders of this language say, the bundled one first, one of a user on top."""
        merged: dict[str, Any] = {}
        for folder in self._folders if folders is None else folders:
            path = folder / f"{topic}.yaml"
            if path.is_file():
                merged = _merge(merged, read_mapping(path, trusted=folder == grammar_root() / self.code))
        return merged


@cache
def load_grammar(code: str) -> Grammar:
    """The grammar of a code such as "en" or "en-MY"."""
    return Grammar(code)


def bundled(name: str) -> Traversable:
    """A folder that comes with the package ("grammars", "seeds"): inside an installed wheel, else in the checkout."""
    packed = files("nyaris") / f"_{name}"
    if packed.is_dir():
        return packed
    checkout = Path(__file__).resolve().parents[2] / name
    if checkout.is_dir():
        return checkout
    raise FileNotFoundError(f"the {name} are missing: reinstall nyaris, or run it from a complete checkout")


@cache
def grammar_root() -> Traversable:
    """Where grammars live."""
    return bundled("grammars")


@cache
def grammar_codes() -> tuple[str, ...]:
    """Every language and variety there is a grammar for."""
    bundled_ones = (entry for entry in grammar_root().iterdir() if entry.is_dir())
    known = {entry.name for entry in bundled_ones if (entry / LANGUAGE).is_file()}
    known.update(entry.name for folder in _USERS for entry in _grammars_in(folder) if (entry / LANGUAGE).is_file())
    return tuple(sorted(known))


_USERS: list[Path] = []
"""Folders of users with grammars, the later ones on top. It changes through `use_grammars` alone."""


def use_grammars(folders: Sequence[str]) -> None:
    """Add the grammars of users to those that come with Nyaris, for this process, instead of any added before.

    A folder is a grammar (it holds `language.yaml`), or holds folders of grammars. A grammar with the code of a bundled
    one adds to it; any other is a language or variety of its own. Raises UsageError for folders that hold none.
    """
    wanted = [Path(folder).resolve() for folder in folders]
    if wanted == _USERS:
        return
    for folder in wanted:
        if not folder.is_dir() or not any(True for each in _grammars_in(folder) if any(each.glob("*.yaml"))):
            raise UsageError(
                f"--grammar {folder}: a folder with language.yaml in it, or with folders named like languages with "
                "YAML files in them, is expected"
            )
    _USERS[:] = wanted
    _forget()


def user_files() -> list[Path]:
    """Every YAML file of the grammars of users."""
    return sorted(path for folder in _USERS for each in _grammars_in(folder) for path in each.glob("*.yaml"))


def _grammars_in(folder: Path) -> list[Path]:
    if (folder / LANGUAGE).is_file():
        return [folder]
    return sorted(each for each in folder.iterdir() if each.is_dir() and not each.name.startswith("."))


def _folders(code: str) -> list[Traversable]:
    users = [each for folder in _USERS for each in _grammars_in(folder) if each.name == code]
    return [grammar_root() / code, *users] if code in _bundled_codes() else [*users]


def _bundled_codes() -> set[str]:
    return {entry.name for entry in grammar_root().iterdir() if entry.is_dir()}


def _forget() -> None:
    """Empty every cache of this package: what they hold was made with other grammars."""
    for name, module in list(sys.modules.items()):
        if name.startswith("nyaris."):
            for thing in list(vars(module).values()):
                clear = getattr(thing, "cache_clear", None)
                if callable(clear) and getattr(thing, "__module__", "").startswith("nyaris."):
                    clear()


def _merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Mappings merge, lists grow, everything else is replaced."""
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        if isinstance(old, Mapping) and isinstance(value, Mapping):
            merged[key] = _merge(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            merged[key] = [*old, *value]
        else:
            merged[key] = value
    return merged

"""The facts of one language: checked YAML, one file per topic, with `extends:` for varieties.

This is the only module that knows how languages are named. A grammar is a folder `grammars/<code>/`; a topic is a
file in it whose schema is a `Facts` model beside the code that uses it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from nyaris.errors import NyarisError


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
        folder = grammar_root() / code
        if not (folder / "language.yaml").is_file():
            known = ", ".join(grammar_codes())
            raise NyarisError(f"no grammar for '{code}': known are {known}")
        own = _read_topic(folder / "language.yaml")
        parent = own.get("extends")
        self.parent: Grammar | None = load_grammar(str(parent)) if parent else None
        self._folder = folder
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
        return Path(str(self.base._folder / "pipeline"))

    def facts(self, model: type[F]) -> F:
        """The facts of one topic, checked. Raises NyarisError naming file, key and expectation."""
        if model not in self._facts:
            try:
                self._facts[model] = model.model_validate(self._merged(model.topic))
            except ValidationError as error:
                place = f"grammars/{self.code}/{model.topic}.yaml"
                lines = [f"{place}: {'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()]
                raise NyarisError("\n".join(lines)) from error
        found = self._facts[model]
        assert isinstance(found, model)
        return found

    def _merged(self, topic: str) -> dict[str, Any]:
        inherited = self.parent._merged(topic) if self.parent else {}
        path = self._folder / f"{topic}.yaml"
        return _merge(inherited, _read_topic(path)) if path.is_file() else inherited


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
    folders = (entry for entry in grammar_root().iterdir() if entry.is_dir())
    return tuple(sorted(entry.name for entry in folders if (entry / "language.yaml").is_file()))


def _read_topic(path: Traversable) -> dict[str, Any]:
    import srsly

    content = srsly.yaml_loads(path.read_text(encoding="utf-8")) or {}
    if not isinstance(content, dict):
        raise NyarisError(f"{path}: a mapping of keys to facts is expected, not a {type(content).__name__}")
    return content


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

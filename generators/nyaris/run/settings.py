"""What a run was asked to do: everything that decides its bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nyaris import __version__
from nyaris.errors import UsageError
from nyaris.grammar import Facts, grammar_codes, load_grammar, use_grammars, user_files
from nyaris.hashing import digest
from nyaris.rules import Rule, all_rules, flips, phenomena
from nyaris.trees.parsers import BUNDLED

AUTO = "auto"
GRANULARITIES = ("sentence", "passage")


@dataclass(frozen=True)
class Settings:
    """The options of `generate` that change its output. Raises UsageError for names that do not exist."""

    language: str = AUTO
    phenomena: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    per_sentence: int = 4
    frames: int = 8
    """Bindings per frame; 0 leaves the frames out."""
    parsers: tuple[tuple[str, str], ...] = ()
    """(grammar code, parser) pairs; languages without one use the bundled pipeline."""
    seed: int = 0
    text_column: str = "text"
    stanza_dir: str = ""
    """The folder of Stanza's models; Stanza's own when empty."""
    granularity: str = "sentence"
    """Whether positive and negative are sentences, or passages around them."""
    grammars: tuple[str, ...] = ()
    """Folders with grammars of users, which add to those that come with Nyaris."""
    frame_folders: tuple[str, ...] = ()
    """Folders with frames of users."""

    def __post_init__(self) -> None:
        self.use()
        must_exist("language", [self.language], [AUTO, *grammar_codes()])
        must_exist("phenomenon", self.phenomena, phenomena())
        must_exist("rule", self.rules, [rule.id for rule in flips()])
        must_exist("parser language", [code for code, _ in self.parsers], grammar_codes())
        must_exist("granularity", [self.granularity], GRANULARITIES)
        if self.per_sentence < 1:
            raise UsageError(f"--per-sentence {self.per_sentence}: at least 1 is needed")

    def use(self) -> None:
        """Make the grammars of users known to this process and check them. Raises NyarisError with file and line."""
        use_grammars(self.grammars)
        check_user_grammars()

    def described(self) -> dict[str, Any]:
        """The settings by name, folders as digests of their files: where they lie does not matter."""
        folders = {"grammars": self.grammars, "frame_folders": self.frame_folders}
        found: dict[str, Any] = asdict(self) | {"parsers": dict(self.parsers)}
        del found["stanza_dir"]
        return found | {name: [_digest_of(folder) for folder in given] for name, given in folders.items()}

    def parser_for(self, code: str, base: str) -> str:
        """The parser of a variety: its own, else its base language's, else the bundled one."""
        chosen = dict(self.parsers)
        return chosen.get(code) or chosen.get(base) or BUNDLED

    def parsers_by_code(self) -> dict[str, tuple[str, ...]]:
        """Every parser that was named for each grammar, in the order given."""
        found: dict[str, tuple[str, ...]] = {}
        for code, spec in self.parsers:
            found[code] = (*found.get(code, ()), spec)
        return found

    def parsers_for(self, code: str) -> tuple[str, ...]:
        """Every parser that was named for a variety, or else for its base language."""
        named = self.parsers_by_code()
        return named.get(code) or named.get(load_grammar(code).base.code, ())

    def chosen_rules(self) -> tuple[Rule, ...]:
        """The flips that were asked for, and every keeper and question."""
        return tuple(
            rule
            for rule in all_rules()
            if rule.kind != "flip"
            or ((not self.phenomena or rule.phenomenon in self.phenomena) and (not self.rules or rule.id in self.rules))
        )

    def fingerprint(self) -> str:
        """A hash of the settings and of the version."""
        return digest(__version__, *sorted(self.described().items()))


def _digest_of(folder: str) -> str:
    files = sorted(Path(folder).rglob("*.yaml"))
    return digest(*(part for file in files for part in (file.relative_to(folder), file.read_bytes())))


@cache
def check_user_grammars() -> None:
    """Check every file of the grammars of users: its topic must exist, its content fit."""
    all_rules()  # the topics are declared beside the code that uses them
    topics = {model.topic: model for model in _all_facts(Facts)}
    for path in user_files():
        topic = path.name.removesuffix(".yaml")
        must_exist(f"topic of a grammar ({path})", [topic], sorted(topics))
        load_grammar(path.parent.name).facts(topics[topic])


def _all_facts(model: type[Facts]) -> Iterator[type[Facts]]:
    for each in model.__subclasses__():
        if "topic" in vars(each):
            yield each
        yield from _all_facts(each)


def must_exist(what: str, given: Sequence[str], known: Sequence[str]) -> None:
    """Raise UsageError for the first name that is not known, with the nearest one that is."""
    from difflib import get_close_matches

    for name in given:
        if name not in known:
            close = get_close_matches(name, known, n=1)
            hint = f"; did you mean '{close[0]}'?" if close else ""
            raise UsageError(f"no {what} '{name}'{hint} Known: {', '.join(known)}")

"""YAML by anyone: no aliases that swell without end, no huge files, and the line of whatever is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.resources.abc import Traversable
from typing import Any, ClassVar

from pydantic import ValidationError

from nyaris.errors import NyarisError

_LONGEST = 2_000_000
_MOST_NODES = 200_000


def read_mapping(path: Traversable, trusted: bool = False) -> dict[str, Any]:
    """A YAML file that holds a mapping; an empty one holds nothing. Raises NyarisError with file and line."""
    from srsly import yaml_loads

    text = _text(path)
    if not trusted and "*" in text and "&" in text:
        _refuse_swelling(text, path)
    try:
        content = read_trusted(text) if trusted else yaml_loads(text)
    except ValueError as error:  # the parser's own words carry line and column
        raise NyarisError(f"{path}: {' '.join(str(error).split())}") from error
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise NyarisError(f"{path}: a mapping of keys to facts is expected, not a {type(content).__name__}")
    return content


def read_trusted(text: str) -> Any:
    """What `srsly` makes of the YAML that comes with Nyaris, in a tenth of the time: every process reads all of it."""
    import yaml

    try:
        return yaml.load(text, Loader=_plain_loader())
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


@cache
def _plain_loader() -> Any:
    """PyYAML's loader in C (in Python where there is none) with the scalars of YAML 1.2: `no` and `12:30` are words."""
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}

    kinds = {
        "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
        "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
        "int": (r"[-+]?[0-9]+", "-+0123456789"),
        "float": (r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
    }
    for kind, (pattern, first) in kinds.items():
        Loader.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(rf"^(?:{pattern})$"), list(first))
    return Loader


def explained(error: ValidationError, path: Traversable, below: Mapping[str, Any] | None = None) -> str:
    """What is wrong with the content of a file: file, line, key and expectation, a line each.

    `below` is what the content was merged with: the entries of a list count from where those of the file begin.
    """
    try:
        text = _text(path)
    except NyarisError:
        text = ""
    lines = []
    for item in error.errors():
        keys = _own_keys(item["loc"], below)
        line = _line_of(text, keys)
        place = f"{path}:{line}" if line else str(path)
        lines.append(f"{place}: {'.'.join(map(str, keys)) or 'file'}: {item['msg']}")
    return "\n".join(lines)


def _own_keys(keys: Sequence[str | int], below: Any) -> list[str | int]:
    own: list[str | int] = []
    for key in keys:
        if isinstance(key, int) and isinstance(below, list):
            own.append(key - len(below) if key >= len(below) else key)
            below = None
        else:
            own.append(key)
            below = below.get(key) if isinstance(below, Mapping) else None
    return own


def _text(path: Traversable) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_LONGEST + 1)
    except OSError as error:
        raise NyarisError(f"{path} cannot be read ({error.strerror})") from error
    if len(data) > _LONGEST:
        raise NyarisError(f"{path}: more than {_LONGEST // 1_000_000} MB: split it by topic")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NyarisError(f"{path}: not valid UTF-8 at byte {error.start}: save it as UTF-8") from error


def _refuse_swelling(text: str, path: Traversable) -> None:
    """Aliases may repeat something, but not repeat repetitions until nothing holds them."""
    ruamel_yaml = _ruamel()
    try:
        root = ruamel_yaml.compose(text, Loader=ruamel_yaml.SafeLoader)
        size = _size(root, {}, set())
    except (ruamel_yaml.error.YAMLError, RecursionError):
        return  # reading it will say what is wrong
    if size > _MOST_NODES:
        raise NyarisError(f"{path}: with its aliases (*) it swells to more than {_MOST_NODES:,} values: write them out")


def _size(node: Any, known: dict[int, int], above: set[int]) -> int:
    """Values below a node, aliases written out; one that contains itself counts as endless."""
    if id(node) in above:
        return _MOST_NODES + 1
    if id(node) not in known:
        children = node.value if isinstance(getattr(node, "value", None), list) else []
        flat = [child for each in children for child in (each if isinstance(each, tuple) else (each,))]
        known[id(node)] = 1 + sum(_size(child, known, above | {id(node)}) for child in flat)
    return known[id(node)]


def _ruamel() -> Any:
    return import_module("srsly.ruamel_yaml")


def _line_of(text: str, keys: Sequence[str | int]) -> int:
    """The line of the innermost key that is there, 0 if nobody can tell."""
    ruamel_yaml = _ruamel()
    try:
        node = ruamel_yaml.compose(text, Loader=ruamel_yaml.SafeLoader)
    except Exception:  # the line is a courtesy
        return 0
    line = 0
    for key in keys:
        pairs = node.value if node is not None and type(node).__name__ == "MappingNode" else []
        found = next(((name, value) for name, value in pairs if name.value == str(key)), None)
        if found:
            line, node = found[0].start_mark.line + 1, found[1]
        elif type(node).__name__ == "SequenceNode" and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 1
        else:
            break
    return line

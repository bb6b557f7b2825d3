"""Frames: seeds whose triples are right by construction, from slots, surfaces and flips."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from nyaris.errors import NyarisError
from nyaris.grammar import grammar_codes, load_grammar
from nyaris.hashing import choose, digest, draw
from nyaris.pairs.contrast import Hardness, Label, Reject, Side, Style, Triple, directions
from nyaris.rules import Relation, phenomena
from nyaris.yaml_files import explained, read_mapping

Value = str | int | float
_LONGEST_TEMPLATE = 2_000
Binding = Mapping[str, Value]


class FrameFlip(BaseModel):
    """How a binding is turned: two slots exchange their values, or one slot takes another value."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    phenomenon: str
    relation: Relation
    exchange: tuple[str, str] | None = None
    change: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> FrameFlip:
        if (self.exchange is None) == (self.change is None):
            raise ValueError("a flip needs either 'exchange: [slot, slot]' or 'change: slot'")
        if self.phenomenon not in phenomena():
            raise ValueError(f"phenomenon '{self.phenomenon}' is none of {', '.join(phenomena())}")
        return self


class FrameQuestion(BaseModel):
    """A question that a surface answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ask: str
    answer: str
    """The template of the answer, usually one slot."""


class Frame(BaseModel):
    """One situation: what varies (`slots`, and `together` for values that belong together) and how it is said."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    language: str
    """A grammar code: the variety that the surfaces are written in."""
    domain: str
    slots: dict[str, tuple[Value, ...]] = Field(default_factory=dict)
    together: tuple[dict[str, Value], ...] = ()
    surfaces: tuple[str, ...] = Field(min_length=4)
    questions: tuple[FrameQuestion, ...] = ()
    flips: tuple[FrameFlip, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _slots_exist(self) -> Frame:
        names = {*self.slots, *(name for group in self.together for name in group)}
        for flip in self.flips:
            missing = {*(flip.exchange or ()), *([flip.change] if flip.change else [])} - names
            if missing:
                raise ValueError(f"flip '{flip.id}' names {', '.join(sorted(missing))}; the slots are {sorted(names)}")
            if flip.change and len(self.slots.get(flip.change, ())) < 2:
                raise ValueError(f"flip '{flip.id}' changes '{flip.change}', which needs two values under 'slots'")
        return self


def load_frames(root: Traversable) -> Iterator[Frame]:
    """The frames below `root`, in the order of their paths. Raises NyarisError naming file, line and key.

    They stand in folders that are named like their grammars, or say their `language` themselves.
    """
    found = False
    for place in sorted(root.iterdir(), key=lambda entry: entry.name):
        inner = sorted(place.iterdir(), key=lambda entry: entry.name) if place.is_dir() else [place]
        for path in inner:
            if path.name.endswith(".yaml"):
                found = True
                yield _read_frame(path, {"language": place.name} if place.is_dir() else {})
    if not found:
        raise NyarisError(
            f"{root} holds no frames: YAML files, or folders named like languages with YAML files, are expected"
        )


def load_all_frames(roots: Sequence[Traversable]) -> list[Frame]:
    """The frames of several folders. Raises NyarisError for one that has the name of another."""
    frames: dict[tuple[str, str], Frame] = {}
    for root in roots:
        if not root.is_dir():
            raise NyarisError(f"{root} is no folder: give one with frames in it")
        for frame in load_frames(root):
            if (frame.language, frame.id) in frames:
                raise NyarisError(f"{root}: a frame '{frame.id}' of {frame.language} is there already: rename the file")
            frames[frame.language, frame.id] = frame
    return list(frames.values())


def _read_frame(path: Traversable, known: Mapping[str, str]) -> Frame:
    content = read_mapping(path)
    if not content:
        raise NyarisError(f"{path}: a mapping of keys is expected, not an empty file")
    try:
        frame = Frame.model_validate({**known, "id": path.name.removesuffix(".yaml")} | content)
    except ValidationError as error:
        raise NyarisError(explained(error, path)) from error
    if frame.language not in grammar_codes():
        raise NyarisError(f"{path}: language '{frame.language}' has no grammar: {', '.join(grammar_codes())}")
    _check_templates(frame, path)
    return frame


def _check_templates(frame: Frame, path: Traversable) -> None:
    """Every template renders from the slots alone, and every surface shows what the flips change."""
    binding = _bind(frame, frame.id)
    flipped = {
        slot for flip in frame.flips for slot in (*(flip.exchange or ()), *([flip.change] if flip.change else []))
    }
    places = [(f"surfaces.{number}", surface, flipped) for number, surface in enumerate(frame.surfaces)]
    for number, question in enumerate(frame.questions):
        places += [
            (f"questions.{number}.ask", question.ask, set()),
            (f"questions.{number}.answer", question.answer, set()),
        ]
    for place, template, needed in places:
        try:
            used = _slots_used(template)
            render(template, binding)
        except NyarisError as error:
            raise NyarisError(f"{path}: {place}: {error}") from error
        if unknown := used - set(binding):
            names = ", ".join(sorted(unknown))
            raise NyarisError(f"{path}: {place}: no slot is called {names}; the slots are {', '.join(sorted(binding))}")
        if missing := needed - used:
            raise NyarisError(f"{path}: {place}: {', '.join(sorted(missing))} is changed by a flip but not shown")


def frame_triples(frame: Frame, seed: int, count: int) -> Iterator[Triple | Reject]:
    """`count` bindings of a frame, each with every flip, in both directions and as a question where there is one."""
    seen: set[tuple[tuple[str, Value], ...]] = set()
    for number in range(count):
        key = f"{seed}/{frame.language}/{frame.id}/{number}"
        binding = _bind(frame, key)
        if tuple(sorted(binding.items())) in seen:
            continue
        seen.add(tuple(sorted(binding.items())))
        for flip in frame.flips:
            flipped = _flipped(frame, binding, flip, key)
            if flipped is not None and flipped != binding:
                yield from _both_directions(frame, flip, binding, flipped, f"{key}/{flip.id}")


def _bind(frame: Frame, key: str) -> dict[str, Value]:
    binding: dict[str, Value] = dict(choose(frame.together, key, "together")) if frame.together else {}
    for name, values in frame.slots.items():
        free = [value for value in values if value not in binding.values()] or list(values)
        binding[name] = choose(free, key, name)
    return binding


def _flipped(frame: Frame, binding: Binding, flip: FrameFlip, key: str) -> dict[str, Value] | None:
    if flip.exchange:
        left, right = flip.exchange
        return {**binding, left: binding[right], right: binding[left]}
    assert flip.change is not None
    others = [value for value in frame.slots[flip.change] if value not in binding.values()]
    return {**binding, flip.change: choose(others, key, flip.id)} if others else None


def _both_directions(
    frame: Frame, flip: FrameFlip, binding: Binding, flipped: Binding, key: str
) -> Iterator[Triple | Reject]:
    rule = f"frame.{frame.id}.{flip.id}"
    first = choose(range(len(frame.surfaces)), key, "first")
    second = choose([index for index in range(len(frame.surfaces)) if index != first], key, "second")
    asks = draw(key, "style") < 0.5
    telling = [each for each in frame.questions if render(each.ask, binding) != render(each.ask, flipped)]
    question = choose(telling, key, "question") if asks and telling else None
    hard = draw(key, "hardness") < 0.5

    def side(query: int, text: int, mine: Binding) -> Side:
        return Side(
            render(question.ask if question else frame.surfaces[query], mine),
            "question" if question else f"surface-{query}",
            render(frame.surfaces[text], mine),
            f"surface-{text}",
            digest(frame.language, frame.id, sorted(mine.items())),
            _plain(question.answer, mine) if question else None,
        )

    style: Style = "question" if question else "statement"
    hardness: Hardness | None = None if question else "hard" if hard else "easy"
    label = Label(digest(key), rule, flip.phenomenon, flip.relation, style, hardness)
    # the texts of a question have different surfaces, so that one is nearer to it than the other
    mirror = side(second, first, flipped) if hard or question else side(first, second, flipped)
    pair = directions(label, side(first, second, binding), mirror)
    if isinstance(pair, Reject):
        yield pair
    else:
        yield from pair


def render(template: str, binding: Binding) -> str:
    """A surface with its slots filled and its first letter in upper case. The template runs in a sandbox."""
    text = _plain(template, binding)
    return text[:1].upper() + text[1:]


def _plain(template: str, binding: Binding) -> str:
    try:
        return str(_compiled(template).render(binding)).strip()
    except NyarisError:
        raise
    except Exception as error:  # a template is data: whatever it does wrong is its author's to mend
        raise NyarisError(f"template '{template}': {error}; the slots are {', '.join(sorted(binding))}") from error


@cache
def _environment() -> Any:
    """A sandbox in which a template sees its slots and nothing else."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment: Any = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in ("capitalize", "lower", "title", "upper")}
    environment.filters["thousands"] = lambda number: f"{number:,}"
    environment.tests.clear()
    return environment


@cache
def _compiled(template: str) -> Any:
    from jinja2 import TemplateError

    _check_bounded(template)
    try:
        return _environment().from_string(template)
    except TemplateError as error:
        raise NyarisError(f"template '{template}': {error}") from error


def _check_bounded(template: str) -> None:
    """Refuse what could make a template run long or grow large: it fills in slots, chooses and joins, no more."""
    from jinja2 import TemplateError, nodes

    if len(template) > _LONGEST_TEMPLATE:
        raise NyarisError(f"a template of {len(template):,} characters; at most {_LONGEST_TEMPLATE:,} are allowed")
    try:
        tree = _environment().parse(template)
    except (TemplateError, RecursionError) as error:
        raise NyarisError(f"template '{template}': {error}") from error
    allowed = (
        *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.CondExpr, nodes.If),
        *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter, nodes.Concat, nodes.Add),
        *(nodes.Sub, nodes.Neg),
    )
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, allowed):
            raise NyarisError(
                f"template '{template}': {type(node).__name__.lower()} is not allowed: "
                "a template fills in slots, with 'a if b else c' and the filters "
                + ", ".join(sorted(_environment().filters))
            )


def _slots_used(template: str) -> set[str]:
    from jinja2 import TemplateError
    from jinja2.meta import find_undeclared_variables

    try:
        return find_undeclared_variables(_environment().parse(template))
    except TemplateError as error:
        raise NyarisError(f"template '{template}': {error}") from error


def frame_variety(frame: Frame) -> str:
    """The ISO 639-1 code of a frame's language."""
    return load_grammar(frame.language).language.iso

"""What users call systems: names on the command line, and the models behind them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from nyaris.errors import NyarisError, UsageError
from nyaris.evaluation.embeddings import Report, no_report
from nyaris.evaluation.fusion import Hybrid
from nyaris.evaluation.lexical import Bm25
from nyaris.evaluation.rerankers import Reranker
from nyaris.evaluation.systems import Encoder, Indexed
from nyaris.evaluation.verifier import Verifier

BM25, HYBRID, CROSS, VERIFIER = "bm25", "hybrid", "cross", "verifier"
_BASELINE = "@baseline"
Precision = Literal["float32", "bf16"]


@dataclass(frozen=True, slots=True)
class SystemSpec:
    """What was asked for. `model` is the name or path behind an encoder, hybrid or cross-encoder."""

    name: str
    kind: Literal["encoder", "cross-encoder", "bm25", "hybrid", "verifier"]
    model: str = ""
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class Computing:
    """How models are loaded and run. `device`: as PyTorch names it, the best one there is by default."""

    device: str | None = None
    batch_size: int = 32
    max_length: int | None = None
    precision: Precision = "float32"
    cache: Path | None = None
    depth: int = 50


def parse_systems(words: Sequence[str]) -> list[SystemSpec]:
    """`bm25`, `hybrid` (with the first encoder named), `hybrid:MODEL`, `cross:MODEL`, `verifier:MODEL`, MODEL;
    `@baseline` behind one.

    A MODEL that is a folder is called by the folder's name, as long as no other has it. Raises UsageError for several
    baselines, names that come twice, and paths where nothing is.
    """
    specs = [_spec(word) for word in words]
    first = next((each.model for each in specs if each.kind == "encoder"), None)
    if first is None and any(each.kind == "hybrid" and not each.model for each in specs):
        raise UsageError("hybrid fuses bm25 with the first encoder that is named: name one, or write hybrid:MODEL")
    specs = [replace(each, model=first or "") if each.kind == "hybrid" and not each.model else each for each in specs]
    baselines = [each.name for each in specs if each.baseline]
    if len(baselines) > 1:
        raise UsageError(f"{' and '.join(baselines)} are both named baseline: one is possible")
    short = Counter(_short(each) for each in specs)
    specs = [replace(each, name=_short(each)) if short[_short(each)] == 1 else each for each in specs]
    twice = [name for name, count in Counter(each.name for each in specs).items() if count > 1]
    if twice:
        raise UsageError(f"{', '.join(twice)}: the same system is named twice")
    return specs


def load_systems(specs: Sequence[SystemSpec], computing: Computing, report: Report = no_report) -> list[Indexed]:
    """The systems in order, each model loaded once.

    Cross-encoders rerank, and verifiers re-check, what the baseline finds if that is none itself, else what BM25 finds.
    Raises NyarisError for what cannot be loaded.
    """
    encoders: dict[str, Encoder] = {}
    loaded: dict[str, Indexed] = {}

    def encoder(model: str, name: str) -> Encoder:
        if model not in encoders:
            encoders[model] = Encoder(name, _encoder_model(model, computing), **_running(computing, report))
        return encoders[model]

    for spec in specs:  # first all that can be a first stage
        if spec.kind == "bm25":
            loaded[spec.name] = Bm25(spec.name)
        elif spec.kind == "encoder":
            loaded[spec.name] = encoder(spec.model, spec.name)
    for spec in specs:
        if spec.kind == "hybrid":
            loaded[spec.name] = Hybrid(spec.name, encoder(spec.model, _last(spec.model)))
    baseline = next((loaded[each.name] for each in specs if each.baseline and each.name in loaded), None)
    for spec in specs:
        if spec.kind == "cross-encoder":
            model = _cross_model(spec.model, computing)
            first = baseline or Bm25()
            loaded[spec.name] = Reranker(spec.name, model, first, depth=computing.depth, **_running(computing, report))
        elif spec.kind == "verifier":
            from nyaris.evaluation.interaction import load_reader

            reader = load_reader(Path(spec.model), device=computing.device, bf16=computing.precision == "bf16")
            loaded[spec.name] = Verifier(spec.name, reader, baseline or Bm25())
    return [loaded[spec.name] for spec in specs]


def _spec(word: str) -> SystemSpec:
    name = word.removesuffix(_BASELINE)
    baseline = name != word
    if name == BM25:
        return SystemSpec(name, "bm25", baseline=baseline)
    prefix, colon, model = name.partition(":")
    if name == HYBRID or (prefix == HYBRID and colon):
        if colon and not model:
            raise UsageError(f"{word}: hybrid:MODEL is expected")
        return SystemSpec(name, "hybrid", model, baseline)
    if prefix == CROSS and colon:
        return SystemSpec(name, "cross-encoder", _existing(model, word), baseline)
    if prefix == VERIFIER and colon:
        return SystemSpec(name, "verifier", _existing(model, word), baseline)
    return SystemSpec(name, "cross-encoder" if _is_cross_encoder(name) else "encoder", _existing(name, word), baseline)


def _existing(model: str, word: str) -> str:
    """The model, if it is a folder that is there or may be the name of one on the Hub (`name`, `owner/name`)."""
    path = Path(model)
    looks_like_a_path = model.startswith(("/", ".", "~")) or model.count("/") > 1 or path.exists()
    if not model or (looks_like_a_path and not path.expanduser().is_dir()):
        raise UsageError(f"{word}: no such folder: give a folder with a model, a name on the Hub, bm25 or hybrid")
    return str(path.expanduser()) if looks_like_a_path else model


def _is_cross_encoder(model: str) -> bool:
    """Whether the configuration of a model says so: it classifies whole sequences and has no sentence embeddings."""
    ours = _configuration(model, "config_sentence_transformers.json").get("model_type")
    if ours:
        return bool(ours == "CrossEncoder")
    kinds = _configuration(model, "config.json").get("architectures") or [""]
    return str(kinds[0]).endswith("ForSequenceClassification")


def _configuration(model: str, file: str) -> dict[str, Any]:
    path: str | None = str(Path(model).expanduser() / file)
    if not Path(model).expanduser().is_dir():
        path = _from_hub(model, file)
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8")) if path and Path(path).is_file() else {}
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _from_hub(model: str, file: str) -> str | None:
    from huggingface_hub import hf_hub_download

    try:
        return hf_hub_download(model, file)
    except Exception:  # no such file, no such model, no network: loading the model will say which
        return None


def _running(computing: Computing, report: Report) -> dict[str, Any]:
    return {
        "batch_size": computing.batch_size,
        "cache": computing.cache,
        "bf16": computing.precision == "bf16",
        "report": report,
    }


def _encoder_model(name: str, computing: Computing) -> Any:
    model = _loaded("SentenceTransformer", name, computing)
    if computing.max_length:
        model.max_seq_length = min(computing.max_length, model.max_seq_length or computing.max_length)
    return model


def _cross_model(name: str, computing: Computing) -> Any:
    return _loaded("CrossEncoder", name, computing, max_length=computing.max_length)


def _loaded(kind: str, name: str, computing: Computing, **options: Any) -> Any:
    try:
        import sentence_transformers
    except ImportError as error:
        raise NyarisError(f"{name} needs sentence-transformers: pip install 'nyaris[eval]'") from error
    from transformers.utils import logging

    bars: Any = logging
    bars.disable_progress_bar()  # of weights being read: the command has a line of its own
    try:
        return getattr(sentence_transformers, kind)(name, device=computing.device, **options)
    except Exception as error:  # whatever a folder of someone else's makes of it
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise NyarisError(
            f"the model {name} cannot be loaded: {reason}: give a folder that holds one, or a name on the Hub"
        ) from error


def _last(model: str) -> str:
    return Path(model).absolute().name if Path(model).is_dir() else model  # links keep their names


def _short(spec: SystemSpec) -> str:
    """The name as it is printed: prefixes stay, folders give their last part."""
    if not spec.model or not Path(spec.model).is_dir():
        return spec.name
    prefix = (
        f"{spec.name.partition(':')[0]}:" if spec.name.startswith((f"{HYBRID}:", f"{CROSS}:", f"{VERIFIER}:")) else ""
    )
    return spec.name if spec.name == HYBRID else prefix + _last(spec.model)

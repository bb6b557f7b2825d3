"""How fast, how large: the bare parser beside `generate`, stage by stage, with one worker and with two.

Everything is measured in one go, each measurement in a process of its own, in turns, so that figures of one run can be
compared even on a machine that does other things too; CPU time stands beside wall time for the same reason.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from memory import measure_memory
from show import show, show_memory
from start import measure_start

ROOT = Path(__file__).parents[2]
BLOCK = 20_000
"""Characters of a document."""


def main() -> None:
    """Measure, print a table, write JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--text", action="append", default=[], metavar="CODE=FILE", help="a text file, .gz too, for a language"
    )
    options.add_argument("--characters", type=int, default=1_000_000, help="how much of each text")
    options.add_argument("--rounds", type=int, default=2, help="how often each measurement is taken")
    options.add_argument(
        "--memory",
        type=float,
        nargs="+",
        default=[],
        metavar="MB",
        help="measure instead what memory so many megabytes of each text take (20 200: an hour or two)",
    )
    options.add_argument("--workers", type=int, default=2, help="for --memory")
    options.add_argument("--json", type=Path, help="where to write the figures")
    options.add_argument("--measure", help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.measure:
        print(json.dumps(MEASURES[given.measure](given.folder)))
        return
    texts = dict(each.split("=", 1) for each in given.text) or {"en": "", "ms": ""}
    report: dict[str, Any] = {"date": date.today().isoformat(), "machine": machine()}
    if given.memory:
        report["memory"] = [
            {"language": code, "text": name_of(file), "runs": [], "sizes": sorted(given.memory)}
            for code, file in texts.items()
        ]
        for each, (code, file) in zip(report["memory"], texts.items(), strict=True):
            text = read(code, file)
            each["runs"] = [measure_memory(code, text, size, given.workers) for size in each["sizes"]]
        show_memory(report)
    else:
        report["start"] = measure_start()
        report["languages"] = [
            measure_language(code, file, given.characters, given.rounds) for code, file in texts.items()
        ]
        show(report)
    if given.json:
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def measure_language(code: str, file: str, characters: int, rounds: int) -> dict[str, Any]:
    """All measurements of one language, in turns."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / code
        folder.mkdir()
        text = read(code, file)
        text = (text * (characters // max(len(text), 1) + 1))[:characters]
        for number in range(0, len(text), BLOCK):
            (folder / f"{number:09}.txt").write_text(text[number : number + BLOCK], encoding="utf-8")
        taken: dict[str, list[dict[str, float]]] = {name: [] for name in MEASURES}
        for _ in range(rounds):
            for name, figures in taken.items():
                figures.append(child(name, folder))
    middle = {
        name: {key: statistics.median(each[key] for each in figures) for key in figures[0]}
        for name, figures in taken.items()
    }
    bare, one, two = middle["bare"], middle["one"], middle["two"]
    return {
        "language": code,
        "text": name_of(file),
        "characters": characters,
        **middle,
        "generate_to_bare": one["steady_sentences_per_cpu_second"] / bare["sentences_per_cpu_second"],
        "generate_to_bare_parsed": one["steady_parsed_per_cpu_second"] / bare["parsed_per_cpu_second"],
        "two_to_one_per_cpu": two["steady_sentences_per_cpu_second"] / one["steady_sentences_per_cpu_second"],
        "two_to_one": two["steady_sentences_per_second"] / one["steady_sentences_per_second"],
    }


def name_of(file: str) -> str:
    """What a text is called in a report."""
    return Path(file).name or "bundled documents"


def read(code: str, file: str) -> str:
    """A text, or the bundled documents of a language one after the other."""
    if file.endswith(".gz"):
        with gzip.open(file, "rt", encoding="utf-8", errors="ignore") as stream:
            return stream.read()
    paths = [Path(file)] if file else sorted((ROOT / "seeds" / "documents" / code).iterdir())
    return "\n\n".join(path.read_text(encoding="utf-8", errors="ignore") for path in paths)


def child(name: str, folder: Path) -> dict[str, float]:
    """One measurement in a process of its own."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "generators"), *sys.path])}
    words = [sys.executable, __file__, "--measure", name, "--folder", str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=environment)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def bare(folder: Path) -> dict[str, float]:
    """spaCy alone, as `spacy.load` gives it, over every sentence of the text, and over those `generate` parses."""
    import spacy

    every, parsed = sentences(folder)
    from nyaris.grammar import load_grammar

    nlp = spacy.load(load_grammar(folder.name).pipeline)
    list(nlp.pipe(every[:200]))
    started = time.process_time()
    list(nlp.pipe(parsed))
    seconds = time.process_time() - started
    started, clock = time.process_time(), time.perf_counter()
    list(nlp.pipe(every))
    cpu, wall = time.process_time() - started, time.perf_counter() - clock
    return {
        "sentences": len(every),
        "parsed": len(parsed),
        "sentences_per_second": len(every) / wall,
        "sentences_per_cpu_second": len(every) / cpu,
        "parsed_per_cpu_second": len(parsed) / seconds,
        "megabytes": megabytes(),
    }


def sentences(folder: Path) -> tuple[list[str], list[str]]:
    """All sentences of the text, and those that reach the parser."""
    from nyaris.run import shard
    from nyaris.run.settings import Settings

    every, parsed = [], []
    for document in documents(folder):
        for found, code in shard._sentences(document, Settings()):
            every.append(found.unit.text)
            if code and not shard._text_reason(found):
                parsed.append(found.unit.text)
    return every, parsed


def documents(folder: Path) -> Iterator[Any]:
    """The documents as `generate` reads them."""
    from nyaris.reading.documents import read_documents

    return iter(list(read_documents([str(folder)])))


def generate_with(workers: int) -> Callable[[Path], dict[str, float]]:
    """`generate` end to end; its steady rate, without start-up, is what the second half of the text costs."""

    def measure(folder: Path) -> dict[str, float]:
        from nyaris.trees.parsers import load_parser

        load_parser("bundled", folder.name)
        with tempfile.TemporaryDirectory() as place:
            half = Path(place) / folder.name
            half.mkdir()
            for path in sorted(folder.iterdir())[::2]:
                shutil.copy(path, half)
            run(half, workers)  # what is loaded once is loaded
            before = [len(part) for part in sentences(half)]
            first = run(half, workers)
        whole = run(folder, workers)
        count = [len(part) for part in sentences(folder)]
        wall, cpu = whole["seconds"] - first["seconds"], whole["cpu_seconds"] - first["cpu_seconds"]
        return whole | {
            "sentences_per_second": count[0] / whole["seconds"],
            "steady_sentences_per_second": (count[0] - before[0]) / wall,
            "steady_sentences_per_cpu_second": (count[0] - before[0]) / cpu,
            "steady_parsed_per_cpu_second": (count[1] - before[1]) / cpu,
            "triples_per_second": whole["triples"] / whole["seconds"],
            "megabytes": megabytes(),
        }

    return measure


def run(folder: Path, workers: int) -> dict[str, float]:
    """One run of `generate` into a folder that is thrown away."""
    from nyaris.generate import generate
    from nyaris.run.settings import Settings

    started, clock = cpu_seconds(), time.perf_counter()
    with tempfile.TemporaryDirectory() as output:
        summary = generate([str(folder)], Path(output), Settings(frames=0), workers=workers)
    return {
        "seconds": time.perf_counter() - clock,
        "cpu_seconds": cpu_seconds() - started,
        "triples": summary.triples,
    }


def stages(folder: Path) -> dict[str, float]:
    """The share of each stage in the CPU time of shards and of the collation."""
    import nyaris.generate as job
    from nyaris.run import shard
    from nyaris.run.settings import Settings
    from nyaris.trees.from_spacy import SpacyParser
    from nyaris.trees.parsers import load_parser

    load_parser("bundled", folder.name)
    spent: Counter[str] = Counter()
    parts: tuple[tuple[str, Any, str], ...] = (
        ("segment and identify", shard, "_sentences"),
        ("parse", SpacyParser, "parse"),
        ("rules", shard, "propose"),
        ("realise and check", shard, "triples"),
        ("rows", shard, "document_row"),
        ("write shards", job, "write_shard"),
        ("collate and write", job, "_write_dataset"),
    )
    for name, owner, attribute in parts:
        setattr(owner, attribute, timed(getattr(owner, attribute), name, spent))
    started = time.process_time()
    with tempfile.TemporaryDirectory() as output:
        job.generate([str(folder)], Path(output), Settings(frames=0))
    total = time.process_time() - started
    shares = {name: spent[name] / total for name, _, _ in parts}
    return shares | {"read and everything else": 1 - sum(shares.values())}


def timed(function: Callable[..., Any], name: str, spent: Counter[str]) -> Callable[..., Any]:
    """The function with its CPU time counted, that of a generator between its values too."""

    def call(*arguments: Any, **named: Any) -> Any:
        started = time.process_time()
        result = function(*arguments, **named)
        spent[name] += time.process_time() - started  # type: ignore[assignment]
        return counted(result) if hasattr(result, "__next__") else result

    def counted(values: Iterator[Any]) -> Iterator[Any]:
        while True:
            started = time.process_time()
            value = next(values, counted)
            spent[name] += time.process_time() - started  # type: ignore[assignment]
            if value is counted:
                return
            yield value

    return call


def cpu_seconds() -> float:
    """CPU time of this process and of its children that have ended."""
    mine, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def megabytes() -> float:
    """The most memory that this process, or one of its children, has held."""
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return most / 1024


MEASURES: dict[str, Callable[[Path], dict[str, float]]] = {
    "bare": bare,
    "one": generate_with(1),
    "two": generate_with(2),
    "stages": stages,
}


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {"cpus": os.cpu_count(), "processor": processor(), "python": platform.python_version(), "load": load}


def processor() -> str:
    """The name of the processor where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


if __name__ == "__main__":
    main()

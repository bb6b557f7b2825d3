"""Memory of `generate`, end to end, on a text repeated to so many megabytes: the whole tree of processes, all the time.

The text is one JSONL file, read as a stream; parsing is done by the bundled pipelines, nothing is left out or faked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BLOCK = 20_000
"""Characters of a record."""
INTERVAL = 0.25
"""Seconds between two looks at the memory."""
COMMAND = [sys.executable, "-c", "from nyaris.cli import main; main()"]


def measure_memory(code: str, text: str, megabytes: float, workers: int) -> dict[str, Any]:
    """The most memory that command, workers and collation held together, and what they took."""
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / code / "text.jsonl"
        source.parent.mkdir()
        written = write_records(text, source, megabytes * 1e6)
        output = Path(place) / "dataset"
        words = ["generate", str(source), "-o", str(output), "--frames", "0", "--workers", str(workers), "--json"]
        started = time.perf_counter()
        with (Path(place) / "log").open("w") as log:
            job = subprocess.Popen([*COMMAND, *words], env=environment(), stdout=log, stderr=log)
            most = watch(job)
        if job.returncode:
            raise SystemExit((Path(place) / "log").read_text())
        manifest = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
        return {
            "megabytes_of_text": written / 1e6,
            "workers": workers,
            "megabytes": most,
            "seconds": time.perf_counter() - started,
            "documents": manifest["documents"],
            "sentences": sum(manifest["sentences"].values()),
            "triples": sum(manifest["splits"].values()),
        }


def write_records(text: str, path: Path, size: float) -> int:
    """The text over and over, a record for each block; returns the bytes of text."""
    written = number = 0
    with path.open("w", encoding="utf-8") as file:
        while written < size:
            for start in range(0, len(text), BLOCK):
                block = text[start : start + BLOCK]
                file.write(json.dumps({"id": f"d{number:07}", "text": block}, ensure_ascii=False) + "\n")
                written, number = written + len(block.encode("utf-8")), number + 1
                if written >= size:
                    break
    return written


def watch(job: subprocess.Popen[bytes]) -> float:
    """The most megabytes that a process and all below it hold together, pages that they share counted once."""
    most = 0.0
    while job.poll() is None:
        most = max(most, sum(map(held, family(job.pid))))
        time.sleep(INTERVAL)
    return most / 1024


def family(pid: int) -> Iterator[int]:
    """A process and everything that it started."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in children.read_text().split():
                yield from family(int(child))
        except OSError:  # it has just ended
            continue


def held(pid: int) -> int:
    """Kilobytes of a process: its own pages and its share of those that it has in common with others."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def environment() -> dict[str, str]:
    """This one, with the package on the path."""
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "generators"), *sys.path])}

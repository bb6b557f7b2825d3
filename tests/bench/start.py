"""What it takes until a command says something: CPU and wall seconds of a fresh process."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

from memory import COMMAND, environment

SENTENCE = "The tenant must pay the landlord the rent within fourteen days."
LOADING = (
    "import sys; from nyaris.trees.parsers import load_parser\n"
    "list(load_parser('bundled', sys.argv[1]).parse([sys.argv[2]], sys.argv[1]))"
)
TIMES = 5


def measure_start() -> dict[str, dict[str, float]]:
    """Medians of several runs, taken in turns."""
    commands = {
        "import typer": [sys.executable, "-c", "import typer"],
        "nyaris --help": [*COMMAND, "--help"],
        "one parse": [sys.executable, "-c", LOADING, "en", SENTENCE],
        "nyaris explain": [*COMMAND, "explain", SENTENCE],
    }
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(TIMES):
        for name, words in commands.items():
            taken[name].append(run_once(words))
    found = {
        name: {"cpu_seconds": statistics.median(cpu), "seconds": statistics.median(wall)}
        for name, (cpu, wall) in ((name, zip(*runs, strict=True)) for name, runs in taken.items())
    }
    for name, base in (("nyaris --help", "import typer"), ("nyaris explain", "one parse")):
        found[name]["ratio"] = found[name]["cpu_seconds"] / found[base]["cpu_seconds"]
    return found


def run_once(words: list[str]) -> tuple[float, float]:
    """CPU and wall seconds."""
    before, clock = os.times(), time.perf_counter()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, env=environment())
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return cpu, time.perf_counter() - clock

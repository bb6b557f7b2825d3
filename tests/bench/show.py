"""The figures of the benchmark as tables."""

from __future__ import annotations

import math
from typing import Any


def show(report: dict[str, Any]) -> None:
    """The figures as tables."""
    about = report["machine"]
    load = f"load {about['load']:.1f}"
    print(f"{report['date']}, {about['processor']}, {about['cpus']} CPUs, Python {about['python']}, {load}")
    print("\nstart-up, CPU seconds:")
    for name, taken in report["start"].items():
        ratio = f"  {taken['ratio']:.2f} times the line above" if "ratio" in taken else ""
        print(f"  {name:18}{taken['cpu_seconds']:6.2f}{ratio}")
    for each in report["languages"]:
        print(
            f"\n{each['language']}: {each['text']}, {each['bare']['sentences']:,.0f} sentences,"
            f" {each['bare']['parsed']:,.0f} of them parsed"
        )
        row = "{:26}{:>14}{:>14}{:>14}"
        print(row.format("", "bare parser", "1 worker", "2 workers"))
        bare, one, two = each["bare"], each["one"], each["two"]
        lines = (
            ("sentences/s, whole run", "sentences_per_second", ",.0f"),
            ("sentences/s, steady", "steady_sentences_per_second", ",.0f"),
            ("sentences/CPU s, steady", "steady_sentences_per_cpu_second", ",.0f"),
            ("triples/s, whole run", "triples_per_second", ",.1f"),
            ("most memory of a process", "megabytes", ",.0f"),
        )
        for label, key, form in lines:
            first = bare.get(key, bare.get(key.removeprefix("steady_")))
            cells = [first, one.get(key), two.get(key)]
            print(
                row.format(label, *("" if cell is None or math.isnan(cell) else format(cell, form) for cell in cells))
            )
        print(
            f"generate / bare parser, CPU: {each['generate_to_bare']:.2f} of all sentences,"
            f" {each['generate_to_bare_parsed']:.2f} of those parsed"
        )
        gain, cost = each["two_to_one"], each["two_to_one_per_cpu"]
        print(f"2 workers / 1 worker: {gain:.2f}, per CPU second {cost:.2f}")
        print("stages: " + ", ".join(f"{name} {share:.0%}" for name, share in each["stages"].items()))


def show_memory(report: dict[str, Any]) -> None:
    """The memory of the runs, and that of the largest beside that of the smallest text."""
    for each in report["memory"]:
        print(f"\n{each['language']}: {each['text']}, repeated; megabytes of all processes together, at most")
        for run in each["runs"]:
            print(
                f"  {run['megabytes_of_text']:8,.1f} MB of text: {run['megabytes']:7,.0f} MB, {run['workers']} workers,"
                f" {run['seconds']:,.0f} s, {run['sentences']:,} sentences, {run['triples']:,} triples"
            )
        first, last = each["runs"][0]["megabytes"], each["runs"][-1]["megabytes"]
        print(f"  largest text / smallest text: {last / first:.2f}")

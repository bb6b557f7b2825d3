"""Every engine gives the results in the order of the tasks."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from conftest import Command
from test_generate import hashes

from nyaris.errors import NyarisError, UsageError
from nyaris.generate import generate
from nyaris.run.engines import run_all
from nyaris.run.settings import Settings

TASKS = [f"word{number}" for number in range(11)]


@pytest.mark.parametrize(("engine", "workers"), [("local", 1), ("local", 2), ("ray", 2)])
def test_results_come_in_the_order_of_the_tasks(engine: str, workers: int) -> None:
    if engine == "ray":
        pytest.importorskip("ray")
    assert list(run_all(str.upper, lambda: iter(TASKS), engine, workers)) == [task.upper() for task in TASKS]


def test_tasks_are_not_read_far_ahead() -> None:
    read: list[str] = []

    def tasks() -> Iterator[str]:
        for task in TASKS:
            read.append(task)
            yield task

    results = run_all(str.upper, tasks, "local", 2)
    next(results)
    assert len(read) <= 5
    results.close()  # type: ignore[attr-defined]


def _square_slowly(task: tuple[int, str]) -> tuple[int, int]:
    """The square and the process that made it; the first one to see task 3 kills itself."""
    number, folder = task
    Path(folder, f"{os.getpid()}").touch()
    if number == 3 and not Path(folder, "dead").exists():
        Path(folder, "dead").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number, os.getpid()


@pytest.mark.parametrize("engine", ["local", "ray"])
def test_a_killed_worker_costs_nothing(engine: str, tmp_path: Path) -> None:
    if engine == "ray":
        ray = pytest.importorskip("ray", reason="Ray comes with the extra of its name")
        ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])  # the workers cannot import tests
    tasks = [(number, str(tmp_path)) for number in range(12)]
    results = list(run_all(_square_slowly, lambda: iter(tasks), engine, workers=2))
    assert [square for square, _ in results] == [number * number for number in range(12)]
    assert (tmp_path / "dead").exists(), "a worker did die"


def _die(task: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return task


@pytest.mark.parametrize(
    ("engine", "advice"), [("local", "died 3 times .* fewer --workers"), ("ray", "gave up .* --resume")]
)
def test_documents_that_kill_every_worker_end_the_run_with_advice(engine: str, advice: str) -> None:
    if engine == "ray":
        ray = pytest.importorskip("ray", reason="Ray comes with the extra of its name")
        ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])
    with pytest.raises(NyarisError, match=advice):
        list(run_all(_die, lambda: iter(range(3)), engine, workers=2))


def _refuse(task: int) -> int:
    raise UsageError(f"task {task} is refused")


@pytest.mark.parametrize("engine", ["local", "ray"])
def test_errors_come_as_they_were_raised(engine: str) -> None:
    if engine == "ray":
        ray = pytest.importorskip("ray", reason="Ray comes with the extra of its name")
        ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])
    with pytest.raises(UsageError, match="task 0 is refused"):
        list(run_all(_refuse, lambda: iter(range(3)), engine, workers=2))


def test_ray_makes_the_same_bytes_as_one_process(sources: list[str], dataset: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="Ray comes with the extra of its name")
    generate(sources, tmp_path / "out", Settings(), engine="ray", workers=2)
    assert hashes(tmp_path / "out") == hashes(dataset)


def _killer(work: Path, killed: list[int]) -> None:
    """Kill the first process that is writing a shard."""
    while not killed:
        for beside in work.glob(".shards/*/*.part"):
            pid = int(beside.name.split(".")[-2])
            if pid != os.getpid():
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)
                return
        time.sleep(0.001)


@pytest.mark.parametrize("engine", ["local", "ray"])
def test_a_worker_killed_while_it_writes_a_shard_costs_nothing(
    engine: str, sources: list[str], dataset: Path, tmp_path: Path
) -> None:
    if engine == "ray":
        pytest.importorskip("ray", reason="Ray comes with the extra of its name")
    killed: list[int] = []
    Thread(target=_killer, args=(tmp_path / "out", killed), daemon=True).start()
    generate(sources, tmp_path / "out", Settings(), engine=engine, workers=2)
    assert killed, "a worker did die"
    assert hashes(tmp_path / "out") == hashes(dataset)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--workers", 0), "--workers 0"),
        (("--ray-address", "auto"), "goes with --engine ray"),
        (("--max-document-size", 0), "--max-document-size 0"),
        (("--max-document-seconds", -1), "--max-document-seconds -1"),
    ],
)
def test_options_that_cannot_work_are_named(
    nyaris: Command, tmp_path: Path, options: tuple[object, ...], message: str
) -> None:
    code, _, err = nyaris("generate", tmp_path, "-o", tmp_path / "out", *options)
    assert code == 2
    assert message in err

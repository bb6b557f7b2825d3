"""Every engine gives the results in the order of the tasks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nyaris.run.engines import run_all

TASKS = [f"word{number}" for number in range(11)]


@pytest.mark.parametrize(("engine", "workers"), [("local", 1), ("local", 2), ("ray", 2)])
def test_results_come_in_the_order_of_the_tasks(engine: str, workers: int) -> None:
    if engine == "ray":
        pytest.importorskip("ray")
    assert list(run_all(str.upper, TASKS, engine, workers)) == [task.upper() for task in TASKS]


def test_tasks_are_not_read_far_ahead() -> None:
    read: list[str] = []

    def tasks() -> Iterator[str]:
        for task in TASKS:
            read.append(task)
            yield task

    results = run_all(str.upper, tasks(), "local", 2)
    next(results)
    assert len(read) <= 5
    results.close()  # type: ignore[attr-defined]

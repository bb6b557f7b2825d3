"""Where shards run: in this process, in a pool of processes, or on a Ray cluster. All give the same files."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, TypeVar

from nyaris.errors import NyarisError, UsageError

T = TypeVar("T")
R = TypeVar("R")
ENGINES = ("local", "ray")
_AHEAD = 2
_TRIES = 3
"""So often may a worker die over the tasks at hand before the run gives up."""


def run_all(
    function: Callable[[T], R],
    tasks: Callable[[], Iterator[T]],
    engine: str = "local",
    workers: int = 1,
    address: str | None = None,
) -> Iterator[R]:
    """Results in the order of the tasks, which are read a few ahead. `address` is a Ray cluster.

    Raises NyarisError when workers keep dying, and whatever `function` raises.
    """
    if engine == "ray":
        from nyaris.run.ray_engine import run_on_ray

        yield from run_on_ray(function, tasks, workers, address, _TRIES)
    elif workers == 1:
        yield from map(function, tasks())
    else:
        yield from _pool(function, tasks(), workers)


def check_engine(engine: str, workers: int, address: str | None) -> None:
    """Raise UsageError for an engine that is not there, or options that go with another one."""
    if engine not in ENGINES:
        raise UsageError(f"no engine '{engine}': known are {', '.join(ENGINES)}")
    if workers < 1:
        raise UsageError(f"--workers {workers}: at least 1 is needed")
    if address and engine != "ray":
        raise UsageError(f"--ray-address {address} goes with --engine ray")


def _pool(function: Callable[[T], R], stream: Iterator[T], workers: int) -> Iterator[R]:
    from concurrent.futures import Future
    from concurrent.futures.process import BrokenProcessPool

    tries = 0
    waiting: deque[tuple[T, Future[R] | None]] = deque((task, None) for task in islice(stream, workers * _AHEAD))
    pool = _new_pool(workers)
    try:
        while waiting:
            try:
                for place, (task, future) in enumerate(waiting):
                    if future is None:
                        waiting[place] = (task, pool.submit(function, task))
                first = waiting[0][1]
                assert first is not None
                result = first.result()
            except BrokenProcessPool as error:
                tries += 1
                if tries == _TRIES:
                    raise NyarisError(
                        f"a worker process died {tries} times over the same documents (out of memory?): "
                        "give fewer --workers, and --resume; what is finished is kept"
                    ) from error
                pool.shutdown(wait=False, cancel_futures=True)
                pool = _new_pool(workers)
                waiting = deque((task, None) for task, _ in waiting)
                continue
            tries = 0
            waiting.popleft()
            waiting.extend((task, None) for task in islice(stream, 1))
            yield result
    finally:
        pool.shutdown(cancel_futures=True)


def _new_pool(workers: int) -> Any:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_leave_with_parent)


def _leave_with_parent() -> None:
    """End this worker when the process that started it is gone, however it went: pools leave orphans behind."""
    from multiprocessing import parent_process
    from threading import Thread

    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()

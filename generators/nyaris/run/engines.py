"""Where shards run: in this process, in a pool of processes, or on a Ray cluster. All give the same files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from nyaris.errors import NyarisError

T = TypeVar("T")
R = TypeVar("R")
ENGINES = ("local", "ray")
_AHEAD = 2


def run_all(function: Callable[[T], R], tasks: Iterable[T], engine: str = "local", workers: int = 1) -> Iterator[R]:
    """Results in the order of the tasks; at most two tasks per worker are read ahead."""
    if engine == "ray":
        yield from _ray(function, tasks, workers)
    elif workers == 1:
        yield from map(function, tasks)
    else:
        yield from _pool(function, tasks, workers)


def _pool(function: Callable[[T], R], tasks: Iterable[T], workers: int) -> Iterator[R]:
    from collections import deque
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    stream = iter(tasks)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[R]] = deque(pool.submit(function, task) for task in islice(stream, workers * _AHEAD))
        while waiting:
            result = waiting.popleft().result()
            waiting.extend(pool.submit(function, task) for task in islice(stream, 1))
            yield result


def _ray(function: Callable[[T], R], tasks: Iterable[T], workers: int) -> Iterator[R]:
    try:
        import ray
    except ImportError as error:
        raise NyarisError("--engine ray needs Ray: pip install 'nyaris[ray]'") from error
    from collections import deque

    def call(task: T) -> R:
        return function(task)

    if not ray.is_initialized():
        ray.init(num_cpus=workers, include_dashboard=False, log_to_driver=False)
    remote = ray.remote(max_retries=3)(call)
    stream = iter(tasks)
    waiting = deque(remote.remote(task) for task in islice(stream, workers * _AHEAD))
    while waiting:
        result: R = ray.get(waiting.popleft())
        waiting.extend(remote.remote(task) for task in islice(stream, 1))
        yield result

"""Shards on a Ray cluster, as a Ray Data pipeline: one task reads the sources, all others write shards.

Ray Data streams (what is read ahead is bounded), keeps the order, and does again what a dead worker had. The reading
is one task because the sources are one sequence, which is dealt to shards as it comes; if its worker dies, it reads
again from the beginning, and what is written is not written twice.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from nyaris.errors import NyarisError

T = TypeVar("T")
R = TypeVar("R")
_READ_AHEAD = 256 * 1024**2
"""Bytes of documents that wait for a worker, at most."""


def run_on_ray(
    function: Callable[[T], R], tasks: Callable[[], Iterator[T]], workers: int, address: str | None, tries: int
) -> Iterator[R]:
    """Results in the order of the tasks. `tasks` is called in a worker on the machine of the caller.

    Raises NyarisError when there is no cluster or a task keeps killing its workers, and whatever `function` and
    `tasks` raise.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        ray: Any = import_module("ray")
        import_module("ray.data")
    except ImportError as error:
        raise NyarisError("--engine ray needs Ray: pip install 'nyaris[ray]'") from error
    ours = not ray.is_initialized()
    if ours:
        local = (
            {} if address else {"num_cpus": workers, "include_dashboard": False, "object_store_memory": 2 * _READ_AHEAD}
        )
        try:
            ray.init(address=address, log_to_driver=False, logging_level="ERROR", **local)
        except (ConnectionError, OSError, ValueError, RuntimeError) as error:
            raise NyarisError(f"no Ray cluster at '{address or 'local'}' ({error}): check --ray-address") from error
    try:
        pipeline = _pipeline(ray, function, tasks, tries)
        for batch in pipeline.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
            for made in batch["made"].to_pylist():
                result = pickle.loads(made)
                if isinstance(result, _Failed):
                    raise result.error
                yield result
    except ray.exceptions.RayError as error:
        raise NyarisError(
            f"Ray gave up on a shard ({type(error).__name__}; out of memory?): see the cluster's logs, then --resume; "
            "what is finished is kept"
        ) from error
    finally:
        if ours:
            ray.shutdown()


class _Failed:
    """An error of ours on its way from a worker: Ray would wrap it, and do the task again."""

    def __init__(self, error: Exception) -> None:
        self.error = error


def _pipeline(ray: Any, function: Callable[[T], R], tasks: Callable[[], Iterator[T]], tries: int) -> Any:
    """The dataset whose rows are pickled results, a block for each task."""
    import pyarrow as pa

    data, folder = ray.data, Path.cwd()

    class Tasks(data.Datasource):  # type: ignore[misc, name-defined]
        """All tasks, read one after the other."""

        def estimate_inmemory_data_size(self) -> int | None:
            return None

        def get_read_tasks(self, parallelism: int, *_: Any, **__: Any) -> list[Any]:
            from ray.data.block import BlockMetadata

            about = BlockMetadata(num_rows=None, size_bytes=None, input_files=None, exec_stats=None)
            return [data.ReadTask(read, about)]

    def read() -> Iterator[Any]:
        _go_to(folder)
        try:
            for task in tasks():
                yield pa.table({"task": [pickle.dumps(task)]})
        except Exception as error:
            yield pa.table({"task": [pickle.dumps(_Failed(error))]})

    def make(block: Any) -> Any:
        _go_to(folder)
        return pa.table({"made": pa.array([pickle.dumps(_made(function, each)) for each in block["task"].to_pylist()])})

    here = {f"node:{ray.util.get_node_ip_address()}": 0.001}  # a resource that every machine of a cluster has
    context = data.DataContext.get_current()
    before = context.target_max_block_size, context.enable_progress_bars
    context.target_max_block_size, context.enable_progress_bars = 1, False  # a block for each task
    try:
        source = data.read_datasource(Tasks(), override_num_blocks=1, num_cpus=0, resources=here)
    finally:
        context.target_max_block_size, context.enable_progress_bars = before
    options = source.context.execution_options
    options.preserve_order = True
    options.resource_limits = data.ExecutionResources(object_store_memory=_READ_AHEAD)
    return source.map_batches(make, batch_size=None, batch_format="pyarrow", max_retries=tries)


def _made(function: Callable[[T], R], task: bytes) -> R | _Failed:
    given = pickle.loads(task)
    if isinstance(given, _Failed):
        return given
    try:
        return function(given)
    except Exception as error:
        return _Failed(error)


def _go_to(folder: Path) -> None:
    """Where the command was given: paths may be relative to it."""
    if folder.is_dir():
        os.chdir(folder)

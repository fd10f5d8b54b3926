"""Where tasks of the flow run: threads here, or the workers of a Dask or Ray cluster."""

import importlib
import os
from typing import Any, cast

from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.exceptions import ClusterError
from flows.ingest import Options
from flows.records import Chunk

# How Dask, and Ray, call it when workers were lost over a task again and again.
_LOST = {"KilledWorker", "WorkerCrashedError", "NodeDiedError", "OutOfMemoryError"}
Runner = TaskRunner[PrefectFuture[Any]]


def make_task_runner(options: Options) -> Runner:
    """Make the task runner of `options.runner`."""
    if options.runner == "dask":
        return _dask(options)
    if options.runner == "ray":
        return _ray(options)
    return cast("Runner", ThreadPoolTaskRunner(max_workers=options.workers))


def explain_loss(error: Exception, chunk: Chunk) -> Exception:
    """Give the error that says what a cluster gave up; any other error as it is.

    Both kinds of cluster have tried a chunk on several workers by then.
    """
    if type(error).__name__ not in _LOST:
        return error
    files = " to ".join([chunk.files[0].source_path, chunk.files[-1].source_path])
    message = (
        f"the cluster lost every worker that read {files}: give its workers more memory, "
        "or ingest with --runner processes, which finds the file"
    )
    return ClusterError(message)


def _dask(options: Options) -> Runner:
    # Some hundred lines a run otherwise, and a warning where a worker takes seconds to end. Read
    # when Dask is imported.
    os.environ.setdefault("DASK_LOGGING__DISTRIBUTED", "error")
    make = importlib.import_module("prefect_dask").DaskTaskRunner
    if options.address:
        return cast("Runner", make(address=options.address))
    cluster = {
        "n_workers": options.workers,
        "threads_per_worker": 1,
        "dashboard_address": "127.0.0.1:0",
    }
    return cast("Runner", make(cluster_class="distributed.LocalCluster", cluster_kwargs=cluster))


def _ray(options: Options) -> Runner:
    make = importlib.import_module("prefect_ray").RayTaskRunner
    if options.address:
        return cast("Runner", make(address=options.address))
    # It would make a token for a cluster that is on this machine alone, and warn that it did.
    os.environ.setdefault("RAY_AUTH_MODE", "disabled")
    quiet = {"log_to_driver": False, "logging_level": "WARNING"}
    cluster = {"num_cpus": options.workers, "include_dashboard": False, **quiet}
    return cast("Runner", make(init_kwargs=cluster))

"""Where tasks of the flow run: threads here, or the workers of a Dask or Ray cluster."""

import importlib
import os
from typing import Any, Generic, TypeVar, cast

from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.ingest import Options

Value = TypeVar("Value")
Runner = TaskRunner[PrefectFuture[Any]]


class Here(Generic[Value]):
    """What stays in this process: Prefect sends the flow along with each task to a cluster."""

    def __init__(self, value: Value | None) -> None:
        self.value = value

    def __reduce__(self) -> tuple[type["Here[Value]"], tuple[None]]:
        """Pickle as nothing."""
        return type(self), (None,)


def make_task_runner(options: Options) -> Runner:
    """Make the task runner of `options.runner`."""
    if options.runner == "dask":
        return _dask(options)
    if options.runner == "ray":
        return _ray(options)
    return cast("Runner", ThreadPoolTaskRunner(max_workers=options.workers))


def _dask(options: Options) -> Runner:
    # Some hundred lines a run otherwise; read when Dask is imported.
    os.environ.setdefault("DASK_LOGGING__DISTRIBUTED", "warning")
    make = importlib.import_module("prefect_dask").DaskTaskRunner
    if options.address:
        return cast("Runner", make(address=options.address))
    cluster = {
        "n_workers": options.workers,
        "threads_per_worker": 1,
        "dashboard_address": None,
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

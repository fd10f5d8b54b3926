"""A schedule of Prefect's, and the process that works it off.

Import this after `flows/prefect_env.py` has set what Prefect needs to find, with a server at
PREFECT_API_URL.
"""

import asyncio
import contextlib
import datetime
import signal
from dataclasses import dataclass
from typing import cast
from uuid import UUID

import httpx
from prefect import get_client
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import (
    ConcurrencyLimitConfig,
    ConcurrencyLimitStrategy,
    FlowRun,
    State,
    StateType,
)
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.states import Cancelled, Crashed
from prefect.types.entrypoint import EntrypointType

from flows.exceptions import PrefectError, RequestError
from flows.prefect_flow import NAME, ingest_inbox
from flows.prefect_server import TemporaryServer

_WATCH_SECONDS = 1.0
# Prefect gives a run under way some seconds to end.
_GOODBYE_SECONDS = 30.0
_AGAIN = "start gongkai serve again once it runs"
_UNDER_WAY = (StateType.PENDING, StateType.RUNNING, StateType.CANCELLING)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is served: the parameters of the flow, and when it runs."""

    name: str
    cron: str
    timezone: str
    parameters: dict[str, object]


def serve(plan: Plan, server: TemporaryServer | None, *, is_missed: bool) -> None:
    """Work the schedule off until SIGINT or SIGTERM; begin with a run where one was missed.

    `server` is the one of our own: when that ends, this does. One of the user's may come back.

    Raises RequestError where another warehouse has the name, and PrefectError where the server does
    not answer, or has gone. Nothing else may serve the same warehouse.
    """
    try:
        with get_client(sync_client=True) as client:
            _require_name(client, plan)
            _bury_the_dead(client, plan.name)
            runner = Runner(name=plan.name)
            deployment_id = runner.add_deployment(_deployment(plan))
            if is_missed:
                client.create_flow_run_from_deployment(cast("UUID", deployment_id), name="made-up")
            # Not closed: what waits in it for a server that has gone would be waited for.
            asyncio.new_event_loop().run_until_complete(_work_off(runner, server))
            _bury_the_dead(client, plan.name)
    # The runner gives up with a RuntimeError, which its groups of tasks wrap up.
    except (httpx.HTTPError, RuntimeError, ExceptionGroup) as error:
        message = (
            f"Prefect's server does not answer ({type(error).__name__}): see whether it runs, "
        )
        raise PrefectError(f"{message}and start gongkai serve again") from error


def _deployment(plan: Plan) -> RunnerDeployment:
    return RunnerDeployment.from_flow(
        ingest_inbox,
        name=plan.name,
        schedule=Cron(plan.cron, timezone=plan.timezone),
        # What a predecessor paused when it ended.
        paused=False,
        concurrency_limit=ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
        ),
        parameters=plan.parameters,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


async def _work_off(runner: Runner, server: TemporaryServer | None) -> None:
    """Run until a signal; the schedule is then paused, and a run under way is ended."""
    work = asyncio.ensure_future(runner.start())
    end = asyncio.Event()
    # The runner has set a handler of its own by then, which would leave without pausing.
    await asyncio.sleep(0)
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, end.set)
    while not (work.done() or end.is_set() or (server and server.has_ended)):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(end.wait(), _WATCH_SECONDS)
    if server and server.has_ended:
        raise PrefectError(
            f"Prefect's server has ended: see {server.log}, and start gongkai serve again"
        )
    work.cancel()
    await asyncio.wait({work}, timeout=_GOODBYE_SECONDS)
    if not work.done():
        raise PrefectError(
            f"Prefect's server does not answer: the schedule is not paused; {_AGAIN}"
        )
    with contextlib.suppress(asyncio.CancelledError):
        work.result()


def _require_name(client: SyncPrefectClient, plan: Plan) -> None:
    """Refuse a name under which this Prefect server knows another warehouse."""
    try:
        known = client.read_deployment_by_name(f"{NAME}/{plan.name}")
    except ObjectNotFound:
        return
    warehouse = known.parameters.get("warehouse")
    if warehouse != plan.parameters["warehouse"]:
        message = f"Prefect's {plan.name!r} is for {warehouse}: give this one another --name"
        raise RequestError(message)


def _bury_the_dead(client: SyncPrefectClient, name: str) -> None:
    """End what is left of one that served: the run it had begun, and nights nobody worked off.

    As long as they stand, they fill the one place for a run, or are worked off one by one.
    """
    for run in _left_behind(client, name):
        gone = "gongkai serve ended before it did"
        is_begun = run.state is not None and run.state.type in _UNDER_WAY
        state: State[object] = Crashed(message=gone) if is_begun else Cancelled(message=gone)
        client.set_flow_run_state(run.id, state, force=True)


def _left_behind(client: SyncPrefectClient, name: str) -> list[FlowRun]:
    try:
        known = client.read_deployment_by_name(f"{NAME}/{name}")
    except ObjectNotFound:
        return []
    wanted = FlowRunFilterStateType(any_=[StateType.SCHEDULED, *_UNDER_WAY])
    runs = client.read_flow_runs(
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[known.id])),
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=wanted)),
    )
    now = datetime.datetime.now(datetime.UTC)
    return [
        run for run in runs if run.expected_start_time is None or run.expected_start_time <= now
    ]

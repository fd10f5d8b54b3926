"""The schedule, served against a real Prefect server on this machine."""

import datetime
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from flows.journal import Entry, read_journal, write_entry
from flows.outcome import COUNTS, FINDINGS, QUARANTINE
from flows.prefect_env import SETTINGS
from flows.settings import Settings, read_settings
from tests.support import REPO

SAMPLE = next((REPO / "data" / "samples").glob("*高田镇*.txt"))
LONG_AGO = datetime.datetime(2026, 3, 1, 18, 30, tzinfo=datetime.UTC)
PATIENCE = 120
BY_HAND = ("by hand", "by hand too")


class Api:
    """Prefect's API at an address."""

    def __init__(self, address: str) -> None:
        self.address = address

    def post(self, path: str, **body: object) -> Any:
        """Post as Prefect's own clients do: a server on SQLite is busy at times, and says so."""
        end = time.monotonic() + PATIENCE
        answer = httpx.post(f"{self.address}/{path}", json=body, timeout=30)
        while answer.is_server_error and time.monotonic() < end:
            time.sleep(0.5)
            answer = httpx.post(f"{self.address}/{path}", json=body, timeout=30)
        assert answer.is_success, answer.text
        return answer.json()

    def get(self, path: str) -> Any:
        return httpx.get(f"{self.address}/{path}", timeout=30).raise_for_status().json()

    def runs(self) -> list[dict[str, Any]]:
        """Give the runs that are not still to come, oldest first."""
        runs = self.post("flow_runs/filter", sort="START_TIME_ASC")
        return [run for run in runs if run["state_type"] != "SCHEDULED"]

    def artifact(self, key: str, flow_run_id: str) -> list[dict[str, Any]]:
        wanted = {"key": {"any_": [key]}, "flow_run_id": {"any_": [flow_run_id]}}
        (artifact,) = self.post("artifacts/filter", artifacts=wanted)
        return json.loads(artifact["data"])


def wait_for(what: Callable[[], Any]) -> Any:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            found = what()
        except httpx.HTTPError:
            found = None
        if found:
            return found
        time.sleep(0.2)
    pytest.fail("nothing happened")


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """Give an environment with a home of Prefect, and no other setting of it from outside."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    home = tmp_path_factory.mktemp("home")
    return {**own, **SETTINGS, "PREFECT_HOME": str(home), "PREFECT_RUNNER_POLL_FREQUENCY": "1"}


@pytest.fixture(scope="module")
def api(environment):
    """Start a Prefect server as a user would."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    place = ["--host", "127.0.0.1", "--port", port, "--no-ui"]
    with (
        Path(environment["PREFECT_HOME"], "log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-m", "prefect", "server", "start", *place],
            env=environment,
            stdout=log,
            stderr=log,
        ) as server,
    ):
        try:
            api = Api(f"http://127.0.0.1:{port}/api")
            wait_for(lambda: api.get("health"))
            yield api
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Settings:
    """Give a warehouse that was last brought up to date long ago, with an inbox beside it."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "inbox").mkdir()
    shutil.copy(SAMPLE, folder / "inbox")
    settings = read_settings(folder / "w.duckdb", {})
    settings.state.mkdir()
    write_entry(settings, Entry(str(folder / "inbox"), LONG_AGO, "ok", LONG_AGO))
    return settings


def start_serving(place: Settings, api: Api, environment: dict[str, str], *more: str):
    inbox = place.warehouse.parent / "inbox"
    command = ["serve", str(inbox), "--warehouse", str(place.warehouse), "--runner", "serial"]
    return subprocess.Popen(
        [sys.executable, "-m", "flows.cli", *command, "--log", "json", *more],
        cwd=REPO,
        env={**environment, "PREFECT_API_URL": api.address},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def left_behind(place, api):
    """Leave what a killed predecessor does: a run that seems to go on, a night not worked off."""
    flow = api.post("flows/", name="gongkai ingest")["id"]
    known = {"warehouse": str(place.warehouse)}
    nightly = api.post("deployments/", name="nightly", flow_id=flow, parameters=known, paused=True)[
        "id"
    ]
    late = {"type": "SCHEDULED", "state_details": {"scheduled_time": LONG_AGO.isoformat()}}
    for name, state in (("dead", {"type": "RUNNING"}), ("late", late)):
        api.post("flow_runs/", name=name, flow_id=flow, deployment_id=nightly, state=state)


@pytest.fixture(scope="module")
def served(place, api, environment, left_behind):
    """Serve; gives the process."""
    process = start_serving(place, api, environment)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def deployment(served, api):
    def active() -> dict[str, Any] | None:
        found = api.get("deployments/name/gongkai%20ingest/nightly")
        return None if found["paused"] else found

    return wait_for(active)


def finished(api: Api, name: str) -> dict[str, Any]:
    """Wait for the end of a flow run."""
    ended = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
    return wait_for(
        lambda: next(
            (run for run in api.runs() if run["name"] == name and run["state_type"] in ended), None
        )
    )


def test_the_schedule_is_that_of_shanghai_and_lets_one_run_at_a_time(deployment):
    (schedule,) = deployment["schedules"]
    assert schedule["active"]
    assert schedule["schedule"]["cron"] == "30 2 * * *"
    assert schedule["schedule"]["timezone"] == "Asia/Shanghai"
    assert deployment["global_concurrency_limit"]["limit"] == 1
    assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"


def test_what_a_killed_predecessor_left_is_ended(api, deployment):
    assert finished(api, "dead")["state_type"] == "CRASHED"
    assert finished(api, "late")["state_type"] == "CANCELLED"


def test_nights_to_come_are_planned_at_half_past_two(api, deployment):
    runs = wait_for(lambda: [run for run in api.post("flow_runs/filter") if run["auto_scheduled"]])
    shanghai = datetime.timezone(datetime.timedelta(hours=8))
    for run in runs:
        moment = datetime.datetime.fromisoformat(run["expected_start_time"]).astimezone(shanghai)
        assert (moment.hour, moment.minute) == (2, 30)


def test_a_missed_night_is_made_up_at_once(api, place, deployment):
    run = finished(api, "made-up")
    assert run["state_type"] == "COMPLETED"
    journal = read_journal(place)
    assert journal.last.outcome == "ok"
    assert journal.finished[str(place.warehouse.parent / "inbox")] > LONG_AGO
    found = api.artifact(FINDINGS, run["id"])
    errors = {row["rule"]: row["title"] for row in found if row["severity"] == "error"}
    assert errors["applicants_sum"] == "六类申请人之和等于总计"
    assert set(errors) == {"applicants_sum", "requests_balance"}


def test_of_two_runs_asked_for_at_once_one_runs_and_leaves_its_tables(api, place, deployment):
    finished(api, "made-up")
    (place.warehouse.parent / "inbox" / "空.txt").touch()
    for name in BY_HAND:
        path = f"deployments/{deployment['id']}/create_flow_run"
        api.post(path, name=name, state={"type": "SCHEDULED"})
    runs = {run["state_type"]: run for run in (finished(api, name) for name in BY_HAND)}
    assert set(runs) == {"COMPLETED", "CANCELLED"}
    run = runs["COMPLETED"]
    counts = {row["what"]: row["number"] for row in api.artifact(COUNTS, run["id"])}
    assert (counts["files_seen"], counts["files_new"], counts["files_quarantined"]) == (2, 1, 1)
    assert api.artifact(FINDINGS, run["id"]) == []
    (bad,) = api.artifact(QUARANTINE, run["id"])
    assert (bad["source_path"], bad["stage"]) == ("空.txt", "extract")


def test_prefect_yaml_is_a_deployment_of_the_same_flow(api, environment):
    api.post("work_pools/", name="gongkai", type="process")
    subprocess.run(
        [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"],
        cwd=REPO,
        env={**environment, "PREFECT_API_URL": api.address},
        capture_output=True,
        check=True,
    )
    deployment = api.get("deployments/name/gongkai%20ingest/every-night")
    (schedule,) = deployment["schedules"]
    assert schedule["schedule"]["timezone"] == "Asia/Shanghai"
    assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
    assert set(deployment["parameters"]) <= set(
        deployment["parameter_openapi_schema"]["properties"]
    )


def test_sigterm_ends_it_and_pauses_the_schedule(api, deployment, served):
    for name in BY_HAND:
        finished(api, name)
    served.send_signal(signal.SIGTERM)
    out, talk = served.communicate(timeout=PATIENCE)
    assert (served.returncode, out) == (0, "")
    lines = [json.loads(line) for line in talk.splitlines()]
    assert {"serve", "ingest"} == {line["command"] for line in lines}
    assert lines[-1]["message"] == "ended"
    assert api.get(f"deployments/{deployment['id']}")["paused"]

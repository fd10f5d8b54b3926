"""Who is told of a run, when, and of what; nothing of it can fail the run."""

import datetime
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from flows import cli
from flows.exceptions import RequestError
from flows.notice import Notice, body_for, notice_of
from flows.notify import Target, post, read_target
from flows.records import RunSummary
from flows.settings import NOTICE_FORMS
from tests.support import REPO

SAMPLES = {path.name.split("_")[1]: path for path in (REPO / "data" / "samples").glob("*.txt")}
NOTICE = Notice({"status": "failed"}, "【年报入库】运行失败")


class Hook(HTTPServer):
    """A web hook on this machine: keeps what is posted, answers what it is told to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}/robot?key=secret"
        self.posted: list[dict[str, object]] = []
        self.answers: list[tuple[int, bytes]] = []


class _Handler(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posted.append(json.loads(body))
        status, answer = self.server.answers.pop(0) if self.server.answers else (200, b"ok")
        self.send_response(status)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def hooked() -> Iterator[Hook]:
    with Hook() as hook:
        thread = threading.Thread(target=hook.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield hook
        finally:
            hook.shutdown()
            thread.join()


@pytest.fixture
def hook():
    with hooked() as hook:
        yield hook


def ingest(inbox, *more: str) -> int:
    place = inbox.parent / "out" / "w.duckdb"
    command = ["ingest", str(inbox), "--direct", "--runner", "serial", "--warehouse", str(place)]
    return cli.main([*command, *more])


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    """Let no option that is handed on outlive its test."""
    for name in ("GONGKAI_NOTIFY", "GONGKAI_NOTIFY_FORM", "GONGKAI_LOG"):
        monkeypatch.setenv(name, "")


class TestRuns:
    def test_new_errors_and_quarantined_files_are_told_once(self, empty_inbox, hook):
        shutil.copy(SAMPLES["高田镇"], empty_inbox)
        (empty_inbox / "空.txt").touch()
        assert ingest(empty_inbox, "--notify", hook.url) == 3
        (told,) = hook.posted
        assert (told["status"], told["reasons"]) == ("quarantined", ["quarantine", "new_errors"])
        assert told["summary"]["reports_loaded"] == 1
        assert {row["rule"] for row in told["new_errors"]} == {"applicants_sum", "requests_balance"}
        assert {row["org_name"] for row in told["new_errors"]} == {"高田镇"}
        assert [row["source_path"] for row in told["quarantined"]] == ["空.txt"]
        assert "六类申请人之和等于总计：新增1条" in told["text"]
        assert ingest(empty_inbox, "--notify", hook.url) == 3
        assert len(hook.posted) == 1

    def test_a_run_that_fails_is_told_as_a_robot_wants_it(self, tmp_path, hook, monkeypatch):
        monkeypatch.setenv("GONGKAI_NOTIFY", hook.url)
        monkeypatch.setenv("GONGKAI_NOTIFY_FORM", "wecom")
        assert ingest(tmp_path / "no") == 1
        (told,) = hook.posted
        assert told["msgtype"] == "text"
        first, reason, _ = told["text"]["content"].splitlines()
        assert first.startswith("【年报入库】运行失败（")
        assert reason.startswith("原因：there is no folder")

    def test_nobody_there_fails_nothing_and_shows_no_password(self, tmp_path, capsys, monkeypatch):
        monkeypatch.setattr("flows.notify._PAUSE_SECONDS", 0)
        with hooked() as gone:
            url = gone.url
        assert ingest(tmp_path / "no", "--notify", url) == 1
        talk = capsys.readouterr().err
        assert "gongkai ingest: http://127.0.0.1 did not take the message: ConnectError" in talk
        assert "secret" not in talk

    def test_an_address_that_is_none_is_code_2(self, empty_inbox, capsys):
        assert ingest(empty_inbox, "--notify", "robot") == 2
        assert "GONGKAI_NOTIFY is no web address" in capsys.readouterr().err


def test_a_run_without_news_is_not_worth_a_message(settings):
    summary = RunSummary(files_seen=9, reports_loaded=3, in_quarantine=4, findings=11)
    assert notice_of(settings, "/inbox", datetime.datetime.now(datetime.UTC), summary) is None


class TestPost:
    @pytest.mark.parametrize(
        ("answers", "times", "arrives"),
        [
            ([(200, b"")], 1, True),
            ([(500, b""), (429, b""), (200, b"{}")], 3, True),
            ([(500, b"")] * 4, 3, False),
            ([(404, b"")], 1, False),
            ([(200, b'{"errcode": 93000, "errmsg": "invalid webhook url"}')], 1, False),
            ([(200, b'{"code": 19001}')], 1, False),
            ([(200, b'{"errcode": 0}')], 1, True),
        ],
    )
    def test_is_tried_again_where_that_may_help(self, hook, answers, times, arrives):
        hook.answers = list(answers)
        pauses: list[float] = []
        assert post(Target(hook.url, "json"), NOTICE, pauses.append) is arrives
        assert len(hook.posted) == times
        assert pauses == [2.0, 4.0][: times - 1]

    @pytest.mark.parametrize(
        ("form", "body"),
        [
            ("json", {"status": "failed", "text": NOTICE.text}),
            ("wecom", {"msgtype": "text", "text": {"content": NOTICE.text}}),
            ("dingtalk", {"msgtype": "text", "text": {"content": NOTICE.text}}),
            ("feishu", {"msg_type": "text", "content": {"text": NOTICE.text}}),
        ],
    )
    def test_every_form_has_its_body(self, form, body):
        assert body_for(form, NOTICE) == body
        assert form in NOTICE_FORMS

    def test_a_text_too_long_for_a_robot_is_cut_between_characters(self):
        body = body_for("wecom", Notice({}, "镇" * 2000))
        text = body["text"]["content"]
        assert text == "镇" * 681 + "…"
        assert len(text.encode()) <= 2048


@pytest.mark.parametrize("url", ["ftp://example.org", "https://", "http://[", "example.org"])
def test_only_web_addresses_are_taken(url):
    with pytest.raises(RequestError, match="no web address"):
        read_target({"GONGKAI_NOTIFY": url})


def test_only_known_forms_are_taken():
    environment = {"GONGKAI_NOTIFY": "https://example.org", "GONGKAI_NOTIFY_FORM": "slack"}
    with pytest.raises(RequestError, match="'slack': give one of json, wecom"):
        read_target(environment)


def test_nobody_is_told_unless_asked_for():
    assert read_target({"GONGKAI_NOTIFY": ""}) is None

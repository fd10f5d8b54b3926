"""What docs/operations.md and its units say can be done as it is said."""

import configparser
import re
import shlex
from pathlib import Path

import pytest
import yaml

from flows.notify import ADDRESS, FORM
from flows.outcome import COUNTS, FINDINGS, QUARANTINE
from flows.parser import make_parser
from flows.settings import (
    DEFAULT_CRON,
    DEFAULT_INBOX,
    DEFAULT_TIMEZONE,
    DEFAULT_WAREHOUSE,
    NOTICE_FORMS,
)
from tests.support import REPO

PAGE = (REPO / "docs" / "operations.md").read_text(encoding="utf-8")
UNITS = sorted((REPO / "docs" / "systemd").iterdir())
CRON_LINE = re.compile(r"^30 2 \* \* \* cd (\S+) && (.+?) 2>> \S+$", re.MULTILINE)


def blocks() -> str:
    return "\n".join(re.findall(r"```(?:sh)?\n(.*?)```", PAGE, flags=re.DOTALL))


def unit(path: Path) -> configparser.RawConfigParser:
    """Parse a unit; systemd takes a key twice where this does not, which none of ours needs."""
    parser = configparser.RawConfigParser(delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


def commands() -> list[list[str]]:
    """Give the words of every gongkai command of the page and the units."""
    lines = [line for line in blocks().splitlines() if not CRON_LINE.fullmatch(line)]
    lines += [command for _, command in CRON_LINE.findall(PAGE)]
    lines += [unit(path)["Service"]["ExecStart"] for path in UNITS if path.suffix == ".service"]
    found = []
    for line in lines:
        words = shlex.split(line, comments=True)
        while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
            del words[0]
        if words and Path(words[0]).name == "gongkai":
            found.append(words[1:])
    return found


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_that_is_shown_parses(words):
    assert make_parser().parse_args(words).command == words[0]


def test_the_page_shows_every_command_of_the_night():
    shown = {words[0] for words in commands()}
    assert shown == {"ingest", "serve", "doctor", "query"}
    assert len(CRON_LINE.findall(PAGE)) == 1


def test_every_option_named_in_prose_exists():
    """Of one command or another; `prefect` and other programs stand in blocks only."""
    prose = re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)
    (commands_of,) = (a.choices for a in make_parser()._actions if isinstance(a.choices, dict))
    known = {
        option for parser in commands_of.values() for action in parser._actions
        for option in action.option_strings
    }  # fmt: skip
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", prose))
    assert named
    assert named <= known


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_are_whole(path):
    parsed = unit(path)
    assert parsed["Unit"]["Description"]
    kind = {".service": "Service", ".timer": "Timer"}[path.suffix]
    assert set(parsed.sections()) <= {"Unit", kind, "Install"}
    assert f"systemd/{path.name}" in PAGE
    if kind == "Service":
        assert parsed[kind]["WorkingDirectory"] == "/srv/gongkai"
        # the default warehouse and its state lie where the unit may write
        writable = Path(parsed[kind]["ReadWritePaths"])
        assert (Path("/srv/gongkai") / DEFAULT_WAREHOUSE).parent == writable


def test_all_ways_run_at_the_same_time():
    minute, hour, *_ = DEFAULT_CRON.split()
    timer = unit(REPO / "docs" / "systemd" / "gongkai.timer")["Timer"]
    moment = f"*-*-* {int(hour):02}:{int(minute):02}:00 {DEFAULT_TIMEZONE}"
    assert timer["OnCalendar"] == moment
    assert timer["Persistent"] == "true"
    assert unit(REPO / "docs" / "systemd" / timer["Unit"])["Service"]["SuccessExitStatus"] == "3"
    plan = yaml.safe_load((REPO / "prefect.yaml").read_text(encoding="utf-8"))
    (deployment,) = plan["deployments"]
    assert deployment["schedules"] == [{"cron": DEFAULT_CRON, "timezone": DEFAULT_TIMEZONE}]
    # a path would do for the flow, and end its worker processes
    assert deployment["entrypoint"] == "flows.prefect_flow.ingest_inbox"
    assert deployment["parameters"]["inbox"] == str(DEFAULT_INBOX)
    assert deployment["parameters"]["warehouse"] == str(DEFAULT_WAREHOUSE)


@pytest.mark.parametrize("name", [*NOTICE_FORMS, ADDRESS, FORM, COUNTS, FINDINGS, QUARANTINE])
def test_names_are_those_of_the_program(name):
    assert f"`{name}`" in PAGE or name in blocks()

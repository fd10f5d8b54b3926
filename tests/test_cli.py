"""The command: what it prints where, with which code, and that nothing ends in a traceback."""

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from flows import cli, discover, plain_table, version
from flows.commands import report
from flows.page.build import Page
from flows.parser import make_parser
from sql import warehouse

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted((ROOT / "data" / "samples").glob("*.txt"))
COMMANDS = sorted(path.stem for path in (ROOT / "flows" / "commands").glob("[a-z]*.py"))
HEAVY = ("prefect", "pandas", "duckdb", "opencc", "chardet", "rich", "selectolax", "vl_convert")


@pytest.fixture(scope="module")
def stocked(tmp_path_factory):
    """Give a warehouse of the samples."""
    folder = tmp_path_factory.mktemp("stocked")
    path = folder / "w.duckdb"
    command = ["ingest", str(ROOT / "data" / "samples"), "--direct", "--runner", "serial"]
    assert cli.main([*command, "--warehouse", str(path)]) == 0
    return path


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    shutil.copy(SAMPLES[0], folder)
    return folder


def direct(inbox: Path, *more: str) -> list[str]:
    place = str(inbox.parent / "out" / "w.duckdb")
    return ["ingest", str(inbox), "--direct", "--runner", "serial", "--warehouse", place, *more]


def start(*command: str, **options) -> subprocess.Popen[str]:
    """Start the command as a shell would."""
    return subprocess.Popen(
        [sys.executable, "-m", "flows.cli", *command],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def assert_one_line(text: str, *parts: str) -> None:
    assert text.count("\n") == 1
    assert text.startswith("gongkai")
    for part in parts:
        assert part in text


class TestHelp:
    def test_release_is_that_of_the_package(self, capsys):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        with pytest.raises(SystemExit, match=r"^0$"):
            cli.main(["--version"])
        assert capsys.readouterr().out == f"gongkai {version.VERSION}\n"
        assert project["version"] == version.VERSION

    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_command_has_help_with_examples_that_parse(self, command, capsys):
        with pytest.raises(SystemExit, match=r"^0$"):
            cli.main([command, "--help"])
        text = capsys.readouterr().out.replace("\\\n      ", "")
        examples = [line.strip() for line in text.splitlines() if line.startswith("  gongkai ")]
        assert len(examples) >= 2
        for example in examples:
            words = next(csv.reader([example.partition(" > ")[0]], delimiter=" "))
            assert all((ROOT / word).exists() for word in words if word.startswith("data/samples"))
            assert make_parser().parse_args(words[1:]).command in COMMANDS

    def test_help_imports_nothing_heavy(self):
        code = (
            "import sys, contextlib; from flows import cli\n"
            "with contextlib.suppress(SystemExit): cli.main(['--help'])\n"
            f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert done.stderr == "[]\n"


class TestUsage:
    @pytest.mark.parametrize(
        ("words", "message"),
        [
            pytest.param([], "required: COMMAND (see gongkai --help)", id="nothing"),
            pytest.param(["bogus"], "invalid choice: 'bogus'", id="no such command"),
            pytest.param(["ingest"], "required: INBOX (see gongkai ingest --help)", id="no inbox"),
            pytest.param(["ingest", "x", "--workers", "0"], "give 1 to 1,000", id="no workers"),
            pytest.param(["ingest", "x", "--workers", "9" * 20], "give 1 to 1,000", id="workers"),
            pytest.param(
                ["ingest", "x", "--runner", "spark"], "invalid choice: 'spark'", id="runner"
            ),
            pytest.param(["export"], "required: --out", id="nowhere to export"),
            pytest.param(["export", "--out", "x", "--year", "23"], "four digits", id="year"),
            pytest.param(["query", "x", "--format", "xml"], "invalid choice: 'xml'", id="format"),
            pytest.param(["report"], "required: --out", id="nowhere to report"),
            pytest.param(["report", "--out", "x", "--year", "22"], "not a year", id="no year"),
        ],
    )
    def test_mistakes_are_one_line_and_code_2(self, words, message, capsys):
        with pytest.raises(SystemExit, match=r"^2$"):
            cli.main(words)
        assert_one_line(capsys.readouterr().err, message)


class TestIngest:
    def test_says_what_it_did_and_that_there_is_nothing_new(self, inbox, capsys):
        assert cli.main(direct(inbox)) == 0
        first, last = capsys.readouterr().err.splitlines()
        assert first == "gongkai ingest: 1 file, 1 new"
        assert last.startswith("gongkai ingest: loaded 1 report, ")
        assert cli.main(direct(inbox)) == 0
        assert capsys.readouterr().err.splitlines() == [
            "gongkai ingest: 1 file, 0 new",
            "gongkai ingest: nothing new: 1 file unchanged, warehouse untouched",
        ]

    def test_code_is_3_while_a_file_stands_in_quarantine(self, inbox, capsys):
        (inbox / "empty.txt").touch()
        assert cli.main(direct(inbox)) == 3
        assert "quarantined empty.txt (extract): The file is empty." in capsys.readouterr().err
        assert cli.main(direct(inbox)) == 3
        assert (
            "1 file of this inbox in quarantine; see: gongkai quarantine" in capsys.readouterr().err
        )

    def test_a_closed_folder_is_code_3_with_the_rest_loaded(self, inbox, capsys, monkeypatch):
        (inbox / "closed").mkdir()
        real = os.scandir

        def scandir(path):
            if path == str(inbox / "closed"):
                raise PermissionError(13, "Permission denied", path)
            return real(path)

        monkeypatch.setattr(discover.os, "scandir", scandir)
        assert cli.main(direct(inbox)) == 3
        text = capsys.readouterr().err
        assert "quarantined closed (discover): This folder cannot be looked at: Permission" in text
        assert "loaded 1 report" in text

    def test_an_inbox_that_is_not_there_is_one_line(self, tmp_path, capsys):
        assert cli.main(["ingest", str(tmp_path / "no"), "--direct"]) == 1
        assert_one_line(capsys.readouterr().err, "no folder", "check the path")

    def test_a_warehouse_that_is_none_is_one_line(self, inbox, capsys):
        place = inbox.parent / "out" / "w.duckdb"
        place.parent.mkdir()
        place.write_text("this is no database, this is a text" * 100)
        assert cli.main(direct(inbox)) == 1
        assert_one_line(capsys.readouterr().err, "is not a DuckDB file")

    def test_direct_does_without_prefect(self, inbox):
        code = "import sys; from flows import cli; cli.main(sys.argv[1:]); "
        code += "print('prefect' in sys.modules)"
        done = subprocess.run(
            [sys.executable, "-c", code, *direct(inbox)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == "False\n"

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_can_be_stopped_at_any_moment(self, tmp_path, number):
        inbox = tmp_path / "inbox"
        inbox.mkdir()
        text = SAMPLES[0].read_bytes()
        for copy in range(3000):
            (inbox / f"{copy}.txt").write_bytes(text + b"\n" + str(copy).encode())
        place = tmp_path / "out" / "w.duckdb"
        child = start("ingest", str(inbox), "--direct", "--warehouse", str(place))
        try:
            assert child.stderr.readline().endswith("3,000 files, 3,000 new\n")
            time.sleep(0.5)
            child.send_signal(number)
            _, talk = child.communicate(timeout=60)
        finally:
            child.kill()
        assert child.returncode == 130
        assert talk == "gongkai ingest: interrupted; nothing is left half-done\n"
        assert not place.exists()


class TestQuery:
    def ask(self, stocked: Path, sql: str, kind: str) -> int:
        return cli.main(["query", sql, "--warehouse", str(stocked), "--format", kind])

    def test_table_is_aligned_for_chinese_with_numbers_to_the_right(self, stocked, capsys):
        sql = "from (values ('石门乡', 7, null), ('a', 1234.50, 'x')) as t (名称, n, none)"
        assert self.ask(stocked, sql, "table") == 0
        lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
        assert lines[0] == "名称          n   none"
        assert lines[2] == "石门乡        7"
        assert lines[3] == "a        1234.5   x"

    def test_table_is_never_cut_in_a_pipe(self, stocked, capsys):
        assert self.ask(stocked, "select repeat('长', 500) as long", "table") == 0
        assert "长" * 500 in capsys.readouterr().out

    def test_csv_is_plain(self, stocked, capsys):
        sql = "select 1.50 as a, null as b, '=x' as c, date '2022-01-31' as d, true as e"
        assert self.ask(stocked, sql, "csv") == 0
        assert capsys.readouterr().out == "a,b,c,d,e\n1.5,,=x,2022-01-31,true\n"

    def test_json_is_exact(self, stocked, capsys):
        sql = "select 12345678901234.0001 as a, null as b, date '2022-01-31' as c, [0.1, 2] as d"
        assert self.ask(stocked, sql, "json") == 0
        text = capsys.readouterr().out
        assert json.loads(text) == [
            {"a": 12345678901234.0001, "b": None, "c": "2022-01-31", "d": [0.1, 2]}
        ]
        assert '"a": 12345678901234.0001' in text

    def test_json_loses_no_column_of_a_name(self, stocked, capsys):
        assert self.ask(stocked, "select 1 as a, 2 as a", "json") == 0
        assert json.loads(capsys.readouterr().out) == [{"a": 1, "a_1": 2}]

    def test_table_widens_on_the_way_and_shows_all_lines(self, stocked, capsys, monkeypatch):
        monkeypatch.setattr(plain_table, "_BATCH", 2)
        sql = "from (values ('a', 'x' || chr(10) || 'y'), ('b', ''), ('镇镇', '')) as t (n, m)"
        assert self.ask(stocked, sql, "table") == 0
        written = capsys.readouterr().out.splitlines()
        assert written == ["n   m", "─────", "a   x", "    y", "b    ", "镇镇    "]

    def test_json_of_nothing_is_an_empty_list(self, stocked, capsys):
        assert self.ask(stocked, "select 1 where false", "json") == 0
        assert json.loads(capsys.readouterr().out) == []

    @pytest.mark.parametrize(
        "sql",
        [
            "select 1 as n",
            "from reports",
            "with a as (select 1) from a",
            "values (1)",
            "describe reports",
            "summarize reports",
            "pivot facts on applicant using count(*) group by report_id",
            "explain select 1",
        ],
    )
    def test_takes_all_that_reads(self, stocked, sql, capsys):
        assert self.ask(stocked, sql, "csv") == 0
        assert capsys.readouterr().out.count("\n") > 1

    @pytest.mark.parametrize(
        "sql",
        [
            "",
            "select 1; select 2",
            "drop table reports",
            "delete from reports",
            "copy reports to 'x.csv'",
            "attach 'x.duckdb'",
            "set threads = 1",
            "create temp table t as select 1; select 2",
            "pivot facts on applicant using count(*); select 1",
        ],
    )
    def test_refuses_all_that_does_more(self, stocked, sql, capsys):
        assert self.ask(stocked, sql, "csv") == 1
        assert_one_line(capsys.readouterr().err, "only reads: give one statement that begins with")

    @pytest.mark.parametrize(
        ("sql", "message"),
        [
            ("slect 1", 'syntax error at or near "slect"'),
            ("from reprots", 'Did you mean "reports"'),
            ("from read_csv('/etc/passwd')", "disabled"),
            ("from '/etc/passwd'", "passwd does not exist"),
            ("from read_csv('https://example.org/x.csv')", ""),
            ("select '\udcff'", "not UTF-8"),
            ("select error('first\n\nsecond')", "first second"),
        ],
    )
    def test_what_cannot_be_answered_is_one_line(self, stocked, sql, message, capsys):
        assert self.ask(stocked, sql, "csv") == 1
        assert_one_line(capsys.readouterr().err, message)

    def test_needs_a_warehouse(self, tmp_path, capsys):
        assert self.ask(tmp_path / "no.duckdb", "select 1", "csv") == 1
        assert_one_line(capsys.readouterr().err, "no.duckdb does not exist", "gongkai ingest")

    def test_ends_quietly_when_its_reader_does(self, stocked):
        command = ("query", "from range(1000000)", "--format", "csv", "--warehouse", str(stocked))
        child = start(*command)
        assert child.stdout.readline() == "range\n"
        child.stdout.close()
        assert child.wait(timeout=60) == 0
        assert child.stderr.read() == ""
        child.stderr.close()

    def test_speaks_utf8_to_a_file_whatever_the_locale(self, stocked):
        environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
        command = ("query", "select '镇' as n", "--format", "csv", "--warehouse", str(stocked))
        child = start(*command, env=environment)
        assert child.communicate() == ("n\n镇\n", "")


class TestExport:
    def test_writes_every_view_as_excel_wants_it(self, stocked, tmp_path, capsys):
        assert cli.main(["export", "--out", str(tmp_path), "--warehouse", str(stocked)]) == 0
        views = warehouse.export_views()
        package = tmp_path / "datapackage.json"
        assert {path.name for path in tmp_path.iterdir()} == {
            *(f"{view}.csv" for view in views),
            package.name,
        }
        talk = capsys.readouterr()
        assert talk.out == ""
        *lines, last = talk.err.splitlines()
        assert last == f"gongkai export: {package}: describes {len(views)} views"
        with warehouse.connect(stocked, read_only=True) as con:
            for view, line in zip(views, lines, strict=True):
                data = (tmp_path / f"{view}.csv").read_bytes()
                assert data.startswith(b"\xef\xbb\xbf")
                table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
                assert table[0] == con.table(view).columns
                assert len(table) - 1 == len(con.table(view))
                rows = "1 row" if len(table) == 2 else f"{len(table) - 1:,} rows"
                assert line == f"gongkai export: {tmp_path / view}.csv: {rows}"

    @pytest.mark.parametrize(
        ("kind", "place"),
        [
            ("csv", "township_years.csv"),
            ("parquet", "township_years/"),
            ("xlsx", "gongkai.xlsx, sheet township_years"),
        ],
    )
    def test_of_a_county_and_year(self, stocked, tmp_path, kind, place, capsys):
        command = ["export", "--out", str(tmp_path), "--format", kind, "--county", "阳朔县"]
        assert cli.main([*command, "--year", "2021", "--warehouse", str(stocked)]) == 0
        lines = capsys.readouterr().err.splitlines()
        assert f"gongkai export: {tmp_path}/{place}: 1 row" in lines
        assert lines[-2].endswith(": 0 rows; not restricted: it has no county and no year")

    def test_headers_in_chinese(self, stocked, tmp_path):
        command = ["export", "--out", str(tmp_path), "--labels", "zh", "--county", "450321"]
        assert cli.main([*command, "--warehouse", str(stocked)]) == 0
        text = (tmp_path / "township_years.csv").read_text(encoding="utf-8-sig")
        assert text.startswith("单位标识,报告年度,报告单位,")

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (["--county", "鼓楼区"], "鼓楼区 is the name of 4 counties"),
            (["--county", "阳朔"], "did you mean 450321 广西壮族自治区桂林市阳朔县?"),
            (["--year", "1999"], "no reports for 1999 in the warehouse"),
            (["--format", "parquet", "--labels", "zh"], "leave out --labels"),
        ],
        ids=lambda words: words[1] if isinstance(words, list) else "",
    )
    def test_what_the_warehouse_has_not_is_one_line_and_code_2(
        self, stocked, tmp_path, words, message, capsys
    ):
        command = ["export", "--out", str(tmp_path / "out"), "--warehouse", str(stocked)]
        assert cli.main([*command, *words]) == 2
        assert_one_line(capsys.readouterr().err, message)
        assert not (tmp_path / "out").exists()

    def test_a_folder_that_cannot_be_is_one_line(self, stocked, tmp_path, capsys):
        (tmp_path / "file").touch()
        out = str(tmp_path / "file" / "below")
        assert cli.main(["export", "--out", out, "--warehouse", str(stocked)]) == 1
        assert_one_line(capsys.readouterr().err, "Not a directory")


class TestInspect:
    def test_json_holds_every_stage(self, capsys):
        assert cli.main(["inspect", str(SAMPLES[0]), "--json"]) == 0
        known = json.loads(capsys.readouterr().out)
        assert known["source_bytes"] == SAMPLES[0].stat().st_size
        assert known["report_id"] == known["source_sha256"][:16]
        assert known["encoding_method"]
        assert known["title"]
        assert known["report_year"]
        assert len(known["sections"]) == 6
        assert len(known["facts"]) >= 198
        assert isinstance(known["findings"], list)

    def test_checks_in_sql_apply(self, capsys):
        off_by_one = next(path for path in SAMPLES if "高田镇" in path.name)
        assert cli.main(["inspect", str(off_by_one), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["findings"] != []

    def test_page_shows_every_stage(self, capsys):
        assert cli.main(["inspect", str(SAMPLES[0])]) == 0
        page = capsys.readouterr().out
        stages = ("file", "repairs", "report", "sections", "facts by applicant", "findings")
        places = [page.index(f"\n── {stage}\n") for stage in stages]
        assert places == sorted(places)
        assert "requests.received_new" in page

    @pytest.mark.parametrize(
        ("content", "message"),
        [(b"", "The file is empty."), (b"\xff\xd8\xff\xe0", "JPEG")],
        ids=["empty", "JPEG"],
    )
    def test_what_is_no_report_is_one_line(self, tmp_path, content, message, capsys):
        path = tmp_path / "x.txt"
        path.write_bytes(content)
        assert cli.main(["inspect", str(path)]) == 1
        assert_one_line(capsys.readouterr().err, message)

    def test_a_file_that_is_not_there_is_one_line(self, tmp_path, capsys):
        assert cli.main(["inspect", str(tmp_path / "no.txt")]) == 1
        assert_one_line(capsys.readouterr().err, "no.txt: No such file")


class TestReport:
    def report(self, stocked: Path, out: Path, *more: str) -> int:
        return cli.main(["report", "--out", str(out), "--warehouse", str(stocked), *more])

    def test_writes_one_page_and_says_how_large_it_is(self, stocked, tmp_path, capsys):
        out = tmp_path / "new" / "page.html"
        assert self.report(stocked, out) == 0
        assert [path.name for path in out.parent.iterdir()] == ["page.html"]
        assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
        talk = capsys.readouterr()
        assert talk.out == ""
        size = f"{out.stat().st_size / 1e6:.1f} MB"
        assert talk.err == f"gongkai report: {out}: 8 reports, {size}\n"

    def test_says_what_it_leaves_out(self, tmp_path):
        out = tmp_path / "page.html"
        out.write_bytes(b" " * 1_250_000)
        page = Page("", reports=1, findings=1100, findings_carried=1000)
        assert list(report.describe(out, page)) == [
            f"{out}: 1 report, 1.2 MB",
            "1,000 of 1,100 findings are listed, errors and warnings first; the others are "
            'counted (see: gongkai query "from findings")',
        ]

    @pytest.mark.parametrize(
        ("more", "code", "parts"),
        [
            (["--year", "1999"], 2, ["no report for 1999", "2023, 2022, 2021, 2020"]),
            (["--out", "."], 2, ["is a folder", "name the page inside it"]),
            (["--warehouse", "no.duckdb"], 1, ["no.duckdb does not exist", "gongkai ingest"]),
        ],
        ids=["year", "folder", "warehouse"],
    )
    def test_what_cannot_be_is_one_line_and_leaves_nothing(
        self, stocked, tmp_path, more, code, parts, capsys
    ):
        out = tmp_path / "page.html"
        assert self.report(stocked, out, *more) == code
        assert_one_line(capsys.readouterr().err, *parts)
        assert not out.exists()

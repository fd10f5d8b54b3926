"""From the address of a file to the warehouse: where a report is from, and what that tells."""

import hashlib
import io
import zipfile

import pytest

from extract import read_document
from flows import cli
from flows.fetch.manifest import FOLDER, Fetched, write_manifest
from flows.reference import load_reference
from flows.settings import read_settings
from sql import warehouse
from tests.fetch_support import served, toml
from tests.ingest_support import SAMPLES, run
from transform.records import Source
from transform.report import build_report

DIGEST = "0" * 64
URL = "http://www.yangshuo.gov.cn/zwgk/t1.html"
# 白沙镇 is in many counties, and nothing else in this text says in which this one is.
AMBIGUOUS = """白沙镇2021年政府信息公开工作年度报告

一、总体情况
2021年，全镇按照条例要求主动公开政府信息。
""".encode()


@pytest.fixture
def site():
    with served() as site:
        yield site


def look(settings, sql):
    with warehouse.connect(settings.warehouse, read_only=True) as con:
        return con.execute(sql).fetchall()


def record(path, data, url=URL):
    """What fetch would have noted of a file."""
    digest, moment = hashlib.sha256(data).hexdigest(), "2026-01-05T02:30:00Z"
    day = "Mon, 15 Jan 2024 08:00:00 GMT"
    return Fetched(
        path, url, url, None, moment, moment, 200, '"1"', day, "text/html", digest, len(data)
    )


def fill(inbox, contents, recorded):
    """Put files into an inbox, and a manifest beside them."""
    (inbox / FOLDER / "pages").mkdir(parents=True, exist_ok=True)
    for path, data in contents.items():
        (inbox / path).write_bytes(data)
    write_manifest(inbox, recorded)


class TestOneCommand:
    def ingest(self, tmp_path, settings, *urls, **more):
        (tmp_path / "sources.toml").write_text(toml(urls, **more), encoding="utf-8")
        place = ["--warehouse", str(settings.warehouse), "--direct", "--runner", "serial"]
        inbox = str(tmp_path / "in")
        return cli.main(["ingest", inbox, *place, "--sources", str(tmp_path / "sources.toml")])

    def test_fetches_reads_and_says_where_from(self, site, tmp_path, settings, capsys):
        url = site.give("/nb/a.txt", SAMPLES[0].read_bytes(), ETag='"1"')
        # a source that fails stops nothing
        assert self.ingest(tmp_path, settings, url, site.url("/no")) == 3
        said = capsys.readouterr().err
        assert f"failed {site.url('/no')}: HTTP 404" in said
        assert "loaded 1 report" in said
        assert look(settings, "select url from report_overview") == [(url,)]
        assert look(settings, "select source_path, final_url, status from fetched_files") == [
            (f"127.0.0.1_{site.port}/nb/a.txt", url, 200)
        ]
        # nor do all that fail
        assert self.ingest(tmp_path, settings, url, allow_private=False) == 3
        assert "nothing new: 1 file unchanged" in capsys.readouterr().err
        assert self.ingest(tmp_path, settings, url) == 0
        said = capsys.readouterr().err
        assert "gongkai ingest: fetched 0 files (0 new, 0 changed), 1 unchanged" in said
        assert "warehouse untouched" in said

    def test_a_list_that_is_wrong_stops_the_run(self, tmp_path, settings, capsys):
        assert self.ingest(tmp_path, settings, "nowhere") == 1
        assert not settings.warehouse.exists()


class TestProvenance:
    def test_the_domain_tells_what_one_in_a_path_tells(self):
        def evidence(path, url=None):
            source = Source(path, DIGEST, len(AMBIGUOUS), url)
            report = build_report(read_document(AMBIGUOUS), source, load_reference())
            return report.evidence, report.identity, report.period

        none, by_path = evidence("t1.html"), evidence("www.yangshuo.gov.cn/zwgk/t1.html")
        by_url = evidence("t1.html", URL)
        assert none[1].identity_status == "ambiguous"
        assert by_url == by_path
        assert by_url[1].county_name == "阳朔县"
        assert ("domain", "www.yangshuo.gov.cn") in {item[:2] for item in by_url[0]}


def packed(**members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.txt", data)
    return content.getvalue()


@pytest.fixture(scope="module")
def stocked(tmp_path_factory):
    """An inbox with a file of every kind of origin, ingested; then some of it is gone."""
    folder = tmp_path_factory.mktemp("origins")
    inbox, settings = folder / "inbox", read_settings(folder / "out" / "w.duckdb", {})
    contents = {
        "dated.html": AMBIGUOUS,
        "edited.html": AMBIGUOUS + b"edited",
        "all.zip": packed(a=AMBIGUOUS.replace(b"2021", b"2020"), b=SAMPLES[1].read_bytes()),
        # another that begins with the same signs
        "all.zip0": SAMPLES[2].read_bytes(),
        "by_hand.txt": SAMPLES[0].read_bytes(),
        f"{FOLDER}/pages/list.html": b"a list",
    }
    dated = record("dated.html", AMBIGUOUS, "http://www.yangshuo.gov.cn/202201/t20220115_1.html")
    edited = record("edited.html", AMBIGUOUS, f"{URL}?edited")
    archive = record("all.zip", contents["all.zip"], f"{URL}?all")
    listed = record(f"{FOLDER}/pages/list.html", b"a list", f"{URL}?list")
    fill(inbox, contents, [dated, edited, archive, listed])
    run(settings, inbox)
    (inbox / "dated.html").unlink()
    copy = record("copy.txt", contents["by_hand.txt"], f"{URL}?copy")
    fill(inbox, {"copy.txt": contents["by_hand.txt"]}, [edited, archive, copy])
    run(settings, inbox)
    return settings


class TestProvenanceInTheWarehouse:
    def test_each_report_has_the_address_it_is_from(self, stocked):
        found = look(
            stocked,
            "select source_path, url from report_overview join reports using (report_id)",
        )
        assert dict(found) == {
            "dated.html": "http://www.yangshuo.gov.cn/202201/t20220115_1.html",
            "edited.html": None,
            "all.zip/a.txt": f"{URL}?all",
            "all.zip/b.txt": f"{URL}?all",
            "all.zip0": None,
            # by a copy that was fetched later
            "by_hand.txt": f"{URL}?copy",
        }

    def test_the_address_tells_who_reported_but_no_date(self, stocked):
        found = look(
            stocked,
            "select source_path, identity_status, county_name, published_on from reports "
            "where source_path in ('dated.html', 'all.zip/a.txt', 'edited.html')",
        )
        assert {path: rest for path, *rest in found} == {
            "dated.html": ["matched", "阳朔县", None],
            "all.zip/a.txt": ["matched", "阳朔县", None],
            "edited.html": ["ambiguous", None, None],
        }

    def test_what_is_gone_keeps_its_row_and_pages_for_links_have_none(self, stocked):
        found = look(
            stocked, "select source_path, cast(last_modified as varchar) from fetched_files"
        )
        assert dict(found) == dict.fromkeys(
            ("all.zip", "copy.txt", "dated.html", "edited.html"), "2024-01-15 08:00:00"
        )

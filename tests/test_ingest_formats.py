"""Runs over files of every format: by content, whatever their names, and what is no report."""

import shutil

import pytest

from benchmarks.accuracy import measure
from benchmarks.corpus import office
from benchmarks.corpus.files import known_files
from benchmarks.corpus.generate import generate
from benchmarks.corpus.renderers import BINARIES, TEXTS
from tests.ingest_support import JPEG, quarantined, rows, run

REPORTS = list(generate(20260131, 6))
needs_libreoffice = pytest.mark.skipif(
    not shutil.which("soffice"), reason="needs LibreOffice: apt-get install libreoffice-writer"
)


def test_a_wrong_ending_does_not_matter(empty_inbox, settings):
    (empty_inbox / "a.txt").write_bytes(BINARIES["docx", "word"](REPORTS[0]))
    (empty_inbox / "b.doc").write_bytes(BINARIES["xlsx", "sheets"](REPORTS[1]))
    (empty_inbox / "c.html").write_bytes(BINARIES["pdf", "ruled"](REPORTS[2]))
    (empty_inbox / "d.pdf").write_text(TEXTS["html", "plain"](REPORTS[3]), encoding="utf-8")
    (empty_inbox / "e").write_bytes(BINARIES["mhtml", "base64"](REPORTS[4]))
    (empty_inbox / "f.jpg").write_text(TEXTS["markdown", "markdown"](REPORTS[5]), encoding="utf-8")
    assert run(settings, empty_inbox).reports_loaded == 6
    found = {(row[1], row[4], row[26]) for row in rows(settings, "reports")}
    readers = dict(
        zip("abcdef", ("docx", "sheet", "pdf", "html", "mhtml", "markdown"), strict=True)
    )
    assert {(path[0], reader) for path, reader, _ in found} == set(readers.items())


@needs_libreoffice
def test_old_word_files_are_converted_in_one_call(empty_inbox, settings, monkeypatch):
    files = [BINARIES["docx", "word"](report) for report in REPORTS[:2]]
    for number, data in enumerate(office.converted(files, "docx", "doc")):
        (empty_inbox / f"{number}.doc").write_bytes(data)
    (empty_inbox / "bad.doc").write_bytes((empty_inbox / "0.doc").read_bytes()[:3000])
    summary = run(settings, empty_inbox)
    assert summary.reports_loaded == 2
    assert list(quarantined(settings)) == ["bad.doc"]
    assert {row[4] for row in rows(settings, "reports")} == {"office"}


def test_without_libreoffice_the_quarantine_says_so(empty_inbox, settings, monkeypatch):
    (empty_inbox / "a.rtf").write_bytes(rb"{\rtf1\ansi hello}")
    (empty_inbox / "b.txt").write_bytes(TEXTS["text", "tab"](REPORTS[0]).encode())
    monkeypatch.setenv("PATH", "/nowhere")
    assert run(settings, empty_inbox).reports_loaded == 1
    assert quarantined(settings) == {"a.rtf": ("extract", "NeedsLibreOffice")}
    message = next(row for row in rows(settings, "quarantine"))
    assert any("libreoffice-writer" in str(value) for value in message)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("scan.jpg", JPEG, ("extract", "PictureOnly")),
        ("names.csv", b"name,count\nShimen,1\nJiuxi,2\n", ("transform", "NotAReport")),
        (
            "notice.txt",
            "关于2021年国庆节放假的通知\n各村、各单位：\n放假7天，请安排好值班。\n".encode(),
            ("transform", "NotAReport"),
        ),
    ],
)
def test_what_is_no_report_is_quarantined(empty_inbox, settings, name, data, reason):
    (empty_inbox / name).write_bytes(data)
    assert run(settings, empty_inbox).reports_loaded == 0
    assert quarantined(settings) == {name: reason}


def test_files_of_every_format_come_back_whole(tmp_path):
    """What `make bench-accuracy` measures over 2,000, without the formats LibreOffice writes."""
    cells = measure(tmp_path, list(known_files(20260201, 66, converts=False)))
    assert not cells["outcome"].isin(["wrong", "invented"]).any()
    faults = cells[cells["outcome"].ne("right")]
    assert faults["is_said"].all()
    assert faults["layout"].ne("text lines").sum() < 0.005 * len(cells)

"""Old Word formats through LibreOffice: many at once, each with its text or its reason."""

import http.server
import os
import shutil
import subprocess
import threading
import time
from functools import cache

import pytest

from benchmarks.corpus.docx import STYLES
from benchmarks.corpus.docx_parts import package, zipped
from benchmarks.corpus.generate import generate
from benchmarks.corpus.office import converted
from extract import needs_conversion
from extract.document import Document
from extract.word import office
from extract.word.docx import read_docx
from extract.word.office import to_docx
from flows.reference import load_reference
from tests.support import cells
from transform.records import Source
from transform.report import build_report

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed"
)
FORMATS = ("doc", "rtf", "odt", "fodt")


def rtf(text):
    return rb"{\rtf1\ansi " + text + b"}"


@cache
def known():
    return [
        max(generate(7, 12, (report_format,)), key=lambda r: len(r.readings))
        for report_format in ("2019", "2021")
    ]


@cache
def saved_as(target):
    styles = ("word", "numbered")
    files = [STYLES[style](report) for report in known() for style in styles]
    reports = [report for report in known() for _ in styles]
    return list(zip(reports, converted(files, "docx", target), strict=True))


@needs_libreoffice
def test_every_format_gives_the_truth():
    """All formats in one call, in order, none with a name that tells what it is."""
    made = [pair for target in FORMATS for pair in saved_as(target)]
    assert all(needs_conversion(data) for _, data in made)
    results = to_docx([data for _, data in made])
    for (report, _), result in zip(made, results, strict=True):
        blocks = read_docx(result).blocks
        source = Source("report.doc", "0" * 64, 1)
        read = build_report(Document(blocks, "office"), source, load_reference())
        truth = {(r.indicator, r.applicant): (r.value, r.value_status) for r in report.truth()}
        assert cells(read) == truth
        assert (read.status, len(read.sections)) == ("complete", 6)


@needs_libreoffice
def test_bad_files_cost_the_good_ones_nothing():
    doc = saved_as("doc")[0][1]
    good = rtf(b"good")
    results = to_docx([good, doc[: len(doc) // 2], good, rtf(b"x")[:4], doc, good])
    assert [isinstance(result, bytes) for result in results] == [
        True,
        False,
        True,
        False,
        True,
        True,
    ]
    assert results[1].error == "DamagedFile"
    assert read_docx(results[5]).blocks[0].text == "good"


def odt_with_picture(address):
    names = "office text drawing=draw svg-compatible=svg"
    prefixes = (name.partition("=") for name in names.split())
    oasis = "urn:oasis:names:tc:opendocument:xmlns:"
    declared = " ".join(f'xmlns:{short or name}="{oasis}{name}:1.0"' for name, _, short in prefixes)
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<office:document-content {declared} office:version="1.2" '
            'xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text><text:p>'
            '<draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char">'
            f'<draw:image xlink:href="{address}" xlink:type="simple"/></draw:frame></text:p>'
            "</office:text></office:body></office:document-content>",
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{oasis}manifest:1.0"><m:file-entry '
            'm:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"/>'
            '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
        }
    )


@needs_libreoffice
def test_nothing_is_fetched_from_the_network():
    asked = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *args):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    results = to_docx([odt_with_picture(f"http://127.0.0.1:{server.server_port}/a.png")])
    server.shutdown()
    server.server_close()
    assert isinstance(results[0], bytes)
    assert asked == []


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"plain text", "UnsupportedFormat"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "UnsupportedFormat"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><W/>', "UnsupportedFormat"),
        (
            b'<office:document xmlns:office="o" '
            b'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>',
            "UnsupportedFormat",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "DamagedFile"),
        (package("<w:p/>", title="", header=""), "UnsupportedFormat"),
        (b"", "UnsupportedFormat"),
    ],
)
def test_what_libreoffice_would_take_for_text_is_refused(data, error):
    assert [result.error for result in to_docx([data])] == [error]


def test_without_libreoffice(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    results = to_docx([rtf(b"a"), rtf(b"b")])
    assert [result.error for result in results] == ["NeedsLibreOffice"] * 2
    assert "libreoffice-writer" in results[0].advice
    assert to_docx([]) == []


# Stands in for a program that hangs on one file, dies of another and leaves a third out.
STAND_IN = """#!/bin/sh
echo call >> {log}
while [ $# -gt 0 ]; do
  case "$1" in
    --outdir) out="$2"; mkdir -p "$out"; shift ;;
    */f[0-9]*)
      if grep -q hang "$1"; then sleep 300 & echo $! >> {log}.pids; sleep 300; fi
      grep -q die "$1" && kill -9 $$
      grep -q half "$1" && head -c 300 {docx} > "$out/$(basename $1).docx"
      grep -q good "$1" && cp {docx} "$out/$(basename $1).docx" ;;
  esac
  shift
done
exit 0
"""


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    docx = tmp_path / "made.docx"
    docx.write_bytes(package("<w:p/>", title="", header=""))
    program = tmp_path / "soffice"
    program.write_text(STAND_IN.format(log=tmp_path / "log", docx=docx), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(office, "_PATIENCE", 0.5)
    return tmp_path


@pytest.mark.parametrize(
    ("texts", "calls"),
    [
        (["good"] * 30, 1),
        (["good", "left out", "good"], 2),
        (["good", "half", "good"], 2),
        (["good", "die", "good", "good"], 3),
        (["good", "hang", "good", "good"], 2),
        (["hang"], 1),
        (["die", "good", "hang", "good", "left out"], 5),
    ],
)
def test_each_file_gets_its_turn(stand_in, texts, calls):
    results = to_docx([rtf(text.encode()) for text in texts])
    assert [isinstance(result, bytes) for result in results] == [t == "good" for t in texts]
    errors = [result.error for result in results if not isinstance(result, bytes)]
    assert errors == ["TooSlow" if t == "hang" else "DamagedFile" for t in texts if t != "good"]
    assert len((stand_in / "log").read_text().splitlines()) == calls
    time.sleep(0.05)
    pids = stand_in / "log.pids"
    for pid in pids.read_text().split() if pids.exists() else []:
        state = subprocess.run(["ps", "-o", "stat=", "-p", pid], capture_output=True, check=False)
        assert state.stdout.strip()[:1] in {b"", b"Z"}

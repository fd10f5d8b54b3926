"""Hostile content: bombs and entities in packages, endless text, numbers beyond all measure."""

import io
import time
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest

from benchmarks.corpus.generate import generate
from benchmarks.corpus.html import html
from benchmarks.corpus.renderers import BINARIES
from extract import UnreadableFileError, archive, read_document
from extract.sniff import kind_of
from flows.inspect import inspect_file
from flows.reference import load_reference
from tests.support import report_of
from tests.test_archives import listed, zipped
from transform.keys import require_keys
from transform.values import parse_value

LAUGHS = '<!DOCTYPE a [<!ENTITY a0 "lol">{}]>'.format(
    "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
)
GROWTH = f'<!DOCTYPE a [<!ENTITY a9 "{"x" * 100_000}">]>'
HIDDEN = "秘密七万三千"


def changed(package: bytes, part: str, change) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        assert part in old.namelist()
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return stream.getvalue()


def with_entity(doctype: str, end: bytes):
    """Put a DOCTYPE in front of a part, and many references to its entity into its first text."""

    def change(data: bytes) -> bytes:
        head, declaration, rest = data.partition(b"?>")
        body = rest if declaration else data
        lead = head + declaration if declaration else b""
        return lead + doctype.encode() + body.replace(end, b"&a9;" * 1000 + end, 1)

    return change


def known(kind: str) -> bytes:
    (report,) = generate(7, 1)
    return next(render for (name, _), render in BINARIES.items() if name == kind)(report)


PARTS = [
    ("xlsx", "xl/worksheets/sheet1.xml", b"</v>"),
    ("xlsx", "xl/workbook.xml", b"</sheets>"),
    ("docx", "word/document.xml", b"</w:t>"),
    ("docx", "word/_rels/document.xml.rels", b"</Relationships>"),
]


@pytest.mark.parametrize(("kind", "part", "end"), PARTS, ids=[part for _, part, _ in PARTS])
@pytest.mark.parametrize("entity", ["laughs", "growth", "file"])
def test_entities_are_neither_expanded_nor_fetched(kind, part, end, entity, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text(HIDDEN, encoding="utf-8")
    doctypes = {
        "laughs": LAUGHS,
        "growth": GROWTH,
        "file": f'<!DOCTYPE a [<!ENTITY a9 SYSTEM "{secret.as_uri()}">]>',
    }
    begin = time.monotonic()
    try:
        text = repr(read_document(changed(known(kind), part, with_entity(doctypes[entity], end))))
    except UnreadableFileError as error:
        text = str(error)
    assert time.monotonic() - begin < 10
    assert HIDDEN not in text
    assert len(text) < 200_000


@pytest.mark.parametrize("end", ["html", "mhtml"])
def test_entities_of_pages_stay_text(end):
    page = f'<?xml version="1.0"?>{LAUGHS}<html><body><p>政府信息公开&a9;</p></body></html>'
    head = "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n" if end == "mhtml" else ""
    assert "lollol" not in repr(read_document((head + page).encode()))


class TestArchives:
    def test_the_mark_of_an_open_document_is_read_no_further_than_it_can_be(self):
        data = zipped({"mimetype": bytes(1 << 27)})
        begin = time.process_time()
        assert kind_of(data) == "zip"
        assert time.process_time() - begin < 0.1

    def test_a_damaged_mark_is_a_reason(self):
        data = bytearray(zipped({"mimetype": b"application/vnd.oasis" * 9}))
        at = data.index(b"mimetype") + 8
        data[at : at + 4] = b"\xff\xff\xff\xff"
        with pytest.raises(UnreadableFileError, match="cannot be opened"):
            kind_of(bytes(data))
        assert not archive.is_archive(io.BytesIO(bytes(data)))

    def test_unread_and_hidden_files_and_archives_inside_count(self, monkeypatch):
        monkeypatch.setattr(archive, "LARGEST_MEMBER", 1000)
        monkeypatch.setattr(archive, "LARGEST_ARCHIVE", 10_000)
        bombs = zipped({f"{number}.txt": bytes(2000) for number in range(20)})
        with pytest.raises(UnreadableFileError, match="more than a folder of reports"):
            listed(bombs)
        monkeypatch.undo()
        monkeypatch.setattr(archive, "MOST_MEMBERS", 30)
        inner = zipped({f".{number}": b"" for number in range(20)})
        with pytest.raises(UnreadableFileError, match="more than a folder of reports"):
            listed(zipped({"a.zip": inner, "b.zip": inner}))

    def test_overlapping_members_do_not_multiply(self):
        """Each name of the directory leads to the one member there is, as in a zip bomb."""
        data = zipped({"a.txt": b"1" * 1000})
        start = data.index(b"PK\x01\x02")
        entry, end = data[start : data.index(b"PK\x05\x06")], data[data.index(b"PK\x05\x06") :]
        count = (500).to_bytes(2, "little")
        size = (500 * len(entry)).to_bytes(4, "little")
        bomb = data[:start] + entry * 500 + end[:8] + count + count + size + end[16:]
        assert sum(len(content or b"") for content in listed(bomb).values()) <= 1000

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("C:\\Windows\\a.txt", "C:/Windows/a.txt"),
            ("..\\..\\a.txt", "a.txt"),
            ("a/../../b.txt", "a/b.txt"),
            ("//server/share/a.txt", "server/share/a.txt"),
        ],
    )
    def test_names_lead_nowhere(self, name, shown):
        assert listed(zipped({name: b"1"})) == {shown: b"1"}

    def test_a_symbolic_link_is_a_text_that_nobody_follows(self):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as made:
            link = zipfile.ZipInfo("link.txt")
            link.external_attr = 0o120777 << 16
            made.writestr(link, "/etc/hostname")
        assert listed(stream.getvalue()) == {"link.txt": b"/etc/hostname"}


NUMBERS = [
    "9" * 400, "1" + "0" * 50, "12345678901234567", "1e999", "1E5", "NaN", "nan", "Infinity",
    "-inf", "∞", "1,2,3,4", "1,,000", "1.2.3", "0x10", "1_000", "९", "٣", "1" + ",000" * 100,
    "--5", "5-", "1 000", "²", "½", "1/0",
]  # fmt: skip


@pytest.mark.parametrize("printed", NUMBERS, ids=range(len(NUMBERS)))
def test_a_number_beyond_measure_is_unreadable_and_never_a_guess(printed):
    value = parse_value(printed, {"件": Decimal(1)})
    assert (value.value, value.status) == (None, "unreadable")


def test_a_number_beyond_measure_is_a_finding(tmp_path):
    (report,) = generate(7, 1, ("2021",))
    key = ("requests.received_new", "natural_person")
    path = tmp_path / "a.html"
    path.write_text(html(replace(report, values={**report.values, key: "9" * 400})), "utf-8")
    inspection = inspect_file(path)
    facts = {(fact.indicator, fact.applicant): fact for fact in inspection.report.facts}
    assert (facts[key].value, facts[key].value_status) == (None, "unreadable")
    assert facts[key].raw_text == "9" * 400
    assert "unreadable_cells" in {finding["rule"] for finding in inspection.findings}


REPEATED = [
    "1件", "1件，", "收到申请1件，", "收到申请1件。", "未收到申请。", "《a》1件。", "第1条。",
    "（2020年为7件）。", "?", "（", "(a)", "一、", "a|", "|", "\t", "?kāi)", "開(kāi)", "\u202e",
    "1,", "发布日期：2022-01-01 ", "联系电话：", "二〇二一年", "湖南省", "镇人民政府", "\u3000",
    "-", "鏀垮簻", "[bookmark: ", "é",
]  # fmt: skip


@pytest.mark.parametrize("unit", REPEATED, ids=range(len(REPEATED)))
def test_a_text_that_repeats_itself_is_read_soon(unit):
    """Ten seconds are what time growing with the square of the length would exceed by far."""
    load_reference()
    body = unit * (30_000 // len(unit))
    text = f"某镇2021年政府信息公开工作年度报告\n一、总体情况\n{body}\n二、主动公开政府信息情况\n"
    begin = time.process_time()
    require_keys(report_of(text.encode()))
    assert time.process_time() - begin < 10


def test_odd_characters_are_loaded():
    text = (
        "某镇2021年政府信息公开工作年度报告\n一、总体情况\n收\ufffe到\uffff申\u200f请3件。\x1b[2J\n"
    )
    report = report_of(text.encode())
    assert report.title
    halves = "某镇2021年政府信息公开工作年度报告\n一、总体情况\n甲\ud800乙".encode(
        "utf-16", "surrogatepass"
    )
    report = report_of(halves)
    repr(report).encode()


def test_a_report_with_a_row_twice_is_refused():
    report = report_of("某镇2021年政府信息公开工作年度报告\n一、总体情况\n无。\n".encode())
    doubled = replace(report, sections=report.sections * 2)
    with pytest.raises(ValueError, match="stands 2 times in sections"):
        require_keys(doubled)

"""Word files: what is printed is read, once, and nothing else; hostile ones end in a reason."""

import io
import time
import zipfile
from functools import cache

import pytest

from benchmarks.corpus.docx import STYLES
from benchmarks.corpus.docx_parts import package, zipped
from benchmarks.corpus.generate import generate
from extract.document import Document, Paragraph
from extract.exceptions import UnreadableFileError
from extract.read import read_document
from extract.word.docx import read_docx
from flows.reference import load_reference
from tests.support import cells
from transform.records import Source
from transform.report import build_report

AUTHOR = 'w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z"'


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def p(inner, properties=""):
    inner = inner if inner.startswith("<") or not inner else run(inner)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def tc(inner="", properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner if '<w:p>' in inner else p(inner)}</w:tc>"


def tr(*cells_, properties=""):
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells_)}</w:tr>"


def tbl(*rows, widths=()):
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def wrapped(name, inner):
    return f"<w:{name}>{inner}</w:{name}>"


def span(columns):
    return f'<w:gridSpan w:val="{columns}"/>'


def numbered(level, number_id=2):
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>'


def field(code, result):
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return (
        f"{mark('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>"
        f"{mark('separate')}{result}{mark('end')}"
    )


def box(inner):
    return f"<w:txbxContent>{inner}</w:txbxContent>"


def choice_and_fallback(new, old):
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{new}</wps:txbx>'
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{old}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


DELETED_MARK = f"<w:rPr><w:del {AUTHOR}/></w:rPr>"
RESTART, CONTINUE, BARE = (
    '<w:vMerge w:val="restart"/>',
    '<w:vMerge w:val="continue"/>',
    "<w:vMerge/>",
)
PROSE = "本年度继续做好政府信息公开工作。" * 30

# Name of the defect: body, what is read. A table is its (text, row, column, row span, column span).
CASES = {
    "runs_and_breaks": (
        p(run("a") + "<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/></w:r>"),
        ["a\tb", "c-"],
    ),
    "deleted_and_inserted_runs": (
        p(
            f"<w:del {AUTHOR}><w:r><w:delText>9</w:delText><w:br/></w:r></w:del>"
            f"{run('1')}<w:del {AUTHOR}><w:r><w:br/></w:r></w:del>"
            f"<w:ins {AUTHOR}>{run('3')}</w:ins><w:moveFrom {AUTHOR}>{run('7')}</w:moveFrom>"
            f"<w:moveTo {AUTHOR}>{run('4')}</w:moveTo>"
        ),
        ["134"],
    ),
    "deleted_paragraph_end": (p("一", DELETED_MARK) + p("二"), ["一二"]),
    "struck_out_in_a_cell": (
        tbl(tr(tc(p(run("75", "<w:strike/>") + run("12"))), tc(p(run("3", "<w:dstrike/>"))))),
        [[("12", 0, 0, 1, 1), ("", 0, 1, 1, 1)]],
    ),
    "struck_out_no_more_or_in_prose": (
        tbl(tr(tc(p(run("1", '<w:strike w:val="0"/>'))), tc("2")))
        + p(run("75", "<w:strike/>") + run("12")),
        [[("1", 0, 0, 1, 1), ("2", 0, 1, 1, 1)], "7512"],
    ),
    "hidden_paragraph_end": (p("一", "<w:rPr><w:vanish/></w:rPr>") + p("二"), ["一二"]),
    "tracked_merge": (
        tbl(
            tr(tc("a", '<w:cellMerge w:vMerge="rest"/>'), tc("1")),
            tr(tc("", '<w:cellMerge w:vMerge="cont"/>'), tc("2")),
        ),
        [[("a", 0, 0, 2, 1), ("1", 0, 1, 1, 1), ("2", 1, 1, 1, 1)]],
    ),
    "hidden_row": (
        tbl(
            tr(tc("a"), tc("1")),
            tr(tc(p(run("b", "<w:vanish/>"))), tc(""), properties="<w:hidden/>"),
            tr(tc("c"), tc("2"), properties="<w:hidden/>"),
        ),
        [[("a", 0, 0, 1, 1), ("1", 0, 1, 1, 1), ("c", 1, 0, 1, 1), ("2", 1, 1, 1, 1)]],
    ),
    "hidden_text": (
        p(run("1") + run("2", "<w:vanish/>") + run("3", '<w:vanish w:val="0"/>')),
        ["13"],
    ),
    "field_code": (p(field(f"IF {field('PAGE', run('7'))} 5", run("12"))), ["12"]),
    "field_without_end": (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>') + p("后"), ["后"]),
    "raised_figure": (p(run("10") + run("2", '<w:vertAlign w:val="superscript"/>')), ["10²"]),
    "ruby": (
        p(
            f"<w:r><w:ruby><w:rt>{run('gōng')}</w:rt><w:rubyBase>{run('公')}</w:rubyBase>"
            "</w:ruby></w:r>"
        ),
        ["公"],
    ),
    "symbols": (
        p(
            '<w:r><w:sym w:font="Symbol" w:char="F032"/><w:sym w:font="Wingdings" w:char="F032"/>'
            '<w:sym w:font="宋体" w:char="2460"/><w:sym w:font="宋体" w:char="zz"/></w:r>'
        ),
        ["2\uf032①\ufffd"],
    ),
    "note_mark": (p(run("3") + '<w:r><w:footnoteReference w:id="1"/></w:r>'), ["3"]),
    "wrappers": (
        f"<w:sdt><w:sdtContent>{p(wrapped('smartTag', wrapped('hyperlink', run('a'))))}"
        f"</w:sdtContent></w:sdt><w:customXml>{p(wrapped('fldSimple', run('b')))}"
        "</w:customXml>",
        ["a", "b"],
    ),
    "choice_and_fallback": (p(choice_and_fallback(box(p("一")), box(p("二")))), ["一"]),
    "empty_choice": (p(choice_and_fallback("", box(p("二")))), ["二"]),
    "box_in_front_and_behind": (
        p(
            f"<w:r><w:pict><v:textbox>{box(p('前'))}</v:textbox></w:pict></w:r>{run('中')}"
            f'<w:r><w:pict><v:shape><v:textpath string="后"/></v:shape></w:pict></w:r>'
        ),
        ["前", "中", "后"],
    ),
    "box_in_a_cell": (
        tbl(
            tr(tc("a"), tc(p(f"<w:r><w:pict><v:textbox>{box(p('1'))}</v:textbox></w:pict></w:r>")))
        ),
        [[("a", 0, 0, 1, 1), ("1", 0, 1, 1, 1)]],
    ),
    "labels_of_lists": (
        p("总体", numbered(0))
        + p("甲", numbered(1))
        + p("乙", numbered(1))
        + p("丙", numbered(2))
        + p("其他", numbered(0))
        + p("丁", numbered(1))
        + p("", numbered(0))
        + p("戊", numbered(0, 99))
        + p("己", numbered(0, 0)),
        ["一、总体", "（一）甲", "（二）乙", "1. 丙", "二、其他", "（一）丁", "戊", "己"],
    ),
    "label_from_a_style": (p("总体", '<w:pStyle w:val="1"/>'), ["一、总体"]),
    "label_beside_a_figure": (
        tbl(tr(tc("a"), tc(p("3", numbered(2))))),
        [[("a", 0, 0, 1, 1), ("1. 3", 0, 1, 1, 1)]],
    ),
    "merged_down_as_word_writes_it": (
        tbl(tr(tc("a", RESTART), tc("b")), tr(tc("", BARE), tc("c"))),
        [[("a", 0, 0, 2, 1), ("b", 0, 1, 1, 1), ("c", 1, 1, 1, 1)]],
    ),
    "merged_down_as_wps_writes_it": (
        tbl(tr(tc("a", RESTART + span(2)), tc("b")), tr(tc("9", CONTINUE + span(2)), tc("c"))),
        [[("a", 0, 0, 2, 2), ("b", 0, 2, 1, 1), ("c", 1, 2, 1, 1)]],
    ),
    "merged_with_nothing_above": (
        tbl(tr(tc("a"), tc("b")), tr(tc("c", CONTINUE), tc("d"))),
        [[("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1), ("c", 1, 0, 1, 1), ("d", 1, 1, 1, 1)]],
    ),
    "merged_right_as_old_word_writes_it": (
        tbl(tr(tc("a", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("b"))),
        [[("a", 0, 0, 1, 2), ("b", 0, 2, 1, 1)]],
    ),
    "columns_left_free": (
        tbl(tr(tc("a"), tc("b"), tc("c")), tr(tc("d"), properties='<w:gridBefore w:val="2"/>')),
        [[("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1), ("c", 0, 2, 1, 1), ("d", 1, 2, 1, 1)]],
    ),
    "gridspan_beyond_the_grid": (
        tbl(tr(tc("a"), tc("b"), tc("c")), tr(tc("d", span(99999)), tc("e")), widths=(900,) * 3),
        [
            [
                ("a", 0, 0, 1, 1),
                ("b", 0, 1, 1, 1),
                ("c", 0, 2, 1, 1),
                ("d", 1, 0, 1, 2),
                ("e", 1, 2, 1, 1),
            ]
        ],
    ),
    "gridspan_that_is_no_number": (
        tbl(tr(tc("a", span("x")), tc("b"))),
        [[("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1)]],
    ),
    "dragged_border": (
        tbl(
            tr(tc("a"), tc("b", span(2)), tc("c")),
            tr(tc("d"), tc("e"), tc("f", span(2))),
            widths=(2000, 1400, 100, 1500),
        ),
        [
            [
                ("a", 0, 0, 1, 1),
                ("b", 0, 1, 1, 1),
                ("c", 0, 2, 1, 1),
                ("d", 1, 0, 1, 1),
                ("e", 1, 1, 1, 1),
                ("f", 1, 2, 1, 1),
            ]
        ],
    ),
    "narrow_column": (
        tbl(tr(tc("a"), tc("1"), tc("2")), tr(tc("b"), tc("3", span(2))), widths=(2000, 100, 900)),
        [
            [
                ("a", 0, 0, 1, 1),
                ("1", 0, 1, 1, 1),
                ("2", 0, 2, 1, 1),
                ("b", 1, 0, 1, 1),
                ("3", 1, 1, 1, 2),
            ]
        ],
    ),
    "deleted_rows_and_cells": (
        tbl(
            tr(tc("a"), tc("1")),
            tr(tc("b"), tc("2"), properties=f"<w:del {AUTHOR}/>"),
            tr(
                tc("c"), tc("9", f"<w:cellDel {AUTHOR}/>"), tc("3"), properties=f"<w:ins {AUTHOR}/>"
            ),
        ),
        [[("a", 0, 0, 1, 1), ("1", 0, 1, 1, 1), ("c", 1, 0, 1, 1), ("3", 1, 1, 1, 1)]],
    ),
    "deleted_top_of_a_merged_cell": (
        tbl(
            tr(tc("a", RESTART), tc("1"), properties=f"<w:del {AUTHOR}/>"),
            tr(tc("", BARE), tc("2")),
            tr(tc("", BARE), tc("3")),
        ),
        [[("", 0, 0, 2, 1), ("2", 0, 1, 1, 1), ("3", 1, 1, 1, 1)]],
    ),
    "controls_around_rows_and_cells": (
        wrapped(
            "tbl",
            wrapped(
                "sdt",
                wrapped("sdtContent", tr(wrapped("sdt", wrapped("sdtContent", tc("a"))), tc("1"))),
            ),
        ),
        [[("a", 0, 0, 1, 1), ("1", 0, 1, 1, 1)]],
    ),
    "figure_in_a_table_of_its_own": (
        tbl(tr(tc("a"), tc("b")), tr(tc("c"), tc(tbl(tr(tc("3"))) + p("")))),
        [[("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1), ("c", 1, 0, 1, 1), ("3", 1, 1, 1, 1)]],
    ),
    "table_that_holds_tables": (
        tbl(tr(tc(p("一、甲") + tbl(tr(tc("a"), tc("1"))) + p("乙")), tc(""))),
        ["一、甲", [("a", 0, 0, 1, 1), ("1", 0, 1, 1, 1)], "乙"],
    ),
    "prose_between_rows": (
        tbl(
            tr(tc("题", span(2))),
            tr(tc("一、甲", span(2))),
            tr(tc(PROSE, span(2))),
            tr(tc("条", span(2))),
            tr(tc("a"), tc("1")),
        ),
        ["题", "一、甲", PROSE, "条", [("a", 0, 0, 1, 1), ("1", 0, 1, 1, 1)]],
    ),
    "frame_around_prose": (tbl(tr(tc(p("甲") + p("乙")))), ["甲", "乙"]),
    "note_below_figures": (
        tbl(tr(tc("a"), tc("1")), tr(tc("b"), tc("2")), tr(tc("注", span(2)))),
        [
            [
                ("a", 0, 0, 1, 1),
                ("1", 0, 1, 1, 1),
                ("b", 1, 0, 1, 1),
                ("2", 1, 1, 1, 1),
                ("注", 2, 0, 1, 2),
            ]
        ],
    ),
}


def blocks_of(data):
    return [
        block.text if isinstance(block, Paragraph) else [tuple(cell) for cell in block.cells]
        for block in read_docx(data).blocks
    ]


@pytest.mark.parametrize("defect", CASES)
def test_defect(defect):
    body, expected = CASES[defect]
    assert blocks_of(package(body, title="", header="页眉 12")) == expected


NUMBERING = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/>
<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:isLgl/><w:suff w:val="nothing"/>
<w:lvlText w:val="%1.%2）"/></w:lvl><w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/>
<w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>
<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">
<w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>"""


def test_lists_count_on_unless_they_start_anew():
    places = [(0, 2), (1, 2), (1, 3), (0, 3), (1, 2), (2, 2), (0, 4), (0, 4), (0, 2)]
    body = "".join(p("x", numbered(level, number_id)) for level, number_id in places)
    read = blocks_of(replaced("word/numbering.xml", NUMBERING, body_of(body)))
    expected = ["III x", "3.1）x", "3.2）x", "IV x", "4.1）x", "x", "I x", "II x", "III x"]
    assert read == expected


def test_title_is_metadata():
    assert read_docx(package(p("a"), title="年报", header="")).metadata == (("title", "年报"),)


def replaced(name, content, data=None):
    """A Word file with one part another; without it where the content is None."""
    data = data or package(p("甲"), title="", header="")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    return zipped({n: c for n, c in (parts | {name: content}).items() if c is not None})


@pytest.mark.parametrize("part", ["word/styles.xml", "word/numbering.xml", "docProps/core.xml"])
def test_missing_parts_are_tolerated(part):
    assert blocks_of(replaced(part, None)) == ["甲"]
    relations = "word/_rels/document.xml.rels"
    assert blocks_of(replaced(relations, None)) == ["甲"]


def test_document_is_found_by_relationship():
    data = package(p("甲"), title="", header="")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        document = archive.read("word/document.xml")
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="http://x/officeDocument" Target="/Word/Report2.xml"/>'
        "</Relationships>"
    )
    decoy = replaced("word/document.xml", document.replace("甲".encode(), "乙".encode()))
    moved = replaced("_rels/.rels", relations, replaced("word/report2.xml", document, decoy))
    assert blocks_of(moved) == ["甲"]


def nested(depth):
    return "<w:tbl><w:tr><w:tc>" * depth + p("1") + "</w:tc></w:tr></w:tbl>" * depth


def body_of(xml):
    return package(xml, title="", header="")


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">
<!ENTITY c SYSTEM "file:///etc/hostname">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>
<w:r><w:t>&b;&c;</w:t></w:r></w:p></w:body></w:document>"""
WHOLE = package(tbl(*[tr(tc("a"), tc("1"))] * 50), title="", header="")
HOSTILE = {
    "cut_zip": (WHOLE[: len(WHOLE) // 2], "DamagedFile"),
    "no_zip": (b"PK\x03\x04 nothing", "DamagedFile"),
    "garbled_part": (WHOLE[:3000] + bytes(200) + WHOLE[3200:], "DamagedFile"),
    "cut_xml": (replaced("word/document.xml", ENTITIES[300:]), "DamagedFile"),
    "entities": (replaced("word/document.xml", ENTITIES), "DamagedFile"),
    "no_document": (replaced("word/document.xml", None), "DamagedFile"),
    "other_root": (replaced("word/document.xml", "<a/>"), "UnsupportedFormat"),
    "nested_40_tables": (body_of(nested(40)), "TooDeep"),
    "nested_3000_tables": (body_of(nested(3000)), "DamagedFile"),
    "unpacks_to_gigabytes": (replaced("word/document.xml", b" " * (65 * 2**20)), "TooLarge"),
    "millions_of_tags": (body_of("<w:p/>" * 3_100_000), "TooLarge"),
    "no_text": (body_of(p("")), "EmptyFile"),
    "pictures_only": (body_of(p("<w:r><w:drawing/></w:r>")), "PictureOnly"),
    "foreign_document_inside": (body_of('<w:altChunk r:id="x"/>'), "UnsupportedFormat"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name):
    data, error = HOSTILE[name]
    start = time.monotonic()
    with pytest.raises(UnreadableFileError) as raised:
        read_docx(data)
    assert raised.value.error == error
    assert raised.value.reason.endswith(".")
    assert time.monotonic() - start < 2


def test_size_that_lies_is_not_believed():
    data = bytearray(replaced("word/document.xml", b"<a>" + b"b" * 10**6))
    at = data.rindex(b"word/document.xml") - 46 + 24
    assert data[at - 24 : at - 20] == b"PK\x01\x02"
    data[at : at + 4] = (100).to_bytes(4, "little")
    with pytest.raises(UnreadableFileError, match="damaged"):
        read_docx(bytes(data))


@cache
def known():
    return [
        report
        for report_format in ("2019", "2021")
        for report in sorted(generate(7, 12, (report_format,)), key=lambda r: len(r.readings))[-2:]
    ]


@pytest.mark.parametrize("style", STYLES)
def test_every_style_gives_the_truth(style):
    for report in known():
        content = read_docx(STYLES[style](report))
        document = Document(content.blocks, "docx", metadata=content.metadata)
        read = build_report(document, Source("report.docx", "0" * 64, 1), load_reference())
        truth = {(r.indicator, r.applicant): (r.value, r.value_status) for r in report.truth()}
        assert cells(read) == truth
        assert (read.status, len(read.sections)) == ("complete", 6)
        assert read.identity.township_code == report.township_code


def with_chunk(body, chunk):
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rIdChunk" Type="http://x/aFChunk" Target="chunk.bin"/></Relationships>'
    )
    data = replaced("word/chunk.bin", chunk, body_of(body))
    return replaced("word/_rels/document.xml.rels", relations, data)


CHUNKS = {
    "page": (b"<html><body><p>a</p><table><tr><td>1</td><td>2</td></tr></table></body></html>", 2),
    "word": (WHOLE, 1),
    "picture": (b"\x89PNG\r\n\x1a\n", 0),
}


@pytest.mark.parametrize("name", CHUNKS)
def test_a_document_of_another_format_stands_where_it_is_put(name):
    chunk, count = CHUNKS[name]
    data = with_chunk(p("above") + '<w:altChunk r:id="rIdChunk"/>' + p("below"), chunk)
    first, *inside, last = read_document(data).blocks
    assert (first, last) == (Paragraph("above"), Paragraph("below"))
    assert len(inside) == count


def test_many_documents_of_another_format_are_no_report():
    data = with_chunk('<w:altChunk r:id="rIdChunk"/>' * 3000, b"<html><p>a</p></html>")
    assert len(read_document(data).blocks) == 20

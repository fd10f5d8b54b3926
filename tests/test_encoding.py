"""Bytes to text: every encoding, every cut, every damage, and what no tool can know."""

import codecs
import csv
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from opencc import OpenCC

from benchmarks.corpus.generate import generate
from benchmarks.corpus.html import html
from benchmarks.corpus.text_layouts import LAYOUTS
from benchmarks.encoding_cases import ENCODINGS, FRAGMENTS, cases, is_right, is_same_in_two
from benchmarks.text_bench import generated_texts, real_texts, table_of
from extract.encoding.decode import Decoded, decode
from extract.encoding.names import declared_encoding
from extract.exceptions import UnreadableFileError
from tests.support import REPO, needs_real_reports

TITLE = "阳朔县兴坪镇人民政府2022年政府信息公开工作年度报告"
PROSE = (
    "2022年，我镇认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，"
    "主动公开各类政府信息138条，其中工作动态3条、公示公告113条、惠民政策22条，内容涵盖农业生产、"
    "社会救助、环境整治等方面；全年未收到政府信息公开申请，没有因此被申请行政复议或者提起行政诉讼。"
)
PROSE_T = (
    "2022年，我鎮認真貫徹落實《中華人民共和國政府信息公開條例》，堅持以公開為常態、不公開為例外，"
    "主動公開各類政府信息138條，其中工作動態3條、公示公告113條、惠民政策22條，內容涵蓋農業生產、"
    "社會救助、環境整治等方面；全年未收到政府信息公開申請，沒有因此被申請行政復議或者提起行政訴訟。"
)
LOST = "\ufffd"
NARROW = ("gb18030", "big5hkscs", "utf-8")


def prose(encoding: str) -> str:
    return PROSE_T if encoding in {"big5hkscs", "cp950"} else PROSE


def wrong(text: str, table: str, encoding: str) -> list[str]:
    """Fragments that are not read as they were written; where two encodings are, either is."""
    found = []
    for fragment, case in cases(text, table, encoding):
        read = decode(case.data).text
        if not is_right(read, case) and not is_same_in_two(read, case):
            found.append(fragment)
    return found


@needs_real_reports
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_real_reports_in_every_encoding_and_fragment(encoding):
    texts = real_texts()
    assert len(texts) >= 5
    assert [wrong(text, table, encoding) for text, table in texts] == [[]] * len(texts)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_generated_reports_in_every_encoding_layout_and_fragment(encoding):
    texts = generated_texts()
    assert len(texts) * len(ENCODINGS) * len(FRAGMENTS) > 1000
    assert [wrong(text, table, encoding) for text, table in texts] == [[]] * len(texts)


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "gb18030"]
)
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
@example(text="\ufffd")
def test_a_byte_order_mark_brings_any_text_back(codec, text):
    data = ("\ufeff" + text).encode(codec)
    if text:
        assert decode(data) == Decoded(text, codec, "bom", 1.0, 0)


@given(text=st.text(st.sampled_from(PROSE + PROSE_T), min_size=8))
def test_utf_8_needs_no_mark(text):
    found = decode(text.encode())
    assert (found.text, found.encoding, found.replaced_bytes) == (text, "utf-8", 0)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param(b"\xff\xfe" + PROSE.encode(), "utf-8", id="utf-16-mark-on-utf-8"),
        pytest.param(codecs.BOM_UTF8 + PROSE.encode("gbk"), "gb18030", id="utf-8-mark-on-gbk"),
    ],
)
def test_a_mark_that_lies_is_overruled(data, encoding):
    found = decode(data)
    assert found.encoding == encoding
    assert found.text.endswith(PROSE)


# What a page declares, what it is in, and what it is read as.
DECLARATIONS = [
    ("gb2312", "utf-8", "utf-8", "utf-8"),
    ("utf-8", "gb18030", "gb18030", "statistics"),
    ("gb2312", "gb18030", "gb18030", "declared"),
    ("big5", "gb18030", "gb18030", "statistics"),
    ("utf-16", "utf-8", "utf-8", "utf-8"),
    ("utf-16", "gb18030", "gb18030", "statistics"),
    ("iso-8859-1", "gb18030", "gb18030", "statistics"),
    ("no-such-charset", "gb18030", "gb18030", "statistics"),
    ("gb2312", "big5hkscs", "big5hkscs", "statistics"),
    ("x-x-big5", "big5hkscs", "big5hkscs", "declared"),
    ("utf-8", "utf-16-le", "utf-16-le", "statistics"),
    ("utf-8", "utf-8", "utf-8", "declared"),
]


@pytest.mark.parametrize(("declared", "written", "read", "method"), DECLARATIONS, ids=str)
def test_a_declaration_is_evidence_not_truth(declared, written, read, method):
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    page = f"{meta}<p>{prose(written)}</p>"
    found = decode(page.encode(written))
    assert (found.text, found.encoding, found.method) == (page, read, method)
    assert found.confidence > 0.99


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<?xml version='1.0' encoding='GBK'?>", "gb18030"),
        (b'<META CHARSET = "Big5-HKSCS">', "big5hkscs"),
        ("<meta charset=utf-8>".encode("utf-16-le"), "utf-8"),
        (b"<p>charset=gbk</p>", None),
        (b" " * 5000 + b"<meta charset=gbk>", None),
    ],
)
def test_declarations_are_found_where_browsers_look(data, name):
    assert declared_encoding(data) == name


SHORT = [
    "规章",
    "总计",
    "行政处罚",
    "镇人民政府",
    "乾务镇",
    "於潜镇2021年",
    "其他处理",
    TITLE,
    "（一）予以公开",
]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", SHORT)
def test_a_cell_or_a_title_is_enough(text, encoding):
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "big5hkscs", "cp950"])
@pytest.mark.parametrize(
    "text", ["規章", "總計", "行政處罰", "鎮人民政府", "其他處理", "（一）予以公開"]
)
def test_a_cell_or_a_title_is_enough_in_traditional(text, encoding):
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "big5hkscs"])
def test_a_little_chinese_behind_long_markup(encoding):
    page = "<div class='nav'></div>\n" * 9000 + "<td>其他</td><td>行政</td>"
    assert decode(page.encode(encoding)).text == page


def test_ascii_is_the_same_in_all():
    assert decode(b"| 1 | 0 | 0 |\n") == Decoded("| 1 | 0 | 0 |\n", "utf-8", "utf-8", 1.0, 0)


@pytest.mark.parametrize("text", ["1\t0\n0\t0\n", "规章\t1\n"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_digits_in_wide_characters(text, encoding):
    found = decode(text.encode(encoding))
    assert (found.text, found.encoding, found.replaced_bytes) == (text, encoding, 0)


def test_hz_and_what_looks_like_it():
    found = decode(PROSE.replace("—", "").encode("hz"))
    assert (found.text, found.encoding, found.replaced_bytes) == (PROSE, "hz", 0)
    script = b"var a = x ? ~{a: 1}.a : b;\n"
    assert decode(script) == Decoded(script.decode(), "utf-8", "utf-8", 1.0, 0)


# The tables of CP950 and HKSCS differ here.
@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        ("９～１０時受理申請", "cp950", "cp950"),
        ("金額合計€", "cp950", "cp950"),
        ("嘅咗喺政府信息公開", "big5hkscs", "big5hkscs"),
        ("①政府信息公開②年度報告", "big5hkscs", "big5hkscs"),
        ("政府信息公開年度報告", "cp950", "big5hkscs"),
    ],
)
def test_which_big5_is_decided_by_the_text(text, codec, name):
    found = decode(text.encode(codec))
    assert (found.text, found.encoding) == (text, name)


@pytest.mark.parametrize("pinyin", ["公開(kāi)報(bào)告數(shù)據(jù)", "lǜ, nǚ, ḿ"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_pinyin_is_no_sign_of_misreading(pinyin, encoding):
    text = (PROSE + pinyin) * 3
    assert decode(text.encode(encoding)).text == text


def paragraphs(first: str, second: str, join: bytes) -> tuple[bytes, str]:
    parts = [(PROSE, first), (PROSE, first), (TITLE + PROSE, second), (PROSE, first)]
    data = join.join(text.encode(encoding) for text, encoding in parts)
    return data, join.decode().join(text for text, _ in parts)


@pytest.mark.parametrize(
    "join", [b"\n", b"</p><p>", b" "], ids=["lines", "one-html-line", "one-line"]
)
@pytest.mark.parametrize(("main", "pasted"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_a_paragraph_in_another_encoding(main, pasted, join):
    data, text = paragraphs(main, pasted, join)
    found = decode(data)
    assert (found.text, found.encoding, found.replaced_bytes) == (text, main, 0)


def test_a_single_cell_in_another_encoding():
    page = [f"<td>{word}</td>".encode() for word in ("规章", "件数", "行政处罚")]
    page[1] = "<td>现行有效件数</td>".encode("gbk")
    assert decode(b"".join(page)).text == "<td>规章</td><td>现行有效件数</td><td>行政处罚</td>"


@pytest.mark.parametrize("encoding", NARROW)
@pytest.mark.parametrize("every", [10, 50, 500])
def test_stray_nuls_cost_nothing_but_themselves(encoding, every):
    text = prose(encoding) * 5
    data = text.encode(encoding)
    pieces = [data[at : at + every] for at in range(0, len(data), every)]
    found = decode(b"\0".join(pieces))
    assert found.text == text
    assert (found.encoding, found.replaced_bytes) == (encoding, len(pieces) - 1)


@pytest.mark.parametrize("encoding", NARROW)
@pytest.mark.parametrize("stray", [0x80, 0x81, 0xA0, 0xB5, 0xC4, 0xE6, 0xFF], ids=hex)
def test_a_stray_byte_costs_no_character(encoding, stray):
    before, after = prose(encoding)[:60], prose(encoding)[60:]
    found = decode(before.encode(encoding) + bytes([stray]) + after.encode(encoding))
    assert found.text == before + LOST + after
    assert (found.encoding, found.replaced_bytes) == (encoding, 1)


@pytest.mark.parametrize("encoding", NARROW)
@pytest.mark.parametrize("keep", ["first", "last"])
def test_half_a_character_costs_that_character(encoding, keep):
    text = prose(encoding)
    half = text[60].encode(encoding)
    half = half[:-1] if keep == "first" else half[1:]
    found = decode(text[:60].encode(encoding) + half + text[61:].encode(encoding))
    assert found.text.replace(LOST, "") in {
        text[:60] + text[61:],
        text[:60] + half[-1:].decode("ascii", "ignore") + text[61:],
    }
    assert found.replaced_bytes <= len(half)


@pytest.mark.parametrize(
    ("encoding", "free"), [("gb18030", 0.85), ("utf-8", 0.95), ("big5hkscs", 0.7)]
)
def test_stray_bytes_anywhere_cost_next_to_nothing(encoding, free):
    """Where two readings are as likely a neighbour is lost, hardly ever more.

    Half of the second bytes of Big5 are letters, so there a stray byte may leave no error.
    """
    random = Random(7)
    text = prose(encoding)
    costs = []
    for _ in range(150):
        at = random.randrange(1, len(text))
        stray = bytes([random.randrange(0x80, 0x100)])
        read = decode(text[:at].encode(encoding) + stray + text[at:].encode(encoding)).text
        ahead = len(common_start(text, read))
        behind = len(common_start(text[ahead:][::-1], read[ahead:][::-1]))
        costs.append(len(text) - ahead - behind)
    assert sum(cost == 0 for cost in costs) >= free * len(costs)
    assert max(costs) <= 3


def common_start(a: str, b: str) -> str:
    size = next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    return a[:size]


def test_damage_in_every_line_does_not_change_the_encoding():
    lines = [PROSE, TITLE, "一、总体情况", "二、主动公开政府信息情况"] * 5
    found = decode(b"\n".join(line.encode("gbk") + b"\xff" for line in lines))
    assert found == Decoded(
        "\n".join(line + LOST for line in lines), "gb18030", "statistics", found.confidence, 20
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_lone_surrogates_and_half_a_character_at_the_end(encoding):
    data = (
        PROSE.encode(encoding)
        + "\ud840".encode(encoding, "surrogatepass")
        + TITLE.encode(encoding)
        + b"\x4e"
    )
    found = decode(data)
    assert (found.text, found.replaced_bytes) == (PROSE + LOST + TITLE + LOST, 3)


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs"])
def test_rare_names_and_letters_are_no_damage(encoding):
    """What decodes without error is changed only where it cannot be meant."""
    names = "濛江乡、於潜镇、乾务镇、藉口镇、瀍河、亳州、郫都、犍为、颍上、睢宁、Ａ级、B级、村C类\n"
    text = (names + prose(encoding)).encode(encoding, "ignore").decode(encoding)
    found = decode(text.encode(encoding))
    assert (found.text, found.replaced_bytes) == (text, 0)


def test_common_characters_are_listed_in_both_scripts():
    to_traditional = OpenCC("s2t")
    with (REPO / "extract" / "encoding" / "chinese.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = {(row["kind"], row["script"]): row["text"] for row in rows}
    everything = "".join(texts.values())
    for kind in ("report", "common"):
        # A character a line, so that no phrase decides.
        assert set(to_traditional.convert("\n".join(texts[kind, "simplified"]))) <= {
            *everything,
            "\n",
        }
    words = set(to_traditional.convert(texts["words", "simplified"]).split())
    assert words <= set(f"{texts['words', 'traditional']} {texts['words', 'simplified']}".split())


def test_four_byte_characters():
    text = PROSE + "㐂𠮷䶮" + TITLE
    found = decode(text.encode("gb18030"))
    assert (found.text, found.encoding, found.replaced_bytes) == (text, "gb18030", 0)


MEGABYTES = 10_000_000


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(Random(1).randbytes(MEGABYTES), id="noise"),
        pytest.param(bytes(MEGABYTES), id="nuls"),
        pytest.param(b"\x81" * MEGABYTES, id="one-byte"),
        pytest.param(b"\xff\xfe" + Random(2).randbytes(MEGABYTES), id="noise-behind-a-utf-16-mark"),
        pytest.param(
            codecs.BOM_UTF8 + Random(3).randbytes(MEGABYTES), id="noise-behind-a-utf-8-mark"
        ),
        pytest.param(Random(4).randbytes(3000), id="little-noise"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_noise_is_refused(data):
    with pytest.raises(
        UnreadableFileError, match=r"No encoding turns these bytes|The file is empty"
    ):
        decode(data)


def test_noise_behind_a_report_ends():
    data = PROSE.encode("gbk") * 50 + Random(5).randbytes(2_000_000)
    found = decode(data)
    assert found.text.startswith(PROSE * 50)
    assert found.replaced_bytes > 100_000


def test_confidence_tells_the_sure_from_the_doubtful():
    assert decode(PROSE.encode("gbk")).confidence > decode("茅".encode("gbk")).confidence


def test_every_layout_of_one_report_has_a_table():
    """What the fragments named `table` rest on."""
    report = next(iter(generate(1, 1)))
    assert all(len(table_of(layout(report))) > 100 for layout in LAYOUTS.values())
    assert "第二十条" in html(report)

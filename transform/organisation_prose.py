"""Where the first sentences of a report name who reports: announced, its author, its subject."""

import re
from collections.abc import Iterator, Sequence

from transform.title import YEAR

_NAME = r"[\u4e00-\u9fff]"
_REPORT = (
    r"(?:政府|政务)?(?:信息)?公开(?:工作)?(?:情况)?的?(?:年度)?(?:工作)?(?:情况)?(?:报告|年报)"
    # 编制2023年报告的通知 and its like tell of the work, and of no report that follows.
    r"(?!的?(?:编|撰写|格式|通知|要求|工作|模板|制度|质量|发布工作))"
)
# Said by the report itself: 现公布, 特向社会公开, 现将, 特编制. Who publishes is no other.
_SAYS_IT = (
    r"(?:(?:[现特]|予以|向社会)+(?:依法)?(?:公布|公开|发布)|[现特]将"
    r"|(?<!做好|关于|开展|抓好|指导|督促|组织|推进|部署|负责)(?:编制|形成))了?"
)
_ANNOUNCED = re.compile(
    rf"{_SAYS_IT}(?:{YEAR}({_NAME}{{2,30}}?)|({_NAME}{{2,30}}?){YEAR}){_REPORT}"
    rf"|^({_NAME}{{2,30}}?){YEAR}{_REPORT}，(?=[根依按由])"
)
# Asked first, and quickly: most lines name no report of a year.
_OF_A_YEAR = re.compile(
    r"[2二][0〇○零Oo][\d〇○零一二三四五六七八九]{2}[^，。；、《》]{2,45}(?:报告|年报)"
)
_COMPILED = re.compile(
    rf"由({_NAME}{{3,40}}?)(?:负责|组织|汇总)?编[制写](?=完成|[，。；]|而成|本|并|公布|发布|的?{YEAR}|$)"
)
# 我镇, 全县 and 各局 are no names; the office that publishes for a government is not the reporter.
_NO_NAME = re.compile(r"^[我本全各该其]|关于|通知|公开|^(?:政府|政务|信息|年度)")
_OPENING = re.compile(
    r"(?:本报告由|现将|(?:^|。)(?:20\d\d\s*年度?|[本全]年度?|一年来|今年)(?:以来)?，?"
    r"(?:在[^，。]{2,40}下，)?)"
    r"([\u4e00-\u9fff]{3,40})"
)
_OPENING_LINES = 3
_REACH = 400
_OPENING_REACH = 200
_WIDE = str.maketrans(",;()", "，；（）")
# 阳朔县水利局（以下简称县水利局）2023年; the names of notices are no part of a sentence either.
_QUOTED = re.compile(r"《[^《》]*》|（[^（）]*）")


def first_lines(preamble: Sequence[str], paragraphs: Sequence[str]) -> Iterator[str]:
    """Give what stands above the first section, and the first lines below its heading."""
    first = next((i for i, line in enumerate(paragraphs) if line not in preamble), 0)
    yield from preamble
    yield from paragraphs[first : first + _OPENING_LINES]


def announced(lines: Sequence[str]) -> Iterator[str]:
    """Give whose report a sentence announces; 政府 may belong to the name and to what is open.

    >>> list(announced(["根据《条例》，现公布阳朔县财政局2023年政府信息公开工作年度报告。"]))
    ['阳朔县财政局']
    >>> list(announced(["现向社会公布2025年兴坪镇政府信息公开工作报告，请监督。"]))
    ['兴坪镇']
    >>> list(announced(["做好编制2023年兴坪镇信息公开报告的工作。", "现公布我镇2023年公开报告"]))
    []
    """
    for line in lines:
        if ("。" in line or "," in line or "，" in line) and _OF_A_YEAR.search(line, 0, _REACH):
            text = _QUOTED.sub("", line[:_REACH].translate(_WIDE).strip())
            for match in _ANNOUNCED.finditer(text):
                name = match[1] or match[2] or match[3]
                if not _NO_NAME.search(name):
                    yield name


def compiled(lines: Sequence[str]) -> Iterator[str]:
    """Give by whom a report says it was written.

    >>> list(compiled(["本报告依据条例的要求，由阳朔县财政局编制完成。", "按由省政府编制的格式"]))
    ['阳朔县财政局']
    """
    for line in lines:
        if "编" in line and "由" in line:
            for match in _COMPILED.finditer(_QUOTED.sub("", line[:_REACH].translate(_WIDE))):
                if not _NO_NAME.search(match[1]):
                    yield match[1]


def openings(lines: Sequence[str]) -> Iterator[str]:
    """Give what sentences begin with behind a year: their subject and more."""
    for line in lines:
        for match in _OPENING.finditer(line[:_OPENING_REACH].replace(",", "，")):
            yield match[1]

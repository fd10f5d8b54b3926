"""What text without a title still shows of a yearly report: how it opens, its headings, figures.

Guides, rules and plans have such headings too, but none of them announces a report of a year,
speaks of itself as one, or says what was done. So no sign is enough alone.
"""

import re
from collections.abc import Sequence

from transform.records import Section
from transform.title import YEAR

_CALLED = r"(?:信息|政务|政府)公开[^，。；,;\n]{0,12}(?:报告|年报)"
# 由某镇编制的2014年度……报告, 现公布某镇2017年……报告, ……报告，根据……编制, 将……公开工作报告如下.
_ANNOUNCES = re.compile(
    rf"(?:编[制写撰]|撰写|制作|形成|现公开|(?:公布|发布|向社会公开)(?!了))[^。；;\n]{{0,40}}?{YEAR}[^。；;\n]{{0,20}}?{_CALLED}"
    rf"|{YEAR}[^。；;\n]{{0,20}}?{_CALLED}[，,]?[是系]?(?:根据|依据|按照)[^。\n]{{0,160}}编制"
    rf"|{YEAR}[^\n]{{0,200}}?现?[将就对][^。；;\n]{{0,40}}?信息公开[^，。；,;\n]{{0,16}}?报告(?:如下|[:：])"
    rf"|现?[将就对][^。；;\n]{{0,20}}?{YEAR}[^。；;\n]{{0,20}}?信息公开[^，。；,;\n]{{0,16}}?报告(?:如下|[:：])"
)
_OF_DISCLOSURE = re.compile("(?:信息|政务)公开|公开(?:政府|政务)?信息|公开条例")
_ITSELF = re.compile(r"本(?:年度)?(?:工作)?(?:报告|年报)|统计(?:期限|时限)")
# Headings stand at the beginning of a line, or behind a blank where line breaks were lost.
_HEADING = re.compile(
    r"(?:^|[\n。；;：:\s])(?:[(（]?[一二三四五六七八九十]{1,2}[)）、.．]|[一二三四五六七八九十](?=\s)"
    r"|\d[、.．](?!\d))[^\S\n]*([^\n。；;，,：:]{2,24})"
)
_DISCLOSED = "disclosed"
_REQUESTED = "requested"
_TOPICS = {
    "overview": re.compile("概述|概况|总体(?:工作)?情况|基本(?:工作)?情况|推进情况"),
    _DISCLOSED: re.compile("主动公开"),
    _REQUESTED: re.compile("依申请|申请公开|公开申请"),
    "fees": re.compile("收费|减免"),
    "disputes": re.compile("复议|诉讼|申诉"),
    "explained": re.compile("解读|回应|咨询"),
    "problems": re.compile("问题|不足|改进"),
}
_OWN_TOPICS = frozenset([_DISCLOSED, _REQUESTED])
# What the formats of 2019 and 2021 ask for under 总体情况.
_PRESCRIBED = ("主动公开", "依申请公开", "信息管理", "平台", "监督保障")
_FIGURE = re.compile(
    r"(?:20\d\d\s*年|全年|本年度)[^。；;\n]{0,60}?(?:公开|发布|收到|受理)[^。；;\n]{0,40}?\d+\s*余?[条件次篇]"
    r"|(?:20\d\d\s*年|全年|本年度)[^。；;\n]{0,40}?(?:没有|未)(?:收到|接到|受理|发生|产生)"
)
_YEAR = re.compile(YEAR)
_PLANNED = re.compile("不少于|不低于|力争|确保|应当|计划|以上")
_SUMMARY = re.compile("(?:总结|汇报|小结)如下")
_FIRST = re.compile(r"(?:^|[\n。；;\s])[(（]?一\s*[、.．\s)）]")
_SECOND = re.compile(r"(?:^|[\n。；;\s])[(（]?二\s*[、.．\s)）]")
_SECTIONS = 3
# Any report of a year's work has the other three headings of the format.
_OWN_SECTIONS = frozenset([2, 3, 4])
_LEAST_TOPICS = 3
_LEAST_OTHER_TOPICS = 4
_LEAST_PRESCRIBED = 3


def preface(text: str) -> str:
    """Give the text above the first heading: there a paper says what it is."""
    return _above(text, _FIRST)


def opening(text: str) -> str:
    """Give the text above the second heading: many a report says what it is below the first."""
    return _above(text, _SECOND)


def _above(text: str, heading: re.Pattern[str]) -> str:
    found = heading.search(text)
    return text[: found.start()] if found else text


def is_like_report(paragraphs: Sequence[str], sections: Sequence[Section], is_named: bool) -> bool:
    """Tell whether text without a printed title is a report; `is_named`: it quotes a title."""
    numbers = {section.section_no for section in sections}
    if len(numbers) >= _SECTIONS and numbers & _OWN_SECTIONS:
        return True
    text = "\n".join(paragraphs)
    beginning = opening(text)
    headings = ["".join(heading.split()) for heading in _HEADING.findall(text)]
    topics = {name for name, words in _TOPICS.items() if any(map(words.search, headings))}
    if not (_OF_DISCLOSURE.search(beginning) or topics & _OWN_TOPICS):
        return False
    has_body = bool(sections or topics)
    if _ITSELF.search(text) and has_body:
        return True
    if (is_named or _ANNOUNCES.search(beginning)) and (has_body or _has_figure(text)):
        return True
    if _SUMMARY.search(beginning) or not _YEAR.search(text):
        return False
    least = _LEAST_TOPICS if _DISCLOSED in topics else _LEAST_OTHER_TOPICS
    return _has_prescribed(headings) or (len(topics) >= least and _has_figure(text))


def _has_prescribed(headings: Sequence[str]) -> bool:
    found = sum(any(name in heading for heading in headings) for name in _PRESCRIBED)
    return found >= _LEAST_PRESCRIBED and any("总体情况" in heading for heading in headings)


def _has_figure(text: str) -> bool:
    """Tell whether a year's work is told in a figure, or as none; plans have figures too."""
    return any(not _PLANNED.search(match[0]) for match in _FIGURE.finditer(text))

"""What a document is: a report of its year, or a paper that only speaks of one."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from transform.records import Fact, Section
from transform.title import LOOKED_INTO, QUOTED_TITLE, YEAR, Title, is_title, reporter
from transform.traces import is_like_report, opening, preface

_ADVICE = "Take it out of the inbox, or tell us if it is a report."
_NOTHING = (
    "There is neither a title nor the sections nor a table of an annual report in this file. "
    "Take it out of the inbox, or tell us if it is one."
)
_TITLE_ONLY = (
    "There is a title of an annual report in this file, but neither its text nor a table: the "
    "report may be in an attachment or a picture. Put that into the inbox instead."
)
_TO_BE_COPIED = (
    "There is a title in this file but no year, and no sections of an annual report: it may be a "
    "model text. Take it out of the inbox, or tell us if it is a report."
)
_NOTICE = "a notice"
_RULE = "a rule or a guide"
_OTHER = "a report of another kind"
_NEWS = "news"
_ERROR = "an error or a search page"
_MODEL = "a model text"
_KINDS = (
    (re.compile(r"(?:通知|公告|公示|通报|函)$"), _NOTICE),
    (re.compile(r"(?:指南|制度|规定|办法|细则|目录|规程|答复书|申请表)$"), _RULE),
    (re.compile(r"(?:要点|计划|方案|安排)$"), "a plan"),
    (re.compile(r"[党校村居厂院警检审]务公开.*报告$"), _OTHER),
    (re.compile(r"(?:法治政府建设|政府工作).{0,8}报告$|工作报表|学年"), _OTHER),
    (re.compile(rf"{LOOKED_INTO}$"), _OTHER),
    (re.compile(r"(?:评查|抽查|检查|督查|考[核评])(?:情况|结果)?$"), _OTHER),
    (re.compile(r"公开.{0,10}(?:总结|汇报|小结)$|(?:预|决)算(?:信息)?(?:公开|说明|情况)$"), _OTHER),
    (re.compile(r"(?:提案|议案|讲话|发言|体会)$"), "a paper of another kind"),
    (re.compile(r"范[文本]|样本|模板"), _MODEL),
    (re.compile(r"读懂|图解|解读|召开|举办|(?:及时|按时)(?:发布|公布)|会$"), _NEWS),
    (re.compile(r"不存在|已删除|404|搜索结果|找不到"), _ERROR),
)
# What a paper says of itself above its first heading.
_SAYS = (
    (re.compile(r"[制拟]定本(?:制度|办法|规定|细则|规则|规程)|编制本.{0,4}指南"), _RULE),
    (re.compile(r"通知如下|印发给你们"), _NOTICE),
    (re.compile(r"(?:^|[\n。])\s*(?:近日|日前|据悉)|报告显示|通讯员"), _NEWS),
    (re.compile(r"(?:法治政府建设|党务公开|村务公开)[^。]{0,30}报告如下"), _OTHER),
    (re.compile(r"学年.{0,12}信息公开|高等学校信息公开办法|(?:^|[\n，。])\s*[我本]校"), _OTHER),
)
_EXPLAINS = re.compile(r"[一二三][、.．]\s*(?:编制|起草)(?:背景|依据|目的)")
_ARTICLE = re.compile(
    r"(?:^|[\n。；\s])(第[一二三四五六七八九十]{1,3}条)(?!\s*[第、，。款项规的和及])"
)
_LEAST_ARTICLES = 2
# A report may stand whole below one of these, or on a page that offers it.
_MAY_HOLD_ONE = (_NOTICE, _ERROR)
_PROVES_ONE = frozenset(["reported", "not_applicable"])
# What names no more than these is an entry of the navigation: 政府信息公开指南.
_NAVIGATION = re.compile(
    r"(?:政府|政务)?信息公开|(?:政府|政务)公开|年度?报告?|申请|办事|依|法定|主动|工作|\W"
)
_NAMES_PAPER = re.compile("公开|^关于|报告$")
_SITE = re.compile(r"\s*[—–\-_|].*$")
# A line that says what a paper is has neither the marks of a sentence nor a number.
_SENTENCE = re.compile("[，。；！？…,;!?]")
_NUMBERED = re.compile(r"\s*(?:[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．]|第.{1,3}条)")
_FIRST_HEADING = re.compile(r"\s*[一二]\s*[、.．\s]")
_YEAR = re.compile(YEAR)
_YEARLY = re.compile(rf"{YEAR}|年度|年报")
# The figures of a model text, to be filled in: 公开信息xxxx条, 20**年.
_BLANKS = re.compile("(?<![xX×*＊])[xX×*＊]{2,}+[条件年号份次]")
_LEAST_BLANKS = 2
# Companies, schools and hospitals report under rules of their own; those that do so under the
# 条例, as a county asks them to, say 政府信息公开.
_NO_OFFICE = re.compile("(?:公司|集团|医院|学校|学院|大学|中学|小学|幼儿园)$")
_FIRST_LINES = 12
_LONGEST_LINE = 60
# The prose of a report begins with one sentence of this length at least.
_LEAST_PROSE = 20
_SURE_SECTIONS = 4
# Fewer figures than the smallest form has may be those of a list: 行政许可 12, 行政处罚 3.
_LEAST_FACTS = 6
_SECTIONS_WITH_TITLE = 2


def why_no_report(
    title: Title,
    paragraphs: Sequence[str],
    page_titles: Sequence[str],
    sections: Sequence[Section],
    facts: Sequence[Fact],
    year: int | None,
) -> str | None:
    """Say why a document is no report; None where it is one.

    A figure in an official table proves a report, whatever stands above it; one that cannot be
    read does not: other tables have such rows too (总计, 上年结转). Prose needs a title from end
    to end, or most of the sections, or several traces of a report that lost its title, for any
    paper may speak of yearly reports, and quote the title of one.
    """
    statuses = {fact.value_status for fact in facts}
    has_form = len(facts) >= _LEAST_FACTS
    if has_form and statuses & _PROVES_ONE:
        return None
    named = title.text if title.text and is_title(title.text) else None
    if named and _is_of_no_office(named):
        return f"This seems to be {_OTHER}: “{named}”. {_ADVICE}"
    if named and title.is_printed:
        return _why_only_title(named, paragraphs, sections, facts, year)
    kind, line = _other_kind(paragraphs, page_titles)
    filled = [section for section in sections if section.body]
    if kind and not (kind in _MAY_HOLD_ONE and len(filled) >= _SURE_SECTIONS):
        form = " with a form that is not filled in" if "blank" in statuses else ""
        return f"This seems to be {kind}{form}: “{line}”. {_ADVICE}"
    is_blank_form = has_form and "unreadable" not in statuses
    return (
        None
        if is_blank_form or is_like_report(paragraphs, sections, named is not None)
        else _NOTHING
    )


def _why_only_title(
    title: str,
    paragraphs: Sequence[str],
    sections: Sequence[Section],
    facts: Sequence[Fact],
    year: int | None,
) -> str | None:
    if facts or len(sections) >= _SECTIONS_WITH_TITLE:
        return None
    if not _has_prose(paragraphs):
        return _TITLE_ONLY
    # 乡镇政务公开工作情况报告 without a year is what anything is called that tells of openness.
    is_yearly = year or _YEARLY.search(title) or any(map(_YEAR.search, paragraphs[:_FIRST_LINES]))
    has_blanks = len(_BLANKS.findall("\n".join(paragraphs))) >= _LEAST_BLANKS
    return None if is_yearly and not has_blanks else _TO_BE_COPIED


def _has_prose(paragraphs: Sequence[str]) -> bool:
    return any("。" in line and len(line) >= _LEAST_PROSE for line in paragraphs)


def _is_of_no_office(title: str) -> bool:
    is_of_government = "政府信息" in title or "政务公开" in title
    return not is_of_government and bool(_NO_OFFICE.search(reporter(title)))


def _other_kind(paragraphs: Sequence[str], page_titles: Sequence[str]) -> tuple[str, str]:
    """Give what else a document calls itself, and the line that does so."""
    own = [_SITE.sub("", title.strip()) for title in page_titles]
    lines = filter(_NAMES_PAPER.search, _first_lines(paragraphs))
    for line in (*own, *lines):
        for pattern, kind in _KINDS:
            bare = QUOTED_TITLE.sub("", line)
            found = pattern.search(bare)
            if found and len(_NAVIGATION.sub("", bare.replace(found[0], ""))) > 1:
                return kind, line
    return _says_what("\n".join(paragraphs))


def _first_lines(paragraphs: Sequence[str]) -> Iterator[str]:
    """Give the lines above the first heading that may be the title of a paper."""
    above = takewhile(lambda line: not _FIRST_HEADING.match(line), paragraphs[:_FIRST_LINES])
    for line in map(str.strip, above):
        is_body = _SENTENCE.search(line) or _NUMBERED.match(line)
        if len(line) <= _LONGEST_LINE and not is_body:
            yield line


def _says_what(text: str) -> tuple[str, str]:
    """Give what a paper says in its own words to be, where no line is its title."""
    above = preface(text)
    for pattern, kind in _SAYS:
        if found := pattern.search(above):
            return kind, found[0].strip()
    if found := _EXPLAINS.search(opening(text)):
        return _NEWS, found[0]
    if len(blanks := _BLANKS.findall(text)) >= _LEAST_BLANKS:
        return _MODEL, blanks[0]
    articles = dict.fromkeys(_ARTICLE.findall(text))
    return (_RULE, "、".join(articles)) if len(articles) >= _LEAST_ARTICLES else ("", "")

"""What a document is: a report of its year, or a paper that only speaks of one."""

import re
from collections.abc import Sequence

from transform.records import Fact, Section
from transform.title import QUOTED_TITLE, REPORT, YEAR, is_title

_ADVICE = "Take it out of the inbox, or tell us if it is a report."
_NOTHING = (
    "There is neither a title nor the sections nor a table of an annual report in this file. "
    "Take it out of the inbox, or tell us if it is one."
)
_TITLE_ONLY = (
    "There is a title of an annual report in this file, but neither its text nor a table: the "
    "report may be in an attachment or a picture. Put that into the inbox instead."
)
_MODEL = (
    "There is a title in this file but no year, and no sections of an annual report: it may be a "
    "model text. Take it out of the inbox, or tell us if it is a report."
)
_NOTICE = "a notice"
_KINDS = (
    (re.compile(r"(?:通知|公告|公示|通报|函)$"), _NOTICE),
    (re.compile(r"(?:指南|制度|规定|办法|细则|目录|规程|答复书|申请表)$"), "a rule or a guide"),
    (re.compile(r"(?:要点|计划|方案|安排)$"), "a plan"),
    (
        re.compile(r"[党校村居厂院警检审]务公开.*报告$"),
        "a report of another kind",
    ),
    (re.compile(r"(?:法治政府建设|政府工作).{0,8}报告$|工作报表"), "a report of another kind"),
    (re.compile(r"读懂|图解|解读|召开|举办|(?:及时|按时)(?:发布|公布)|会$"), "news"),
    # In a report's own sentences information that was asked for does not exist either.
    (
        re.compile(r"(?:不存在|已删除|404|搜索结果|找不到)(?!.*。$)"),
        "an error or a search page",
    ),
)
# What names no more than these is an entry of the navigation: 政府信息公开指南.
_NAVIGATION = re.compile(
    r"(?:政府|政务)?信息公开|(?:政府|政务)公开|年度?报告?|申请|办事|依|法定|主动"
)
_SITE = re.compile(r"\s*[—–\-_|].*$")
_OPENING = re.compile(r"本(?:年度)?报告|统计(?:期限|时限)")
# The first sentence of a report that has none of the official headings.
_PRESENTS = re.compile(
    rf"(?:由[^。《》]{{2,40}}?编制的?|(?:[现特]|予以|向社会)+(?:公布|公开|发布))[^。《》]{{0,40}}?"
    rf"{YEAR}[^。《》]{{0,20}}?{REPORT}"
    r"|[本根依按]《?[^。]{0,40}政府信息公开条例.{0,300}?统计(?:期限|时限)[^。]{0,8}20\d\d"
    r"|政府信息公开(?:条例|规定)[^。]{0,80}编制(?:完成|了)?[^。，]{0,15}(?:报告|年报)"
    r"|本(?:年度)?(?:报告|年报)[^。]{0,60}政府信息公开(?:条例|规定)[^。]{0,80}编制(?![^。]{0,9}(?:指南|目录))"
)
_OLD_HEADING = re.compile(r"\s*[一二三四五六七]\s*[、.．\s]\s*.{2,25}$")
_YEARLY = re.compile(rf"{YEAR}|年度|年报")
_BLANKS = re.compile("[xX×*＊]{2,}[条件年号份次]|20[xX×*＊]{2}年")
_LEAST_BLANKS = 2
_FIRST_LINES = 12
_LONGEST_LINE = 60
# The prose of a report begins with one sentence of this length at least.
_LEAST_PROSE = 20
_SURE_SECTIONS = 4
# What stands unreadable under the labels of a form may be anything.
# Fewer figures than the smallest form has may be those of a list: 行政许可 12, 行政处罚 3.
_LEAST_FACTS = 6
_PROVING = frozenset(["reported", "not_applicable"])
_SECTIONS_WITHOUT_TITLE = 3
_SECTIONS_WITH_TITLE = 2


def why_no_report(
    title: str | None,
    paragraphs: Sequence[str],
    page_titles: Sequence[str],
    sections: Sequence[Section],
    facts: Sequence[Fact],
) -> str | None:
    """Say why a document is no report; None where it is one.

    A figure in an official table proves a report, whatever stands above it. Prose needs a title
    from end to end, or most of the sections, for any paper may speak of yearly reports.
    """
    has_form = len(facts) >= _LEAST_FACTS
    if has_form and any(fact.value_status in _PROVING for fact in facts):
        return None
    if title and is_title(title):
        return _why_not_under(title, paragraphs, sections, facts)
    kind, line = _other_kind(paragraphs, page_titles, sections)
    filled = [section for section in sections if section.body]
    if kind and not (kind == _NOTICE and len(filled) >= _SURE_SECTIONS):
        form = " with a form that is not filled in" if facts else ""
        return f"This seems to be {kind}{form}: “{line}”. {_ADVICE}"
    is_like_one = len(sections) >= _SECTIONS_WITHOUT_TITLE or _opens_like_one(paragraphs, sections)
    return None if has_form or is_like_one else _NOTHING


def _why_not_under(
    title: str, paragraphs: Sequence[str], sections: Sequence[Section], facts: Sequence[Fact]
) -> str | None:
    """Say why there is no report under a title: nothing at all, or a text for all to copy."""
    if facts or len(sections) >= _SECTIONS_WITH_TITLE:
        return None
    if not _has_prose(paragraphs):
        return _TITLE_ONLY
    # 乡镇政务公开工作情况报告 without a year is what anything is called that tells of openness.
    is_yearly = (
        _YEARLY.search(title)
        or any(re.search(YEAR, line) for line in paragraphs[:_FIRST_LINES])
        or _opens_like_one(paragraphs, sections, least=0)
    )
    return None if is_yearly and not _has_blanks(paragraphs) else _MODEL


def _has_blanks(paragraphs: Sequence[str]) -> bool:
    """Tell a model by its figures to be filled in: 公开信息xxxx条, 20**年."""
    return sum(len(_BLANKS.findall(line)) for line in paragraphs) >= _LEAST_BLANKS


def _has_prose(paragraphs: Sequence[str]) -> bool:
    return any("。" in line and len(line) >= _LEAST_PROSE for line in paragraphs)


def _opens_like_one(
    paragraphs: Sequence[str], sections: Sequence[Section], *, least: int = 1
) -> bool:
    """Tell whether a report that lost its title, and some headings, still calls itself one.

    Headings of before 2019 are none of the sections: then it says whose or which report it is.
    """
    if len(sections) >= least and any(_OPENING.search(line) for line in paragraphs):
        return True
    return any(map(_OLD_HEADING.match, paragraphs)) and any(
        _PRESENTS.search(line) for line in paragraphs[:_FIRST_LINES]
    )


def _other_kind(
    paragraphs: Sequence[str], page_titles: Sequence[str], sections: Sequence[Section]
) -> tuple[str, str]:
    """Give what else a document calls itself, and the line that does so."""
    own = [_SITE.sub("", title.strip()) for title in page_titles]
    # What stands below a section's heading is the report's own word, whatever it speaks of.
    if sections and sections[0].heading in paragraphs:
        paragraphs = paragraphs[: paragraphs.index(sections[0].heading)]
    lines = [line.strip() for line in paragraphs[:_FIRST_LINES] if len(line) <= _LONGEST_LINE]
    for line in (*own, *(line for line in lines if "公开" in line or line.startswith("关于"))):
        for pattern, kind in _KINDS:
            found = pattern.search(QUOTED_TITLE.sub("", line))
            if found and len(_NAVIGATION.sub("", line[: found.start()])) > 1:
                return kind, line
    return "", ""

"""When a report was published: the page's own date, one stated in a line, or the signature's."""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from transform.dates import fold, leading_date, read_date

# The official day of publication first; a page may be updated any time later, so that says least.
RELEASED, PAGE_LINE, DRAWN_UP, SIGNED, UPDATED = range(5)

_META_RANKS = {
    **dict.fromkeys(
        [
            "pubdate",
            "publishdate",
            "publishtime",
            "publicationdate",
            "firstpublishedtime",
            "articlepublishedtime",
            "releasedate",
            "dcdateissued",
            "发布日期",
            "发布时间",
        ],
        RELEASED,
    ),
    **dict.fromkeys(["createdate", "createtime", "成文日期", "生成日期"], DRAWN_UP),
    **dict.fromkeys(
        ["lastmodified", "updatetime", "updatedate", "modifieddate", "更新时间", "更新日期"],
        UPDATED,
    ),
}
_NAME_SIGNS = re.compile(r"[-_.:\s]")
_FURNITURE = "page_furniture"

_LABEL = re.compile(r"[日时時发](?:\s?[期间間]|[布表]于)[\s:：|｜\]】)）]{0,8}(?=[2２二])")
_LABEL_RANKS = (
    (re.compile(r"(?:更新|修改)的?$"), UPDATED),
    (
        re.compile(
            r"(?:发布|發布|發佈|公开|公開|公布|信息|上传|上网|发稿|发表|推送|录入|添加)的?$"
        ),
        RELEASED,
    ),
    (re.compile(r"(?:成文|生成|印发|发文|制发|签发|行文|形成|落款)$"), DRAWN_UP),
    # 日期：2023-01-11 with nothing before it is the line of a page about itself.
    (re.compile(r"(?:^|[^\u4e00-\u9fff])$"), PAGE_LINE),
)
_STATEMENT = re.compile(r"[:：]\s?\S{2,}\s+$")
_STATED_DAY = re.compile(r"[\d年月./\-]+日?")
_LATER = re.compile(r"(?:\s?\d\d?:\d\d(?::\d\d)?)?(?:之?以?前|[起至到])")
_DATE_WINDOW = 26

_PAGE_LINE = re.compile(r"来源|作者|编辑|浏览|阅读|点击|访问量|字体|字号")
_LINE_DATE = re.compile(r"(?:^|[\s|｜/【\[(（])(?=[2２][0０][0-9０-９]{2})")
_HEAD = 14
_LONGEST_PAGE_LINE = 160

# A date alone with its brackets and its hour, as a page prints it; an office writes 年 and no hour.
_ALONE = re.compile(
    r"[\[【(]?\s*(?P<date>20\d\d(?:[./-]\d\d?){2}|20\d\d年\d\d?月\d\d?日(?=\s*\d\d?:))"
    r"(?:\s*\d\d?:\d\d(?::\d\d)?)?\s*[\]】)]?\s*"
)
_TITLE = re.compile(r".*公开.{0,12}(?:报告|年报)")

_OFFICE = r"(?:政府|办事处|办公室|委员会|管委会|党政办|街道|镇|乡|局|苏木)"
_SIGNED_LINE = re.compile(
    rf"(?P<office>.{{0,40}}{_OFFICE})?[:,(\[【]*"
    r"(?P<date>20\d\d[\d年月./\-]{2,7}日?)(?P<printed>印发)?[)\]】。]*"
)
_SIGNED_END = re.compile(rf"(?P<office>{_OFFICE})[:(]?(?P<date>20\d\d[\d年月]{{2,7}}日)\)?。?$")
# A line with a colon is of the page (主办：……), not of the signature.
_OFFICE_LINE = re.compile(rf"[^:：]*{_OFFICE}[)）\s]*")
_ENDS_LIKE_DATE = re.compile(r"[\dl日曰号目](?:印发)?[)）\]】。\s]*$")
_VISIT = re.compile(r"打印|浏览|访问|下载|今天|当前|现在|系统")
_TITLE_LINE = re.compile(r"公开.{0,12}(?:报告|年报)$")
_LONGEST_LABEL = 12
_TAIL = 14
_LONGEST_SIGNATURE = 60


class Published(NamedTuple):
    """A date, and what kind of statement gives it: the lower, the surer."""

    date: datetime.date
    rank: int


def published_on(
    paragraphs: Sequence[str],
    text: str,
    metadata: Iterable[tuple[str, str]],
    cells: Sequence[str] = (),
) -> Published | None:
    """Give the surest date of publication; of equally sure ones the first.

    `text` is all paragraphs, a line each; `cells` those of tables of information (索引号).
    """
    found = [*_from_metadata(metadata), *_labelled(text), *_labelled("\n".join(cells))]
    if not any(date.rank == RELEASED for date in found):
        head = paragraphs[:_HEAD]
        found += [*_page_lines(head), *_by_title(head), *_signatures(paragraphs)]
    return min(found, key=lambda date: date.rank, default=None)


def _from_metadata(metadata: Iterable[tuple[str, str]]) -> Iterator[Published]:
    for name, content in metadata:
        rank = _META_RANKS.get(_NAME_SIGNS.sub("", name))
        if rank is not None:
            if date := leading_date(fold(content[:_DATE_WINDOW]), allow_compact=True):
                yield Published(date, rank)
        elif name == _FURNITURE:
            yield from _labelled(content)


def _labelled(text: str) -> Iterator[Published]:
    """Give the dates that say of what they are: 发布日期：2022-01-25."""
    for label in _LABEL.finditer(text):
        rank = _rank(text, label)
        if rank is None:
            continue
        if date := _stated(fold(text[label.end() : label.end() + _DATE_WINDOW])):
            yield Published(date, rank)


def _rank(text: str, label: re.Match[str]) -> int | None:
    """Tell of what a label says that it is the day; None where it is none of the page's."""
    around = text[max(0, label.start() - 8) : label.start()]
    before = "发布" if label[0].startswith("发") else re.sub(r"\s", "", around)
    for pattern, rank in _LABEL_RANKS:
        if pattern.search(before):
            return rank
    # The title may stand on the line above, or another statement before it (来源：甲镇 时间：…);
    # two signs and a blank may as well be the begin of the label (生效 日期：…).
    if _VISIT.search(before) or text.count("\n", 0, label.start()) >= _HEAD:
        return None
    line = text[text.rfind("\n", 0, label.start()) + 1 : label.start()]
    return PAGE_LINE if not line.strip() or _STATEMENT.search(line) else None


def _stated(folded: str) -> datetime.date | None:
    """Read a date that is a day done, not a deadline or the begin of a span."""
    rest = _STATED_DAY.sub("", folded, count=1)
    return None if _LATER.match(rest) else leading_date(folded, allow_compact=True)


def _page_lines(head: Sequence[str]) -> Iterator[Published]:
    """Give dates beside 来源 or 浏览次数: a page says so when it was put up."""
    for line in head:
        if len(line) > _LONGEST_PAGE_LINE or not _PAGE_LINE.search(line):
            continue
        for match in _LINE_DATE.finditer(line):
            before = line[: match.end()]
            if _VISIT.search(before[-8:]):
                continue
            if date := leading_date(fold(line[match.end() : match.end() + _DATE_WINDOW])):
                yield Published(date, PAGE_LINE)


def _by_title(head: Sequence[str]) -> Iterator[Published]:
    """Give a date that stands alone under the title, or right behind it."""
    above = ""
    for line in head:
        title = _TITLE.match(line) if len(line) <= _LONGEST_PAGE_LINE else None
        behind = line[title.end() :] if title else line if _TITLE_LINE.search(above) else ""
        alone = _ALONE.fullmatch(fold(behind)) if len(behind) <= _DATE_WINDOW else None
        if alone and (date := read_date(alone["date"])):
            yield Published(date, PAGE_LINE)
        above = line


def _signatures(paragraphs: Sequence[str]) -> Iterator[Published]:
    """Give the date under the report, that of an office before any other, or under its title."""
    lines = [line for line in paragraphs if line]
    weaker: list[Published] = []
    tail = range(len(lines) - 1, max(-1, len(lines) - 1 - _TAIL), -1)
    for index in (*tail, *range(min(_HEAD, len(lines)))):
        signed = _signature(lines[index])
        above = lines[index - 1] if index else ""
        if not signed or (_VISIT.search(above) and len(above) <= _LONGEST_LABEL):
            continue
        match, date = signed
        rank = DRAWN_UP if match.groupdict().get("printed") else SIGNED
        if match["office"] or _OFFICE_LINE.fullmatch(above):
            yield Published(date, rank)
        elif "年" in match["date"] and (index in tail or _TITLE_LINE.search(above)):
            weaker.append(Published(date, rank))
    yield from weaker


def _signature(line: str) -> tuple[re.Match[str], datetime.date] | None:
    """Read the date a line consists of, or the one an office signs the last sentence with."""
    if not _ENDS_LIKE_DATE.search(line[-8:]):
        return None
    folded = fold(line[-_LONGEST_SIGNATURE:])
    if len(line) <= _LONGEST_SIGNATURE:
        match = _SIGNED_LINE.fullmatch(folded) or _SIGNED_END.search(folded)
    else:
        match = _SIGNED_END.search(folded)
    # Digits alone (20220120) may be anything; a signature prints at least one of 年月日.
    if not match or not re.search("[年月日./-]", match["date"]):
        return None
    date = read_date(match["date"])
    return (match, date) if date else None

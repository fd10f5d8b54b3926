"""For which year a report is, weighed from all that title, period, prose and file name say."""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from transform.dates import YEAR_SIGNS, Span, fold
from transform.period_published import UPDATED, Published

# A title alone outweighs the period or the prose alone, both together outweigh the title. A report
# published in the year after (条例 第四十九条) makes a stale title lose against either.
_TITLE, _PERIOD, _PROSE, _PROSE_IN_PASSING, _FILE, _FOLDER = 3.0, 2.5, 1.5, 0.75, 1.2, 0.3
_PUBLISHED_IN_TIME, _PUBLISHED_LATE = 1.6, 0.8
# The prose in passing, or a folder's number, is too little to go by.
LEAST = 1.0
_LAST_MONTH_IN_TIME = 3
_LAST_MONTH = 12

_NAMED_YEAR = re.compile(r"(?<!\d)(20\d\d)[年度](?!\d{1,2}月)")
_BARE_YEAR = re.compile(r"(?<![\d〔\[【])(20\d\d)(?![\d〕\]】]|[-./_]\d|\)?\d*号|年)")
_REPORT = re.compile(r"公开|报告|年报")

_MENTION = re.compile(rf"({YEAR_SIGNS})\s*[年度]")
_ENDS_IN_DIGIT = re.compile(r"[0-9０-９]$")
_COMPARED = re.compile(
    r"(?:较|比|与|指|自|去年|上年度?|上一年度?|[多少高低]于|\d年?[-—~至到])[(（“《]?$"
)
_NOT_OF_THE_YEAR = re.compile(
    r"\s*(?:[\d０-９一二三四五六七八九十元lI]{1,2}\s*月|度?(?:全年)?(?:同期|相比|相较|比|起(?!草)|修订|版|结转)"
    r"|[-—~至到]\s*20\d\d年)"
)
# What is planned: 2024年，我镇将继续……; no mark that ends the clause stands in between.
_PLAN = re.compile("将(?!近)|计划(?!生育)|拟|继续|打算|还要|要进一步")
_PLANNED = re.compile(rf"度?[，,]?[^。；;，,\n]{{0,10}}?(?:{_PLAN.pattern})")
_NAMES_REPORT = re.compile(r"度?[^。，,；;\n]{0,24}?(?:年度报告|年报|公开报告)")
_REPORT_NAME = re.compile("公开.{0,12}(?:报告|年报)$")
_OPENS_LINE = re.compile(
    r"(?:^|\n)[\s　]*(?:[(（][一二三四五六\d][)）]|[一二三四五六\d][、.．])?[\s　]*$"
)
_PROBLEMS = re.compile(r"\n\s{0,9}五\s{0,9}[、.．,，:：]")
_LAST_DAY = re.compile(rf"截[至止]到?\s*({YEAR_SIGNS})\s*年\s*(?:12\s*月\s*31\s*日|12\s*月底|底)")
_LONGEST_TITLE_LINE = 60
_STRONG = 2


class Said(NamedTuple):
    """What one source says of the year; `source` is what a finding calls it."""

    source: str
    year: int
    weight: float


class Year(NamedTuple):
    """The year, whether the report itself states it, and what every source says."""

    year: int | None
    is_stated: bool
    said: tuple[Said, ...]


def weigh(
    title: str | None,
    text: str,
    span: Span | None,
    published: Published | None,
    metadata: Iterable[tuple[str, str]],
    source_path: str,
) -> Year:
    """Give the year most is said for; a date of publication only tells between years named."""
    said = [
        *_of_titles([title or "", *(v for name, v in metadata if name.endswith("title"))]),
        *_of_span(span),
        *_of_prose(text, title or "", published, span),
        *_of_path(source_path),
    ]
    votes: defaultdict[int, float] = defaultdict(float)
    for statement in said:
        votes[statement.year] += statement.weight
    backed = _backed_by_date(published, span)
    if backed and backed[0] in votes:
        votes[backed[0]] += backed[1]
    if max(votes.values(), default=0) < LEAST and (closing := _closing_year(text)):
        said.append(closing)
        votes[closing.year] += closing.weight
    year = max(votes, key=lambda each: votes[each], default=None)
    if year is None:
        return Year(_inferred(published), is_stated=False, said=())
    if votes[year] < LEAST:
        return Year(None, is_stated=False, said=tuple(said))
    sources = {statement.source for statement in said if statement.year == year}
    return Year(year, bool(sources & {"标题", "统计期限", "正文"}), tuple(said))


def _of_titles(titles: Sequence[str]) -> Iterator[Said]:
    """Read the title, or that in the page's head where the title names no year."""
    for title in titles:
        folded = fold(title)
        if years := _title_years(folded):
            for year in years:
                yield Said("标题", year, _TITLE / len(years))
            return


def _title_years(folded: str) -> list[int]:
    """Give the years of a title, the bare ones if none is called a year."""
    if not _REPORT.search(folded):
        return []
    for pattern in (_NAMED_YEAR, _BARE_YEAR):
        if years := [int(match[1]) for match in pattern.finditer(folded)]:
            return list(dict.fromkeys(years))
    return []


def _of_span(span: Span | None) -> Iterator[Said]:
    """Take the year most of the period lies in; a period of many years is no evidence."""
    if span is None:
        return
    start, end = span
    if start is None:
        if end.month == 12:
            yield Said("统计期限", end.year, _PERIOD)
    elif end.year - start.year <= 1:
        new_year = datetime.date(end.year, 1, 1)
        is_early = start < new_year and new_year - start > end - new_year
        yield Said("统计期限", start.year if is_early else end.year, _PERIOD)


def _of_prose(
    text: str, title: str, published: Published | None, span: Span | None
) -> Iterator[Said]:
    """Count the years the prose speaks of; what compares with or looks to another year is none."""
    # A title taken from the prose is heard as such; another place that says it counts.
    is_quoted = f"《{title}》" in text and not re.search(rf"^\s*{re.escape(title)}\s*$", text, re.M)
    problems = _PROBLEMS.search(text)
    mentions = Counter[int]()
    for part in (text[: problems.start()], text[problems.start() :]) if problems else (text,):
        mentions = _mentions(part, title, is_quoted=is_quoted)
        if published:
            for year in [year for year in mentions if _is_to_come(year, published, span)]:
                del mentions[year]
        if mentions:
            break
    ranked = mentions.most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        year, count = ranked[0]
        yield Said("正文", year, _PROSE if count >= _STRONG else _PROSE_IN_PASSING)


def _mentions(text: str, title: str, *, is_quoted: bool) -> Counter[int]:
    counted: Counter[int] = Counter()
    quoted = text.find(f"《{title}》") if is_quoted else -1
    has_names, has_plans = "《" in text, bool(_PLAN.search(text))
    for match in _MENTION.finditer(text):
        start, end = match.span()
        before = text[max(0, start - 8) : start]
        if 0 <= quoted < start <= quoted + len(title):
            continue
        if _ENDS_IN_DIGIT.search(before) or _COMPARED.search(before):
            continue
        if _NOT_OF_THE_YEAR.match(text[end : end + 10]):
            continue
        if (has_plans and _PLANNED.match(text, end)) or (
            has_names and _is_in_name(text, start, end)
        ):
            continue
        head = text[max(0, start - _LONGEST_TITLE_LINE) : start].rpartition("\n")[2]
        tail = text[end : end + _LONGEST_TITLE_LINE].partition("\n")[0]
        if _is_title(f"{head}{match[0]}{tail}".strip(), title):
            continue
        is_strong = _NAMES_REPORT.match(text[end : end + 40]) or _OPENS_LINE.search(before)
        counted[int(fold(re.sub(r"\s", "", match[1])))] += _STRONG if is_strong else 1
    return counted


def _closing_year(text: str) -> Said | None:
    """Read 截至2023年12月31日 where nothing else names a year, if all such days are in one."""
    years = {int(fold(match[1])) for match in _LAST_DAY.finditer(text)}
    return Said("正文", years.pop(), LEAST) if len(years) == 1 else None


def _is_in_name(text: str, start: int, end: int) -> bool:
    """Tell whether a year stands in the name of a document, other than a report's own."""
    opened = text.rfind("《", max(0, start - _LONGEST_TITLE_LINE), start)
    closed = text.find("》", end, end + _LONGEST_TITLE_LINE)
    if opened < 0 or closed < 0 or "》" in text[opened:start]:
        return False
    return not _REPORT_NAME.search(text[opened:closed])


def _is_to_come(year: int, published: Published, span: Span | None) -> bool:
    """Tell whether a year had not ended yet on the day of publication.

    A period that is stated in this year says that the day is wrong.
    """
    is_sure = published.rank != UPDATED and published.date.month < _LAST_MONTH
    if is_sure and not (span and span.end.year == year):
        return year >= published.date.year
    return year > published.date.year


def _is_title(line: str, title: str) -> bool:
    """Tell whether a line is the title, or torn off it: what that says is heard already."""
    is_short = bool(title) and len(line) <= _LONGEST_TITLE_LINE
    return is_short and (line in title or title in line)


def _of_path(path: str) -> Iterator[Said]:
    """Read 2021年 in the file's name or a folder's; a bare 2021 may be the year of publication."""
    if named := _NAMED_YEAR.findall(path):
        yield Said("文件名", int(named[-1]), _FILE)
    elif len(bare := {int(year) for year in _BARE_YEAR.findall(path)}) == 1:
        yield Said("文件夹", bare.pop(), _FOLDER)


def _backed_by_date(published: Published | None, span: Span | None) -> tuple[int, float] | None:
    """Give the year before publication; a date before the period's end speaks for no year."""
    if not published or published.rank == UPDATED or (span and published.date <= span.end):
        return None
    in_time = published.date.month <= _LAST_MONTH_IN_TIME
    return published.date.year - 1, _PUBLISHED_IN_TIME if in_time else _PUBLISHED_LATE


def _inferred(published: Published | None) -> int | None:
    """Take the year before where nothing but a date of publication in time is left."""
    if published and published.rank < UPDATED and published.date.month <= _LAST_MONTH_IN_TIME:
        return published.date.year - 1
    return None

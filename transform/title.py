"""Which line is a report's title, and which only speaks of reports."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from transform.dates import fold

YEAR = r"(?:20\d\d|[二2][〇○零Oo0][〇○零Oo0一二三四五六七八九\d]{2})\s*年?度?"
REPORT = r"(?:政府|政务)?(?:信息|信思)?公开.{0,12}报告"
# 年报 alone is the name of a column on every portal; with a year it is a title.
YEARLY = r"(?:政府|政务)?(?:信息|信思)公开(?:工作)?(?:情况)?(?:年度)?年报"
_CALLED = re.compile(rf"{REPORT}|{YEARLY}")
# What tells how openness was looked into is no report of a year.
LOOKED_INTO = r"公开.{0,10}(?:自查|考[核评]|整改|督查|检查|评[估议]|测评|调研).{0,6}报告"
QUOTED_TITLE = re.compile(rf"《([^《》]{{2,60}}?{REPORT})》")
_NAMED_YEAR = re.compile(YEAR)
_NOISE = re.compile(rf"{YEAR}|(?:{REPORT}|{YEARLY}).*|关于|印发|发布|公布|的|年度|\s|[—\-_|·“”\"]")
_SENTENCE = re.compile("[，。；！？…]")
_LISTED = re.compile(
    r"\s*(?:[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．](?!\d)"
    r"|第[一二三四五六七八九十\d]{1,3}条)"
)
# Other papers and news speak of the report so; another kind of openness is none of ours.
_SPEAKS_OF = re.compile(
    r"召开|举办|读懂|图解|解读|征求|报送|上报|做好|及时|按时|搜索结果|您访问"
    r"|每年|学年|范[文本]|样本|模板|编制(?=[\d《本]|年度|政府信息|上年)|(?<!关于)(?:发布|公布)(?![时日])(?=.{0,4}(?:20|政府|本))"
    r"|(?:[党校村居厂院警检审财]务|司法)公开"
    rf"|{LOOKED_INTO}"
)
# What may stand behind a title: a year, brackets, the site, a date; no further words.
_BEHIND = re.compile(
    rf"(?:书|全文|正文|{YEAR}|[(（【\[《][^()（）]{{0,30}}[)）】\]》]"
    r"|\s*[—–\-_|·>»/].{0,60}|\s+.{0,40}|[^\u4e00-\u9fff])*+"
)
# Page titles name the article, the column and the site so.
_PARTED = re.compile(r"\s*[—–\-_|>»]+\s*")
_TORN = re.compile(r"公开(?:工作)?(?:情况)?(?:年度?)?\n(?:工作|情况|年?度|的|总结)*(?:报告|年报)")
_FIRST_HEADING = re.compile(r"\s*[(（]?一\s*[、.．\s)）]")
# A title and the text on one line, as where a site lost its line breaks.
_RUNS_ON = re.compile(rf"[^，。；]{{0,50}}?(?:{REPORT}|{YEARLY})(?=\s)")
# The way through a site to the page; its last step may be called as the page is.
_STEP = re.compile(r"\s*[>＞»›]+\s*")
_FIRST_STEP = re.compile(r"\s*(?:[您你]?(?:的|现在|当前)*(?:所在)?的?位置|首页)")
_LABEL = re.compile(r"^\s*(?:信息|文件|公文)?(?:标\s*题|名\s*称)\s*[:：]?\s*")
_FORM = re.compile("[(（【](?:格式|模板|模版|样式|样表|示例|范本|解读)")
# A notice that publishes a report is the only title some reports have.
_PUBLISHES = re.compile(r"关于.{0,30}(?:通知|公告|公示|函)(?:\s*[—–\-_|·].{0,60})?")
_OFFICE = re.compile("人民政府|办事处|办公室|政府|委员会|[(（].*?[)）]|[^\u4e00-\u9fff]")

# Titles stand in the first lines; headers and navigation may precede them.
_WINDOW = 12
_LONGEST = 60


class Title(NamedTuple):
    """The title, and titles of several reports where none can be told to be this one's.

    One that is quoted in a sentence is not printed: any paper may quote a report's title.
    """

    text: str | None = None
    rivals: tuple[str, ...] = ()
    is_printed: bool = True


def is_title(line: str) -> bool:
    """Tell whether a line is a title from end to end.

    >>> is_title("兴坪镇2021年政府信息公开工作年度报告"), is_title("2019年兴坪镇信息公开年报")
    (True, True)
    >>> is_title("兴坪镇政府信息公开工作年度报告制度"), is_title("兴坪镇发布2021年政府信息公开报告")
    (False, False)
    """
    if is_trail(line) or _SENTENCE.search(line) or _LISTED.match(line) or _SPEAKS_OF.search(line):
        return False
    return any(_is_end_of_title(line, match) for match in _CALLED.finditer(line))


def _is_end_of_title(line: str, called: re.Match[str]) -> bool:
    """Tell whether a line ends with this name of a report; a column has no year of its own."""
    behind = line[called.end() :]
    own = _PARTED.split(line[: called.end()])[-1] + behind.partition(" ")[0]
    is_column = not called[0].endswith("报告") and not _NAMED_YEAR.search(own)
    return not is_column and bool(_BEHIND.fullmatch(behind)) and not _FORM.search(behind)


def reporter(title: str) -> str:
    """Give what a title names beside the year and 报告.

    >>> reporter("兴坪镇2021年政府信息公开工作年度报告")
    '兴坪镇'
    """
    return _NOISE.sub("", title)


def is_trail(line: str) -> bool:
    """Tell the way through a site to a page: 首页 > 政府信息公开 > 政府信息公开年报 > 2023.

    >>> is_trail("首页 > 年报"), is_trail(" > 政务公开 > 年报"), is_trail("兴坪镇年报 > 正文")
    (True, True, False)
    """
    if not _STEP.search(line):
        return False
    steps = _STEP.split(line)
    return bool(_FIRST_STEP.match(line)) or (len(steps) > 2 and not _CALLED.search(steps[0]))


def title_in_cells(rows: Iterable[Sequence[str]]) -> str | None:
    """Give the title in a table above the report: behind 标题, or alone in its row.

    Several of them are a list of reports, and none is this one's.

    >>> title_in_cells([["标 题", "兴坪镇2021年政府信息公开工作年度报告", "文号", ""]])
    '兴坪镇2021年政府信息公开工作年度报告'
    """
    found: dict[str, None] = {}
    for row in rows:
        texts = [text for text in row if text.strip()]
        for label, text in pairwise(["", *texts]):
            if (_LABEL.fullmatch(label) or len(texts) == 1) and len(text) <= _LONGEST:
                title = _LABEL.sub("", text, count=1).strip()
                if is_title(title):
                    found[title] = None
    return next(iter(found)) if len(found) == 1 else None


def names_nobody(title: str) -> bool:
    """Tell a title, or what is left of one, that holds no name: only a year and 报告."""
    return not reporter(title)


def find_title(
    preamble: Sequence[str], page_titles: Sequence[str], body: Sequence[str] = ()
) -> Title:
    """Give the report's title, joined where it is torn over lines.

    Where the first lines hold titles of several reports, that one is taken which the page's own
    title, or else `body` (all other text), speaks of. Without any title a notice that publishes
    the report gives its name, or the report itself in its first sentence.
    """
    lines = list(_title_lines(preamble))
    found = list(dict.fromkeys(_titles(lines) or _titles(list(_title_lines(_above_first(body))))))
    if len(found) > 1 and any(differ(*pair) for pair in combinations(found, 2)):
        text = "\n".join(line for line in (*preamble, *body) if not is_title(line.strip()))
        return _told_apart(found, page_titles, text)
    if found:
        return Title(found[0])
    named = [title.strip() for title in page_titles if is_title(title.strip())]
    steps = [_STEP.split(line)[-1] for line in lines if is_trail(line)]
    named += [step for step in steps if is_title(step) and not names_nobody(step)]
    weaker = (line for line in (*lines, *page_titles) if _publishes(line))
    # Mirrors drop headings; the report still names itself in its first sentence.
    quoted = (match[1] for line in preamble for match in QUOTED_TITLE.finditer(line))
    printed = next(iter((*named, *weaker)), None)
    return Title(printed) if printed else Title(next(quoted, None), is_printed=False)


def _title_lines(preamble: Sequence[str]) -> Iterator[str]:
    """Give the first lines, of a title with the text behind it on its line the title alone."""
    for line in map(str.strip, preamble[:_WINDOW]):
        if len(line) <= _LONGEST:
            yield line
        elif (cut := _RUNS_ON.match(line)) and is_title(cut[0]):
            yield cut[0]


def _above_first(body: Sequence[str]) -> Sequence[str]:
    """Give the lines above the heading that has number one, of whatever name.

    The name of a column above the title may pass for the heading of another section, which leaves
    no preamble. Without that heading the lines are text, and titles in it links to others.
    """
    first = (at for at, line in enumerate(body[: _WINDOW + 1]) if _FIRST_HEADING.match(line))
    return body[: next(first, 0)]


def _titles(lines: Sequence[str]) -> list[str]:
    titles = []
    for index, line in enumerate(lines):
        if not is_title(line):
            continue
        # A title that names nobody is torn: `…镇2021年` or `…镇人民政府` stands on the line above.
        start = index
        while start and names_nobody("".join(lines[start : index + 1])):
            start -= 1
        titles.append("".join(lines[start : index + 1]))
    if titles:
        return titles
    joined = [above + line for above, line in pairwise(lines) if _TORN.search(f"{above}\n{line}")]
    return [line for line in joined if _NAMED_YEAR.search(line) and is_title(line)]


def _publishes(line: str) -> bool:
    return bool(re.search(REPORT, line) and _PUBLISHES.search(line)) and not (
        _SENTENCE.search(line) or _LISTED.match(line)
    )


def differ(title: str, other: str) -> bool:
    """Tell whether two titles are those of two reports: other years, or other names."""
    years, other_years = _years(title), _years(other)
    name, other_name = _name(title), _name(other)
    if years and other_years and not years & other_years:
        return True
    return bool(name and other_name) and name not in other_name and other_name not in name


def _years(title: str) -> set[str]:
    return {fold(year).strip("年度 ") for year in _NAMED_YEAR.findall(title)}


def _name(title: str) -> str:
    return _OFFICE.sub("", reporter(title))


def _told_apart(found: Sequence[str], page_titles: Sequence[str], text: str) -> Title:
    """Give the title most is said for beside the titles themselves; none where several are."""

    def said_for(title: str) -> tuple[bool, bool, int]:
        name, years = _name(title), _years(title)
        return (
            any(title in page_title for page_title in page_titles),
            bool(name) and name in text,
            sum(text.count(year) for year in years),
        )

    ranked = sorted(found, key=said_for, reverse=True)
    best = [title for title in ranked if said_for(title) == said_for(ranked[0])]
    return Title(best[0]) if len(best) == 1 else Title(None, tuple(best))

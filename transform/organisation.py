"""Title and organisation: what the report calls itself, before any division is looked up."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from transform.divisions import Divisions

_YEAR = r"(?:20\d\d|[二2][〇○零Oo0][〇○零Oo0一二三四五六七八九\d]{2})\s*年?度?"
_REPORT = r"(?:政府|政务)?(?:信息|信思)?公开.{0,12}报告"
_QUOTED_TITLE = re.compile(rf"《([^《》]{{2,60}}?{_REPORT})》")
_TITLE_NOISE = re.compile(rf"{_YEAR}|{_REPORT}.*|关于|印发|发布|公布|的|年度|\s|[—\-_|·“”\"]")
_SIGNATURE = re.compile(
    r"([\u4e00-\u9fff]{2,24}(?:人民政府|办事处|管理委员会|管委会|委员会|局|办公室))"
)
_CONTACT = re.compile(r"(?:联系|咨询|反映|与)[^。；]{0,6}?([\u4e00-\u9fff]{2,24}?人民政府)")
_SUFFIX = re.compile(r"(?:人民政府|政府|办事处)$")
_DEPARTMENT = re.compile(r"(?:局|委员会|办公室|中心|厅|委|办|大队|支队|站|所|院|集团|公司)$")

# Titles stand in the first lines; headers and navigation may precede them.
_TITLE_WINDOW = 12
_LONGEST_TITLE = 60


def find_title(preamble: Sequence[str], page_title: str | None) -> str | None:
    """Give the report's title, joined where it is torn over lines; None where there is none."""
    lines = [line for line in preamble[:_TITLE_WINDOW] if len(line) <= _LONGEST_TITLE]
    for index, line in enumerate(lines):
        if not re.search(_REPORT, line):
            continue
        # A title that names nobody is torn: `…镇2021年` or `…镇人民政府` stands on the line above.
        start = index
        while start and not _TITLE_NOISE.sub("", "".join(lines[start : index + 1])):
            start -= 1
        return "".join(part.strip() for part in lines[start : index + 1])
    if page_title and re.search(_REPORT, page_title):
        return page_title.strip()
    # Mirrors drop headings; the report still names itself in its first sentence.
    quoted = (match[1] for line in preamble for match in _QUOTED_TITLE.finditer(line))
    return next(quoted, None)


def organisation_names(
    title: str | None, preamble: Sequence[str], ending: Sequence[str]
) -> Iterator[str]:
    """Give what the report may call its organisation, the surest source first."""
    if title:
        yield _TITLE_NOISE.sub("", unicodedata.normalize("NFKC", title))
    for line in preamble:
        for match in _QUOTED_TITLE.finditer(line):
            yield _TITLE_NOISE.sub("", match[1])
    for line in reversed(ending[-4:]):
        if signature := _SIGNATURE.fullmatch(line.strip()):
            yield signature[1]
    for line in (*preamble, *ending):
        for match in _CONTACT.finditer(line):
            yield match[1]


def split_name(name: str, divisions: Divisions) -> tuple[str, list[str]]:
    """Part a printed name into the organisation's own name and the divisions in front of it.

    >>> from transform.divisions import Divisions
    >>> d = Divisions([{"code": "14", "name": "山西省"}], [{"code": "1410", "name": "临汾市"}],
    ...     [{"code": "141002", "name": "尧都区"}], [{"code": "141002105", "name": "金殿镇"}])
    >>> split_name("尧都区金殿镇人民政府", d)
    ('金殿镇', ['尧都区'])
    """
    own = _SUFFIX.sub("", name.strip())
    above: list[str] = []
    while True:
        heads = [n for at, n in divisions.mentions(own) if at == 0 and n != own]
        rest = own[len(heads[0]) :] if heads else ""
        # A head is a division above only if what remains is still a name of its own.
        if len(rest) < 2:
            return own, above
        above.append(heads[0])
        own = rest


def level_of(own: str, levels: Sequence[str]) -> str | None:
    """Give the organisation's level from the divisions of its name, or by its ending."""
    for level in ("township", "county", "city", "province"):
        if level in levels:
            return level
    if re.search(r"[镇乡]$|街道$|苏木$", own):
        return "township"
    return "department" if _DEPARTMENT.search(own) else None

"""Where a report names its organisation: title, header, signature, contact line, portal, path."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transform.organisation_prose import announced, compiled, first_lines, openings
from transform.title import QUOTED_TITLE, REPORT, YEAR, YEARLY, names_nobody

# What parts the names within a title from each other.
_TITLE_CUT = re.compile(
    rf"{YEAR}|{REPORT}|{YEARLY}|关于|印发|发布(?!依)|公布|年度|年报|[《》“”\"【】\[\]]|\s{{2,}}"
)
# Behind these a page's title names the site.
_SITE_MARK = re.compile(r"(?<=报告|年报)(?:（[^（）]*）|\([^()]*\))?\s*[—–\-_|]+")
_SITE_IN_FRONT = re.compile(r"[^—–\-_|]*(?:政府|门户|网站?)\s*[—–\-_|]+")
_PIECE_CUT = re.compile(r"[—\-_|·:：,，、;；>＞/\\\s()（）.]+")
_PORTAL = re.compile(r"(?:网站|门户|政务网|政府网|网)$")

_OFFICES = (
    r"(?:人民政府|政府|办事处|街道办|管理委员会|管委会|委员会|局|办公室|办公厅|厅|院|中心|"
    r"[镇乡团场区]|街道|苏木)"
)
_SIGNATURE = re.compile(
    rf"(?:[^：:]{{0,6}}[：:])?\s*([\u4e00-\u9fff（）\d]{{2,24}}{_OFFICES}|[\u4e00-\u9fff]{{1,3}}[镇乡])"
    r"\s*(?:[（(](?:盖章|公章|章|印章)[）)])?\s*"
    r"(?:[二2]\s*[〇○零O0]\s*[\d〇○零一二三四五六七八九]{2}\s*年.{0,8}日?)?"
)
_CONTACT = re.compile(
    r"(?:联系|咨询|反映|[与向至由])[）)：:]?\s*"
    # The branch of an office is another office: 公安局滨江区分局.
    r"([\u4e00-\u9fff]{2,24}?(?:人民政府|办事处|管委会|局|(?<!大)厅)"
    r"(?:[\u4e00-\u9fff]{1,12}?(?:分局|支队|大队|所)(?=联系|咨询|反映|办公室|[^\u4e00-\u9fff]|$))?)"
)
_ADDRESS = re.compile(r"地\s*址\s*[:：为]?\s*([\u4e00-\u9fff（）\d]{4,40})")
_PUBLISHER = re.compile(
    r"(?:来源|发布机构|发布单位|发布部门|公开单位|公开机构|发文机关|编制单位|责任部门|公开主体)"
    r"\s*[:：]\s*([\u4e00-\u9fff（）]{2,30})"
)
# Whom to ask, where it is no office of the kinds above: 请与…办公室联系.
_ASKED = re.compile(r"(?:请|可)[与向同]([\u4e00-\u9fff]{3,30}?)(?:取得)?联系")

_SIGNATURE_LINES = 6
_LONGEST_SIGNATURE = 50
_MOST_LONE_NAMES = 2
_CONTACT_REACH = 40
_MOST_CONTACTS = 8
_PUBLISHER_FIELDS = frozenset({"contentsource", "publisher", "source"})


class Naming(NamedTuple):
    """A place that may name the organisation, and what is printed there.

    In `address`, `author` and `opening` the name may be only the beginning of what is printed.
    `is_torn`: it stands on a line above the title, where the rest of the title stands or anything
    else.
    """

    source: str
    printed: str
    is_torn: bool = False


def title_names(title: str) -> Iterator[str]:
    """Give what a title may name, without year and kind of report.

    >>> list(title_names("阳朔县兴坪镇2021年政府信息公开工作年度报告"))
    ['阳朔县兴坪镇']
    >>> list(title_names("2021年度政府信息公开工作年度报告（兴坪镇）-阳朔县人民政府门户网站"))
    ['（兴坪镇）-阳朔县人民政府门户网站']
    """
    title = unicodedata.normalize("NFKC", title).replace("(", "（").replace(")", "）")
    for part in _TITLE_CUT.split(title):
        name = part.strip(" 的—-_|·:：,，、")
        if len(name) >= 2:
            yield name


def pieces(printed: str) -> Iterator[str]:
    """Give the parts of a name that stand between marks, the portal's own name left out."""
    for piece in _PIECE_CUT.split(printed):
        if len(piece) >= 2 and not _PORTAL.search(piece):
            yield piece


def namings(
    title: str | None,
    preamble: Sequence[str],
    paragraphs: Sequence[str],
    metadata: Sequence[tuple[str, str]],
    path: str,
) -> Iterator[Naming]:
    """Give what the report may call its organisation, place by place.

    `preamble` is what stands above the first section, `paragraphs` all prose.
    """
    below = _below_title(title, preamble)
    if title:
        yield from _own_title(title, preamble[below - 1] if below else "", metadata)
    for line in preamble:
        for match in QUOTED_TITLE.finditer(line):
            if match[1] != title:
                yield from _titled("quoted_title", match[1])
        if publisher := _PUBLISHER.search(line):
            yield Naming("publisher", publisher[1])
    # Above the title stands whose site it is; a report has its own name below.
    names = [line if not _PUBLISHER.search(line) else "" for line in preamble]
    yield from _lone_names("portal", names[: below or len(names)])
    yield from _lone_names("header", names[below:] if below else ())
    yield from _lone_names("signature", paragraphs[below:][-_SIGNATURE_LINES:])
    yield from _prose_names(preamble, paragraphs)
    for window in contact_lines(preamble, paragraphs):
        asked = _CONTACT.findall(window) or _asked(window)
        yield from (Naming("contact", name) for name in asked)
        yield from (Naming("address", match[1]) for match in _ADDRESS.finditer(window))
    for field, value in metadata:
        if field in _PUBLISHER_FIELDS:
            yield Naming("publisher", value.strip())
        elif field.endswith("title") and value != title and re.search(REPORT, value):
            yield from _page_title("page_title", value)
    yield from _path_names(path)


def _own_title(title: str, line: str, metadata: Sequence[tuple[str, str]]) -> Iterator[Naming]:
    """Give the names of the title; `line` is its last line above the sections, if it has one."""
    if not line:
        yield from _page_title("title", title)
        return
    is_torn = names_nobody(line)
    # Above a line without a name stands the rest of the title, or the banner of the site.
    sites = tuple(_sites(metadata)) if is_torn else ()
    for naming in _before_site("title", title):
        is_site = any(naming.printed in site for site in sites)
        yield Naming("portal" if is_site else naming.source, naming.printed, is_torn)


def _page_title(source: str, title: str) -> Iterator[Naming]:
    """Give the names of the title of a page, in which the site may stand in front too."""
    site = _SITE_IN_FRONT.match(title)
    yield from _titled("portal", site[0] if site else "")
    yield from _before_site(source, title[site.end() if site else 0 :])


def _before_site(source: str, title: str) -> Iterator[Naming]:
    """Give the names of a title, and as the site's what stands behind 报告- and 报告_."""
    mark = _SITE_MARK.search(title)
    end = mark.end() if mark else len(title)
    yield from _titled(source, title[:end])
    yield from _titled("portal", title[end:])


def _sites(metadata: Sequence[tuple[str, str]]) -> Iterator[str]:
    for field, value in metadata:
        if field == "sitename":
            yield value
        elif field.endswith("title") and (mark := _SITE_MARK.search(value)):
            yield value[mark.end() :]


def _below_title(title: str | None, preamble: Sequence[str]) -> int:
    """Give where the lines below the title begin; 0 where it does not stand among them."""
    lines = [line.strip() for line in preamble]
    ends = [at for at, line in enumerate(lines, 1) if line and (title or "").endswith(line)]
    return ends[-1] if ends else 0


def _titled(source: str, title: str) -> Iterator[Naming]:
    yield from (Naming(source, name) for name in title_names(title))


def _lone_names(source: str, lines: Sequence[str]) -> Iterator[Naming]:
    """Give the lines that hold an office's name and nothing else but seal and date."""
    short = (line.strip() for line in lines if len(line) <= _LONGEST_SIGNATURE)
    names = [lone[1] for line in short if (lone := _SIGNATURE.fullmatch(line))]
    # More of them are a menu: the other townships of the county.
    if len(set(names)) <= _MOST_LONE_NAMES:
        yield from (Naming(source, name) for name in names)


def _prose_names(preamble: Sequence[str], paragraphs: Sequence[str]) -> Iterator[Naming]:
    """Give the names of the first sentences; an announced title is as good as a quoted one."""
    lines = list(first_lines(preamble, paragraphs))
    yield from (Naming("quoted_title", name) for name in announced(lines))
    yield from (Naming("author", name) for name in compiled(lines))
    yield from (Naming("opening", text) for text in openings(lines))


def _asked(window: str) -> list[str]:
    """Give whom else to ask; the office that answers for a whole government is none."""
    return [name for name in _ASKED.findall(window) if "领导小组" not in name]


def contact_lines(preamble: Sequence[str], paragraphs: Sequence[str]) -> list[str]:
    """Give the words around 联系 and 地址 wherever they stand."""
    windows = []
    for line in dict.fromkeys((*preamble, *paragraphs[-8:])):
        for word in ("联系", "地址", "咨询"):
            at = line.find(word)
            while at >= 0:
                windows.append(line[max(0, at - _CONTACT_REACH) : at + _CONTACT_REACH])
                at = line.find(word, at + len(word))
    return windows[:_MOST_CONTACTS]


def _path_names(path: str) -> Iterator[Naming]:
    *folders, file = re.split(r"[/\\]", path)
    stem = re.sub(r"\.[A-Za-z]{2,5}$", "", file)
    for part in (*folders, stem):
        if re.search("[\u4e00-\u9fff]", part):
            yield from _titled("path", part)

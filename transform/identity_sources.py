"""What a document says of where it comes from, by place: the clues, before they are weighed."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from transform.divisions import Divisions
from transform.organisation import Naming, contact_lines, namings

Metadata = Sequence[tuple[str, str]]

_GOV_HOST = re.compile(r"((?:[a-z0-9-]+\.)+)gov\.cn", re.IGNORECASE)
_LATIN_FOLDER = re.compile(r"[a-z]{4,}")
_PHONE = re.compile(r"0[1-9]\d{1,2}[)）]?[ \u3000]?[-—–－一]{0,2}[ \u3000]?\d{7,8}")
_POSTCODE = re.compile(r"\D{0,4}(\d{6})(?!\d)")
_USAGES = {
    "区": re.compile("区(?:委|政府|人民政府)"),
    "县": re.compile("(?:我县|县(?:委|政府|人民政府))"),
    "市": re.compile("市(?:委|政府|人民政府)"),
    "旗": re.compile("旗(?:委|政府|人民政府)"),
}
# 社区委员会, 园区政府 and 校区 are no districts.
_NO_DISTRICT = frozenset("市地社园校街小辖片景库山灌牧林农矿城新")
_PORTAL_FIELDS = frozenset(
    ["sitename", "columnname", "columndescription", "columnkeywords", "contentsource"]
)
_FURNITURE_FIELD = "page_furniture"
_MOST_FURNITURE = 300
_WEBSITE_REACH = 18
_MOST_WEBSITES = 6
# A short name counts where it stands apart or in front of one of these.
_AFTER_SHORT = ("政府", "人民政府", "门户", "政务", "信息公开", "网", "党委", "党政")
_BEFORE_SHORT = frozenset("在于由与共我驻到得从")
# Common words that are also names of counties; as such they follow the name of their city.
_COMMON = frozenset(
    [
        "城区",
        "郊区",
        "矿区",
        "新区",
        "新城区",
        "老城区",
        "东区",
        "西区",
        "市中区",
        "城中区",
        "城关区",
        "新市区",
        "南山区",
        "西山区",
        "东山区",
    ]
)
# Who goes somewhere to learn does not lie there. What is common in other sentences too counts in
# front of a place or close behind it, and behind a list of places for all of them.
_CLAUSE_ENDS = "，。；：！？,;!?\n"
_CLAUSE_END = re.compile(f"[{_CLAUSE_ENDS}]")
_ELSEWHERE = (
    "考察", "取经", "结对", "经验", "借鉴", "兄弟", "毗邻", "接壤", "交界", "观摩", "参观", "接待",
    "来访", "邀请", "友好", "对标", "跨省",
)  # fmt: skip
_ELSEWHERE_BEFORE = ("赴", "前往", "来自", "转自", "帮扶", "支援")
_ELSEWHERE_AFTER = ("学习", "交流", "对口", "协作", "务工")
# A report speaks of where it lies as of what governs it; anything else may be from anywhere.
_GOVERNS_BEFORE = (
    "在", "按", "照", "根据", "依据", "隶属", "属于", "位于", "地处", "经", "通过", "依托", "利用",
    "落实", "贯彻", "围绕", "结合", "登录", "登陆", "上级",
)  # fmt: skip
_GOVERNS_BEHIND = re.compile(
    "\0|委|党|人民政府|政府|政务|政协|人大|纪|信息|公开|门户|网|融媒|有关|相关|各|统一"
    "|的?(?:指导|部署|要求|领导|安排|支持)|[\u4e00-\u9fff]{1,8}(?:局|委员会|办公室|中心|部门|平台|网站)"
)
# Who names it so often without saying why, does not name it in passing.
_MANY_MENTIONS = 3
_ELSEWHERE_REACH = 12
_LISTED = re.compile("(?:[、和与及][\u4e00-\u9fff]{2,9}?[省市县区旗州盟])*")
# In front of these 城关 is the beginning of a name: 城关镇, 城关街道.
_LOWER_KINDS = ("镇", "乡", "街道", "苏木", "村", "社区", "路", "街", "大道")
# 公网安备 and 网站标识码 begin with the code of the division whose site it is.
_SITE_CODE = re.compile(r"(?:公网安备|标识码)\D{0,6}(\d{6})\d{4,8}(?!\d)")
_LONGEST_NAME = 12
_NOT_A_KIND = {"区": ("域", "划", "间"), "市": ("场",), "旗": ("帜",)}


class Clue(NamedTuple):
    """A place named somewhere: which source, what is printed, and the codes it may mean."""

    source: str
    printed: str
    codes: tuple[str, ...]
    is_full: bool = True


class Sources(NamedTuple):
    """All that a document says of its origin; `usages` are the kinds of county it speaks of."""

    namings: tuple[Naming, ...]
    clues: tuple[Clue, ...]
    usages: frozenset[str]
    prose: str


def read_sources(
    title: str | None,
    preamble: Sequence[str],
    paragraphs: Sequence[str],
    metadata: Metadata,
    path: str,
    divisions: Divisions,
) -> Sources:
    """Collect names and clues; `preamble` stands above the first section of `paragraphs`."""
    prose = "\n".join(paragraphs)
    found = tuple(namings(title, preamble, paragraphs, metadata, path))
    zones = [("path", path), *_portals(metadata, title)]
    zones += [("portal", naming.printed) for naming in found if naming.source == "portal"]
    zones += [("contact", window) for window in contact_lines(preamble, paragraphs)]
    zones += [("portal", line) for line in preamble if "位置" in line[:12] or "首页" in line[:12]]
    zones += [("website", window) for window in _websites(prose)]
    clues = [clue for source, text in zones for clue in place_clues(source, text, divisions)]
    clues += _latin_clues(path, metadata, prose, divisions)
    clues += _number_clues(prose, divisions)
    for text in (prose, *(value for _, value in metadata)):
        clues += _site_clues(text, divisions)
    return Sources(found, tuple(dict.fromkeys(clues)), _usages(prose, divisions), prose)


# All pages of a portal have the same furniture, and name the same websites.
@lru_cache(maxsize=1024)
def place_clues(source: str, text: str, divisions: Divisions) -> tuple[Clue, ...]:
    """Give the places a text names; a short name only where it stands for itself."""
    clues = []
    end_of_last = -1
    for mention in divisions.places_in(text):
        end = mention.start + len(mention.printed)
        follows = mention.start == end_of_last
        if _is_meant(text, mention.start, mention.printed, mention.is_full, follows):
            codes = tuple(unit.code for unit in mention.units)
            clues.append(Clue(source, mention.printed, codes, mention.is_full))
            end_of_last = end
    return tuple(clues)


def says(prose: str, name: str, is_full: bool, above: Sequence[str]) -> bool:
    """Tell whether a prose names a place as its own; `above` are the names it lies in."""
    count = 0
    at = prose.find(name)
    while at >= 0:
        follows = any(prose.endswith(other, 0, at) for other in above)
        if _is_meant(prose, at, name, is_full, follows) and not _is_elsewhere(prose, at, name):
            count += _MANY_MENTIONS if follows or _governs(prose, at, name) else 1
            if count >= _MANY_MENTIONS:
                return True
        at = prose.find(name, at + 1)
    return False


def _governs(prose: str, start: int, name: str) -> bool:
    is_led = prose.endswith(_GOVERNS_BEFORE, 0, start)
    return is_led or _GOVERNS_BEHIND.match(prose, start + len(name)) is not None


def _is_elsewhere(prose: str, start: int, name: str) -> bool:
    """Tell by the clause whether a place is only visited, or told of as an example."""
    end = start + len(name)
    first = max(prose.rfind(mark, 0, start) for mark in _CLAUSE_ENDS) + 1
    behind_clause = _CLAUSE_END.search(prose, end)
    last = behind_clause.start() if behind_clause else len(prose)
    listed = _LISTED.match(prose, end, last)
    behind = listed.end() if listed else end
    near = prose[behind : min(last, behind + _ELSEWHERE_REACH)]
    return (
        any(word in prose[first:last] for word in _ELSEWHERE)
        or any(word in prose[first:start] for word in _ELSEWHERE_BEFORE)
        or any(word in near for word in _ELSEWHERE_AFTER)
    )


def _is_meant(text: str, start: int, name: str, is_full: bool, follows: bool) -> bool:
    """Tell a place from the same characters in a sentence; `follows`: behind the place above."""
    end = start + len(name)
    if not is_full:
        is_own = text.startswith((name[-1], *_LOWER_KINDS), end)
        return (follows and not is_own) or _stands(text, start, end)
    # 开放市场 and 新市区域 hold no city and no district.
    if text.startswith(_NOT_A_KIND.get(name[-1], ()), end):
        return False
    if follows or (len(name) > 2 and name not in _COMMON):
        return True
    # 信息县级平台, 省和县政府 and 城区 alone are no places.
    if text.startswith("级", end):
        return False
    before = text[start - 1 : start]
    is_office = text.startswith("人民政府", end) and before not in "省市区乡镇"
    return not _is_han(before) or before in _BEFORE_SHORT or is_office


def _stands(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start] if start else ""
    if _is_han(before) and before not in _BEFORE_SHORT:
        return False
    return not _is_han(text[end : end + 1]) or text.startswith(_AFTER_SHORT, end)


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _portals(metadata: Metadata, title: str | None) -> Iterator[tuple[str, str]]:
    for field, value in metadata:
        if field in _PORTAL_FIELDS or (field.endswith("title") and value != title):
            yield "portal", value[:_MOST_FURNITURE]
        elif field == _FURNITURE_FIELD:
            yield "furniture", value[:_MOST_FURNITURE]
            yield "furniture", value[_MOST_FURNITURE:][-_MOST_FURNITURE:]


def _websites(prose: str) -> Iterator[str]:
    """Give what stands in front of 网站: 靖远县人民政府门户网站."""
    windows: dict[str, None] = {}
    for word in ("网站", "门户"):
        at = prose.find(word)
        while at >= 0 and len(windows) < _MOST_WEBSITES:
            windows[prose[max(0, at - _WEBSITE_REACH) : at]] = None
            at = prose.find(word, at + len(word))
    yield from windows


def _latin_clues(path: str, metadata: Metadata, prose: str, divisions: Divisions) -> Iterator[Clue]:
    hosts = [path, *(value for _, value in metadata if "gov.cn" in value)]
    if "gov.cn" in prose:
        hosts.append(prose)
    for text in hosts:
        for host in _GOV_HOST.finditer(text):
            for label in re.split(r"[.-]", host[1].lower()):
                if codes := divisions.by_pinyin(label):
                    yield Clue("domain", f"{host[0]}", tuple(sorted(codes)))
    for folder in _LATIN_FOLDER.findall(_GOV_HOST.sub(" ", path)):
        if codes := divisions.by_pinyin(folder):
            yield Clue("folder", folder, tuple(sorted(codes)))


def _number_clues(prose: str, divisions: Divisions) -> Iterator[Clue]:
    for match in _PHONE.finditer(prose):
        if not prose[match.start() - 1 : match.start()].isdigit():
            number = match[0]
            for length in (4, 3):
                if codes := divisions.area_codes.get(number[:length]):
                    yield Clue("area_code", number, codes)
                    break
    at = prose.find("邮")
    while at >= 0:
        if prose.startswith(("邮编", "邮政编码"), at):
            code = _POSTCODE.match(prose, at + (2 if prose[at + 1] == "编" else 4))
            if code and (codes := divisions.postcodes.get(code[1][:2])):
                yield Clue("postcode", code[1], codes)
        at = prose.find("邮", at + 1)


def _site_clues(text: str, divisions: Divisions) -> Iterator[Clue]:
    for match in _SITE_CODE.finditer(text):
        code = match[1]
        while code.endswith("00"):
            code = code[:-2]
        if divisions.unit(code):
            yield Clue("furniture", match[0], (code,))


def _usages(prose: str, divisions: Divisions) -> frozenset[str]:
    """Tell of which kinds of county the document speaks: 区委, 县委, 市委, 旗委."""
    return frozenset(
        kind
        for kind, pattern in _USAGES.items()
        if any(
            (kind != "区" or prose[match.start() - 1 : match.start()] not in _NO_DISTRICT)
            and not _ends_name(prose, match.start() + 1, divisions)
            for match in pattern.finditer(prose)
        )
    )


def _ends_name(prose: str, end: int, divisions: Divisions) -> bool:
    """Tell whether a kind belongs to a name: 六安市人民政府. 和县委 is seldom that of 和县."""
    window = prose[max(0, end - _LONGEST_NAME) : end]
    return any(
        mention.start + len(mention.printed) == len(window) and len(mention.printed) > 2
        for mention in divisions.places_in(window)
    )

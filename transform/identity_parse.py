"""A printed name taken apart: what stands in front of it, what it is itself, which units it names.

桂林市阳朔县兴坪镇人民政府 is 兴坪镇 below 桂林市 and 阳朔县; 阳朔县财政局 is 财政局, a department,
below 阳朔县.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from transform.divisions import Called, Divisions
from transform.identity_names import own_name, spoken_regiment, tidy

_DEPARTMENT = re.compile(
    r"(?:[局厅委办会社站所院馆队校部署]|(?<!办事)处|办公室|中心|集团|公司|[大中小]学|幼儿园|银行)$"
)
_TOWNSHIP = re.compile(r"(?:[镇乡]|街道|苏木|[农林牧]场|团|团场)$")
_BARE_KIND = re.compile(
    r"(?:人民|政府|办事处|[镇乡县市区州盟旗道]|街道|苏木|自治|地区|经济|管委会|管理委员会)+"
)
_LEAD = re.compile(r"^(?:中共|中国共产党|关于|附件\d*[:：]?|转发|关干|我[县市区])+")
# A unit above that the table does not know: 江川县 before it became 江川区, a zone, a new district.
_UNKNOWN_HEAD = re.compile(r"(?:[省市县区州盟旗师]|自治[区州县旗])")
# A menu of townships whose names run together is nothing above the last of them.
_NO_HEAD = re.compile("委员会|[镇乡].+[镇乡]|街道")
_OFFICE = re.compile(r"(?:人民政府|政府|人民)$")
# 西城区人民政府金融街街道办事处 is a street office of 西城区.
_OFFICE_ABOVE = re.compile(r"^人民政府(?=.+(?:[镇乡]|苏木|街道|街道办|办事处))")
_TOWNSHIP_END = re.compile(r"[镇乡木场]|街道|\d团|[一二三四五六七八九十]团")
# What a title may hold beside a name.
_NO_NAME = re.compile(
    r"(?:[我本全各][省市县区州旗镇乡局]|街道|本级|系统|机关|单位|部门|人民|政府|政务|信息|主动|依法|申请|公开|"
    r"工作|情况|统计|年度|年报|季度|上半年|总结|编制|发布|公布|通知|公告|公示|附件|附表|模板|格式|网站|门户|"
    r"[第上下本一二三四〇零年月日份度表版稿的及和与等为由对在\W\dA-Za-z_])+"
)
_OTHERS = re.compile("街道|机关|单位|部门|[镇乡局]")
_BARE_OFFICE = "办事处"
_DEPARTMENT_END = re.compile(
    r"(?:[局厅委署]|委员会|管委会|办公室|办公厅|中心)"
    # What an office does: behind it no name goes on, and nobody's 局长 or 领导 follows.
    r"(?=认真|坚持|全面|严格|深入|积极|紧紧|紧密|以|按|根据|依据|依法|在|贯彻|推进|切实|高度|始终|围绕|继续|"
    r"进一步|扎实|不断|持续|大力|着力|有序|主动|通过|共|未|没有|收到|立足|聚焦|结合|遵循|落实|政府信息公开|"
    r"信息公开|政务公开|稳步|狠抓|充分|牢固|加强|强化|及时|对照)"
)
_LONGEST_BEGINNING = 30
_MOST_HEADS = 5


class Head(NamedTuple):
    """What stands in front of a name; without units it is a name the table does not know."""

    printed: str
    codes: tuple[str, ...]
    is_full: bool


class Parsed(NamedTuple):
    """A printed name: its own part, its level, the units it may be, and what stands above it."""

    own: str
    level: str | None
    called: tuple[Called, ...]
    heads: tuple[Head, ...]

    @property
    def is_known(self) -> bool:
        """Whether the table has a unit of this name or the name is a department's."""
        return bool(self.called) or (self.level == "department" and bool(self.heads))


# A report gives its name in several places.
@lru_cache(maxsize=1024)
def parse_name(printed: str, divisions: Divisions) -> Parsed | None:
    """Take a printed name apart; None where nothing of it can be a name.

    >>> d = Divisions([{"code": "14", "name": "山西省"}], [{"code": "1410", "name": "临汾市"}],
    ...     [{"code": "141002", "name": "尧都区"}], [{"code": "141002105", "name": "金殿镇"}])
    >>> parsed = parse_name("尧都区金殿镇人民政府", d)
    >>> parsed.own, [head.printed for head in parsed.heads], parsed.called[0].unit.code
    ('金殿镇', ['尧都区'], '141002105')
    >>> parse_name("尧都区财政局", d).level
    'department'
    """
    name = _LEAD.sub("", tidy(printed))
    if len(name) < 2 or _BARE_KIND.fullmatch(name):
        # Two streets of the country are called 街道 and nothing else.
        own, called = _called(name, divisions)
        return Parsed(own, "township", called, ()) if called else None
    return _known(name, divisions, 0) or _unknown_head(name, divisions) or _unknown(name, divisions)


def _known(name: str, divisions: Divisions, depth: int) -> Parsed | None:
    own, called = _called(name, divisions)
    # 清新区人民政府办公室 is an office below 清新区; that of a township is the township.
    if called and (called[0].unit.level == "township" or not name.endswith("办公室")):
        return Parsed(own, called[0].unit.level, called, ())
    if depth >= _MOST_HEADS:
        return None
    for printed in divisions.heads(name):
        rest = _OFFICE_ABOVE.sub("", name[len(printed) :])
        if len(rest) < 2 or (_BARE_KIND.fullmatch(rest) and not divisions.named(own_name(rest))):
            continue
        head = _head(printed, divisions)
        below = _known(rest, divisions, depth + 1) or _street_office(rest, head, divisions)
        if below and below.called and (head.is_full or _lies_in(below, head)):
            if _is_department(rest) and not (_lies_in(below, head) or _TOWNSHIP.search(below.own)):
                # 平利县's 管委会 is not the zone of that name in another county.
                below = Parsed(rest, "department", (), ())
            return below._replace(heads=(head, *below.heads))
        if head.is_full and (below or _is_department(rest)):
            below = below or Parsed(rest, "department", (), ())
            return below._replace(heads=(head, *below.heads))
    return None


def _street_office(name: str, head: Head, divisions: Divisions) -> Parsed | None:
    """Read 东门办事处 as 东门街道 below the county that has one; alone it may be any office."""
    if not head.is_full or not name.endswith(_BARE_OFFICE):
        return None
    own = f"{name.removesuffix(_BARE_OFFICE)}街道"
    called = tuple(c for c in divisions.called(own) if c.unit.code.startswith(head.codes))
    return Parsed(own, "township", called, ()) if called else None


def _called(name: str, divisions: Divisions) -> tuple[str, tuple[Called, ...]]:
    own = own_name(name)
    found = divisions.called(own)
    if own != name and (exact := divisions.called(name)):
        known = {called.unit.code for called in found}
        found = [*found, *(called for called in exact if called.unit.code not in known)]
    if not found and (number := spoken_regiment(own)):
        found = divisions.called(number)
    if not found and own != (office := _OFFICE.sub("", own)):
        # 阳朔县人民政府 is 阳朔县; a township's office is off already.
        own, found = office, divisions.called(office)
    return own, tuple(found)


def _head(printed: str, divisions: Divisions) -> Head:
    codes = tuple(unit.code for unit in divisions.above(printed))
    return Head(printed, codes, divisions.is_full(printed))


def _lies_in(below: Parsed, head: Head) -> bool:
    """A short name is one only where a unit of the rest lies there: 长安 is also just a word."""
    return any(called.unit.code.startswith(head.codes) for called in below.called)


def _unknown_head(name: str, divisions: Divisions) -> Parsed | None:
    """Read 江川县九溪镇 where 江川县 is unknown and 九溪镇 is not."""
    for match in _UNKNOWN_HEAD.finditer(name):
        head, rest = name[: match.end()], name[match.end() :]
        if len(head) < 2 or len(rest) < 3 or _BARE_KIND.fullmatch(rest) or _NO_HEAD.search(head):
            continue
        below = _known(rest, divisions, 1)
        if below and below.called and below.level == "township":
            return below._replace(heads=(Head(head, (), True), *below.heads))
    return None


def _unknown(name: str, divisions: Divisions) -> Parsed | None:
    """Keep a name nobody knows as it is printed, without the divisions in front of it."""
    name, heads = _behind_heads(name, divisions)
    own = own_name(name)
    if _TOWNSHIP.search(own):
        return Parsed(own, "township", (), heads) if len(own) <= 12 else None
    if _is_department(name):
        return Parsed(name, "department", (), heads)
    return None


def _behind_heads(name: str, divisions: Divisions) -> tuple[str, tuple[Head, ...]]:
    heads: list[Head] = []
    while printed := next(
        (p for p in divisions.heads(name) if divisions.is_full(p) and len(name) - len(p) >= 2), None
    ):
        heads.append(_head(printed, divisions))
        name = _OFFICE_ABOVE.sub("", name[len(printed) :])
    return name, tuple(heads)


def parse_unnamed(printed: str, divisions: Divisions) -> Parsed | None:
    """Keep what stands in a title as a name of unknown kind; None where it only says what it is.

    >>> d = Divisions([{"code": "14", "name": "山西省"}], [{"code": "1410", "name": "临汾市"}],
    ...     [{"code": "141002", "name": "尧都区"}], [])
    >>> parse_unnamed("尧都区游客服务点", d).own, parse_unnamed("全区政务公开工作", d)
    ('游客服务点', None)
    """
    name = _LEAD.sub("", tidy(printed))
    begun = parse_beginning(name, divisions)
    if begun and _NO_NAME.fullmatch(name.partition(begun.own)[2]):
        return begun
    name, heads = _behind_heads(name, divisions)
    if len(name) >= 2 and not _NO_NAME.fullmatch(name) and not _BARE_KIND.fullmatch(name):
        return Parsed(name, None, (), heads)
    # 平利县政府系统, 平利县本级.
    whole = _known(heads[-1].printed, divisions, 0) if heads and not _OTHERS.search(name) else None
    return whole._replace(heads=heads[:-1]) if whole else None


def _is_department(name: str) -> bool:
    return bool(_DEPARTMENT.search(name)) and not _BARE_KIND.fullmatch(name)


def parse_beginning(text: str, divisions: Divisions) -> Parsed | None:
    """Read the longest township-level name that a text begins with.

    >>> d = Divisions([{"code": "44", "name": "广东省"}], [{"code": "4420", "name": "中山市"}],
    ...     [{"code": "442000", "name": "中山市"}], [{"code": "442000105", "name": "古镇镇"}])
    >>> parse_beginning("中山市古镇镇中兴大道1号", d).own
    '古镇镇'
    """
    ends = [match.end() for match in _TOWNSHIP_END.finditer(text[:_LONGEST_BEGINNING])]
    for end in reversed(ends):
        parsed = _known(text[:end], divisions, 0)
        if parsed and parsed.called and parsed.level == "township":
            return parsed
    return None


def parse_subject(text: str, divisions: Divisions) -> Parsed | None:
    """Read the department that a sentence begins with and that does what the sentence tells.

    >>> d = Divisions([{"code": "14", "name": "山西省"}], [{"code": "1410", "name": "临汾市"}],
    ...     [{"code": "141002", "name": "尧都区"}], [])
    >>> parse_subject("尧都区财政局认真落实条例", d).own, parse_subject("尧都区财政局局长说", d)
    ('财政局', None)
    """
    for match in _DEPARTMENT_END.finditer(text[:_LONGEST_BEGINNING]):
        parsed = parse_name(text[: match.end()], divisions)
        if parsed and parsed.level == "department":
            return parsed
    return None

"""Whose figure it is and of when: the year, the place and the intent that hold where it stands.

What was said last holds: 去年…100条，今年…120条. A comparison (较上年) changes nothing behind it.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from transform.narrative_rules import NarrativeRules

_TIME = re.compile(
    r"(?P<whole>(?<![0-9])1月?(?:1日)?[-~—–至到](?:20[0-9]{2}年)?12月(?:3[01]日)?)"
    r"|(?P<compare>(?:结转|转结|转入|转至|转到|延至|延到|顺延)[至到入]?(?:20[0-9]{2}年度?|明年)|(?:较|比|与|同|和|超)(?:上年|去年|前年|往年|上一年|20[0-9]{2}年)度?)"
    r"|(?P<span>20[0-9]{2}年?度?[-~—–至到](?:20)?[0-9]{2}年)"
    r"|(?P<day>[0-9]{1,2}月[0-9]{1,2}[日号])"
    r"|(?P<past>去年|上年(?!度?结转)|上一年(?!度?结转)|前年|往年|历年|明年)"
    r"|(?P<part>半年|(?<!每)季度|(?<!每)(?<!每个)月份?|旬|[0-9一二三四]季)"
    r"|(?P<year>20[0-9]{2})(?=年)(?!年度?(?:政府|部门|财政)?(?:工作)?(?:总结|计划|要点|预算|决算|报告|年报|版))(?P<on>年度?以来)?"
    r"|(?P<own>(?:今|本|当)?年初?以来|今年|本年|当年)|(?P<weak>[一1]年[来里]|一年以来|全年|年内)"
    r"|(?P<since>以来|(?<=[五届])”?期间|[二两三四五六七八九十几多]年(?:来|(?=共|累计|合计|总计|间))|至今(?!年)|迄今)|(?P<until>截[至止])"
)
# The month of 月: one by its number, the last of a span, or no month at all (3个月).
_MONTH = re.compile(
    r"(?<![0-9一二三四五六七八九十至到~—–-])(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})$"
)
_TO_THE_END = re.compile(r"(?:[至止到]|[至止](?:20[0-9]{2}|本)年)12$")
_SPAN_GOES_ON = tuple("至到~—–-0123456789")
_BEGINS = re.compile(
    r"^[^一-鿿0-9]*(?:[一二三四五六七八九十0-9]{1,2}(?:[、.．]|是))?\W*(20[0-9]{2}年|去年|上年|今年|本年)"
)
_TOWN = re.compile(
    r"(?:^|[，；：、（）县市区旗年度的])(?![度在于由向对从为经])(?P<name>[一-鿿]{1,4}?(?:镇|乡|街道))"
    r"(?=人民政府|政府|党委|[0-9，]|共|累计|公开|发布|收到|受理|召开|举办|主动|全年|通过|在|为|年|未|无)"
)
# What the one who reports calls all of it.
_WHOLE = re.compile("(?<![基根])[全我本](?:街(?=道))?([县市区州旗镇乡道])(?![村别划])")
_ANY_TOWN = (
    "水乡",
    *(left + kind for left in "我本全各该乡城集村下返入家年度" for kind in ("镇", "乡", "街道")),
)

_AND_THE_REST = re.compile("(?:街道)?[及和与、](?:各|[县市区]级?直|[县市区]级|政府系统|部门)")
# 朔州市人民政府办公室 calls itself 市政府办公室.
_SHORT = re.compile("^.*?(?=[县市区省州旗][人政])|人民(?=政府)")
# Whom something is done for is not who does it.
_TO_OTHERS = ("组织", "召集", "邀请", "对", "向", "面向", "为")
# Nothing without one of these signs moves a scope; most figures of a list stand without.
_MAY_MOVE = re.compile(
    "[年月季旬今当来至截期县市区省州旗盟镇乡街各每所辖下步明力争预打计拟将我本实村]"
)


class Own(NamedTuple):
    """The reporting year, where known, and the reporting organisation: name and last character."""

    year: int | None
    name: str | None
    kind: str | None = None


def own_of(year: int | None, name: str | None, lines: Iterable[str]) -> Own:
    """Who reports: by name, or whom else but one township (or 全县) do the lines tell of."""
    if name is not None:
        return Own(year, name, name[-1:])
    towns, kinds = set(), set()
    for line in lines:
        towns |= {m["name"] for m in _TOWN.finditer(line) if not m["name"].endswith(_ANY_TOWN)}
        kinds |= set(_WHOLE.findall(line))
    if len(towns) == 1 and kinds <= {"道", "镇", "乡"}:
        (name,) = towns
        return Own(year, name, name[-1:])
    return Own(year, None, kinds.pop() if not towns and len(kinds) == 1 else None)


class Scope(NamedTuple):
    """What holds at a place of a sentence; `part` is `month` where it speaks of one."""

    is_own_year: bool = True
    says_year: bool = False
    says_until: bool = False
    is_own_place: bool = True
    is_target: bool = False
    was_set: bool = False
    part: str | None = None

    @property
    def is_ours(self) -> bool:
        """Whether a figure here is of this year, all of it, of this place, and done."""
        return self.part is None and self.is_in_ours

    @property
    def is_in_ours(self) -> bool:
        """Whether a figure here is of this year or a part of it, of this place, and done."""
        return self.is_own_year and self.is_own_place and not self.is_target


def advance_past(scope: Scope, sentences: str, own: Own, rules: NarrativeRules) -> Scope:
    """What sentences leave in force for those behind them in their paragraph.

    A year rules on only from the beginning of a sentence, elsewhere it may be that of a law;
    once a paragraph speaks of plans, it goes on with plans.
    """
    for sentence in re.split("[。！？]", sentences):
        begins = _BEGINS.match(sentence)
        if begins:
            scope = _in_time(scope, begins[1], own)
    if not scope.is_target and rules.words["target"].search(sentences):
        scope = scope._replace(is_target=True)
    return scope._replace(was_set=False)


def advance(scope: Scope, text: str, own: Own, rules: NarrativeRules) -> Scope:
    """The scope behind `text`."""
    if scope.was_set:
        scope = scope._replace(was_set=False)
    if not _MAY_MOVE.search(text):
        return scope
    moved = _in_time(scope, text, own)
    moved = _in_place(moved, text, own, rules)
    for done in rules.words["done"].finditer(text):
        moved, text = moved._replace(is_target=False), text[done.end() :]
    if not moved.is_target and any(rules.words[w].search(text) for w in ("target", "intent")):
        moved = moved._replace(is_target=True)
    return moved


def _in_time(scope: Scope, text: str, own: Own) -> Scope:
    for match in _TIME.finditer(text):
        kind = match.lastgroup
        if kind in ("year", "on"):
            ours = int(match["year"]) == own.year
            scope = scope._replace(is_own_year=ours, says_year=ours, was_set=ours, part=None)
        elif kind == "own":
            scope = scope._replace(is_own_year=True, says_year=True, was_set=True, part=None)
        elif kind in ("weak", "whole"):
            scope = scope._replace(says_year=scope.is_own_year, says_until=False, part=None)
        elif kind == "until":
            scope = scope._replace(says_until=True)
        elif kind in ("past", "span", "since"):
            scope = scope._replace(is_own_year=False, was_set=False)
        elif kind == "part":
            scope = scope._replace(part=_part(match, scope.part), was_set=False)
    return scope


def _part(match: re.Match[str], before: str | None) -> str | None:
    """What part of the year is spoken of: one month, any other, or none as in 截至12月底."""
    text, start, end = match.string, match.start(), match.end()
    if match[0][0] != "月":
        return "part"
    if text[end : end + 1] in ("底", "末", "，", "") and _TO_THE_END.search(text, 0, start):
        return before
    is_one = "月" not in text[:start] and _MONTH.search(text, max(0, start - 3), start)
    return "month" if is_one and not text.startswith(_SPAN_GOES_ON, end) else "part"


def _in_place(scope: Scope, text: str, own: Own, rules: NarrativeRules) -> Scope:
    last, ours = -1, True
    for name in ("foreign", "county"):
        for match in rules.words[name].finditer(text):
            is_object = text[: match.start()].endswith(_TO_OTHERS)
            is_ours = _is_of_own(text, match.start(), own) or _is_all_of_own(match, own)
            if match.end() > last and not is_object and not is_ours:
                last, ours = match.end(), False
    for match in _TOWN.finditer(text):
        named = match["name"]
        if match.end() >= last and not named.endswith(_ANY_TOWN):
            last, ours = match.end(), _is_own_name(named, own)
    for match in rules.words["own"].finditer(text):
        if match.end() > last:
            last, ours = match.end(), True
    if last < 0:
        return scope
    return scope._replace(is_own_place=ours, was_set=scope.was_set or ours)


def _is_of_own(text: str, start: int, own: Own) -> bool:
    """Tell 全县 and 舒城县 in that county's own report; of a county a match may have 县 only."""
    if own.kind is None:
        return False
    wholes = tuple(whole + own.kind for whole in "全我本")
    if own.name and own.name.endswith("室") and text.startswith(_SHORT.sub("", own.name), start):
        return True
    names = (*wholes, own.name) if own.name else wholes
    return text.startswith(wholes, start) or text.endswith(names, 0, start + 1)


def _is_all_of_own(match: re.Match[str], own: Own) -> bool:
    """Tell 各乡镇、各部门 in a county's own report, which are all that report to it."""
    is_above = own.kind is not None and own.kind in "县市区旗" and match[0].startswith("各")
    return is_above and _AND_THE_REST.match(match.string, match.end()) is not None


def _is_own_name(named: str, own: Own) -> bool:
    """Tell our own name, also behind a county's or with a lost first character."""
    return own.name is not None and (named.endswith(own.name) or own.name.endswith(named))

"""How divisions are named in speech and print: short names, former kinds, offices, other forms.

Pure rules of Chinese place names; which names exist is known to `transform.divisions`.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

_KINDS = re.compile(r"(?:特别行政区|自治[区州县旗]|[省市区县州盟旗]|地区|林区|新区)$")
# The 55 recognised minorities (GB/T 3304-1991) as they stand in the names of autonomous areas.
_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|"
    "东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|"
    "俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
_AUTONOMOUS = re.compile(rf"(?:(?:{_PEOPLES})族?)+自治([区州县旗])$")
# 民族乡: 于家务回族乡 is also said 于家务乡, 得力其尔鄂温克民族乡 also 得力其尔乡.
_ETHNIC_TOWNSHIP = re.compile(
    rf"(?:(?:(?:{_PEOPLES})族)+(?:民族)?|(?:(?:{_PEOPLES})族?)+民族)(?=[乡镇]$)"
)
# Offices at the end of a township's name; the unit is what stands in front of them.
_TOWNSHIP_OFFICE = re.compile(
    r"(?<=[镇乡道木区])"
    r"(?:(?:人民)?政府|人民|党工委|党委|工委|(?:工作)?委员会|(?:街道|地区|行政)?办事处|街道办)*"
    r"(?:(?:党政|综合|行政|管理|党建|政务公开|信息公开|工作|领导小组)*(?:办公室|办))?$"
    r"|(?<=[农林牧渔殖艺]场)(?:党政|综合)*办公室$"
)
_STREET_OFFICE = re.compile(r"(?:街道办|街办)(?:事处)?$")
_AREA_OFFICE = re.compile(r"(?:管理委员会|管委会)$")
_BRACKETS = re.compile(r"（([^（）]+)）")
_ZONE = re.compile(r"(?:高新技术产业|高技术产业|高新技术|经济技术|经济)(?:产业)?开发区$")
# Counties that exist in the code table only as areas of an industrial zone or a farm.
_PSEUDO = re.compile(
    r"(?:开发区|园区|管理区|示范区|聚集区|试验区|实验区|食品区|名胜区|改革示范区|旅游岛|新城|管委会)$"
)
_REGIMENT = re.compile(
    r"^(?:新疆)?(?:生产建设)?(?:兵团)?(?:第?农?[一二三四五六七八九十\d]{1,3}师)?"
)
_REGIMENT_NO = re.compile(r"([〇零一二三四五六七八九十百\d]+)团")
# One character in front of a kind is what a longer name was cut from.
_KIND_ALONE = re.compile(r"|(?:民族)?[镇乡]|\D.|街道|办事处")
_FARM = re.compile(r"(?:垦殖|国营|农|林|牧|渔|茶|园艺|良种|示范|养殖|种畜|原种|综合)+场")
_FUNCTIONAL = re.compile(
    r"(?:新区|开发区|高新区|经开区|[园矿]区|示范区|管理区|度假区|保税区|合作区)$"
)
_DIGITS = {char: index for index, char in enumerate("零一二三四五六七八九")} | {"〇": 0}


@cache
def short_name(name: str) -> str:
    """A name without its kind: 尧都区 is 尧都; too short a rest keeps the whole name.

    >>> short_name("尧都区"), short_name("吉县"), short_name("大厂回族自治县")
    ('尧都', '吉县', '大厂')
    >>> short_name("内蒙古自治区"), short_name("新疆维吾尔自治区")
    ('内蒙古', '新疆')
    """
    shorts = (ending.sub("", name) for ending in (_AUTONOMOUS, _KINDS))
    return next((short for short in shorts if len(short) >= 2 and short != name), name)


@cache
def is_pseudo(county: str) -> bool:
    """Tell whether a county of the code table is an industrial zone inside other counties."""
    return bool(_PSEUDO.search(county))


def spoken_names(name: str) -> Iterator[str]:
    """Give the other names of a county, city or province.

    >>> list(spoken_names("三江侗族自治县")), list(spoken_names("合肥高新技术产业开发区"))
    (['三江', '三江县'], ['合肥高新区'])
    """
    if zone := _ZONE.search(name):
        yield name[: zone.start()] + ("高新区" if "高" in zone[0] else "经开区")
        return
    if is_pseudo(name):
        return
    short = short_name(name)
    if short != name:
        yield short
    if (autonomous := _AUTONOMOUS.search(name)) and len(short) >= 2 and short != name:
        kind = autonomous[1]
        if kind != "区":
            yield short + kind


def tidy(name: str) -> str:
    """Write a printed name as the code table does: no blanks, full-width brackets."""
    name = re.sub(r"\s", "", name)
    if not name.isalpha() or any("\uff01" <= char <= "\uff5e" for char in name):
        name = unicodedata.normalize("NFKC", name).replace("(", "（").replace(")", "）")
    return name


def own_name(name: str) -> str:
    """Take the office off a township's name; other names stay as they are.

    >>> own_name("兴坪镇人民政府"), own_name("安镇街道办事处"), own_name("东关街办")
    ('兴坪镇', '安镇街道', '东关街道')
    >>> own_name("古镇镇"), own_name("古镇镇党政办公室"), own_name("阳朔县财政局")
    ('古镇镇', '古镇镇', '阳朔县财政局')
    """
    if name.endswith(("办", "办事处")):
        name = _STREET_OFFICE.sub("街道", name)
    if name[-1:] in "镇乡道木":
        return name
    if name.endswith("会"):
        name = _AREA_OFFICE.sub("", name)
    return _TOWNSHIP_OFFICE.sub("", name, count=1)


def other_names(name: str) -> Iterator[str]:
    """Give what else people call a township-level unit, for matching after its own name.

    >>> list(other_names("于家务回族乡")), list(other_names("兵团一五二团"))
    (['于家务乡', '于家务民族乡'], ['152团'])
    >>> list(other_names("三星镇（叠石桥家纺产业园区）")), list(other_names("何集办事处"))
    (['三星镇', '叠石桥家纺产业园区'], ['何集街道'])
    """
    if name.endswith(("乡", "镇")) and (said := _ETHNIC_TOWNSHIP.sub("", name)) != name:
        yield said
        yield f"{said[:-1]}民族{said[-1]}"
    if "（" in name:
        inside = _BRACKETS.search(name)
        outside = _BRACKETS.sub("", name)
        yield from (n for n in (outside, inside[1] if inside else "") if len(n) > 2)
    if "团" in name and (number := _REGIMENT_NO.search(name)):
        yield regiment(_REGIMENT.sub("", name), number[1])
    if name.endswith("办事处") and not name.endswith("街道办事处"):
        yield name.removesuffix("办事处") + "街道"
    if name.endswith("办事处街道"):
        yield name.removesuffix("办事处街道") + "街道"
    if name.endswith("地区"):
        yield from (name.removesuffix("地区") + kind for kind in "乡镇")
    if zone := _ZONE.search(name):
        yield name[: zone.start()] + ("高新区" if "高" in zone[0] else "经开区")


def is_only_kind(name: str) -> bool:
    """Tell what is left of a name that names nobody: 镇 of 芒市镇 in 芒市, 林场 of a county's.

    >>> [is_only_kind(name) for name in ("镇", "林场", "民族乡", "1团", "老县镇")]
    [True, True, True, False, False]
    """
    return _KIND_ALONE.fullmatch(name) is not None


def is_short_for(printed: str, name: str) -> bool:
    """Tell whether a printed name is another with characters left out of its middle.

    Banners are said by their first and last characters; of a farm only its kind is cut short.

    >>> is_short_for("阿右旗", "阿拉善右旗"), is_short_for("东风场", "东风垦殖场")
    (True, True)
    >>> is_short_for("大桥镇", "大石桥镇"), is_short_for("东风场", "东风岭林场")
    (False, False)
    """
    if len(printed) < 3 or len(printed) >= len(name) or printed[-1] != name[-1]:
        return False
    if name[-1] == "场":
        return bool(_FARM.fullmatch(name.removeprefix(printed[:-1])))
    following = iter(name)
    return name[-1] == "旗" and printed[0] == name[0] and all(char in following for char in printed)


def is_zone(name: str) -> bool:
    """Tell the name of a functional zone, in which the divisions of the table go on.

    >>> is_zone("西咸新区"), is_zone("江川区")
    (True, False)
    """
    return bool(_FUNCTIONAL.search(name))


def regiment(name: str, number: str) -> str:
    """Write the number of a regiment (团场) of the 兵团 in digits.

    >>> regiment("八十三团", "八十三"), regiment("一五二团", "一五二")
    ('83团', '152团')
    """
    if number.isdigit():
        return name
    if "十" in number or "百" in number:
        value, digit = 0, 0
        for char in number:
            if char in "十百":
                value += (digit or 1) * (10 if char == "十" else 100)
                digit = 0
            else:
                digit = _DIGITS[char]
        digits = str(value + digit)
    else:
        digits = "".join(str(_DIGITS[char]) for char in number)
    return name.replace(number, digits, 1)


def spoken_regiment(name: str) -> str | None:
    """Give a printed regiment's name as `other_names` has it; None for other names.

    >>> spoken_regiment("新疆生产建设兵团第八师一五二团"), spoken_regiment("兴坪镇")
    ('152团', None)
    """
    if "团" not in name or not (number := _REGIMENT_NO.search(name)):
        return None
    return regiment(_REGIMENT.sub("", name), number[1])


# What a name may have become: townships turn into towns, towns into street offices.
_LATER = {"乡": ("镇", "街道"), "镇": ("街道",), "苏木": ("镇",)}


def later_names(name: str) -> Iterator[str]:
    """Give the names a township may bear after a change of kind (乡改镇, 镇改街道).

    >>> list(later_names("桃花乡")), list(later_names("高头回族乡")), list(later_names("东城街道"))
    (['桃花镇', '桃花街道'], ['高头镇', '高头街道'], [])
    """
    for kind, later in _LATER.items():
        if name.endswith(kind):
            stem = _ETHNIC_TOWNSHIP.sub("", name).removesuffix(kind)
            if len(stem) >= 2:
                yield from (stem + new for new in later)

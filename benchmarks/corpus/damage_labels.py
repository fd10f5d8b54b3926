"""What happens to labels: characters lost or wrong, torn, cut short, abbreviated, explained."""

import re
from collections.abc import Callable
from random import Random

from benchmarks.corpus.template import Grid

_NUMBERING = re.compile(r"^(（[一二三四五六七]）|[一二三四]、|\d\.)")
_NARROW = str.maketrans("（）“”、", '()"",')
_SHORT_FORMS = {
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "1.逾期不补正",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": "2.逾期未缴费",
    "5.要求行政机关确认或重新出具已获取信息": "5.确认或重新出具已获取信息",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "（二）部分公开",
    "一、本年新收政府信息公开申请数量": "一、本年新收",
    "四、结转下年度继续办理": "四、结转下年度",
    "本年收费金额（单位：万元）": "本年收费金额",
}
_CUT_HEADERS = {
    "本年增/减": "本年增/",
    "现行有效件数": "现行有效件",
    "本年制发件数": "制发件数",
    "本年处理决定数量": "处理决定数量",
    "采购总金额": "采购总金额（万元）",
    "申请人情况": "申请人情况（请如实填写）",
}
_INSTRUCTIONS = {
    "现行有效件数": "（截至本年12月31日）",
    "本年制发件数": "（件）",
    "本年处理决定数量": "（件，按行政相对人统计）",
    "一、本年新收政府信息公开申请数量": "（件）",
    "二、上年结转政府信息公开申请数量": "（与上年第四项一致）",
    "自然人": "（含外国人）",
    "商业企业": "\n（含个体工商户）",
    "（一）予以公开": "（全部公开的）",
    "1.属于国家秘密": "（写明条款）",
    "结果维持": "（件）",
}


def _on_labels(grid: Grid, change: Callable[[str], str]) -> Grid:
    return tuple(
        tuple(
            cell if cell.key or not cell.text else cell._replace(text=change(cell.text))
            for cell in row
        )
        for row in grid
    )


def _half_of(random: Random, change: Callable[[str, int], str]) -> Callable[[str], str]:
    """Change every second label, at a random place; short ones are left whole.

    So is a unit in brackets: with another one the figure would be another.
    """

    def maybe(text: str) -> str:
        label, bracket, unit = text.partition("（单位")
        if len(label) <= 3 or random.random() < 0.5:
            return text
        return change(label, random.randrange(1, len(label))) + bracket + unit

    return maybe


def lost_characters(random: Random, grid: Grid) -> Grid:
    """Half of the labels lose a character."""
    return _on_labels(grid, _half_of(random, lambda text, at: text[:at] + text[at + 1 :]))


def wrong_characters(random: Random, grid: Grid) -> Grid:
    """Half of the labels have a wrong character."""
    return _on_labels(grid, _half_of(random, lambda text, at: text[:at] + "某" + text[at + 1 :]))


def torn_labels(random: Random, grid: Grid) -> Grid:
    """Half of the labels have a line break inside."""
    return _on_labels(grid, _half_of(random, lambda text, at: text[:at] + "\n" + text[at:]))


def spaced_labels(random: Random, grid: Grid) -> Grid:
    """Every character of a label stands apart."""
    return _on_labels(grid, " ".join)


def no_numbering(random: Random, grid: Grid) -> Grid:
    """No label keeps its number."""
    return _on_labels(grid, lambda text: _NUMBERING.sub("", text))


def narrow_punctuation(random: Random, grid: Grid) -> Grid:
    """ASCII brackets, quotes and commas."""
    return _on_labels(grid, lambda text: text.translate(_NARROW))


def short_forms(random: Random, grid: Grid) -> Grid:
    """The abbreviations that offices use."""
    return _on_labels(grid, lambda text: _SHORT_FORMS.get(text, text))


def cut_headers(random: Random, grid: Grid) -> Grid:
    """Column labels cut short, or with units and filling instructions added."""
    return _on_labels(grid, lambda text: _CUT_HEADERS.get(text, text))


def instructions(random: Random, grid: Grid) -> Grid:
    """Filling instructions are left in the labels of rows and columns."""
    return _on_labels(grid, lambda text: text + _INSTRUCTIONS.get(text, ""))

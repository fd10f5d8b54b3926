"""Whole paragraphs drawn apart, and headings with a word printed twice."""

import re

from transform.text.likelihood import Language
from transform.text.outcome import BLOCK, Change, Outcome, spliced

_HAN = "\u4e00-\u9fff"
_SPACE = " \u3000\xa0"
# Five in a row: 总 计 is a label as it should be, 张 三、李 四 a list of names.
_DRAWN_APART = re.compile(rf"(?:[{_HAN}][{_SPACE}]){{5}}")
_SINGLE_SPACE = re.compile(
    rf"(?<=[{_HAN}，。、；：（）《》“”0-9])[{_SPACE}](?=[{_HAN}，。、；：（）《》“”0-9])"
)
# Figures behind a label are cells of a row.
_FIGURES = re.compile(rf"(?:[{_SPACE}]+[0-9][0-9.]*)+\s*\Z")
_TOGETHER = re.compile(rf"[{_HAN}]{{2}}")
# Below this mean logarithm the characters make no words together either (甲 乙 丙 丁).
_MAKES_WORDS = -7.0

_HEADINGS = frozenset(
    (
        "总体情况",
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议、行政诉讼情况",
        "存在的主要问题及改进情况",
        "其他需要报告的事项",
    )
)
_HEADING = re.compile(
    r"(?P<number>\s*(?:第?[一二三四五六1-6](?:部分)?[、.．，\s]\s*)?)(?P<text>.+)"
)
_LONGEST_HEADING = 40
_DOUBLED = re.compile(rf"([{_HAN}]{{2,4}})\1")


def close_up_characters(text: str) -> Outcome:
    """Take out the spaces of paragraphs in which every character stands apart.

    >>> close_up_characters("政 府 信 息 公 开 工 作").text
    '政府信息公开工作'
    """
    if not _DRAWN_APART.search(text):
        return Outcome(text)
    changes: list[Change] = []
    at = 0
    language = Language()
    for block in text.split(BLOCK):
        if _DRAWN_APART.search(block) and not _TOGETHER.search(block):
            figures = _FIGURES.search(block)
            end = figures.start() if figures else len(block)
            together = _SINGLE_SPACE.sub("", block[:end]) + block[end:]
            if language.mean(together) > _MAKES_WORDS:
                changes.append(Change(at, block, together))
        at += len(block) + 1
    return Outcome(spliced(text, changes), changes)


def undouble_headings(text: str) -> Outcome:
    """Print a word once that stands twice in what is otherwise one of the six headings.

    >>> undouble_headings("二、主动公开政府政府信息情况").text
    '二、主动公开政府信息情况'
    """
    blocks = text.split(BLOCK)
    if not any(map(_may_be_doubled, set(blocks))):
        return Outcome(text)
    changes: list[Change] = []
    at = 0
    for block in blocks:
        if _may_be_doubled(block):
            match = _HEADING.fullmatch(block.strip())
            once = _DOUBLED.sub(r"\1", match["text"]) if match else ""
            if match and once in _HEADINGS:
                changes.append(Change(at, block, match["number"] + once))
        at += len(block) + 1
    return Outcome(spliced(text, changes), changes)


def _may_be_doubled(block: str) -> bool:
    is_like_heading = len(block) <= _LONGEST_HEADING and ("况" in block or "项" in block)
    return is_like_heading and _DOUBLED.search(block) is not None

"""The six sections (国办公开办函〔2021〕30号): which paragraph is which heading."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extract.document import Block, Paragraph
from transform.align import align
from transform.labels import label_key, similarity
from transform.records import Section
from transform.values import is_value_like

# A heading may have lost or gained a few characters; less alike than this it is another line.
_LEAST_LIKENESS = 0.72
_LONGEST_HEADING = 45
# Twice the longest official label.
_LONGEST_CELL = 100
# Lower headings (（一）主动公开, 1.主动公开) resemble those of sections and must lose against them,
# and so must a line that says there is nothing: 无其他需要报告的事项.
_LOWER = re.compile(r"\s*(?:[(（]|\d{1,2}[、.．]|暂?无|没有)")
_LOWER_MALUS = 0.15
_NUMBERED = re.compile(
    r"\s*(?:[(（第]?[一二三四五六七八九十]{1,2}|[(（]?\d{1,2})[)）、.．，,：:\s部]"
)
_LEAST_SHARE = 0.6
# What no heading says: a figure, or that there is none.
_STATES = re.compile(r"\d\s*[件条次项个份人元]|[未没]")


class Sections(NamedTuple):
    """The sections found, and the paragraphs before the first of them (title, preamble)."""

    sections: tuple[Section, ...]
    preamble: tuple[str, ...]


def split_sections(
    blocks: Sequence[Block], headings: Mapping[int, str], known_labels: frozenset[str]
) -> Sections:
    """Cut a cleaned document at its official headings, matched in order and tolerantly.

    Paragraphs that are cells of a table fallen apart (official labels, bare numbers) belong to no
    body.
    """
    paragraphs = [block.text for block in blocks if isinstance(block, Paragraph)]
    numbers, keys = list(headings), list(map(label_key, headings.values()))
    scores = [_likenesses(text, keys) for text in paragraphs]
    found = align(scores, _LEAST_LIKENESS)
    starts = [(at, numbers[j]) for at, j in enumerate(found) if j is not None]
    if not starts:
        return Sections((), tuple(paragraphs))
    sections = []
    ends = [at for at, _ in starts[1:]] + [len(paragraphs)]
    for (start, number), end in zip(starts, ends, strict=True):
        heading, rest = _heading_and_rest(paragraphs[start], headings[number])
        lines = [rest] * bool(rest) + paragraphs[start + 1 : end]
        body = "\n".join(text for text in lines if not _is_cell(text, known_labels))
        sections.append(Section(number, heading, body))
    return Sections(tuple(sections), tuple(paragraphs[: starts[0][0]]))


def _likenesses(text: str, keys: Sequence[str]) -> list[float]:
    """Tell how much a paragraph is like each of the headings."""
    if _is_prose(text):
        return [1.0 if _begins_with(text, key) else 0.0 for key in keys]
    own = label_key(text)
    malus = _LOWER_MALUS if _LOWER.match(text) else 0.0
    if _NUMBERED.match(text):
        return [similarity(own, key) - malus for key in keys]
    # Without its number a fragment of a heading is a word of the navigation: 政府信息公开.
    return [
        similarity(own, key) - malus if len(own) >= _LEAST_SHARE * len(key) else 0.0 for key in keys
    ]


def _is_prose(text: str) -> bool:
    """Tell a sentence, however short it is, from a heading."""
    return len(text) > _LONGEST_HEADING or "。" in text or _STATES.search(text) is not None


def _begins_with(text: str, key: str) -> bool:
    head = text[: len(key) + 6]
    return key[0] in head and key[-1] in head and label_key(head).startswith(key)


def _heading_and_rest(text: str, official: str) -> tuple[str, str]:
    """Part a heading from prose that runs on behind it on the same line."""
    if not _is_prose(text):
        return text, ""
    key = label_key(official)
    end = next(end for end in range(len(key), len(text) + 1) if label_key(text[:end]) == key)
    return text[:end], text[end:].lstrip("：:。． 　")


def _is_cell(text: str, known_labels: frozenset[str]) -> bool:
    is_short = len(text) <= _LONGEST_CELL
    return is_short and (is_value_like(text) or label_key(text) in known_labels)

"""How alike two labels are, whatever damage, numbering and punctuation they carry."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Indel

_NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十]部分[、.．:：,，]?|[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．:：,，]\s*)+(?=\D)"
)
_NUMBER = re.compile(r"[(（]?([一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．:：,，]")
_NOT_HAN = re.compile(r"[^\u3400-\u9fff]+")

# Two labels less alike than this are not the same label.
LEAST_SIMILARITY = 0.6
# A label that stands whole inside the other (an abbreviation, or one with filling instructions)
# is at least this alike.
_CONTAINED = 0.7
# A line this like an official label is one, wherever it stands.
_LIKE = 0.75
# Fewer characters than this (其他, 总计) stand inside too many labels to mean one of them.
_TELLING = 4


@lru_cache(maxsize=8192)
def label_key(text: str) -> str:
    r"""Fold a label to the Han characters that tell it apart: no numbering, brackets or breaks.

    >>> label_key("（一）予以\\n公开"), label_key("第二十条第（一）项")
    ('予以公开', '第二十条第一项')
    """
    folded = unicodedata.normalize("NFKC", "".join(text.split()))
    return _NOT_HAN.sub("", _NUMBERING.sub("", folded))


@lru_cache(maxsize=8192)
def numbering(text: str) -> str:
    """Give the number a label begins with, without its brackets; empty where it has none.

    >>> numbering("（七）总计"), numbering("2.重复申请"), numbering("其他")
    ('七', '2', '')
    """
    match = _NUMBER.match(unicodedata.normalize("NFKC", "".join(text.split())))
    return match[1] if match else ""


@lru_cache(maxsize=65536)
def similarity(key: str, official: str) -> float:
    """Give 1 for equal label keys, 0 for strangers."""
    if key == official:
        return 1.0
    if len(key) < 2 or len(official) < 2:
        return 0.0
    short, long = (key, official) if len(key) <= len(official) else (official, key)
    if short in long and (len(short) >= _TELLING or 2 * len(short) >= len(long)):
        return _CONTAINED + (1 - _CONTAINED) * len(short) / len(long)
    return float(Indel.normalized_similarity(key, official))


@lru_cache(maxsize=8192)
def is_like_any(key: str, known: frozenset[str]) -> bool:
    """Tell whether a label key is one of `known`, or one of them with some damage."""
    if key in known or len(key) < _TELLING:
        return key in known
    scorer = Indel.normalized_similarity
    return process.extractOne(key, known, scorer=scorer, score_cutoff=_LIKE) is not None

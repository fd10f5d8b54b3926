"""How likely a text is as Chinese official prose: the judge between rival readings of bytes.

A unigram model in nats, so that readings of the same bytes compare by their sums whatever their
number of characters: a reading in a wrong encoding lands on rare characters, on other scripts, on
private use or on nothing at all. The tiers are the character sets' own: GB 2312 (1980) puts its
3,755 everyday characters on level 1, Big5 (1984) its 5,401; above them stand the few hundred
characters that carry half of any report (`chinese.csv`, simplified and traditional). The weights
are rounded orders of magnitude of the share such characters have in prose, not fitted to files.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("chinese.csv")

_REPORT = -5.5
_COMMON = -7.0
_PUNCTUATION = -5.5
_ASCII = -4.0
_LEVEL_1 = -9.5
_SYMBOL = -9.0
_TONE_LETTER = -9.0
_LEVEL_2 = -11.5
_OTHER_HAN = -13.5
_FOREIGN = -13.0
_RARE_HAN = -15.0
_PRIVATE_USE = -18.0
_BROKEN = -18.0

_CONTROLS = bytes([*range(0x20), 0x7F])
_LEAST_MEAN = -12.3
_LEAST_FOREIGN = 24

# A word every report has says more than its characters one by one.
_WORD_BONUS = 2.0

_MARKS = "，。、；：？！（）《》〈〉“”‘’【】〔〕…—－·％～　０１２３４５６７８９\N{NO-BREAK SPACE}"
_SYMBOLS = (
    "①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽ⅠⅡⅢⅣⅤ●○■□★☆◆◇▲△→←↑↓※"
    "℃‰№〇々﹑﹒﹔﹕‧•￥／＼｜＋＝［］｛｝「」『』〖〗＜＞＊＃＆＠"
)
_LATIN = "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ"
# Pinyin with tone marks stands in many mirrored pages, so these letters are no sign of misreading.
_TONE_LETTERS = "āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿɡêÀÁÈÉÌÍÒÓÙÚÜĀĒĪŌŪ\ue7c7\ue7c8"

# Where each kind of character begins, with its weight; the last start at or below a code wins.
_BLOCKS = (
    (0x0000, _BROKEN),
    (0x0020, _ASCII),
    (0x007F, _BROKEN),
    (0x00A0, -11.0),  # Latin-1
    (0x0100, -12.0),  # Latin letters of other languages
    (0x0250, _FOREIGN),
    (0x0391, -10.5),  # Greek, Cyrillic
    (0x0460, _FOREIGN),
    (0x2000, -10.0),  # dashes, arrows, shapes
    (0x2500, -9.0),  # boxes drawn around tables
    (0x2552, _RARE_HAN),  # boxes of single and double lines
    (0x256D, -10.0),
    (0x2800, _FOREIGN),
    (0x2E80, _RARE_HAN),  # radicals
    (0x3000, -10.5),  # CJK punctuation
    (0x3040, -10.5),  # kana
    (0x3100, _FOREIGN),  # bopomofo, Hangul letters
    (0x3200, -11.0),  # enclosed numbers, square units
    (0x3400, _RARE_HAN),  # extension A
    (0x4E00, _OTHER_HAN),
    (0xA000, -16.0),  # Yi, Hangul
    (0xD800, _BROKEN),  # lone surrogates
    (0xE000, _PRIVATE_USE),
    (0xF900, _RARE_HAN),  # compatibility ideographs
    (0xFB00, -15.0),
    (0xFE30, -11.0),  # vertical and small forms
    (0xFE70, -16.0),
    (0xFF00, -10.0),  # full width
    (0xFF60, -15.0),
    (0xFFF0, _BROKEN),
    (0x10000, -16.0),
    (0x20000, _RARE_HAN),
    (0x323B0, _BROKEN),
)


@cache
def _chinese() -> dict[str, str]:
    """Texts of `chinese.csv` by kind, both scripts together."""
    kinds: dict[str, str] = {}
    with _DATA.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kinds[row["kind"]] = kinds.get(row["kind"], "") + row["text"] + " "
    return kinds


def _encodable(codec: str, leads: range, trails: range) -> str:
    pairs = (bytes((lead, trail)) for lead in leads for trail in trails)
    return "".join(pair.decode(codec, "ignore") for pair in pairs)


@cache
def _weights() -> dict[str, float]:
    tiers: tuple[tuple[Iterable[str], float], ...] = (
        (_encodable("big5", range(0xC9, 0xFA), range(0x40, 0xFF)), _LEVEL_2 - 1.0),
        (_encodable("gb2312", range(0xD8, 0xF8), range(0xA1, 0xFF)), _LEVEL_2),
        (_encodable("big5", range(0xA4, 0xC6), range(0x40, 0xFF)), _LEVEL_1 - 0.5),
        (_encodable("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF)), _LEVEL_1),
        (_SYMBOLS + _LATIN, _SYMBOL),
        (_TONE_LETTERS, _TONE_LETTER),
        (_MARKS, _PUNCTUATION),
        (_chinese()["common"], _COMMON),
        (_chinese()["report"], _REPORT),
        ("\t\n\r\f\v ", _ASCII),
    )
    return {char: weight for chars, weight in tiers for char in chars}


class _Weights(dict[str, float]):
    """Weight of any character; those outside the tiers are looked up by block once, then kept."""

    def __missing__(self, char: str) -> float:
        code = ord(char)
        weight = next(weight for start, weight in reversed(_BLOCKS) if code >= start)
        self[char] = weight
        return weight


@cache
def weights() -> dict[str, float]:
    """Log-likelihood of each character in nats; any character may be asked for."""
    return _Weights(_weights())


def log_likelihood(text: str) -> float:
    """Sum of the characters' log-likelihoods, in nats: the higher of two readings is the likelier.

    >>> log_likelihood("政府信息公开") > log_likelihood("鏀垮簻淇℃伅鍏紑")
    True
    """
    return sum(map(weights().__getitem__, text))


def highest_likelihood(text: str) -> float:
    """Bound `log_likelihood` from above at hardly any cost, by what does not decode.

    >>> highest_likelihood("信息a") >= log_likelihood("信息a") > highest_likelihood("\ufffd\ufffda")
    True
    """
    broken, ascii_ = text.count("\ufffd"), len(text.encode("ascii", "ignore"))
    return _BROKEN * broken + _ASCII * ascii_ + _REPORT * (len(text) - broken - ascii_)


def mean_likelihood(text: str) -> float:
    """Mean log-likelihood of the characters that are not ASCII; 0 where there are none.

    Prose lies about -7, lists of rare names above -12, a wrong reading below.
    """
    ascii_ = len(text.encode("ascii", "ignore").translate(None, _CONTROLS))
    others = len(text) - ascii_
    # All weights are halves, so that what is taken away is what was added.
    return (log_likelihood(text) - _ASCII * ascii_) / others if others else 0.0


def reads_as_text(text: str) -> bool:
    """Tell text from noise: lists of rare names have a mean of -11 nats, noise one below -13.

    Too few characters prove nothing and pass.

    >>> reads_as_text("<td>㐂</td>"), reads_as_text("濛江" * 20), reads_as_text("긧뤠" * 20)
    (True, True, False)
    """
    foreign = sum(not " " <= char <= "~" for char in text)
    return foreign < _LEAST_FOREIGN or mean_likelihood(text) >= _LEAST_MEAN


@cache
def _words() -> re.Pattern[str]:
    words = sorted(_chinese()["words"].split(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def word_bonus(text: str) -> float:
    """Nats to add for words that every report has: what decides between readings of a few bytes.

    >>> word_bonus("政府信息公开") > word_bonus("政府") > word_bonus("濛江") == 0
    True
    """
    return _WORD_BONUS * sum(map(len, _words().findall(text)))


# Three characters in a row that are not common are seldom; rare ones among them seldom by chance.
_GARBLED_MEAN = -10.3


@cache
def _suspect() -> re.Pattern[str]:
    """Three characters that are not familiar; or a second byte that became a letter."""
    familiar = {char for char, weight in _weights().items() if weight > _LEVEL_1}
    familiar -= set("\t\n\r\f\v ")
    unfamiliar = rf"[^{re.escape(''.join(sorted(familiar)))}\x00-\x7f]"
    lost_letter = r"[@-{}~](?<=[\u2e80-\U0003ffff].)(?![!-~])"
    # ASCII, nine tenths of a page, is skipped fastest if the first character is just any other.
    return re.compile(rf"[^\x00-\x7f](?:{lost_letter}|(?<={unfamiliar}){unfamiliar}{{2,}})")


def garbled_runs(text: str) -> Iterator[re.Match[str]]:
    """Find what reads like characters cut in the wrong places, or in another encoding.

    A stray byte between two-byte characters shifts all that follow, often without any error, and
    UTF-8 is often valid GBK. Some rare names are found too: what is found needs a second look.
    """
    weight = weights()
    for match in _suspect().finditer(text):
        mean = sum(weight[char] for char in match[0]) / len(match[0])
        if mean < _GARBLED_MEAN or match[0][-1] < "\x7f":
            yield match

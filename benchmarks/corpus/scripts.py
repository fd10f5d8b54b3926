"""Traditional script, and the pinyin damage that mirror sites do to it.

What holds for a real mirrored page (`SCARRED` and `MIRROR_SPELLINGS` were read off it):

- Conversion goes character by character, without regard to words: 后, 于, 系 and 制 stay, 复 is
  always 復, 发 always 發. The punctuation ，：（） becomes ASCII.
- A character either carries its pinyin everywhere or nowhere: 90 do on that page, 74 other
  traditional ones (議 辦 為 總 縣 電 與 決 …) never do. Neither code nor frequency tells the two
  apart, so the list has to be data. Readings are pypinyin's first ones with tone marks (個 gè,
  會 huì, 強 qiáng), letters ASCII but for the vowels with tone.
- The replacement works on GBK bytes and is blind to character borders: 到|決 is B5 BD|9B 51, the
  inner bytes BD 9B are 經. It shows in 車, of which there is none on the page but the one found
  in 能|嚴 (C4 DC|87 C0): the 91st character of the list.
- 嚴 has its scar although 車 was put into the middle of it, so the replacements do not run in
  the order of pinyin (chē would come first and leave no 嚴). Order of GBK code and one pass over
  all positions both reproduce the whole page; GBK order is used here.
- A lead byte left in front of a bracket takes it along: 9B 28 becomes `?`, and 51 is `Q`.
- What GBK does not have is `?`; on that page these are no-break spaces (`?0`).
"""

from collections.abc import Iterable
from functools import cache

from opencc import OpenCC
from pypinyin import Style, pinyin

# In the order of their GBK codes.
SCARRED = (
    "來個內動務區問嚴國執堅報場學實專對導強復態應戶據數時會業構標機權沒準滿無現環產當發監"
    "穩簡級結統經網續聯臺號衛補見規覺計訓設詢認請謹識護財責費質車轉農進運過達遠鄉醫鎮門開"
    "關險項預領類點"
)
# Where the mirror's table differs from OpenCC's first choice for the lone character.
MIRROR_SPELLINGS = {
    "于": "于", "并": "并", "后": "后", "征": "征", "游": "游", "秘": "秘", "范": "范",
    "为": "為", "众": "眾", "墙": "墻", "群": "群",
}  # fmt: skip
_MIRROR_PUNCTUATION = str.maketrans("，：（）", ",:()")
_ASCII_END = 0x80


@cache
def _converter(config: str) -> OpenCC:
    return OpenCC(config)


@cache
def _mirror_character(character: str) -> str:
    return MIRROR_SPELLINGS.get(character) or _converter("s2t").convert(character)


@cache
def reading(character: str) -> str:
    """Give a character's first reading with tone marks.

    >>> reading("經"), reading("門")
    ('jīng', 'mén')
    """
    return pinyin(character, style=Style.TONE)[0][0]


def to_traditional(text: str, config: str = "s2t") -> str:
    """Convert by one of OpenCC's `s2t`, `s2tw`, `s2hk`, or by `mirror`, character by character.

    >>> to_traditional("行政复议后", "s2tw"), to_traditional("行政复议后", "mirror")
    ('行政複議後', '行政復議后')
    """
    if config == "mirror":
        return "".join(map(_mirror_character, text)).translate(_MIRROR_PUNCTUATION)
    return _converter(config).convert(text)


def scar(text: str, characters: Iterable[str] = SCARRED, *, keeps_bracket: bool = False) -> str:
    """Damage a text as mirror sites do: traditional script with pinyin put between GBK bytes.

    `characters` are replaced one after the other. A lead byte left in front of a bracket is
    lost together with it; with `keeps_bracket` it is lost alone.

    >>> scar("政府信息公开"), scar("做到决策"), scar("未能严格")
    ('政府信息公開(kāi)', '做到?jīng)Q策', '未能?chē)?yán)格')
    >>> scar("做到决策", keeps_bracket=True)
    '做到?(jīng)Q策'
    """
    data = to_traditional(text, "mirror").encode("gbk", errors="replace")
    for character in characters:
        code = character.encode("gbk")
        data = data.replace(code, code + f"({reading(character)})".encode("gbk"))
    return _decode(data, keeps_bracket=keeps_bracket)


def _decode(data: bytes, *, keeps_bracket: bool) -> str:
    """Decode GBK; two bytes that are no character become one `?`."""
    out = []
    position = 0
    while position < len(data):
        width = 1 if data[position] < _ASCII_END else 2
        pair = data[position : position + width]
        try:
            out.append(pair.decode("gbk"))
        except UnicodeDecodeError:
            out.append("?")
            width = 1 if keeps_bracket else width
        position += width
    return "".join(out)

"""Bytes torn apart by a scar, put together and read again: the solver behind `pinyin_scars`.

Works on GBK pairs: a character is a lead byte 81–FE and a trail byte 40–7E or 80–FE (GB/T 2312
superset, Chinese Internal Code Specification 1.0, 1995).
"""

from collections.abc import Callable, Iterator
from functools import cache

from transform.han import scripts
from transform.readings import plain, readings

# Gives a weight to a character between its neighbours; 0 is neutral, more is likelier Chinese.
Language = Callable[[str, str, str], float]

_LEADS = range(0x81, 0xFF)
_TRAILS = [byte for byte in range(0x40, 0xFF) if byte != 0x7F]
# The best reading must beat the next by this much, or the place is left alone.
_CLEAR_LEAD = 0.5


@cache
def _char(lead: int, trail: int) -> str:
    try:
        return bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return ""


class Torn:
    """A run of bytes between two whole characters; `None` stands for a lost one."""

    def __init__(self, before: str) -> None:
        self.before = before
        self.after = ""
        self.slots: list[int | None] = []
        self.pinyin: dict[int, str] = {}

    def lose(self, pinyin: str) -> None:
        """Add a lost byte which, with the byte before it, was a character that reads `pinyin`."""
        self.pinyin[len(self.slots)] = plain(pinyin)
        self.slots.append(None)

    def take(self, char: str) -> bool:
        """Add the bytes of a character on the page; False if it cannot belong to the run."""
        if char in "?\ufffd":
            self.slots.append(None)
            return True
        try:
            pair = char.encode("gbk")
        except UnicodeEncodeError:
            return False
        if len(pair) == 1 and pair[0] not in _TRAILS:
            return False
        self.slots.extend(pair)
        return True

    def is_odd(self) -> bool:
        """An odd number of bytes leaves half a character: the run goes on."""
        return len(self.slots) % 2 == 1


def solve(torn: Torn, language: Language) -> str | None:
    """Give the characters a torn run stood for, or None where nothing or too much fits."""
    try:
        before = torn.before.encode("gbk")[-1:]
    except UnicodeEncodeError:
        return None
    if not before or torn.is_odd():
        return None
    fits = sorted(_fits(torn, before[0], language), reverse=True)
    if not fits or (len(fits) > 1 and fits[0][0] - fits[1][0] < _CLEAR_LEAD):
        return None
    return fits[0][1]


def _fits(torn: Torn, before: int, language: Language) -> Iterator[tuple[float, str]]:
    for run in _fillings(torn, before, ()):
        pairs = zip(run[::2], run[1::2], strict=True)
        text = "".join(_char(lead, trail) for lead, trail in pairs)
        if len(text) * 2 != len(run) or not all("\u4e00" <= char <= "\u9fff" for char in text):
            continue
        around = torn.before + text + torn.after
        yield (
            sum(
                language(around[index], char, around[index + 2 : index + 3])
                for index, char in enumerate(text)
            ),
            text,
        )


def _fillings(torn: Torn, previous: int, run: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Every way to fill the lost bytes that the pinyin allows."""
    index = len(run)
    if index == len(torn.slots):
        yield run
        return
    slot = torn.slots[index]
    if slot is not None:
        yield from _fillings(torn, slot, (*run, slot))
        return
    pinyin = torn.pinyin.get(index)
    for byte in _LEADS if index % 2 == 0 else _TRAILS:
        if pinyin is None or _may_be_scarred(_char(previous, byte), pinyin):
            yield from _fillings(torn, byte, (*run, byte))


def _may_be_scarred(char: str, pinyin: str) -> bool:
    """Mirrors scar only what their conversion made traditional."""
    return char in scripts().traditional and pinyin in readings(char)

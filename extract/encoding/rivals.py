"""Which of the encodings in which a character takes one to four bytes: rivals weighed as texts.

Two rounds. Mostly one rival alone reads the bytes without error, reads like Chinese and is far
ahead. Where not (a few characters, damage, a cut first byte) each is read as well as it can be,
and the words of reports, chardet and the declaration have a voice each.
"""

import codecs
import re
from typing import NamedTuple

import chardet

from extract.encoding.likeness import (
    highest_likelihood,
    log_likelihood,
    mean_likelihood,
    word_bonus,
)
from extract.encoding.names import known_encoding
from extract.encoding.resync import resynchronise

RIVALS = ("gb18030", "utf-8", "big5hkscs")

# In nats. Odds of e^12 need no other voice.
_CLEAR_LEAD = 12.0
_CLEAR_MEAN = -9.3
# With such a lead nothing depends on how large it is.
_BEYOND_DOUBT = 100.0
_DECLARATION_VOICE = 6.0
_CHARDET_VOICE = 4.0
# What chardet may answer: cp1252 is its word for "none of these".
_ASKED = (*RIVALS, "cp1252")

# Share of bytes that may fit no character (of noise a tenth does not), and how many may anyway.
_MOST_LOST = 0.12
_FEW_LOST = 16

# Markup is ASCII in every encoding; what tells is what follows a high byte. No character of any
# rival holds a byte below 0x30, or one of `:;<=>?`, so that nothing is cut.
_TELLING = re.compile(rb"[\x80-\xff][0-9@-\xff]*")
_TELLING_WINDOW = 1 << 16
_TELLING_BYTES = 3000
_CLOSE_LOOK_BYTES = 1200


class Judgement(NamedTuple):
    """The winner and its lead over the next in nats, or a lower bound of a very large one.

    `is_clear` says that it reads without error and like Chinese.
    """

    encoding: str
    lead: float
    is_clear: bool


def judge(data: bytes, declared: str | None) -> Judgement:
    """Weigh the rivals; `data` has no NUL and at least one byte that is not ASCII."""
    sample = telling_bytes(data)
    return _clear_winner(sample) or _close_winner(sample[:_CLOSE_LOOK_BYTES], declared)


def telling_bytes(data: bytes) -> bytes:
    r"""Cut out the first stretches that are not ASCII, each beginning with a high byte.

    >>> telling_bytes(b"<p>\xd0\xc5</p><p>\xcf\xa2 1</p>")
    b'\xd0\xc5 \xcf\xa2'
    """
    first = re.search(rb"[\x80-\xff]", data)
    start = first.start() if first else 0
    found, size = [], 0
    for match in _TELLING.finditer(data, start, start + _TELLING_WINDOW):
        found.append(match[0])
        size += len(match[0])
        if size >= _TELLING_BYTES:
            break
    return b" ".join(found)[:_TELLING_BYTES]


def _clear_winner(sample: bytes) -> Judgement | None:
    # An incremental decoder does not mind that the sample ends within a character.
    texts = {name: codecs.getincrementaldecoder(name)("replace").decode(sample) for name in RIVALS}
    scores: dict[str, float] = {}
    for name, text in texts.items():
        # Mostly the others break so often that they need no weighing.
        scores[name] = highest_likelihood(text)
        if scores[name] >= max(scores.values()) - _BEYOND_DOUBT:
            scores[name] = log_likelihood(text)
    best, next_best = sorted(RIVALS, key=scores.__getitem__, reverse=True)[:2]
    lead = scores[best] - scores[next_best]
    if "\ufffd" in texts[best] or lead < _CLEAR_LEAD:
        return None
    is_clear = mean_likelihood(texts[best]) >= _CLEAR_MEAN
    return Judgement(best, lead, is_clear=True) if is_clear else None


def _close_winner(sample: bytes, declared: str | None) -> Judgement:
    # Its confidence in a few characters is low and its answer mostly right; among all encodings
    # of the world it would be neither.
    guess = chardet.detect(sample, max_bytes=len(sample), include_encodings=_ASKED)
    voiced = known_encoding(guess["encoding"])
    scores = {}
    for name in RIVALS:
        reading = resynchronise(sample, (name,), is_end=True)
        score = reading.likelihood + word_bonus(reading.text)
        score += _DECLARATION_VOICE * (name == declared)
        scores[name] = score + _CHARDET_VOICE * (name == voiced)
    best, next_best = sorted(RIVALS, key=scores.__getitem__, reverse=True)[:2]
    lead = scores[best] - scores[next_best]
    return Judgement(best, lead, is_clear=False)

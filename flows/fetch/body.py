"""The body of an answer, bounded as it comes: what a server says of its size is not trusted."""

import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import httpx

from flows.exceptions import FetchError

_GZIP = frozenset({"gzip", "x-gzip"})
_PLAIN = frozenset({"", "identity"})
# How much is unpacked at a time: a bomb never stands in memory.
_STEP = 1 << 16
_WITH_GZIP_HEADER = zlib.MAX_WBITS | 16


def copy_body(response: httpx.Response, sink: BinaryIO, most: int) -> None:
    """Copy a body, unpacked, to `sink`; raises FetchError where it is empty, too large or damaged.

    At most `most` bytes are taken off the wire, and at most as many come out of them.
    """
    stated = response.headers.get("content-length", "")
    if stated.isdigit() and int(stated) > most:
        raise _too_large(most)
    coding = response.headers.get("content-encoding", "").strip().lower()
    pieces: Iterable[bytes] = _bounded(response.iter_raw(), most)
    if coding in _GZIP:
        pieces = _bounded(_unpacked(pieces), most)
    elif coding not in _PLAIN:
        message = f"it is packed as {coding[:40]!r}, which was not asked for"
        raise FetchError(message)
    size = 0
    for piece in pieces:
        size += sink.write(piece)
    if not size:
        message = "the answer is empty"
        raise FetchError(message)


def _bounded(pieces: Iterable[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise _too_large(most)
        yield piece


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Unpack gzip of one or several members, a step at a time."""
    unpacker = zlib.decompressobj(_WITH_GZIP_HEADER)
    try:
        for piece in pieces:
            rest = piece
            while rest:
                if unpacker.eof:
                    unpacker = zlib.decompressobj(_WITH_GZIP_HEADER)
                yield unpacker.decompress(rest, _STEP)
                rest = unpacker.unconsumed_tail or unpacker.unused_data
        while not unpacker.eof and (more := unpacker.decompress(unpacker.unconsumed_tail, _STEP)):
            yield more
    except zlib.error as error:
        message = f"its gzip is damaged: {error}"
        raise FetchError(message) from error
    if not unpacker.eof:
        message = "its gzip ends early"
        raise FetchError(message)


def _too_large(most: int) -> FetchError:
    return FetchError(f"it is larger than {most:,} bytes (max_bytes)")

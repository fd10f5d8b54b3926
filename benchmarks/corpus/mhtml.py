"""MHTML as browsers and Word save it: a page and its pictures as the parts of one message."""

import base64
import quopri
from collections.abc import Callable

from benchmarks.corpus.html import html
from benchmarks.corpus.report import KnownReport

_PICTURE = base64.encodebytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8).decode("ascii")
_CSS = '@charset "utf-8";\ntd { padding: 0 5.4pt }\n'
_BOUNDARY = "----MultipartBoundary--qT5h0000"
_PLACE = "http://www.example.gov.cn/zwgk/nb.html"


def mhtml(
    report: KnownReport,
    *,
    charset: str = "utf-8",
    transfer: str = "quoted-printable",
    is_snapshot: bool = True,
) -> bytes:
    """Render as a saved page: `transfer` is quoted-printable, base64 or 8bit.

    A snapshot is what browsers write; else the file is as Word writes it: the page in a
    `multipart/alternative`, declared by `start`, behind one of its pictures.
    """
    page = html(report, charset=charset).replace("\n", "\r\n").encode(charset, "replace")
    if is_snapshot:
        head = _head(
            "multipart/related", 'type="text/html"', f"Snapshot-Content-Location: {_PLACE}"
        )
        body = _part("text/html", page, transfer, f"Content-Location: {_PLACE}", charset=charset)
        parts = [body, _styles(), _picture()]
        return _crlf(head) + _joined(parts, _BOUNDARY)
    root = "Content-ID: <page@nb>"
    inner = _joined(
        [
            _part("text/plain", b"http://www.example.gov.cn", "8bit", ""),
            _part("text/html", page, transfer, root, charset=charset),
        ],
        "inner_b",
    )
    alternative = b'Content-Type: multipart/alternative;\r\n\tboundary="inner_b"\r\n\r\n' + inner
    head = _head("multipart/related", 'start="<page@nb>"', "X-MimeOLE: Produced by Word")
    return _crlf(head) + _joined([_picture(), alternative], _BOUNDARY)


def _head(kind: str, parameter: str, extra: str) -> str:
    return (
        f"From: <Saved by a browser>\n{extra}\nSubject: =?utf-8?Q?=E5=B9=B4=E6=8A=A5?=\n"
        f"MIME-Version: 1.0\nContent-Type: {kind};\n\t{parameter};\n"
        f'\tboundary="{_BOUNDARY}"\n\n\n'
    )


def _part(
    kind: str, body: bytes, transfer: str, place: str, *, charset: str | None = None
) -> bytes:
    coders: dict[str, Callable[[bytes], bytes]] = {
        "quoted-printable": quopri.encodestring,
        "base64": base64.encodebytes,
        "8bit": bytes,
    }
    declared = f'{kind}; charset="{charset}"' if charset else kind
    head = f"Content-Type: {declared}\nContent-Transfer-Encoding: {transfer}\n{place}\n"
    coded = coders[transfer](body).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return _crlf(head.rstrip("\n") + "\n\n") + coded


def _styles() -> bytes:
    place = "Content-Location: http://www.example.gov.cn/a.css"
    return _part("text/css", _CSS.encode(), "quoted-printable", place)


def _picture() -> bytes:
    head = "Content-Type: image/png\nContent-Transfer-Encoding: base64\nContent-Location: a.png\n\n"
    return _crlf(head + _PICTURE)


def _joined(parts: list[bytes], boundary: str) -> bytes:
    line = f"--{boundary}".encode()
    return b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"


def _crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("ascii")


def _word(report: KnownReport) -> bytes:
    return mhtml(report, charset="gb2312", is_snapshot=False)


STYLES: dict[str, Callable[[KnownReport], bytes]] = {
    "quoted_printable": mhtml,
    "base64": lambda report: mhtml(report, transfer="base64"),
    "quoted_printable_gb2312": lambda report: mhtml(report, charset="gb2312"),
    "base64_gb2312": lambda report: mhtml(report, charset="gb2312", transfer="base64"),
    "8bit": lambda report: mhtml(report, transfer="8bit"),
    "word_gb2312": _word,
    "line_feeds": lambda report: mhtml(report).replace(b"\r\n", b"\n"),
}

"""MHTML: the root page among the parts, whatever it is coded in, and files that hold none."""

import subprocess
import sys

import pytest

from benchmarks.corpus.generate import generate
from benchmarks.corpus.mhtml import STYLES
from extract.document import Document
from extract.encoding.decode import decode
from extract.exceptions import UnreadableFileError
from extract.html.read import read_html
from extract.mhtml import read_mhtml
from extract.read import read_document
from flows.reference import load_reference
from tests.support import REPO, cells
from transform.records import Source
from transform.report import build_report

REPORTS = [*generate(7, 1, formats=("2019",)), *generate(7, 1, formats=("2021",))]

PAGE = "<html><body><p>年报</p></body></html>"


def message(*parts: str, kind: str = "multipart/related", extra: str = "") -> bytes:
    head = f'MIME-Version: 1.0\n{extra}Content-Type: {kind}; boundary="b"\n\n'
    return (head + "".join(f"--b\n{part}\n" for part in parts) + "--b--\n").encode()


def part(body: str, kind: str = "text/html", extra: str = "") -> str:
    return f"Content-Type: {kind}\n{extra}\n{body}"


PICTURE = part("iVBORw0KGgo=", "image/png", "Content-Transfer-Encoding: base64\n")
ADVERT = part("<p>广告</p>", extra="Content-Location: http://a/frame.html\n")
FRAMES = part("<html><frameset><frame src=2></frameset></html>")
WANTED = part(PAGE, extra="Content-ID: <root@a>\nContent-Location: http://a/root.html\n")
NESTED = (
    'Content-Type: multipart/alternative; boundary="c"\n\n'
    f"--c\n{part('年报', 'text/plain')}\n--c\n{part(PAGE)}\n--c--\n"
)
WHOLE = message(PICTURE, WANTED, ADVERT)

# Where the root page stands.
ROOTS = {
    "first_page": message(PICTURE, WANTED, ADVERT),
    "named_by_start": message(ADVERT, WANTED, kind='multipart/related; start="<root@a>"'),
    "named_by_snapshot": message(
        ADVERT, WANTED, extra="Snapshot-Content-Location: http://a/root.html\n"
    ),
    "start_names_nothing": message(WANTED, ADVERT, kind='multipart/related; start="<x>"'),
    "start_names_a_picture": message(
        PICTURE.replace("\n\n", "\nContent-ID: <p>\n\n", 1),
        WANTED,
        kind="multipart/related; start=p",
    ),
    "alternative": message(PICTURE, NESTED),
    "frames_around_a_page": message(FRAMES, ADVERT, WANTED),
    "not_multipart": b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + PAGE.encode(),
    "xhtml": message(part(PAGE, "application/xhtml+xml")),
    "capitals": message(part(PAGE, "TEXT/HTML")),
    "carriage_returns": WHOLE.replace(b"\n", b"\r\n"),
    "byte_order_mark": b"\xef\xbb\xbf\r\n" + WHOLE,
    "last_boundary_lost": WHOLE[: WHOLE.index(b"--b--")],
    "cut_in_a_later_part": WHOLE[: WHOLE.index("广告".encode())],
}


@pytest.mark.parametrize("name", ROOTS)
def test_root_page(name):
    body, charset = read_mhtml(ROOTS[name]).root
    assert body.decode().strip() == PAGE
    assert charset is None


CODED = {
    "quoted_printable": ("quoted-printable", "=C4=EA=\n=B1=A8"),
    "base64": ("base64", "xOqxqA=="),
    "base64_torn_off": ("base64", "xOqxqMTqsa"),
    "binary": ("binary", "年报".encode("gb2312").decode("latin-1")),
}


@pytest.mark.parametrize("name", CODED)
def test_transfer_encodings_and_declared_charset(name):
    transfer, coded = CODED[name]
    text = part(coded, 'text/html; charset="GB2312"', f"Content-Transfer-Encoding: {transfer}\n")
    body, charset = read_mhtml(message().replace(b"--b--", b"--b") + text.encode("latin-1")).root
    assert body.decode("gb2312", "ignore").strip().startswith("年报")
    assert charset == "gb2312"


@pytest.mark.parametrize("index", range(len(REPORTS)))
@pytest.mark.parametrize("style", STYLES)
def test_saved_pages_give_the_truth(style, index):
    known = REPORTS[index]
    body, charset = read_mhtml(STYLES[style](known)).root
    assert charset == ("gb2312" if "gb2312" in style else "utf-8")
    content = read_html(decode(body).text)
    document = Document(content.blocks, "mhtml", metadata=content.metadata)
    read = build_report(document, Source("a.mht", "0" * 64, 1), load_reference())
    assert cells(read) == {
        (r.indicator, r.applicant): (r.value, r.value_status) for r in known.truth()
    }
    assert read.identity.township_code == known.township_code


FRAMED = "Content-ID: <f@a>\nContent-Location: http://a/x/f.html?a=1&b=2\n"
# How the root page frames another, and whether that is read in its place.
FRAMES_INLINE = {
    "by_id": ("<iframe src='cid:f@a' width=9></iframe>", True),
    "by_place": ('<iframe width="9" src="http://a/x/f.html?a=1&amp;b=2">旧</iframe>', True),
    "by_place_from_here": ("<IFRAME SRC=f.html?a=1&b=2></IFRAME>", True),
    "frame_in_a_frame": ("<iframe src=cid:g@a></iframe>", True),
    "of_another_site": ("<iframe src=http://b/f.html></iframe>", False),
    "not_shown": ("<iframe style='display:none' src=cid:f@a></iframe>", False),
    "in_a_script": ("<script>w('<iframe src=cid:f@a></iframe>')</script>", False),
    "in_a_comment": ("<!-- <iframe src=cid:f@a></iframe> -->", False),
    "no_address": ("<iframe src='http://['></iframe>", False),
    "without_source": ("<iframe></iframe>", False),
}


@pytest.mark.parametrize("name", FRAMES_INLINE)
def test_inline_frames_are_read_where_they_stand(name):
    frame, is_read = FRAMES_INLINE[name]
    page = f"<html><title>页</title><body><p>前</p>{frame}<p>后</p></body></html>"
    inner = "<html><head><title>框</title></head><body><p>年报</p></body></html>"
    around = part("<p><iframe src=cid:f@a></iframe></p>", extra="Content-ID: <g@a>\n")
    root = part(page, extra="Content-Location: http://a/x/root.html\n")
    document = read_document(message(root, part(inner, extra=FRAMED), around))
    lines = [block.text for block in document.blocks]
    assert lines == (["前", "年报", "后"] if is_read else ["前", "后"])
    assert dict(document.metadata)["title"] == "页"


def test_a_frame_that_shows_itself_ends():
    page = "<p>前</p><iframe src=f.html?a=1&b=2></iframe><iframe src=cid:f@a></iframe>"
    document = read_document(message(part(page), part(page, extra=FRAMED)))
    assert "前" in [block.text for block in document.blocks]


UNREADABLE = {
    "no_page": (message(PICTURE), "NoContent", "no page"),
    "nothing": (b"", "NoContent", "no page"),
    "page_is_cut_off": (WHOLE[: WHOLE.index(b"<html>")], "NoContent", "no page"),
    "headers_only": (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "NoContent", "HTML"),
    "too_many_parts": (message(*["Content-Type: a/b\n"] * 30_000), "TooLarge", "too many"),
    "too_deep": (
        b"MIME-Version: 1.0\n" + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 2000,
        "TooLarge",
        "too many",
    ),
    "endless_header": (b"Content-Type: text/html" + b';a="' * 500_000, "TooLarge", "too large"),
    "folded_header": (b"Content-Type: text/html" + b';\n a="' * 500_000, "TooLarge", "too large"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_files_without_a_page(name):
    data, error, message_part = UNREADABLE[name]
    with pytest.raises(UnreadableFileError, match=message_part) as caught:
        read_mhtml(data)
    assert caught.value.error == error


def outcome(data: bytes) -> str:
    try:
        return "read" if read_mhtml(data).root.body else "nothing"
    except UnreadableFileError as error:
        return error.error


def test_garbled_and_cut_files_raise_nothing_else():
    data = STYLES["word_gb2312"](REPORTS[0])
    places = range(0, len(data), 997)
    cut = {outcome(data[:at]) for at in places}
    garbled = {outcome(data[:at] + b"\xff\0--\r\n" + data[at + 9 :]) for at in places}
    assert cut == {"read", "NoContent"}
    assert "read" in garbled <= {"read", "NoContent", "DamagedFile"}


_MEASURED = """
import re, time
from extract.exceptions import UnreadableFileError
from extract.mhtml import read_mhtml
lines = b"A: b\\n" * 1_400_000
picture = b"--b\\nContent-Type: image/png\\nContent-Transfer-Encoding: base64\\n\\n" + b"QUFB" * 19
head = b"MIME-Version: 1.0\\nContent-Type: multipart/related; boundary=b\\n\\n"
page = b"--b\\nContent-Type: text/html\\n\\n<p>a\\n"
for data in (lines, head + page + (picture + b"\\n") * 19_000, head + page + b"QUFB" * 15_000_000):
    try:
        read_mhtml(data)
    except UnreadableFileError:
        pass
# The peak of this program alone: what getrusage gives may be that of the process it came from.
print(time.process_time(), re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1])
"""


def test_large_files_end_soon_and_in_bounded_memory():
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED],
        cwd=REPO,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    seconds, kilobytes = map(float, done.stdout.split())
    assert seconds < 30
    assert kilobytes < 1_500_000

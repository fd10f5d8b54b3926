"""How fetched files are named: from hostile addresses and headers too, safe and always the same."""

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch.names import file_name
from tests.fetch_support import fetched, files, lines, served


@pytest.fixture
def site():
    with served() as site:
        yield site


def name_of(url, **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return file_name(httpx.URL(url), httpx.Headers(names))


def marked(name):
    """The name with its mark, eight consonants, left out."""
    return re.sub(r"-[b-df-hj-np-t]{8}(?=\.|$)", "-#", name)


class TestNames:
    @pytest.mark.parametrize(
        ("url", "name"),
        [
            ("http://www.a.gov.cn/zwgk/202401/t20240115_1.html", "zwgk/202401/t20240115_1.html"),
            ("https://www.a.gov.cn:443/zwgk/", "zwgk/index"),
            ("http://www.a.gov.cn", "index"),
            ("http://WWW.A.gov.cn/a.DOCX", "a.DOCX"),
            ("http://www.a.gov.cn/年报/兴坪镇.pdf", "年报/兴坪镇.pdf"),
            ("http://www.a.gov.cn/%E5%85%B4%E5%9D%AA%E9%95%87.pdf", "兴坪镇.pdf"),
            ("http://www.a.gov.cn/%D0%CB%C6%BA%D5%F2.pdf", "兴坪镇.pdf"),
            ("http://www.a.gov.cn/../../etc/passwd", "etc/passwd"),
            ("http://www.a.gov.cn/a/%2e%2e/%2e%2e/b", "a/_/_/b-#"),
            ("http://www.a.gov.cn/a/..%2f..%2fb.html", "a/_.._b-#.html"),
            ("http://www.a.gov.cn/a%5C..%5Cb.html", "a_.._b-#.html"),
            ("http://www.a.gov.cn/%00a%0Ab.html", "_a_b-#.html"),
            ("http://www.a.gov.cn/.hidden/.x", "hidden/x-#"),
            ("http://www.a.gov.cn/CON/nul.html", "_CON/_nul-#.html"),
            ("http://www.a.gov.cn/a:b%7Cc*.html", "a_b_c_-#.html"),
            ("http://www.a.gov.cn/a%E2%80%AEfdp.html", "a_fdp-#.html"),
            ("http://www.a.gov.cn/a.html%20.", "a-#.html"),
            ("http://www.a.gov.cn/view.jsp?id=5", "view.jsp-#"),
        ],
    )
    def test_from_the_address(self, url, name):
        assert marked(name_of(url)) == f"www.a.gov.cn/{name}"

    def test_the_port_is_another_host(self):
        assert name_of("http://www.a.gov.cn:8080/a.html") == "www.a.gov.cn_8080/a.html"
        assert name_of("http://[::1]/a.html") == "__1/a.html"

    @pytest.mark.parametrize(
        ("kind", "name"),
        [
            ("text/html; charset=gbk", "x.jsp-#.html"),
            ("application/msword", "x.jsp-#.doc"),
            ("application/octet-stream", "x.jsp-#"),
            ("nonsense", "x.jsp-#"),
        ],
    )
    def test_the_type_gives_what_the_address_lacks(self, kind, name):
        found = name_of("http://a.cn/x.jsp?id=5", content_type=kind)
        assert marked(found) == f"a.cn/{name}"

    @pytest.mark.parametrize(
        ("given", "name"),
        [
            ('attachment; filename="report.doc"', "report-#.doc"),
            ("attachment; filename*=UTF-8''%E5%B9%B4%E6%8A%A5.docx", "年报-#.docx"),
            ('attachment; filename="%E5%B9%B4%E6%8A%A5.docx"', "年报-#.docx"),
            ('attachment; filename="年报.docx"'.encode(), "年报-#.docx"),
            ('attachment; filename="年报.docx"'.encode("gbk"), "年报-#.docx"),
            ('attachment; filename="../../../etc/cron.d/x"', "x-#"),
            ('attachment; filename="C:\\\\Windows\\\\win.ini"', "win.ini-#"),
            ('attachment; filename="/etc/passwd"', "passwd-#"),
            ('attachment; filename=".."', "_-#"),
            ('attachment; filename="..%2f..%2fx.doc"', "x-#.doc"),
            ("attachment; filename*=UTF-8''%2e%2e%2f%00x.doc", "_x-#.doc"),
            ("inline", "down-#"),
            ("attachment; filename*=nonsense'%%'%ff", None),
            (b"\xff\xfe;;;=\x00", None),
        ],
    )
    def test_from_what_the_host_calls_it(self, given, name):
        raw = given if isinstance(given, bytes) else given.encode()
        found = file_name(
            httpx.URL("http://a.cn/down?id=1"), httpx.Headers([(b"Content-Disposition", raw)])
        )
        assert_safe(found)
        if name:
            assert marked(found) == f"a.cn/{name}"

    @given(st.text(max_size=200) | st.binary(max_size=200), st.text(max_size=200), st.booleans())
    def test_is_always_safe(self, path, name, is_marked):
        raw = path if isinstance(path, bytes) else path.encode("utf-8", "replace")
        given = f'attachment; filename="{name}"'.encode("utf-8", "replace")
        url, headers = httpx.URL(f"http://a.cn/{quote(raw)}"), [(b"Content-Disposition", given)]
        assert_safe(file_name(url, httpx.Headers(), is_marked=is_marked))
        assert_safe(file_name(url, httpx.Headers(headers), is_marked=is_marked))

    def test_long_ones_are_cut(self):
        found = name_of(f"http://a.cn/{'/'.join(['长' * 300] * 40)}.html")
        assert_safe(found)
        assert found.endswith(".html")

    def test_two_addresses_never_share_a_file(self, site, empty_inbox):
        paths = (
            "/a.html",
            "/A.html",
            "/a",
            "/x?id=1",
            "/x?id=2",
            "/d.pdf",
            "/d.pdf/e.pdf",
            "/d.pdf/",
        )
        urls = [site.give(path, path, Content_Type="text/html") for path in paths]
        assert fetched(empty_inbox, *urls).counts == (8, 0, 0, 0)
        found = {file.url: path for path, file in lines(empty_inbox).items()}
        assert {url: files(empty_inbox)[found[url]].decode() for url in urls} == dict(
            zip(urls, paths, strict=True)
        )
        folded = [path.casefold() for path in found.values()]
        assert len(set(folded)) == len(urls)
        # in every run the same
        assert fetched(empty_inbox, *reversed(urls)).counts == (0, 0, 8, 0)

    def test_hostile_names_end_up_below_the_inbox(self, site, empty_inbox):
        url = site.give("/a?b", "x", Content_Disposition='attachment; filename="../../../x.doc"')
        fetched(empty_inbox, url)
        (path,) = files(empty_inbox)
        assert marked(path) == f"127.0.0.1_{site.port}/x-#.doc"
        assert sorted(item.name for item in empty_inbox.parent.iterdir()) == ["inbox"]


def assert_safe(name):
    parts = PurePosixPath(name).parts
    assert name == "/".join(parts)
    for part in parts:
        assert part not in (".", "..")
        assert not part.startswith(".")
        assert part == part.strip()
        assert not part.endswith(".")
        assert len(part.encode()) <= 140
        assert not re.search(r'[\x00-\x1f\x7f<>:"\\|?*]', part)
        assert not any(unicodedata.category(sign) in ("Cf", "Cs", "Cc") for sign in part)
        assert part.partition(".")[0].upper() not in ("CON", "NUL", "AUX", "PRN", "COM1", "LPT1")

"""Fetching from hostile hosts: where it must not go, what it must not take, when it must end."""

import datetime
import gzip
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from flows.exceptions import FetchError
from flows.fetch import network
from flows.fetch.manifest import FOLDER
from flows.fetch.network import is_public
from flows.fetch.shelf import open_shelf
from flows.fetch.urls import clean_url
from tests.fetch_support import fetched, files, lines, served, toml
from tests.support import REPO

MEGABYTE = 1 << 20
PRIVATE = (
    *("127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
    *("0.0.0.0", "100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1"),  # noqa: S104
    *("255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1"),
    *("64:ff9b::a9fe:a9fe", "2002:7f00:1::1", "2002:a00:1::1", "2001:0:7f00:1::", "2001:db8::1"),
)
HERE = (
    *("127.0.0.1", "localhost", "2130706433", "0x7f000001", "0x7f.1", "127.1"),
    *("[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "0"),  # noqa: S104
)


@pytest.fixture
def site():
    with served() as site:
        yield site


class TestAddresses:
    @pytest.mark.parametrize("address", PRIVATE)
    def test_private(self, address):
        assert not is_public(address)

    @pytest.mark.parametrize(
        "address",
        ["8.8.8.8", "114.114.114.114", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808"],
    )
    def test_public(self, address):
        assert is_public(address)

    @pytest.mark.parametrize("host", HERE)
    def test_no_form_of_a_private_address_is_asked(self, site, empty_inbox, host):
        result = fetched(empty_inbox, site.url("/a.html", host), allow_private=False)
        assert "which is no public address; allow_private" in result.of("failed")[0]
        assert site.asked == []

    def test_nor_is_a_name_that_leads_there(self, site, empty_inbox, monkeypatch):
        real = socket.getaddrinfo
        names = {"www.example.com": "127.0.0.1"}
        monkeypatch.setattr(
            network.socket,
            "getaddrinfo",
            lambda host, *a, **k: real(names.get(host, host), *a, **k),
        )
        site.give("/a.html", "a")
        url = site.url("/a.html", "www.example.com")
        result = fetched(empty_inbox, url, allow_private=False)
        assert "www.example.com is at 127.0.0.1, which" in result.of("failed")[0]
        assert site.asked == []
        assert fetched(empty_inbox, url, allow_private=True).counts == (1, 0, 0, 0)

    @pytest.mark.parametrize(
        "url",
        [
            *(
                "http://0177.0.0.1/",
                "http://[::1/",
                "http:///a",
                "http://",
                "",
                "a.cn/b",
                "//a.cn/b",
            ),
            *("file:///etc/passwd", "ftp://a.cn/", "http://me:secret@a.cn/", "http://a.cn/\nx"),
            "http://a.cn/" + "x" * 5000,
        ],
    )
    def test_what_is_no_address(self, url):
        with pytest.raises(FetchError):
            clean_url(url)

    @pytest.fixture
    def only_one_is_public(self, monkeypatch):
        """Let 127.0.0.1 stand for the public network, and nothing else."""
        monkeypatch.setattr(network, "is_public", lambda address: address == "127.0.0.1")

    @pytest.mark.parametrize("host", ["127.0.0.2", "2130706434", "[::1]", "[::ffff:7f00:2]"])
    @pytest.mark.usefixtures("only_one_is_public")
    def test_redirects_do_not_lead_there(self, empty_inbox, host):
        with served("") as site:
            site.give("/a.html", "", 302, Location=site.url("/secret", host))
            site.give("/secret", "secret")
            result = fetched(empty_inbox, site.url("/a.html"), allow_private=False)
            assert "no public address" in result.of("failed")[0]
            assert site.paths == ["/a.html"]

    @pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/a", "gopher://x/"])
    def test_nor_to_other_schemes(self, site, empty_inbox, target):
        url = site.give("/a.html", "", 302, Location=target)
        assert "no address of http or https" in fetched(empty_inbox, url).of("failed")[0]

    def test_nor_does_robots_txt(self, empty_inbox, only_one_is_public):
        with served("") as site:
            site.give("/robots.txt", "", 302, Location=site.url("/secret", "127.0.0.2"))
            site.give("/secret", "User-agent: *\nAllow: /")
            result = fetched(empty_inbox, site.give("/a.html", "a"), allow_private=False)
            assert "no public address" in result.of("failed")[0]
            assert [asked.path for asked in site.asked] == ["/robots.txt"]

    def test_a_name_that_changes_its_address_is_judged_at_each_connection(
        self, empty_inbox, monkeypatch, only_one_is_public
    ):
        """DNS rebinding: what was judged is what is connected to, with no look-up in between."""
        real, asked = socket.getaddrinfo, []

        def rebound(host, *rest, **more):
            if host == "rebind.example":
                asked.append(host)
                host = "127.0.0.1" if len(asked) == 1 else "127.0.0.2"
            return real(host, *rest, **more)

        monkeypatch.setattr(network.socket, "getaddrinfo", rebound)
        with served("") as site:
            close = {"Connection": "close"}
            site.routes["/robots.txt"] = (404, b"", close)
            site.give("/a.html", "a")
            url = site.url("/a.html", "rebind.example")
            result = fetched(empty_inbox, url, allow_private=False, retries=0)
            assert "rebind.example is at 127.0.0.2" in result.of("failed")[0]
            assert len(asked) == 2
            assert [asked.path for asked in site.asked] == ["/robots.txt"]

    def test_passwords_are_not_sent(self, site, empty_inbox, tmp_path, monkeypatch):
        (tmp_path / ".netrc").write_text("machine 127.0.0.1 login a password b", encoding="utf-8")
        monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
        url = site.give("/a.html", "", 302, Location=site.url("/b.html", "me:secret@127.0.0.1"))
        site.give("/b.html", "b")
        assert fetched(empty_inbox, url).of("failed") == [
            "it holds a name or password for 127.0.0.1"
        ]
        assert all("Authorization" not in asked.headers for asked in site.asked)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of `localhost` that nobody has signed but itself; also the file of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    path.write_bytes(
        made.public_bytes(Encoding.PEM)
        + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    return path


class TestTls:
    @pytest.fixture
    def secure(self, certificate):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        with served(context=context) as site:
            site.give("/a.html", "a")
            yield site

    def test_a_name_is_proved_not_the_address(self, secure, empty_inbox, certificate, monkeypatch):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        urls = [f"https://{host}:{secure.port}/a.html" for host in ("localhost", "127.0.0.1")]
        result = fetched(empty_inbox, *urls, retries=0)
        assert [file.url for file in lines(empty_inbox).values()] == urls[:1]
        assert "certificate" in result.of("failed")[0]

    def test_who_proves_nothing_is_not_asked(self, secure, empty_inbox):
        url = f"https://localhost:{secure.port}/a.html"
        assert "self-signed certificate" in fetched(empty_inbox, url, retries=0).of("failed")[0]
        assert secure.asked == []


class TestSizes:
    def test_stated_and_not_stated(self, site, empty_inbox):
        def unstated(handler):
            handler.send_response(200)
            handler.send_header("Connection", "close")
            handler.end_headers()
            for _ in range(200):
                handler.wfile.write(b"x" * MEGABYTE)
            handler.close_connection = True

        site.routes["/b.html"] = unstated
        url = site.give("/a.html", b"x" * (MEGABYTE + 1))
        result = fetched(empty_inbox, url, site.url("/b.html"), max_bytes=MEGABYTE)
        assert result.of("failed") == ["it is larger than 1,048,576 bytes (max_bytes)"] * 2
        exact = site.give("/c.html", b"x" * MEGABYTE)
        assert fetched(empty_inbox, exact, max_bytes=MEGABYTE).counts == (1, 0, 0, 0)

    def test_what_is_packed_is_kept_unpacked(self, site, empty_inbox):
        body = b"".join(gzip.compress(part) for part in (b"x" * 300_000, b"y"))
        url = site.give("/a.html", body, Content_Encoding="gzip")
        assert fetched(empty_inbox, url).counts == (1, 0, 0, 0)
        assert list(files(empty_inbox).values()) == [b"x" * 300_000 + b"y"]

    def test_a_bomb_is_cut_off_before_it_unfolds(self, site, empty_inbox):
        bomb = gzip.compress(bytes(50 * MEGABYTE), 6)
        assert len(bomb) < MEGABYTE
        url = site.give("/a.html", bomb, Content_Encoding="gzip")
        started = time.monotonic()
        result = fetched(empty_inbox, url, max_bytes=MEGABYTE)
        assert time.monotonic() - started < 1
        assert "larger than" in result.of("failed")[0]

    @pytest.mark.parametrize(
        ("coding", "body", "words"),
        [
            ("gzip", gzip.compress(b"x" * 1000)[:-9], "its gzip ends early"),
            ("gzip", b"no gzip at all", "its gzip is damaged"),
            ("gzip", gzip.compress(b""), "the answer is empty"),
            ("br", b"x", "packed as 'br', which was not asked for"),
            ("gzip, gzip", gzip.compress(gzip.compress(b"x")), "packed as 'gzip, gzip'"),
        ],
        # Named here: gzip writes the second into what it packs, and every worker of the suite
        # must give the cases the same names.
        ids=["cut", "not packed", "empty", "another packing", "packed twice"],
    )
    def test_what_cannot_be_unpacked(self, site, empty_inbox, coding, body, words):
        url = site.give("/a.html", body, Content_Encoding=coding)
        assert words in fetched(empty_inbox, url).of("failed")[0]
        assert files(empty_inbox) == {}

    def test_rules_without_end_allow_nothing(self, site, empty_inbox):
        site.give("/robots.txt", "#" * MEGABYTE)
        assert "robots.txt" in fetched(empty_inbox, site.give("/a.html", "a")).of("failed")[0]
        assert site.paths == []


@contextmanager
def dripping(first: bytes, drop: bytes):
    """Serve a byte every 50 ms to whoever connects, without end."""
    server = socket.create_server(("127.0.0.1", 0))
    stopped = threading.Event()

    def drip(line):
        try:
            line.sendall(first)
            while not stopped.wait(0.05):
                line.sendall(drop)
        except OSError:
            pass
        finally:
            line.close()

    def accept():
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=drip, args=(line,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield server.getsockname()[1]
    finally:
        stopped.set()
        server.shutdown(socket.SHUT_RDWR)
        server.close()


class TestTimes:
    @pytest.mark.parametrize(
        ("scheme", "first", "drop"),
        [
            pytest.param("http", b"HTTP/1.1 200 OK\r\n\r\n", b"x", id="body"),
            pytest.param("http", b"HTTP/1.1 200 OK\r\nX: ", b"x", id="headers"),
            pytest.param("http", b"", b"H", id="status"),
            # a record of 16 KB that begins a handshake
            pytest.param("https", b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc", b"x", id="handshake"),
        ],
    )
    def test_what_drips_is_cut_off_in_the_end(self, empty_inbox, scheme, first, drop):
        with dripping(first, drop) as port:
            started = time.monotonic()
            url = f"{scheme}://127.0.0.1:{port}/a.html"
            result = fetched(empty_inbox, url, timeout=1.0, total_time=0.5)
            assert time.monotonic() - started < 1
        assert result.counts == (0, 0, 0, 1)
        assert "longer than 0.5 s (total_time)" in result.of("failed")[0]

    def test_who_says_nothing_is_not_waited_for(self, empty_inbox):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            url = f"http://127.0.0.1:{silent.getsockname()[1]}/a.html"
            result = fetched(empty_inbox, url, timeout=0.2, retries=0)
        assert "timed out" in result.of("failed")[0]

    def test_a_run_can_be_stopped_at_any_moment(self, site, tmp_path):
        begun = threading.Event()

        def drip(handler):
            handler.send_response(200)
            handler.end_headers()
            begun.set()
            while True:
                handler.wfile.write(b"x")
                time.sleep(0.05)

        inbox = tmp_path / "in"
        url = site.give("/a.html", "whole")
        fetched(inbox, url)
        site.routes["/a.html"] = drip
        listed = tmp_path / "sources.toml"
        listed.write_text(toml([url], total_time=60, timeout=60), encoding="utf-8")
        child = subprocess.Popen(
            [sys.executable, "-m", "flows.cli", "fetch", str(listed), "--into", str(inbox)],
            cwd=REPO,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert begun.wait(20)
            child.send_signal(signal.SIGINT)
            _, talk = child.communicate(timeout=5)
        finally:
            child.kill()
        assert child.returncode == 130
        assert talk == "gongkai fetch: interrupted; nothing is left half-done\n"
        assert list(files(inbox).values()) == [b"whole"]
        with open_shelf(inbox):
            assert not any((inbox / FOLDER / "drafts").iterdir())

"""Fetching: what is asked for again, what is kept, and the manners of it."""

import email.utils
import errno
import itertools
import json
import re
import time

import pytest

from flows import cli
from flows.exceptions import LockedError, ManifestError
from flows.fetch.manifest import FOLDER, MANIFEST
from flows.fetch.shelf import Shelf, open_shelf
from flows.fetch.sources import Source
from tests.fetch_support import fetched, files, lines, served, toml


@pytest.fixture
def site():
    with served() as site:
        yield site


def page(site, path="/zwgk/nb.html"):
    """The file a page becomes."""
    return f"127.0.0.1_{site.port}{path}"


def links(*targets):
    return "".join(f'<p><a href="{target}">{words}</a></p>' for target, words in targets)


class TestWhatIsAskedAgain:
    def test_a_second_run_fetches_nothing(self, site, empty_inbox):
        url = site.give("/zwgk/nb.html", "年报", ETag='"1"', Content_Type="text/html")
        assert fetched(empty_inbox, url).counts == (1, 0, 0, 0)
        place = empty_inbox / page(site)
        before = place.stat()
        first = lines(empty_inbox)[page(site)]
        site.forget()
        assert fetched(empty_inbox, url).counts == (0, 0, 1, 0)
        assert site.asked[-1].headers["If-None-Match"] == '"1"'
        assert files(empty_inbox) == {page(site): "年报".encode()}
        assert (place.stat().st_mtime_ns, place.stat().st_ino) == (
            before.st_mtime_ns,
            before.st_ino,
        )
        again = lines(empty_inbox)[page(site)]
        assert again == first._replace(checked_at=again.checked_at, status=304)

    def test_the_manifest_says_where_a_file_is_from(self, site, empty_inbox):
        day = "Mon, 15 Jan 2024 08:00:00 GMT"
        url = site.give("/zwgk/nb.html", "年报", Last_Modified=day, Content_Type="text/html")
        fetched(empty_inbox, url)
        (file,) = lines(empty_inbox).values()
        assert (file.url, file.final_url, file.found_on, file.status) == (url, url, None, 200)
        assert (file.last_modified, file.content_type, file.size) == (day, "text/html", 6)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", file.fetched_at)
        site.forget()
        assert fetched(empty_inbox, url).counts == (0, 0, 1, 0)
        assert site.asked[-1].headers["If-Modified-Since"] == day

    def test_what_has_changed_takes_the_place_of_the_old(self, site, empty_inbox):
        url = site.give("/zwgk/nb.html", "旧", ETag='"1"')
        fetched(empty_inbox, url)
        site.give("/zwgk/nb.html", "新", ETag='"2"')
        assert fetched(empty_inbox, url).of("changed") == [page(site)]
        assert files(empty_inbox) == {page(site): "新".encode()}
        assert lines(empty_inbox)[page(site)].etag == '"2"'

    def test_the_same_content_sent_again_leaves_the_file_alone(self, site, empty_inbox):
        url = site.give("/zwgk/nb.html", "年报")
        fetched(empty_inbox, url)
        before = (empty_inbox / page(site)).stat()
        assert fetched(empty_inbox, url).counts == (0, 0, 1, 0)
        assert (empty_inbox / page(site)).stat().st_mtime_ns == before.st_mtime_ns

    @pytest.mark.parametrize("harm", ["gone", "edited"])
    def test_a_file_that_is_not_as_it_was_is_fetched_anew(self, site, empty_inbox, harm):
        url = site.give("/zwgk/nb.html", "年报", ETag='"1"')
        fetched(empty_inbox, url)
        place = empty_inbox / page(site)
        place.unlink() if harm == "gone" else place.write_bytes(b"123456")
        site.forget()
        fetched(empty_inbox, url)
        assert "If-None-Match" not in site.asked[-1].headers
        assert place.read_text(encoding="utf-8") == "年报"

    def test_only_who_gave_a_mark_is_asked_by_it(self, site, empty_inbox):
        url = site.give("/old", "", 302, Location="/new.html")
        site.give("/new.html", "年报", ETag='"1"')
        fetched(empty_inbox, url)
        assert lines(empty_inbox)[page(site, "/old")].final_url == site.url("/new.html")
        site.forget()
        assert fetched(empty_inbox, url).counts == (0, 0, 1, 0)
        marks = {asked.path: asked.headers.get("If-None-Match") for asked in site.asked}
        assert marks == {"/robots.txt": None, "/old": None, "/new.html": '"1"'}


class TestFailures:
    def test_one_that_fails_stops_no_other_and_keeps_its_file(self, site, empty_inbox):
        urls = [site.give(f"/{name}.html", name) for name in "abc"]
        fetched(empty_inbox, *urls)
        site.give("/b.html", "no such page", 404)
        site.give("/c.html", "new")
        result = fetched(empty_inbox, *urls)
        assert result.counts == (0, 1, 1, 1)
        assert result.of("failed") == ["HTTP 404"]
        assert files(empty_inbox)[page(site, "/b.html")] == b"b"
        assert lines(empty_inbox)[page(site, "/b.html")].status == 404

    def test_a_transfer_that_breaks_off_leaves_the_earlier_file(self, site, empty_inbox):
        url = site.give("/a.html", "whole")
        fetched(empty_inbox, url)

        def broken(handler):
            handler.send_response(200)
            handler.send_header("Content-Length", "1000")
            handler.end_headers()
            handler.wfile.write(b"half")
            handler.close_connection = True

        site.routes["/a.html"] = broken
        result = fetched(empty_inbox, url)
        assert result.counts == (0, 0, 0, 1)
        assert "no proper answer" in result.of("failed")[0]
        assert files(empty_inbox) == {page(site, "/a.html"): b"whole"}
        assert sorted(path.name for path in (empty_inbox / FOLDER).iterdir()) == [
            "fetched.jsonl",
            "lock",
        ]

    @pytest.mark.parametrize(
        ("status", "body", "words"),
        [(200, "", "the answer is empty"), (204, "", "HTTP 204"), (304, "", "HTTP 304")],
    )
    def test_nothing_is_no_file(self, site, empty_inbox, status, body, words):
        url = site.give("/a.html", body, status)
        assert fetched(empty_inbox, url).of("failed") == [words]
        assert files(empty_inbox) == {}

    def test_a_server_error_is_tried_again_each_time_later(self, site, empty_inbox):
        answers = [500, 503, 200]
        site.routes["/a.html"] = lambda handler: handler.answer(answers.pop(0), b"at last")
        assert fetched(empty_inbox, site.url("/a.html"), back_off=0.1).counts == (1, 0, 0, 0)
        first, second, third = [asked.at for asked in site.asked if asked.path == "/a.html"]
        assert second - first >= 0.1
        assert third - second >= 0.2
        assert files(empty_inbox) == {page(site, "/a.html"): b"at last"}

    @pytest.mark.parametrize("form", ["seconds", "date"])
    def test_a_host_that_asks_to_wait_is_waited_for(self, site, empty_inbox, form):
        later = email.utils.formatdate(time.time() + 1.9, usegmt=True)
        asks = {"Retry-After": "1" if form == "seconds" else later}
        answers = [(429, b"", asks), (200, b"ok", {})]
        site.routes["/a.html"] = lambda handler: handler.answer(*answers.pop(0))
        assert fetched(empty_inbox, site.url("/a.html")).counts == (1, 0, 0, 0)
        first, second = [asked.at for asked in site.asked if asked.path == "/a.html"]
        assert second - first >= (1 if form == "seconds" else 0.5)

    def test_a_host_that_asks_to_wait_for_long_is_left_alone(self, site, empty_inbox):
        busy = site.give("/a.html", "", 503, Retry_After="3600")
        result = fetched(empty_inbox, busy, site.give("/b.html", "b"))
        assert site.paths == ["/a.html"]
        assert result.counts == (0, 0, 0, 2)
        assert all("left alone for 3600 s" in words for words in result.of("failed"))

    def test_a_host_that_fails_again_and_again_is_given_up(self, site, empty_inbox):
        urls = [site.give(f"/{name}.html", "", 500) for name in "abcde"]
        result = fetched(empty_inbox, *urls, retries=0)
        assert site.paths == ["/a.html", "/b.html", "/c.html"]
        assert "failed 3 times in a row" in result.of("failed")[-1]

    def test_nobody_there(self, site, empty_inbox):
        result = fetched(empty_inbox, "http://127.0.0.1:1/a.html", site.give("/b.html", "b"))
        assert result.counts == (1, 0, 0, 1)
        assert "refused" in result.of("failed")[0]

    def test_redirects_in_a_circle_end(self, site, empty_inbox):
        url = site.give("/a", "", 302, Location="/b")
        site.give("/b", "", 301, Location="/a")
        assert "redirected more than 5 times" in fetched(empty_inbox, url).of("failed")[0]
        assert len(site.paths) == 6

    def test_a_place_that_something_else_has_taken(self, site, empty_inbox):
        (empty_inbox / f"127.0.0.1_{site.port}").write_bytes(b"by hand")
        url = site.give("/a.html", "a")
        assert "taken by another file" in fetched(empty_inbox, url).of("failed")[0]

    def test_a_run_that_was_killed_leaves_nothing_that_harms(self, site, empty_inbox):
        url = site.give("/a.html", "a", ETag='"1"')
        fetched(empty_inbox, url)
        drafts = empty_inbox / FOLDER / "drafts"
        drafts.mkdir()
        (drafts / "0").write_bytes(b"half")
        with (empty_inbox / MANIFEST).open("ab") as log:
            log.write(b'{"source_path": "127')
        assert fetched(empty_inbox, url).counts == (0, 0, 1, 0)
        assert not drafts.exists()
        assert len((empty_inbox / MANIFEST).read_text(encoding="utf-8").splitlines()) == 1

    def test_a_line_without_its_file_is_no_reason_to_ask_for_news_only(self, site, empty_inbox):
        """The line is written before the file takes its place; a kill may come in between."""
        url = site.give("/a.html", "old", ETag='"1"')
        fetched(empty_inbox, url)
        text = (empty_inbox / MANIFEST).read_text(encoding="utf-8")
        line = json.loads(text) | {"sha256": "0" * 64, "etag": '"2"'}
        (empty_inbox / MANIFEST).write_text(json.dumps(line) + "\n", encoding="utf-8")
        site.give("/a.html", "new", ETag='"2"')
        assert fetched(empty_inbox, url).counts == (0, 1, 0, 0)
        assert files(empty_inbox) == {page(site, "/a.html"): b"new"}

    def test_a_full_disk_ends_the_run_at_once(self, site, empty_inbox, monkeypatch):
        urls = [site.give(f"/{name}.html", name) for name in "abc"]
        full = OSError(errno.ENOSPC, "No space left on device")
        monkeypatch.setattr(Shelf, "put", lambda *args, **more: (_ for _ in ()).throw(full))
        with pytest.raises(OSError, match="No space left"):
            fetched(empty_inbox, *urls)
        assert site.paths == ["/a.html"]

    def test_a_defect_costs_the_source_that_finds_it(self, site, empty_inbox, monkeypatch):
        real = Shelf.put

        def put(shelf, url, *args, **more):
            assert url.path != "/a.html"
            return real(shelf, url, *args, **more)

        monkeypatch.setattr(Shelf, "put", put)
        result = fetched(empty_inbox, *(site.give(f"/{name}.html", name) for name in "ab"))
        assert result.counts == (1, 0, 0, 1)
        assert "a defect of gongkai" in result.of("failed")[0]

    def test_a_manifest_that_was_edited_is_named(self, empty_inbox):
        (empty_inbox / FOLDER).mkdir()
        (empty_inbox / MANIFEST).write_text('{"url": 1}\n', encoding="utf-8")
        with pytest.raises(ManifestError, match=r"fetched\.jsonl, line 1: .* delete the line"):
            fetched(empty_inbox, "http://127.0.0.1:1/")

    def test_one_run_at_a_time(self, empty_inbox):
        with open_shelf(empty_inbox), pytest.raises(LockedError, match="is writing"):
            fetched(empty_inbox, "http://127.0.0.1:1/")


class TestManners:
    def test_one_request_at_a_time_and_pauses_between(self, site, empty_inbox):
        site.pause = 0.02
        urls = [site.give(f"/{name}.html", name) for name in "abc"]
        fetched(empty_inbox, *urls, delay=0.15)
        assert site.most_at_once == 1
        times = [asked.at for asked in site.asked]
        assert all(later - earlier >= 0.15 for earlier, later in itertools.pairwise(times))

    def test_hosts_side_by_side(self, empty_inbox):
        hosts = ("127.0.0.1", "127.0.0.2", "127.0.0.3", "localhost")
        with served("") as site:
            site.pause = 0.2
            site.give("/a.html", "a")
            fetched(empty_inbox, *(site.url("/a.html", host) for host in hosts))
            assert site.most_at_once == 4
        assert len(files(empty_inbox)) == 4

    def test_says_who_asks(self, site, empty_inbox):
        fetched(empty_inbox, site.give("/a.html", "a"), contact="https://example.org/bot")
        agents = {asked.headers["User-Agent"] for asked in site.asked}
        assert agents == {"gongkai/0.1.0 (+https://example.org/bot)"}

    def test_the_connection_is_kept_between_requests(self, site, empty_inbox):
        ports = set()

        def answer(handler):
            ports.add(handler.client_address[1])
            handler.answer(200, b"x")

        site.routes |= dict.fromkeys(("/a.html", "/b.html", "/robots.txt"), answer)
        fetched(empty_inbox, site.url("/a.html"), site.url("/b.html"))
        assert len(ports) == 1

    def test_robots_txt_is_obeyed_and_asked_for_once(self, site, empty_inbox):
        rules = "User-agent: *\nDisallow: /no/\nAllow: /no/but/\nDisallow: /*.doc$\n"
        site.give("/robots.txt", rules)
        paths = ("/yes.html", "/no/a.html", "/no/but/a.html", "/a.doc", "/a.doc.html")
        result = fetched(empty_inbox, *(site.give(path, path) for path in paths))
        assert site.paths == ["/yes.html", "/no/but/a.html", "/a.doc.html"]
        assert result.of("failed") == ["robots.txt does not allow it"] * 2
        assert [asked.path for asked in site.asked].count("/robots.txt") == 1

    def test_a_rule_for_us_goes_before_that_for_all(self, site, empty_inbox):
        site.give("/robots.txt", "User-agent: *\nAllow: /\n\nUser-agent: GongKai\nDisallow: /\n")
        assert fetched(empty_inbox, site.give("/a.html", "a")).counts == (0, 0, 0, 1)
        assert site.paths == []

    @pytest.mark.parametrize(
        ("status", "count"), [(404, 1), (403, 1), (429, 0), (500, 0), (204, 0)]
    )
    def test_without_rules(self, site, empty_inbox, status, count):
        site.give("/robots.txt", "", status)
        result = fetched(empty_inbox, site.give("/a.html", "a"), retries=0)
        assert (result.summary.new, len(site.paths)) == (count, count)
        assert all("robots.txt" in words for words in result.of("failed"))

    def test_a_redirect_is_held_to_the_rules_too(self, site, empty_inbox):
        site.give("/robots.txt", "User-agent: *\nDisallow: /no/\n")
        url = site.give("/a.html", "", 302, Location="/no/a.html")
        assert fetched(empty_inbox, url).of("failed") == ["robots.txt does not allow it"]
        assert site.paths == ["/a.html"]

    @pytest.mark.parametrize("rule", ["Crawl-delay: 0.3", "Request-rate: 4/1s"])
    def test_the_pause_that_robots_txt_asks_for(self, site, empty_inbox, rule):
        site.give("/robots.txt", f"User-agent: *\n{rule}\n")
        fetched(empty_inbox, *(site.give(f"/{name}.html", name) for name in "ab"))
        times = [asked.at for asked in site.asked]
        assert all(later - earlier >= 0.25 for earlier, later in itertools.pairwise(times))

    def test_a_pause_too_long_is_no_visit(self, site, empty_inbox):
        site.give("/robots.txt", "User-agent: *\nCrawl-delay: 600\n")
        result = fetched(empty_inbox, site.give("/a.html", "a"))
        assert "robots.txt asks for 600 s between requests" in result.of("failed")[0]
        assert site.paths == []


class TestFollow:
    def follow(self, url, pattern=r"\.(docx?|pdf)$", **more):
        return Source(url, re.compile(pattern, re.IGNORECASE), **more)

    def test_attachments_are_fetched_with_their_page(self, site, empty_inbox):
        url = site.give(
            "/zwgk/nb.html",
            links(("P020.DOC", "附件"), ("../down?id=5", "年报.pdf"), ("other.html", "其他"))
            + '<a href="javascript:alert(1)">x.pdf</a><a href="P020.DOC#top">again</a>',
            Content_Type="text/html",
        )
        site.give("/zwgk/P020.DOC", "d")
        site.give("/down?id=5", "p", Content_Type="application/pdf")
        assert fetched(empty_inbox, self.follow(url)).counts == (3, 0, 0, 0)
        found = {
            path.rpartition("/")[2]: file.found_on for path, file in lines(empty_inbox).items()
        }
        (down,) = [name for name in found if name.startswith("down-")]
        assert found == {"nb.html": None, "P020.DOC": url, down: url}
        assert down.endswith(".pdf")

    def test_a_page_may_serve_for_its_links_alone(self, site, empty_inbox):
        url = site.give("/list.html", links(("a.pdf", "年报")), ETag='"1"')
        site.give("/a.pdf", "a", ETag='"1"')
        source = self.follow(url, keep=False)
        assert fetched(empty_inbox, source).counts == (2, 0, 0, 0)
        assert list(files(empty_inbox)) == [page(site, "/a.pdf")]
        site.forget()
        assert fetched(empty_inbox, source).counts == (0, 0, 2, 0)
        assert site.paths == ["/list.html", "/a.pdf"]
        assert all(asked.headers.get("If-None-Match") for asked in site.asked[1:])

    def test_no_more_than_asked_for_and_it_is_said(self, site, empty_inbox):
        url = site.give("/list.html", links(*((f"{n}.pdf", "年报") for n in range(5))))
        for number in range(5):
            site.give(f"/{number}.pdf", str(number))
        result = fetched(empty_inbox, self.follow(url, follow_max=2))
        assert site.paths == ["/list.html", "/0.pdf", "/1.pdf"]
        assert result.of("note") == ["3 more links fit follow than follow_max lets be fetched"]

    def test_links_go_by_the_base_of_their_page_and_to_other_hosts(self, empty_inbox):
        with served("") as site:
            other = site.url("/c.pdf", "127.0.0.2")
            text = f'<base href="/files/">{links(("b.pdf", "年报"), (other, "年报"))}'
            url = site.give("/list.html", text.encode("gbk"), Content_Type="text/html;charset=gbk")
            site.give("/files/b.pdf", "b")
            site.give("/c.pdf", "c")
            assert fetched(empty_inbox, self.follow(url)).counts == (3, 0, 0, 0)
        assert {file.url for file in lines(empty_inbox).values()} >= {
            site.url("/files/b.pdf"),
            other,
        }

    def test_a_page_without_end_is_a_failure(self, site, empty_inbox):
        url = site.give("/list.html", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20)
        result = fetched(empty_inbox, self.follow(url))
        assert result.summary.failed == 1
        assert "links cannot be read" in result.of("failed")[0]


class TestCommand:
    def run(self, tmp_path, text, *more):
        (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
        return cli.main(
            ["fetch", str(tmp_path / "sources.toml"), "--into", str(tmp_path / "in"), *more]
        )

    def test_codes_and_words(self, site, tmp_path, capsys):
        good, bad = site.give("/a.html", "a", ETag='"1"'), site.url("/no.html")
        assert self.run(tmp_path, toml([good])) == 0
        first, last = capsys.readouterr().err.splitlines()
        assert first == f"gongkai fetch: new {page(site, '/a.html')} from {good}"
        assert last.startswith("gongkai fetch: fetched 1 file (1 new, 0 changed), 0 unchanged, ")
        assert self.run(tmp_path, toml([good, bad])) == 3
        first, _, last = capsys.readouterr().err.splitlines()
        assert first == f"gongkai fetch: failed {bad}: HTTP 404"
        assert last.startswith("gongkai fetch: 1 source could not be fetched; what was fetched")
        assert self.run(tmp_path, toml([bad])) == 1

    def test_private_addresses_are_refused_unless_allowed(self, site, tmp_path, capsys):
        assert self.run(tmp_path, toml([site.give("/a.html", "a")], allow_private=False)) == 1
        assert "127.0.0.1, which is no public address" in capsys.readouterr().err
        assert site.asked == []

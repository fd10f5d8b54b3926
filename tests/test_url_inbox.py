"""Inboxes that are URLs, in a store that lives in memory."""

import io
import sys
import zipfile

import fsspec
import pytest

from flows import discover_url
from flows.discover_url import find_url_files
from flows.exceptions import InboxError, StorageError
from flows.places import Url, place_of
from flows.storage import read_file, store_of
from flows.worklist import sort_files
from tests.ingest_support import SAMPLES, rows, run

INBOX = Url("memory://inbox")


@pytest.fixture
def store():
    store = fsspec.filesystem("memory")
    for number, sample in enumerate(SAMPLES[:3]):
        store.pipe_file(f"/inbox/{number // 2}/{sample.name}", sample.read_bytes())
    yield store
    store.rm("/", recursive=True)


@pytest.fixture
def reads(store, monkeypatch):
    """Name every file whose content is read."""
    read: list[str] = []
    real = type(store).cat_file

    def cat_file(self, path, *more, **options):
        read.append(path)
        return real(self, path, *more, **options)

    monkeypatch.setattr(type(store), "cat_file", cat_file)
    return read


class TestPlaces:
    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("s3://bucket/reports/", "s3://bucket/reports"),
            ("memory://", "memory://"),
        ],
    )
    def test_a_url_is_kept(self, text, place):
        assert place_of(text) == Url(place)

    def test_a_file_url_is_a_path(self, tmp_path):
        assert place_of(f"file://{tmp_path}/a%20b") == tmp_path / "a b"
        assert place_of(str(tmp_path)) == tmp_path


class TestListing:
    def test_is_that_of_a_folder(self, store):
        for name in ("README.md", "0/README.md", ".hidden", ".git/x"):
            store.pipe_file(f"/inbox/{name}", b"x")
        listed = find_url_files(INBOX)
        names = [file.source_path for file in listed.files]
        assert names == sorted(
            ["0/README.md"] + [f"{n // 2}/{sample.name}" for n, sample in enumerate(SAMPLES[:3])]
        )
        assert {file.size for file in listed.files[1:]} <= {s.stat().st_size for s in SAMPLES}

    def test_of_nothing_is_an_error(self, store):
        with pytest.raises(InboxError, match="nothing at memory://inbox/none: check the URL"):
            find_url_files(Url("memory://inbox/none"))

    @pytest.mark.parametrize(
        ("one", "two", "is_same"),
        [
            ({"ETag": "a", "LastModified": 1}, {"ETag": "a", "LastModified": 2}, True),
            ({"ETag": "a", "LastModified": 1}, {"ETag": "b", "LastModified": 1}, False),
            ({"mtime": 1.5}, {"mtime": 1.6}, False),
            ({"size": 1}, {"size": 1}, False),
        ],
        ids=["copied again", "other content", "other time", "a store that tells nothing"],
    )
    def test_marks_what_has_changed(self, one, two, is_same):
        marks = discover_url._marker(one), discover_url._marker(two)
        assert (marks[0] == marks[1]) == is_same
        assert all(0 <= mark < 1 << 63 for mark in marks)


class TestRun:
    def test_loads_what_is_new_and_reads_nothing_twice(self, settings, store, reads):
        first = run(settings, INBOX)
        assert (first.files_new, first.reports_loaded) == (3, 3)
        # Once for the digest, once for the report.
        assert len(reads) == 6
        reads.clear()
        second = run(settings, INBOX)
        assert (second.files_unchanged, second.is_published) == (3, False)
        assert reads == []
        store.pipe_file("/inbox/new.txt", SAMPLES[3].read_bytes())
        store.pipe_file("/inbox/a.zip", zipped("报告.txt", SAMPLES[4].read_bytes()))
        assert run(settings, INBOX).reports_loaded == 2
        assert set(reads) == {"/inbox/new.txt", "/inbox/a.zip"}
        paths = {row[0] for row in rows(settings, "source_files")}
        assert {"new.txt", "a.zip", "a.zip/报告.txt"} <= paths
        assert run(settings, INBOX).files_new == 0

    def test_a_file_the_store_refuses_is_tried_again(self, store, monkeypatch):
        def cat_file(self, path, *more, **options):
            raise RuntimeError("503 Slow Down")

        listed = find_url_files(INBOX)
        with monkeypatch.context() as patch:
            patch.setattr(type(store), "cat_file", cat_file)
            refused = sort_files(listed, {}, "1")
        assert refused.fresh == []
        (failure, *_) = refused.failures
        assert (failure.stage, failure.source_sha256) == ("read", None)
        assert "503 Slow Down" in failure.message
        assert len(sort_files(listed, {}, "1").fresh) == 3


def zipped(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, data)
    return made.getvalue()


class TestStore:
    def test_without_its_package_names_it(self, monkeypatch):
        known = {"class": "absent_store.Store", "err": "Install absentfs to access Absent"}
        registry = sys.modules["fsspec.registry"]
        monkeypatch.setitem(registry.known_implementations, "absent", known)
        with pytest.raises(StorageError, match="not installed here: Install absentfs to access"):
            read_file("absent://bucket/a.txt")

    def test_of_no_kind_is_an_error(self):
        with pytest.raises(StorageError, match="nope://x cannot be used: Protocol not known"):
            read_file("nope://x")

    def test_has_errors_of_its_own(self):
        with (
            pytest.raises(OSError, match="memory://x cannot be reached: RuntimeError: gone"),
            store_of("memory://x"),
        ):
            raise RuntimeError("gone")

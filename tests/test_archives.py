"""ZIP archives: folders of documents, with the names, depths and defects that occur."""

import io
import os
import zipfile

import pytest

from extract import UnreadableFileError, archive, read_document
from tests.ingest_support import JPEG, SAMPLES, quarantined, rows, run

TEXTS = {path.name: path.read_bytes() for path in SAMPLES[:3]}
NAMES = sorted(TEXTS)


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return stream.getvalue()


def gbk_named(name: str, data: bytes) -> bytes:
    """Make an archive of one member whose name is GBK bytes without the mark for UTF-8."""
    raw = name.encode("gbk")
    placeholder = "x" * len(raw)
    return zipped({placeholder: data}).replace(placeholder.encode(), raw)


def locked(data: bytes) -> bytes:
    """Set the mark of encryption on all members."""
    changed = bytearray(data)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(magic)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(magic, at + 4)
    return bytes(changed)


def listed(data: bytes) -> dict[str, bytes | None]:
    return {member.name: member.data for member in archive.members(io.BytesIO(data))}


class TestMembers:
    def test_names_in_gbk(self):
        assert listed(gbk_named("石门乡/2021年报.txt", b"1")) == {"石门乡/2021年报.txt": b"1"}

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("../../etc/passwd", "etc/passwd"),
            ("/absolute.txt", "absolute.txt"),
            ("a\\b.txt", "a/b.txt"),
        ],
    )
    def test_names_stay_inside(self, name, shown):
        assert listed(zipped({name: b"1"})) == {shown: b"1"}

    def test_archives_in_archives_are_folders(self):
        inner = zipped({"b.txt": b"2"})
        outer = zipped({"a.txt": b"1", "inner.zip": inner})
        assert listed(outer) == {"a.txt": b"1", "inner.zip/b.txt": b"2"}

    def test_every_member_is_found_again(self):
        inner = zipped({"b.txt": b"2", "c.txt": b"3"})
        outer = io.BytesIO(zipped({"a.txt": b"1", "x/inner.zip": inner}))
        opened = archive.open_archive(outer)
        for member in list(archive.members(outer)):
            assert archive.read_member(opened, member.place) == member.data

    def test_hidden_and_system_files_are_left_out(self):
        files = {"__MACOSX/._a.txt": b"", ".DS_Store": b"", "x/Thumbs.db": b"", "a.txt": b"1"}
        assert list(listed(zipped(files))) == ["a.txt"]

    def test_a_locked_member_has_no_data_and_a_reason(self):
        data = locked(zipped({"a.txt": b"1"}))
        (member,) = archive.members(io.BytesIO(data))
        assert member.data is None
        with pytest.raises(UnreadableFileError, match="locked with a password"):
            archive.read_member(archive.open_archive(io.BytesIO(data)), member.place)

    def test_a_member_whose_bytes_are_damaged_has_no_data(self):
        data = zipped({"a.txt": b"12345678" * 200})
        at = data.index(b"a.txt") + 8
        assert listed(data[:at] + b"\xff\xff\xff" + data[at + 3 :]) == {"a.txt": None}

    def test_a_bomb_is_not_unpacked(self):
        data = zipped({"zeros.txt": b"\0" * (archive.LARGEST_MEMBER + 1), "a.txt": b"1"})
        assert len(data) < 100_000
        assert listed(data) == {"zeros.txt": None, "a.txt": b"1"}

    def test_archives_without_end_are_refused(self):
        data = zipped({"a.txt": b"1"})
        for _ in range(archive.DEEPEST):
            data = zipped({"inner.zip": data})
        with pytest.raises(UnreadableFileError, match="archives within archives"):
            listed(data)

    def test_more_members_than_any_folder_has_are_refused(self, monkeypatch):
        monkeypatch.setattr(archive, "MOST_MEMBERS", 2)
        with pytest.raises(UnreadableFileError, match="more than a folder of reports"):
            listed(zipped({"a": b"1", "b": b"1", "c": b"1"}))

    def test_an_ofd_is_no_folder_and_says_what_to_do(self):
        data = zipped({"OFD.xml": b"<ofd:OFD/>", "Doc_0/Document.xml": b"<ofd:Document/>"})
        assert not archive.is_archive(io.BytesIO(data))
        assert list(listed(zipped({"年报.ofd": data}))) == ["年报.ofd"]
        with pytest.raises(UnreadableFileError, match=r"OFD .* save it as PDF"):
            read_document(data)

    @pytest.mark.parametrize(
        "data", [b"PK\x03\x04", zipped({"a.txt": b"1" * 99})[:-30]], ids=["begun", "cut"]
    )
    def test_a_cut_archive_is_none(self, data):
        assert not archive.is_archive(io.BytesIO(data))
        with pytest.raises(UnreadableFileError, match="cut short or damaged"):
            read_document(data)

    def test_an_empty_archive_is_said_to_be_empty(self):
        with pytest.raises(UnreadableFileError, match="archive is empty"):
            read_document(zipped({}))


class TestRuns:
    def test_members_are_reports_with_paths_of_their_own(self, empty_inbox, settings):
        (empty_inbox / "province.zip").write_bytes(zipped(TEXTS))
        summary = run(settings, empty_inbox)
        assert (summary.files_seen, summary.files_new, summary.reports_loaded) == (3, 3, 3)
        paths = {row[1] for row in rows(settings, "reports")}
        assert paths == {f"province.zip/{name}" for name in NAMES}

    def test_an_unchanged_archive_is_not_opened(self, empty_inbox, settings, monkeypatch):
        (empty_inbox / "province.zip").write_bytes(zipped(TEXTS))
        run(settings, empty_inbox)
        monkeypatch.setattr(archive, "members", None)
        again = run(settings, empty_inbox)
        assert (again.files_seen, again.files_new, again.is_published) == (3, 0, False)
        os.utime(empty_inbox / "province.zip", ns=(1, 1))
        touched = run(settings, empty_inbox)
        assert (touched.files_seen, touched.files_new) == (3, 0)

    def test_a_changed_archive_brings_what_is_new_in_it(self, empty_inbox, settings):
        (empty_inbox / "province.zip").write_bytes(zipped({NAMES[0]: TEXTS[NAMES[0]]}))
        run(settings, empty_inbox)
        (empty_inbox / "province.zip").write_bytes(zipped(TEXTS))
        summary = run(settings, empty_inbox)
        assert (summary.files_new, summary.reports_loaded) == (2, 2)

    def test_the_same_report_outside_is_read_once(self, empty_inbox, settings):
        (empty_inbox / NAMES[0]).write_bytes(TEXTS[NAMES[0]])
        (empty_inbox / "province.zip").write_bytes(zipped(TEXTS))
        summary = run(settings, empty_inbox)
        assert (summary.files_new, summary.reports_loaded) == (4, 3)

    def test_a_bad_member_is_quarantined_alone(self, empty_inbox, settings):
        (empty_inbox / "province.zip").write_bytes(zipped({**TEXTS, "scan.jpg": JPEG}))
        summary = run(settings, empty_inbox)
        assert summary.reports_loaded == 3
        assert quarantined(settings) == {"province.zip/scan.jpg": ("extract", "PictureOnly")}
        again = run(settings, empty_inbox)
        assert (again.files_quarantined, again.in_quarantine) == (0, 1)

    def test_newer_code_tries_a_quarantined_member_again(self, empty_inbox, settings, monkeypatch):
        (empty_inbox / "province.zip").write_bytes(zipped({**TEXTS, "scan.jpg": JPEG}))
        run(settings, empty_inbox)
        monkeypatch.setattr("flows.ingest.code_version", lambda: "newer")
        again = run(settings, empty_inbox)
        assert (again.files_new, again.files_quarantined) == (1, 1)

    def test_a_locked_member_says_so(self, empty_inbox, settings):
        (empty_inbox / "locked.zip").write_bytes(locked(zipped({NAMES[0]: TEXTS[NAMES[0]]})))
        run(settings, empty_inbox)
        assert quarantined(settings) == {f"locked.zip/{NAMES[0]}": ("read", "PasswordNeeded")}

    def test_an_archive_that_is_none_is_quarantined_until_it_is_one(self, empty_inbox, settings):
        (empty_inbox / "province.zip").write_bytes(zipped(TEXTS)[:-30])
        run(settings, empty_inbox)
        assert quarantined(settings) == {"province.zip": ("extract", "DamagedFile")}
        (empty_inbox / "province.zip").write_bytes(zipped(TEXTS))
        assert run(settings, empty_inbox).reports_loaded == 3
        assert quarantined(settings) == {}

"""Office files as packages of XML parts: opened within limits, entered by relationships."""

import io
import posixpath
import re
import zipfile
from typing import Any

from lxml import etree

from extract.exceptions import UnreadableFileError
from extract.sniff import ZIP_ERRORS

Element = Any  # lxml ships no types

# No part that reports need is larger; a picture in a report is, but is never opened.
_MOST_BYTES = 64 * 2**20
# A tree takes some 200 bytes a tag: this many stay below the size of a worker.
_MOST_TAGS = 3_000_000
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"


class Package:
    """The parts of an Office file, by names in lower case without a leading slash."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except ZIP_ERRORS as error:
            raise _damaged(f"the ZIP cannot be opened: {error}") from None
        self._entries = {_name(info.filename): info for info in self._archive.infolist()}

    def names(self) -> list[str]:
        """Give the names of all parts."""
        return list(self._entries)

    def main_part(self, otherwise: str) -> str:
        """Name the part the package is about, `otherwise` where it does not say."""
        return next(iter(self.related("", "officeDocument")), otherwise)

    def related(self, part: str, kind: str) -> list[str]:
        """Name the parts that `part` ("" for the package) says are its `kind`."""
        return [
            target
            for type_, target in self.relationships(part).values()
            if type_.endswith(f"/{kind}")
        ]

    def relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """Give kind and part name of each inner relationship of a part, by its id."""
        folder, base = posixpath.split(part)
        source = posixpath.join(folder, "_rels", f"{base}.rels")
        if source not in self._entries:
            return {}
        found = {}
        for entry in self.root(source).iter(_RELATIONSHIP):
            target = entry.get("Target", "")
            if entry.get("TargetMode") != "External":
                path = posixpath.normpath(posixpath.join("/", folder, _slashes(target)))
                found[entry.get("Id", "")] = (entry.get("Type", ""), _name(path))
        return {key: pair for key, pair in found.items() if pair[1] in self._entries}

    def read(self, part: str) -> bytes:
        """Give the bytes of a part, no more than the limit."""
        info = self._entries.get(part)
        if info is None:
            raise _damaged(f"the part {part} is missing")
        if info.file_size > _MOST_BYTES:
            raise _too_large()
        if info.flag_bits & 1:
            raise UnreadableFileError(
                "PasswordNeeded",
                "The parts of this Office file are locked with a password.",
                "Save it without a password and ingest that.",
            )
        try:
            with self._archive.open(info) as file:
                data = file.read(_MOST_BYTES + 1)
        except ZIP_ERRORS as error:
            raise _damaged(f"the part {part} cannot be unpacked: {error}") from None
        if len(data) > _MOST_BYTES:
            raise _too_large()
        return _STRICT.sub(_TRANSITIONAL, data) if b"purl.oclc.org" in data else data

    def root(self, part: str) -> Element:
        """Give the root element of an XML part; nothing it names is fetched or expanded."""
        return parse(self.read(part), part)


def parse(data: bytes, part: str) -> Element:
    """Parse XML that declares nothing: Office writes no DOCTYPE, hostile files do."""
    if data.count(b"<") > _MOST_TAGS:
        raise _too_large()
    if b"<!DOCTYPE" in data:
        raise _damaged(f"the part {part} has a DOCTYPE, which no Office program writes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _damaged(f"the XML of {part} is broken: {error}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _damaged(f"the part {part} has a DOCTYPE, which no Office program writes")
    return root


def _slashes(name: str) -> str:
    return name.replace("\\", "/")


def _name(path: str) -> str:
    return _slashes(path).lstrip("/").lower()


def _damaged(why: str) -> UnreadableFileError:
    return UnreadableFileError(
        "DamagedFile",
        f"This Office file is damaged: {' '.join(why.split())}.",
        "Fetch it again, or open it in Word or Excel and save it anew.",
    )


def _too_large() -> UnreadableFileError:
    return UnreadableFileError(
        "TooLarge",
        "This Office file unpacks to more than any report needs.",
        "Check where it comes from; save only the report's text and tables anew.",
    )

"""JSON that a page carries: packed with gzip as it comes, in letters that HTML leaves alone."""

import base64
import json
import zlib
from collections.abc import Iterable

# gzip, without a time, so that equal data gives equal bytes.
_GZIP = 16 + zlib.MAX_WBITS


class Pack:
    """One JSON object, packed member by member, so that it never stands in memory unpacked."""

    def __init__(self) -> None:
        self._gzip = zlib.compressobj(wbits=_GZIP)
        self._packed = bytearray()
        self._write("{")
        self._lead = ""

    def add(self, name: str, value: object) -> None:
        """Add a member; text outside ASCII stays as it is. A number that is none raises."""
        self._write(f"{self._lead}{json.dumps(name)}:{_json(value)}")
        self._lead = ","

    def add_object(self, name: str, members: Iterable[tuple[str, object]]) -> None:
        """Add a member that is itself an object, whose members come one by one."""
        self._write(f"{self._lead}{json.dumps(name)}:{{")
        self._lead = ""
        for member, value in members:
            self.add(member, value)
        self._write("}")
        self._lead = ","

    def text(self) -> str:
        """Close the object and give it in base64, in which no markup can be."""
        self._write("}")
        self._packed += self._gzip.flush()
        return base64.b64encode(self._packed).decode()

    def _write(self, text: str) -> None:
        self._packed += self._gzip.compress(text.encode())


def pack_text(text: str) -> str:
    """Pack one text."""
    gzip = zlib.compressobj(wbits=_GZIP)
    return base64.b64encode(gzip.compress(text.encode()) + gzip.flush()).decode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

"""JSON that a page carries: packed with gzip as it comes, in letters that HTML leaves alone."""

import base64
import json
import zlib

# gzip, without a time, so that equal data gives equal bytes.
_GZIP = 16 + zlib.MAX_WBITS


class Pack:
    """One JSON object, packed member by member, so that it never stands in memory unpacked."""

    def __init__(self) -> None:
        self._gzip = zlib.compressobj(wbits=_GZIP)
        self._packed = bytearray()
        self._lead = "{"

    def add(self, name: str, value: object) -> None:
        """Add a member; text outside ASCII stays as it is. A number that is none raises."""
        body = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        self._packed += self._gzip.compress(f"{self._lead}{json.dumps(name)}:{body}".encode())
        self._lead = ","

    def text(self) -> str:
        """Close the object and give it in base64, in which no markup can be."""
        end = "}" if self._lead == "," else "{}"
        self._packed += self._gzip.compress(end.encode()) + self._gzip.flush()
        return base64.b64encode(self._packed).decode()


def pack_text(text: str) -> str:
    """Pack one text."""
    gzip = zlib.compressobj(wbits=_GZIP)
    return base64.b64encode(gzip.compress(text.encode()) + gzip.flush()).decode()

"""Word files of other formats (doc, wps, rtf, odt, fodt, Word 2003 XML) to docx, by LibreOffice.

Many files go through one call: starting LibreOffice costs ten times what converting a file does.
It runs in a temporary folder with a profile of its own, runs no macros and fetches nothing.
"""

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path

from extract.exceptions import UnreadableFileError
from extract.opc import Package

_PROGRAMS = ("soffice", "libreoffice")
# Seconds after which another file must be there; usual are 1.5 for the first, 0.2 for others.
_PATIENCE = 60
_PAUSE = 0.1
# Bytes of a file it writes, and of memory it takes for all files of a call.
_LARGEST_OUTPUT = 256 << 20
_MOST_MEMORY = 2 << 30

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_STREAM = "WordDocument".encode("utf-16-le") + b"\0\0"
_ZIP = b"PK"
_OPEN_TEXT = b"application/vnd.oasis.opendocument.text"
_HEAD = 4096
_EXCEL_XML = re.compile(rb"<\?mso-application\s+progid=\"Excel\.Sheet\"")
_WORD_XML = re.compile(
    rb"<\?mso-application\s+progid=\"Word\.Document\"|<w:wordDocument\b"
    rb"|<office:document\s[^>]*office:mimetype=\"application/vnd\.oasis\.opendocument\.text\""
)

# A proxy where nobody listens: linked pictures and updates stay where they are.
_SETTINGS = (
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
)
_REGISTRY = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items '
    'xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    + "</oor:items>"
)


def find_program() -> str | None:
    """Give the path of LibreOffice, None where it is not installed."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def to_docx(files: Sequence[bytes]) -> list[bytes | UnreadableFileError]:
    """Convert files to docx, in order; a file that cannot be converted gives the reason."""
    program = find_program()
    results: dict[int, bytes | UnreadableFileError] = {}
    for index, data in enumerate(files):
        refusal = _refusal(data) or (None if program else _needs_libreoffice())
        if refusal:
            results[index] = refusal
    waiting = {index: data for index, data in enumerate(files) if index not in results}
    if program and waiting:
        results |= _converted(program, waiting)
    return [results[index] for index in range(len(files))]


def _refusal(data: bytes) -> UnreadableFileError | None:
    """Say why a file is none of those converted here: LibreOffice reads anything as plain text."""
    head = data[:_HEAD]
    if _EXCEL_XML.search(head):
        return UnreadableFileError(
            "UnsupportedFormat",
            "This is an Excel 2003 XML workbook.",
            "Open it in Excel and save it as .xlsx.",
        )
    if data.startswith(_OLE) and _WORD_STREAM not in data:
        # A directory of streams stands at the end, so that of a file cut short is gone.
        return UnreadableFileError(
            "DamagedFile",
            "This Office file holds no Word document, or is cut short.",
            "Fetch it again, or open it in Word or WPS and save it as .docx.",
        )
    is_word = data.startswith(_OLE) or head.lstrip().startswith(b"{\\rtf") or _WORD_XML.search(head)
    if is_word or (data.startswith(_ZIP) and _is_open_text(data)):
        return None
    return UnreadableFileError(
        "UnsupportedFormat",
        "This Office file holds no Word document.",
        "Open it in Word or WPS and save it as .docx.",
    )


def _is_open_text(data: bytes) -> bool:
    """Tell whether a ZIP is an OpenDocument text that unpacks to no more than a report's size."""
    with suppress(UnreadableFileError):
        package = Package(data)
        package.read("content.xml")
        return package.read("mimetype").startswith(_OPEN_TEXT)
    return False


class _End(Enum):
    """How a call ended: by itself and well, ill, or stopped, for nothing came of it any more."""

    WELL = auto()
    ILL = auto()
    STUCK = auto()


def _converted(program: str, files: dict[int, bytes]) -> dict[int, bytes | UnreadableFileError]:
    """Convert in one call, then what it left over: one file by one, each alone."""
    results: dict[int, bytes | UnreadableFileError] = {}
    waiting = dict(files)
    while waiting:
        done, end = _call(program, waiting)
        results |= done
        left = [index for index in waiting if index not in done]
        # Where the call died the first file without output did it; those behind it never had
        # their turn.
        for index in left if end is _End.WELL else left[:1]:
            again: dict[int, bytes] = {}
            how = end
            if len(waiting) > 1 and end is not _End.STUCK:
                again, how = _call(program, {index: files[index]})
            results[index] = again.get(index) or (_stuck() if how is _End.STUCK else _failed())
        waiting = {index: files[index] for index in left if index not in results}
    return results


def _call(program: str, files: dict[int, bytes]) -> tuple[dict[int, bytes], _End]:
    """Run LibreOffice once; give what it made, and how it ended."""
    with tempfile.TemporaryDirectory(prefix="gongkai-office-") as folder:
        base = Path(folder)
        profile = base / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_REGISTRY, encoding="utf-8")
        # Names without an ending: LibreOffice then goes by content alone.
        names = {index: f"f{index:06}" for index in files}
        for index, data in files.items():
            (base / names[index]).write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation=file://{profile.parent}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
            *("--convert-to", "docx", "--outdir", str(base / "out")),
            *(str(base / name) for name in names.values()),
        ]
        end = _run(command, base)
        return dict(_outputs(base / "out", names)), end


def _run(command: Sequence[str], folder: Path) -> _End:
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "LC_ALL": "C.UTF-8",
        "HOME": str(folder),
        "TMPDIR": str(folder),
    }
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _bound(process.pid)
        return _waited(process, folder / "out")
    finally:
        # The program starts others: all of them are in its process group.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _bound(number: int) -> None:
    """Bound what a process that has just begun, and those it starts, may take; on Linux."""
    if sys.platform == "linux":
        # It has gone, or has lower limits already.
        with suppress(ProcessLookupError, PermissionError, ValueError):
            resource.prlimit(number, resource.RLIMIT_FSIZE, (_LARGEST_OUTPUT, _LARGEST_OUTPUT))
            resource.prlimit(number, resource.RLIMIT_DATA, (_MOST_MEMORY, _MOST_MEMORY))


def _waited(process: subprocess.Popen[bytes], outputs: Path) -> _End:
    """Wait as long as outputs come."""
    count = -1
    end = 0.0
    while True:
        if count != (count := len(list(outputs.glob("*")))):
            end = time.monotonic() + _PATIENCE
        try:
            return _End.WELL if process.wait(_PAUSE) == 0 else _End.ILL
        except subprocess.TimeoutExpired:
            if time.monotonic() > end:
                return _End.STUCK


def _outputs(folder: Path, names: dict[int, str]) -> Iterator[tuple[int, bytes]]:
    """Give what was written whole; LibreOffice reports success for files it could not read."""
    for index, name in names.items():
        path = folder / f"{name}.docx"
        if path.is_file() and zipfile.is_zipfile(path):
            yield index, path.read_bytes()


def _failed() -> UnreadableFileError:
    return UnreadableFileError(
        "DamagedFile",
        "LibreOffice cannot read this file: it is damaged, or locked with a password.",
        "Fetch it again, or open it in Word or WPS and save it as .docx without a password.",
    )


def _stuck() -> UnreadableFileError:
    return UnreadableFileError(
        "TooSlow",
        f"LibreOffice takes longer than {_PATIENCE} s to read this file.",
        "Open it in Word or WPS and save it as .docx.",
    )


def _needs_libreoffice() -> UnreadableFileError:
    return UnreadableFileError(
        "NeedsLibreOffice",
        "This file is read through LibreOffice, which is not installed.",
        "Install it (Debian: apt-get install --no-install-recommends libreoffice-writer), "
        "or save the file as .docx.",
    )

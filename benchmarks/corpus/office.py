"""Word and Excel files in the formats offices saved them in, converted by LibreOffice.

Needs `soffice`; `libreoffice-writer` for doc, wps, rtf, odt and pdf of Word files,
`libreoffice-calc` as well for xls and ods.
"""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

# WPS has always been able to save Word 97 files; they are what offices send as .wps.
_SAVED_AS = {"wps": "doc"}
_SECONDS_TO_START = 60
_SECONDS_A_FILE = 5


def converted(files: Sequence[bytes], source: str, target: str) -> list[bytes]:
    """Convert files of one format (`docx`, `xlsx`) to another, all in one call.

    `target` is one of doc, wps (a Word 97 file by another name), rtf, odt, pdf, xls, ods.
    """
    ending = _SAVED_AS.get(target, target)
    with tempfile.TemporaryDirectory(prefix="gongkai-corpus-") as folder:
        base = Path(folder)
        paths = [base / f"{index:05}.{source}" for index in range(len(files))]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{base / 'profile'}",
                *("--headless", "--norestore", "--convert-to", ending),
                *("--outdir", str(base / "out"), *map(str, paths)),
            ],
            check=True,
            capture_output=True,
            timeout=_SECONDS_TO_START + _SECONDS_A_FILE * len(files),
        )
        return [(base / "out" / f"{path.stem}.{ending}").read_bytes() for path in paths]

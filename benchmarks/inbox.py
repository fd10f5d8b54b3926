"""Inboxes for measurements: pages of every township, or files of one format, written once."""

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

from benchmarks.corpus.files import Dress, text_file
from benchmarks.corpus.generate import generate
from benchmarks.corpus.portal import portal
from benchmarks.corpus.renderers import BINARIES, TEXTS
from benchmarks.corpus.report import KnownReport

SEED = 20240131
# Every so many pages one is in the old encoding.
_GB18030_EVERY = 5
_PART = 1_000

# Groups of files to be measured, with the formats and styles they are of.
GROUPS = {
    "HTML, all site systems": [kind for kind in TEXTS if kind[0] == "html"],
    "text layouts": [kind for kind in TEXTS if kind[0] == "text"],
    "Markdown": [kind for kind in TEXTS if kind[0] == "markdown"],
    "MHTML": [kind for kind in BINARIES if kind[0] == "mhtml"],
    "DOCX": [kind for kind in BINARIES if kind[0] == "docx"],
    "XLSX": [kind for kind in BINARIES if kind[0] == "xlsx"],
    "PDF": [kind for kind in BINARIES if kind[0] == "pdf"],
}


def write_portal_pages(folder: Path, reports: int, workers: int = 1) -> list[Path]:
    """Write a page a township, county by county; what is there already is kept.

    Beyond 41,352 come the years after. Gives the paths, sorted.
    """
    done = folder / f".{reports}"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        starts = range(0, reports, _PART)
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, mp_context=context) as pool:
            list(pool.map(_write_part, repeat(folder), starts, repeat(reports)))
        done.touch()
    return sorted(folder.rglob("*.html"))[:reports]


def _write_part(folder: Path, start: int, reports: int) -> None:
    stop = min(start + _PART, reports)
    for position, report in enumerate(generate(SEED, stop, start=start), start):
        path = folder / report.province_name / report.county_name
        path.mkdir(parents=True, exist_ok=True)
        (path / f"{report.township_code}_{report.year}.html").write_bytes(page(report, position))


def page(report: KnownReport, position: int) -> bytes:
    """Render one page of a portal, every fifth in GB 18030."""
    charset = "gb18030" if position % _GB18030_EVERY == 0 else "utf-8"
    return portal(report, charset=charset).encode(charset)


def files_of(kinds: Sequence[tuple[str, str]], number: int) -> list[bytes]:
    """Render reports in turn in formats and styles, simplified and in UTF-8 where it is text."""
    made = []
    for position, report in enumerate(generate(SEED, number)):
        kind = kinds[position % len(kinds)]
        if kind in TEXTS:
            made.append(text_file(report, Dress(*kind, encoding="utf-8")))
        else:
            made.append(BINARIES[kind](report))
    return made

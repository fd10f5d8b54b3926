"""`make bench-text`: the encoding matrix beside chardet and charset-normalizer, and speeds.

Reads the five real reports where they lie beside the repository, and generated ones.
"""

import logging
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import chardet
from charset_normalizer import from_bytes

from benchmarks.corpus.generate import generate
from benchmarks.corpus.html import html
from benchmarks.corpus.text_layouts import LAYOUTS
from benchmarks.encoding_cases import ENCODINGS, FRAGMENTS, Case, cases, is_right, is_same_in_two
from extract.encoding.decode import decode
from extract.exceptions import UnreadableFileError

REAL_REPORTS = Path(__file__).resolve().parents[2] / "shared" / "reports"
SEED = 20250131
GENERATED = 12

Decoder = Callable[[bytes], str]


def ours(data: bytes) -> str:
    """Text as `extract.encoding` reads it."""
    try:
        return decode(data).text
    except UnreadableFileError:
        return ""


def plain_chardet(data: bytes) -> str:
    """Text in the encoding `chardet.detect` names."""
    return _read(data, chardet.detect(data)["encoding"])


def plain_normalizer(data: bytes) -> str:
    """Text of charset-normalizer's best guess."""
    best = from_bytes(data).best()
    return str(best) if best else ""


def _read(data: bytes, encoding: str | None) -> str:
    text = data.decode(encoding, "replace") if encoding else ""
    return text.removeprefix("\ufeff")


DECODERS: dict[str, Decoder] = {
    "gongkai": ours,
    "chardet": plain_chardet,
    "charset-normalizer": plain_normalizer,
}


def table_of(text: str) -> str:
    """Cut the table of section 2 out of a report, from its first row to the next heading.

    Real reports have lost some headings; there the length of an average table must do.
    """
    first_row = re.search("第二十|本列", text)
    start = first_row.start() if first_row else 0
    stop = text.find("\n三、", start)
    return text[start : stop if 0 < stop - start < 1000 else start + 400]


def real_texts() -> list[tuple[str, str]]:
    """Text and table of the real reports; nothing where the folder is absent."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(REAL_REPORTS.glob("0*.txt"))]
    return [(text, table_of(text)) for text in texts]


def generated_texts() -> list[tuple[str, str]]:
    """Text and table of generated reports in every layout, with pages of HTML."""
    found = []
    for position, report in enumerate(generate(SEED, GENERATED)):
        layout = list(LAYOUTS.values())[position % len(LAYOUTS)]
        found += [(layout(report), table_of(layout(report)))]
        found += [(html(report, charset=None), table_of(layout(report)))]
    return found


def matrix(texts: list[tuple[str, str]], decoder: Decoder) -> Iterator[tuple[str, str, bool, Case]]:
    """Encoding, fragment, whether it was read right, and the case."""
    for text, table in texts:
        for encoding in ENCODINGS:
            for fragment, case in cases(text, table, encoding):
                read = decoder(case.data)
                yield encoding, fragment, is_right(read, case) or is_same_in_two(read, case), case


def print_matrix(title: str, texts: list[tuple[str, str]]) -> None:
    """Print the share of cases read right, by encoding and fragment, for every decoder."""
    print(f"\n{title}: right of {len(texts)} texts ({' / '.join(FRAGMENTS)})")
    found: dict[tuple[str, str, str], int] = {}
    for name, decoder in DECODERS.items():
        for encoding, fragment, right, _ in matrix(texts, decoder):
            key = name, encoding, fragment
            found[key] = found.get(key, 0) + right
    print(f"{'':16}" + "".join(f"{name:>22}" for name in DECODERS))
    for encoding in ENCODINGS:
        row = (" ".join(f"{found[n, encoding, f]:>4}" for f in FRAGMENTS) for n in DECODERS)
        print(f"{encoding:16}" + "".join(f"{cells:>22}" for cells in row))
    cells = len(texts) * len(ENCODINGS) * len(FRAGMENTS)
    totals = (sum(n for key, n in found.items() if key[0] == name) for name in DECODERS)
    print(f"{'all':16}" + "".join(f"{n:>14} ({n / cells:4.0%})" for n in totals))


def print_speeds() -> None:
    """Print milliseconds of one page of 30 KB, warm, in the encodings that matter."""
    report = next(iter(generate(SEED, 1)))
    page = html(report, charset=None)
    prose = "".join("".join(section) for section in report.sections) * 20
    print("\nmilliseconds a file (median)")
    print(f"{'':32}" + "".join(f"{name:>20}" for name in DECODERS))
    for encoding in ("utf-8", "gb18030", "utf-16-le"):
        for name, text in (("page", page), ("prose", prose)):
            data = text.encode(encoding)[:30_000]
            label = f"{encoding} {name}, {len(data) / 1000:.0f} KB"
            print(f"{label:32}" + "".join(f"{_time(d, data):>20.3f}" for d in DECODERS.values()))


def _time(decoder: Decoder, data: bytes) -> float:
    decoder(data)
    times = []
    for _ in range(7):
        start = time.perf_counter()
        decoder(data)
        times.append(time.perf_counter() - start)
    return median(times) * 1000


def main() -> int:
    """Print everything; 1 if one case of ours is wrong."""
    logging.getLogger("charset_normalizer").setLevel(logging.ERROR)
    groups = {"real reports": real_texts(), "generated reports": generated_texts()}
    for title, texts in groups.items():
        if texts:
            print_matrix(title, texts)
    print_speeds()
    return int(not all(right for t in groups.values() for *_, right, _ in matrix(t, ours)))


if __name__ == "__main__":
    sys.exit(main())

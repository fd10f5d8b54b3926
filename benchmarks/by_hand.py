"""The same work as a good analyst would write it by hand: the yardstick of `make bench`.

chardet, OpenCC, `pandas.read_html`, labels looked up in a dictionary, batches into DuckDB.
It reads clean pages right and knows no damage: no repair, no alignment, no identity, no checks.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from io import StringIO
from pathlib import Path

import chardet
import duckdb
import opencc
import pandas as pd

from benchmarks.corpus import template

Figure = tuple[str, str | None, str]
Labels = dict[tuple[str, ...], str]
Row = tuple[str, str, int, str, str | None, str]

COLUMNS = ("path", "title", "year", "indicator", "applicant", "value")
_TITLE = re.compile(r"<title>([^<]*)</title>")
_YEAR = re.compile(r"(20\d\d)年")
_MARKS = re.compile(r"\s|^(?:（[一二三四五六七]）|[一二三四]、|\d\.)")


def by_hand(paths: Sequence[Path], warehouse: Path) -> int:
    """Read pages and put what they say into one table of a warehouse; gives the number of rows."""
    rows = [row for path in paths for row in read_page(path)]
    facts = pd.DataFrame(rows, columns=list(COLUMNS))
    with duckdb.connect(warehouse) as con:
        con.register("facts_of_batch", facts)
        con.execute("create table if not exists facts as from facts_of_batch limit 0")
        con.execute("insert into facts from facts_of_batch")
    return len(rows)


def read_page(path: Path) -> Iterator[Row]:
    """Give the figures of one page."""
    data = path.read_bytes()
    encoding = chardet.detect(data)["encoding"] or "utf-8"
    text = _simplifier().convert(data.decode(encoding, "replace"))
    title = found[1] if (found := _TITLE.search(text)) else path.name
    year = int(found[1]) if (found := _YEAR.search(title)) else 0
    form = "2021" if "本年制发件数" in text else "2019"
    for table in pd.read_html(StringIO(text)):
        for indicator, applicant, value in _figures(table, form):
            yield str(path), title, year, indicator, applicant, value


def _figures(table: pd.DataFrame, form: str) -> Iterator[Figure]:
    rows = table.astype(str).values.tolist()
    width = table.shape[1]
    if width == template.DISCLOSURE_COLUMNS:
        yield from _disclosure(rows, _labels(form))
    elif width == template.REQUEST_LABEL_COLUMNS + len(template.applicants()):
        yield from _requests(rows, _labels(form))
    elif width == len(_disputes(form)):
        yield from (
            (code, None, value) for code, value in zip(_disputes(form), rows[-1], strict=True)
        )


def _disclosure(rows: list[list[str]], labels: Labels) -> Iterator[Figure]:
    head: list[str] = []
    for name, *values in rows:
        if name == template.CONTENT_LABEL:
            head = [_key(label) for label in values]
        for label, value in dict(zip(head, values, strict=False)).items():
            if (_key(name), label) in labels:
                yield labels[_key(name), label], None, value


def _requests(rows: list[list[str]], labels: Labels) -> Iterator[Figure]:
    for row in rows:
        path = tuple(dict.fromkeys(_key(cell) for cell in row[:3]))
        if path in labels:
            for applicant, value in zip(template.applicants(), row[3:], strict=True):
                yield labels[path], applicant.code, value


def _key(text: str) -> str:
    return _MARKS.sub("", text)


@cache
def _simplifier() -> "opencc.OpenCC":
    return opencc.OpenCC("t2s")


@cache
def _labels(form: str) -> Labels:
    """Map label paths, as `read_html` repeats merged labels, to indicators."""
    found = {}
    for indicator in template.indicators(form):
        keys = tuple(map(_key, indicator.path))
        found[keys[1:] if indicator.table == "disclosure" else keys] = indicator.code
    return found


@cache
def _disputes(form: str) -> tuple[str, ...]:
    return tuple(i.code for i in template.indicators(form) if i.table == "disputes")

"""Write `data/samples` from `samples.toml`: `python -m benchmarks.corpus.samples`."""

import tomllib
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.corpus.figures import completed, plain
from benchmarks.corpus.html import html
from benchmarks.corpus.places import places
from benchmarks.corpus.report import KnownReport, Reading, issuer_of
from benchmarks.corpus.scripts import scar, to_traditional
from benchmarks.corpus.template import Key
from benchmarks.corpus.text_layouts import LAYOUTS, tab

DIRECTORY = Path(__file__).parents[2] / "data" / "samples"

RENDERERS: dict[str, Callable[[KnownReport], str]] = {
    **LAYOUTS,
    "tab_plain": partial(tab, broken_heads=False),
    "html": partial(html, charset="gb2312"),
}
_SCRIPTS: dict[str, Callable[[str], str]] = {
    "simplified": str,
    "scarred": scar,
    "s2tw": partial(to_traditional, config="s2tw"),
}

_README_HEAD = """\
# Sample reports

Invented reports of real places: every sentence and figure was made up for this project, nothing
here was published by the places named. `gongkai ingest data/samples` reads them all.

| file | what it shows |
|---|---|
"""
_README_TAIL = """
Written by `python -m benchmarks.corpus.samples` from `benchmarks/corpus/samples.toml`; a test
holds the files against it.
"""


class Sample(NamedTuple):
    """One sample file: name, what it shows, the report in it and its bytes."""

    file: str
    shows: str
    report: KnownReport
    data: bytes


def samples() -> Iterator[Sample]:
    """Give every sample of `samples.toml`, rendered."""
    path = Path(__file__).with_name("samples.toml")
    # Decimal keeps 68.47 what it says.
    for entry in tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["sample"]:
        report = known_report(entry)
        text = RENDERERS[entry["layout"]](report)
        text = _SCRIPTS[entry.get("script", "simplified")](text)
        yield Sample(entry["file"], entry["shows"], report, text.encode(entry["encoding"]))


def known_report(entry: dict[str, Any]) -> KnownReport:
    """Make the report of one entry of `samples.toml`."""
    place = places()[entry["township"]]
    values, readings = _values(entry)
    return KnownReport(
        township_code=place.code,
        org_name=place.township_name,
        issuer=issuer_of(place.township_name),
        county_name=place.county_name,
        city_name=place.city_name,
        province_name=place.province_name,
        year=entry["year"],
        format=entry["format"],
        sections=tuple(tuple(entry["sections"].get(str(number), ())) for number in range(1, 7)),
        values=values,
        readings=readings,
        preamble=tuple(entry["preamble"]),
        published_on=entry["published_on"],
    )


def _values(entry: dict[str, Any]) -> tuple[dict[Key, str | None], dict[Key, Reading]]:
    """Compute the totals of an entry's figures and print them as it asks."""
    leaves: dict[Key, Decimal | int] = {}
    for code, figure in entry["figures"].items():
        if isinstance(figure, dict):
            leaves.update({(code, applicant): value for applicant, value in figure.items()})
        else:
            leaves[code, None] = figure
    figures = completed(leaves, entry["format"])
    values: dict[Key, str | None] = {key: plain(value) for key, value in figures.items()}
    readings = {}
    for cell, text in entry.get("printed", {}).items():
        values[_key(cell)] = text
        readings[_key(cell)] = Reading(figures[_key(cell)])
    for cell in entry.get("blank", ()):
        values[_key(cell)] = None
    for cell, text in entry.get("misprinted", {}).items():
        values[_key(cell)] = text
    return values, readings


def _key(cell: str) -> Key:
    code, _, applicant = cell.partition("/")
    return code, applicant or None


def readme(made: list[Sample]) -> str:
    """Give the text of `data/samples/README.md`."""
    rows = (f"| `{sample.file}` | {sample.shows} |\n" for sample in made)
    return _README_HEAD + "".join(rows) + _README_TAIL


def main() -> None:
    """Write all samples and their README."""
    made = list(samples())
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    for sample in made:
        (DIRECTORY / sample.file).write_bytes(sample.data)
    (DIRECTORY / "README.md").write_bytes(readme(made).encode())
    print(f"{len(made)} samples written to {DIRECTORY}")


if __name__ == "__main__":
    main()

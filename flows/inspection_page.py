"""An inspection as a page for eyes, one block a stage."""

from collections.abc import Iterable, Sequence
from typing import TextIO

from rich import box
from rich.table import Table
from rich.text import Text

from flows.answers import console_for
from flows.cells import plain
from flows.inspect import Inspection
from flows.printable import printable
from transform.records import Fact, Report

_EVIDENCE = ("source", "printed", "division", "weight")
_NARRATIVE = ("section", "metric", "qualifier", "value", "unit", "sentence")
_FINDING = ("rule", "severity", "indicator", "applicant", "expected", "actual", "message")


def print_inspection(inspection: Inspection, stream: TextIO) -> None:
    """Write an inspection, stage by stage, in the order of the work."""
    console = console_for(stream)
    report = inspection.report
    blocks = [
        ("file", _pairs(_file_rows(inspection))),
        ("repairs", _grid(("step", "count", "before", "after"), report.repairs)),
        ("report", _pairs(_report_rows(report))),
        ("evidence", _grid(_EVIDENCE, report.evidence)),
        ("sections", _grid(("no", "heading", "characters"), _section_rows(report))),
        ("figures in prose", _grid(_NARRATIVE, _narrative_rows(report))),
        ("facts by applicant", _applicant_grid(report.facts)),
        ("other facts", _grid(("indicator", "value", "unit", "printed"), _other_rows(report))),
        ("findings", _grid(_FINDING, _finding_rows(inspection))),
    ]
    for title, block in blocks:
        console.print(Text(f"\n── {title}", style="bold"))
        console.print(block if block.row_count else Text("none"))


def _finding_rows(inspection: Inspection) -> Iterable[Sequence[object]]:
    for finding in inspection.findings:
        yield [finding[column] for column in _FINDING]


def _file_rows(inspection: Inspection) -> Iterable[tuple[str, object]]:
    document, source = inspection.document, inspection.report.source
    yield "path", source.source_path
    yield "report_id", source.report_id
    yield "sha256", source.source_sha256
    yield "bytes", source.source_bytes
    yield "reader", document.reader
    yield "encoding", document.encoding
    yield "encoding method", document.encoding_method
    yield "encoding confidence", document.encoding_confidence
    yield "replaced bytes", document.replaced_bytes
    yield "script", inspection.report.script
    yield "pinyin scars", inspection.report.is_scarred


def _report_rows(report: Report) -> Iterable[tuple[str, object]]:
    identity, period = report.identity, report.period
    places = (
        identity.province_name,
        identity.city_name,
        identity.county_name,
        identity.township_name,
    )
    yield "title", report.title
    yield "organisation", identity.org_name
    yield "level", identity.org_level
    yield "division", " ".join(place for place in places if place)
    yield "township code", identity.township_code
    yield "identity", identity.identity_status
    yield "year", period.report_year
    yield (
        "period",
        " to ".join(plain(day) for day in (period.period_start, period.period_end) if day),
    )
    yield "published on", period.published_on
    yield "format", report.format
    yield "status", report.status


def _section_rows(report: Report) -> Iterable[Sequence[object]]:
    for section in report.sections:
        yield section.section_no, section.heading, len(section.body)


def _narrative_rows(report: Report) -> Iterable[Sequence[object]]:
    for fact in report.narrative_facts:
        value = f"about {plain(fact.value)}" if fact.is_approximate else plain(fact.value)
        yield fact.section_no, fact.metric, fact.qualifier, value, fact.unit, fact.sentence


def _applicant_grid(facts: Sequence[Fact]) -> Table:
    """Lay the table of requests out as it is printed: indicators down, applicants across."""
    by_applicant = [fact for fact in facts if fact.applicant]
    applicants = list(dict.fromkeys(fact.applicant for fact in by_applicant if fact.applicant))
    indicators = dict.fromkeys(fact.indicator for fact in by_applicant)
    shown = {(fact.indicator, fact.applicant): _shown(fact) for fact in by_applicant}
    return _grid(
        ("indicator", *applicants),
        (
            [indicator, *(shown.get((indicator, applicant), "") for applicant in applicants)]
            for indicator in indicators
        ),
        right_from=1,
    )


def _other_rows(report: Report) -> Iterable[Sequence[object]]:
    for fact in report.facts:
        if not fact.applicant:
            yield fact.indicator, _shown(fact), fact.unit, fact.raw_text


def _shown(fact: Fact) -> str:
    """Give a value, or the status that stands for it."""
    return plain(fact.value) if fact.value_status == "reported" else fact.value_status


def _pairs(rows: Iterable[tuple[str, object]]) -> Table:
    table = Table(box=None, show_header=False)
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for name, value in rows:
        table.add_row(Text(name), Text(printable(plain(value))))
    return table


def _grid(
    columns: Sequence[str], rows: Iterable[Sequence[object]], right_from: int | None = None
) -> Table:
    table = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    for number, name in enumerate(columns):
        is_right = right_from is not None and number >= right_from
        table.add_column(Text(name), justify="right" if is_right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(plain(value))) for value in row))
    return table

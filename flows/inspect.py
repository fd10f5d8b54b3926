"""Everything known of one file, stage by stage, without touching any warehouse."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from extract import Document, read_document
from flows.limits import MAX_BYTES, limited, too_large
from flows.publish import utc_now
from flows.reference import REFERENCE_DIR, load_reference
from sql import warehouse
from transform.frames import to_frames
from transform.records import Report, Source
from transform.report import build_report

_RUN_ID = "inspect"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What each stage made of a file; `findings` has the columns of the table of that name."""

    document: Document
    report: Report
    findings: tuple[Mapping[str, object], ...]


def inspect_file(path: Path) -> Inspection:
    """Take one file through all stages.

    Raises `extract.UnreadableFileError` for what would be quarantined, and OSError.
    """
    data = _read(path)
    source = Source(path.as_posix(), hashlib.sha256(data).hexdigest(), len(data))
    reference = load_reference()
    with limited(len(data)):
        document = read_document(data)
    with limited(len(data)):
        report = build_report(document, source, reference)
    return Inspection(document, report, _findings(report))


def _read(path: Path) -> bytes:
    """Read what any run would read, of a pipe too, which does not tell its size."""
    with path.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise too_large(f"more than {MAX_BYTES >> 20} MB")
    return data


def as_mapping(inspection: Inspection) -> dict[str, object]:
    """Give an inspection as one object for JSON; names are those of the warehouse."""
    document, report = inspection.document, inspection.report
    return {
        "source_path": report.source.source_path,
        "source_sha256": report.source.source_sha256,
        "source_bytes": report.source.source_bytes,
        "report_id": report.source.report_id,
        "reader": report.reader,
        "encoding": document.encoding,
        "encoding_method": document.encoding_method,
        "encoding_confidence": document.encoding_confidence,
        "replaced_bytes": document.replaced_bytes,
        "script": report.script,
        "is_scarred": report.is_scarred,
        "title": report.title,
        **asdict(report.identity),
        "evidence": [item._asdict() for item in report.evidence],
        **asdict(report.period),
        "format": report.format,
        "status": report.status,
        "repairs": [repair._asdict() for repair in report.repairs],
        "narrative_facts": [fact._asdict() for fact in report.narrative_facts],
        "sections": [section._asdict() for section in report.sections],
        "facts": [fact._asdict() for fact in report.facts],
        "findings": list(inspection.findings),
    }


def _findings(report: Report) -> tuple[Mapping[str, object], ...]:
    """Run the checks over this one report, those in SQL too, in a warehouse in memory."""
    with warehouse.closing(warehouse.connect(Path(":memory:"))) as con:
        warehouse.create(con, REFERENCE_DIR)
        warehouse.load_frames(con, to_frames([report]), _RUN_ID, utc_now())
        warehouse.finish_load(con, _RUN_ID)
        relation = con.table("findings").order("all")
        return tuple(dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall())

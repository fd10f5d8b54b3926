"""The outcome of a run: in lines, and under which keys Prefect has it in tables."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flows.ingest import counted
from flows.records import RunSummary

COUNTS, FINDINGS, QUARANTINE = "gongkai-run", "gongkai-findings", "gongkai-quarantine"
_SHOWN_FAILURES = 20


class Line(NamedTuple):
    """One line for eyes, and what a program wants to know beside it."""

    text: str
    fields: Mapping[str, object]


def describe(summary: RunSummary) -> Iterator[Line]:
    """Give the outcome of a run in lines; the last one has its counts."""
    for failure in summary.failures[:_SHOWN_FAILURES]:
        text = f"quarantined {failure.source_path} ({failure.stage}): {failure.message}"
        yield Line(text, failure._asdict())
    if summary.in_quarantine > min(len(summary.failures), _SHOWN_FAILURES):
        count = counted(summary.in_quarantine, "file")
        text = f"{count} of this inbox in quarantine; see: gongkai quarantine"
        yield Line(text, {"in_quarantine": summary.in_quarantine})
    if summary.files_gone:
        text = f"{counted(summary.files_gone, 'file')} gone from the inbox; the reports are kept"
        yield Line(text, {"files_gone": summary.files_gone})
    fields = {"run_id": summary.run_id, **summary.counts()}
    if not summary.is_published:
        files = counted(summary.files_seen, "file")
        new = f"nothing new: {files} unchanged" if summary.files_seen else "the inbox is empty"
        yield Line(f"{new}, warehouse untouched", fields)
        return
    loaded = f"loaded {counted(summary.reports_loaded, 'report')}"
    findings = f"{counted(summary.findings, 'finding')} in the warehouse"
    yield Line(f"{loaded}, {findings}, {summary.seconds:.1f} s", fields)

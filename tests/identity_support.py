"""Invented reports without their tables: thousands of identities are then resolved quickly."""

from collections.abc import Sequence

from benchmarks.corpus.report import NUMERALS, SECTION_HEADINGS, KnownReport
from benchmarks.corpus.text_layouts import signature
from flows.reference import load_reference
from transform.identity import Resolved, resolve
from transform.identity_sources import read_sources
from transform.title import find_title

PLACES = ("title", "portal", "path", "signature", "prose")


def resolved(
    lines: Sequence[str],
    *,
    title: str | None = None,
    preamble: Sequence[str] = (),
    metadata: Sequence[tuple[str, str]] = (),
    path: str = "report.txt",
) -> Resolved:
    """Resolve a document of these paragraphs."""
    divisions = load_reference().divisions
    page_titles = [value for name, value in metadata if name == "title"]
    title = title or find_title(preamble, page_titles, lines).text
    sources = read_sources(title, preamble, lines, metadata, path, divisions)
    return resolve(sources, divisions)


def bare_lines(report: KnownReport) -> tuple[list[str], list[str]]:
    """Give (preamble, all paragraphs) as printed, the county left out wherever it stands."""
    head = [f"{report.issuer}{report.year}年政府信息公开工作年度报告", *report.preamble]
    lines = list(head)
    for number, heading in enumerate(SECTION_HEADINGS):
        lines += [f"{NUMERALS[number]}、{heading}", *report.sections[number]]
    lines += signature(report)
    return [_bare(line, report) for line in head], [_bare(line, report) for line in lines]


def _bare(line: str, report: KnownReport) -> str:
    """Take the county out of a line, though not out of the township's own name."""
    kept = line.replace(report.org_name, "\0").replace(report.county_name, "本地")
    return kept.replace("\0", report.org_name)


def resolve_known(report: KnownReport, place: str | None) -> Resolved:
    """Resolve a report that names its county in one place only; nowhere where that is None."""
    preamble, lines = bare_lines(report)
    county, metadata, path = report.county_name, [], "report.txt"
    if place == "title":
        lines[0] = preamble[0] = county + preamble[0]
    elif place == "portal":
        metadata = [("sitename", f"{county}人民政府门户网站")]
    elif place == "path":
        path = f"{county}/report.txt"
    elif place == "signature":
        at = max(i for i, line in enumerate(lines) if line == report.issuer)
        lines[at] = county + lines[at]
    elif place == "prose":
        lines.insert(len(lines) // 2, f"工作中得到{county}有关部门的支持。")
    return resolved(lines, preamble=preamble, metadata=metadata, path=path)

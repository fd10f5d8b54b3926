"""`Document` to `Report`: the stages of the transform in order, each a pure function."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.document import Block, Cell, Document, Paragraph, Table
from transform.identity import Resolved, resolve
from transform.identity_sources import read_sources
from transform.kind import why_no_report
from transform.narrative import read_narrative, read_whole_narrative
from transform.parts import Parts, first_report
from transform.period import Dated, read_period
from transform.records import Finding, NarrativeFact, Report, Source
from transform.reference import Reference
from transform.sections import Sections, split_sections
from transform.spaced_rows import with_parted_rows
from transform.tables import OFFICIAL_TABLES, Tables, recognise_tables
from transform.text.clean import Clean, clean
from transform.title import Title, find_title, title_in_cells
from transform.unlaid import without_layout

_FIRST_FORMAT = 2019


def build_report(document: Document, source: Source, reference: Reference) -> Report:
    """Read everything there is to know out of one document."""
    cleaned = clean(list(_texts(document.blocks)), reference.names)
    document = _with_metadata(document, cleaned, reference)
    parts = _first_report(document, _with_texts(document.blocks, cleaned.texts), reference)
    blocks = parts.blocks
    sections = split_sections(blocks, reference.headings, reference.known_labels)
    paragraphs = [block.text for block in blocks if isinstance(block, Paragraph)]
    found = _title(document, blocks, sections, paragraphs)
    tables = recognise_tables(_from_title(blocks, found.text, sections), reference)
    who, when = _who_and_when(document, source, blocks, paragraphs, sections, found.text, reference)
    own_name, year = who.identity.org_name, when.period.report_year
    return Report(
        source=source,
        reader=document.reader,
        encoding=document.encoding,
        encoding_method=document.encoding_method,
        script=cleaned.script,
        is_scarred=cleaned.is_scarred,
        title=found.text,
        identity=who.identity,
        evidence=who.evidence,
        period=when.period,
        format=tables.format,
        status=_status(tables),
        facts=tables.facts,
        sections=sections.sections,
        narrative_facts=_narrative(sections, tables, year, own_name, reference),
        findings=(
            *_text_findings(document, cleaned),
            *parts.findings,
            *_rivals(found),
            *who.findings,
            *when.findings,
            *_section_findings(sections, year, reference),
            *tables.findings,
        ),
        repairs=cleaned.repairs,
        why_no_report=_why_no_report(document, found, paragraphs, sections, tables, year),
    )


def _first_report(document: Document, printed: Sequence[Block], reference: Reference) -> Parts:
    plain = without_layout(printed, reference.headings)
    rows = with_parted_rows(plain, reference.known_labels)
    return first_report(rows, reference.headings, _page_titles(document))


def _who_and_when(
    document: Document,
    source: Source,
    blocks: Sequence[Block],
    paragraphs: Sequence[str],
    sections: Sections,
    title: str | None,
    reference: Reference,
) -> tuple[Resolved, Dated]:
    divisions = reference.divisions
    path, metadata = source.source_path, [*document.metadata, *_own_address(source)]
    said = read_sources(title, sections.preamble, paragraphs, metadata, path, divisions)
    cells = [cell.text for block in blocks if isinstance(block, Table) for cell in block.cells]
    when = read_period(title, paragraphs, document.metadata, source_path=path, cells=cells)
    return resolve(said, divisions), when


def _title(
    document: Document, blocks: Sequence[Block], sections: Sections, paragraphs: Sequence[str]
) -> Title:
    other = (value for name, value in document.metadata if name != "title")
    lines = [line for value in other for line in value.splitlines()]
    page_titles = [*_page_titles(document), *_cell_titles(blocks, sections)]
    return find_title(sections.preamble, page_titles, [*paragraphs, *lines])


def _cell_titles(blocks: Sequence[Block], sections: Sections) -> Iterator[str]:
    """Give the title that a table above the first section holds."""
    paragraphs = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            paragraphs += 1
            if paragraphs > len(sections.preamble):
                return
        elif title := title_in_cells([cell.text for cell in row] for row in block.rows()):
            yield title


def _from_title(blocks: Sequence[Block], title: str | None, sections: Sections) -> Sequence[Block]:
    """Leave out what stands above the title: a site's own figures have official labels too."""
    heading = sections.sections[0].heading if sections.sections else None
    start = 0
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block.text == heading:
            break
        if isinstance(block, Paragraph) and block.text == title:
            start = at
    return blocks[start:] if heading else blocks


def _page_titles(document: Document) -> list[str]:
    return [value for name, value in document.metadata if name == "title"]


def _why_no_report(
    document: Document,
    title: Title,
    paragraphs: Sequence[str],
    sections: Sections,
    tables: Tables,
    year: int | None,
) -> str | None:
    page_titles = _page_titles(document)
    return why_no_report(title, paragraphs, page_titles, sections.sections, tables.facts, year)


def _own_address(source: Source) -> Iterator[tuple[str, str]]:
    """Give the address of a fetched file as pages give their own; its domain is evidence."""
    if source.url:
        yield "url", source.url


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells)


def _with_texts(blocks: Sequence[Block], texts: Sequence[str]) -> list[Block]:
    """Put repaired texts back in the places they came from."""
    following = iter(texts)
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            text = next(following).strip()
            result.append(block if text == block.text else replace(block, text=text))
        else:
            cells = tuple([_with_text(cell, next(following)) for cell in block.cells])
            result.append(block if cells == block.cells else replace(block, cells=cells))
    return result


def _with_metadata(document: Document, cleaned: Clean, reference: Reference) -> Document:
    """Repair what a page says of itself, where its text was in need of that.

    Its title and its portal are in the same script and have the same damage.
    """
    if not document.metadata or not (cleaned.repairs or cleaned.script == "traditional"):
        return document
    names, values = zip(*document.metadata, strict=True)
    again = clean(values, reference.names).texts
    return replace(document, metadata=tuple(zip(names, again, strict=True)))


def _with_text(cell: Cell, text: str) -> Cell:
    text = text.strip()
    return cell if text == cell.text else cell._replace(text=text)


def _status(tables: Tables) -> str:
    """`complete` with all three tables found and no row missing, `text_only` with none."""
    if not tables.found:
        return "text_only"
    has_gap = any(finding.rule == "row_missing" for finding in tables.findings)
    return "partial" if has_gap or len(tables.found) < len(OFFICIAL_TABLES) else "complete"


def _narrative(
    sections: Sections,
    tables: Tables,
    year: int | None,
    own_name: str | None,
    reference: Reference,
) -> tuple[NarrativeFact, ...]:
    """Sections 2 to 4 are tables; one that is missing may be told in words, as may the whole."""
    found = sections.sections
    if tables.found:
        numbers = enumerate(OFFICIAL_TABLES, start=2)
        missing = [number for number, table in numbers if table not in tables.found]
        narrative = reference.narrative
        return read_narrative(found, year, own_name, narrative, without_table=missing)
    return read_whole_narrative(sections.preamble, found, year, own_name, reference.narrative)


def _text_findings(document: Document, cleaned: Clean) -> Iterator[Finding]:
    if document.replaced_bytes:
        message = f"有{document.replaced_bytes}个字节不成字，已以“\ufffd”代替。"
        yield Finding("bytes_replaced", message, actual=str(document.replaced_bytes))
    for place in cleaned.unsolved:
        message = f"有一处文字损伤无法复原，保留原样：{place[:40]}"
        yield Finding("scar_unrepaired", message, evidence=place)


def _rivals(title: Title) -> Iterator[Finding]:
    if title.rivals:
        titles = "、".join(f"“{rival}”" for rival in title.rivals)
        message = f"页首有几份报告的标题，无法判断哪一个是本报告的，都未采用：{titles}"
        yield Finding("title_ambiguous", message, actual="、".join(title.rivals))


def _section_findings(
    sections: Sections, year: int | None, reference: Reference
) -> Iterator[Finding]:
    """Headings that are missing; reports before the format of 2019 had others."""
    if year is not None and year < _FIRST_FORMAT:
        return
    found = {section.section_no for section in sections.sections}
    for number, heading in reference.headings.items():
        if number not in found:
            message = f"没有找到第{'一二三四五六'[number - 1]}部分“{heading}”。"
            yield Finding("section_missing", message, expected=heading)

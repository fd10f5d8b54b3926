"""The table of disclosed information (主动公开政府信息情况): small tables with own headers."""

from collections.abc import Sequence

from extract.document import Cell
from transform.align import align
from transform.form_rows import Match, match_rows
from transform.formats import Format, FormRow, Indicator
from transform.labels import LEAST_SIMILARITY, label_key, similarity
from transform.recognised import (
    Recognised,
    UnitFactors,
    fact_of,
    first_values,
    overlapping,
    unreadable_facts,
)
from transform.records import Fact, Finding
from transform.rows import Row

# The cell in front of the column labels.
_CORNER_KEY = "信息内容"
# Fewer rows without a single column label are a look-alike in another table.
_LEAST_ROWS = 3


def recognise_disclosure(rows: Sequence[Row], form: Format, units: UnitFactors) -> Recognised:
    """Read the rows of a document as this table; rows of other tables match nothing."""
    candidates = [row for row in rows if row.values and any(cell.text for cell in row.labels)]
    found = match_rows(candidates, form.disclosure)
    result = Recognised()
    if not found.matched:
        return result
    headers = [_header_cells(rows, match) for match in found.matched]
    columns = [_columns(cells, m.form) for cells, m in zip(headers, found.matched, strict=True)]
    if len(found.matched) < _LEAST_ROWS and not any(columns):
        return result
    facts: dict[str, list[Fact]] = {}
    for match, header, known in zip(found.matched, headers, columns, strict=True):
        result.score += match.score + sum(score for _, _, score in known)
        facts[match.form.key] = _facts(match, header, known, units, result)
    for copy in found.copies:
        header = _header_cells(rows, copy)
        again = _facts(copy, header, _columns(header, copy.form), units, Recognised())
        _compare(copy, facts, again, result)
    result.facts = [fact for row_facts in facts.values() for fact in row_facts]
    seen = facts.keys()
    result.findings += [_missing(line) for line in form.disclosure if line.key not in seen]
    return result


def _header_cells(rows: Sequence[Row], match: Match) -> list[Cell]:
    """The column labels above a row: of the nearest row that has any, or of its own first cells."""
    own = [cell for cell in match.row.labels if cell.text][:-1]
    if match.row.blanks_lost and any(label_key(cell.text) == _CORNER_KEY for cell in own):
        return _behind_corner(own)
    for row in reversed(rows[: rows.index(match.row)]):
        if row.table_index != match.row.table_index:
            break
        cells = [cell for cell in row.labels if cell.text]
        # Where lines ran on, the last label is that of the row itself.
        cells = cells[:-1] if row.blanks_lost else cells
        if any(label_key(cell.text) == _CORNER_KEY for cell in cells):
            return _behind_corner(cells)
        if any(_fit(cell, match.form) >= LEAST_SIMILARITY for cell in cells):
            return cells
    return []


def _behind_corner(cells: Sequence[Cell]) -> list[Cell]:
    """The column labels behind 信息内容, up to the row label that follows where lines ran on."""
    keys = [label_key(cell.text) for cell in cells]
    corner = len(keys) - 1 - keys[::-1].index(_CORNER_KEY)
    return list(cells[corner + 1 :])


def _fit(cell: Cell, line: FormRow) -> float:
    key = label_key(cell.text)
    return max(similarity(key, column) for column, _ in line.columns)


def _columns(header: Sequence[Cell], line: FormRow) -> list[tuple[int, Indicator, float]]:
    """Match header cells with the form's columns, in order: (header index, figure, similarity)."""
    scores = [
        [similarity(label_key(cell.text), column) for column, _ in line.columns] for cell in header
    ]
    found = align(scores, LEAST_SIMILARITY)
    return [(i, line.columns[j][1], scores[i][j]) for i, j in enumerate(found) if j is not None]


def _facts(
    match: Match,
    header: Sequence[Cell],
    columns: Sequence[tuple[int, Indicator, float]],
    units: UnitFactors,
    result: Recognised,
) -> list[Fact]:
    row, line = match.row, match.form
    if len(columns) < len(line.columns):
        result.findings.append(_header_finding(line, header))
    cells = _cells(match, header, columns)
    if cells is None:
        figures = [(indicator, None) for _, indicator in line.columns]
        return unreadable_facts(figures, row, row.cells[match.start :])
    return [fact_of(indicator, None, cell, row, units, text) for indicator, cell, text in cells]


def _cells(
    match: Match, header: Sequence[Cell], columns: Sequence[tuple[int, Indicator, float]]
) -> list[tuple[Indicator, Cell, str]] | None:
    """Give the cell of each figure with the text of its header, or None where it cannot be told."""
    row, line = match.row, match.form
    complete = len(columns) == len(line.columns)
    if row.has_grid and complete:
        found = []
        for index, indicator, _ in columns:
            place = header[index]
            cells = overlapping(row.cells[match.start :], place.column, place.column_span)
            if len(cells) != 1:
                return None
            found.append((indicator, cells[0], place.text))
        return found
    # Without a header that can be read, only a row of exactly the official width is clear.
    width = len(header) if complete else len(line.columns)
    values = first_values(row, match.start, width)
    if values is None or (header and not complete and len(header) != width):
        return None
    if complete:
        return [(indicator, values[i], header[i].text) for i, indicator, _ in columns]
    pairs = zip(line.columns, values, strict=True)
    return [(indicator, cell, "") for (_, indicator), cell in pairs]


def _header_finding(line: FormRow, header: Sequence[Cell]) -> Finding:
    printed = " ".join(cell.text for cell in header)
    return Finding(
        "header_unrecognised",
        f"“{line.label}”一行的表头无法完整识别，按官方格式的列序读取或标为无法读取。",
        evidence=printed or None,
    )


def _missing(line: FormRow) -> Finding:
    return Finding(
        "row_missing",
        f"主动公开情况表缺少“{line.label}”一行。",
        indicator=line.columns[0][1].code,
    )


def _compare(
    copy: Match, facts: dict[str, list[Fact]], again: list[Fact], result: Recognised
) -> None:
    first = facts[copy.form.key]
    if [fact.value for fact in first] == [fact.value for fact in again]:
        return
    facts[copy.form.key] = [fact._replace(value=None, value_status="unreadable") for fact in first]
    result.findings.append(
        Finding(
            "row_ambiguous",
            f"“{copy.form.label}”出现两次且数字不同，未采用任何一行。",
            indicator=copy.form.columns[0][1].code,
            evidence=" ".join(fact.raw_text for fact in again),
        )
    )

"""Which column is which applicant: headers whole, torn, moved and in pieces."""

import pytest

from extract.document import Cell
from flows.reference import load_reference
from transform.applicant_columns import ApplicantColumns
from transform.form_rows import Match
from transform.rows import Row

APPLICANTS = load_reference().applicants
FORM_ROW = load_reference().formats[-1].requests[0]
OFFICIAL = [applicant.code for applicant in APPLICANTS]
ORGANISATIONS = "商业企业 科研机构 社会公益组织 法律服务机构 其他"

# Rows of a header without columns, a row a string; then the order of the seven columns, N for
# 自然人, 1 to 5 for the organisations, T for 总计, or nothing where it cannot be told.
RAGGED = [
    (["申请人情况", "自然人 法人或其他组织 总计", ORGANISATIONS], "N12345T"),
    (["自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"], "N12345T"),
    (["总计 自然人 法人或其他组织", ORGANISATIONS], "TN12345"),
    (["自然人 总计 法人或其他组织", ORGANISATIONS], "NT12345"),
    (["自然人 法人或其他组织 总计", "科研机构 商业企业 社会公益组织 法律服务机构 其他"], "N21345T"),
    # labels lost or damaged: the official order, if what is left stands in it
    (["自然人 总计", ORGANISATIONS], "N12345T"),
    (["自然人 法人或其他组织 总计", "商业企业 科研机构 法律服务机构 其他"], "N12345T"),
    (["自某人 法人或其他某织 总计", "商某企业 科研某构 社会公某组织 法律某务机构 其他"], "N12345T"),
    ([ORGANISATIONS, "总计"], "N12345T"),
    ([], "N12345T"),
    # another order that damage leaves in doubt
    (["自然人 法人或其他组织 总计", "科研某构 商业企业 社会公益组织 法律服务机构 其他"], ""),
    (["总计 自然人", ORGANISATIONS], ""),
    ([ORGANISATIONS, "自然人 总计"], ""),
    (["总计 法人或其他组织", ORGANISATIONS], ""),
]


def order_of(letters: str) -> list[str]:
    return [OFFICIAL["N12345T".index(letter)] for letter in letters]


def figures(row_index: int, start: int, *, has_grid: bool) -> Match:
    cells = [Cell(FORM_ROW.label, row_index, 0, 1, start)]
    cells += [Cell(str(value), row_index, start + value) for value in range(7)]
    return Match(Row(0, row_index, tuple(cells), 1, has_grid), FORM_ROW, 1, 1.0)


@pytest.mark.parametrize(("header", "letters"), RAGGED)
def test_headers_without_columns(header, letters):
    rows = []
    for index, line in enumerate(header):
        cells = tuple(Cell(text, index, at) for at, text in enumerate(line.split()))
        rows.append(Row(0, index, cells, len(cells)))
    match = figures(len(rows), 1, has_grid=False)
    found = ApplicantColumns([*rows, match.row], [match], APPLICANTS).cells(match.row, 1)
    expected = {code: str(at) for at, code in enumerate(order_of(letters))}
    assert {code: cell.text for code, cell in (found or {}).items()} == expected


def test_a_piece_without_columns_keeps_the_order_of_the_columns_above():
    """The organisations stand a row above the two others, as some readers of PDF give them."""
    above = [
        Row(0, 0, tuple(Cell(text, 0, 5 + at) for at, text in enumerate(ORGANISATIONS.split())), 5),
        Row(0, 1, (Cell("自然人", 1, 4), Cell("总计", 1, 10)), 2),
    ]
    header = [
        Row(row.table_index, row.row_index, row.cells, row.label_count, True) for row in above
    ]
    first = figures(2, 4, has_grid=True)
    piece = figures(3, 4, has_grid=False)
    rows = [*header, first.row, piece.row]
    columns = ApplicantColumns(rows, [first, piece], APPLICANTS)
    for match in (first, piece):
        found = columns.cells(match.row, 1)
        assert {code: cell.text for code, cell in found.items()} == {
            code: str(at) for at, code in enumerate(OFFICIAL)
        }


@pytest.mark.parametrize("blank", [None, 3], ids=["seven figures", "one blank"])
def test_a_figure_where_labels_stand_tells_that_its_row_is_shifted(blank):
    heads = [applicant.key for applicant in APPLICANTS]
    header = Row(0, 0, tuple(Cell(text, 0, 3 + at) for at, text in enumerate(heads)), 7, True)
    first = figures(1, 3, has_grid=True)
    texts = ["" if at == blank else str(at) for at in range(7)]
    cells = [Cell("（七）总计", 2, 0, 1, 2), *(Cell(t, 2, 2 + at) for at, t in enumerate(texts))]
    shifted = Row(0, 2, (*cells, Cell("", 2, 9)), 1, True)
    columns = ApplicantColumns([header, first.row, shifted], [first], APPLICANTS)
    found = columns.cells(shifted, 1)
    assert found is not None
    assert [found[code].text for code in OFFICIAL] == texts


# Where the cells of a header stand on a page that does not say how far they reach across.
LOST = [
    (["申请人情况@1", "自然人@1 法人或其他组织@2 总计@3"], "N12345T"),
    # 总计 stands in front of the organisations, and their group reaches over all of them
    (["自然人@1 总计@2 法人或其他组织@3+5"], "NT12345"),
]


@pytest.mark.parametrize(("upper", "letters"), LOST)
def test_spans_that_are_lost_move_no_figures(upper, letters):
    places = (2, 4, 5, 6, 7) if letters.endswith("T") else (3, 4, 5, 6, 7)
    lines = [
        *upper,
        " ".join(f"{t}@{p}" for t, p in zip(ORGANISATIONS.split(), places, strict=True)),
    ]
    rows = []
    for index, line in enumerate(lines):
        cells = []
        for word in line.split():
            text, _, place = word.partition("@")
            column, _, span = place.partition("+")
            cells.append(Cell(text, index, int(column), 1, int(span or 1)))
        rows.append(Row(0, index, tuple(cells), len(cells), True))
    match = figures(len(rows), 1, has_grid=True)
    found = ApplicantColumns([*rows, match.row], [match], APPLICANTS).cells(match.row, 1)
    expected = {code: str(at) for at, code in enumerate(order_of(letters))}
    assert {code: cell.text for code, cell in found.items()} == expected

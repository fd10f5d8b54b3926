"""What happens to rows and columns: lost, repeated, moved, added, merged cells taken apart."""

from random import Random

from benchmarks.corpus.template import Grid, GridCell, column_count, spread

# A table with fewer rows has a header and little else.
_TALL = 8


def _breaks(grid: Grid) -> list[int]:
    """Rows that no cell from above reaches into: where a table may be cut."""
    free, reach = [], 0
    for at, row in enumerate(grid):
        if at >= reach:
            free.append(at)
        reach = max([reach, *(at + cell.row_span for cell in row)])
    return free


def _figure_rows(grid: Grid) -> list[int]:
    return [
        at
        for at in _breaks(grid)
        if any(cell.key for cell in grid[at]) and all(cell.row_span == 1 for cell in grid[at])
    ]


def missing_row(random: Random, grid: Grid) -> Grid:
    """A row is gone."""
    rows = _figure_rows(grid) if len(grid) > _TALL else []
    gone = random.choice(rows) if rows else -1
    return tuple(row for at, row in enumerate(grid) if at != gone)


def repeated_header(random: Random, grid: Grid) -> Grid:
    """The header stands again where the table crosses a page."""
    places = [at for at in _breaks(grid) if at > 3] if len(grid) > 2 * _TALL else []
    if not places:
        return grid
    at = random.choice(places)
    return grid[:at] + grid[:3] + grid[at:]


def blank_rows(random: Random, grid: Grid) -> Grid:
    """Rows of nothing between the others."""
    width = sum(cell.col_span for cell in grid[0])
    blank = tuple(GridCell("", 1, 1, None) for _ in range(width))
    free = set(_breaks(grid)) - {0}
    return tuple(
        part for at, row in enumerate(grid) for part in ((blank, row) if at in free else (row,))
    )


def swapped_rows(random: Random, grid: Grid) -> Grid:
    """Two neighbouring rows have changed places."""
    rows = [at for at in _figure_rows(grid) if at + 1 in _figure_rows(grid)]
    if not rows:
        return grid
    at = random.choice(rows)
    return (*grid[:at], grid[at + 1], grid[at], *grid[at + 2 :])


def extra_column(random: Random, grid: Grid) -> Grid:
    """A column of remarks behind the last one, all blank but for its header."""
    texts = ["备注"] + [""] * (len(grid) - 1)
    return tuple((*row, GridCell(text, 1, 1, None)) for row, text in zip(grid, texts, strict=True))


def _total_row(grid: Grid) -> int | None:
    return next((at for at, row in enumerate(grid) if row[0].text == "（七）总计"), None)


def total_row_first(random: Random, grid: Grid) -> Grid:
    """The total of the outcomes stands above them instead of below."""
    total = _total_row(grid)
    if total is None:
        return grid
    top = next(at for at, row in enumerate(grid) if row[0].row_span > 10)
    group, *first = grid[top]
    rows = [*grid[:top], (group, *grid[total]), tuple(first), *grid[top + 1 : total]]
    return (*rows, *grid[total + 1 :])


def total_column_first(random: Random, grid: Grid) -> Grid:
    """The column 总计 of the applicants stands in front of the others."""
    if not any(cell.key and cell.key[1] for row in grid for cell in row):
        return grid
    moved = []
    for row in grid:
        values = [cell for cell in row if cell.key]
        if values:
            labels = [cell for cell in row if not cell.key]
            moved.append((*labels, values[-1], *values[:-1]))
        elif row[-1].text == "总计":
            moved.append((row[-1], *row[:-1]))
        else:
            moved.append(row)
    return tuple(moved)


def swapped_columns(random: Random, grid: Grid) -> Grid:
    """Two neighbouring columns of organisations have changed places, their heads with them."""
    if not any(cell.key and cell.key[1] for row in grid for cell in row):
        return grid
    organisation = random.randrange(4)
    heads = _header_height(grid) - 1
    changed = []
    for at, row in enumerate(grid):
        # Figures of the organisations stand behind that of 自然人; their heads alone in a row.
        first = next((i + 1 for i, cell in enumerate(row) if cell.key), 0 if at == heads else None)
        changed.append(row if first is None else _swapped(row, first + organisation))
    return tuple(changed)


def _swapped(row: tuple[GridCell, ...], at: int) -> tuple[GridCell, ...]:
    return (*row[:at], row[at + 1], row[at], *row[at + 2 :])


def row_numbers(random: Random, grid: Grid) -> Grid:
    """A column of running numbers stands in front."""
    first = GridCell("序号", _header_height(grid))
    numbered: list[tuple[GridCell, ...]] = []
    for at, row in enumerate(grid):
        if at == 0:
            numbered.append((first, *row))
        elif at < first.row_span:
            numbered.append(row)
        else:
            numbered.append((GridCell(str(at - first.row_span + 1)), *row))
    return tuple(numbered)


def _header_height(grid: Grid) -> int:
    return max(1, next(at for at, row in enumerate(grid) if any(cell.key for cell in row)))


def title_row(random: Random, grid: Grid) -> Grid:
    """The title of the table and who filled it in stand in rows of their own at its top."""
    width = column_count(grid)
    title = GridCell("政府信息公开工作情况统计表", col_span=width)
    author = GridCell("填报单位：（盖章）", col_span=width)
    return ((title,), (author,), *grid)


def note_rows(random: Random, grid: Grid) -> Grid:
    """Filling instructions stand in rows of their own below the header and at the end."""
    width = column_count(grid)
    note = (GridCell("说明：各单位应如实填写，没有的填“0”。", col_span=width),)
    free = [at for at in _breaks(grid) if at >= _header_height(grid)]
    at = random.choice(free or [len(grid)])
    return (*grid[:at], note, *grid[at:], note)


def groups_on_every_row(random: Random, grid: Grid) -> Grid:
    """Merged cells were taken apart and filled: a group's label stands on each of its rows."""
    return tuple(
        tuple(cell._replace(row_span=1) for cell, _ in row) if _is_figures(row) else grid[at]
        for at, row in enumerate(map(list, spread(grid)))
    )


def groups_lost(random: Random, grid: Grid) -> Grid:
    """The labels of groups are gone, their cells are not."""
    top = _header_height(grid)
    return tuple(
        tuple(cell._replace(text="") if cell.row_span > 1 and at >= top else cell for cell in row)
        for at, row in enumerate(grid)
    )


def _is_figures(row: list[tuple[GridCell, bool]]) -> bool:
    return any(cell.key for cell, _ in row)


def header_lost(random: Random, grid: Grid) -> Grid:
    """The rows above the first figures are gone."""
    return grid[_header_height(grid) :] if len(grid) > _TALL else grid

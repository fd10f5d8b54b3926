"""Which printed column is which: the labels above a table, read in the order of their columns.

Labels of a header are torn over lines and rows, stand in two or three levels, and where plain text
lost merged cells their columns are lost too. What is found must either name every column, or be
the official order with gaps; anything else is no order at all.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from extract.document import Cell
from transform.align import align
from transform.labels import LEAST_SIMILARITY, label_key, similarity
from transform.rows import Row

# Out of the official order only labels that leave no doubt count.
CERTAIN = 0.9
# A label of a header has three line breaks at most: 社会 公益 组织.
_RUNS = range(1, 5)

# A column, and the texts that stand in it one below the other.
_Stack = tuple[int, tuple[str, ...]]


def printed_labels(
    rows: Sequence[Row], known: Collection[str], least: float = LEAST_SIMILARITY
) -> list[str]:
    """Give the label keys of a header without columns that are like a known one, as printed.

    Labels torn over rows are whole again where rows with as many cells are laid on each other;
    that is taken unless it finds less. Where line breaks in labels became lines or rows, labels
    joined from what follows each other must name every column.
    """
    cells = [cell for row in rows for cell in row.cells if cell.text]
    laid = _alike(_laid_on_each_other(rows), known, least)
    plain = _alike((cell.text for cell in cells), known, least)
    best = max(laid, plain, key=len)
    if Counter(best) == Counter(known):
        return best
    joined = [label_key(cell.text) for cell in joined_cells(cells, frozenset(known))]
    return joined if Counter(joined) == Counter(known) else best


def joined_cells(cells: Sequence[Cell], known: frozenset[str]) -> list[Cell]:
    """Give the cells that are a known label, each made of as few that follow each other as are.

    So stand labels where the line breaks inside them became lines, cells or rows.
    """
    joined: list[Cell] = []
    at = 0
    while at < len(cells):
        runs = (cells[at : at + size] for size in _RUNS)
        texts = (("".join(cell.text for cell in run), len(run)) for run in runs)
        text, size = next((run for run in texts if label_key(run[0]) in known), ("", 1))
        if text:
            joined.append(cells[at]._replace(text=text))
        at += size
    return joined


def _alike(texts: Iterable[str], known: Collection[str], least: float) -> list[str]:
    known = tuple(known)
    keys = map(label_key, texts)
    return [key for key in keys if similarity(key, closest(key, known)) >= least]


def _laid_on_each_other(rows: Sequence[Row]) -> Iterator[str]:
    for _, run in groupby(rows, key=lambda row: len(row.cells)):
        for column in zip(*(row.cells for row in run), strict=True):
            yield "".join(cell.text for cell in column)


@lru_cache(maxsize=8192)
def closest(key: str, known: tuple[str, ...]) -> str:
    """Give the known label key that is most like a printed one, of those the first."""
    return max(known, key=lambda official: similarity(key, official))


def is_in_order(printed: Sequence[str], official: Sequence[str]) -> bool:
    """Tell whether printed labels may stand in the official order, whatever is missing between.

    A label cut short may be several: 结果 is 结果维持 or 结果纠正, whichever comes.
    """
    following = iter(official)
    return all(any(similarity(key, o) >= LEAST_SIMILARITY for o in following) for key in printed)


def grid_columns(cells: Sequence[Cell], keys: Sequence[str]) -> Mapping[str, tuple[int, int]]:
    """Map label keys, given in official order, to their grid columns (first, how many).

    A label may be torn over rows, and a group's label stands above the first of its columns: so
    every run of cells one below the other is tried. Empty unless all are found, in order or each
    beyond doubt.
    """
    stacks = _stacks(cells)
    texts = tuple(
        [(place, tuple([cell.text for cell in stacks[place]])) for place in sorted(stacks)]
    )
    pairs = _places_of(texts, tuple(keys))
    return {key: (place, stacks[place][-1].column_span) for key, place in pairs.items()}


@lru_cache(maxsize=1024)
def _places_of(stacks: tuple[_Stack, ...], keys: tuple[str, ...]) -> Mapping[str, int]:
    places = [place for place, _ in stacks]
    scores = [[_stack_likeness(texts, key) for key in keys] for _, texts in stacks]
    found = align(scores, LEAST_SIMILARITY)
    pairs = {keys[j]: places[i] for i, j in enumerate(found) if j is not None}
    return pairs if len(pairs) == len(keys) else _in_any_order(scores, keys, places)


def grid_labels(
    cells: Sequence[Cell], known: Collection[str], least: float = LEAST_SIMILARITY
) -> list[str]:
    """Give the label keys like a known one, one a grid column at most, in the order of columns."""
    stacks = _stacks(cells)
    known = tuple(known)
    best = (
        _likest_run(tuple([cell.text for cell in stacks[place]]), known) for place in sorted(stacks)
    )
    return _alike(best, known, least)


@lru_cache(maxsize=1024)
def _likest_run(texts: tuple[str, ...], known: tuple[str, ...]) -> str:
    return max(_runs(texts), key=lambda key: similarity(key, closest(key, known)))


def _stacks(cells: Sequence[Cell]) -> dict[int, list[Cell]]:
    stacks: dict[int, list[Cell]] = {}
    for cell in cells:
        stacks.setdefault(cell.column, []).append(cell)
    return stacks


def _in_any_order(
    scores: Sequence[Sequence[float]], keys: Sequence[str], places: Sequence[int]
) -> dict[str, int]:
    found = {
        keys[j]: places[i]
        for i, row in enumerate(scores)
        for j, score in enumerate(row)
        if score >= CERTAIN
    }
    return found if len(set(found.values())) == len(keys) else {}


def _stack_likeness(texts: Sequence[str], key: str) -> float:
    return max(similarity(run, key) for run in _runs(texts))


def _runs(texts: Sequence[str]) -> list[str]:
    """Give the label keys of every run of cells one below the other."""
    return [
        label_key("".join(texts[first:last]))
        for first in range(len(texts))
        for last in range(first + 1, len(texts) + 1)
    ]

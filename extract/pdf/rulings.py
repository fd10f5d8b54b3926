"""The straight lines of a PDF page: what borders of tables are drawn with.

A border is a stroked line, the side of a stroked box, or a filled box too thin to be a surface.
Surfaces (shaded cells and rows) draw no border: their edges say nothing about rows.
"""

import ctypes
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

Place = Callable[[float, float], tuple[float, float]]
_Point = tuple[float, float]
_Matrix = tuple[float, float, float, float, float, float]

_DEEPEST_FORM = 6
_MOST_SEGMENTS = 300_000
_THICKEST = 2.6
_STRAIGHT = 1.0
_SHORTEST = 1.5
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Ruling(NamedTuple):
    """A straight line along an axis: one of its two extents is nothing."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_level(self) -> bool:
        """Whether it runs from left to right."""
        return self.top == self.bottom


class Drawn(NamedTuple):
    """What is on a page besides text."""

    rulings: list[Ruling]
    picture_area: float


def rulings_of(page: pdfium.PdfPage, place: Place, most_objects: int) -> Drawn | None:
    """Give the rulings as `place` shows them; None if there is far too much on the page."""
    rulings: list[Ruling] = []
    pictures = 0.0
    segments = 0
    for count, (part, kind, matrix) in enumerate(_parts(page.raw, _IDENTITY, 0)):
        if count > most_objects or segments > _MOST_SEGMENTS:
            return None
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            pictures += _area(_combined(_matrix_of(part), matrix))
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            segments += pdfium_c.FPDFPath_CountSegments(part)
            if segments <= _MOST_SEGMENTS:
                rulings += _rulings_of_path(part, _combined(_matrix_of(part), matrix), place)
    return Drawn(rulings, pictures)


def _parts(
    holder: ctypes.c_void_p, matrix: _Matrix, depth: int
) -> Iterator[tuple[ctypes.c_void_p, int, _Matrix]]:
    """All parts of a page, those inside of forms too, with the matrix of what they are in."""
    count = pdfium_c.FPDFFormObj_CountObjects if depth else pdfium_c.FPDFPage_CountObjects
    get = pdfium_c.FPDFFormObj_GetObject if depth else pdfium_c.FPDFPage_GetObject
    for index in range(count(holder)):
        part = get(holder, index)
        kind = pdfium_c.FPDFPageObj_GetType(part)
        yield part, kind, matrix
        if kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            yield from _parts(part, _combined(_matrix_of(part), matrix), depth + 1)


def _matrix_of(part: ctypes.c_void_p) -> _Matrix:
    raw = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(part, raw):
        return _IDENTITY
    return raw.a, raw.b, raw.c, raw.d, raw.e, raw.f


def _combined(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    origin = _moved((e, f), then)
    return (
        a * then[0] + b * then[2],
        a * then[1] + b * then[3],
        c * then[0] + d * then[2],
        c * then[1] + d * then[3],
        *origin,
    )


def _moved(point: _Point, matrix: _Matrix) -> _Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def _area(matrix: _Matrix) -> float:
    return abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])


def _rulings_of_path(part: ctypes.c_void_p, matrix: _Matrix, place: Place) -> Iterator[Ruling]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(part, fill, stroke)
    for outline in _outlines(part):
        points = [place(*_moved(point, matrix)) for point in outline]
        if stroke.value:
            for start, end in pairwise(points):
                yield from _ruling((start, end), _STRAIGHT)
        elif fill.value:
            yield from _ruling(points, _THICKEST)


def _outlines(part: ctypes.c_void_p) -> Iterator[list[_Point]]:
    """The strokes of a path as chains of points; a curve breaks a chain."""
    x, y = ctypes.c_float(), ctypes.c_float()
    chain: list[_Point] = []
    for index in range(pdfium_c.FPDFPath_CountSegments(part)):
        segment = pdfium_c.FPDFPath_GetPathSegment(part, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium_c.FPDFPathSegment_GetType(segment) != pdfium_c.FPDF_SEGMENT_LINETO and chain:
            yield chain
            chain = []
        chain.append((x.value, y.value))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            yield [*chain, chain[0]]
            chain = []
    yield chain


def _ruling(points: list[_Point] | tuple[_Point, _Point], thickest: float) -> Iterator[Ruling]:
    """The line that points lie along, if it is level or upright and no thicker than allowed."""
    if len(points) < 2:
        return
    x0, x1 = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    if max(x1 - x0, bottom - top) < _SHORTEST:
        return
    if bottom - top <= thickest and x1 - x0 > bottom - top:
        yield Ruling(x0, (top + bottom) / 2, x1, (top + bottom) / 2)
    elif x1 - x0 <= thickest and bottom - top > x1 - x0:
        yield Ruling((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)

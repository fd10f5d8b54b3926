"""Monotone alignment of the rows a document prints with the rows a form has.

The best total of similarities over all ways to match in order (Needleman & Wunsch 1970, with free
gaps): so that 其他 and 总计, which stand in several places, are told apart by their neighbours.
"""

from collections.abc import Sequence


def align(scores: Sequence[Sequence[float]], least: float) -> list[int | None]:
    """Match rows to form rows; give for each row the index of its form row, or None.

    `scores[i][j]` is the similarity of row i to form row j; pairs below `least` never match.

    >>> align([[0.9, 0.2], [0.1, 0.1], [0.3, 1.0]], 0.6)
    [0, None, 1]
    """
    matches: list[int | None] = [None] * len(scores)
    # Most lines of a page are like no heading.
    rows = [i for i, row in enumerate(scores) if max(row, default=0.0) >= least]
    for i, match in zip(rows, _aligned([scores[i] for i in rows], least), strict=True):
        matches[i] = match
    return matches


def _aligned(scores: Sequence[Sequence[float]], least: float) -> list[int | None]:
    height, width = len(scores), len(scores[0]) if scores else 0
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        row, below = best[i], best[i + 1]
        for j in range(width - 1, -1, -1):
            score = scores[i][j]
            matched = below[j + 1] + _gain(score, least) if score >= least else 0.0
            row[j] = max(below[j], row[j + 1], matched)
    return _trace(scores, best, least)


def _gain(score: float, least: float) -> float:
    """What a pair adds: two lookalikes must not outweigh one row that is beyond doubt."""
    return 0.01 + ((score - least) / (1 - least)) ** 2


def _trace(
    scores: Sequence[Sequence[float]], best: list[list[float]], least: float
) -> list[int | None]:
    height, width = len(scores), len(scores[0]) if scores else 0
    matches: list[int | None] = [None] * height
    i = j = 0
    while i < height and j < width:
        score = scores[i][j]
        if score >= least and best[i][j] == best[i + 1][j + 1] + _gain(score, least):
            matches[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return matches

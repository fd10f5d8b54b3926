"""Values of DuckDB as text: one way for tables and CSV, one for JSON. Decimals stay exact."""

import datetime
import json
import math
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import UnionType
from typing import Any

from flows.printable import printable_json


def plain(value: object) -> str:
    """Give a value as people and spreadsheets read it; NULL is empty.

    >>> plain(Decimal("42.8560")), plain(Decimal("100")), plain(None), plain(True)
    ('42.856', '100', '', 'true')
    """
    if value is None:
        return ""
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    return str(value)


def to_json(value: object) -> str:
    """Give a value as JSON on one line; decimals are numbers, dates are ISO strings.

    >>> to_json({"value": Decimal("0.10"), "day": datetime.date(2022, 1, 31), "note": None})
    '{"value": 0.1, "day": "2022-01-31", "note": null}'
    """
    if isinstance(value, Mapping):
        pairs = (f"{to_json(str(key))}: {to_json(below)}" for key, below in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return f"[{', '.join(to_json(below) for below in value)}]"
    if isinstance(value, Decimal):
        return _decimal(value)
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return "null"
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    return printable_json(json.dumps(plain(value), ensure_ascii=False))


def _decimal(value: Decimal) -> str:
    """Write a decimal out in full, without the zeros its column type adds."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _float(value: float) -> str:
    if math.isnan(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


# The first kind that fits counts: a bool is an int to Python.
_WRITERS: tuple[tuple[type | UnionType, Callable[[Any], str]], ...] = (
    (str, str),
    (bool, lambda value: str(value).lower()),
    (Decimal, _decimal),
    (float, _float),
    (datetime.date | datetime.time, lambda value: value.isoformat()),
    (Mapping | list | tuple, to_json),
)

"""JSON-stat 2: the shape, checked; dense or sparse values; what the status signs mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any

from bosett.sources.opened import Opened
from bosett.terms.errors import BadInput
from bosett.terms.figure import State

HIDDEN = (":", "c", "..c")
"""Signs for a confidential value (Statistics Norway `:`, Eurostat `c`)."""
CELLS_LIMIT = 5_000_000


@dataclass(frozen=True)
class Dimension:
    """A dimension's id and categories in order."""

    id: str
    codes: tuple[str, ...]
    labels: dict[str, str]


@dataclass(frozen=True)
class Cell:
    """One cell: the code in each dimension, and its state and value."""

    codes: dict[str, str]
    state: State
    value: int | Decimal | None


@dataclass(frozen=True)
class JsonStat:
    """A data set with its dimensions, in the order that the values run (the last fastest)."""

    label: str
    source: str
    updated: str
    table_id: str
    dimensions: tuple[Dimension, ...]
    values: dict[int, Any]
    status: dict[int, str]

    def cells(self) -> Iterator[Cell]:
        """Every cell; one without a value is `suppressed` when its sign says so, else `not_stored`."""
        names = [dimension.id for dimension in self.dimensions]
        for place, codes in enumerate(product(*(dimension.codes for dimension in self.dimensions))):
            value = self.values.get(place)
            told = dict(zip(names, codes, strict=True))
            if value is not None:
                yield Cell(told, State.NUMBER, _number(value, place))
            else:
                hidden = self.status.get(place, "") in HIDDEN
                yield Cell(told, State.SUPPRESSED if hidden else State.NOT_STORED, None)


def read_jsonstat(file: Opened) -> JsonStat:
    """Read a data set.

    Raises
    ------
    BadInput
        If it is no JSON-stat 2 data set; if sizes, categories, values and signs do not fit each
        other; or if it is an answer that tells of an error.
    """
    told = file.json()
    if not isinstance(told, dict) or told.get("class") != "dataset" or "dimension" not in told:
        found = f"a JSON file without class dataset ({_keys(told)})"
        raise BadInput(found, "JSON-stat 2 of class dataset", file.name)
    ids, sizes = told.get("id"), told.get("size")
    if not isinstance(ids, list) or not isinstance(sizes, list) or len(ids) != len(sizes):
        raise BadInput("id and size that don't fit each other", "one size for each id", file.name)
    cells = prod(sizes) if all(type(size) is int and size > 0 for size in sizes) else 0
    if not 0 < cells <= CELLS_LIMIT:
        raise BadInput(f"the size {sizes}", f"whole numbers, at most {CELLS_LIMIT:,} cells", file.name)
    dimensions = tuple(_dimension(told, one, size, file.name) for one, size in zip(ids, sizes, strict=True))
    values = _by_place(told.get("value"), cells, "value", file.name)
    status = {place: str(sign) for place, sign in _signs(told, cells, file.name).items() if sign}
    table_id = str(_extension(told).get("id", "")).upper() or str(told.get("label", "")).partition(":")[0]
    texts = [str(told.get(key, "")) for key in ("label", "source", "updated")]
    return JsonStat(texts[0], texts[1], texts[2], table_id, dimensions, values, status)


def _extension(told: dict[str, Any]) -> dict[str, Any]:
    extension = told.get("extension")
    return extension if isinstance(extension, dict) else {}


def _signs(told: dict[str, Any], cells: int, file: str) -> dict[int, Any]:
    signs = told.get("status")
    if signs is None:
        return {}
    if isinstance(signs, str):
        return dict.fromkeys(range(cells), signs)
    return _by_place(signs, cells, "status", file)


def _by_place(told: Any, cells: int, what: str, file: str) -> dict[int, Any]:
    """A dense list of exactly the size, or a sparse mapping whose places lie within it."""
    if isinstance(told, list):
        if len(told) != cells:
            raise BadInput(f"{len(told)} in {what}", f"{cells}, the product of size", file, column=what)
        return {place: one for place, one in enumerate(told) if one is not None}
    if not isinstance(told, dict):
        raise BadInput(f"no {what}", "a list or a mapping", file, column=what)
    found = {}
    for place, one in told.items():
        if not (place.isascii() and place.isdigit()) or int(place) >= cells:
            raise BadInput(f"the place {place!r} in {what}", f"0 to {cells - 1}", file, column=what)
        if one is not None:
            found[int(place)] = one
    return found


def _dimension(told: dict[str, Any], name: str, size: int, file: str) -> Dimension:
    dimensions = told["dimension"]
    dimension = dimensions.get(name) if isinstance(dimensions, dict) and isinstance(name, str) else None
    category = dimension.get("category") if isinstance(dimension, dict) else None
    if not isinstance(category, dict):
        raise BadInput(f"no categories of {name!r}", "dimension with category", file, column=str(name))
    labels = _texts(category.get("label"))
    codes = _codes(category.get("index"), tuple(labels), name, file)
    if len(codes) != size or len(set(codes)) != size:
        raise BadInput(f"{len(codes)} categories of {name}", f"{size}, as size says", file, column=name)
    return Dimension(name, codes, labels)


def _texts(told: Any) -> dict[str, str]:
    return {str(code): str(text) for code, text in told.items()} if isinstance(told, dict) else {}


def _codes(index: Any, otherwise: tuple[str, ...], name: str, file: str) -> tuple[str, ...]:
    """The categories in order: by the places a mapping gives, as a list stands, or by the labels."""
    if isinstance(index, list):
        return tuple(str(code) for code in index)
    if not isinstance(index, dict):
        return otherwise
    places = list(index.values())
    if any(isinstance(at, bool) or not isinstance(at, int) for at in places) or sorted(places) != list(
        range(len(places))
    ):
        raise BadInput(f"the places {str(places)[:40]}", "0, 1, 2, ...", file, column=name)
    return tuple(sorted(index, key=lambda code: int(index[code])))


def _number(value: Any, place: int) -> int | Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadInput(f"{value!r} at place {place}", "a number or null", column="value")
    number = Decimal(str(value))
    if not number.is_finite():
        raise BadInput(f"{value!r} at place {place}", "a finite number", column="value")
    return int(number) if number == number.to_integral_value() else number


def _keys(told: Any) -> str:
    return ", ".join(list(told)[:5]) if isinstance(told, dict) else type(told).__name__

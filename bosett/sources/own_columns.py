"""The header of the project's own figure tables: a column says which measure it holds, and for whom."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bosett.statistics.measures import MEASURES
from bosett.terms.errors import BadInput
from bosett.terms.observation import Breakdown

INDEX_COLUMNS = ("place", "year", "month", "quarter", "published")
_HEADER = re.compile(r"([a-z_0-9]+)(?:@(\d{4}))?((?:\|[a-z_]+=[A-Za-z0-9_]+)*)", re.ASCII)


@dataclass(frozen=True)
class FigureColumn:
    """A column of figures: `settled|protection=collective`, or `population@1990` with its year."""

    name: str
    measure_id: str
    unit: str
    year: int | None
    breakdown: Breakdown


@dataclass(frozen=True)
class OwnHeader:
    """The columns of a table by what they do; numbers are places in the row."""

    index: dict[str, int]
    dimensions: tuple[tuple[str, int], ...]
    figures: tuple[tuple[FigureColumn, int], ...]


def read_header(names: tuple[str, ...], file: str) -> OwnHeader:
    """Sort the columns.

    A column named like a dimension of a measure of the table holds that dimension's values.

    Raises
    ------
    BadInput
        For a column that is none of them, a dimension that a measure does not have, no column of
        figures, or figures without a year.
    """
    figures = tuple((_figure(name, file), at) for at, name in enumerate(names) if _is_figure(name))
    if not figures:
        raise BadInput("no column of figures", "at least one measure", file, 1)
    index = {name: at for at, name in enumerate(names) if name in INDEX_COLUMNS}
    known = set(index) | {figure.name for figure, _ in figures}
    dimensions = tuple((name, at) for at, name in enumerate(names) if name not in known)
    for figure, _ in figures:
        _check(figure, tuple(name for name, _ in dimensions), "year" in index, file)
    return OwnHeader(index, dimensions, figures)


def _is_figure(name: str) -> bool:
    return re.split(r"[@|]", name, maxsplit=1)[0] in MEASURES


def _figure(name: str, file: str) -> FigureColumn:
    found = _HEADER.fullmatch(name)
    if found is None:
        raise BadInput(repr(name), "measure[@year][|dimension=value]...", file, 1, name)
    measure_id, year, told = found.groups()
    pairs = [part.partition("=") for part in told.split("|") if part]
    breakdown = tuple(sorted((dimension, value) for dimension, _, value in pairs))
    return FigureColumn(name, measure_id, MEASURES[measure_id].unit, int(year) if year else None, breakdown)


def _check(figure: FigureColumn, dimensions: tuple[str, ...], has_year: bool, file: str) -> None:
    allowed = MEASURES[figure.measure_id].dimensions
    for dimension in (*dimensions, *(name for name, _ in figure.breakdown)):
        if dimension not in allowed:
            listed = ", ".join((*INDEX_COLUMNS, *allowed))
            raise BadInput(f"the column or dimension {dimension!r}", listed, file, 1, figure.name)
    if has_year == (figure.year is not None):
        raise BadInput(f"{figure.name} and the year", "a column year, or @year in the name", file, 1)


def column_name(measure_id: str, breakdown: Breakdown) -> str:
    """The heading of a measure with a breakdown: `settled|protection=collective`."""
    return "|".join((measure_id, *(f"{dimension}={value}" for dimension, value in breakdown)))

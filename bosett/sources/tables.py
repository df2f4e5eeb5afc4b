"""Tables from files as checked rows: every fault names file, row, column, what was found, what is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from bosett.sources.cells import read_cells
from bosett.terms.days import Month
from bosett.terms.errors import BadInput

T = TypeVar("T")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d+(\.0*)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YES_NO = {"1": True, "true": True, "0": False, "false": False}


@dataclass(frozen=True)
class Row:
    """One row of a table; cells are read by column name.

    Methods that start with `maybe_` give None for an empty cell or a column that is not there; the
    others refuse it.  All raise `BadInput` naming the place.
    """

    file: str
    line: int
    places: dict[str, int]
    cells: list[str]

    def identifier(self, column: str) -> str:
        """A key as written; blanks before or after are refused, since joins would fail in silence."""
        return self._given(column, self.maybe_identifier(column), "an identifier")

    def maybe_identifier(self, column: str) -> str | None:
        """Like `identifier`, None when empty."""
        cell = self.raw(column)
        if cell != cell.strip():
            raise self.bad(column, "an identifier without blanks before or after")
        return cell or None

    def text(self, column: str) -> str:
        """A text without the blanks around it, not empty."""
        return self._given(column, self.raw(column).strip() or None, "a text")

    def whole(self, column: str, minimum: int | None = None) -> int:
        """A whole number, at least `minimum`."""
        return self._given(column, self.maybe_whole(column, minimum), _whole_allowed(minimum))

    def maybe_whole(self, column: str, minimum: int | None = None) -> int | None:
        """Like `whole`, None when empty."""
        cell = self.raw(column).strip()
        if not cell:
            return None
        if not _WHOLE.fullmatch(cell):
            raise self.bad(column, _whole_allowed(minimum))
        value = int(cell.partition(".")[0])
        if minimum is not None and value < minimum:
            raise self.bad(column, _whole_allowed(minimum))
        return value

    def number(self, column: str, minimum: int | None = None) -> Fraction:
        """A finite decimal number, exactly as written, at least `minimum`."""
        return self._given(column, self.maybe_number(column, minimum), _number_allowed(minimum))

    def maybe_number(self, column: str, minimum: int | None = None) -> Fraction | None:
        """Like `number`, None when empty."""
        cell = self.raw(column).strip()
        if not cell:
            return None
        if not _NUMBER.fullmatch(cell) or (minimum is not None and Fraction(cell) < minimum):
            raise self.bad(column, _number_allowed(minimum))
        return Fraction(cell)

    def day(self, column: str) -> date:
        """An ISO date."""
        return self._given(column, self.maybe_day(column), "a date as YYYY-MM-DD")

    def maybe_day(self, column: str) -> date | None:
        """Like `day`, None when empty; a workbook's midnight is read as its day."""
        cell = self.raw(column).strip().removesuffix(" 00:00:00").removesuffix("T00:00:00")
        if not cell:
            return None
        if not _DAY.fullmatch(cell):
            raise self.bad(column, "a date as YYYY-MM-DD")
        try:
            return date.fromisoformat(cell)
        except ValueError:
            raise self.bad(column, "a date as YYYY-MM-DD") from None

    def month(self, column: str) -> Month:
        """A month as `YYYY-MM`."""
        try:
            return Month.parse(self.raw(column).strip())
        except ValueError:
            raise self.bad(column, "a month as YYYY-MM") from None

    def maybe_yes(self, column: str) -> bool | None:
        """1 or true, 0 or false; None when empty."""
        cell = self.raw(column).strip().lower()
        if not cell:
            return None
        if cell not in _YES_NO:
            raise self.bad(column, "1, 0, true, false or empty")
        return _YES_NO[cell]

    def one_of(self, column: str, allowed: Iterable[str]) -> str:
        """One of the given words."""
        listed = sorted(allowed)
        cell = self.raw(column).strip()
        if cell not in listed:
            raise self.bad(column, f"one of {', '.join(listed)}")
        return cell

    def raw(self, column: str) -> str:
        """The cell as it stands; empty when the column is not there."""
        place = self.places.get(column)
        return "" if place is None else self.cells[place]

    def bad(self, column: str, allowed: str) -> BadInput:
        """The fault of this cell, to be raised."""
        found = repr(self.raw(column)) if self.raw(column) else "an empty cell"
        return BadInput(found, allowed, self.file, self.line, column)

    def _given(self, column: str, value: T | None, allowed: str) -> T:
        if value is None:
            raise self.bad(column, allowed)
        return value


@dataclass(frozen=True)
class Table:
    """A file's rows, in its order."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def need(self, columns: Iterable[str]) -> None:
        """Refuse a table without these columns."""
        for column in columns:
            if column not in self.columns:
                here = ", ".join(self.columns)
                raise BadInput(
                    f"no such column (there are: {here})", f"a column {column}", self.file, 1, column
                )

    def refuse_repeats(self, *columns: str) -> None:
        """Refuse two rows with the same cells in these columns."""
        seen: dict[tuple[str, ...], int] = {}
        for row in self.rows:
            key = tuple(row.raw(column) for column in columns)
            if key in seen:
                found = f"{' '.join(key)!r} again, first in row {seen[key]}"
                raise BadInput(found, "each once", self.file, row.line, columns[-1])
            seen[key] = row.line


def read_table(path: Path) -> Table:
    """Read a csv, xlsx (first sheet) or parquet file with a header row.

    Rows that are wholly empty are left out.

    Raises
    ------
    BadInput
        If the file cannot be read, the header is missing, empty, repeated or has blanks around a
        name, or a row is longer or shorter than the header.
    """
    file = str(path)
    lines = read_cells(path)
    first = next(lines, None)
    if first is None or not any(first[1]):
        raise BadInput("no header row", "a first row with the names of the columns", file, 1)
    filled = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
    header, width = _header(file, first[1], filled)
    places = {name: place for place, name in enumerate(header)}
    rows = tuple(Row(file, number, places, _fitting(file, number, cells, width)) for number, cells in filled)
    return Table(file, tuple(header), rows)


def _header(file: str, names: list[str], filled: list[tuple[int, list[str]]]) -> tuple[list[str], int]:
    """The column names and the width of the rows; a workbook's empty columns at the end fall away."""
    width = len(names)
    used = width
    while used and not names[used - 1] and not any(len(c) >= used and c[used - 1] for _, c in filled):
        used -= 1
    kept = names[:used]
    for name in kept:
        if not name or name != name.strip():
            found = repr(name) if name else "a column without a name"
            allowed = "names without blanks around them (columns are separated by commas)"
            raise BadInput(found, allowed, file, 1)
        if kept.count(name) > 1:
            raise BadInput(f"the column {name} twice", "each column once", file, 1, name)
    return kept, width


def _fitting(file: str, number: int, cells: list[str], width: int) -> list[str]:
    if len(cells) != width:
        raise BadInput(f"{len(cells)} cells", f"{width} cells, as in the header", file, number)
    return cells


def _whole_allowed(minimum: int | None) -> str:
    return "a whole number" if minimum is None else f"a whole number, {minimum} or more"


def _number_allowed(minimum: int | None) -> str:
    return "a number" if minimum is None else f"a number, {minimum} or more"

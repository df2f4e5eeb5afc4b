"""A wide table of numbers, one row a household and one column a municipality, read fast or with its fault named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from bosett.sources.tables import Row, Table, read_table
from bosett.terms.errors import BadInput

KEY = "household_id"


@dataclass(frozen=True)
class Matrix:
    """The table's cells in the file's order of rows and the asked order of columns; NaN = an empty cell."""

    file: str
    ids: tuple[str, ...]
    lines: tuple[int, ...]
    values: npt.NDArray[np.float64]


def read_matrix(path: Path, households: Sequence[str], codes: Sequence[str]) -> Matrix:
    """Read it; columns are joined by name.

    Raises
    ------
    BadInput
        For a cell that is no finite number, an unknown or repeated household, or a missing or
        unknown column; file, row and column are named.
    """
    found = _fast(path, set(households), codes)
    return _slow(read_table(path), set(households), codes) if found is None else found


def _fast(path: Path, households: set[str], codes: Sequence[str]) -> Matrix | None:
    """The table when nothing is wrong with it; None lets the careful reader say what is."""
    try:
        frame = _frame(path, codes)
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError):
        return None
    if frame is None or sorted(frame.columns) != sorted([KEY, *codes]):
        return None
    ids = frame[KEY].to_list()
    if len(set(ids)) != len(ids) or not households.issuperset(ids):
        return None
    values = np.empty((len(ids), len(codes)))
    for place, code in enumerate(codes):
        column = frame[code]
        if not column.dtype.is_numeric():
            return None
        cells = column.cast(pl.Float64).to_numpy()
        if int(np.isfinite(cells).sum()) + column.null_count() != len(ids):
            return None
        values[:, place] = cells
    return Matrix(str(path), tuple(ids), tuple(range(2, len(ids) + 2)), values)


def _frame(path: Path, codes: Sequence[str]) -> pl.DataFrame | None:
    end = path.suffix.lower()
    if end == ".parquet":
        frame = pl.read_parquet(path)
        kept = KEY in frame.columns and frame[KEY].dtype == pl.String
        return frame if kept else None
    if end != ".csv":
        return None
    kinds = {KEY: pl.String, **dict.fromkeys(codes, pl.Float64)}
    with path.open("rb") as file:
        header = file.readline()
    if header.count(b",") != len(codes) or b'"' in header:
        return None
    return pl.read_csv(path, schema_overrides=kinds, infer_schema=False)


def _slow(table: Table, households: set[str], codes: Sequence[str]) -> Matrix:
    table.need([KEY, *codes])
    table.refuse_repeats(KEY)
    strangers = set(table.columns) - {KEY, *codes}
    if strangers:
        first = min(strangers)
        raise BadInput(f"the column {first}", "columns of known municipalities", table.file, 1, first)
    values = np.full((len(table.rows), len(codes)), np.nan)
    for place, row in enumerate(table.rows):
        if row.identifier(KEY) not in households:
            raise row.bad(KEY, "a household of the households table")
        values[place] = [_cell(row, code) for code in codes]
    ids = tuple(row.raw(KEY) for row in table.rows)
    return Matrix(table.file, ids, tuple(row.line for row in table.rows), values)


def _cell(row: Row, code: str) -> float:
    number = row.maybe_number(code)
    if number is None:
        return float("nan")
    try:
        return float(number)
    except OverflowError:
        raise row.bad(code, "a number within the range of a computer's") from None

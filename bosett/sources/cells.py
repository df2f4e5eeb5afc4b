"""The cells of a csv, xlsx or parquet file as text, with their place in the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import fastexcel
import polars as pl

from bosett.terms.errors import BadInput

READABLE = (".csv", ".xlsx", ".parquet")

Lines = Iterator[tuple[int, list[str]]]


def read_cells(path: Path) -> Lines:
    """Give (row number, cells) from the header on, which is row 1 in every format.

    An empty cell is an empty text.

    Raises
    ------
    BadInput
        If the file is missing, of another kind, or not readable as what its extension says.
    """
    if path.suffix.lower() not in READABLE:
        raise BadInput(repr(path.suffix), f"a file that ends with {', '.join(READABLE)}", str(path))
    if not path.is_file():
        raise BadInput("no such file", "a file that exists", str(path))
    reader = {".csv": _csv, ".xlsx": _xlsx, ".parquet": _parquet}[path.suffix.lower()]
    return reader(path)


def _csv(path: Path) -> Lines:
    text = _decoded(path)
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for number, cells in enumerate(rows, start=1):
            yield number, cells
    except csv.Error as bad:
        raise BadInput(str(bad), "UTF-8 csv with comma", str(path), number + 1) from None


def _decoded(path: Path) -> str:
    """The file as text; a byte that is no UTF-8 is named by its line."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        line = content.count(b"\n", 0, bad.start) + 1
        found = f"a byte that is not UTF-8 (0x{content[bad.start]:02x})"
        raise BadInput(found, "a csv file saved as UTF-8", str(path), line) from None


def _xlsx(path: Path) -> Lines:
    """The first sheet, from its first row on."""
    try:
        sheet = fastexcel.read_excel(path).load_sheet(0, header_row=None, skip_rows=0, dtypes="string")
        frame = sheet.to_polars()
    except fastexcel.FastExcelError as bad:
        raise BadInput(f"an unreadable workbook ({_first_line(bad)})", "an xlsx file", str(path)) from None
    for number, cells in enumerate(frame.iter_rows(), start=1):
        yield number, ["" if cell is None else cell for cell in cells]


def _parquet(path: Path) -> Lines:
    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as bad:
        raise BadInput(f"an unreadable file ({_first_line(bad)})", "a parquet file", str(path)) from None
    for name, kind in frame.schema.items():
        if kind.is_nested() or kind in (pl.Object, pl.Binary):
            raise BadInput(f"cells of type {kind}", "text, numbers, dates", str(path), column=name)
    yield 1, list(frame.columns)
    for number, cells in enumerate(frame.iter_rows(), start=2):
        yield number, [_text(cell) for cell in cells]


def _text(cell: Any) -> str:
    """A stored value as it would stand in a csv file."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return str(cell)


def _first_line(bad: Exception) -> str:
    return str(bad).partition("\n")[0]

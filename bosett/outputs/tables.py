"""Tables to csv, xlsx and parquet: same rows, same bytes."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import polars as pl
import xlsxwriter

from bosett.outputs.whole import write_file_whole
from bosett.terms.errors import BadInput

Cell = str | int | float | Fraction | Decimal | date | bool | None
WRITABLE = (".csv", ".xlsx", ".parquet")
# A fixed day inside every workbook, so that the same rows give the same bytes.
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def write_table(path: Path, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Write a table by the path's extension, whole or not at all.

    The same rows give the same bytes.  In a workbook a text is always a text: one that begins with
    `=`, `+`, `-` or `@` is never run as a formula.  None is an empty cell.

    Raises
    ------
    BadInput
        If the extension is another, or the place cannot be written.
    ValueError
        If a row has more or fewer cells than there are columns.
    """
    check_writable(path)
    if any(len(row) != len(columns) for row in rows):
        raise ValueError("every row needs one cell for each column")
    write_file_whole(path, lambda made: fill_table(made, columns, rows))


def check_writable(path: Path) -> None:
    """Refuse an extension that cannot be written, before any work is done."""
    if path.suffix.lower() not in WRITABLE:
        raise BadInput(repr(path.suffix), f"a file that ends with {', '.join(WRITABLE)}", str(path))


def fill_table(path: Path, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Write the file in place; for use inside `write_folder_whole`."""
    check_writable(path)
    writer = {".csv": _csv, ".xlsx": _xlsx, ".parquet": _parquet}[path.suffix.lower()]
    writer(path, columns, rows)


def _csv(path: Path, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_text(cell) for cell in row] for row in rows)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, Fraction):
        return _decimal_text(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _decimal_text(value: Fraction) -> str:
    """The nearest binary fraction's shortest digits; whole numbers without a point."""
    return str(value.numerator) if value.denominator == 1 else repr(float(value))


def _xlsx(path: Path, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": _NO_DAY})
        day_format = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(columns):
            sheet.write_string(0, place, name, book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                _write_cell(sheet, number, place, cell, day_format)


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet,
    number: int,
    place: int,
    cell: Cell,
    day_format: xlsxwriter.format.Format,
) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        sheet.write_number(number, place, int(cell))
    elif isinstance(cell, str):
        sheet.write_string(number, place, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(number, place, cell, day_format)
    else:
        sheet.write_number(number, place, float(cell))


def _parquet(path: Path, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    data = {name: [_stored(row[place]) for row in rows] for place, name in enumerate(columns)}
    pl.DataFrame(data, strict=False).write_parquet(path)


def _stored(cell: Cell) -> str | int | float | date | None:
    return float(cell) if isinstance(cell, Fraction | Decimal) else cell

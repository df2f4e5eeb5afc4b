"""The cells of a table to import, csv or xlsx, after the checks that every such file goes through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import fastexcel

from bosett.sources.ask import DefectList
from bosett.sources.opened import Opened
from bosett.sources.workbook import STARTS, check_workbook, looks_like_formula
from bosett.terms.errors import BadInput


@dataclass(frozen=True)
class GridRow:
    """A row by the names of its columns."""

    row: int
    cells: dict[str, str]


def read_grid(file: Opened, columns: Iterable[str], defects: DefectList) -> list[GridRow]:
    """The rows of a csv (UTF-8, comma) or xlsx (first sheet) file; further columns are kept.

    Promise: a cell that a spreadsheet would run as a formula is an error, in csv too.

    Raises
    ------
    BadInput
        If the file is of another kind or unreadable, a column is missing or stands twice, or a row
        has another number of cells than the header.
    """
    rows = _cells(file, defects)
    if not rows:
        raise BadInput("no header row", "a first row with the names of the columns", file.name, 1)
    header = [name.strip() for name in rows[0][1]]
    _check_header(header, list(columns), file.name)
    found = []
    for number, cells in rows[1:]:
        if len(cells) != len(header):
            raise BadInput(f"{len(cells)} cells", f"{len(header)} cells", file.name, number)
        for name, cell in zip(header, cells, strict=True):
            if cell and cell[0] in STARTS and looks_like_formula(cell):
                defects.error("formula_text", repr(cell[:30]), "a text or number", number, name)
        found.append(GridRow(number, dict(zip(header, map(str.strip, cells), strict=True))))
    return found


def _check_header(header: list[str], columns: list[str], file: str) -> None:
    for name in header:
        if header.count(name) > 1:
            raise BadInput(f"the column {name!r} twice", "each column once", file, 1, name)
    for name in columns:
        if name not in header:
            here = ", ".join(header)
            raise BadInput(f"no such column (there are: {here})", f"a column {name}", file, 1, name)


def _cells(file: Opened, defects: DefectList) -> list[tuple[int, list[str]]]:
    if file.suffix == ".csv":
        return file.rows(",")
    if file.suffix != ".xlsx":
        raise BadInput(repr(file.suffix), "a file that ends with .csv or .xlsx", file.name)
    check_workbook(file, defects)
    try:
        sheet = fastexcel.read_excel(file.content).load_sheet(
            0, header_row=None, skip_rows=0, dtypes="string"
        )
        frame = sheet.to_polars()
    except fastexcel.FastExcelError as bad:
        first = str(bad).partition("\n")[0]
        raise BadInput(f"an unreadable workbook ({first})", "an xlsx file", file.name) from None
    rows = [["" if cell is None else str(cell) for cell in row] for row in frame.iter_rows()]
    return [(number, cells) for number, cells in enumerate(rows, start=1) if any(cells)]

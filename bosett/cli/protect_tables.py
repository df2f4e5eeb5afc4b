"""The tables of `bosett protect`: long, dimension columns and `value`, a total is `*`, hidden is `:`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bosett.outputs import Cell, fill_table, write_folder_whole, write_table
from bosett.sources import Row, Table, read_table
from bosett.statistics.problem import CountTable, Key, PublishedTable
from bosett.statistics.protect import Protected, ProtectedTables
from bosett.terms.errors import BadInput

VALUE, HIDDEN = "value", ":"


def read_counts(paths: Sequence[Path]) -> list[CountTable]:
    """Tables of true counts.

    Raises
    ------
    BadInput
        Names file, row and column of a missing column, an empty cell, a blank around a code, a cell
        twice, a number that is not whole or is negative, a hidden cell, a total that is not its sum.
    """
    found = []
    for path in paths:
        table, dimensions = _read(path)
        cells = {_key(row, dimensions): row.whole(VALUE, 0) for row in table.rows}
        found.append(CountTable(dimensions, cells, str(path), _lines(table, dimensions)))
    return found


def read_published(paths: Sequence[Path]) -> list[PublishedTable]:
    """Tables as the public sees them; BadInput as `read_counts`, but `:` is a hidden cell."""
    found = []
    for path in paths:
        table, dimensions = _read(path)
        cells = {_key(row, dimensions): _shown(row) for row in table.rows}
        found.append(PublishedTable(dimensions, cells, str(path), _lines(table, dimensions)))
    return found


def write_protected(out: Path, paths: Sequence[Path], done: ProtectedTables) -> None:
    """One file, or a folder with a file of the same name for each table; rows in the order given."""
    if out.suffix:
        write_table(out, *_rows(done.tables[0]))
        return

    def fill(folder: Path) -> None:
        for path, one in zip(paths, done.tables, strict=True):
            fill_table(folder / path.name, *_rows(one))

    write_folder_whole(out, fill)


def sealed_rows(tables: Sequence[CountTable], done: ProtectedTables) -> tuple[list[str], list[list[Cell]]]:
    """The cells that were small themselves, with their counts; for nobody but who made the table.

    `open_before` is 1 where an earlier publication already lets the cell be worked out.
    """
    names = list(dict.fromkeys(name for table in tables for name in table.dimensions))
    rows: list[list[Cell]] = []
    for table, one in zip(tables, done.tables, strict=True):
        for key in (key for key in table.cells if key in one.primary):
            codes = dict(zip(table.dimensions, key, strict=True))
            before = int(key in one.open_before)
            rows.append([Path(table.name).name, *map(codes.get, names), table.cells[key], 1, before])
    return ["table", *names, VALUE, "primary", "open_before"], rows


def _read(path: Path) -> tuple[Table, tuple[str, ...]]:
    table = read_table(path)
    table.need([VALUE])
    dimensions = tuple(name for name in table.columns if name != VALUE)
    if not dimensions:
        raise BadInput("no column beside value", "at least one dimension", table.file, 1)
    if not table.rows:
        raise BadInput("no rows", "at least one row", table.file)
    for row in table.rows:
        _key(row, dimensions)
    table.refuse_repeats(*dimensions)
    return table, dimensions


def _key(row: Row, dimensions: tuple[str, ...]) -> Key:
    return tuple(row.identifier(name) for name in dimensions)


def _lines(table: Table, dimensions: tuple[str, ...]) -> dict[Key, int]:
    return {_key(row, dimensions): row.line for row in table.rows}


def _shown(row: Row) -> int | None:
    if row.raw(VALUE).strip() == HIDDEN:
        return None
    try:
        return row.whole(VALUE, 0)
    except BadInput:
        raise row.bad(VALUE, "a whole number, 0 or more, or : for a hidden cell") from None


def _rows(one: Protected) -> tuple[list[str], list[list[Cell]]]:
    rows: list[list[Cell]] = [
        [*key, HIDDEN if count is None else count] for key, count in one.table.cells.items()
    ]
    return [*one.table.dimensions, VALUE], rows

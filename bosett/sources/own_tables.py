"""The project's own figure tables: `parameters/figures/<data set>/<source>.csv`, source beside each."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from bosett.registry import Registry
from bosett.registry.tables import TableSource, read_table_source
from bosett.rules.parameters import SHIPPED
from bosett.sources.imported import Imported, ImportSource, settled_result
from bosett.sources.own_columns import OwnHeader, read_header
from bosett.sources.places import PlaceFinder
from bosett.terms.errors import BadInput
from bosett.terms.figure import State
from bosett.terms.observation import COUNTRY, Breakdown, Observation

FIGURES = SHIPPED / "figures"
MARKS = {":": State.SUPPRESSED, "-": State.NOT_ASKED, "awaiting": State.AWAITING, "?": State.UNKNOWN}
"""What a cell may hold instead of a number; an empty cell is a figure that is not stored."""


@cache
def shipped_tables() -> tuple[Imported[Observation], ...]:
    """Every own table of this version, in order of data set and source, read once."""
    registry = Registry.shipped()
    files = sorted(FIGURES.glob("*/*.csv"))
    return tuple(read_own_table(file, registry) for file in files)


def read_own_table(file: Path, registry: Registry) -> Imported[Observation]:
    """Read one own table; the data set is its folder, the source its name.

    Promise: a figure stands once; suppressed, not asked, awaiting and unknown stay what they are.

    Raises
    ------
    BadInput
        Names file, row and column of what is wrong.
    """
    content = file.read_bytes()
    lines = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
    header = read_header(tuple(next(lines, [])), file.name)
    finder = PlaceFinder(registry, file.name)
    found = list(_observations(lines, header, file, finder))
    _refuse_repeats(found, file.name)
    source = import_source(read_table_source(file))
    counts = {"observations": len(found), "bytes": len(content)}
    sha256 = hashlib.sha256(content).hexdigest()
    return settled_result("own_table", found, finder.defects, source, sha256, counts)


def import_source(told: TableSource) -> ImportSource:
    """The source beside an own table, as an import tells it."""
    return ImportSource(told.title, told.publisher, told.href, told.licence, told.retrieved)


def _observations(
    lines: Iterator[list[str]], header: OwnHeader, file: Path, finder: PlaceFinder
) -> Iterator[Observation]:
    dataset, source = file.parent.name, file.stem
    width = len(header.index) + len(header.dimensions) + len(header.figures)
    for row, cells in enumerate(lines, start=2):
        if len(cells) != width:
            raise BadInput(f"{len(cells)} cells", f"{width} cells, as in the header", file.name, row)
        own = tuple((name, cells[at]) for name, at in header.dimensions)
        told = cells[header.index["place"]] if "place" in header.index else COUNTRY
        when = _period(cells, header, file.name, row)
        for column, at in header.figures:
            if not cells[at]:
                continue
            state, value = _read(cells[at], file.name, row, column.name)
            year = column.year if column.year is not None else when[0]
            place = finder.place(told, year, row)
            breakdown = _joined(own, column.breakdown)
            yield Observation(
                column.measure_id, dataset, place, year, state, value, column.unit, source,
                when[1], when[2], breakdown, when[3],
            )  # fmt: skip


def _joined(own: Breakdown, column: Breakdown) -> Breakdown:
    return column if not own else tuple(sorted((*own, *column)))


def _period(
    cells: list[str], header: OwnHeader, file: str, row: int
) -> tuple[int, int | None, int | None, str]:
    """Year (0 when the columns name it), month, quarter and version of a row."""
    told = {name: cells[at] for name, at in header.index.items()}
    try:
        month, quarter = (int(told[name]) if told.get(name) else None for name in ("month", "quarter"))
        return int(told.get("year", "0")), month, quarter, told.get("published", "")
    except ValueError:
        raise BadInput(f"the period {told}", "whole numbers", file, row) from None


def _read(cell: str, file: str, row: int, column: str) -> tuple[State, int | Decimal | None]:
    if cell in MARKS:
        return MARKS[cell], None
    if cell.isdecimal() and cell.isascii():
        return State.NUMBER, int(cell)
    try:
        return State.NUMBER, Decimal(cell)
    except InvalidOperation:
        allowed = f"a number, empty, or one of {' '.join(MARKS)}"
        raise BadInput(repr(cell), allowed, file, row, column) from None


def _refuse_repeats(found: list[Observation], file: str) -> None:
    seen = set()
    for one in found:
        if one.key in seen:
            raise BadInput(f"{one.measure_id} of {one.place} in {one.period} twice", "each once", file)
        seen.add(one.key)

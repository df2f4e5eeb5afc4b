"""A body's own register of how it went, or the adults who wait: files in, cases out, every barred column refused."""

from __future__ import annotations

from pathlib import Path

from bosett.placement.outcomes.cases import COLUMNS, LIMITS, Adult, PastCase, check_columns
from bosett.sources.tables import Row, Table, read_table
from bosett.terms.errors import BadInput

WAITING = ("household_id", *LIMITS)


def read_cases(path: Path) -> tuple[PastCase, ...]:
    """Adults who were settled, and how it went; the column `group` may be left out."""
    table = _table(path, COLUMNS[:-1])
    return tuple(
        PastCase(
            _adult(row),
            row.identifier("municipality_id"),
            row.whole("year", 1900),
            row.one_of("outcome", ("0", "1")) == "1",
            row.raw("group").strip(),
        )
        for row in table.rows
    )


def read_adults(path: Path) -> tuple[Adult, ...]:
    """Adults who are to be placed."""
    return tuple(_adult(row) for row in _table(path, WAITING).rows)


def _table(path: Path, needed: tuple[str, ...]) -> Table:
    table = read_table(path)
    try:
        check_columns(table.columns)
    except BadInput as barred:
        raise BadInput(barred.found, barred.allowed, table.file, 1, barred.column) from None
    table.need(needed)
    return table


def _adult(row: Row) -> Adult:
    return Adult(
        row.identifier("household_id"),
        _years(row, "education_years"),
        _years(row, "experience_years"),
        int(_within(row, "children", row.whole("children", 0))),
        int(_within(row, "adults", row.whole("adults", 1))),
    )


def _years(row: Row, column: str) -> float | None:
    found = row.maybe_number(column, 0)
    return None if found is None else _within(row, column, float(found))


def _within(row: Row, column: str, value: float) -> float:
    if value > LIMITS[column]:
        raise row.bad(column, f"at most {LIMITS[column]:g}")
    return value

"""A municipality's list of homes: one row a home, headings in English or Norwegian."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bosett.sources.tables import Row, Table
from bosett.terms.errors import BadInput

COLUMNS = (
    "address", "bedrooms", "free_from", "free_until", "step_free", "rent_nok", "school", "school_minutes",
)  # fmt: skip
"""Of the template, in its order; the first two must be there."""
YES, NO = ("1", "true", "yes", "ja"), ("", "0", "false", "no", "nei")


@dataclass(frozen=True)
class HomeRow:
    """One row as told; `free_from` None = from today, the others None = not known."""

    row: int
    address: str
    bedrooms: int
    free_from: date | None
    free_until: date | None
    step_free: bool
    rent_nok: int | None
    school: str
    school_minutes: int | None


def read_homes(table: Table) -> tuple[tuple[HomeRow, ...], tuple[BadInput, ...]]:
    """Every row that can be read, and every fault with its row and column.

    Raises
    ------
    BadInput
        If a column that must be there is missing.
    """
    table.need(COLUMNS[:2])
    rows: list[HomeRow] = []
    faults: list[BadInput] = []
    for row in table.rows:
        try:
            rows.append(_home(row))
        except BadInput as fault:
            faults.append(fault)
    faults += _twice(rows, table.file)
    return tuple(rows), tuple(sorted(faults, key=lambda one: one.row or 0))


def _home(row: Row) -> HomeRow:
    first, last = row.maybe_day("free_from"), row.maybe_day("free_until")
    if first is not None and last is not None and last <= first:
        raise row.bad("free_until", "a day after free_from")
    return HomeRow(
        row.line, row.text("address"), row.whole("bedrooms", 0), first, last, _yes(row),
        row.maybe_whole("rent_nok", 0), row.raw("school").strip(), row.maybe_whole("school_minutes", 0),
    )  # fmt: skip


def _yes(row: Row) -> bool:
    told = row.raw("step_free").strip().lower()
    if told not in (*YES, *NO):
        raise row.bad("step_free", "yes, no, 1, 0 or empty")
    return told in YES


def _twice(rows: Iterable[HomeRow], file: str) -> list[BadInput]:
    seen: set[str] = set()
    faults = []
    for one in rows:
        key = " ".join(one.address.split()).casefold()
        if key in seen:
            faults.append(BadInput(repr(one.address), "each address once", file, one.row, "address"))
        seen.add(key)
    return faults

"""The lines of the list as a table: the columns a reader may choose, and each cell's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from bosett_server.queries.households import HouseholdRow
from bosett_server.web.look.dates import date_digits, time_element
from bosett_server.web.look.preferences import chosen_columns
from bosett_server.web.look.tables import Column, Kind, Row, Table
from bosett_server.words.household_codes import COLUMNS, language_word, need_words, word


@dataclass(frozen=True)
class _Shown:
    """One column: its cell, its kind, and whether the list can stand in its order."""

    cell: Callable[[HouseholdRow], object]
    kind: Kind = "text"
    sortable: bool = False


def _date_cell(row: HouseholdRow) -> object:
    if row.deadline is None:
        return ""
    day = time_element(row.deadline, date_digits(row.deadline))
    return format_html("{} {}", day, word("deadline", row.deadline_kind))


_COLUMNS: dict[str, _Shown] = {
    "reference": _Shown(lambda row: row.reference, sortable=True),
    "persons": _Shown(lambda row: row.persons, "number", sortable=True),
    "stage": _Shown(lambda row: word("stage", row.stage)),
    "waiting": _Shown(
        lambda row: "–" if row.waited_days is None else row.waited_days, "number", sortable=True
    ),
    "date": _Shown(_date_cell, sortable=True),
    "place": _Shown(lambda row: row.place),
    "needs": _Shown(lambda row: ", ".join(need_words(row.needs))),
    "track": _Shown(lambda row: word("track", row.track)),
    "group": _Shown(lambda row: "" if row.group == "all" else word("group", row.group)),
    "recheck": _Shown(lambda row: ", ".join(word("recheck", code) for code in row.recheck)),
    "language": _Shown(lambda row: language_word(row.language)),
    "arrived": _Shown(lambda row: row.arrived_on or "", "date", sortable=True),
    "ready": _Shown(lambda row: row.ready_on or "", "date"),
}
USUAL = ("reference", "persons", "stage", "waiting", "date", "place", "needs", "track", "group")
"""Shown until the reader has chosen."""


def all_columns() -> tuple[Column, ...]:
    """Every column, in the order of the table."""
    return tuple(
        Column(key, str(COLUMNS[key]), shown.kind, shown.sortable) for key, shown in _COLUMNS.items()
    )


def columns_of(asked: tuple[str, ...], cookies: Mapping[str, str], name: str) -> tuple[Column, ...]:
    """The columns of the address, as in a kept view; else those that this reader has chosen in the browser.

    The household itself always stands first.
    """
    wanted = {"reference", *(asked or chosen_columns(cookies, name) or USUAL)}
    return tuple(column for column in all_columns() if column.key in wanted)


def list_table(
    rows: tuple[HouseholdRow, ...], columns: tuple[Column, ...], sort: str, query: str, *, selectable: bool
) -> Table:
    """The page of the list; each row opens the household and takes the list's cut along."""
    cells = [_COLUMNS[column.key].cell for column in columns]
    return Table(
        caption=_("Households"),
        columns=columns,
        rows=tuple(
            Row(tuple(cell(row) for cell in cells), str(row.id), f"/households/{row.id}/?{query}")
            for row in rows
        ),
        sort=sort,
        selectable=selectable,
    )


def plain_cell(row: HouseholdRow, key: str) -> Any:
    """The cell as a file holds it: ISO dates, whole numbers, words; None where nothing is known."""
    match key:
        case "date":
            return row.deadline
        case "waiting":
            return row.waited_days
        case "arrived":
            return row.arrived_on
        case "ready":
            return row.ready_on
        case "group":
            return word("group", row.group)
        case _:
            value = _COLUMNS[key].cell(row)
            return value if isinstance(value, int | date) else str(value) or None

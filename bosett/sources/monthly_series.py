"""Monthly figures in a file: a series to forecast from, or the months as published on a day."""

from __future__ import annotations

from collections.abc import Mapping

from bosett.forecast.series import Entry, MonthlySeries, in_order, monthly_series
from bosett.sources.tables import Table
from bosett.terms.days import Month

COLUMNS = ("month", "value")


def series_of(table: Table) -> MonthlySeries:
    """Read `month,value` as a series.

    Raises
    ------
    BadInput
        Names file, row and column of a gap, a doubled month, an empty or negative cell; and a series
        that is too short or of zeros only.
    """
    return monthly_series(_entries(table), table.file)


def months_of(table: Table) -> Mapping[Month, int]:
    """Read `month,value` as the figures of one day of publication: whole persons, as few months as there are.

    Raises
    ------
    BadInput
        Names file, row and column of a gap, a doubled month, and a cell that is no whole number of 0 or more.
    """
    for row in table.rows:
        if row.number("value", 0).denominator != 1:
            raise row.bad("value", "a whole number, 0 or more")
    return {entry.month: round(entry.value) for entry in in_order(_entries(table), table.file)}


def _entries(table: Table) -> list[Entry]:
    table.need(COLUMNS)
    return [Entry(row.month("month"), float(row.number("value", 0)), row.line) for row in table.rows]

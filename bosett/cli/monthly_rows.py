"""The series file of `bosett forecast` and `bosett backtest`."""

from __future__ import annotations

from pathlib import Path

from bosett.forecast.series import Entry, MonthlySeries, monthly_series
from bosett.sources import read_table


def read_series(path: Path) -> MonthlySeries:
    """Read `month,value`.

    Raises
    ------
    BadInput
        Names file, row and column of a gap, a doubled month, an empty or negative cell; and a series
        that is too short or of zeros only.
    """
    table = read_table(path)
    table.need(("month", "value"))
    rows = [Entry(row.month("month"), float(row.number("value", 0)), row.line) for row in table.rows]
    return monthly_series(rows, table.file)

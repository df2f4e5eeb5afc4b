"""Municipal answers in, settlements by municipality out, for `bosett simulate --municipalities`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bosett.outputs import Cell
from bosett.scenario.weeks.municipal import Towns
from bosett.sources import read_table
from bosett.terms.errors import BadInput

QUANTILES = ("p05", "p25", "p50", "p75", "p95")


def read_towns(path: Path) -> Towns:
    """Read `municipality_id,year,p05,p25,p50,p75,p95`, as `bosett votes` writes it.

    The first year in the file is the scenario's first; every municipality needs every year.

    Raises
    ------
    BadInput
        Names row and column; and a municipality without one of the years.
    """
    table = read_table(path)
    table.need(("municipality_id", "year", *QUANTILES))
    if not table.rows:
        raise BadInput("no municipalities", "at least one row", table.file)
    table.refuse_repeats("municipality_id", "year")
    told = {
        (row.whole("year", 1900), row.identifier("municipality_id")): [
            float(row.number(column, 0)) for column in QUANTILES
        ]
        for row in table.rows
    }
    years = sorted({year for year, _ in told})
    codes = sorted({code for _, code in told})
    absent = [f"{code} in {year}" for year in years for code in codes if (year, code) not in told]
    if absent:
        raise BadInput(f"no answer of {absent[0]}", "every municipality in every year", table.file)
    numbers = np.array([[told[year, code] for code in codes] for year in years])
    try:
        return Towns(tuple(codes), numbers)
    except BadInput as bad:
        raise BadInput(bad.found, bad.allowed, table.file) from None


def municipal_rows(settled: NDArray[np.uint16], towns: Towns) -> list[list[Cell]]:
    """Settled up to and with each week, by municipality: P05, P50, P95 and the mean over draws."""
    rows: list[list[Cell]] = []
    for place, code in enumerate(towns.codes):
        sums = np.cumsum(settled[:, :, place], axis=0, dtype=np.int32)
        means = sums.mean(axis=1)
        levels = np.percentile(sums, (5, 50, 95), axis=1).T
        rows += [
            [code, week, *map(float, levels[week]), round(float(means[week]), 6)] for week in range(len(sums))
        ]
    return rows

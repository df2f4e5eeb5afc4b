"""A monthly series without holes: what every forecast begins with."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bosett.forecast.quantiles import Array
from bosett.terms.days import Month
from bosett.terms.errors import BadInput

FEWEST_MONTHS = 8
"""With fewer months nothing can be said of how far a month lies from the next."""


@dataclass(frozen=True)
class Entry:
    """A month's figure and, where it was read, the row it stood in."""

    month: Month
    value: float
    row: int | None = None


@dataclass(frozen=True)
class MonthlySeries:
    """Figures of consecutive months, 0 or more.

    Raises
    ------
    BadInput
        If there are fewer than eight months, or a figure is negative, not finite, or all are zero.
    """

    first: Month
    values: tuple[float, ...]

    def __post_init__(self) -> None:
        for place, value in enumerate(self.values):
            if not (math.isfinite(value) and value >= 0):
                raise BadInput(f"{value} in {self.first.plus(place)}", "a number, 0 or more")
        if len(self.values) < FEWEST_MONTHS:
            raise BadInput(f"a series of {len(self.values)} months", f"at least {FEWEST_MONTHS} months")
        if not any(self.values):
            raise BadInput(
                f"a series of zeros only, {self.first} to {self.last}", "at least one month above zero"
            )

    @property
    def last(self) -> Month:
        """The last month with a figure."""
        return self.first.plus(len(self.values) - 1)

    @property
    def array(self) -> Array:
        """The figures in order of month."""
        return np.array(self.values)

    def months_ahead(self, horizon: int) -> list[Month]:
        """The months after the last."""
        return [self.last.plus(step) for step in range(1, horizon + 1)]


def monthly_series(entries: Iterable[Entry], file: str = "") -> MonthlySeries:
    """Put figures in order of month and see that no month is missing or there twice.

    Raises
    ------
    BadInput
        Names the month that is missing or doubled and the row, and everything `MonthlySeries` refuses.
    """
    ordered = in_order(entries, file)
    try:
        return MonthlySeries(ordered[0].month, tuple(entry.value for entry in ordered))
    except BadInput as bad:
        raise BadInput(bad.found, bad.allowed, file, bad.row, "value") from None


def in_order(entries: Iterable[Entry], file: str = "") -> list[Entry]:
    """Put figures in order of month.

    Raises
    ------
    BadInput
        If there is none; names the month that is missing or doubled, and the row.
    """
    ordered = sorted(entries, key=lambda entry: entry.month)
    if not ordered:
        raise BadInput("no months", "at least one month", file)
    for before, entry in pairwise(ordered):
        if entry.month == before.month:
            found = f"the month {entry.month} twice"
            raise BadInput(found, "each month once", file, entry.row, "month")
        wanted = before.month.plus(1)
        if entry.month != wanted:
            found = f"no row for {wanted} (after {before.month} comes {entry.month})"
            raise BadInput(found, "a series without a gap", file, entry.row, "month")
    return ordered

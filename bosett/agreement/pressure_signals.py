"""Signals beside the municipalities' own answers: statistics as last measured, and weeks without room.

How a statistic becomes a pressure from 0 to 1 is our proposal, agreed by nobody: a straight line between a value
that is no pressure and one that is full pressure (`parameters/agreement/pressure_readings.csv`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from bosett.agreement.pressure import Origin, Sector, Signal, Standing
from bosett.registry.tables import read_rows
from bosett.rules.parameters import SHIPPED
from bosett.terms.errors import BadInput
from bosett.terms.label import Label

FILE = SHIPPED / "agreement" / "pressure_readings.csv"
COLUMNS = ("measure", "sector", "none_at", "full_at", "oldest_years", "en", "nb", "nn")
STATISTIC_HALF = 0.25
"""How far a statistic may lie from the pressure that is felt, both ways: ours, two steps of the scale's half."""


@dataclass(frozen=True)
class Reading:
    """How one statistic is read as pressure in a sector.

    Parameters
    ----------
    none_at, full_at
        The values that are no pressure and full pressure; what lies outside is 0 or 1.
    oldest_years
        A figure of an earlier year than so many before the month is not used.
    """

    measure: str
    sector: Sector
    none_at: Fraction
    full_at: Fraction
    oldest_years: int
    label: Label

    def pressure(self, value: Fraction) -> float:
        """The statistic from 0 (no pressure) to 1 (full)."""
        return float(
            min(Fraction(1), max(Fraction(0), (value - self.none_at) / (self.full_at - self.none_at)))
        )

    def standing(self, municipality: str, value: Fraction, year: int, last: date) -> Standing | None:
        """What the figure of a year says until it is too old; None when it is too old in the last month."""
        if year < last.year - self.oldest_years:
            return None
        since = date(year, 1, 1)
        return Standing(
            municipality, since, self.sector, Origin.STATISTIC, self.pressure(value), STATISTIC_HALF
        )


@cache
def shipped_readings() -> tuple[Reading, ...]:
    """Every reading that comes with this version, in the table's order."""
    return read_readings(FILE)


def read_readings(file: Path) -> tuple[Reading, ...]:
    """Read the table.

    Raises
    ------
    BadInput
        Names the line of an unknown sector, of a number that is none, and of two ends that are the same.
    """
    return tuple(_reading(row, file, line) for line, row in enumerate(read_rows(file, COLUMNS), start=2))


def from_weeks(municipality: str, month: date, planned: int, to_come: int) -> Signal | None:
    """The share of those still to come of the vedtak whom no confirmed week has room for; None with nobody to come.

    Parameters
    ----------
    planned
        Persons at least that the weeks ahead have room for.
    to_come
        Persons of the vedtak in force who have not come.
    """
    if planned < 0 or to_come < 0:
        raise BadInput(f"{municipality}: {planned} planned, {to_come} to come", "0 or more persons")
    if to_come == 0:
        return None
    without = max(0, to_come - planned) / to_come
    return Signal(municipality, month, Sector.HOUSING, Origin.CAPACITY, without)


def _reading(row: dict[str, str], file: Path, line: int) -> Reading:
    if row["sector"] not in set(Sector):
        raise BadInput(f"the sector {row['sector']!r}", ", ".join(Sector), str(file), line, "sector")
    try:
        none_at, full_at = Fraction(row["none_at"]), Fraction(row["full_at"])
        oldest = int(row["oldest_years"])
    except ValueError as wrong:
        raise BadInput(str(wrong), "a number", str(file), line) from wrong
    if none_at == full_at:
        raise BadInput(f"{none_at} as both ends", "two different values", str(file), line, "full_at")
    label = Label(row["en"], row["nb"], row["nn"])
    return Reading(row["measure"], Sector(row["sector"]), none_at, full_at, oldest, label)

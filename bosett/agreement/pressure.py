"""Pressure on housing and services, per municipality and month: what is known, and how far what is missing reaches.

Each sector's value lies between 0 (no pressure) and 1 (nothing more can be taken).  It is the mean of the signals
there are: the municipality's own answer on a scale of five steps, statistics, the use of its weekly capacity.  The
index is the mean of the known sectors.  A missing sector is not filled in: `low` and `high` are what the index would
be if it were 0 or 1, and a step of the scale is as wide as it is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import ceil

import numpy as np
from numpy.typing import NDArray

from bosett.terms.errors import BadInput

STEPS = 5
HALF_STEP = 1 / (2 * (STEPS - 1))
Values = NDArray[np.float64]


class Sector(StrEnum):
    """The sectors that a municipality answers for."""

    HOUSING = "housing"
    SCHOOL = "school"
    KINDERGARTEN = "kindergarten"
    HEALTH = "health"
    NAV = "nav"
    CHILD_WELFARE = "child_welfare"
    NORWEGIAN = "norwegian"
    INTERPRETERS = "interpreters"


class Origin(StrEnum):
    """Where a signal is from."""

    PULSE = "pulse"
    STATISTIC = "statistic"
    CAPACITY = "capacity"


SECTORS = tuple(Sector)
PLACE_OF = {sector: at for at, sector in enumerate(SECTORS)}


@dataclass(frozen=True)
class Signal:
    """One thing that is known of one sector.

    Parameters
    ----------
    month
        The first day of the month.
    value
        0 to 1; `from_step` makes it of an answer on the scale.

    Raises
    ------
    BadInput
        If the value lies outside 0 to 1, or the month is not told by its first day.
    """

    municipality: str
    month: date
    sector: Sector
    origin: Origin
    value: float

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 1:
            raise BadInput(f"{self.municipality} {self.sector}: {self.value}", "a pressure from 0 to 1")
        if self.month.day != 1:
            raise BadInput(f"{self.municipality}: the month {self.month}", "the first day of a month")


@dataclass(frozen=True)
class Standing(Signal):
    """A signal that holds from a month on, as last measured; `half` is how far it may lie off, both ways."""

    half: float = 0.0


def from_step(municipality: str, month: date, sector: Sector, step: int) -> Signal:
    """An answer on the scale 1 (no pressure) to 5 (nothing more can be taken)."""
    if not 1 <= step <= STEPS:
        raise BadInput(f"{municipality} {sector}: step {step}", f"a whole step from 1 to {STEPS}")
    return Signal(municipality, month, sector, Origin.PULSE, (step - 1) / (STEPS - 1))


@dataclass(frozen=True)
class Pressure:
    """The index by municipality (rows) and month (columns); nan where nothing is known.

    Parameters
    ----------
    sectors, sector_low, sector_high
        Rows x columns x `SECTORS`; the two ends are 0 and 1 where nothing is known.
    known
        Of how many sectors something is known.
    """

    municipalities: tuple[str, ...]
    months: tuple[date, ...]
    sectors: Values
    sector_low: Values
    sector_high: Values

    @cached_property
    def known(self) -> NDArray[np.int64]:
        """Rows x columns, 0 to the number of sectors."""
        return np.asarray((~np.isnan(self.sectors)).sum(axis=2))

    @cached_property
    def index(self) -> Values:
        """The mean of the known sectors."""
        total = np.nansum(self.sectors, axis=2)
        mean: Values = np.divide(total, self.known, out=np.full(total.shape, np.nan), where=self.known > 0)
        return mean

    @cached_property
    def low(self) -> Values:
        """What it is at least, whatever the missing sectors are."""
        return np.asarray(self.sector_low.mean(axis=2))

    @cached_property
    def high(self) -> Values:
        """What it is at most."""
        return np.asarray(self.sector_high.mean(axis=2))


@dataclass(frozen=True, eq=False)
class Gathered:
    """Signals added up by municipality, month and sector, before they become an index; kept where they stand still."""

    municipalities: tuple[str, ...]
    months: tuple[date, ...]
    total: Values
    count: Values
    half: Values

    def together(self, other: Gathered) -> Gathered:
        """Both added up, of different months.

        Raises
        ------
        BadInput
            If they are not of the same municipalities and months asked for, or both tell of the same month.
        """
        if (self.count.any(axis=(0, 2)) & other.count.any(axis=(0, 2))).any():
            raise BadInput("a month in both", "each month in one of them")
        return self.plus(other)

    def plus(self, other: Gathered) -> Gathered:
        """Signals of another origin added to these.

        Raises
        ------
        BadInput
            If they are not of the same municipalities and months asked for.
        """
        if (self.municipalities, self.months) != (other.municipalities, other.months):
            raise BadInput("signals of other municipalities or months", "the same ones")
        return Gathered(
            self.municipalities, self.months, self.total + other.total, self.count + other.count,
            self.half + other.half,
        )  # fmt: skip


def pressure(
    signals: Iterable[Signal],
    municipalities: Sequence[str],
    months: Sequence[date],
    standing: Iterable[Standing] = (),
) -> Pressure:
    """The index of every municipality and month, also of those that nothing is known of.

    Parameters
    ----------
    standing
        Signals that hold in every month from theirs on; one whose municipality is not asked for is passed over.

    Raises
    ------
    BadInput
        If two signals of one origin tell of the same municipality, month and sector (a pulse answered twice), or
        one tells of a municipality or month that is not asked for.
    """
    return index_of(gather(signals, municipalities, months), standing)


def gather(signals: Iterable[Signal], municipalities: Sequence[str], months: Sequence[date]) -> Gathered:
    """The signals added up.  Raises BadInput as `pressure` does."""
    rows = {code: at for at, code in enumerate(municipalities)}
    columns = {month: at for at, month in enumerate(months)}
    shape = (len(rows), len(columns), len(SECTORS))
    total, count, half = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    seen: set[tuple[str, date, Sector, Origin]] = set()
    for one in signals:
        key = (one.municipality, one.month, one.sector, one.origin)
        if key in seen:
            raise BadInput(f"{' '.join(map(str, key))} twice", "one signal of an origin")
        if one.municipality not in rows or one.month not in columns:
            raise BadInput(
                f"a signal of {one.municipality} {one.month}", "a municipality and month asked for"
            )
        seen.add(key)
        cell = rows[one.municipality], columns[one.month], PLACE_OF[one.sector]
        total[cell] += one.value
        count[cell] += 1
        half[cell] += HALF_STEP if one.origin is Origin.PULSE else 0.0
    return Gathered(tuple(municipalities), tuple(months), total, count, half)


def index_of(gathered: Gathered, standing: Iterable[Standing] = ()) -> Pressure:
    """The index of what was gathered, with signals that hold in every month from theirs on."""
    rows = {code: at for at, code in enumerate(gathered.municipalities)}
    total, count, half = gathered.total.copy(), gathered.count.copy(), gathered.half.copy()
    for lasting in standing:
        if lasting.municipality in rows:
            first = bisect_left(gathered.months, lasting.month)
            cells = rows[lasting.municipality], slice(first, None), PLACE_OF[lasting.sector]
            total[cells] += lasting.value
            count[cells] += 1
            half[cells] += lasting.half
    return _bounded(gathered.municipalities, gathered.months, total, count, half)


def _bounded(
    municipalities: tuple[str, ...], months: tuple[date, ...], total: Values, count: Values, half: Values
) -> Pressure:
    there = count > 0
    value = np.divide(total, count, out=np.full(total.shape, np.nan), where=there)
    wide = np.divide(half, count, out=np.zeros(total.shape), where=there)
    low = np.where(there, np.clip(value - wide, 0, 1), 0.0)
    high = np.where(there, np.clip(value + wide, 0, 1), 1.0)
    return Pressure(municipalities, months, value, low, high)


def spared(told: Pressure, month: date, threshold: Fraction) -> dict[str, Fraction]:
    """Municipality -> 0 to 1: how far its certain pressure lies between the threshold and full; only those above 0."""
    at = told.months.index(month)
    shares = {
        code: deduction_share(low, threshold, Fraction(1))
        for code, low in zip(told.municipalities, told.low[:, at].tolist(), strict=True)
    }
    return {code: share for code, share in shares.items() if share}


def deduction_share(low: float, threshold: Fraction, most: Fraction) -> Fraction:
    """The share of its persons that a municipality is spared: none up to the threshold, `most` at full pressure.

    Made from the lower end: only pressure that is certain counts, so that nobody is spared for not answering.
    """
    if not 0 <= threshold < 1 or not 0 <= most <= 1:
        raise BadInput(f"threshold {threshold}, most {most}", "0 <= threshold < 1, 0 <= most <= 1")
    above = max(Fraction(0), Fraction(low).limit_denominator(10_000) - threshold)
    return most * above / (1 - threshold)


def deducted(
    shares: Mapping[str, Fraction], told: Pressure, month: date, threshold: Fraction, most: Fraction
) -> dict[str, Fraction]:
    """Municipality -> persons to take off its exact share, for a division's `deduct_for`; only those above 0."""
    if not 0 <= most <= 1:
        raise BadInput(f"most {most}", "0 to 1")
    parts = spared(told, month, threshold)
    off = {code: persons * most * parts[code] for code, persons in shares.items() if code in parts}
    return {code: persons for code, persons in off.items() if persons}


def less_room(persons: int, part: Fraction, most: Fraction) -> int:
    """Places that are left when a municipality is spared `most` of them at full pressure; whole persons upwards."""
    if persons < 0 or not 0 <= part <= 1 or not 0 <= most <= 1:
        raise BadInput(f"{persons} places, part {part}, most {most}", "0 or more places, shares from 0 to 1")
    return ceil(persons * (1 - part * most))

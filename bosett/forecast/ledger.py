"""The ledger: every forecast with who made it, when, for what, and what came."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bosett.forecast.quantiles import COLUMNS, LEVELS, crps
from bosett.terms.errors import BadInput

_MADE = re.compile(r"(\d{4})(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?(-[a-z]+)?")
_TARGET = re.compile(r"(\d{4})(-(0[1-9]|1[0-2]))?")


class Lead(StrEnum):
    """How long before the year it is about a forecast was made."""

    EARLIER = "earlier"
    YEAR_BEFORE = "year_before"
    SAME_YEAR = "same_year"


@dataclass(frozen=True)
class Published:
    """One published or internal forecast, and the outcome where it is known.

    Parameters
    ----------
    made
        `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, with a word after it where only that is known (`2010-early`).
    target
        The year or month it is about.
    low, point, high
        Persons, >= 0; None = not published, which is not 0.
    actual
        The outcome; None = not known.
    maker, purpose, vintage
        Who; budget, planning or preparedness; the month whose data it was made from.  Empty = not known.
    quantiles
        The nine of `bosett.forecast.quantiles`, where a whole distribution was told; else empty.

    Raises
    ------
    BadInput
        If a number is negative, the range or its point is upside down, a date is not written so, or
        the forecast is younger than its target.
    """

    made: str
    target: str
    series: str
    low: float | None = None
    point: float | None = None
    high: float | None = None
    actual: float | None = None
    maker: str = ""
    purpose: str = ""
    vintage: str = ""
    source: str = ""
    quantiles: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not _MADE.fullmatch(self.made):
            raise BadInput(repr(self.made), "YYYY, YYYY-MM or YYYY-MM-DD", column="made")
        if not _TARGET.fullmatch(self.target):
            raise BadInput(repr(self.target), "a year or a month, YYYY or YYYY-MM", column="target")
        if self.lead_years < 0:
            raise BadInput(
                f"made {self.made} for {self.target}", "made no later than its year", column="made"
            )
        self._refuse_numbers()

    def _refuse_numbers(self) -> None:
        for column in ("low", "point", "high", "actual"):
            value = getattr(self, column)
            if value is not None and not (math.isfinite(value) and value >= 0):
                raise BadInput(f"{value:g}", "a number, 0 or more", column=column)
        stated = [value for value in (self.low, self.point, self.high) if value is not None]
        if stated != sorted(stated):
            found = " > ".join(f"{value:g}" for value in stated)
            raise BadInput(found, "low <= point <= high", column="high")
        if not stated and not self.quantiles:
            raise BadInput("no point and no range", "a point, a range or both", column="point")
        told = list(self.quantiles)
        if told and (
            len(told) != len(LEVELS) or told != sorted(told) or not 0 <= told[0] <= told[-1] < math.inf
        ):
            raise BadInput(f"quantiles {told}", "nine that never fall, 0 or more", column=COLUMNS[0])

    @property
    def lead_years(self) -> int:
        """Calendar years between the making and the target."""
        return int(self.target[:4]) - int(self.made[:4])

    @property
    def lead(self) -> Lead:
        """Same year, the year before, or earlier."""
        return [Lead.SAME_YEAR, Lead.YEAR_BEFORE, Lead.EARLIER][min(2, self.lead_years)]

    @property
    def error_share(self) -> float | None:
        """(point - actual) / actual; None without both, or when nobody came."""
        if self.point is None or not self.actual:
            return None
        return self.point / self.actual - 1

    @property
    def log_ratio(self) -> float | None:
        """log(point / actual); None without both above 0."""
        if not self.point or not self.actual:
            return None
        return math.log(self.point / self.actual)

    @property
    def held(self) -> bool | None:
        """Whether the outcome lay in the range, ends included; None without range or outcome."""
        if self.low is None or self.high is None or self.actual is None:
            return None
        return self.low <= self.actual <= self.high

    @property
    def crps(self) -> float | None:
        """The score of the whole distribution, in persons; None without one or without an outcome."""
        if not self.quantiles or self.actual is None:
            return None
        return float(crps(np.array(self.quantiles), np.array(self.actual)))

    def interval_score(self, level: float) -> float | None:
        """Width plus what the outcome lay outside, times 2 / (1 - level); the smaller the better.

        Parameters
        ----------
        level
            The probability the range was meant to hold, above 0 and below 1.
        """
        if self.low is None or self.high is None or self.actual is None:
            return None
        outside = max(0.0, self.low - self.actual) + max(0.0, self.actual - self.high)
        return self.high - self.low + 2 / (1 - level) * outside

"""How long until something happens, with those it has not happened to counted right.

Kaplan and Meier's estimate: whoever is still waiting, or has left for another reason, counts as long as they were
seen and not as if nothing would ever happen.  Intervals are on the log-minus-log scale (Greenwood's variance), so
that they stay between 0 and 1.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from scipy.stats import CensoredData, ecdf

from bosett.terms.errors import BadInput

CONFIDENCE = 0.95


class Ending(StrEnum):
    """How the time of one person ended."""

    HAPPENED = "happened"
    OPEN = "open"
    LEFT = "left"


@dataclass(frozen=True)
class Spell:
    """One person's time: settled and living there, or ready and waiting.

    Parameters
    ----------
    began, ended
        The first day, and the day of what happened or of leaving; None while it is open.
    ending
        `LEFT` = gone for another reason than the one that is counted (died, left the country, lost the permit).

    Raises
    ------
    BadInput
        If the end lies before the beginning, or does not go with how it ended.
    """

    began: date
    ended: date | None = None
    ending: Ending = Ending.OPEN

    def __post_init__(self) -> None:
        if (self.ended is None) != (self.ending is Ending.OPEN):
            raise BadInput(f"{self.ending} with an end of {self.ended}", "an end exactly when it is not open")
        if self.ended is not None and self.ended < self.began:
            raise BadInput(f"an end {self.ended} before {self.began}", "an end on or after the first day")


@dataclass(frozen=True)
class Point:
    """The curve on one day after the beginning.

    Parameters
    ----------
    share, low, high
        To whom it has not happened by the end of the day, 0 to 1, with its interval.  Both ends are None where no
        interval can be given: before anything happened, and when it has happened to all.
    at_risk
        Persons still counted when the day began.
    happened
        To how many it happened up to and with the day.
    """

    day: int
    share: float
    low: float | None
    high: float | None
    at_risk: int
    happened: int


@dataclass(frozen=True)
class Curve:
    """The estimate at the days asked for."""

    persons: int
    points: tuple[Point, ...]


def curve(spells: Sequence[Spell], as_of: date, days: Sequence[int]) -> Curve:
    """The share to whom it has not happened, at days after the beginning, as seen on a day.

    What happens after `as_of` is not seen.  A day that nobody has been followed to has no point.

    Raises
    ------
    BadInput
        If a spell begins after `as_of`, or a day is negative.
    """
    if any(day < 0 for day in days):
        raise BadInput(f"the day {min(days)}", "0 or more days after the beginning")
    late = [one for one in spells if one.began > as_of]
    if late:
        raise BadInput(f"a beginning on {late[0].began}", f"a day up to {as_of}")
    lasted, happened = _seen(spells, as_of)
    if not spells:
        return Curve(0, ())
    found = ecdf(CensoredData(uncensored=lasted[happened], right=lasted[~happened])).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # no interval at 0 and 1; told as None
        interval = found.confidence_interval(CONFIDENCE, method="log-log")
    ends = interval.low.probabilities, interval.high.probabilities
    points = [
        _point(day, found.quantiles, found.probabilities, ends, lasted, happened)
        for day in sorted(set(days))
        if day <= lasted.max()
    ]
    return Curve(len(spells), tuple(points))


def followed(spells: Sequence[Spell], as_of: date, day: int) -> int:
    """Persons who are still counted when a day after the beginning begins, as seen on a day."""
    return sum((min(one.ended or as_of, as_of) - one.began).days >= day for one in spells)


def _seen(spells: Sequence[Spell], as_of: date) -> tuple[np.ndarray, np.ndarray]:
    """Days each was followed, and whether it happened to them by then."""
    seen = [one.ended is not None and one.ended <= as_of for one in spells]
    lasted = [
        ((one.ended if known and one.ended is not None else as_of) - one.began).days
        for one, known in zip(spells, seen, strict=True)
    ]
    happened = [known and one.ending is Ending.HAPPENED for one, known in zip(spells, seen, strict=True)]
    return np.array(lasted, dtype=float), np.array(happened, dtype=bool)


def _point(
    day: int,
    days: np.ndarray,
    shares: np.ndarray,
    ends: tuple[np.ndarray, np.ndarray],
    lasted: np.ndarray,
    happened: np.ndarray,
) -> Point:
    at = int(np.searchsorted(days, day, side="right")) - 1
    share = 1.0 if at < 0 else float(shares[at])
    low, high = (None, None) if at < 0 else (_known(ends[0][at]), _known(ends[1][at]))
    if not 0 < share < 1:
        low = high = None
    return Point(day, share, low, high, int((lasted >= day).sum()), int((happened & (lasted <= day)).sum()))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def protected(told: Curve, smallest: int) -> Curve:
    """The points that tell of nobody in particular.

    A curve of fewer than `smallest` persons has none.  A point is left out where fewer are followed, or where
    something has happened to fewer than that since the last point that is shown (and to somebody).
    """
    shown: list[Point] = []
    before = 0
    for one in told.points if told.persons >= smallest else ():
        since = one.happened - before
        if one.at_risk >= smallest and (since == 0 or since >= smallest):
            shown.append(one)
            before = one.happened
    return Curve(told.persons, tuple(shown))

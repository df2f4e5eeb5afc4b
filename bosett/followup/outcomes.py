"""How it went with those who waited and those who were settled: by group, with intervals, and beside the alike.

A share that a municipality keeps says little by itself: who was settled there differs.  So it stands beside what
would be expected if each kind of household had stayed as it stays in the whole country, and no order is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scipy.stats import chi2

from bosett.followup.survival import CONFIDENCE, Curve, Ending, Spell, curve, protected
from bosett.terms.errors import BadInput

DAYS_A_YEAR = 365.25
DAYS_A_MONTH = DAYS_A_YEAR / 12
FIRST_BANDS = (91, 183, 365)
"""Days at which who waits now goes over into the next band: three, six and twelve months."""


@dataclass(frozen=True)
class Waited:
    """How long a group has waited, with those who still wait counted as long as they have.

    Parameters
    ----------
    median_days
        The first day by which it has happened to half; None when that has not come yet, or is told of few.
    within
        Days -> (share to whom it has happened by then, low, high), only where it can be told.
    """

    persons: int
    happened: int
    median_days: int | None
    within: Mapping[int, tuple[float, float | None, float | None]]
    shown: Curve


def waited(spells: Sequence[Spell], as_of: date, days: Sequence[int], smallest: int) -> Waited:
    """The group's curve at some days, its median, and the shares; nothing of a group below `smallest`."""
    whole = curve(spells, as_of, range(1 + max(days, default=0)))
    told = protected(curve(spells, as_of, days), smallest)
    happened = sum(
        one.ending is Ending.HAPPENED and one.ended is not None and one.ended <= as_of for one in spells
    )
    enough = len(spells) >= smallest and happened >= smallest
    half = next(
        (point.day for point in whole.points if point.share <= 0.5 and point.at_risk >= smallest), None
    )
    return Waited(
        persons=len(spells), happened=happened, median_days=half if enough else None,
        within={
            point.day: (1 - point.share, _less(point.high), _less(point.low))
            for point in told.points
            if point.day in days
        },
        shown=told,
    )  # fmt: skip


def ageing(waiting_since: Sequence[date], today: date, bands: Sequence[int] = FIRST_BANDS) -> tuple[int, ...]:
    """How many have waited less than the first band, less than the second …, and longer than the last.

    Raises
    ------
    BadInput
        If somebody waits since a day to come.
    """
    found = [0] * (len(bands) + 1)
    for since in waiting_since:
        days = (today - since).days
        if days < 0:
            raise BadInput(f"waiting since {since}", f"a day up to {today}")
        found[next((at for at, band in enumerate(bands) if days < band), len(bands))] += 1
    return tuple(found)


@dataclass(frozen=True)
class Moved:
    """Moves out of one municipality beside what its mix of households leads one to expect.

    Parameters
    ----------
    moved, expected
        Persons who have moved on, and who would have if each kind moved as in the whole country.
    low, high
        The ends of the interval of moved / expected.
    """

    persons: int
    moved: int
    expected: float
    low: float
    high: float

    @property
    def ratio(self) -> float:
        """1 as expected, 2 twice as many moves."""
        return self.moved / self.expected

    @property
    def differs(self) -> bool:
        """Whether 1 lies outside the interval."""
        return not self.low <= 1 <= self.high


Kind = tuple[str, ...]
Cohort = Mapping[Kind, Sequence[Spell]]
"""Kind of household (track, alone or family …) -> the spells of its persons."""


def beside_expected(own: Cohort, everybody: Cohort, as_of: date, horizon_days: int) -> Moved | None:
    """Moves within the horizon beside those expected from the rates of each kind; None where none are expected.

    Rates are moves by day at risk, so that whoever has been followed shorter counts less.  The interval is exact
    for a count (Poisson): its ends are chi-square quantiles.

    Raises
    ------
    BadInput
        If a kind of the own cohort is not in the country's.
    """
    expected, moved, persons = 0.0, 0, 0
    for kind, spells in own.items():
        if kind not in everybody:
            raise BadInput(f"the kind {'/'.join(kind)}", "one of the country's", column="kind")
        events, days = exposure(everybody[kind], as_of, horizon_days)
        own_events, own_days = exposure(spells, as_of, horizon_days)
        expected += own_days * events / days if days else 0.0
        moved, persons = moved + own_events, persons + len(spells)
    if not expected:
        return None
    low, high = poisson_interval(moved)
    return Moved(persons, moved, expected, low / expected, high / expected)


def exposure(spells: Sequence[Spell], as_of: date, horizon_days: int) -> tuple[int, int]:
    """(how many it happened to within the horizon, days that all were followed within it)."""
    events = days = 0
    for one in spells:
        end = one.ended if one.ended is not None and one.ended <= as_of else None
        lasted = ((end or as_of) - one.began).days
        days += min(max(lasted, 0), horizon_days)
        events += end is not None and one.ending is Ending.HAPPENED and lasted <= horizon_days
    return events, days


def poisson_interval(count: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The exact ends for the mean of a count."""
    tail = (1 - confidence) / 2
    low = float(chi2.ppf(tail, 2 * count)) / 2 if count else 0.0
    return low, float(chi2.ppf(1 - tail, 2 * count + 2)) / 2


def _less(share: float | None) -> float | None:
    return None if share is None else 1 - share

"""What the ledger teaches: errors, typical factor, ranges that held; by lead and by maker."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean, median

from bosett.forecast.ledger import Lead, Published

RANGE_LEVEL = 0.80
"""The probability that published ranges are taken to be meant for; none says so: an assumption."""


@dataclass(frozen=True)
class Lessons:
    """Scores of some forecasts; None where no row has what is needed.

    Parameters
    ----------
    points, ranges
        Rows with a point, and with a range, whose outcome is known.
    median_absolute_error
        Median of |point - actual| / actual.
    typical_factor
        exp(median |log(point / actual)|): how many times too high or too low in the middle case.
    mean_factor
        exp(mean |log(point / actual)|): the same with the mean, which a few wild rows pull up.
    too_high
        Share of the points above the outcome.
    share_of_ranges_held
        Share of the ranges with the outcome inside.
    median_range_ratio
        Median of high / low.
    median_interval_score
        In persons, at the level that the ranges are taken to be meant for.
    mean_crps
        In persons, over the rows with a whole distribution.
    """

    rows: int
    points: int
    median_absolute_error: float | None
    typical_factor: float | None
    mean_factor: float | None
    too_high: float | None
    ranges: int
    ranges_held: int
    share_of_ranges_held: float | None
    median_range_ratio: float | None
    median_interval_score: float | None
    mean_crps: float | None


@dataclass(frozen=True)
class LedgerScores:
    """All rows together, by lead time, and by maker where one is named."""

    overall: Lessons
    by_lead: Mapping[Lead, Lessons]
    by_maker: Mapping[str, Lessons]


def score_ledger(rows: Iterable[Published], range_level: float = RANGE_LEVEL) -> LedgerScores:
    """Score every row whose outcome is known; the others are counted and not scored."""
    listed = list(rows)
    leads = [lead for lead in Lead if any(row.lead is lead for row in listed)]
    makers = sorted({row.maker for row in listed if row.maker})
    return LedgerScores(
        lessons(listed, range_level),
        {lead: lessons([row for row in listed if row.lead is lead], range_level) for lead in leads},
        {maker: lessons([row for row in listed if row.maker == maker], range_level) for maker in makers},
    )


def misses(rows: Iterable[Published]) -> dict[int, tuple[float, ...]]:
    """Calendar years ahead -> outcome over point of every scored forecast made so long before, smallest first.

    Times a point that stands today it is what would come if today's missed as that one did.
    """
    found: dict[int, list[float]] = {}
    for row in rows:
        if row.log_ratio is not None:
            found.setdefault(row.lead_years, []).append(math.exp(-row.log_ratio))
    return {years: tuple(sorted(told)) for years, told in sorted(found.items())}


def lessons(rows: list[Published], range_level: float) -> Lessons:
    """The scores of these rows."""
    errors = _known(row.error_share for row in rows)
    distances = [abs(ratio) for ratio in _known(row.log_ratio for row in rows)]
    held = [row.held for row in rows if row.held is not None]
    ratios = [row.high / row.low for row in rows if row.held is not None and row.low and row.high]
    scores = _known(row.interval_score(range_level) for row in rows)
    return Lessons(
        rows=len(rows),
        points=len(errors),
        median_absolute_error=_of(median, [abs(error) for error in errors]),
        typical_factor=_factor(median, distances),
        mean_factor=_factor(fmean, distances),
        too_high=_of(fmean, [float(error > 0) for error in errors]),
        ranges=len(held),
        ranges_held=sum(held),
        share_of_ranges_held=_of(fmean, [float(one) for one in held]),
        median_range_ratio=_of(median, ratios),
        median_interval_score=_of(median, scores),
        mean_crps=_of(fmean, _known(row.crps for row in rows)),
    )


def _known(values: Iterable[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def _of(middle: Callable[[list[float]], float], values: list[float]) -> float | None:
    return float(middle(values)) if values else None


def _factor(middle: Callable[[list[float]], float], distances: list[float]) -> float | None:
    return math.exp(middle(distances)) if distances else None

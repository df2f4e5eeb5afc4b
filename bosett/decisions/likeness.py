"""How much an earlier answer tells about the one to come: weights by year, size and own history.

The answer of a municipality is judged by earlier answers in situations like its own.  Three things
make a situation alike: how the request compares with the last vote (relative to how it changed for
the country), how far the municipality's earlier shares lay from the country's, and the size of the
request.  Years are weighed first, so that a year with many answers does not drown the others: what
happens to one council in a year happens to many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bosett.decisions.vote_history import PastAnswer, by_municipality
from bosett.terms.errors import NoAnswer

Floats = npt.NDArray[np.float64]

SMALL_NUMBER = 5
"""Added to both sides of a ratio, so that a change from 1 to 2 is not taken for a doubling."""
LAST_VOTE_YEARS = 3
OWN_HISTORY_KEPT = 0.8
OWN_HISTORY_PRIOR = 1.5


@dataclass(frozen=True)
class LikenessSettings:
    """Widths and half-lives, fixed beforehand (docs/methods/votes.md says how they were chosen).

    Parameters
    ----------
    half_life_years
        An answer this much older counts half.
    year_growth, own_growth
        Widths in log units: change of the whole request, and of the municipality's beside it.
    growth_seen
        Changes beyond this many log units are not told apart.
    own_share, size
        Widths in shares of the request, and in log persons.
    even_years, even_answers
        What part of the weight is spread evenly over years, and over the answers within a year.
    """

    half_life_years: float = 6.0
    year_growth: float = 0.4
    own_growth: float = 0.25
    growth_seen: float = 0.7
    own_share: float = 0.07
    size: float = 0.6
    even_years: float = 0.25
    even_answers: float = 0.15


@dataclass(frozen=True, eq=False)
class Situations:
    """One row an answer: its year, share and what describes the situation before it was given."""

    years: Floats
    shares: Floats
    growth: Floats
    own: Floats
    persons: Floats


@dataclass(frozen=True, eq=False)
class Likeness:
    """Weights that sum to 1 for each municipality asked.

    Parameters
    ----------
    years, year_weights
        The earlier years with answers, and how much each tells.
    answer_years, shares
        Of each earlier answer.
    weights
        (asked, answers).
    """

    years: tuple[int, ...]
    year_weights: Floats
    answer_years: Floats
    shares: Floats
    weights: Floats


def likeness(
    history: Sequence[PastAnswer], asked: Mapping[str, int], year: int, settings: LikenessSettings
) -> Likeness:
    """Weigh every earlier answer for every municipality asked, from years before `year` only.

    Raises
    ------
    NoAnswer
        If no earlier year has both a request and a vote.
    """
    past = by_municipality(history, year)
    levels = _year_levels(past)
    if not levels:
        raise NoAnswer("history", f"no year before {year} has both a request and a vote")
    known = _situations(past, levels)
    now = _now(past, levels, asked, year)
    return _weigh(known, now, year, settings)


def _year_levels(past: Mapping[str, list[PastAnswer]]) -> dict[int, float]:
    """The country's share in each year."""
    voted: dict[int, int] = {}
    requested: dict[int, int] = {}
    for years in past.values():
        for one in years:
            if one.share is not None and one.voted is not None and one.answered_request:
                voted[one.year] = voted.get(one.year, 0) + one.voted
                requested[one.year] = requested.get(one.year, 0) + one.answered_request
    return {year: voted[year] / requested[year] for year in sorted(voted)}


def _situations(past: Mapping[str, list[PastAnswer]], levels: Mapping[int, float]) -> Situations:
    rows = []
    for years in past.values():
        for place, one in enumerate(years):
            if one.share is not None and one.answered_request:
                before = years[:place]
                described = _describe(before, levels, one.answered_request, one.year)
                rows.append((one.year, float(one.share), *described, one.answered_request))
    table = np.array(rows, dtype=np.float64)
    return Situations(*(table[:, place] for place in range(5)))


def _now(
    past: Mapping[str, list[PastAnswer]], levels: Mapping[int, float], asked: Mapping[str, int], year: int
) -> Situations:
    rows = [
        (year, np.nan, *_describe(past.get(code, []), levels, persons, year), max(persons, 1))
        for code, persons in asked.items()
    ]
    table = np.array(rows, dtype=np.float64).reshape(-1, 5)
    return Situations(*(table[:, place] for place in range(5)))


def _describe(
    before: Sequence[PastAnswer], levels: Mapping[int, float], request: int, year: int
) -> tuple[float, float]:
    """Log change from the last vote (NaN if none is near), and distance from the country's shares."""
    votes = [one for one in before if one.voted is not None]
    growth = np.nan
    if votes and votes[-1].voted is not None and year - votes[-1].year <= LAST_VOTE_YEARS:
        growth = float(np.log((request + SMALL_NUMBER) / (votes[-1].voted + SMALL_NUMBER)))
    told, weight = 0.0, OWN_HISTORY_PRIOR
    for one in before:
        if one.share is not None:
            counts = OWN_HISTORY_KEPT ** (year - one.year)
            told += counts * float(np.clip(float(one.share) - levels[one.year], -1, 1))
            weight += counts
    return growth, told / weight


def _weigh(known: Situations, now: Situations, year: int, settings: LikenessSettings) -> Likeness:
    years = np.unique(known.years)
    change = {at: _middle(known.growth[known.years == at]) for at in years}
    change_now = _middle(now.growth)
    seen = settings.growth_seen
    year_weights = _year_weights(years, change, change_now, year, settings)
    beside_now = np.clip(_filled(now.growth, change_now) - change_now, -seen, seen)
    weights = np.zeros((len(now.years), len(known.years)))
    for at, counts in zip(years, year_weights, strict=True):
        rows = np.flatnonzero(known.years == at)
        beside = np.clip(_filled(known.growth[rows], change[at]) - change[at], -seen, seen)
        even = np.sqrt(known.persons[rows])
        even = even / even.sum()
        alike = np.log(even)[None, :] + _log_bell(beside_now, beside, settings.own_growth)
        alike = alike + _log_bell(now.own, known.own[rows], settings.own_share)
        alike = alike + _log_bell(np.log(now.persons), np.log(known.persons[rows]), settings.size)
        near = np.exp(alike - alike.max(axis=1, keepdims=True))
        near = near / near.sum(axis=1, keepdims=True)
        kept = settings.even_answers
        weights[:, rows] = counts * ((1 - kept) * near + kept * even[None, :])
    listed = tuple(int(at) for at in years)
    return Likeness(listed, year_weights, known.years, known.shares, weights)


def _year_weights(
    years: Floats, change: Mapping[float, float], now: float, year: int, settings: LikenessSettings
) -> Floats:
    seen = settings.growth_seen
    changes = np.clip(np.array([change[at] for at in years]), -seen, seen)
    recent = -np.log(2) * (year - years) / settings.half_life_years
    alike = recent - 0.5 * ((changes - np.clip(now, -seen, seen)) / settings.year_growth) ** 2
    near = np.exp(alike - alike.max())
    even = np.full(len(years), 1 / len(years))
    kept = settings.even_years
    return np.asarray((1 - kept) * near / near.sum() + kept * even, dtype=np.float64)


def _log_bell(now: Floats, known: Floats, width: float) -> Floats:
    return np.asarray(-0.5 * ((now[:, None] - known[None, :]) / width) ** 2, dtype=np.float64)


def _middle(values: Floats) -> float:
    """The median of what is known; no change when nothing is."""
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) else 0.0


def _filled(values: Floats, instead: float) -> Floats:
    return np.where(np.isfinite(values), values, instead)

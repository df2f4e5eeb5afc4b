"""What the criteria do: population in disguise, which pull against each other, what a point moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from bosett.distribution.result import Bound, Distribution, MunicipalityShare
from bosett.terms.errors import BadInput

POINT = Fraction(1, 100)


@dataclass(frozen=True)
class Disguise:
    """How much of a criterion is nothing but size.

    Parameters
    ----------
    explained
        Share of the variance of the persons that the criterion gives which population explains by a
        straight line, 0 to 1; None when the criterion gives everybody the same.
    """

    column: str
    explained: float | None


@dataclass(frozen=True)
class Pull:
    """Two criteria beside each other, per inhabitant: +1 the same direction, -1 against each other."""

    first: str
    second: str
    correlation: float


@dataclass(frozen=True)
class WeightEffect:
    """What one more point (one hundredth) of a weight moves, the others giving in proportion.

    Parameters
    ----------
    moved_persons
        Persons that change municipality, before floors and caps.
    changes
        (municipality, persons more or fewer), the largest first.
    """

    column: str
    moved_persons: Fraction
    changes: tuple[tuple[str, Fraction], ...]

    def __post_init__(self) -> None:
        if sum((persons for _, persons in self.changes), Fraction(0)) != 0:
            raise ValueError("what a weight moves sums to nobody")


@dataclass(frozen=True)
class YearChange:
    """Why a municipality is asked for more or fewer than last year; the parts sum to the change.

    Parameters
    ----------
    need
        Persons because the whole need changed, its exact share being what it was.
    criteria
        (column, persons) because its part of the criterion changed: the weight or the indicator.
    rules
        Persons because of deductions, floors, caps, hand and rounding.
    """

    identifier: str
    before: int
    now: int
    need: Fraction
    criteria: tuple[tuple[str, Fraction], ...]
    rules: Fraction

    def __post_init__(self) -> None:
        parts = sum((persons for _, persons in self.criteria), self.need + self.rules)
        if parts != self.now - self.before:
            raise ValueError("the parts do not sum to the change")


def population_in_disguise(
    division: Distribution, population: Mapping[str, Fraction]
) -> tuple[Disguise, ...]:
    """For each criterion how much of its variance population explains.

    Raises
    ------
    BadInput
        If the population of one that takes part is not known.
    """
    members = _members(division)
    size = _known(members, population)
    return tuple(
        Disguise(column, _explained(_column(members, column), size)) for column in _columns(division)
    )


def pulls(division: Distribution, population: Mapping[str, Fraction]) -> tuple[Pull, ...]:
    """Each pair of criteria per inhabitant; a pair in which one is the same for all is left out."""
    members = _members(division)
    size = _known(members, population)
    rates = {column: _column(members, column) / size for column in _columns(division)}
    varied = [column for column, rate in rates.items() if np.ptp(rate) > 1e-9 * max(1.0, float(np.max(rate)))]
    return tuple(
        Pull(first, second, float(np.corrcoef(rates[first], rates[second])[0, 1]))
        for place, first in enumerate(varied)
        for second in varied[place + 1 :]
    )


def weight_effects(
    division: Distribution, weights: Mapping[str, Fraction], points: int = 1
) -> tuple[WeightEffect, ...]:
    """What so many points more of each weight move, in exact shares.

    Parameters
    ----------
    weights
        Column -> weight of the division; a criterion with all or none of the weight is left out.
    """
    members = _members(division)
    effects = []
    for column, weight in weights.items():
        if 0 < weight < 1:
            step = points * POINT / (1 - weight)
            moved = [
                (share.identifier, step * (dict(share.contributions)[column] / weight - share.exact_share))
                for share in members
            ]
            moved.sort(key=lambda row: (-abs(row[1]), row[0]))
            gained = sum((persons for _, persons in moved if persons > 0), Fraction(0))
            effects.append(WeightEffect(column, gained, tuple(moved)))
    return tuple(effects)


def year_changes(before: Distribution, now: Distribution) -> tuple[YearChange, ...]:
    """Why each municipality of both divisions is asked for more or fewer, the largest rise first."""
    earlier = {share.identifier: share for share in before.shares}
    growth = Fraction(now.need, before.need) if before.need else Fraction(0)
    changes = [
        _change(earlier[one.identifier], one, growth) for one in now.shares if one.identifier in earlier
    ]
    return tuple(sorted(changes, key=lambda one: (one.before - one.now, one.identifier)))


def _change(before: MunicipalityShare, now: MunicipalityShare, growth: Fraction) -> YearChange:
    parts_before, parts_now = dict(before.contributions), dict(now.contributions)
    criteria = tuple(
        (column, parts_now.get(column, Fraction(0)) - growth * parts_before.get(column, Fraction(0)))
        for column in dict.fromkeys([*parts_now, *parts_before])
    )
    need = (growth - 1) * before.exact_share
    told = sum((persons for _, persons in criteria), need)
    rules = now.asked - before.asked - told
    return YearChange(now.identifier, before.asked, now.asked, need, criteria, rules)


def _members(division: Distribution) -> list[MunicipalityShare]:
    return [share for share in division.shares if share.bound not in (Bound.EXCLUDED, Bound.TOO_SMALL)]


def _columns(division: Distribution) -> list[str]:
    return [column for column, _ in division.shares[0].contributions]


def _column(
    members: Sequence[MunicipalityShare], column: str
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([float(dict(share.contributions)[column]) for share in members])


def _known(
    members: Sequence[MunicipalityShare], population: Mapping[str, Fraction]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    for share in members:
        if not population.get(share.identifier):
            raise BadInput(
                f"no population of {share.identifier}", "inhabitants above 0 for each that takes part"
            )
    return np.array([float(population[share.identifier]) for share in members])


def _explained(
    given: np.ndarray[tuple[int], np.dtype[np.float64]], size: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> float | None:
    if len(given) < 3 or np.ptp(given) == 0 or np.ptp(size) == 0:
        return None
    return float(np.corrcoef(given, size)[0, 1] ** 2)

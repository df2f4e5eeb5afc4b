"""Family members who will come to a municipality, from its own settled cohorts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bosett.terms.errors import BadInput
from bosett.terms.municipality import MunicipalityCode

LOW, HIGH = 0.10, 0.90


@dataclass(frozen=True)
class FamilyRecord:
    """One municipality in one past year.

    Parameters
    ----------
    exposed
        Persons settled in earlier years, each weighted by how likely a person settled so long ago is to
        be joined by family in the year (weights are the caller's, the same for all), >= 0.
    came
        Family members who came in the year, >= 0.
    """

    municipality: MunicipalityCode
    exposed: float
    came: int

    def __post_init__(self) -> None:
        if not self.exposed >= 0 or self.came < 0:
            raise BadInput(f"{self.municipality}: {self.exposed} exposed, {self.came} came", "0 or more")


@dataclass(frozen=True)
class FamilyForecast:
    """Family members expected in the coming year: mean, P10, P50 and P90; whole persons at the levels."""

    municipality: MunicipalityCode
    mean: float
    low: int
    median: int
    high: int


def exposure(settled: Mapping[int, int], year: int, weights: Sequence[float]) -> float:
    """Persons settled 0, 1, 2, ... years before the year, weighted.

    Parameters
    ----------
    settled
        Year -> persons settled; a year that is not there is not known and is refused where it is needed.
    """
    needed = [year - back for back, weight in enumerate(weights) if weight]
    unknown = [one for one in needed if one not in settled]
    if unknown:
        raise BadInput(f"no settled persons of {unknown[0]}", "every year that has a weight")
    return sum(weight * settled[year - back] for back, weight in enumerate(weights) if weight)


def family_forecast(
    past: Sequence[FamilyRecord], coming: Mapping[MunicipalityCode, float]
) -> tuple[FamilyForecast, ...]:
    """Forecast each municipality from its own rate, drawn towards the country's as far as it is small.

    Counts are Poisson around exposure x rate and rates are gamma-distributed between municipalities
    (moments of the past), so that the coming count is negative binomial.  A municipality without a past
    gets the country's rate and the widest interval.

    Raises
    ------
    BadInput
        If nobody was exposed in the past.
    """
    exposed, came = _sums(past)
    whole = sum(exposed.values())
    if whole <= 0:
        raise BadInput("nobody exposed in the past", "settled persons in earlier years")
    rate = sum(came.values()) / whole
    shape = _shape(exposed, came, rate)
    found = []
    for municipality, ahead in sorted(coming.items()):
        own_shape = shape + came.get(municipality, 0)
        own_scale = (shape / rate if rate else math.inf) + exposed.get(municipality, 0.0)
        found.append(_one(municipality, ahead, own_shape, own_scale))
    return tuple(found)


def _sums(past: Sequence[FamilyRecord]) -> tuple[dict[MunicipalityCode, float], dict[MunicipalityCode, int]]:
    exposed: dict[MunicipalityCode, float] = {}
    came: dict[MunicipalityCode, int] = {}
    for one in past:
        exposed[one.municipality] = exposed.get(one.municipality, 0.0) + one.exposed
        came[one.municipality] = came.get(one.municipality, 0) + one.came
    return exposed, came


def _shape(exposed: dict[MunicipalityCode, float], came: dict[MunicipalityCode, int], rate: float) -> float:
    """The gamma's shape by moments: how alike the municipalities' rates are; 0.5 to 50."""
    expected = {code: many * rate for code, many in exposed.items() if many > 0}
    beyond = sum((came.get(code, 0) - mean) ** 2 - mean for code, mean in expected.items())
    squares = sum(mean**2 for mean in expected.values())
    return min(50.0, max(0.5, squares / beyond if beyond > 0 else 50.0))


def _one(municipality: MunicipalityCode, ahead: float, shape: float, scale: float) -> FamilyForecast:
    if not ahead >= 0:
        raise BadInput(f"{municipality}: {ahead} exposed", "0 or more")
    mean = 0.0 if math.isinf(scale) else shape * ahead / scale
    low, median, high = (_quantile(level, mean, shape) for level in (LOW, 0.5, HIGH))
    return FamilyForecast(municipality, mean, low, median, high)


def _quantile(level: float, mean: float, shape: float) -> int:
    """The smallest number whose negative binomial probability up to it reaches the level."""
    if mean == 0:
        return 0
    chance = shape / (shape + mean)
    term = chance**shape
    total, number = term, 0
    while total < level and number < 1_000_000:
        term *= (shape + number) / (number + 1) * (1 - chance)
        number += 1
        total += term
    return number

"""What a target coverage asks for: rates, the State's cost by year with interval, and who gains.

All rates are moved by one factor, so that five years' grant is the target times five years' expenditure.
The factor carries the error of the expenditure, and so does all that follows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bosett.expenditure.register import YEARS
from bosett.expenditure.result import Z95, Estimate
from bosett.terms.errors import BadInput, NoAnswer


@dataclass(frozen=True)
class Range:
    """A value with the ends of its 95 % interval; the ends are None where no error could be estimated."""

    value: float
    low95: float | None
    high95: float | None

    def times(self, factor: float) -> Range:
        """Multiplied by a known number; below 0 the ends change places."""
        ends = [None if one is None else one * factor for one in (self.low95, self.high95)]
        return Range(self.value * factor, *(ends if factor >= 0 else ends[::-1]))


@dataclass(frozen=True)
class MunicipalityPersons:
    """Persons who release the grant by residence year, and the group it is told under."""

    municipality_id: str
    group: str
    persons: Mapping[int, float]


@dataclass(frozen=True)
class Consequence:
    """Rates of residence years 1-5, more cost to the State by calendar year, and more grant by group."""

    factor: Range
    rates_nok: Mapping[int, Range]
    state_nok: Mapping[int, Range]
    municipality_nok: Mapping[str, Range]
    group_nok: Mapping[str, Range]


@dataclass(frozen=True)
class GroupCoverage:
    """What the grant covers in a group of municipalities over a person's five years.

    `left_nok` is what is left of the new grant when the expenditure is paid; below 0 the municipalities pay the rest.
    """

    group: str
    expenditure_nok: Range
    now: Range
    then: Range
    left_nok: Range


def consequence(
    target: float,
    five_years: Estimate,
    rates_nok: Mapping[int, float],
    persons: Mapping[int, Mapping[int, float]],
    municipalities: Sequence[MunicipalityPersons] = (),
) -> Consequence:
    """What follows if the grant is to cover the share `target` of expenditure.

    Parameters
    ----------
    persons
        Calendar year -> residence year -> persons who release the grant.

    Raises
    ------
    BadInput
        For a target that is not above 0.
    NoAnswer
        If a residence year has no rate: missing is not zero.
    """
    if not target > 0:
        raise BadInput(str(target), "a share above 0, 1 = all", "target")
    if lacking := [year for year in YEARS if year not in rates_nok]:
        raise NoAnswer("grant_missing", f"no grant for residence years {lacking}: missing is not zero")
    grant = sum(rates_nok[year] for year in YEARS)
    factor = _factor(target / grant, five_years)
    rise = Range(
        factor.value - 1, *(None if one is None else one - 1 for one in (factor.low95, factor.high95))
    )
    by_place = {one.municipality_id: rise.times(_paid(rates_nok, one.persons)) for one in municipalities}
    groups: dict[str, float] = {}
    for one in municipalities:
        groups[one.group] = groups.get(one.group, 0.0) + _paid(rates_nok, one.persons)
    return Consequence(
        factor,
        {year: factor.times(rates_nok[year]) for year in YEARS},
        {year: rise.times(_paid(rates_nok, here)) for year, here in persons.items()},
        by_place,
        {name: rise.times(paid) for name, paid in sorted(groups.items())},
    )


def group_coverages(
    groups: Sequence[Estimate], register: Estimate, grant_nok: float, factor: float
) -> tuple[GroupCoverage, ...]:
    """Who gains and who loses: each group's own five years against the same grant, today's and `factor` times it.

    Parameters
    ----------
    groups
        The surveyed expenditure per person and year in each group.
    register
        The registers' five years per person, the same in every group: an assumption.
    grant_nok
        Five years' grant per person at today's rates.

    Once decided, a rate is a fixed number: the intervals carry the error of the group's expenditure alone.  The
    errors of survey and registers are added before they are squared, on the safe side.
    """
    return tuple(_group_coverage(one, register, grant_nok, factor) for one in groups)


def _group_coverage(one: Estimate, register: Estimate, grant_nok: float, factor: float) -> GroupCoverage:
    value = len(YEARS) * one.per_person_nok + register.per_person_nok
    errors = (one.standard_error, register.standard_error)
    known = [error for error in errors if error is not None]
    ends: tuple[float | None, float | None] = (None, None)
    if len(known) == len(errors):
        spread = Z95 * (len(YEARS) * known[0] + known[1])
        ends = (value - spread, value + spread)
    spent, given = Range(value, *ends), grant_nok * factor
    left = Range(given - value, *(None if end is None else given - end for end in ends[::-1]))
    return GroupCoverage(one.area, spent, _covered(grant_nok, spent), _covered(given, spent), left)


def _covered(grant_nok: float, spent: Range) -> Range:
    low, high = spent.low95, spent.high95
    return Range(
        grant_nok / spent.value,
        None if high is None else grant_nok / high,
        None if low is None or low <= 0 else grant_nok / low,
    )


def gini(per_person: Sequence[tuple[float, float]]) -> float:
    """How unequal cost per person is, 0 to 1; pairs of (kroner per person >= 0, persons).

    Source: half the mean absolute difference between two persons drawn, over the mean.
    """
    whole = sum(weight for _, weight in per_person)
    mean = sum(value * weight for value, weight in per_person)
    if whole <= 0 or mean <= 0:
        raise NoAnswer("no_expenditure", "nobody, or nothing spent")
    area = below = 0.0
    for value, weight in sorted(per_person):
        area += weight * (below + value * weight / 2)
        below += value * weight
    return 1 - 2 * area / (whole * mean)


def _factor(scale: float, five: Estimate) -> Range:
    if five.standard_error is None:
        return Range(scale * five.per_person_nok, None, None)
    spread = Z95 * five.standard_error
    low, high = five.per_person_nok - spread, five.per_person_nok + spread
    return Range(scale * five.per_person_nok, scale * low, scale * high)


def _paid(rates_nok: Mapping[int, float], persons: Mapping[int, float]) -> float:
    """The grant at today's rates."""
    if outside := sorted(set(persons) - set(YEARS)):
        raise BadInput(str(outside[0]), "a residence year of 1 to 5", "persons")
    return sum(rates_nok[year] * count for year, count in persons.items())

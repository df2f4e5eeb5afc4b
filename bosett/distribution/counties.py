"""Through the counties: the need to each county first, and what that step costs in equal treatment.

With the same criteria the two ways differ, since inside a county a municipality is compared with its
neighbours only: two municipalities with equal indicators in different counties get different numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from bosett.distribution.apportion import largest_remainder
from bosett.distribution.methods import Recipe, recipe
from bosett.distribution.problem import (
    Criterion,
    DistributionCriteria,
    DistributionProblem,
    GroupNeed,
)
from bosett.distribution.result import Bound, Distribution
from bosett.distribution.solve import distribute
from bosett.terms.errors import BadInput, NoAnswer


@dataclass(frozen=True)
class CountyStep:
    """One municipality both ways.

    Parameters
    ----------
    direct, through
        Persons asked for without and with the county step.
    factor
        Persons through the county per person of the direct share after bounds; None without a share.
    """

    identifier: str
    county: str
    direct: int
    through: int
    factor: Fraction | None

    @property
    def difference(self) -> int:
        """Persons more (or fewer, below 0) because of the county step."""
        return self.through - self.direct


@dataclass(frozen=True)
class CountyDivision:
    """The division through counties beside the direct one.

    Parameters
    ----------
    county_needs
        (county, persons), in order of county; they sum to the need.
    groups
        (group, ((municipality, persons), ...)) through the counties.
    """

    direct: Distribution
    through: Mapping[str, Distribution]
    county_needs: tuple[tuple[str, int], ...]
    steps: tuple[CountyStep, ...]

    def __post_init__(self) -> None:
        if sum(step.through for step in self.steps) != self.direct.need:
            raise ValueError("the division through counties does not sum to the need")

    @property
    def persons_moved(self) -> int:
        """Persons asked of another municipality than without the county step."""
        return sum(max(0, step.difference) for step in self.steps)

    @property
    def unequal(self) -> tuple[CountyStep, CountyStep] | None:
        """The two that are treated most unequally: the lowest and the highest factor."""
        known = [(step.factor, step.identifier, step) for step in self.steps if step.factor is not None]
        return (min(known)[2], max(known)[2]) if known else None

    def asked(self, identifier: str) -> int:
        """Persons through the county; a KeyError if the municipality is not there."""
        return {step.identifier: step.through for step in self.steps}[identifier]


def distribute_through_counties(
    problem: DistributionProblem, county_needs: Mapping[str, int] | None = None
) -> CountyDivision:
    """Divide the need between counties, then inside each by the same criteria.

    Parameters
    ----------
    county_needs
        Persons for each county, as when the counties have recommended them; summing to the need.
        None gives each county the sum of its municipalities' direct shares after bounds.

    Raises
    ------
    BadInput
        If the counties' needs don't sum to the need or are not of the problem's counties.
    NoAnswer
        As `distribute`, naming the county.
    """
    direct = distribute(problem)
    needs = dict(sorted((county_needs or _needs_of(direct)).items()))
    _check(problem, needs)
    groups = {group.group: _group_needs(group, direct, needs) for group in problem.groups}
    through = {county: _inside(problem, county, need, groups, direct) for county, need in needs.items()}
    asked = {share.identifier: share.asked for part in through.values() for share in part.shares}
    steps = tuple(
        CountyStep(
            share.identifier,
            share.county,
            share.asked,
            asked[share.identifier],
            asked[share.identifier] / share.bounded_share if share.bounded_share else None,
        )
        for share in direct.shares
    )
    return CountyDivision(direct, through, tuple(needs.items()), steps)


def _needs_of(direct: Distribution) -> dict[str, int]:
    sums: dict[str, Fraction] = {}
    for share in direct.shares:
        sums[share.county] = sums.get(share.county, Fraction(0)) + share.bounded_share
    counties = sorted(sums)
    persons = largest_remainder(direct.need, [sums[county] for county in counties], counties)
    return dict(zip(counties, persons, strict=True))


def _check(problem: DistributionProblem, needs: Mapping[str, int]) -> None:
    counties = {one.county for one in problem.municipalities}
    if set(needs) != counties:
        raise BadInput(f"needs of {', '.join(needs)}", f"one need for each of {', '.join(sorted(counties))}")
    if sum(needs.values()) != problem.need or min(needs.values()) < 0:
        raise BadInput(f"counties that sum to {sum(needs.values())}", f"the need of {problem.need}")


def _group_needs(group: GroupNeed, direct: Distribution, needs: Mapping[str, int]) -> dict[str, int]:
    """Each county's part of a group, in proportion to the direct division and inside its need."""
    sums = dict.fromkeys(needs, 0)
    for share in direct.shares:
        sums[share.county] += share.group(group.group)
    over = [county for county, persons in sums.items() if persons > needs[county]]
    if over:
        raise NoAnswer(
            group.group, f"county {over[0]} is asked for {needs[over[0]]} and {sums[over[0]]} of these"
        )
    return sums


def _inside(
    problem: DistributionProblem,
    county: str,
    need: int,
    groups: Mapping[str, Mapping[str, int]],
    direct: Distribution,
) -> Distribution:
    inside = replace(
        problem,
        need=need,
        municipalities=tuple(one for one in problem.municipalities if one.county == county),
        groups=tuple(replace(one, persons=groups[one.group][county]) for one in problem.groups),
    )
    settled = recipe(problem.criteria)
    if settled.criteria:
        inside = _by_national_parts(inside, settled, direct)
    if need == 0:
        inside = replace(inside, criteria=replace(inside.criteria, floor=0))
    try:
        return distribute(inside)
    except NoAnswer as none:
        raise NoAnswer(none.rule, f"county {county}: {none.why}") from None


def _by_national_parts(
    inside: DistributionProblem, settled: Recipe, direct: Distribution
) -> DistributionProblem:
    """The same weights on each criterion's part of the country, so that "the highest" stays the country's.

    A criterion that gives nobody in the county anything leaves its weight to the others, in proportion.
    """
    shares = {share.identifier: share for share in direct.shares}
    members = tuple(
        replace(
            one,
            indicators=dict(shares[one.identifier].contributions),
            excluded=shares[one.identifier].bound in (Bound.EXCLUDED, Bound.TOO_SMALL),
        )
        for one in inside.municipalities
    )
    found = {
        one.column: one.weight
        for one in settled.criteria
        if any(not member.excluded and member.indicators[one.column] for member in members)
    }
    whole = sum(found.values(), Fraction(0))
    if not whole:
        return replace(inside, municipalities=members)
    criteria = DistributionCriteria(
        criteria=tuple(Criterion(column, weight / whole) for column, weight in found.items() if weight),
        floor=settled.floor,
        rounding=inside.criteria.rounding,
    )
    return replace(inside, municipalities=members, criteria=criteria)

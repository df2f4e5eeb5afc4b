"""The division, in the order: exclusions, exact shares, deductions, floors and caps, persons, groups."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from bosett.distribution.apportion import largest_remainder, sainte_lague
from bosett.distribution.bounds import share_within_bounds
from bosett.distribution.exact import Contributions, exact_contributions, indicator, rescaled
from bosett.distribution.methods import Recipe, recipe
from bosett.distribution.problem import (
    DistributionCriteria,
    DistributionProblem,
    GroupNeed,
    MunicipalityInput,
    Rounding,
)
from bosett.distribution.result import Bound, Distribution, MunicipalityShare
from bosett.terms.errors import NoAnswer


def distribute(problem: DistributionProblem) -> Distribution:
    """Divide the need in whole persons that sum to it exactly, each with its exact share.

    The order of the municipalities does not matter; one without a share gets nobody unless it has
    a minimum of its own (the common floor is for those who are asked at all).

    Raises
    ------
    NoAnswer
        If floors, caps, deductions or exclusions leave no division that sums to the need; says by
        how many persons it falls short.
    BadInput
        If an indicator that the method needs is missing.
    """
    settled = recipe(problem.criteria)
    left_out = {one.identifier: _left_out(one, problem.criteria, settled) for one in problem.municipalities}
    members = [one for one in problem.municipalities if left_out[one.identifier] is None]
    if not members:
        raise NoAnswer("exclusions", f"nobody takes part, {problem.need} persons short")
    parts = exact_contributions(problem.need, problem.criteria.method, settled, members)
    taking = {share.identifier: share for share in _shares(problem, settled, members, parts)}
    names = [name for name, _ in parts[0]]
    return Distribution(
        need=problem.need,
        method=problem.criteria.method,
        rounding=problem.criteria.rounding,
        shares=tuple(
            taking.get(one.identifier) or _nobody(one, left_out[one.identifier], names, problem.groups)
            for one in problem.municipalities
        ),
        groups=tuple((group.group, group.persons) for group in problem.groups),
        assumptions=settled.assumptions,
    )


def _left_out(one: MunicipalityInput, criteria: DistributionCriteria, settled: Recipe) -> Bound | None:
    if one.excluded:
        return Bound.EXCLUDED
    if one.fixed is not None or settled.size_minimum == 0 or one.identifier in criteria.size_exceptions:
        return None
    small = indicator(one, settled.parts["population"]) < settled.size_minimum
    return Bound.TOO_SMALL if small else None


def _shares(
    problem: DistributionProblem,
    settled: Recipe,
    members: Sequence[MunicipalityInput],
    parts: Sequence[Contributions],
) -> list[MunicipalityShare]:
    need = problem.need
    exact = [sum((persons for _, persons in one), Fraction(0)) for one in parts]
    off = [one.deductions(share) for share, one in zip(exact, members, strict=True)]
    less = [
        max(Fraction(0), share - sum((persons for _, persons in own), Fraction(0)))
        for share, own in zip(exact, off, strict=True)
    ]
    after = rescaled(need, less, "deductions")
    lows = [_low(one, share, settled.floor) for one, share in zip(members, after, strict=True)]
    highs = [one.maximum if one.fixed is None else one.fixed for one in members]
    bounded = share_within_bounds(need, after, lows, highs)
    keys = [one.identifier for one in members]
    if problem.criteria.rounding is Rounding.SAINTE_LAGUE:
        asked = sainte_lague(need, after, keys, lows, highs)
    else:
        asked = largest_remainder(need, bounded, keys)
    groups = _groups(problem.groups, asked, keys)
    return [
        MunicipalityShare(
            identifier=one.identifier,
            name=one.name,
            county=one.county,
            asked=asked[i],
            exact_share=exact[i],
            after_deduction=after[i],
            bounded_share=bounded[i],
            bound=Bound.BY_HAND
            if one.fixed is not None
            else _bound(after[i], bounded[i], lows[i], one.maximum),
            contributions=tuple(parts[i]),
            groups=tuple((name, column[i]) for name, column in groups),
            reason=one.reason,
            deductions=off[i],
        )
        for i, one in enumerate(members)
    ]


def _low(one: MunicipalityInput, share: Fraction, floor: int) -> int:
    """The fewest: what was set by hand, or the own minimum, and the common floor if it has a share."""
    if one.fixed is not None:
        return one.fixed
    low = max(one.minimum or 0, floor if share > 0 else 0)
    if one.maximum is not None and low > one.maximum:
        raise NoAnswer("floor", f"{one.identifier} takes at most {one.maximum}, the floor is {low}")
    return low


def _bound(share: Fraction, bounded: Fraction, low: int, high: int | None) -> Bound:
    if share == 0 and bounded == 0:
        return Bound.NO_SHARE
    if low > 0 and bounded == low:
        return Bound.FLOOR
    return Bound.CAP if high is not None and bounded == high else Bound.NONE


def _groups(
    needs: Sequence[GroupNeed], asked: Sequence[int], keys: Sequence[str]
) -> list[tuple[str, list[int]]]:
    """Divide each group in proportion to what is asked, inside what the groups before have left."""
    room = list(asked)
    divided = []
    for need in needs:
        takes = [0 if key in need.excluded else persons for key, persons in zip(keys, asked, strict=True)]
        weights = rescaled(need.persons, [Fraction(persons) for persons in takes], need.group)
        bounded = share_within_bounds(need.persons, weights, [0] * len(room), room)
        column = largest_remainder(need.persons, bounded, keys)
        room = [left - used for left, used in zip(room, column, strict=True)]
        divided.append((need.group, column))
    return divided


def _nobody(
    one: MunicipalityInput, why: Bound | None, names: Sequence[str], groups: Sequence[GroupNeed]
) -> MunicipalityShare:
    nothing = Fraction(0)
    return MunicipalityShare(
        identifier=one.identifier,
        name=one.name,
        county=one.county,
        asked=0,
        exact_share=nothing,
        after_deduction=nothing,
        bounded_share=nothing,
        bound=why or Bound.EXCLUDED,
        contributions=tuple((name, nothing) for name in names),
        groups=tuple((group.group, 0) for group in groups),
    )

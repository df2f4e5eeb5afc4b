"""A division's criteria as one value that can be kept, shared, and set beside another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from typing import Any

from bosett.distribution.methods import needed_columns
from bosett.distribution.problem import (
    Criterion,
    Direction,
    DistributionCriteria,
    DistributionProblem,
    GroupNeed,
    Method,
    MunicipalityInput,
    Rounding,
    Transform,
)
from bosett.terms.errors import BadInput
from bosett.terms.groups import Group

POPULATION = "population"
OF_SHARE = "of_share"


@dataclass(frozen=True)
class ByHand:
    """One number set by hand, and why."""

    municipality: str
    persons: int
    reason: str


@dataclass(frozen=True)
class Deduction:
    """So many per cent of an indicator, in persons, come off each municipality's share.

    With `of_share` the indicator is a part from 0 to 1 of the municipality's own exact share.

    Parameters
    ----------
    cause
        What for: `centre` (hosting a reception centre), `earlier` (earlier settlement), `moves`
        (persons who have moved in) or `pressure` (pressed housing and services).
    """

    cause: str
    column: str
    percent: Fraction
    of_share: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.percent <= 1000:
            raise BadInput(f"{float(self.percent)} per cent off", "0 to 1000 per cent", column=self.column)
        if self.of_share and self.percent > 100:
            raise BadInput(
                f"{float(self.percent)} per cent of the share", "0 to 100 per cent", column=self.column
            )


@dataclass(frozen=True)
class CriteriaSettings:
    """Everything that somebody chooses before a need is divided.

    Parameters
    ----------
    weights
        For `Method.WEIGHTS`; the published methods bring their own.
    columns
        For the published methods: part -> indicator.
    floor
        Fewest persons for one that is asked; None leaves the method's own.
    most_per_thousand
        Most persons for each 1,000 inhabitants, whole persons downwards; None = no such cap.
    size_minimum
        Fewest inhabitants of those who are asked.
    through_counties
        Whether the need goes to the counties first.
    """

    method: Method = Method.WEIGHTS
    weights: tuple[Criterion, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    floor: int | None = None
    most_per_thousand: Fraction | None = None
    size_minimum: int = 0
    excluded: frozenset[str] = frozenset()
    by_hand: tuple[ByHand, ...] = ()
    em_under15: int = 0
    em_15_17: int = 0
    deductions: tuple[Deduction, ...] = ()
    through_counties: bool = False
    rounding: Rounding = Rounding.LARGEST_REMAINDER

    def criteria(self) -> DistributionCriteria:
        """The rules of the division.

        Raises
        ------
        BadInput
            If the weights do not sum to 1, or the floor is negative.
        """
        norway = self.method is Method.NORWAY_2018
        return DistributionCriteria(
            method=self.method,
            criteria=self.weights if self.method is Method.WEIGHTS else (),
            floor=self.floor,
            rounding=self.rounding,
            columns=dict(self.columns),
            size_minimum=self.size_minimum if norway and self.size_minimum else None,
        )

    def needed(self) -> tuple[str, ...]:
        """The indicators that each municipality taking part must have."""
        own = [one.column for one in self.deductions if one.percent]
        limit = [POPULATION] if self.size_minimum or self.most_per_thousand is not None else []
        return tuple(dict.fromkeys([*needed_columns(self.criteria()), *own, *limit]))

    def problem(self, need: int, members: Sequence[MunicipalityInput]) -> DistributionProblem:
        """The need with these criteria, for the municipalities with their indicators.

        Raises
        ------
        BadInput
            If an indicator is missing for one that takes part (all are named), or a number set by hand
            is for a municipality that is not among them.
        """
        missing = missing_indicators(members, self.needed(), self.excluded)
        for column, codes in missing.items():
            raise BadInput(f"no {column} for {', '.join(codes)}", "a value for each", column=column)
        hand = {one.municipality: one for one in self.by_hand}
        unknown = sorted(hand.keys() - {one.identifier for one in members})
        if unknown:
            raise BadInput(f"a number by hand for {unknown[0]}", "a municipality of the division")
        groups = {Group.EM_UNDER15: self.em_under15, Group.EM_15_17: self.em_15_17}
        return DistributionProblem(
            need,
            tuple(self._member(one, hand.get(one.identifier)) for one in members),
            self.criteria(),
            tuple(GroupNeed(group.value, persons) for group, persons in groups.items()),
        )

    def _member(self, one: MunicipalityInput, hand: ByHand | None) -> MunicipalityInput:
        small = self.size_minimum and one.indicators.get(POPULATION, 0) < self.size_minimum
        left_out = one.identifier in self.excluded or (
            bool(small) and self.method is not Method.NORWAY_2018 and hand is None
        )
        if left_out:
            return replace(one, excluded=True)
        one = replace(one, deduct_share=self._off(one, of_share=True))
        off = self._off(one, of_share=False)
        most = self.most_per_thousand
        maximum = None if most is None else floor(most * one.indicators[POPULATION] / 1000)
        if hand is None:
            return replace(one, maximum=maximum, deduct_for=off)
        return replace(one, deduct_for=off, fixed=hand.persons, reason=hand.reason)

    def _off(self, one: MunicipalityInput, *, of_share: bool) -> tuple[tuple[str, Fraction], ...]:
        return tuple(
            (deduct.cause, deduct.percent / 100 * one.indicators[deduct.column])
            for deduct in self.deductions
            if deduct.percent and deduct.of_share is of_share
        )


def missing_indicators(
    members: Iterable[MunicipalityInput], columns: Iterable[str], excluded: frozenset[str] = frozenset()
) -> dict[str, tuple[str, ...]]:
    """Column -> the municipalities taking part that have no value; columns that all have are left out."""
    listed = [one for one in members if not one.excluded and one.identifier not in excluded]
    found = {
        column: tuple(one.identifier for one in listed if column not in one.indicators) for column in columns
    }
    return {column: codes for column, codes in found.items() if codes}


def as_kept(settings: CriteriaSettings) -> dict[str, Any]:
    """The settings as JSON; `from_kept` gives them back the same."""
    most = settings.most_per_thousand
    return {
        "method": settings.method.value,
        "weights": [
            {
                "column": one.column,
                "weight": str(one.weight),
                "direction": one.direction.value,
                "times": one.times,
                "transform": one.transform.value,
                "at_most": None if one.at_most is None else str(one.at_most),
            }
            for one in settings.weights
        ],
        "columns": dict(settings.columns),
        "floor": settings.floor,
        "most_per_thousand": None if most is None else str(most),
        "size_minimum": settings.size_minimum,
        "excluded": sorted(settings.excluded),
        "by_hand": [[one.municipality, one.persons, one.reason] for one in settings.by_hand],
        "em_under15": settings.em_under15,
        "em_15_17": settings.em_15_17,
        "deductions": [
            [one.cause, one.column, str(one.percent), *([OF_SHARE] if one.of_share else [])]
            for one in settings.deductions
        ],
        "through_counties": settings.through_counties,
        "rounding": settings.rounding.value,
    }


def from_kept(told: Mapping[str, Any]) -> CriteriaSettings:
    """The settings that were kept.

    Raises
    ------
    BadInput
        If something is missing, or is not what it should be.
    """
    try:
        return _from_kept(told)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, AttributeError) as fault:
        raise BadInput(f"criteria with {fault!r}"[:200], "criteria as Bosett keeps them") from fault


def _from_kept(told: Mapping[str, Any]) -> CriteriaSettings:
    most = told["most_per_thousand"]
    return CriteriaSettings(
        method=Method(told["method"]),
        weights=tuple(
            Criterion(
                column=str(one["column"]),
                weight=Fraction(one["weight"]),
                direction=Direction(one["direction"]),
                times=one["times"],
                transform=Transform(one["transform"]),
                at_most=None if one["at_most"] is None else Fraction(one["at_most"]),
            )
            for one in told["weights"]
        ),
        columns=tuple(sorted((str(part), str(column)) for part, column in told["columns"].items())),
        floor=None if told["floor"] is None else int(told["floor"]),
        most_per_thousand=None if most is None else Fraction(most),
        size_minimum=int(told["size_minimum"]),
        excluded=frozenset(map(str, told["excluded"])),
        by_hand=tuple(ByHand(str(code), int(persons), str(why)) for code, persons, why in told["by_hand"]),
        em_under15=int(told["em_under15"]),
        em_15_17=int(told["em_15_17"]),
        deductions=tuple(
            Deduction(str(cause), str(column), Fraction(percent), of_share=more == [OF_SHARE])
            for cause, column, percent, *more in told["deductions"]
        ),
        through_counties=bool(told["through_counties"]),
        rounding=Rounding(told["rounding"]),
    )

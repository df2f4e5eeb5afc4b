"""The settled and those who will come, as groups that are paid for alike; none of fewer than five persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

import numpy as np

from bosett.grants.frame_persons import MONTHS, numbers, released, settled_in_year
from bosett.grants.frame_problem import CATEGORIES, FrameProblem, FrameScenario, PersonGroup
from bosett.grants.frame_rates import ELDER, HIGH, KINDERGARTEN, LATER, LOW, YEAR_1
from bosett.grants.moves import twelfths_month_and_next
from bosett.grants.problem import Rates
from bosett.terms.groups import Basis

SMALLEST = 5
LAST_GRANT_YEAR = 5
HIGH_TO, LOW_TO = 16, 20
ARRIVAL_MONTHS = Fraction(13, 24)
"""Of a year, when arrivals are spread evenly over its months: (12 + 11 + … + 1) / 12 / 12."""


class Origin(StrEnum):
    """Where a group is from."""

    SETTLED = "settled"
    VOTED = "voted"
    FAMILY = "family"


@dataclass(frozen=True)
class Cohort:
    """Persons paid for alike.

    Parameters
    ----------
    settled_years
        Years of settlement; several when small groups were put together.
    persons
        At the start of the first budget year, or in the year they come; of a voted group all that were
        voted for.
    collective
        Share under collective protection.
    weights
        (rate, budget year) -> how many of the rate each person releases on average.
    small
        Fewer than five persons in all: the number is not shown.
    """

    origin: Origin
    settled_years: tuple[int, ...]
    persons: float
    collective: float
    weights: Mapping[tuple[str, int], float]
    small: bool = False

    @property
    def comes(self) -> int:
        """The last year of settlement in the group."""
        return self.settled_years[-1]


def kept_in_year_of_move() -> Fraction:
    """The part of the year that stays with the municipality moved from, over months taken as alike likely."""
    return sum((twelfths_month_and_next(date(2024, month, 1)) for month in range(1, 13)), Fraction(0)) / 12


def settled_cohorts(groups: Sequence[PersonGroup], years: range, rates: Rates) -> tuple[Cohort, ...]:
    """Those who live there, by year of settlement and protection; groups below five are put together."""
    if not groups:
        return ()
    keys = [(one.person.settled_date.year, one.person.basis is Basis.COLLECTIVE) for one in groups]
    order = sorted(set(keys))
    place = {key: number for number, key in enumerate(order)}
    cohort, each = np.array([place[key] for key in keys]), numbers(groups)
    persons = np.bincount(cohort, weights=each)
    weights: list[dict[tuple[str, int], float]] = [{} for _ in order]
    for rule, year, rows, twelfths in released(groups, years, rates):
        parts = np.bincount(cohort[rows], weights=each[rows] * twelfths, minlength=len(order))
        for number in np.flatnonzero(parts).tolist():
            so_far = weights[number].get((rule, year), 0.0)
            weights[number][rule, year] = so_far + float(parts[number] / (MONTHS * persons[number]))
    return _merged(
        [
            Cohort(Origin.SETTLED, (year,), int(persons[number]), float(held), weights[number])
            for number, (year, held) in enumerate(order)
        ]
    )


def voted_cohorts(
    problem: FrameProblem, scenario: FrameScenario, groups: Sequence[PersonGroup]
) -> tuple[Cohort, ...]:
    """Those voted for and not yet settled, one group a year."""
    found = []
    for year in problem.budget_years:
        left = max(0, problem.voted.get(year, 0) - settled_in_year(groups, year))
        if left:
            weights = coming_weights(year, problem, scenario, scenario.composition)
            found.append(Cohort(Origin.VOTED, (year,), left, scenario.collective_share, weights))
    return tuple(found)


def family_cohorts(problem: FrameProblem, scenario: FrameScenario) -> tuple[Cohort, ...]:
    """Family that comes in each year: adults and children as among those who come; the number is worked out."""
    whole = scenario.composition["other_adult"] + scenario.composition["child"]
    if whole == 0 or scenario.family_per_person.high == 0:
        return ()
    shares = {one: scenario.composition[one] / whole for one in ("other_adult", "child")}
    mix = {one: shares.get(one, 0.0) for one in CATEGORIES}
    return tuple(
        Cohort(Origin.FAMILY, (year,), 0, 0.0, coming_weights(year, problem, scenario, mix))
        for year in problem.budget_years
    )


def coming_weights(
    comes: int, problem: FrameProblem, scenario: FrameScenario, mix: Mapping[str, float]
) -> dict[tuple[str, int], float]:
    """What a person who comes in a year releases on average in each budget year."""
    weights = {(YEAR_1[one], comes): mix[one] for one in CATEGORIES if mix[one]}
    for rule, share in ((ELDER, scenario.elder_share), (KINDERGARTEN, scenario.kindergarten_share)):
        if share:
            weights[rule, comes] = share
    for year in problem.budget_years:
        number = year - comes + 1
        if 1 < number <= LAST_GRANT_YEAR:
            weights[LATER[number], year] = 1.0
        age = scenario.minor_age + number - 1
        if number >= 1 and age <= LOW_TO and mix["unaccompanied_minor"]:
            part = float(ARRIVAL_MONTHS) if number == 1 else 1.0
            weights[HIGH if age <= HIGH_TO else LOW, year] = mix["unaccompanied_minor"] * part
    return weights


def _merged(cohorts: list[Cohort]) -> tuple[Cohort, ...]:
    """Groups of fewer than five put together with their neighbours until none is left, or only one group."""
    groups = list(cohorts)
    while len(groups) > 1 and any(one.persons < SMALLEST for one in groups):
        place = next(number for number, one in enumerate(groups) if one.persons < SMALLEST)
        other = place - 1 if place else 1
        first, second = sorted((place, other))
        groups[first : second + 1] = [_together(groups[first], groups[second])]
    return tuple(replace(one, small=one.persons < SMALLEST) for one in groups)


def _together(one: Cohort, other: Cohort) -> Cohort:
    persons = one.persons + other.persons
    keys = sorted({*one.weights, *other.weights})
    parts = [(cohort, cohort.persons / persons) for cohort in (one, other)]
    return Cohort(
        one.origin,
        tuple(sorted({*one.settled_years, *other.settled_years})),
        persons,
        sum(cohort.collective * part for cohort, part in parts),
        {key: sum(cohort.weights.get(key, 0) * part for cohort, part in parts) for key in keys},
    )

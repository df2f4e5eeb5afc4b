"""The settled and those who will come, as groups that are paid for alike; none of fewer than five persons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from bosett.grants.frame_problem import CATEGORIES, FrameProblem, FrameScenario
from bosett.grants.frame_rates import ELDER, HIGH, KINDERGARTEN, LATER, LOW, YEAR_1
from bosett.grants.moves import twelfths_month_and_next
from bosett.grants.problem import Rates, SettledPerson
from bosett.grants.schemes import FROM_SETTLEMENT, SCHEMES, Due
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


def living_there(problem: FrameProblem) -> tuple[SettledPerson, ...]:
    """The settled persons who live in the municipality (or the country) today."""
    where = {one.person_id: one.municipality_id for one in problem.persons}
    for move in sorted(problem.moves):
        if move.person_id in where:
            where[move.person_id] = move.to_municipality_id
    return tuple(
        one
        for one in problem.persons
        if one.left_date is None and problem.municipality_id in ("", where[one.person_id])
    )


def settled_cohorts(problem: FrameProblem, rates: Rates) -> tuple[Cohort, ...]:
    """Those who live there, by year of settlement and protection; groups below five are put together."""
    groups: dict[tuple[int, bool], list[SettledPerson]] = {}
    for person in living_there(problem):
        key = (person.settled_date.year, person.basis is Basis.COLLECTIVE)
        groups.setdefault(key, []).append(person)
    return _merged(
        [_settled(year, held, who, problem, rates) for (year, held), who in sorted(groups.items())]
    )


def _settled(
    year: int, collective: bool, persons: Sequence[SettledPerson], problem: FrameProblem, rates: Rates
) -> Cohort:
    weights: dict[tuple[str, int], float] = {}
    for budget in problem.budget_years:
        for person in persons:
            for rule, part in _rules(person, budget, rates):
                weights[rule, budget] = weights.get((rule, budget), 0) + part / len(persons)
    return Cohort(Origin.SETTLED, (year,), len(persons), float(collective), weights)


def _rules(person: SettledPerson, year: int, rates: Rates) -> Iterable[tuple[str, float]]:
    """What a person releases in a year, as the schemes say it."""
    for scheme in FROM_SETTLEMENT:
        due = SCHEMES[scheme](person, year, rates)
        if isinstance(due, Due):
            yield due.rate_path, float(due.part)


def voted_cohorts(problem: FrameProblem, scenario: FrameScenario) -> tuple[Cohort, ...]:
    """Those voted for and not yet settled, one group a year."""
    there: dict[int, int] = {}
    for person in living_there(problem):
        there[person.settled_date.year] = there.get(person.settled_date.year, 0) + 1
    found = []
    for year in problem.budget_years:
        left = max(0, problem.voted.get(year, 0) - there.get(year, 0))
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

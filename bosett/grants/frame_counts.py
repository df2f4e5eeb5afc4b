"""Persons of a frame: who is counted in innbyggertilskudd, and places that nobody comes to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from bosett.grants.frame_cohorts import Cohort
from bosett.grants.frame_course import Course, Drawn, Shares
from bosett.grants.frame_money import spread
from bosett.grants.frame_persons import settled_in_year
from bosett.grants.frame_problem import FrameProblem, FrameScenario, PersonGroup
from bosett.grants.frame_result import Residents, Spread, UnusedPlaces
from bosett.grants.problem import Rates
from bosett.terms.errors import NoRuleInForce

UNUSED = "grants/unused_places/per_place"


def residents(
    problem: FrameProblem,
    scenario: FrameScenario,
    groups: Sequence[PersonGroup],
    cohorts: Sequence[Cohort],
    once: Course,
    many: Course,
    likely: Shares,
    shares: Shares,
) -> tuple[Residents, ...]:
    """Who lives there on 1 July the year before: half of a year's moves and arrivals have come by then."""
    found = []
    for year in problem.budget_years:
        counted = date(year - 1, 7, 1)
        if year == problem.first_year:
            there = sum(one.number for one in groups if one.person.settled_date <= counted)
            persons = Spread(there, there, there)
        else:
            persons = spread(
                _midyear(year - 1, cohorts, once, likely), _midyear(year - 1, cohorts, many, shares)
            )
        each = scenario.innbyggertilskudd_nok
        nok = None if each is None else Spread(persons.likely * each, persons.low * each, persons.high * each)
        found.append(Residents(year, counted, persons, nok))
    return tuple(found)


def _midyear(year: int, cohorts: Sequence[Cohort], course: Course, shares: Shares) -> Drawn:
    half = 1 - (shares.moved_out_share - shares.moved_in_share + shares.left_share) / 2
    parts = [
        course.start[number, year] * (0.5 if cohort.comes == year else half)
        for number, cohort in enumerate(cohorts)
        if (number, year) in course.start
    ]
    return np.asarray(sum(parts, np.zeros_like(half)))


def unused_places(
    problem: FrameProblem,
    scenario: FrameScenario,
    groups: Sequence[PersonGroup],
    once: Course,
    many: Course,
    rates: Rates,
) -> tuple[UnusedPlaces, ...]:
    """Places voted for that nobody comes to, what they cost and who carries that."""
    found = []
    for year in problem.budget_years:
        voted = problem.voted.get(year, 0)
        if year not in once.came:
            continue
        whole = voted - settled_in_year(groups, year)
        places = spread(whole - once.came[year], whole - many.came[year])
        each, back = scenario.unused_place_nok, _compensation(rates, year)
        asked = problem.asked.get(year)
        returned = None
        if back is not None and asked is not None:
            over = max(0, voted - asked)
            returned = _times(Spread(*(max(0.0, one - over) for one in _three(places))), back)
        found.append(
            UnusedPlaces(
                year,
                voted,
                places,
                None if each is None else _times(places, each),
                returned,
                "municipality" if returned is None else "state_in_part",
            )
        )
    return tuple(found)


def _times(spread: Spread, each: int) -> Spread:
    return Spread(*(one * each for one in _three(spread)))


def _three(spread: Spread) -> tuple[float, float, float]:
    return spread.likely, spread.low, spread.high


def _compensation(rates: Rates, year: int) -> int | None:
    """Kroner per unused place where a rule gives it; there was one in 2022 only."""
    try:
        return rates.lookup(UNUSED, date(year, 1, 1)).whole
    except NoRuleInForce:
        return None

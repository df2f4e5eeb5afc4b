"""Groups of the same course give the frame that their persons give one by one, to the krone and the draw."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bosett.grants.frame_persons import people_there, released, same_course
from bosett.grants.frame_problem import FrameProblem, PersonGroup
from bosett.grants.frames import alternatives, frame
from bosett.grants.problem import SettledPerson
from bosett.grants.schemes import FROM_SETTLEMENT, SCHEMES, Due
from bosett.rules.parameters import Parameters
from bosett.terms.days import age_on
from bosett.terms.errors import BadInput
from bosett.terms.groups import Basis

from .people import people

RATES = Parameters.shipped()
FIRST = 2025
JULY = date(FIRST - 1, 7, 1)


def alike(person: SettledPerson) -> SettledPerson:
    """The person in the place of everybody with the same course, worked out from days one at a time."""
    born = (person.birth_date.year, person.settled_date.month) if person.unaccompanied_minor else None
    return same_course(
        person.settled_date.year,
        age_on(person.birth_date, person.settled_date),
        person.basis,
        single_adult=person.single_adult,
        counted=person.settled_date <= JULY,
        first_july=JULY,
        minor=born,
    )


def problem_of(seed: int, count: int, *, grouped: bool) -> FrameProblem:
    persons, moves = people(count, seed, date(2019, 1, 1), 2500)
    moved = {one.person_id for one in moves}
    apart = [one for one in persons if one.basis is Basis.FAMILY or one.person_id in moved or one.left_date]
    plain = [
        replace(one, registered_date=None, mother_settled_date=None)
        for one in persons
        if one not in apart
    ]  # fmt: skip
    told = {"moves": tuple(moves), "voted": {2025: 60, 2026: 40}, "asked": {2025: 50}}
    if not grouped:
        return FrameProblem("", FIRST, 5, (*apart, *plain), **told)
    counted = Counter(alike(one) for one in plain)
    groups = tuple(PersonGroup(one, number) for one, number in counted.items())
    return FrameProblem("", FIRST, 5, tuple(apart), **told, groups=groups)


def told(found: object) -> tuple[object, ...]:
    """Everything that a reader is told."""
    return tuple(getattr(found, name) for name in ("lines", "years", "residents", "unused"))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(1, 120))
def test_groups_give_the_frame_that_their_persons_give_one_by_one(seed, count):
    one, many = (
        frame(problem_of(seed, count, grouped=grouped), RATES, np.random.default_rng(7), draws=50)
        for grouped in (False, True)
    )
    assert told(one) == told(many)


def test_alternatives_of_groups_are_those_of_their_persons():
    answers = [
        alternatives(
            problem_of(3, 200, grouped=grouped), [0, 50, 60], RATES, np.random.default_rng(7), draws=50
        )
        for grouped in (False, True)
    ]
    one, many = ([(a.number, a.difference_nok, told(a.frame)) for a in found] for found in answers)
    assert one == many


def test_what_groups_release_is_what_the_schemes_say_of_each_person():
    groups = people_there(problem_of(11, 300, grouped=False))
    found = {
        (rule, year, row): part
        for rule, year, rows, parts in released(groups, range(2025, 2030), RATES)
        for row, part in zip(rows.tolist(), parts.tolist(), strict=True)
    }
    expected = {}
    for row, group in enumerate(groups):
        for year in range(2025, 2030):
            for scheme in FROM_SETTLEMENT:
                due = SCHEMES[scheme](group.person, year, RATES)
                if isinstance(due, Due):
                    expected[due.rate_path, year, row] = due.part * 12
    assert found == expected


@pytest.mark.parametrize("day", [date(2024, 7, 1), date(2024, 7, 2), date(2023, 12, 31), date(2024, 1, 1)])
@pytest.mark.parametrize("minor", [False, True])
def test_the_one_in_the_place_of_all_has_their_age_month_and_side_of_the_first_of_july(day, minor):
    for born in (date(2008, 1, 1), date(2008, 7, 1), date(2008, 12, 31)):
        person = SettledPerson("p", born, day, "3301", "h", False, minor, Basis.ASYLUM)
        one = alike(person)
        assert age_on(one.birth_date, one.settled_date) == age_on(born, day)
        assert (one.settled_date.year, one.settled_date <= JULY) == (day.year, day <= JULY)
        if minor:
            assert (one.birth_date.year, one.settled_date.month) == (born.year, day.month)


def test_a_group_of_nobody_is_refused():
    person = people(1, 1)[0][0]
    with pytest.raises(BadInput):
        PersonGroup(person, 0)

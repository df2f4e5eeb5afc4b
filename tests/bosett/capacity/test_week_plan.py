"""The weekly plan: a week not planned is not a week of zero, and the vedtak bounds what is left."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.capacity import PlannedWeek, WeekPlan, week_plan
from bosett.terms.errors import BadInput
from bosett.terms.municipality import MunicipalityCode

FIRST, SECOND, THIRD = (date(2026, 3, 2) + timedelta(weeks=number) for number in range(3))
VALDALEN = MunicipalityCode("4299")


def plan(persons: dict[date, int]) -> WeekPlan:
    return WeekPlan(VALDALEN, 2026, persons)


def test_what_is_left_of_a_week_is_planned_less_taken() -> None:
    weeks = week_plan(plan({FIRST: 5, SECOND: 3}), {FIRST: 2}, remaining_shown=20)
    assert weeks == (PlannedWeek(FIRST, 5, 2, 3), PlannedWeek(SECOND, 3, 0, 3))


def test_a_week_that_is_not_planned_is_not_a_week_of_zero() -> None:
    weeks = week_plan(plan({FIRST: 0}), {SECOND: 4}, remaining_shown=20)
    assert weeks == (PlannedWeek(FIRST, 0, 0, 0), PlannedWeek(SECOND, None, 4, None))


def test_earlier_weeks_use_what_the_vedtak_leaves() -> None:
    weeks = week_plan(plan({FIRST: 5, SECOND: 5, THIRD: 5}), {}, remaining_shown=7)
    assert [week.left for week in weeks] == [5, 2, 0]
    assert [week.planned for week in weeks] == [5, 5, 5]


@given(
    st.dictionaries(st.integers(0, 20), st.integers(0, 15)),
    st.dictionaries(st.integers(0, 20), st.integers(0, 15)),
    st.integers(0, 60),
)
def test_what_is_left_never_exceeds_the_vedtak_or_the_week(
    planned: dict[int, int], taken: dict[int, int], remaining: int
) -> None:
    weeks = week_plan(
        plan({FIRST + timedelta(weeks=week): persons for week, persons in planned.items()}),
        {FIRST + timedelta(weeks=week): persons for week, persons in taken.items()},
        remaining_shown=remaining,
    )
    room = sum(max(0, persons - taken.get(week, 0)) for week, persons in planned.items())
    assert sum(week.left or 0 for week in weeks) == min(remaining, room)
    assert [week.starts for week in weeks] == sorted(week.starts for week in weeks)


def test_a_plan_starts_its_weeks_on_mondays_and_is_not_negative() -> None:
    with pytest.raises(BadInput, match="Monday"):
        plan({date(2026, 3, 3): 1})
    with pytest.raises(BadInput, match="0 or more"):
        plan({FIRST: -1})


def test_the_total_of_a_plan_is_its_sum() -> None:
    assert plan({FIRST: 5, SECOND: 3}).total == 8


def test_a_week_with_more_left_than_planned_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="no more is left"):
        PlannedWeek(FIRST, 5, 3, 3)
    with pytest.raises(ValueError, match="exactly where a plan is"):
        PlannedWeek(FIRST, None, 3, 0)

"""What is promised already, and what one more of each would give; by hand and by trying everything."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.decisions.commitments import Commitment, CommitmentKind, ToldBy, committed_units
from bosett.decisions.plan_gain import gains
from bosett.decisions.planner import Resource, ResourcePlan, alternative, how_many_fit
from bosett.terms.days import Month
from bosett.terms.errors import BadInput

MONTHS = tuple(Month(2026, number) for number in (1, 2, 3, 4))


def promised(persons: int, month: int | None, *, housed: bool = False, year: int = 2026) -> Commitment:
    when = None if month is None else Month(year, month)
    return Commitment(CommitmentKind.FAMILY, persons, when, ToldBy.OWN, housed)


def used(resource: Resource, per_person: str, *commitments: Commitment) -> list[Fraction]:
    found = committed_units(resource, Fraction(per_person), MONTHS, commitments)
    return [found[month] for month in MONTHS]


def test_a_stock_is_held_from_the_month_they_come() -> None:
    # Three in February at a third of a place each are one place from February on; three more in April another.
    assert used(Resource.SCHOOL, "1/3", promised(3, 2), promised(3, 4)) == [0, 1, 1, 2]


def test_a_flow_is_used_in_the_month_they_come_alone() -> None:
    assert used(Resource.STAFF, "10", promised(2, 3)) == [0, 0, 20, 0]


def test_who_comes_on_a_day_that_is_not_known_is_counted_from_the_first_month() -> None:
    assert used(Resource.HOUSING, "1", promised(2, None)) == [2, 2, 2, 2]


def test_who_should_have_come_before_still_comes_and_who_comes_after_the_plan_uses_none_of_it() -> None:
    assert used(Resource.HOUSING, "1", promised(2, 11, year=2025)) == [2, 2, 2, 2]
    assert used(Resource.HOUSING, "1", promised(2, 1, year=2027)) == [0, 0, 0, 0]


def test_who_has_a_home_already_uses_no_free_home_but_a_place_in_school() -> None:
    assert used(Resource.HOUSING, "1", promised(2, 1, housed=True)) == [0, 0, 0, 0]
    assert used(Resource.SCHOOL, "1/2", promised(2, 1, housed=True)) == [1, 1, 1, 1]


def test_nobody_is_no_commitment() -> None:
    with pytest.raises(BadInput):
        promised(0, 1)


def plan(resource: Resource, free: list[int], per: str = "1") -> ResourcePlan:
    return ResourcePlan(
        resource, Fraction(per), dict(zip(MONTHS, (Fraction(one) for one in free), strict=True))
    )


def test_one_more_home_lets_one_more_in_and_one_more_place_in_school_lets_nobody() -> None:
    # Five homes and four places in school, which at a third each would hold twelve.
    found = gains(MONTHS, [plan(Resource.SCHOOL, [4] * 4, "1/3"), plan(Resource.HOUSING, [5] * 4)])
    assert [(one.resource, one.more_persons, one.units_for_one) for one in found] == [
        (Resource.HOUSING, 1, 1),
        (Resource.SCHOOL, 0, None),
    ]


def test_one_more_place_in_school_is_room_for_three_where_every_third_needs_one() -> None:
    (found,) = gains(MONTHS, [plan(Resource.SCHOOL, [4] * 4, "1/3")])
    assert (found.more_persons, found.units_for_one) == (3, 1)


def test_what_one_person_needs_ten_hours_of_takes_ten_hours_more() -> None:
    # 35 hours a month at 10 each are three a month; five more hours a month are the fourth.
    (found,) = gains(MONTHS, [plan(Resource.STAFF, [35] * 4, "10")])
    assert (found.more_persons, found.units_for_one) == (0, 5)


def test_two_that_bind_at_once_gain_nothing_alone() -> None:
    found = gains(MONTHS, [plan(Resource.HOUSING, [3] * 4), plan(Resource.HEALTH, [3] * 4)])
    assert {one.units_for_one for one in found} == {None}


def test_what_is_overfilled_by_promises_takes_them_back_first() -> None:
    months = {month: Fraction(0) for month in MONTHS}
    over = ResourcePlan(Resource.HOUSING, Fraction(1), months, dict.fromkeys(MONTHS, Fraction(4)))
    assert gains(MONTHS, [over])[0].units_for_one == 5


@given(
    stock=st.lists(st.integers(0, 6), min_size=4, max_size=4),
    flow=st.lists(st.integers(0, 12), min_size=4, max_size=4),
    each=st.integers(1, 4),
)
def test_the_fewest_units_are_the_first_of_all_that_help(
    stock: list[int], flow: list[int], each: int
) -> None:
    plans = [plan(Resource.HOUSING, stock), plan(Resource.STAFF, flow, str(each))]
    total = how_many_fit(MONTHS, plans).total
    housing, staff = gains(MONTHS, plans)
    for found, raised in ((housing, 0), (staff, 1)):
        tried = []
        for units in range(1, 40):
            more = [stock, flow][raised]
            changed = [plans[0], plans[1]]
            changed[raised] = plan(
                found.resource, [one + units for one in more], "1" if not raised else str(each)
            )
            tried.append(how_many_fit(MONTHS, changed).total - total)
        assert found.more_persons == tried[0]
        assert found.units_for_one == next((n for n, more in enumerate(tried, 1) if more > 0), None)


@given(
    stock=st.lists(st.integers(0, 6), min_size=4, max_size=4),
    flow=st.lists(st.integers(0, 5), min_size=4, max_size=4),
    persons=st.integers(0, 20),
)
def test_as_many_as_fit_lack_nothing_and_one_more_lacks_something(
    stock: list[int], flow: list[int], persons: int
) -> None:
    plans = [plan(Resource.HOUSING, stock), plan(Resource.STAFF, flow)]
    total = how_many_fit(MONTHS, plans).total
    assert alternative(persons, MONTHS, plans).fits == (persons <= total)


def test_who_comes_when_the_homes_are_ready_in_the_autumn_lacks_nothing_in_winter() -> None:
    # Homes for six from March: seven lack one home, in April when the seventh comes, and none in January.
    (lack,) = alternative(7, MONTHS, [plan(Resource.HOUSING, [0, 0, 6, 6])]).lacks
    assert (lack.month, lack.units) == (Month(2026, 4), 1)

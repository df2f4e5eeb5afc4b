"""How many fit: a municipality bound by homes, one by school, one with nothing left; by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.decisions.homes import (
    Home,
    HomeSeeker,
    Misfit,
    free_by_size,
    homes_that_fit,
    match_home,
    places_in_homes,
    who_fits,
)
from bosett.decisions.planner import (
    FLOWS,
    CapacityAnswer,
    Resource,
    ResourcePlan,
    alternative,
    how_many_fit,
)
from bosett.terms.days import DateRange, Month
from bosett.terms.errors import BadInput

MONTHS = tuple(Month(2026, number) for number in (1, 2, 3, 4))


def plan(resource: Resource, *free: float, per: str = "1", committed: tuple[float, ...] = ()) -> ResourcePlan:
    return ResourcePlan(
        resource,
        Fraction(per),
        {month: Fraction(units) for month, units in zip(MONTHS, free, strict=True)},
        {month: Fraction(units) for month, units in zip(MONTHS, committed, strict=False)},
    )


def so_far(found: CapacityAnswer) -> list[int]:
    return [one.so_far for one in found.months]


def test_homes_bind_in_a_municipality_with_few_homes() -> None:
    found = how_many_fit(
        MONTHS, [plan(Resource.HOUSING, 4, 6, 6, 9), plan(Resource.SCHOOL, 9, 9, 9, 9, per="1/3")]
    )
    assert so_far(found) == [4, 6, 6, 9]
    assert (found.total, found.binds_first) == (9, Resource.HOUSING)


def test_school_binds_where_every_third_needs_a_place() -> None:
    # Four places, two of them promised: two places hold six persons at a third of a place each.
    school = plan(Resource.SCHOOL, 4, 4, 4, 4, per="1/3", committed=(2, 2, 2, 2))
    found = how_many_fit(MONTHS, [plan(Resource.HOUSING, 20, 20, 20, 20), school])
    assert (found.total, found.binds_first) == (6, Resource.SCHOOL)


def test_with_everything_committed_nothing_is_left() -> None:
    found = how_many_fit(MONTHS, [plan(Resource.HOUSING, 5, 5, 5, 5, committed=(5, 6, 5, 5))])
    assert (found.total, found.nothing_left, found.binds_first) == (0, True, Resource.HOUSING)


def test_a_later_month_with_less_room_holds_the_months_before_it() -> None:
    assert so_far(how_many_fit(MONTHS, [plan(Resource.HOUSING, 9, 9, 3, 7)])) == [3, 3, 3, 7]


def test_staff_are_used_by_those_who_come_in_the_month() -> None:
    found = how_many_fit(MONTHS, [plan(Resource.STAFF, 2, 2, 2, 2), plan(Resource.HOUSING, 7, 7, 7, 7)])
    assert so_far(found) == [2, 4, 6, 7]
    assert [one.binding for one in found.months][-1] == (Resource.HOUSING,)
    assert found.months[0].binding == (Resource.STAFF,)


def test_resources_without_figures_are_named() -> None:
    found = how_many_fit(MONTHS, [plan(Resource.HOUSING, 1, 1, 1, 1)])
    assert Resource.HEALTH in found.not_known
    assert Resource.HOUSING not in found.not_known
    assert how_many_fit(MONTHS, []).total == 0


@given(
    stock=st.lists(st.integers(0, 5), min_size=4, max_size=4),
    flow=st.lists(st.integers(0, 3), min_size=4, max_size=4),
)
def test_the_plan_is_the_largest_of_all_that_keep_every_month(stock: list[int], flow: list[int]) -> None:
    found = how_many_fit(MONTHS, [plan(Resource.HOUSING, *stock), plan(Resource.STAFF, *flow)])
    best = [0, 0, 0, 0]
    for came in product(*(range(most + 1) for most in flow)):
        sums = [sum(came[: place + 1]) for place in range(4)]
        if all(total <= room for total, room in zip(sums, stock, strict=True)):
            best = [max(pair) for pair in zip(best, sums, strict=True)]
    assert so_far(found) == best


def test_an_alternative_says_what_lacks_and_from_when() -> None:
    # Eight over four months is two a month: 2, 4, 6, 8 beside 5 homes; three lack at the end, from March.
    found = alternative(8, MONTHS, [plan(Resource.HOUSING, 5, 5, 5, 5)], [(2026, 100), (2027, None)])
    (lack,) = found.lacks
    assert (lack.resource, lack.month, lack.units) == (Resource.HOUSING, Month(2026, 3), 3)
    assert not found.fits
    assert (found.money_known, found.years_without_rate) == (100, (2027,))


def test_an_alternative_that_fits_lacks_nothing() -> None:
    assert alternative(4, MONTHS, [plan(Resource.HOUSING, 5, 5, 5, 5)]).fits
    assert alternative(0, MONTHS, [plan(Resource.HOUSING, 0, 0, 0, 0, committed=(3, 3, 3, 3))]).fits


def test_a_part_of_a_unit_that_lacks_is_a_whole_one() -> None:
    # Two persons at a third each are two thirds of a place, beside none: one place lacks.
    found = alternative(2, MONTHS, [plan(Resource.SCHOOL, 0, 0, 0, 0, per="1/3")])
    assert found.lacks[0].units == 1


@pytest.mark.parametrize(
    ("months", "plans"),
    [
        ((), []),
        (MONTHS[::-1], []),
        (MONTHS, [plan(Resource.HOUSING, 1, 1, 1, 1)] * 2),
        ((*MONTHS, Month(2026, 5)), [plan(Resource.HOUSING, 1, 1, 1, 1)]),
    ],
)
def test_months_out_of_order_and_plans_that_lack_or_repeat_are_refused(
    months: tuple[Month, ...], plans: list[ResourcePlan]
) -> None:
    with pytest.raises(BadInput):
        how_many_fit(months, plans)


def test_units_below_zero_and_a_use_of_nothing_are_refused() -> None:
    with pytest.raises(BadInput):
        plan(Resource.HOUSING, -1, 0, 0, 0)
    with pytest.raises(BadInput):
        plan(Resource.HOUSING, 1, 1, 1, 1, per="0")
    with pytest.raises(BadInput):
        alternative(-1, MONTHS, [])
    assert frozenset({Resource.STAFF, Resource.INTERPRETER}) == FLOWS


YEAR = DateRange(date(2026, 1, 1), date(2027, 1, 1))
FLAT = Home("flat", 2, YEAR, rent_nok=11_000, school="Valdalen skole", school_minutes=12)
HOUSE = Home("house", 4, DateRange(date(2026, 3, 1)), step_free=True)
FAMILY = HomeSeeker("family", 4, date(2026, 2, 1), 2, date(2026, 12, 1))
COUPLE = HomeSeeker("couple", 2, date(2026, 4, 1), 2)


def test_who_fits_this_home_the_fullest_use_first() -> None:
    single = HomeSeeker("single", 1, date(2026, 2, 1), 2, date(2026, 12, 1))
    found = who_fits(FLAT, [single, COUPLE, FAMILY])
    assert [(one.household_id, one.fits) for one in found] == [
        ("family", True),
        ("single", True),
        ("couple", False),
    ]
    # The couple has no end to its stay, and the flat is let to the end of the year.
    assert found[-1].misfits == (Misfit.NOT_FREE_THEN,)


def test_which_homes_fit_this_household() -> None:
    found = homes_that_fit(COUPLE, [FLAT, HOUSE])
    assert [(one.home_id, one.fits, one.spare_bedrooms) for one in found] == [
        ("house", True, 3),
        ("flat", False, 1),
    ]


def test_a_home_holds_one_household_at_a_time() -> None:
    held = Home("flat", 2, YEAR, held=(DateRange(date(2026, 1, 1), date(2026, 2, 2)),))
    assert match_home(held, FAMILY).misfits == (Misfit.HELD,)
    later = HomeSeeker("later", 2, date(2026, 2, 2), 2, date(2026, 5, 1))
    assert match_home(held, later).fits
    with pytest.raises(BadInput, match="one household at a time"):
        Home("flat", 2, YEAR, held=(YEAR, YEAR))


def test_everything_that_speaks_against_is_told_at_once() -> None:
    seeker = HomeSeeker("large", 6, date(2025, 12, 1), 2, date(2026, 3, 1), step_free=True)
    assert match_home(FLAT, seeker).misfits == (
        Misfit.TOO_FEW_BEDROOMS,
        Misfit.NOT_STEP_FREE,
        Misfit.NOT_FREE_THEN,
    )


def test_rent_and_the_way_to_school_are_wishes() -> None:
    seeker = HomeSeeker(
        "f", 3, date(2026, 2, 1), 2, date(2026, 3, 1), most_rent_nok=9_000, most_school_minutes=10
    )
    found = match_home(FLAT, seeker)
    assert found.misfits == (Misfit.RENT, Misfit.SCHOOL_FAR)
    assert found.fits
    # The rent of the house is not known, and is not held against it.
    assert Misfit.RENT not in match_home(HOUSE, seeker).misfits


def test_a_household_may_say_how_many_bedrooms_it_needs() -> None:
    assert HomeSeeker("f", 2, date(2026, 2, 1), 2, bedrooms=2).bedrooms_needed == 2
    assert [HomeSeeker("f", size, date(2026, 2, 1), 2).bedrooms_needed for size in (1, 2, 3, 5)] == [
        1,
        1,
        2,
        3,
    ]
    assert HomeSeeker("f", 5, date(2026, 2, 1), 1).bedrooms_needed == 5
    with pytest.raises(BadInput):
        HomeSeeker("f", 0, date(2026, 2, 1), 2)
    with pytest.raises(BadInput, match="to a bedroom"):
        HomeSeeker("f", 1, date(2026, 2, 1), 0)
    with pytest.raises(BadInput):
        Home("h", -1, YEAR)


def test_free_homes_are_counted_by_size_on_a_day() -> None:
    held = Home("third", 2, YEAR, held=(YEAR,))
    assert free_by_size([FLAT, HOUSE, held], date(2026, 2, 1)) == {2: 1}
    assert free_by_size([FLAT, HOUSE, held], date(2026, 3, 1)) == {2: 1, 4: 1}


def test_free_homes_hold_as_many_to_a_bedroom_as_is_said_and_a_studio_one() -> None:
    studio = Home("studio", 0, YEAR)
    assert places_in_homes([FLAT, studio], date(2026, 2, 1), 2) == 2 * 2 + 1
    assert places_in_homes([FLAT, studio], date(2026, 2, 1), 1) == 2 + 1
    assert places_in_homes([], date(2026, 2, 1), 2) == 0

"""Reception: places, stays, how full it is and the weeks ahead."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.capacity import Contract, Occupancy, PlaceKind, Places, Stay, WeekOutlook, occupancy, outlook
from bosett.capacity.explain import explain_occupancy
from bosett.terms.days import DateRange
from bosett.terms.errors import BadInput

DAY = date(2026, 3, 2)
YEAR = DateRange(date(2026, 1, 1), date(2027, 1, 1))


def stay(
    persons: int = 1,
    moved_in: date = date(2026, 1, 10),
    moved_out: date | None = None,
    planned_out: date | None = None,
    centre: str = "north",
    kind: PlaceKind = PlaceKind.ORDINARY,
) -> Stay:
    return Stay("h", centre, kind, persons, moved_in, moved_out, planned_out)


def places(
    count: int, centre: str = "north", kind: PlaceKind = PlaceKind.ORDINARY, period: DateRange = YEAR
) -> Places:
    return Places(centre, kind, period, count)


def test_occupancy_is_residents_over_places() -> None:
    # The State's norm of 85 % is of places, so 17 residents in 20 places are exactly at it.
    found = occupancy([places(20)], [stay(17)], DAY)
    assert found.share == Fraction(85, 100)
    assert found.free == 3


def test_without_places_there_is_no_share_and_not_zero() -> None:
    found = occupancy([], [stay(2)], DAY)
    assert found.share is None
    assert found.free == -2
    assert explain_occupancy(found)[0].key == "capacity.occupancy.no_places"


def test_the_night_of_leaving_is_not_counted_and_the_night_of_coming_is() -> None:
    one = stay(moved_in=date(2026, 3, 2), moved_out=date(2026, 3, 4))
    nights = [occupancy([], [one], date(2026, 3, day)).residents for day in (1, 2, 3, 4)]
    assert nights == [0, 1, 1, 0]


def test_places_count_only_while_they_are_under_contract() -> None:
    until_march = places(50, period=DateRange(date(2026, 1, 1), DAY))
    assert occupancy([until_march], [], DAY - timedelta(days=1)).places == 50
    assert occupancy([until_march], [], DAY).places == 0


def test_one_centre_or_one_kind_can_be_asked_for() -> None:
    all_places = [places(20), places(5, kind=PlaceKind.MINORS_15_17), places(30, centre="south")]
    assert occupancy(all_places, [stay(4), stay(3, centre="south")], DAY, centre="north").residents == 4
    assert occupancy(all_places, [], DAY, kind=PlaceKind.ORDINARY).places == 50
    assert occupancy(all_places, [], DAY, centre="north", kind=PlaceKind.MINORS_15_17).places == 5


def test_the_outlook_is_twelve_weeks_of_planned_moves() -> None:
    # By hand: 10 now; 4 leave in week 2 and 3 come in week 3; half the places end after week 4.
    stays = [
        stay(6),
        stay(4, planned_out=DAY + timedelta(days=8)),
        stay(3, moved_in=DAY + timedelta(days=20)),
    ]
    held = [places(10), places(10, period=DateRange(date(2026, 1, 1), DAY + timedelta(weeks=4)))]
    weeks = outlook(held, stays, DAY)
    assert len(weeks) == 12
    assert [week.at_end.residents for week in weeks[:4]] == [10, 6, 9, 9]
    assert [(week.moves_in, week.moves_out) for week in weeks[:4]] == [(0, 0), (0, 4), (3, 0), (0, 0)]
    assert [week.at_start.places for week in weeks[3:5]] == [20, 10]


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def stays(draw: st.DrawFn) -> Stay:
    came = draw(days)
    leaves = draw(st.none() | st.integers(0, 200).map(lambda after: came + timedelta(days=after)))
    return stay(draw(st.integers(1, 8)), came, planned_out=leaves)


@given(st.lists(stays(), max_size=12), days)
def test_each_week_ends_with_those_who_were_there_and_came_and_did_not_leave(
    listed: list[Stay], today: date
) -> None:
    weeks = outlook([], listed, today)
    for week, following in pairwise(weeks):
        assert week.at_end == following.at_start
    assert weeks[-1].at_end.residents == sum(
        one.persons for one in listed if one.is_there(today + timedelta(weeks=12))
    )


def test_a_week_that_loses_residents_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="loses or finds"):
        WeekOutlook(DAY, Occupancy(DAY, 5, 9), 1, 2, Occupancy(DAY, 5, 9))


def test_notice_ends_a_contract_after_the_lock_in_and_never_after_its_own_end() -> None:
    # By hand: 92 days from 1 March is 1 June; locked until 1 July; the contract ends 31 December.
    contract = Contract("c", "north", YEAR, locked_until=date(2026, 7, 1), notice_days=92)
    assert contract.earliest_end(date(2026, 3, 1)) == date(2026, 7, 1)
    assert contract.earliest_end(date(2026, 8, 1)) == date(2026, 11, 1)
    assert contract.earliest_end(date(2026, 12, 1)) == date(2027, 1, 1)


def test_a_contract_whose_notice_is_not_known_has_no_earliest_end() -> None:
    assert Contract("c", "north", YEAR).earliest_end(DAY) is None


def test_impossible_contracts_places_and_stays_are_refused() -> None:
    with pytest.raises(BadInput):
        Contract("c", "north", YEAR, notice_days=-1)
    with pytest.raises(BadInput):
        Contract("c", "north", YEAR, locked_until=date(2027, 6, 1))
    with pytest.raises(BadInput):
        places(-1)
    with pytest.raises(BadInput):
        stay(0)
    with pytest.raises(BadInput):
        stay(moved_out=date(2026, 1, 9))

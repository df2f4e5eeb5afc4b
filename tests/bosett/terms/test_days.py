"""Promises of date ranges, months and ages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.terms.days import DateRange, Month, add_years, age_on


def test_a_range_holds_its_first_day_and_not_its_last() -> None:
    year = DateRange(date(2026, 1, 1), date(2027, 1, 1))
    assert date(2026, 1, 1) in year
    assert date(2026, 12, 31) in year
    assert date(2027, 1, 1) not in year


def test_a_range_without_end_holds_every_later_day() -> None:
    assert date(2999, 1, 1) in DateRange(date(2026, 1, 1))


def test_a_range_that_ends_as_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="end after it starts"):
        DateRange(date(2026, 1, 1), date(2026, 1, 1))


def test_neighbouring_ranges_do_not_overlap() -> None:
    first = DateRange(date(2018, 1, 1), date(2022, 1, 1))
    second = DateRange(date(2022, 1, 1))
    assert not first.overlaps(second)
    assert not second.overlaps(first)
    assert first.overlaps(DateRange(date(2021, 12, 31)))


@given(st.dates(), st.dates(), st.dates(), st.dates())
def test_overlap_means_a_shared_day_whichever_is_asked(a: date, b: date, c: date, d: date) -> None:
    if a >= b or c >= d:
        return
    shares_a_day = max(a, c) < min(b, d)
    assert DateRange(a, b).overlaps(DateRange(c, d)) is shares_a_day
    assert DateRange(c, d).overlaps(DateRange(a, b)) is shares_a_day


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "26-01", "2026-1", "2026/01", "202601", ""])
def test_a_month_written_otherwise_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"month|invalid"):
        Month.parse(text)


def test_months_pass_the_turn_of_the_year_both_ways() -> None:
    assert str(Month.parse("2026-11").plus(3)) == "2027-02"
    assert str(Month.parse("2026-01").plus(-1)) == "2025-12"
    assert Month.of(date(2026, 2, 28)) == Month(2026, 2)


@given(st.integers(1, 9000), st.integers(1, 12), st.integers(-200, 200))
def test_months_forward_and_back_come_home(year: int, number: int, months: int) -> None:
    start = Month(year + 100, number)
    assert start.plus(months).plus(-months) == start


def test_age_changes_on_the_birthday() -> None:
    born = date(2011, 6, 15)
    assert age_on(born, date(2026, 6, 14)) == 14
    assert age_on(born, date(2026, 6, 15)) == 15


def test_born_on_leap_day_turns_older_on_the_first_of_march_in_a_common_year() -> None:
    born = date(2008, 2, 29)
    assert age_on(born, date(2026, 2, 28)) == 17
    assert age_on(born, date(2026, 3, 1)) == 18
    assert add_years(born, 18) == date(2026, 3, 1)
    assert add_years(born, 4) == date(2012, 2, 29)

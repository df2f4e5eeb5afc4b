"""From waits to months: those who still wait count, nobody is lost, and nobody is settled in a past month."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bosett.forecast.lags import LagDistribution, need_by_month, waiting_by_month
from bosett.terms.days import Month
from bosett.terms.errors import BadInput

MARCH = Month(2026, 3)


def test_those_who_still_wait_count_as_long_as_they_have_waited() -> None:
    # By hand: 10 at risk, 2 settled at once (2/10), 3 of them have waited no month; 5 left, 1 of them settled after a
    # month (8/10 x 1/5 = 4/25), 4 still wait after one: 16/25 take longer than anybody was seen to take.
    told = LagDistribution.of_waits({0: 2, 1: 1}, {0: 3, 1: 4})
    assert told.shares == (Fraction(1, 5), Fraction(4, 25), Fraction(16, 25))
    assert told.seen == told.shares[:2]


def test_leaving_out_those_who_wait_would_tell_a_shorter_lag() -> None:
    settled = {1: 6, 2: 2}
    assert LagDistribution.of_waits(settled, {2: 8}).within(2) == Fraction(1, 2)
    assert LagDistribution.of_counts([0, 6, 2]).within(2) == 1


def test_whoever_waits_is_spread_over_the_months_ahead_given_how_long_they_have_waited() -> None:
    lags = LagDistribution((Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)))
    told = waiting_by_month({0: 8, 1: 4, 5: 3}, lags, MARCH, MARCH.plus(1))
    # Waited 0: 4, 2, 2. Waited 1: the rest is a quarter and a quarter, so 2 and 2. Waited 5: nobody was seen to.
    assert dict(told.months) == {MARCH: 6, MARCH.plus(1): 4}
    assert told.later == 2 + 3
    assert sum(told.months.values()) + told.later == 15


def test_what_takes_longer_than_anybody_was_seen_to_take_is_later_and_never_a_month() -> None:
    lags = LagDistribution.of_waits({0: 1}, {0: 1})
    need = need_by_month({MARCH: 10}, lags, MARCH.plus(24))
    assert dict(need.months) == {MARCH: 5}
    assert need.later == 5
    assert waiting_by_month({1: 7}, lags, MARCH, MARCH.plus(24)).later == 7


@pytest.mark.parametrize(("settled", "waiting"), [({}, {1: 3}), ({1: 0}, {}), ({1: -1}, {}), ({-1: 2}, {})])
def test_waits_that_say_nothing_are_refused(settled: dict[int, int], waiting: dict[int, int]) -> None:
    with pytest.raises(BadInput):
        LagDistribution.of_waits(settled, waiting)

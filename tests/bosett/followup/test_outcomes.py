"""Waiting and staying: medians and shares with those who left counted right; moves beside what is expected."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bosett.followup.outcomes import ageing, beside_expected, exposure, poisson_interval, waited
from bosett.followup.survival import Ending, Spell
from bosett.terms.errors import BadInput

START = date(2025, 1, 1)
AS_OF = date(2026, 1, 1)


def after(days: int, ending: Ending = Ending.HAPPENED) -> Spell:
    return Spell(START, START + timedelta(days=days), ending)


OPEN = Spell(START)


def test_the_median_and_the_shares_count_those_who_still_wait() -> None:
    """By hand: ten persons, settled on day 10 (5), 20 (1); four wait: half by day 10, six tenths by day 20."""
    told = waited([after(10)] * 5 + [after(20)] + [OPEN] * 4, AS_OF, (10, 20), smallest=1)
    assert (told.persons, told.happened, told.median_days) == (10, 6, 10)
    assert [round(told.within[day][0], 6) for day in (10, 20)] == [0.5, 0.6]


def test_who_leaves_for_another_reason_counts_until_then() -> None:
    """By hand: of four, one leaves on day 5; on day 10 one of three: a third, on day 20 one of two more: two thirds."""
    told = waited([after(5, Ending.LEFT), after(10), after(20), OPEN], AS_OF, (10, 20), smallest=1)
    assert [round(told.within[day][0], 6) for day in (10, 20)] == [round(1 / 3, 6), round(2 / 3, 6)]


def test_nothing_is_told_of_few() -> None:
    told = waited([after(10)] * 4, AS_OF, (10,), smallest=5)
    assert (told.median_days, dict(told.within)) == (None, {})
    few = waited([after(10)] * 4 + [OPEN] * 9, AS_OF, (10,), smallest=5)
    assert (few.median_days, dict(few.within)) == (None, {})


def test_those_who_wait_now_are_counted_by_how_long() -> None:
    since = [AS_OF - timedelta(days=days) for days in (0, 90, 91, 182, 183, 364, 365, 900)]
    assert ageing(since, AS_OF) == (2, 2, 2, 2)
    with pytest.raises(BadInput):
        ageing([AS_OF + timedelta(days=1)], AS_OF)


def test_days_at_risk_stop_at_the_horizon_and_at_the_day_of_looking() -> None:
    """A move on day 100, one on day 300 beyond a horizon of 200, and one open for 365 days: 100 + 200 + 200 days."""
    assert exposure([after(100), after(300), OPEN], AS_OF, 200) == (1, 500)
    late = [after(400)]
    assert exposure(late, AS_OF, 1000) == (0, 365)


def test_moves_are_set_beside_those_expected_from_who_was_settled() -> None:
    """By hand: alone 2 moves in 1,000 days, family 1 in 2,000.  Own: 500 days alone, 1,000 family: 1 + 0.5 expected."""
    country = {("alone",): [after(500)] * 2, ("family",): [after(1000, Ending.LEFT), after(1000)]}
    own = {("alone",): [after(500)], ("family",): [after(1000, Ending.LEFT)]}
    told = beside_expected(own, country, START + timedelta(days=1000), 1000)
    assert told is not None
    assert (told.persons, told.moved, told.expected) == (2, 1, 1.5)
    assert told.ratio == pytest.approx(2 / 3)
    assert not told.differs


def test_the_interval_of_a_count_is_that_of_the_tables() -> None:
    """Exact 95 % limits of a Poisson mean (Pearson and Hartley, Biometrika tables 1, table 40): 10: 4.80 and 18.39."""
    low, high = poisson_interval(10)
    assert (round(low, 2), round(high, 2)) == (4.80, 18.39)
    assert poisson_interval(0) == (0.0, pytest.approx(3.69, abs=0.005))


def test_a_kind_that_the_country_does_not_know_is_refused() -> None:
    with pytest.raises(BadInput, match="alone"):
        beside_expected({("alone",): [OPEN]}, {}, AS_OF, 100)
    assert beside_expected({("a",): [OPEN]}, {("a",): [OPEN]}, AS_OF, 100) is None

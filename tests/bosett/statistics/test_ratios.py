"""One figure by another: exact, and without a number where either has none."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from bosett.statistics.ratios import Ratio, by_year, of_sums, ratio
from bosett.statistics.todays_places import Sum, TodayFigure
from bosett.terms.figure import State


def told(value: int | Decimal) -> TodayFigure:
    return TodayFigure(State.NUMBER, value)


def test_seventy_of_seven_thousand_are_a_hundred_by_ten_thousand() -> None:
    assert ratio(told(70), told(7000), 10_000) == Ratio(State.NUMBER, Fraction(100))


def test_a_third_stays_a_third() -> None:
    assert ratio(told(1), told(3)).value == Fraction(1, 3)
    assert ratio(told(Decimal("0.5")), told(3)).value == Fraction(1, 6)


@pytest.mark.parametrize("state", [State.SUPPRESSED, State.UNKNOWN, State.NOT_ASKED, State.AWAITING])
def test_there_is_no_number_where_either_has_none(state: State) -> None:
    assert (
        ratio(TodayFigure(state, None), told(5)) == ratio(told(5), TodayFigure(state, None)) == Ratio(state)
    )


def test_by_nobody_is_unknown_and_by_what_is_not_there_not_stored() -> None:
    assert ratio(told(5), told(0)) == Ratio(State.UNKNOWN)
    assert ratio(told(5), None) == ratio(None, told(5)) == Ratio(State.NOT_STORED)


def test_a_sum_that_lacks_a_hidden_part_gives_at_least_so_much() -> None:
    settled = Sum(90, 3, {State.SUPPRESSED: 1})
    assert of_sums(settled, Sum(100, 3, {}), 100) == Ratio(State.NUMBER, Fraction(90), at_least=True)


def test_nothing_is_said_of_a_whole_that_lacks_a_part() -> None:
    assert of_sums(Sum(90, 3, {}), Sum(100, 3, {State.UNKNOWN: 1})) == Ratio(State.UNKNOWN)


def test_a_sum_of_nothing_but_hidden_parts_is_hidden() -> None:
    assert of_sums(Sum(None, 1, {State.SUPPRESSED: 1}), Sum(100, 1, {})) == Ratio(State.SUPPRESSED)


def test_each_year_by_its_own_year() -> None:
    found = by_year({2023: told(8), 2024: told(9)}, {2024: told(3)})
    assert found == {2023: Ratio(State.NOT_STORED), 2024: Ratio(State.NUMBER, Fraction(3))}

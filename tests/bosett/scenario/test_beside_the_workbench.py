"""What stands beside the workbench: earlier misses behind the fan, and the best contract portfolio for its draws."""

from __future__ import annotations

import pytest

from bosett.scenario.earlier_misses import residents_if_missed
from bosett.scenario.portfolio import newsvendor_share
from bosett.scenario.workbench import Dials, Start, try_out
from bosett.scenario.workbench_portfolio import best_portfolio, shipped_prices
from bosett.terms.errors import BadInput

START = Start(
    {"asylum": 900, "collective": 2500}, {"asylum": 400, "collective": 900},
    {"ordinary": 3800, "minors_15_17": 200, "care_centre": 60}, (250.0,),
)  # fmt: skip


def test_a_forecast_that_hit_gives_the_middle_of_the_fan_and_a_higher_outcome_more_residents() -> None:
    low, hit, high = residents_if_missed(START, (0.5, 1.0, 2.0), 13, draws=250)
    middle = try_out(START, Dials(weeks=13), 250).residents.middle
    assert hit[-1] == pytest.approx(middle[-1], rel=0.03)
    assert low[-1] < hit[-1] < high[-1]
    assert len(hit) == 13


def test_a_miss_to_nothing_is_no_ratio_and_no_misses_draw_nothing() -> None:
    assert residents_if_missed(START, (), 13) == ()
    with pytest.raises(BadInput):
        residents_if_missed(START, (0.0,), 13)


def test_the_best_rule_is_not_dearer_than_todays_in_what_it_minimises_and_says_what_each_part_is_worth() -> (
    None
):
    prices = shipped_prices()
    told = best_portfolio(START, Dials(weeks=26), prices, 0.0)
    assert told.best.total_nok <= told.today.total_nok
    assert {one.option for one in told.worth} == {"standing", "share", "standby"}
    # The fact page's own calculation: (781 - 650) / (781 - 650 + 556) = 19.1 %.
    assert (
        told.held_share == pytest.approx(newsvendor_share(650, 556, 781)) == pytest.approx(0.191, abs=0.001)
    )
    assert told == best_portfolio(START, Dials(weeks=26), prices, 0.0)

"""Which places to hold: against brute force, by hand, and the newsvendor of the fact page."""

from __future__ import annotations

import numpy as np
import pytest

from bosett.scenario.portfolio import (
    Demand,
    Prices,
    Rule,
    best_rule,
    cost_by_draw,
    implied_short_price,
    newsvendor_share,
    tail_mean,
    worth_of_options,
)
from bosett.terms.errors import BadInput

PRICES = Prices(650, 556, 55, 700, 781)


def demand(draws: int, seed: int, periods: int = 6) -> Demand:
    rng = np.random.default_rng(seed)
    return Demand(np.round(1000 * np.exp(np.cumsum(rng.normal(0, 0.3, (periods, draws)), axis=0))), 28, 1, 2)


def test_at_650_556_and_781_kroner_the_price_only_optimum_is_the_19th_percentile() -> None:
    # (781 - 650) / (781 - 650 + 556) = 131 / 687 = 0.19.
    assert newsvendor_share(650, 556, 781) == pytest.approx(131 / 687)
    assert round(newsvendor_share(650, 556, 781), 2) == 0.19


def test_holding_for_85_percent_of_cases_means_a_missing_place_is_priced_at_3_800_kroner() -> None:
    price = implied_short_price(650, 556, 0.85)
    assert price == pytest.approx(650 + 556 * 0.85 / 0.15)
    assert newsvendor_share(650, 556, price) == pytest.approx(0.85)


def test_cost_of_a_rule_by_hand() -> None:
    # One draw, two periods of one day: 100 and 300 residents; 120 stand, 50 stand by.
    told = cost_by_draw(Demand(np.array([[100.0], [300.0]]), 1, 1, 1), Rule(120, 0, 50), PRICES)
    assert told["occupied"][0] == 220 * 650
    assert told["empty"][0] == 20 * 556
    assert told["standby_fee"][0] == 100 * 55
    assert told["standby_call"][0] == 50 * 700
    assert told["short"][0] == 130 * 781
    assert told["total"][0] == 143_000 + 11_120 + 5_500 + 35_000 + 101_530


def test_places_follow_the_most_residents_seen_while_an_order_is_bound() -> None:
    told = Demand(np.array([[5.0], [9.0], [2.0], [1.0], [1.0]]), 28, 1, 2).seen
    assert told[:, 0].tolist() == [5, 5, 9, 9, 2]


@pytest.mark.parametrize("tail_weight", [0.0, 0.5])
def test_no_rule_of_a_fine_grid_is_cheaper_than_the_programmes(tail_weight: float) -> None:
    known = demand(40, 1)
    best = best_rule(known, PRICES, tail_weight=tail_weight)

    def value(rule: Rule) -> float:
        total = cost_by_draw(known, rule, PRICES)["total"]
        return (1 - tail_weight) * float(total.mean()) + tail_weight * tail_mean(total, 0.95)

    grid = [
        Rule(standing, share, standby)
        for standing in np.linspace(0, 2000, 21)
        for share in np.linspace(0, 1.5, 16)
        for standby in np.linspace(0, 2000, 21)
    ]
    assert value(best) <= min(map(value, grid)) * (1 + 1e-9)


def test_without_a_share_and_standby_the_programme_is_the_newsvendor() -> None:
    rng = np.random.default_rng(2)
    known = Demand(rng.integers(500, 1500, (1, 2001)).astype(float), 28, 1, 1)
    rule = best_rule(known, PRICES, share=0.0, standby=0.0)
    assert rule.standing == pytest.approx(np.quantile(known.residents, 131 / 687), abs=2)


def test_what_an_option_is_worth_is_told_on_draws_the_rule_was_not_chosen_on() -> None:
    best, worth = worth_of_options(demand(60, 3), demand(400, 4), PRICES, tail_weight=0.5)
    told = {one.option: one for one in worth}
    assert set(told) == {"standing", "share", "standby"}
    assert told["standby"].tail_nok > 0
    assert best.standby > 0


def test_prices_that_make_a_bought_place_cheaper_than_a_held_one_are_refused() -> None:
    with pytest.raises(BadInput, match="not cheaper"):
        Prices(800, 556, 55, 700, 781)

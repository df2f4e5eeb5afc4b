"""What a target coverage asks for, worked by hand."""

from __future__ import annotations

import pytest

from bosett.expenditure.result import Estimate
from bosett.expenditure.target import MunicipalityPersons, consequence, gini, group_coverages
from bosett.terms.errors import BadInput, NoAnswer

RATES = {1: 300.0, 2: 300.0, 3: 200.0, 4: 100.0, 5: 100.0}
FIVE = Estimate("*", 1250.0, 25.0, 150)


def test_the_rates_and_the_states_cost_follow_the_target() -> None:
    # Grant 1,000, expenditure 1,250: full coverage is a factor of 1.25, ends 1.25 -+ 1.96 x 0.025.
    found = consequence(1.0, FIVE, RATES, {2026: {1: 10, 5: 20}})
    assert found.factor.value == pytest.approx(1.25)
    assert found.factor.low95 == pytest.approx(1.201, abs=1e-4)
    assert found.rates_nok[1].value == pytest.approx(375)
    # Today 10 x 300 + 20 x 100 = 5,000: a quarter more is 1,250.
    assert found.state_nok[2026].value == pytest.approx(1250)
    assert found.state_nok[2026].low95 == pytest.approx(5000 * 0.201, abs=0.5)


def test_a_lower_target_takes_from_every_municipality_and_the_ends_keep_their_order() -> None:
    towns = [MunicipalityPersons("1", "small", {1: 1}), MunicipalityPersons("2", "small", {2: 3})]
    found = consequence(0.4, FIVE, RATES, {}, towns)
    # Factor 0.5: the grant of 300 and of 900 is halved.
    assert found.municipality_nok["1"].value == pytest.approx(-150)
    assert found.group_nok["small"].value == pytest.approx(-600)
    low, high = found.group_nok["small"].low95, found.group_nok["small"].high95
    assert low is not None
    assert high is not None
    assert low < -600 < high


def test_an_expenditure_without_error_gives_no_interval() -> None:
    found = consequence(1.0, Estimate("*", 1250.0, None, 3, "one"), RATES, {})
    assert (found.factor.low95, found.factor.high95) == (None, None)


def test_a_missing_rate_or_a_target_of_nothing_is_refused() -> None:
    with pytest.raises(NoAnswer, match="grant_missing"):
        consequence(1.0, FIVE, {1: 300.0}, {})
    with pytest.raises(BadInput):
        consequence(0.0, FIVE, RATES, {})


def test_who_gains_and_who_loses_is_each_groups_five_years_against_the_same_grant() -> None:
    # Five years: 5 x 190 + 50 = 1,000 and 5 x 290 + 50 = 1,500; the grant 900 becomes 1,350 with a factor of 1.5.
    groups = [Estimate("small", 190.0, 8.0, 20), Estimate("large", 290.0, 10.0, 30)]
    small, large = group_coverages(groups, Estimate("register", 50.0, 0.0, 0), 900.0, 1.5)
    assert (small.expenditure_nok.value, large.expenditure_nok.value) == (1000, 1500)
    assert (small.now.value, small.then.value) == (pytest.approx(0.9), pytest.approx(1.35))
    assert (large.now.value, large.then.value) == (pytest.approx(0.6), pytest.approx(0.9))
    assert (small.left_nok.value, large.left_nok.value) == (350, -150)
    # Error 5 x 8 = 40: 1,000 -+ 78.4, so what is left is 350 -+ 78.4 and the coverage 1,350 over the ends.
    assert small.left_nok.low95 == pytest.approx(271.6, abs=0.01)
    assert small.then.low95 == pytest.approx(1350 / 1078.4, abs=1e-5)
    assert small.then.high95 == pytest.approx(1350 / 921.6, abs=1e-5)


def test_a_register_without_an_error_leaves_the_groups_without_an_interval() -> None:
    (found,) = group_coverages(
        [Estimate("a", 10.0, 1.0, 5)], Estimate("register", 5.0, None, 1, "one"), 55.0, 1.0
    )
    assert found.then.value == pytest.approx(1)
    assert (found.then.low95, found.left_nok.high95) == (None, None)


def test_inequality_is_nothing_when_all_cost_the_same_and_half_when_one_of_two_costs_all() -> None:
    assert gini([(100.0, 3), (100.0, 9)]) == pytest.approx(0)
    assert gini([(0.0, 1), (100.0, 1)]) == pytest.approx(0.5)
    # Three persons 1, 1, 4: mean 2, mean absolute difference of all 9 pairs 12/9; half over mean 1/3.
    assert gini([(1.0, 2), (4.0, 1)]) == pytest.approx(1 / 3)

"""The published formulas, by hand on small numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from bosett.distribution import Bound, Criterion, DistributionCriteria, Method, MunicipalityInput
from bosett.terms.errors import BadInput
from tests.bosett.distribution.municipalities import asked, divide, place


def published(method: Method, **more: Any) -> DistributionCriteria:
    return DistributionCriteria(method=method, **more)


def test_germany_is_two_thirds_tax_and_one_third_population() -> None:
    # By hand, 90 persons: A 60x1/4 + 30x1/2 = 30, B 60x3/4 + 30x1/2 = 60.
    rows = (place("A", tax=1, population=5), place("B", tax=3, population=5))
    assert asked(divide(90, *rows, criteria=published(Method.GERMANY))) == {"A": 30, "B": 60}


def test_the_eu_key_is_half_population_and_half_gdp() -> None:
    # By hand, 100 persons: A 50x1/5 + 50x1/2 = 35.
    rows = (place("A", population=1, gdp=1), place("B", population=4, gdp=1))
    assert asked(divide(100, *rows, criteria=published(Method.EU))) == {"A": 35, "B": 65}


def test_denmark_is_twice_the_population_less_the_immigrants_less_the_reunited() -> None:
    # By hand, L = 90, F = 10: A (2x0.5 - 0.25)x100 - 10 = 65, B (2x0.5 - 0.75)x100 - 0 = 25.
    rows = (
        place("A", population=50, immigrants=1, family_reunifications=10),
        place("B", population=50, immigrants=3, family_reunifications=0),
    )
    found = divide(90, *rows, criteria=published(Method.DENMARK))
    assert asked(found) == {"A": 65, "B": 25}
    assert dict(found.of("A").contributions)["family_reunifications"] == -10


def test_a_negative_danish_quota_becomes_zero_and_is_scaled_off_the_others() -> None:
    # By hand, L = 100, F = 0: A (2x0.2 - 0.6)x100 = -20, so 0;
    # B (2x0.3 - 0.2)x100 = 40, C (2x0.5 - 0.2)x100 = 80; scaled by 100/120.
    rows = (
        place("A", population=2, immigrants=6, family_reunifications=0),
        place("B", population=3, immigrants=2, family_reunifications=0),
        place("C", population=5, immigrants=2, family_reunifications=0),
    )
    found = divide(100, *rows, criteria=published(Method.DENMARK))
    assert [share.exact_share for share in found.shares] == [0, Fraction(100, 3), Fraction(200, 3)]
    assert asked(found) == {"A": 0, "B": 33, "C": 67}


def test_switzerland_takes_the_compensation_off_in_persons_and_says_it_is_an_assumption() -> None:
    # By hand: 50 - 10 = 40 and 50 - 0 = 50, rescaled from 90 to 100.
    rows = (place("A", population=1, compensation=10), place("B", population=1, compensation=0))
    found = divide(100, *rows, criteria=published(Method.SWITZERLAND))
    assert [share.exact_share for share in found.shares] == [Fraction(400, 9), Fraction(500, 9)]
    assert found.assumptions == ("switzerland.compensation_in_persons_off_the_share",)


def norway(identifier: str, population: int, rate: int = 1, **bounds: int) -> MunicipalityInput:
    return place(
        identifier,
        population=population,
        labour_market=rate,
        introduction_results=rate,
        **bounds,
    )


def test_norway_2018_weighs_size_labour_market_and_results_and_asks_nobody_below_ten() -> None:
    # By hand, 1 000 persons, rates times population.  With equal rates everything is population:
    # 5 000 : 495 000 gives 10 and 990.
    rows = (norway("A", 5000), norway("B", 495_000))
    assert asked(divide(1000, *rows, criteria=published(Method.NORWAY_2018))) == {"A": 10, "B": 990}
    # With 100 persons the small one would get 1 and is lifted to 10.
    found = divide(100, *rows, criteria=published(Method.NORWAY_2018))
    assert asked(found) == {"A": 10, "B": 90}
    assert found.of("A").bound is Bound.FLOOR
    assert found.assumptions == ("norway-2018.rates_times_population", "norway-2018.no_size_limit")


def test_norway_2018_gives_a_better_labour_market_a_fifth_of_the_weight() -> None:
    # By hand, 100 persons, equal size; labour market 1 : 3, results 1 : 1:
    # A 35 + 20x1/4 + 5 = 45.
    rows = [
        place("A", population=9000, labour_market=1, introduction_results=1),
        place("B", population=9000, labour_market=3, introduction_results=1),
    ]
    assert asked(divide(100, *rows, criteria=published(Method.NORWAY_2018))) == {"A": 45, "B": 55}


def test_norway_2018_leaves_out_the_smallest_where_a_limit_is_given_unless_excepted() -> None:
    # The source says mainly from 5,000 inhabitants, and more than twenty smaller ones were asked.
    rows = (norway("small", 4999), norway("big", 20_000))
    assert asked(divide(100, *rows, criteria=published(Method.NORWAY_2018)))["small"] == 20
    found = divide(100, *rows, criteria=published(Method.NORWAY_2018, size_minimum=5000))
    assert found.of("small").bound is Bound.TOO_SMALL
    assert found.assumptions == ("norway-2018.rates_times_population",)
    kept = published(Method.NORWAY_2018, size_minimum=5000, size_exceptions=frozenset({"small"}))
    assert asked(divide(100, *rows, criteria=kept))["small"] == 20


def test_the_columns_of_a_published_method_can_have_other_names() -> None:
    rows = (place("A", skatt=1, folketall=5), place("B", skatt=3, folketall=5))
    criteria = published(Method.GERMANY, columns={"tax": "skatt", "population": "folketall"})
    assert asked(divide(90, *rows, criteria=criteria)) == {"A": 30, "B": 60}


def test_weights_given_with_a_published_method_name_its_columns() -> None:
    rows = (place("A", skatt=1, folk=5), place("B", skatt=3, folk=5))
    criteria = published(
        Method.GERMANY, criteria=(Criterion("skatt", Fraction(2, 3)), Criterion("folk", Fraction(1, 3)))
    )
    assert asked(divide(90, *rows, criteria=criteria)) == {"A": 30, "B": 60}


def test_other_weights_than_the_published_ones_are_refused() -> None:
    criteria = published(
        Method.EU, criteria=(Criterion("population", Fraction(6, 10)), Criterion("gdp", Fraction(4, 10)))
    )
    with pytest.raises(BadInput, match="the weights of eu"):
        divide(10, place("A", population=1, gdp=1), criteria=criteria)


def test_a_formula_takes_no_weights_and_no_unknown_columns() -> None:
    with pytest.raises(BadInput, match="formula of its own"):
        divide(
            10,
            place("A", population=1),
            criteria=published(Method.DENMARK, criteria=(Criterion("population", Fraction(1)),)),
        )
    with pytest.raises(BadInput, match="columns: wealth"):
        divide(
            10, place("A", tax=1, population=1), criteria=published(Method.GERMANY, columns={"wealth": "x"})
        )

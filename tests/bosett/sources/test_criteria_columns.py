"""Public figures as criteria: where they are missing they stay missing, and nothing is later than the round."""

from __future__ import annotations

from bosett.sources.criteria_columns import public_columns
from bosett.sources.fitted_requests import fitted_requests


def column(key: str, year: int = 2026):
    return next(one for one in public_columns(year) if one.key == key)


def test_every_municipality_has_a_population_and_an_even_part():
    assert len(column("population").values) == len(column("even_part").values) == 357
    assert column("population").values["0301"] == 728714  # SSB table 07459, 1 January 2026


def test_suppressed_settlements_are_missing_and_not_zero():
    # IMDi's page for 2025 holds 346 numbers and 11 suppressed cells.
    settled = column("settled_before")
    assert (settled.year, len(settled.values)) == (2025, 346)


def test_no_figure_is_later_than_the_round():
    for year in (2024, 2025, 2026):
        for one in public_columns(year):
            assert one.year is None or one.year <= year
            assert one.key == "population" or one.year is None or one.year < year


def test_the_unemployment_is_that_of_the_county_for_each_of_its_municipalities():
    rates = column("unemployed_share").values
    assert len({rates[code] for code in rates if code.startswith("42")}) == 1
    assert len(rates) == 357


def test_a_fitted_formula_has_weights_that_sum_to_one_and_knows_what_it_leaves_unexplained():
    found = fitted_requests(2026)
    assert abs(sum(one.weight for one in found.weights) - 1) < 1e-6
    assert found.unexplained_persons > 0

"""The published coverage 2014-2023 and what it implies; every expected value is a source's or worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bosett.expenditure.published import implied, implied_price_ratio, published, published_value
from bosett.terms.errors import NoAnswer


@pytest.mark.parametrize(
    ("scheme", "by_year"),
    [
        ("integration", {2015: "93.3", 2016: "92.3", 2017: "95.2", 2018: "99.6", 2019: "101.7",
                         2020: "105.9", 2021: "97.3", 2022: "97.3", 2023: "92"}),
        ("unaccompanied_minor", {2014: "63", 2015: "71", 2016: "60", 2018: "112.5", 2019: "110.0",
                                 2020: "102.9", 2022: "117"}),
        ("norwegian", {2021: "68.4", 2022: "77.1", 2023: "80"}),
    ],
)  # fmt: skip
def test_the_stored_coverage_is_the_published_one(scheme: str, by_year: dict[int, str]) -> None:
    found = {
        one.data_year: one.value for one in published() if (one.scheme, one.measure) == (scheme, "coverage")
    }
    assert found == {year: Decimal(value) for year, value in by_year.items()}


def test_every_figure_names_its_source() -> None:
    assert all(one.source.title and one.source.href.startswith("http") for one in published())
    assert all(one.note for one in published() if one.certainty == "derived")


def test_the_five_years_that_2015_and_2016_imply_are_those_worked_by_hand() -> None:
    # 0.933 x 775,500; 0.71 x 976,000; 976,000 x 1.265; 0.60 of that.
    found = {(one.data_year, one.scheme, one.measure): float(one.nok) for one in implied()}
    assert found == {
        (2015, "integration", "grant_5y"): pytest.approx(723_541.5),
        (2015, "unaccompanied_minor", "grant_5y"): pytest.approx(692_960),
        (2016, "unaccompanied_minor", "expenditure_5y"): pytest.approx(1_234_640),
        (2016, "unaccompanied_minor", "grant_5y"): pytest.approx(740_784),
    }


def test_the_host_coverage_is_the_grant_over_the_expenditure_of_the_17_centres() -> None:
    # The source says 65 per cent; its two amounts give 65.8, cut and not rounded.
    grant, spent = (published_value(2015, "host", name).value for name in ("grant", "expenditure"))
    assert round(100 * grant / spent, 1) == Decimal("65.8")
    assert int(100 * grant / spent) == published_value(2015, "host", "coverage").value


def test_the_prices_of_2022_follow_from_the_nominal_and_the_real_change() -> None:
    # 1.0022 / 0.9352 = 1.07164
    assert implied_price_ratio() == pytest.approx(1.07164, abs=5e-6)


def test_a_coverage_that_was_not_found_is_missing() -> None:
    with pytest.raises(NoAnswer, match="not_published"):
        published_value(2014, "integration", "coverage")

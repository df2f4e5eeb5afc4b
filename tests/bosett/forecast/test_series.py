"""Series that are refused, each by name."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from bosett.forecast.backtest import backtest
from bosett.forecast.family import FamilyRecord, exposure, family_forecast
from bosett.forecast.group_split import check_shares, split_persons, split_value
from bosett.forecast.lags import LagDistribution, need_by_month
from bosett.forecast.outlook import need_outlook
from bosett.forecast.series import Entry, MonthlySeries, monthly_series
from bosett.forecast.vintages import Vintage, Vintages
from bosett.terms.days import Month
from bosett.terms.errors import BadInput
from bosett.terms.municipality import MunicipalityCode

START = Month(2020, 1)


def entries(months: list[int], value: float = 5.0) -> list[Entry]:
    return [Entry(START.plus(month), value, row) for row, month in enumerate(months, start=2)]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (entries([0, 1, 2, 4, 5, 6, 7, 8, 9]), "row 5, column month: found no row for 2020-04"),
        (entries([0, 1, 2, 3, 3, 4, 5, 6, 7]), "row 6, column month: found the month 2020-04 twice"),
        (entries(list(range(12)), 0.0), "a series of zeros only, 2020-01 to 2020-12"),
        (entries([0, 1, 2]), "a series of 3 months"),
        ([], "no months"),
    ],
)
def test_a_gap_a_doubled_month_zeros_only_and_three_points_are_refused_by_name(
    rows: list[Entry], told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        monthly_series(rows, "s.csv")


def test_rows_in_any_order_make_the_same_series() -> None:
    rows = [Entry(START.plus(month), float(month)) for month in range(10)]
    assert monthly_series(rows[::-1]) == monthly_series(rows)


def test_too_many_origins_are_refused_with_the_most_there_can_be() -> None:
    # 20 months, 3 ahead, 8 before the first: origins 8..17, ten of them.
    series = MonthlySeries(START, tuple(float(n + 1) for n in range(20)))
    with pytest.raises(BadInput, match="at most 10 origins"):
        backtest(series, 3, 11)


def test_shares_that_do_not_sum_are_refused_with_their_sum() -> None:
    with pytest.raises(BadInput, match=r"sum to 0.9 \(collective 0.6 \+ other 0.3\)"):
        check_shares({"collective": Fraction("0.6"), "other": Fraction("0.3")})


def test_whole_persons_of_groups_sum_and_lie_within_one_of_their_share() -> None:
    shares = {"a": Fraction(1, 3), "b": Fraction(1, 3), "c": Fraction(1, 3)}
    assert split_persons(100, shares) == {"a": 34, "b": 33, "c": 33}
    assert sum(split_value(0.1, shares).values()) == pytest.approx(0.1, abs=1e-17)


def test_a_lag_spreads_permits_over_months_and_loses_nobody() -> None:
    lags = LagDistribution.of_counts([1, 2, 1])
    need = need_by_month({START: 8, START.plus(1): 4}, lags, START.plus(2))
    assert need.months == {START: 2, START.plus(1): 5, START.plus(2): 4}
    assert need.later == 1
    assert (lags.mean_months, lags.quantile(Fraction(3, 4)), lags.within(0)) == (1, 1, Fraction(1, 4))


def test_lag_shares_that_do_not_sum_are_refused() -> None:
    with pytest.raises(BadInput, match=r"sum to 0\.5"):
        LagDistribution((Fraction(1, 2),))


def test_family_follows_a_large_municipalitys_own_rate_and_a_new_one_the_countrys() -> None:
    oslo, bergen, new = MunicipalityCode("0301"), MunicipalityCode("4601"), MunicipalityCode("5601")
    past = [FamilyRecord(oslo, 10_000, 2000), FamilyRecord(bergen, 10_000, 500)]
    told = {one.municipality: one for one in family_forecast(past, {oslo: 1000, bergen: 1000, new: 1000})}
    assert told[oslo].mean == pytest.approx(200, rel=0.02)
    assert told[bergen].mean == pytest.approx(50, rel=0.02)
    assert told[new].mean == pytest.approx(125, rel=0.01)  # 2,500 of 20,000
    assert told[new].high - told[new].low > told[oslo].high - told[oslo].low


def test_family_interval_is_poisson_where_rates_are_alike() -> None:
    # Same rate everywhere: mean 4 expected; Poisson(4) has P10 = 2 and P90 = 7.
    codes = [MunicipalityCode(f"{1100 + n:04}") for n in range(40)]
    past = [FamilyRecord(code, 1000, 400) for code in codes]
    first = family_forecast(past, {codes[0]: 10})[0]
    assert (first.low, first.high) == (2, 7)


def test_exposure_refuses_a_year_that_is_not_known() -> None:
    assert exposure({2024: 10, 2025: 20}, 2025, [0.5, 1.0]) == 20
    with pytest.raises(BadInput, match="no settled persons of 2023"):
        exposure({2024: 10, 2025: 20}, 2025, [0.5, 1.0, 1.0])


def test_the_outlook_keeps_its_middle_and_widens_with_the_root_of_time() -> None:
    # Steps of factor 2 up and down: log size ln 2 a year; half a year and then three and a half.
    past = {2016: 1000, 2017: 2000, 2018: 1000, 2019: 2000, 2020: 1000}
    told = need_outlook(past, 2021, 10_000)
    assert [year.at(0.5) for year in told] == [10_000] * 4
    # P90 of t with 4 degrees, variance one, is 1.0841: 10,000 x 2^(1.0841 sqrt 0.5) and x 2^(1.0841 sqrt 3.5).
    assert told[0].at(0.9) == pytest.approx(10_000 * 2 ** (1.0841 * 0.5**0.5), abs=2)
    assert told[3].at(0.9) == pytest.approx(10_000 * 2 ** (1.0841 * 3.5**0.5), abs=2)


def test_a_step_over_a_missing_year_counts_as_two() -> None:
    with_gap = need_outlook({2015: 100, 2017: 200, 2018: 100, 2019: 200, 2020: 100}, 2021, 1000)
    without = need_outlook({2016: 100, 2017: 200, 2018: 100, 2019: 200, 2020: 100}, 2021, 1000)
    assert with_gap[0].at(0.9) < without[0].at(0.9)


def test_every_version_of_a_month_is_kept_and_the_latest_by_a_day_is_what_was_known() -> None:
    # UDI: January 2026 was first 207, later 199.
    january = Month(2026, 1)
    kept = Vintages.of([Vintage(january, date(2026, 5, 15), 199), Vintage(january, date(2026, 2, 5), 207)])
    assert kept.as_of(date(2026, 3, 1)) == {january: 207}
    assert kept.as_of(date(2026, 6, 1)) == {january: 199}
    assert kept.first() == {january: 207}
    assert kept.revisions() == {january: -8}

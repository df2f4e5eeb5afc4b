"""The ledger of published forecasts and its lessons, recomputed from the rows by hand and by the source."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest

from bosett.forecast.ledger import Lead, Published
from bosett.forecast.ledger_scores import misses, score_ledger
from bosett.sources.forecast_ledger import read_ledger
from bosett.terms.errors import BadInput

LEDGER = Path(__file__).resolve().parents[3] / "parameters" / "forecast" / "ledger.csv"


def test_every_published_row_stands_in_the_ledger_with_its_source() -> None:
    with LEDGER.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 35
    assert all(row["source"] for row in rows)


def test_made_the_year_before_the_median_error_is_73_percent_over_nine_rows() -> None:
    # The nine errors by hand: 10, 18, 30, 65, 73, 126, 133, 854 and 1634 percent.
    lessons = score_ledger(read_ledger(LEDGER)).by_lead[Lead.YEAR_BEFORE]
    assert lessons.points == 9
    assert lessons.median_absolute_error == pytest.approx(1 - 10_000 / 36_461)


def test_the_published_factor_of_2_9_is_the_mean_of_the_log_ratios_and_the_median_gives_2_3() -> None:
    lessons = score_ledger(read_ledger(LEDGER)).by_lead[Lead.YEAR_BEFORE]
    assert lessons.mean_factor == pytest.approx(2.9, abs=0.05)
    assert lessons.typical_factor == pytest.approx(8250 / 3546)


def test_in_the_target_year_eighteen_points_miss_by_24_percent() -> None:
    # The published lesson: median 24 %, typical factor 1.5.
    lessons = score_ledger(read_ledger(LEDGER)).by_lead[Lead.SAME_YEAR]
    assert lessons.points == 18
    assert lessons.median_absolute_error == pytest.approx(0.24, abs=0.02)
    assert lessons.mean_factor == pytest.approx(1.5, abs=0.05)


def test_eleven_of_sixteen_ranges_held_and_the_middle_one_was_sixfold_wide() -> None:
    overall = score_ledger(read_ledger(LEDGER)).overall
    assert (overall.ranges_held, overall.ranges) == (11, 16)
    assert overall.median_range_ratio == pytest.approx(6.0, abs=0.2)


def test_a_range_that_fails_is_charged_its_width_and_ten_times_the_miss_at_80_percent() -> None:
    # 2 / (1 - 0.8) = 10; outcome 3,460 below a range of 5,000 to 50,000: 45,000 + 10 x 1,540.
    row = Published("2016-03", "2016", "asylum", 5000, 25_000, 50_000, 3460)
    assert row.interval_score(0.8) == pytest.approx(60_400)
    assert row.held is False


def test_an_outcome_that_is_not_known_is_not_scored_and_not_taken_for_zero() -> None:
    row = Published("2026-03", "2026", "ordinary", point=5300)
    assert (row.error_share, row.log_ratio, row.held) == (None, None, None)


def test_nobody_came_gives_no_factor_instead_of_an_endless_one() -> None:
    row = Published("2016-03", "2016", "asylum", point=10, actual=0)
    assert row.log_ratio is None
    assert score_ledger([row]).overall.typical_factor is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"low": 5, "high": 3}, "low <= point <= high"),
        ({"made": "spring"}, "YYYY"),
        ({"made": "2017"}, "made no later than its year"),
        ({"point": -1.0}, "0 or more"),
        ({"point": math.inf}, "0 or more"),
        ({"point": None}, "a point, a range or both"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused_by_name(change: dict[str, object], told: str) -> None:
    row: dict[str, object] = {"made": "2016-03", "target": "2016", "series": "asylum", "point": 10.0} | change
    if "low" in change:
        row["point"] = None
    with pytest.raises(BadInput, match=told):
        Published(**row)  # type: ignore[arg-type]


def test_a_whole_distribution_is_scored_by_its_crps_and_an_outcome_in_its_middle_costs_least() -> None:
    told = tuple(float(value) for value in range(100, 1000, 100))
    near, far = (
        Published("2025-12", "2026", "ordinary", actual=actual, quantiles=told) for actual in (500.0, 2000.0)
    )
    assert near.crps is not None
    assert far.crps is not None
    assert near.crps < far.crps
    assert score_ledger([near]).overall.mean_crps == pytest.approx(near.crps)
    assert Published("2026-03", "2026", "ordinary", point=5300).crps is None


def test_misses_are_outcome_over_point_by_years_ahead_smallest_first() -> None:
    rows = [
        Published("2014-10", "2015", "asylum", point=10_000, actual=30_000),
        Published("2015-10", "2016", "asylum", point=30_000, actual=3000),
        Published("2016-03", "2016", "asylum", point=6000, actual=3000),
        Published("2026-03", "2026", "asylum", point=5000),
    ]
    told = misses(rows)
    assert list(told) == [0, 1]
    assert told[0] == pytest.approx((0.5,))
    assert told[1] == pytest.approx((0.1, 3.0))

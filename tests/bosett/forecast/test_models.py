"""The models, their combination and the backtest: promises, and numbers from tables and by hand."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator

import numpy as np
import pytest

from bosett.forecast.backtest import OURS, backtest
from bosett.forecast.combine import BASELINES, MEMBERS, Forecasts, takes_part
from bosett.forecast.models import spread
from bosett.forecast.models.baselines import random_walk, seasonal_naive
from bosett.forecast.models.random_walk import log_random_walk
from bosett.forecast.models.seasonal import season
from bosett.forecast.predict import Shift, forecast
from bosett.forecast.quantiles import LEVELS, MEDIAN, WEIGHTS, crps, mean_of
from bosett.forecast.series import MonthlySeries
from bosett.terms.days import Month
from bosett.terms.errors import BadInput

START = Month(2010, 1)


@pytest.fixture(autouse=True)
def _library_may_warn() -> Iterator[None]:
    """The kept library's own imports warn; that is not our promise."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def wandering(months: int, seed: int = 1) -> MonthlySeries:
    rng = np.random.default_rng(seed)
    values = np.round(300 * np.exp(np.cumsum(rng.normal(0, 0.1, months))))
    return MonthlySeries(START, tuple(values.tolist()))


def t_quantile(level: float, freedom: int) -> float:
    """By integrating the density, with no table of ours."""
    ends = np.linspace(0, 60, 600_001)
    constant = math.gamma((freedom + 1) / 2) / math.sqrt(freedom * math.pi) / math.gamma(freedom / 2)
    density = constant * (1 + ends**2 / freedom) ** (-(freedom + 1) / 2)
    sums = 0.5 + np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2 * (ends[1] - ends[0]))])
    return float(np.interp(level, sums, ends)) / math.sqrt(freedom / (freedom - 2))


@pytest.mark.parametrize(("table", "freedom"), [(spread.T4, 4), (spread.T8, 8)])
def test_the_tails_are_those_of_students_t_with_variance_one(table: np.ndarray, freedom: int) -> None:
    told = [t_quantile(level, freedom) for level in LEVELS[MEDIAN:]]
    assert table[MEDIAN:] == pytest.approx(told, abs=2e-4)
    assert table[:MEDIAN] == pytest.approx([-value for value in reversed(told[1:])], abs=2e-4)


def test_crps_is_twice_the_mean_pinball_loss_with_trapezoid_weights() -> None:
    quantiles = np.arange(9.0)
    actual = 5.0
    losses = [
        max(level * (actual - value), (level - 1) * (actual - value))
        for level, value in zip(LEVELS, quantiles, strict=True)
    ]
    area = sum((LEVELS[i + 1] - LEVELS[i]) * (losses[i] + losses[i + 1]) / 2 for i in range(len(LEVELS) - 1))
    assert float(crps(quantiles, np.array(actual))) == pytest.approx(2 * area / 0.98)
    assert WEIGHTS.sum() == pytest.approx(1)


def test_a_forecast_that_knows_the_outcome_scores_nothing() -> None:
    assert float(crps(np.full(9, 7.0), np.array(7.0))) == 0


def test_the_mean_of_a_uniform_distribution_is_its_middle() -> None:
    assert float(mean_of(np.array(LEVELS) * 100)) == pytest.approx(50)


@pytest.mark.parametrize("name", [*MEMBERS, "random_walk"])
def test_each_model_gives_ordered_quantiles_of_zero_or_more(name: str) -> None:
    model = {**MEMBERS, **BASELINES}[name]
    told = model(wandering(50).array, 12)
    assert told.shape == (12, 9)
    assert (np.diff(told, axis=1) >= 0).all()
    assert (told >= 0).all()


def test_the_random_walk_never_continues_a_trend() -> None:
    rising = np.exp(np.linspace(3, 6, 40))
    told = log_random_walk(rising, 12)
    assert told[:, MEDIAN] == pytest.approx(np.full(12, rising[-1]))


def test_the_upper_tail_is_heavier_than_the_lower() -> None:
    logs = np.log(log_random_walk(wandering(60).array, 1)[0] + 1)
    assert logs[-1] - logs[MEDIAN] > logs[MEDIAN] - logs[0]


def test_a_calm_year_after_a_storm_narrows_the_forecast() -> None:
    rng = np.random.default_rng(3)
    storm, calm = rng.normal(0, 0.5, 24), rng.normal(0, 0.02, 24)
    after = np.exp(5 + np.cumsum(np.concatenate([storm, calm])))
    during = np.exp(5 + np.cumsum(np.concatenate([calm, storm])))
    width = [np.log(told[0, 6] / told[0, 2]) for told in (log_random_walk(s, 1) for s in (after, during))]
    assert width[0] < width[1] / 2


def test_the_baselines_are_what_their_names_say() -> None:
    values = np.arange(1.0, 25.0)
    assert seasonal_naive(values, 14)[:, MEDIAN] == pytest.approx([*range(13, 25), 13, 14])
    assert random_walk(values, 3)[:, MEDIAN] == pytest.approx([24, 24, 24])
    # Steps of exactly 1: the spread after four months is 2, and P90 lies 1.2816 spreads above.
    assert random_walk(values, 4)[3, 6] == pytest.approx(24 + 2 * 1.2816)


def test_a_season_is_found_where_there_is_one_and_hardly_where_there_is_none() -> None:
    pattern = np.sin(np.arange(12) / 12 * 2 * np.pi)
    assert season(np.tile(pattern, 6)) == pytest.approx(pattern, abs=0.05)
    noise = np.random.default_rng(4).normal(0, 1, 96)
    assert np.abs(season(noise)).max() < 0.3


def test_weights_sum_to_one_and_favour_the_model_that_did_best() -> None:
    rng = np.random.default_rng(5)
    strong = 400 + 300 * np.sin(np.arange(96) / 12 * 2 * np.pi) + rng.normal(0, 5, 96)
    weights = Forecasts(strong, 6).weights(96)
    assert sum(weights.values()) == pytest.approx(1)
    assert weights["log_random_walk"] < min(weights["seasonal_naive"], weights["auto_ets"])


def test_what_comes_later_never_changes_an_earlier_forecast() -> None:
    whole = wandering(60).array
    changed = whole.copy()
    changed[50:] *= 100
    assert Forecasts(whole, 3).combined(48).tolist() == Forecasts(changed, 3).combined(48).tolist()


def test_a_backtest_scores_all_four_beside_each_other_and_knows_what_baseline_is_best() -> None:
    told = backtest(wandering(60), 3, 4)
    assert set(told.models) == {OURS, "seasonal_naive", "random_walk", "auto_ets"}
    assert told.origins == (54, 55, 56, 57)
    best, ratio = told.against_best_baseline()
    lowest = min(told.models[name].overall.crps for name in BASELINES)
    assert told.models[best].overall.crps == lowest
    assert ratio == pytest.approx(told.models[OURS].overall.crps / lowest)
    assert len(told.models[OURS].by_horizon) == 3


def test_mase_has_no_scale_with_less_than_thirteen_months() -> None:
    assert backtest(wandering(14), 2, 3).models["random_walk"].overall.mase is None


def test_an_experts_shift_stands_on_top_from_its_month_and_is_kept_with_its_reason() -> None:
    plain = forecast(wandering(40), 3)
    shift = Shift(START.plus(41), 0.5, "men of 18 to 60 leave the scheme")
    moved = forecast(wandering(40), 3, shift)
    assert moved.months[0].quantiles == plain.months[0].quantiles
    assert moved.months[1].quantiles == pytest.approx([0.5 * q for q in plain.months[1].quantiles])
    assert moved.shift == shift


def test_a_shift_without_a_reason_is_refused() -> None:
    with pytest.raises(BadInput, match="without a reason"):
        Shift(START, 0.5, " ")


@pytest.mark.parametrize(
    "values",
    [
        [5.0] * 40,
        [0.0] * 30 + [1000.0] + [0.0] * 3,
        [100.0] * 30 + [0.0] * 20,
        [0.0] * 8 + [7.0],
        [0.001, 0.002] * 10,
        [3.0, 4, 5, 6, 2, 1, 8, 9],
        [1.3**month for month in range(40)],
    ],
)
def test_odd_series_get_a_finite_forecast(values: list[float]) -> None:
    told = forecast(MonthlySeries(START, tuple(values)), 12)
    quantiles = np.array([month.quantiles for month in told.months])
    assert np.isfinite(quantiles).all()
    assert quantiles.max() <= 60 * max(values)


def test_a_model_takes_part_when_the_series_is_long_enough_for_what_it_assumes() -> None:
    # Last year's month is there after thirteen, two of each month with their middle after thirty.
    short = Forecasts(wandering(40).array, 3)
    assert set(short.weights(12)) == {"log_random_walk", "auto_ets"}
    assert set(short.weights(13)) == {"log_random_walk", "auto_ets", "seasonal_naive"}
    assert set(short.weights(30)) == set(MEMBERS)
    assert all(takes_part(name, 30) for name in MEMBERS)


def test_a_newcomer_has_to_earn_its_weight() -> None:
    # A rising series: last year's month is far off, and may not live on the good scores of a time it had no part in.
    rising = MonthlySeries(START, tuple(float(2000 * month) for month in range(1, 17)))
    weights = Forecasts(rising.array, 1).weights(13)
    assert weights["seasonal_naive"] == min(weights.values())


def test_one_giant_first_step_hardly_widens_a_short_series_and_a_long_one_keeps_its_own_measure() -> None:
    # Eleven steps of a tenth and one of 1.4: the others' mean square with the prior is (11 x 0.01 + 6 x 0.0225) / 17,
    # so the giant counts as at most nine times 0.0144, which is 0.13 instead of 1.96.
    steps = np.array([1.4, *[0.1] * 11])
    capped = (11 * 0.01 + 9 * (0.245 / 17) + 0.135) / 18
    assert spread.step_variance(steps) == pytest.approx(capped)
    long = np.array([1.4, *[0.1] * 30])
    assert spread.step_variance(long) == pytest.approx((1.96 + 0.3 + 0.135) / 37)

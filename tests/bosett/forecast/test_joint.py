"""Several countries together: what the others show moves a country that has not published yet."""

from __future__ import annotations

import numpy as np
import pytest

from bosett.forecast.backtest import OURS, backtest
from bosett.forecast.combine import JOINT, Forecasts
from bosett.forecast.joint import joint_forecast, joint_months
from bosett.forecast.predict import alongside, forecast
from bosett.forecast.quantiles import MEDIAN
from bosett.forecast.series import MonthlySeries
from bosett.terms.days import Month
from bosett.terms.errors import BadInput

FIRST = Month(2016, 1)


def panel(common: float, own: float, months: int = 120) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(6)
    shock = np.cumsum(rng.normal(0, common, months))
    return {name: np.exp(6 + shock + np.cumsum(rng.normal(0, own, months))) for name in ("a", "b", "c", "d")}


def test_the_common_share_is_what_the_countries_were_made_with() -> None:
    # Variances 0.04 common and 0.01 own: four fifths are common.
    told = joint_forecast(panel(0.2, 0.1), 3)
    assert np.mean(list(told.common_share.values())) == pytest.approx(0.8, abs=0.1)


def test_a_country_whose_last_months_are_missing_follows_the_others() -> None:
    full = panel(0.2, 0.02)
    late = {name: values.copy() for name, values in full.items()}
    late["a"][-2:] = np.nan
    nowcast = joint_forecast(late, 1).quantiles["a"][0, MEDIAN]
    kept_level = full["a"][-3]
    assert abs(np.log(nowcast / full["a"][-1])) < abs(np.log(kept_level / full["a"][-1])) / 2


def test_a_country_with_too_few_months_is_refused_by_name() -> None:
    short = panel(0.1, 0.1)
    short["b"][:110] = np.nan
    with pytest.raises(BadInput, match="b with 10 known months"):
        joint_forecast(short, 3)


def late_series(months_behind: int, months: int = 60) -> tuple[MonthlySeries, dict[str, dict[Month, float]]]:
    """Country `a` without its last months, and the others with them."""
    full = panel(0.2, 0.05, months)
    own = MonthlySeries(FIRST, tuple(full.pop("a")[: months - months_behind].tolist()))
    return own, {name: {FIRST.plus(n): v for n, v in enumerate(one)} for name, one in full.items()}


def test_months_others_have_published_are_told_apart_from_months_nobody_has() -> None:
    full = panel(0.2, 0.02)
    late = {name: values.copy() for name, values in full.items()}
    late["a"][-2:] = np.nan
    told = joint_months(late, "a", 4)
    assert told.shape == (4, 9)
    assert told[2] == pytest.approx(joint_forecast(late, 1).quantiles["a"][0])
    width = np.log(told[:, -1] / told[:, 0])
    assert width[2] > 1.2 * width[1], "the first month that nobody knows is wider by a whole step"


def test_several_countries_join_the_combination_only_where_they_are_given_and_long_enough() -> None:
    series, others = late_series(1)
    assert JOINT not in forecast(series, 3).weights
    assert forecast(series, 3, others=others).weights[JOINT] > 0
    brief = {"b": {month: v for month, v in others["b"].items() if month > FIRST.plus(40)}}
    assert JOINT not in forecast(series, 3, others=brief).weights


def test_what_others_show_of_the_coming_month_makes_the_forecast_better() -> None:
    # Made so that the others' month holds nearly all of one's own: the backtest must find it.
    series, others = late_series(1)
    known = alongside(series, others, 1)
    alone, together = backtest(series, 1, 12), backtest(series, 1, 12, others=known)
    assert together.models[OURS].overall.crps < 0.8 * alone.models[OURS].overall.crps


def test_nothing_after_the_lead_is_shown_at_an_earlier_origin() -> None:
    series, others = late_series(1)
    known = alongside(series, others, 1)
    changed = {name: np.concatenate([one[:40], one[40:] * 9]) for name, one in known.items()}
    first, second = (Forecasts(series.array, 2, told).of(JOINT, 39) for told in (known, changed))
    assert np.array_equal(first, second)

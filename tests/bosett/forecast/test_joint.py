"""Several countries together: what the others show moves a country that has not published yet."""

from __future__ import annotations

import numpy as np
import pytest

from bosett.forecast.joint import joint_forecast
from bosett.forecast.quantiles import MEDIAN
from bosett.terms.errors import BadInput


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

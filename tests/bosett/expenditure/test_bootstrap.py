"""The replicate check beside the linearised error."""

from __future__ import annotations

import numpy as np
import pytest

from bosett.expenditure.bootstrap import replicate
from bosett.expenditure.ratio import estimate_area, estimate_total

from .test_r_survey import survey


@pytest.mark.parametrize("estimator", ["ratio", "greg"])
def test_the_error_of_replicates_is_near_the_linearised_one(estimator: str) -> None:
    found = replicate(survey(), estimator, 2000, np.random.default_rng(1))
    linear = estimate_area(survey(), "school", estimator).standard_error
    assert linear is not None
    assert 0.85 < found.standard_error("school") / linear < 1.2


def test_the_replicates_of_a_sum_are_near_its_linearised_error() -> None:
    found = replicate(survey(), "ratio", 2000, np.random.default_rng(1))
    linear = estimate_total(survey()).standard_error
    assert linear is not None
    assert 0.8 < found.total_error() / linear < 1.25


def test_the_same_seed_gives_the_same_replicates() -> None:
    one, other = (replicate(survey(), "ratio", 20, np.random.default_rng(5)).values for _ in range(2))
    assert np.array_equal(one, other)

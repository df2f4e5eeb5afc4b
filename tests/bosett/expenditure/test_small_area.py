"""The Fay-Herriot model against hand calculation, a grid search and repeated draws from the model itself."""

from __future__ import annotations

import numpy as np
import pytest

from bosett.expenditure.small_area import SmallArea, between_variance, fay_herriot
from bosett.terms.errors import BadInput, NoAnswer


def test_with_equal_errors_it_is_the_shrunken_mean_worked_by_hand() -> None:
    # y 0, 6, 12, psi 9: sum of squares about the mean 72; A = 72/2 - 9 = 27; share 27/36 = 3/4.
    areas = [SmallArea(str(y), y, 3.0, (1.0,)) for y in (0.0, 6.0, 12.0)]
    found = fay_herriot(areas)
    assert [one.value for one in found] == pytest.approx([1.5, 6.0, 10.5])
    assert [one.direct_share for one in found] == pytest.approx([0.75] * 3)
    # g1 = 27 x 9/36 = 6.75; g2 = (1/4)^2 x 36/3 = 0.75; g3 = 81/36^3 x 2 x 3/(3/36)^2 = 1.5; no bias
    # when all errors are the same: 6.75 + 0.75 + 2 x 1.5 = 10.5.
    assert [one.standard_error for one in found] == pytest.approx([10.5**0.5] * 3)


def test_the_variance_between_groups_solves_its_equation() -> None:
    rng = np.random.default_rng(4)
    x = np.column_stack([np.ones(12), rng.normal(size=12)])
    psi = rng.uniform(0.5, 3, 12)
    y = x @ np.array([10.0, 2.0]) + rng.normal(0, 2, 12) + rng.normal(0, psi**0.5)

    def misfit(spread: float) -> float:
        scale = (psi + spread) ** -0.5
        slopes = np.linalg.lstsq(x * scale[:, None], y * scale, rcond=None)[0]
        return float((((y - x @ slopes) * scale) ** 2).sum())

    grid = np.linspace(0, 40, 40_001)
    nearest = grid[int(np.argmin([abs(misfit(one) - 10) for one in grid[::40]])) * 40]
    assert between_variance(y, x, psi) == pytest.approx(nearest, abs=0.05)


def test_groups_that_differ_no_more_than_their_errors_are_given_the_model() -> None:
    found = fay_herriot([SmallArea(str(y), y, 5.0, (1.0,)) for y in (9.0, 10.0, 11.0)])
    assert [one.value for one in found] == pytest.approx([10.0] * 3)
    assert all(one.standard_error > 0 for one in found)


def test_the_error_is_that_of_repeated_draws_from_the_model() -> None:
    rng = np.random.default_rng(6)
    psi = np.linspace(0.5, 2.0, 25)
    squared, told = np.zeros(25), np.zeros(25)
    for _ in range(600):
        true = 10 + rng.normal(0, 1, 25)
        direct = true + rng.normal(0, psi**0.5)
        areas = [SmallArea(str(n), direct[n], psi[n] ** 0.5, (1.0,)) for n in range(25)]
        found = fay_herriot(areas)
        squared += (np.array([one.value for one in found]) - true) ** 2 / 600
        told += np.array([one.standard_error for one in found]) ** 2 / 600
    assert told.mean() == pytest.approx(squared.mean(), rel=0.08)
    assert squared.mean() < 0.7 * psi.mean()


def test_too_few_groups_and_an_error_of_nothing_are_refused() -> None:
    with pytest.raises(NoAnswer, match="too_few_groups"):
        fay_herriot([SmallArea("a", 1.0, 1.0, (1.0,)), SmallArea("b", 2.0, 1.0, (1.0,))])
    with pytest.raises(BadInput):
        fay_herriot([SmallArea(str(n), 1.0, 0.0, (1.0,)) for n in range(4)])

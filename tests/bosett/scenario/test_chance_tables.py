"""Chance from tables is chance: means and spreads are those of the distributions, in theory known."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest

from bosett.scenario.weeks.chance_tables import normal_table
from bosett.scenario.weeks.dice import BLOCK, Dice

WEEKS = 400


def dice(seed: int = 1) -> Dice:
    return Dice([np.random.default_rng(seed)])


@pytest.mark.parametrize("mean", [0.0, 0.05, 0.4, 3.03, 10.1, 47.6, 62.9, 80.0, 300.0])
def test_counts_have_the_mean_that_is_asked_for_and_a_variance_as_large(mean: float) -> None:
    counts = dice().poisson(np.full((WEEKS, BLOCK), mean, dtype=np.float32))
    error = (mean / counts.size) ** 0.5
    assert abs(counts.mean() - mean) <= 5 * error + 0.001 * mean
    assert counts.var() == pytest.approx(mean, rel=0.03)
    assert counts.min() >= 0


def test_nobody_comes_as_often_as_the_distribution_says() -> None:
    counts = dice().poisson(np.full((WEEKS, BLOCK), 2.1, dtype=np.float32))
    assert (counts == 0).mean() == pytest.approx(np.exp(-2.1), rel=0.03)


def test_the_table_of_normals_is_the_normal_distribution() -> None:
    table = normal_table().astype(float)
    assert len(table) == 65_536
    assert (table**2).mean() == pytest.approx(1, abs=1e-6)
    assert table.sum() == pytest.approx(0, abs=1e-3)
    for place in (3, 655, 6_553, 32_768, 64_880):
        assert table[place] == pytest.approx(NormalDist().inv_cdf((place + 0.5) / 65_536), abs=2e-3)


@pytest.mark.parametrize("mean", [0.3, 4.0, 60.0])
def test_everybody_who_began_ends_in_time_and_nobody_twice(mean: float) -> None:
    began = np.random.default_rng(2).poisson(mean, (60, BLOCK)).astype(np.int32)
    table = np.repeat(np.arange(4, dtype=np.int32), 65_536 // 4)
    ended = dice().delayed(began, table)
    # Those of the last three weeks may end after the last week; all others have ended by then.
    assert (ended.sum(axis=0) <= began.sum(axis=0)).all()
    assert (ended.sum(axis=0) >= began[:-3].sum(axis=0)).all()
    assert (np.cumsum(ended, axis=0) <= np.cumsum(began, axis=0)).all()
    assert ended[10:].mean() == pytest.approx(mean, rel=0.05)

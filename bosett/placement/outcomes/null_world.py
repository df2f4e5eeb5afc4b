"""The test on itself: the body's own cases in a world where place has no effect must give no gain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bosett.placement.outcomes.cases import PastCase, design
from bosett.placement.outcomes.estimator import sigmoid
from bosett.placement.outcomes.gain import Gain, modelled_gain
from bosett.placement.outcomes.scoring import Aggregation
from bosett.placement.units import Floats

ALLOWED = 0.02
"""Modelled gain in a world without one, as a share; more, and the estimator may not be used."""


@dataclass(frozen=True)
class NullTest:
    """The gains said of worlds in which place has no effect."""

    gains: tuple[Gain, ...]

    @property
    def mean(self) -> float:
        """Mean share gained."""
        return sum(one.share for one in self.gains) / len(self.gains)

    @property
    def worst(self) -> float:
        """The share farthest from 0."""
        return max((one.share for one in self.gains), key=abs)

    @property
    def passed(self) -> bool:
        """Whether no world was said to give more than is allowed, either way."""
        return abs(self.worst) <= ALLOWED


def null_test(
    cases: Sequence[PastCase],
    municipality_ids: Sequence[str],
    rng: np.random.Generator,
    worlds: int = 3,
    aggregation: Aggregation = Aggregation.NUMBER,
) -> NullTest:
    """Draw the outcomes anew from what people bring alone, learn and place, and see what is said to be won."""
    chance = _without_place(cases)
    gains = []
    for _ in range(worlds):
        drawn = rng.random(len(cases)) < chance
        world = [replace(one, outcome=bool(yes)) for one, yes in zip(cases, drawn, strict=True)]
        gains.append(modelled_gain(world, municipality_ids, rng, aggregation))
    return NullTest(tuple(gains))


def _without_place(cases: Sequence[PastCase]) -> Floats:
    """The chance of each case from what the adult brings, the same everywhere."""
    rows = design([one.adult for one in cases])
    outcome = np.array([one.outcome for one in cases], dtype=np.float64)
    weights = np.zeros(rows.shape[1])
    for _ in range(30):
        chance = sigmoid(rows @ weights)
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + 1e-3 * np.eye(rows.shape[1])
        weights = weights + np.linalg.solve(bend, rows.T @ (outcome - chance) - 1e-3 * weights)
    return sigmoid(rows @ weights)

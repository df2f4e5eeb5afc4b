"""How likely the outcome is in each municipality: logistic, with municipalities shrunk towards their mean.

Every municipality has a level and two slopes of its own, drawn from a normal distribution whose spread is
learned from the cases (empirical Bayes, EM with the Laplace approximation).  Where places do not differ the
spread goes to 0, and so does every claim about them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bosett.placement.outcomes.cases import SLOPES, Adult, PastCase, design, places_of
from bosett.placement.units import Floats, Ints
from bosett.terms.errors import BadInput

FEWEST = 200
"""Cases below which nothing is learned."""
ROUNDS = 120
RIDGE = 1e-3
FIRST_SPREAD = 0.3


@dataclass(frozen=True)
class Model:
    """The fitted estimator.

    Parameters
    ----------
    common
        Weight of each column of the design.
    own
        municipalities x (level, slopes): departures from the common weights.
    spread
        Standard deviation of each departure between municipalities, on the scale of log odds.
    slope, shift
        The recalibration on the scale of log odds; 1 and 0 = none.
    """

    municipality_ids: tuple[str, ...]
    common: Floats
    own: Floats
    spread: Floats
    cases: int
    slope: float = 1.0
    shift: float = 0.0

    def log_odds(self, adults: Sequence[Adult]) -> Floats:
        """Log odds, adults x municipalities."""
        rows = design(adults)
        found = (rows @ self.common)[:, None] + _own_columns(rows) @ self.own.T
        return np.asarray(self.shift + self.slope * found, dtype=np.float64)

    def chances(self, adults: Sequence[Adult]) -> Floats:
        """Probability of the outcome, adults x municipalities."""
        return sigmoid(self.log_odds(adults))


def fit(cases: Sequence[PastCase], municipality_ids: Sequence[str], *, shrink: bool = True) -> Model:
    """Learn from past cases; groups and years are not looked at.

    Parameters
    ----------
    shrink
        False leaves municipalities almost unshrunk; only to show what that does.

    Raises
    ------
    BadInput
        For too few cases, one outcome only, or an unknown municipality.
    """
    outcome = np.array([one.outcome for one in cases], dtype=np.float64)
    if len(cases) < FEWEST or outcome.min() == outcome.max():
        raise BadInput(f"{len(cases)} cases", f"at least {FEWEST}, with both outcomes", "cases")
    place = places_of(cases, municipality_ids)
    rows = design([one.adult for one in cases])
    own_rows = _own_columns(rows)
    common = np.zeros(rows.shape[1])
    own = np.zeros((len(municipality_ids), own_rows.shape[1]))
    spread = np.full(own.shape[1], FIRST_SPREAD if shrink else 5.0)
    for _ in range(ROUNDS):
        offset = (own_rows * own[place]).sum(axis=1)
        common = common + _common_step(rows, outcome, common, offset)
        own, variance = _own_step(own_rows, outcome, rows @ common, own, place, spread)
        if shrink:
            spread = np.sqrt(np.maximum((own**2 + variance).mean(axis=0), 1e-8))
    return Model(tuple(municipality_ids), common, own, spread, len(cases))


def sigmoid(log_odds: Floats) -> Floats:
    """Probability from log odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(log_odds, -35.0, 35.0))), dtype=np.float64)


def _own_columns(rows: Floats) -> Floats:
    return np.asarray(rows[:, [0, *SLOPES]], dtype=np.float64)


def _common_step(rows: Floats, outcome: Floats, common: Floats, offset: Floats) -> Floats:
    chance = sigmoid(rows @ common + offset)
    weight = chance * (1 - chance)
    slope = rows.T @ (outcome - chance) - RIDGE * common
    bend = (rows * weight[:, None]).T @ rows + RIDGE * np.eye(rows.shape[1])
    return np.asarray(np.linalg.solve(bend, slope), dtype=np.float64)


def _own_step(
    rows: Floats, outcome: Floats, fixed: Floats, own: Floats, place: Ints, spread: Floats
) -> tuple[Floats, Floats]:
    """One Newton step of every municipality, and the variance left in each departure."""
    chance = sigmoid(fixed + (rows * own[place]).sum(axis=1))
    weight = chance * (1 - chance)
    count, width = own.shape
    slope = np.stack(
        [np.bincount(place, rows[:, one] * (outcome - chance), count) for one in range(width)], axis=1
    )
    bend = np.zeros((count, width, width))
    for one in range(width):
        for other in range(width):
            bend[:, one, other] = np.bincount(place, weight * rows[:, one] * rows[:, other], count)
    tight = 1.0 / spread**2
    bend += np.diag(tight)[None]
    inverse = np.linalg.inv(bend)
    step = np.einsum("mij,mj->mi", inverse, slope - tight * own)
    return own + np.clip(step, -2.0, 2.0), np.einsum("mii->mi", inverse)

"""Whether 30 % means 30 of 100: measured on cases the model has not seen, and mended by two numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bosett.placement.outcomes.cases import PastCase, places_of
from bosett.placement.outcomes.estimator import Model, fit, sigmoid
from bosett.placement.units import Floats, Ints

FOLDS = 5
BINS = 10


@dataclass(frozen=True)
class Bin:
    """Cases with similar chances: how many, the mean chance told, and the share that reached the outcome."""

    cases: int
    told: float
    reached: float


@dataclass(frozen=True)
class Calibration:
    """Ten bins of equal size, and the mean distance between told and reached (0 = perfect)."""

    bins: tuple[Bin, ...]
    error: float


def folds_of(cases: Sequence[PastCase], count: int, rng: np.random.Generator) -> Ints:
    """The fold of each case; a household is never split."""
    names = sorted({one.adult.household_id for one in cases})
    fold = dict(zip(names, (rng.permutation(len(names)) % count).tolist(), strict=True))
    return np.array([fold[one.adult.household_id] for one in cases], dtype=np.int64)


def fit_calibrated(
    cases: Sequence[PastCase], municipality_ids: Sequence[str], rng: np.random.Generator
) -> tuple[Model, Calibration]:
    """The model on all cases, recalibrated on chances told for cases left out, and how well these held.

    The calibration is measured with each fold recalibrated by the others alone.
    """
    fold = folds_of(cases, FOLDS, rng)
    outcome = np.array([one.outcome for one in cases], dtype=np.float64)
    unseen = np.zeros(len(cases))
    for number in range(FOLDS):
        inside = [one for one, here in zip(cases, fold, strict=True) if here != number]
        at = np.flatnonzero(fold == number)
        left = [cases[row] for row in at.tolist()]
        odds = fit(inside, municipality_ids).log_odds([one.adult for one in left])
        unseen[at] = odds[np.arange(len(left)), places_of(left, municipality_ids)]
    told = np.zeros(len(cases))
    for number in range(FOLDS):
        slope, shift = recalibrated(unseen[fold != number], outcome[fold != number])
        told[fold == number] = sigmoid(shift + slope * unseen[fold == number])
    slope, shift = recalibrated(unseen, outcome)
    model = replace(fit(cases, municipality_ids), slope=slope, shift=shift)
    return model, calibration(told, outcome)


def recalibrated(log_odds: Floats, outcome: Floats) -> tuple[float, float]:
    """Slope and shift of the logistic regression of outcomes on log odds; the slope is never negative."""
    rows = np.stack([log_odds, np.ones(len(log_odds))], axis=1)
    found = np.array([1.0, 0.0])
    for _ in range(30):
        chance = sigmoid(rows @ found)
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + 1e-6 * np.eye(2)
        found = found + np.linalg.solve(bend, rows.T @ (outcome - chance))
    return max(0.0, float(found[0])), float(found[1])


def calibration(told: Floats, outcome: Floats) -> Calibration:
    """Bins of equal size by the chance told."""
    order = np.argsort(told, kind="stable")
    parts = [part for part in np.array_split(order, BINS) if len(part)]
    bins = tuple(Bin(len(part), float(told[part].mean()), float(outcome[part].mean())) for part in parts)
    error = sum(one.cases * abs(one.told - one.reached) for one in bins) / max(1, len(told))
    return Calibration(bins, error)

"""Room kept for the large who may still come: prices of single places do not know that a family is whole."""

from __future__ import annotations

import numpy as np

from bosett.placement.futures import PLACED_FIRST
from bosett.placement.stream_run import Run
from bosett.placement.units import Floats, Ints

LARGE = 4
"""Persons from which a unit is one that room is kept for; our assumption."""
PLENTY = 6.0
"""Openings more than expected, and as many standard deviations, from which there is room enough."""
ENDLESS = 1e6


def cost_of_openings(run: Run, rows: Ints) -> Floats:
    """What the persons cost who are expected to find no opening once a unit has gone there.

    An opening is room for one unit of a kind; kinds are told apart by their use.  How many of a kind
    or a larger one come is taken as Poisson distributed.
    """
    cost = np.zeros((len(rows), run.units.places))
    if not run.ahead:
        return cost
    use = np.concatenate([one for one, _, _ in run.ahead])
    times = np.concatenate([one for _, one, _ in run.ahead]) / len(run.ahead)
    persons = np.concatenate([one for _, _, one in run.ahead])
    kinds, kind = np.unique(use[persons >= LARGE], axis=0, return_inverse=True)
    come = np.bincount(kind.ravel(), times[persons >= LARGE], len(kinds))
    left = run.left
    after = np.maximum(left[None] - run.units.use[rows][:, None, :], 0.0)
    for index in range(len(kinds)):
        size = float(persons[persons >= LARGE][kind.ravel() == index].max())
        expected = float(come[(kinds >= kinds[index]).all(axis=1)].sum())
        now = _openings(left, kinds[index])
        total = int(now.sum())
        if total > expected + PLENTY * (1.0 + expected**0.5):
            continue
        lost = (now[None] - _openings(after, kinds[index])).astype(np.int64)
        missed = _missing(expected, total)
        more = missed[total - np.minimum(lost, total)] - missed[total]
        cost = np.maximum(cost, PLACED_FIRST * run.scale * size * more)
    return cost


def _openings(left: Floats, kind: Floats) -> Floats:
    """How many units of this kind have room in each municipality."""
    asked = kind > 0
    room = np.where(np.isfinite(left[..., asked]), left[..., asked], ENDLESS)
    return np.asarray(np.floor(room / kind[asked]).min(axis=-1, initial=ENDLESS), dtype=np.float64)


def _missing(expected: float, most: int) -> Floats:
    """By openings from 0 to `most`: how many of a Poisson number are expected beyond them."""
    chance, missed = np.exp(-expected), np.zeros(most + 1)
    missed[0], beyond = expected, 1.0
    for count in range(most):
        beyond = max(0.0, beyond - float(chance))
        missed[count + 1] = max(0.0, missed[count] - beyond)
        chance = chance * expected / (count + 1)
    return missed

"""Persons who end a stage, week by week: one by one, by the normal limit, or as expected values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from bosett.scenario.weeks.delays import below_diagonal, expected_ends, lookup, matrix, spread_of
from bosett.scenario.weeks.dice import Counts, Dice, Floats, differences, running_sum
from bosett.scenario.weeks.plan import SMALL_FLOW_PER_WEEK, Delay


class Thinning(StrEnum):
    """How chance within the chain is drawn.

    `AUTO`: small groups person by person, large ones with the same mean and covariance as persons
    would have.  `PERSONS`: all groups person by person.  `EXPECTED`: no chance after arrival, which
    makes spreads too narrow, most of all for small groups.
    """

    AUTO = "auto"
    PERSONS = "persons"
    EXPECTED = "expected"


class Way(StrEnum):
    """How one group is followed."""

    PERSONS = "persons"
    NORMAL = "normal"
    EXPECTED = "expected"


@dataclass(frozen=True)
class Flow:
    """Persons in each week and up to each week, shape (weeks, draws); and expected, by week."""

    weekly: Counts
    sums: Counts
    expected: NDArray[np.float64]

    @classmethod
    def of(cls, weekly: Counts, expected: NDArray[np.float64]) -> Flow:
        """A flow from its weeks."""
        return cls(weekly, running_sum(weekly), expected)


def way_of(thinning: Thinning, *, small: bool) -> Way:
    """How a group is followed."""
    if thinning is Thinning.EXPECTED:
        return Way.EXPECTED
    return Way.PERSONS if small or thinning is Thinning.PERSONS else Way.NORMAL


def ended(began: Flow, delay: Delay, way: Way, dice: Dice) -> Flow:
    """Persons who end in each week, of those who began.

    A flow of a large group that is itself small, such as its refused, is followed one by one too: the
    normal limit of a few persons a week would be cut at zero and so lean upwards.

    Promise: in no draw have more ended than begun, up to any week, and all are whole persons.
    """
    if delay.mean_weeks == 0:
        return began
    ahead = matrix(delay, len(began.weekly)).astype(np.float64) @ began.expected
    if way is Way.PERSONS or (way is Way.NORMAL and began.expected.mean() < SMALL_FLOW_PER_WEEK):
        return Flow.of(dice.delayed(began.weekly, lookup(delay)), ahead)
    starts = began.weekly.astype(np.float32)
    if way is Way.EXPECTED:
        sums = _rounded(running_sum(expected_ends(delay, starts)))
    else:
        sums = _with_chance(began, starts, delay, dice)
    return _whole(sums, began, ahead)


def split(counts: Counts, share: float, way: Way, dice: Dice) -> Counts:
    """Persons among the counted to whom something happens with the given chance."""
    few = float(counts.mean()) * min(share, 1 - share) < SMALL_FLOW_PER_WEEK
    if share in (0.0, 1.0):
        return (counts * int(share)).astype(np.int32)
    if way is not Way.EXPECTED and (way is Way.PERSONS or few):
        return dice.binomial(counts, share)
    if way is Way.EXPECTED:
        return differences(np.rint(running_sum(counts) * np.float32(share)).astype(np.int32))
    drawn = dice.normal(len(counts))
    drawn *= np.sqrt(counts * np.float32(share * (1 - share)))
    drawn += counts * np.float32(share)
    np.rint(drawn, out=drawn)
    return np.clip(drawn, 0, counts).astype(np.int32)


def _with_chance(began: Flow, starts: Floats, delay: Delay, dice: Dice) -> Counts:
    """Sums up to each week: the expected flow plus a deviation with the covariance of whole persons.

    Given who began, those who end in the weeks are sums of multinomials; `spread_of` holds a root of
    their covariance along the expected path, and each draw scales it by how its own flow differs.
    """
    weeks = len(starts)
    expected = expected_ends(delay, starts)
    sums = running_sum(expected)
    np.maximum(expected, 0, out=expected)
    expected /= np.maximum(matrix(delay, weeks) @ began.expected[:, None].astype(np.float32), 1e-6)
    chance = dice.normal(weeks)
    chance *= np.sqrt(expected, out=expected)
    sums += below_diagonal(spread_of(delay, tuple(began.expected.tolist())), chance)
    return _rounded(sums)


def _rounded(sums: Floats) -> Counts:
    return np.rint(sums, out=sums).astype(np.int32)


def _whole(sums: Counts, began: Flow, expected: NDArray[np.float64]) -> Flow:
    """Sums that never fall and never exceed those who began."""
    np.maximum(sums[0], 0, out=sums[0])
    for week in range(1, len(sums)):
        np.maximum(sums[week], sums[week - 1], out=sums[week])
    kept = np.minimum(sums, began.sums)
    return Flow(differences(kept), kept, expected)

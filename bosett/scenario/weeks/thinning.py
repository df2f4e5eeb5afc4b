"""Persons who end a stage, week by week: one by one, by the normal limit, or as expected values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bosett.scenario.weeks.delays import lookup, matrix, upto
from bosett.scenario.weeks.dice import Counts, Dice, Floats, differences, running_sum
from bosett.scenario.weeks.plan import Delay


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
    """Persons in each week and up to each week, shape (weeks, draws)."""

    weekly: Counts
    sums: Counts

    @classmethod
    def of(cls, weekly: Counts) -> Flow:
        """A flow from its weeks."""
        return cls(weekly, running_sum(weekly))


def way_of(thinning: Thinning, *, small: bool) -> Way:
    """How a group is followed."""
    if thinning is Thinning.EXPECTED:
        return Way.EXPECTED
    return Way.PERSONS if small or thinning is Thinning.PERSONS else Way.NORMAL


def ended(began: Flow, delay: Delay, way: Way, dice: Dice) -> Flow:
    """Persons who end in each week, of those who began.

    Promise: in no draw have more ended than begun, up to any week, and all are whole persons.
    """
    if delay.mean_weeks == 0:
        return began
    if way is Way.PERSONS:
        return Flow.of(dice.delayed(began.weekly, lookup(delay)))
    starts = began.weekly.astype(np.float32)
    weeks = len(starts)
    if way is Way.EXPECTED:
        sums = np.rint(upto(delay, weeks) @ starts).astype(np.int32)
    else:
        sums = _with_chance(starts, delay, dice)
    return _whole(sums, began)


def split(counts: Counts, share: float, way: Way, dice: Dice) -> Counts:
    """Persons among the counted to whom something happens with the given chance."""
    if share in (0.0, 1.0):
        return (counts * int(share)).astype(np.int32)
    if way is Way.PERSONS:
        return dice.binomial(counts, share)
    if way is Way.EXPECTED:
        return differences(np.rint(running_sum(counts) * np.float32(share)).astype(np.int32))
    drawn = dice.normal(len(counts))
    drawn *= np.sqrt(counts * np.float32(share * (1 - share)))
    drawn += counts * np.float32(share)
    np.rint(drawn, out=drawn)
    return np.clip(drawn, 0, counts).astype(np.int32)


def _with_chance(starts: Floats, delay: Delay, dice: Dice) -> Counts:
    """Sums up to each week: the expected flow plus a deviation with the covariance of whole persons.

    Persons of cohort s ending k weeks later deviate as multinomials do.  Summed over cohorts that is
    U_w - (what cohort s has too many of in all, taken back from each of its weeks), with
    var U_w = expected_w and cov(U_w, R_s) = starts_s f_(w-s): both are drawn here as normals.  What R_s
    has of its own is taken for a steady flow, where starts and expected are alike.
    """
    weeks = len(starts)
    weights = matrix(delay, weeks)
    expected = np.maximum(weights @ starts, np.float32(1e-6))
    root = np.sqrt(expected)
    chance = dice.normal(weeks)
    over = weights.T @ (chance / root)
    over *= starts
    left_over = np.float32(1) - np.square(weights).sum(axis=0)[:, None]
    over += np.sqrt(starts * left_over) * dice.normal(weeks)
    chance *= root
    for week in range(1, weeks):
        chance[week] += chance[week - 1]
    chance += upto(delay, weeks) @ (starts - over)
    np.rint(chance, out=chance)
    return chance.astype(np.int32)


def _whole(sums: Counts, began: Flow) -> Flow:
    """Sums that never fall and never exceed those who began."""
    np.maximum(sums[0], 0, out=sums[0])
    for week in range(1, len(sums)):
        np.maximum(sums[week], sums[week - 1], out=sums[week])
    kept = np.minimum(sums, began.sums)
    return Flow(differences(kept), kept)

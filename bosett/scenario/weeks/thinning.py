"""Persons who end a stage, week by week: one by one, by the normal limit, or as expected values."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from bosett.scenario.weeks.delays import Floats, lookup, matrix
from bosett.scenario.weeks.plan import Delay

Counts = NDArray[np.int32]


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


def way_of(thinning: Thinning, *, small: bool) -> Way:
    """How a group is followed."""
    if thinning is Thinning.EXPECTED:
        return Way.EXPECTED
    return Way.PERSONS if small or thinning is Thinning.PERSONS else Way.NORMAL


def ended(began: Counts, delay: Delay, way: Way, rng: np.random.Generator) -> Counts:
    """Persons who end in each week, of those who began; shape (weeks, draws) both.

    Promise: in no draw have more ended than begun, up to any week, and all are whole persons.
    """
    if delay.mean_weeks == 0:
        return began
    if way is Way.PERSONS:
        return _one_by_one(began, delay, rng)
    expected = matrix(delay, len(began)) @ began.astype(np.float32)
    if way is Way.NORMAL:
        expected = _with_chance(began.astype(np.float32), expected, delay, rng)
    return _whole(expected, began)


def split(counts: Counts, share: float, way: Way, rng: np.random.Generator) -> Counts:
    """Persons among the counted to whom something happens with the given chance."""
    if share in (0.0, 1.0):
        return (counts * int(share)).astype(np.int32)
    if way is Way.PERSONS:
        return rng.binomial(counts, share).astype(np.int32)
    middle = counts * np.float32(share)
    if way is Way.EXPECTED:
        return np.diff(np.rint(np.cumsum(middle, axis=0)), axis=0, prepend=np.float32(0)).astype(np.int32)
    chance = rng.standard_normal(counts.shape, dtype=np.float32)
    drawn = np.rint(middle + np.sqrt(middle * np.float32(1 - share)) * chance)
    return np.clip(drawn, 0, counts).astype(np.int32)


def _one_by_one(began: Counts, delay: Delay, rng: np.random.Generator) -> Counts:
    """Each person draws a delay from the table."""
    weeks, draws = began.shape
    cells = np.repeat(np.arange(began.size, dtype=np.int32), began.ravel())
    drawn = lookup(delay)[rng.integers(0, 65536, cells.size, dtype=np.uint16)]
    late = cells + drawn * np.int32(draws)
    counted = np.bincount(late, minlength=began.size)[: began.size]
    return counted.reshape(weeks, draws).astype(np.int32)


def _with_chance(began: Floats, expected: Floats, delay: Delay, rng: np.random.Generator) -> Floats:
    """The expected flow plus a deviation with the covariance of whole persons.

    Persons of cohort s ending k weeks later deviate as multinomials do.  Summed over cohorts that is
    U_w - (what cohort s has too many of in all, taken back from each of its weeks), with
    var U_w = expected_w and cov(U_w, R_s) = began_s f_(w-s): both are drawn here as normals.
    """
    weights = matrix(delay, len(began))
    safe = np.maximum(expected, np.float32(1e-6))
    own = np.sqrt(safe) * rng.standard_normal(began.shape, dtype=np.float32)
    told = began * (weights.T @ (own / safe))
    unexplained = began * np.clip(1 - began * (np.square(weights).T @ (1 / safe)), 0, 1)
    over = told + np.sqrt(unexplained) * rng.standard_normal(began.shape, dtype=np.float32)
    moved: Floats = expected + own - weights @ over
    return moved


def _whole(flow: Floats, began: Counts) -> Counts:
    """Whole persons: sums up to each week are rounded, never fall and never exceed those who began."""
    sums = np.rint(np.cumsum(flow, axis=0, dtype=np.float64)).astype(np.int64)
    risen = np.maximum.accumulate(np.maximum(sums, 0), axis=0)
    kept = np.minimum(risen, np.cumsum(began, axis=0, dtype=np.int64))
    return np.diff(kept, axis=0, prepend=0).astype(np.int32)

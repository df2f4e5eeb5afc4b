"""What may still come: units of an earlier year after the same day, or those seen so far, drawn again."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bosett.placement.certificate import Prices
from bosett.placement.duals import price_weighted
from bosett.placement.problem import Problem
from bosett.placement.stream_problem import unit_batches
from bosett.placement.units import Bools, Floats, Ints, Units, units_of
from bosett.placement.worth import Worth

PRIOR_PERSONS = 200.0
"""Persons of an earlier year that must have come before this year's pace is half believed; our assumption."""
OWN_WEIGHT = 2.0
"""How much a person of this year counts against one of the earlier year in what may come; our assumption."""
PLACED_FIRST = 3.0
"""Worth of placing a person, in the highest scores a person reaches: more than any score can outweigh."""


@dataclass(frozen=True)
class History:
    """An earlier year's units on this year's municipalities, by batch from its first one."""

    use: Floats
    score: Floats
    allowed: Bools
    persons: Ints
    batch: Ints


def history_of(problem: Problem, earlier: Problem) -> History:
    """Join by identifier: a municipality the earlier year does not know is closed to its units."""
    units = units_of(replace(earlier, locks=()))
    batch = unit_batches(earlier, units)
    column = {code: index for index, code in enumerate(earlier.municipality_ids)}
    at = np.array([column.get(code, -1) for code in problem.municipality_ids], dtype=np.int64)
    known = at >= 0
    allowed = np.broadcast_to(known, (units.count, len(at))).copy()
    if units.allowed is not None:
        allowed &= units.allowed[:, at]
    own = {name: index for index, name in enumerate(earlier.dimensions)}
    use = np.zeros((units.count, len(problem.dimensions)))
    for index, name in enumerate(problem.dimensions):
        if name in own:
            use[:, index] = units.use[:, own[name]]
    score = np.where(allowed, units.score[:, at], 0.0)
    return History(use, score, allowed, units.persons, batch - int(batch.min(initial=0)))


def expected(
    history: History, since: int, units: Units, come: Ints, batch: Ints, rng: np.random.Generator
) -> tuple[History, Floats]:
    """What may still come, drawn at this year's pace, and how often each.

    Units of the earlier year after the same day, and units of this year once more: the further the
    year has gone, the more of them, so that another mix of people is learned.
    """
    own, whole = float(units.persons[come].sum()), float(history.persons.sum())
    left = np.flatnonzero(history.batch > since)
    before = float(history.persons[history.batch <= since].sum())
    pace = (own + PRIOR_PERSONS) / (before + PRIOR_PERSONS)
    share = OWN_WEIGHT * own / max(1.0, OWN_WEIGHT * own + whole)
    ahead = pace * float(history.persons[left].sum())
    earlier = rng.poisson(pace * (1 - share), len(left)).astype(np.float64)
    again = rng.poisson(share * ahead / max(1.0, own), len(come)).astype(np.float64)
    found = both(rows_of(history, left[earlier > 0]), seen(units, come[again > 0], batch))
    return found, np.concatenate([earlier[earlier > 0], again[again > 0]])


def learned(
    units: Units, come: Ints, batch: Ints, free_persons: float, fill: float, rng: np.random.Generator
) -> tuple[History, Floats]:
    """Units seen so far, drawn again until the expected share of the free places is used."""
    persons = float(units.persons[come].sum())
    rate = max(0.0, fill * free_persons) / max(1.0, persons)
    times = rng.poisson(rate, len(come)).astype(np.float64)
    return seen(units, come[times > 0], batch), times[times > 0]


def prices_for(now: History, times: Floats, left: Floats, scale: float, start: Prices | None) -> Floats:
    """Prices of the places left when these units want them so many times; placing counts before the score."""
    fitting = now.allowed.copy()
    for dimension in range(left.shape[1]):
        fitting &= now.use[:, dimension, None] <= left[None, :, dimension]
    some = fitting.any(axis=1)
    units = Units(
        members=tuple((row,) for row in range(int(some.sum()))),
        persons=np.maximum(now.persons[some], 1),
        tier=np.ones(int(some.sum()), dtype=np.int64),
        use=now.use[some],
        score=now.score[some],
        allowed=None,
        fitting=fitting[some],
        lock=np.full(int(some.sum()), -2, dtype=np.int64),
        capacity=np.maximum(left, 0.0),
    )
    if not units.count:
        return np.zeros_like(left)
    table = units.score + PLACED_FIRST * scale * units.persons[:, None]
    worth = Worth(np.ones(units.count), table)
    return price_weighted(units, worth, (), times[some], start).capacity


def rows_of(history: History, rows: Ints) -> History:
    """Some rows of it."""
    return History(
        history.use[rows],
        history.score[rows],
        history.allowed[rows],
        history.persons[rows],
        history.batch[rows],
    )


def seen(units: Units, rows: Ints, batch: Ints) -> History:
    """Units of this year in the same form."""
    every = np.ones((len(rows), units.places), dtype=np.bool_)
    allowed = every if units.allowed is None else units.allowed[rows]
    return History(units.use[rows], units.score[rows], allowed, units.persons[rows], batch[rows])


def both(one: History, other: History) -> History:
    """One after the other."""
    return History(
        np.concatenate([one.use, other.use]),
        np.concatenate([one.score, other.score]),
        np.concatenate([one.allowed, other.allowed]),
        np.concatenate([one.persons, other.persons]),
        np.concatenate([one.batch, other.batch]),
    )

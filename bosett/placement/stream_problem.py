"""A year as it comes: batches, capacities that change on the way, and how far decisions came from hindsight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from bosett.placement.problem import Problem
from bosett.placement.result import Unplaced
from bosett.placement.units import Floats, Ints, Units
from bosett.terms.errors import BadInput


class Method(StrEnum):
    """How a batch weighs the future: expected prices, most agreement of sampled futures, or even filling."""

    PRICES = "prices"
    MINIMUM_DISCORD = "minimum-discord"
    BALANCING = "balancing"
    GREEDY = "greedy"


@dataclass(frozen=True)
class CapacityChange:
    """From this batch on the municipality has this capacity; None = unlimited."""

    batch: int
    municipality_id: str
    dimension: str
    capacity: int | None


@dataclass(frozen=True)
class StreamSettings:
    """What a stream assumes.

    Parameters
    ----------
    futures
        Sampled futures a pricing.
    expected_fill
        Without a history: the share of the free places that is expected to be needed; our assumption.
    repriced
        Prices are made anew when this share of the places has been used since the last time.
    """

    method: Method = Method.PRICES
    futures: int = 8
    expected_fill: float = 0.9
    repriced: float = 1 / 60
    seed: int = 0


@dataclass(frozen=True)
class Decision:
    """What was decided for one household, and in which batch."""

    household_id: str
    municipality_id: str | None
    score: float | None
    reason: Unplaced | None
    decided_at: int


@dataclass(frozen=True)
class StreamResult:
    """All decisions by household, and their sums."""

    decisions: tuple[Decision, ...]
    placed_persons: int
    score: float
    problem: Problem = field(repr=False)


def unit_batches(problem: Problem, units: Units) -> Ints:
    """The batch in which each unit is decided: when its last household has come.

    Raises
    ------
    BadInput
        If a household has no arrival.
    """
    for one in problem.households:
        if one.arrival is None:
            told = f"no arrival for {one.household_id}"
            raise BadInput(
                told, "a batch number or a date for every household", "households", column="arrival"
            )
    arrival = [one.arrival or 0 for one in problem.households]
    return np.array([max(arrival[row] for row in rows) for rows in units.members], dtype=np.int64)


def capacity_at(
    problem: Problem, start: Floats, changes: Sequence[CapacityChange], after: int | None, batch: int
) -> Floats:
    """Capacities in force in a batch: `start` with the changes after `after` up to `batch`."""
    found = start.copy()
    column = {code: index for index, code in enumerate(problem.municipality_ids)}
    for one in sorted(changes, key=lambda change: change.batch):
        if one.batch <= batch and (after is None or one.batch > after):
            place, dimension = column[one.municipality_id], problem.dimensions.index(one.dimension)
            found[place, dimension] = np.inf if one.capacity is None else float(one.capacity)
    return found


def check_changes(problem: Problem, changes: Sequence[CapacityChange]) -> None:
    """Refuse a change of an unknown municipality or dimension, and two of the same on one day."""
    seen = set()
    for one in changes:
        told = f"{one.batch}, {one.municipality_id}, {one.dimension}"
        if one.municipality_id not in problem.municipality_ids or one.dimension not in problem.dimensions:
            raise BadInput(told, "a known municipality and dimension", "capacity_changes")
        if (one.batch, one.municipality_id, one.dimension) in seen:
            raise BadInput(told, "one change a batch, municipality and dimension", "capacity_changes")
        seen.add((one.batch, one.municipality_id, one.dimension))

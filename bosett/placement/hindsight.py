"""The same year with everything known: what the decisions are measured against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bosett.placement.problem import PERSONS, Household, Municipality, Objective, Problem
from bosett.placement.program import Limits
from bosett.placement.result import Placement
from bosett.placement.solve import solve
from bosett.placement.stream_problem import CapacityChange, unit_batches
from bosett.placement.units import units_of


def hindsight(
    problem: Problem, changes: Sequence[CapacityChange], limits: Limits | None, seed: int
) -> Placement:
    """The best answer with all arrivals and changes known.

    A capacity that changes becomes a capacity for each stretch of time: what was placed up to a
    stretch is at most the largest capacity so far, what is placed in it at most its own.  Both hold
    in every stream, so the answer is never too low a measure.
    """
    return solve(with_stretches(problem, changes), Objective.PLACED_FIRST, limits, seed)


def with_stretches(problem: Problem, changes: Sequence[CapacityChange]) -> Problem:
    """The problem with a dimension for each stretch of time in which capacities stand still."""
    if not changes:
        return problem
    units = units_of(problem)
    batch_of = {}
    for batch, rows in zip(unit_batches(problem, units).tolist(), units.members, strict=True):
        batch_of.update(dict.fromkeys((problem.household_ids[row] for row in rows), batch))
    begins = [min(batch_of.values()), *sorted({one.batch for one in changes})]
    dimensions = sorted({one.dimension for one in changes})
    towns = tuple(_town(one, begins, dimensions, changes) for one in problem.municipalities)
    homes = tuple(_home(one, batch_of[one.household_id], begins, dimensions) for one in problem.households)
    return replace(problem, municipalities=towns, households=homes)


def _home(one: Household, batch: int, begins: Sequence[int], dimensions: Sequence[str]) -> Household:
    uses = dict(one.uses)
    here = max(index for index, begin in enumerate(begins) if begin <= batch or index == 0)
    for name in dimensions:
        for index in range(len(begins)):
            uses[f"{name} in {index}"] = one.use(name) if index == here else 0
            uses[f"{name} to {index}"] = one.use(name) if index >= here else 0
    return replace(one, uses=uses)


def _town(
    one: Municipality, begins: Sequence[int], dimensions: Sequence[str], changes: Sequence[CapacityChange]
) -> Municipality:
    held = dict(one.capacities)
    for name in dimensions:
        own = sorted(
            (c for c in changes if (c.municipality_id, c.dimension) == (one.municipality_id, name)),
            key=lambda c: c.batch,
        )
        now, most = [], []
        for begin in begins:
            past = [c.capacity for c in own if c.batch <= begin]
            now.append(past[-1] if past else one.capacities[name])
            most.append(None if None in now else max(value for value in now if value is not None))
        for index in range(len(begins)):
            held[f"{name} in {index}"] = now[index]
            held[f"{name} to {index}"] = most[index]
        held[name] = most[-1]
    if PERSONS not in held:
        raise ValueError("a municipality has a capacity in persons")
    return replace(one, capacities=held)


def _batch(change: CapacityChange) -> int:
    return change.batch

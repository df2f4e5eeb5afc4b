"""Placing as people come: each batch is decided with the past alone, at prices that weigh what may come."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from bosett.placement.certificate import Prices
from bosett.placement.futures import (
    both,
    expected,
    history_of,
    learned,
    prices_for,
    seen,
)
from bosett.placement.part import part_of, solve_part
from bosett.placement.problem import Problem
from bosett.placement.program import Limits
from bosett.placement.result import Unplaced
from bosett.placement.stream_problem import (
    CapacityChange,
    Decision,
    Method,
    StreamResult,
    StreamSettings,
    capacity_at,
    check_changes,
    unit_batches,
)
from bosett.placement.stream_run import Run
from bosett.placement.stream_worth import worth_after_paying
from bosett.placement.swap import polish
from bosett.placement.units import FREE, STAYS_UNPLACED, Floats, Ints, Units, units_of
from bosett.placement.worth import Demand, Worth
from bosett.terms.errors import NoAnswer

NEAREST = 10
MOST_TOGETHER = 400


def stream(
    problem: Problem,
    history: Problem | None = None,
    changes: Sequence[CapacityChange] = (),
    settings: StreamSettings | None = None,
    told: Callable[[], None] = lambda: None,
) -> StreamResult:
    """Decide every batch in its turn.

    Promise: a decision depends on the history, the batches up to its own and the capacity changes up
    to its own; later arrivals, changed or removed, never change it.  A unit is placed whenever there
    is room for it anywhere.

    Parameters
    ----------
    told
        Called after each batch.

    Raises
    ------
    BadInput
        For a household without an arrival, or a change of something unknown.
    NoAnswer
        If a lock has no room left when its household comes.
    """
    check_changes(problem, changes)
    units = units_of(problem)
    batch = unit_batches(problem, units)
    run = Run(
        problem=problem,
        units=units,
        batch=batch,
        history=None if history is None else history_of(problem, history),
        settings=settings or StreamSettings(),
        capacity=units.capacity.copy(),
        places=np.full(units.count, -1, dtype=np.int64),
        used=np.zeros_like(units.capacity),
    )
    before = None
    for now in sorted({int(one) for one in batch}):
        run.capacity = capacity_at(problem, run.capacity, changes, before, now)
        changed = any(before is None or before < one.batch <= now for one in changes)
        rows = np.flatnonzero(batch == now)
        run.come.extend(rows.tolist())
        _decide(run, rows, now, changed=changed)
        before = now
        told()
    return _result(run)


def _decide(run: Run, rows: Ints, now: int, *, changed: bool) -> None:
    _keep_locks(run, rows)
    free = rows[run.units.lock[rows] == FREE]
    if not len(free):
        return
    if run.settings.method is not Method.GREEDY:
        _reprice(run, now, changed=changed)
    net = worth_after_paying(run, free)
    order = np.lexsort((free, -run.units.use[free].sum(axis=1), run.units.tier[free]))
    for place in order.tolist():
        _place(run, int(free[place]), net[place])
    _together(run, free, net)


def _keep_locks(run: Run, rows: Ints) -> None:
    for unit in rows[run.units.lock[rows] >= 0].tolist():
        place = int(run.units.lock[unit])
        if (run.units.use[unit] > run.left[place]).any():
            name = run.problem.household_ids[run.units.members[unit][0]]
            where = run.problem.municipality_ids[place]
            raise NoAnswer(
                "locks_overfill", f"no room is left in {where} when {name} comes, who is locked there"
            )
        run.places[unit] = place
        run.used[place] += run.units.use[unit]


def _reprice(run: Run, now: int, *, changed: bool) -> None:
    """New prices when enough has been used since the last ones, or a capacity has changed."""
    total = float(np.where(np.isfinite(run.capacity[:, 0]), run.capacity[:, 0], 0.0).sum())
    come = float(run.units.persons[run.come].sum())
    if run.votes and not changed and come - run.priced_at < run.settings.repriced * total:
        return
    run.priced_at = come
    discord = run.settings.method is Method.MINIMUM_DISCORD
    count = max(3, run.settings.futures) if discord else run.settings.futures
    first = run.votes[0] if run.votes else None
    votes: list[Prices] = []
    run.ahead = []
    for number in range(count):
        rng = np.random.default_rng(
            np.random.SeedSequence(run.settings.seed, spawn_key=(now - run.batch.min(), number))
        )
        start = run.votes[number] if number < len(run.votes) else votes[-1] if votes else first
        votes.append(_priced(run, now, rng, start))
    run.votes = votes


def _priced(run: Run, now: int, rng: np.random.Generator, start: Prices | None) -> Prices:
    """Prices of what is left for this batch and one sampled future."""
    units, come = run.units, np.array(run.come, dtype=np.int64)
    waiting = come[(run.batch[come] == now) & (units.lock[come] == FREE)]
    ours = seen(units, waiting, run.batch)
    if run.history is not None:
        since = now - int(run.batch[come].min())
        future, times = expected(run.history, since, units, come, run.batch, rng)
    else:
        finite = np.where(np.isfinite(run.left[:, 0]), run.left[:, 0], 0.0)
        free = float(finite.sum()) - float(units.persons[waiting].sum())
        future, times = learned(units, come, run.batch, free, run.settings.expected_fill, rng)
    run.ahead.append((future.use, times, future.persons))
    everyone = both(ours, future)
    found = prices_for(everyone, np.concatenate([np.ones(len(waiting)), times]), run.left, run.scale, start)
    return Prices(found, ())


def _place(run: Run, unit: int, net: Floats) -> None:
    room = (run.units.use[unit] <= run.left).all(axis=1)
    options = np.where(room, net, -np.inf)
    best = int(np.argmax(options))
    if np.isfinite(options[best]):
        run.places[unit] = best
        run.used[best] += run.units.use[unit]


def _together(run: Run, rows: Ints, net: Floats) -> None:
    """The batch as a whole: small steps, then the best joint answer over each unit's nearest places."""
    if len(rows) < 2:
        return
    units = run.units
    inside = Units(
        members=tuple(units.members[row] for row in rows),
        persons=units.persons[rows],
        tier=units.tier[rows],
        use=units.use[rows],
        score=net,
        allowed=None,
        fitting=np.isfinite(net),
        lock=np.full(len(rows), FREE, dtype=np.int64),
        capacity=run.left + _used_by(units, rows, run.places[rows], run.left),
    )
    table = np.where(inside.fitting, net + _entry(inside, net), -1e9)
    before = run.places[rows]
    places = polish(inside, table, before, range(len(rows)))
    if len(rows) <= MOST_TOGETHER:
        places = _joint(inside, table, places)
    run.used += _used_by(units, rows, places, run.left) - _used_by(units, rows, before, run.left)
    run.places[rows] = places


def _entry(inside: Units, net: Floats) -> Floats:
    """What being placed is worth besides, so that no price ever makes it a loss."""
    each = np.where(inside.fitting, net / inside.persons[:, None], np.inf)
    lowest = float(each.min(initial=0.0))
    return np.asarray((1.0 - lowest) * inside.persons[:, None], dtype=np.float64)


def _joint(inside: Units, table: Floats, places: Ints) -> Ints:
    """The batch solved as one over each unit's nearest places; in no tier fewer persons than before."""
    part = part_of(inside, places, np.arange(inside.count), np.arange(inside.places))
    near = np.argsort(-table, axis=1, kind="stable")[:, :NEAREST]
    pairs = np.zeros(table.shape, dtype=np.bool_)
    np.put_along_axis(pairs, near, values=True, axis=1)
    persons = [(f"persons_tier_{tier}", inside.persons_of(tier)) for tier in inside.tiers]
    kept = [Demand(name, worth, worth.total(places)) for name, worth in persons]
    worth = Worth(np.ones(inside.count), table)
    return solve_part(inside, worth, kept, places, part, pairs, Limits(effort=20, gap=1e-5), 0)


def _used_by(units: Units, rows: Ints, places: Ints, like: Floats) -> Floats:
    found = np.zeros_like(like)
    placed = np.flatnonzero(places >= 0)
    np.add.at(found, places[placed], units.use[rows[placed]])
    return found


def _result(run: Run) -> StreamResult:
    found = {}
    for unit, rows in enumerate(run.units.members):
        place = int(run.places[unit])
        reason = _reason(run, unit) if place < 0 else None
        for row in rows:
            score = float(run.problem.scores.values[row, place]) if place >= 0 else None
            where = run.problem.municipality_ids[place] if place >= 0 else None
            name = run.problem.household_ids[row]
            found[row] = Decision(name, where, score, reason, int(run.batch[unit]))
    return StreamResult(
        tuple(found[row] for row in sorted(found)),
        int(run.units.persons[run.places >= 0].sum()),
        run.units.whole_score().total(run.places),
        run.problem,
    )


def _reason(run: Run, unit: int) -> Unplaced:
    if run.units.lock[unit] == STAYS_UNPLACED:
        return Unplaced.LOCKED_OUT
    if run.units.allowed is not None and not run.units.allowed[unit].any():
        return Unplaced.NO_ALLOWED
    return Unplaced.NO_CAPACITY

"""Some blocks of draws through the whole chain under every policy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from bosett.scenario.weeks.dice import BLOCK, Counts, running_sum, small
from bosett.scenario.weeks.flows import Stream, streams_of, under
from bosett.scenario.weeks.municipal import MunicipalPlaces, Towns, draw_places, shared_out
from bosett.scenario.weeks.places import ITEMS, Held, hold
from bosett.scenario.weeks.plan import Policy, SimulationPlan
from bosett.scenario.weeks.settle import settle
from bosett.scenario.weeks.thinning import Thinning

Key = tuple[str, str]
FLOWS = ("arrivals", "decided", "settled", "left")
STOCKS = ("undecided", "ready", "waiting", "in_reception")
PLACES = ("places", "short")
Rows = dict[Key, NDArray[np.unsignedinteger]]


@dataclass(frozen=True)
class Task:
    """What one worker is asked for: blocks from `first` up to, not including, `last`; `draws` in all."""

    plan: SimulationPlan
    thinning: Thinning
    seed: int
    first: int
    last: int
    draws: int
    towns: Towns | None = None


@dataclass(frozen=True)
class Chunk:
    """Draws in order.  `rows` are of the first policy; shape (weeks, draws); one that is not there is all 0.

    Parameters
    ----------
    balance
        In - settled - left - waiting - in reception: lowest and highest over the weeks, by draw.
    costs
        (policy, item) -> kroner by draw.
    most_needed
        (policy, kind) -> the most places needed at once, by draw.
    """

    rows: Rows
    balance: NDArray[np.int64]
    costs: dict[Key, NDArray[np.float64]]
    place_weeks: dict[tuple[str, str], NDArray[np.float64]]
    most_needed: dict[Key, NDArray[np.int64]]
    municipal: NDArray[np.uint16] | None


@dataclass(frozen=True)
class Settled:
    """A stream's settled persons in each week and up to each week."""

    weekly: Counts
    sums: Counts


@dataclass(frozen=True)
class Chain:
    """Persons through the chain: what policies that differ only in places have in common."""

    streams: list[Stream]
    settled: list[Settled]
    stocks: list[dict[str, Counts]]
    towns: MunicipalPlaces | None


def run_chunk(task: Task) -> Chunk:
    """Run the blocks, on one BLAS thread; the same task gives the same bytes on any machine of one kind."""
    with threadpool_limits(1, "blas"):
        return _run(task)


def _run(task: Task) -> Chunk:
    rows: Rows = {}
    costs: dict[Key, NDArray[np.float64]] = {}
    weeks: dict[Key, NDArray[np.float64]] = {}
    needed: dict[Key, NDArray[np.int64]] = {}
    balance = np.zeros((2, 0), dtype=np.int64)
    municipal = None
    known: dict[tuple[object, ...], Chain] = {}
    for number, policy in enumerate(task.plan.policies):
        key = _chain_key(task.plan, policy)
        if key not in known:
            known[key] = _chain(task, policy)
        chain = known[key]
        held = _hold_all(task.plan, policy, chain)
        _add_costs(costs, weeks, needed, policy, held)
        if number == 0:
            rows, balance, municipal = _rows(chain, held), _balance(chain), _municipal(chain)
    kept = min(task.draws, task.last * BLOCK) - task.first * BLOCK
    return Chunk(
        {key: row[:, :kept] for key, row in rows.items()},
        balance[:, :kept],
        {key: cost[:kept] for key, cost in costs.items()},
        {key: many[:kept] for key, many in weeks.items()},
        {key: most[:kept] for key, most in needed.items()},
        None if municipal is None else municipal[:, :kept],
    )


def _chain_key(plan: SimulationPlan, policy: Policy) -> tuple[object, ...]:
    """What of a policy changes persons and not only places, however it is said."""
    groups = tuple(under(policy, group) for group in plan.groups)
    return (policy.settlement_factor, policy.earlier_weeks, groups)


def _chain(task: Task, policy: Policy) -> Chain:
    blocks = range(task.first, task.last)
    streams = streams_of(task.plan, policy, task.thinning, task.seed, blocks)
    towns = None
    if task.towns is not None:
        towns = draw_places(task.towns, task.plan, policy, task.seed, blocks)
    places = None if towns is None else towns.total
    settled = [
        Settled(weekly, running_sum(weekly))
        for weekly in settle(streams, task.plan.settlement, policy, places)
    ]
    stocks = [_stocks(stream, done) for stream, done in zip(streams, settled, strict=True)]
    return Chain(streams, settled, stocks, towns)


def _stocks(stream: Stream, settled: Settled) -> dict[str, Counts]:
    """Persons in each stage at the end of each week; no stage is ever below zero."""
    undecided = stream.came.sums - stream.decided.sums
    permitted = stream.decided.sums - stream.refused.sums - stream.ready.sums
    leaving = stream.refused.sums - stream.left.sums
    ready = stream.ready.sums - settled.sums + stream.ready_at_start
    if min(int(stock.min()) for stock in (undecided, permitted, leaving, ready)) < 0:
        raise ValueError(f"a stage of {stream.group.name} holds fewer than no persons")
    return {"undecided": undecided, "ready": ready, "here": undecided + permitted + leaving + ready}


def _hold_all(plan: SimulationPlan, policy: Policy, chain: Chain) -> dict[str, Held]:
    shape = chain.streams[0].came.weekly.shape
    residents = {kind.name: np.zeros(shape, dtype=np.int32) for kind in plan.places}
    for stream, stock in zip(chain.streams, chain.stocks, strict=True):
        if not stream.private:
            residents[stream.group.place] += stock["here"]
    return {kind.name: hold(residents[kind.name], kind, policy) for kind in plan.places}


def _add_costs(
    costs: dict[Key, NDArray[np.float64]],
    weeks: dict[Key, NDArray[np.float64]],
    needed: dict[Key, NDArray[np.int64]],
    policy: Policy,
    held: dict[str, Held],
) -> None:
    for item in ITEMS:
        costs[policy.name, item] = np.sum([one.costs_nok[item] for one in held.values()], axis=0)
    costs[policy.name, "total"] = np.sum([costs[policy.name, item] for item in ITEMS], axis=0)
    weeks[policy.name, "empty"] = np.sum([one.empty_place_weeks for one in held.values()], axis=0)
    weeks[policy.name, "short"] = np.sum(
        [one.short.sum(axis=0, dtype=np.float64) for one in held.values()], axis=0
    )
    for kind, one in held.items():
        needed[policy.name, kind] = one.most_needed


def _municipal(chain: Chain) -> NDArray[np.uint16] | None:
    if chain.towns is None:
        return None
    return shared_out(np.sum([one.weekly for one in chain.settled], axis=0), chain.towns)


def _rows(chain: Chain, held: dict[str, Held]) -> Rows:
    rows: dict[Key, Counts] = {}
    for stream, done, stock in zip(chain.streams, chain.settled, chain.stocks, strict=True):
        told = {
            "arrivals": stream.came.weekly,
            "decided": stream.decided.weekly,
            "settled": done.weekly,
            "left": stream.left.weekly,
            "undecided": stock["undecided"],
            "ready": stock["ready"],
            ("waiting" if stream.private else "in_reception"): stock["here"],
        }
        for quantity, counts in told.items():
            key = (quantity, stream.group.name)
            rows[key] = counts if key not in rows else rows[key] + counts
    for group in {stream.group.name: stream.group for stream in chain.streams}.values():
        rows["arrivals", group.name] = rows["arrivals", group.name].copy()
        rows["arrivals", group.name][0] -= group.undecided_at_start  # were there before the first week
    for kind, one in held.items():
        rows["places", kind], rows["short", kind] = one.open, one.short
    return {key: small(counts) for key, counts in rows.items()}


def _balance(chain: Chain) -> NDArray[np.int64]:
    """Lowest and highest over the weeks of in - settled - left - waiting - in reception, by draw."""
    rest = np.zeros(chain.settled[0].sums.shape, dtype=np.int64)
    for stream, done, stock in zip(chain.streams, chain.settled, chain.stocks, strict=True):
        rest += stream.came.sums - done.sums - stream.left.sums + stream.ready_at_start - stock["here"]
    return np.stack([rest.min(axis=0), rest.max(axis=0)])

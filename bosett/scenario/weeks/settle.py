"""Settlement week by week, subject to municipal places; the rest waits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bosett.scenario.weeks.dice import Counts
from bosett.scenario.weeks.flows import Stream
from bosett.scenario.weeks.plan import YEAR, Policy, SettlementPlan


def settle(
    streams: Sequence[Stream], plan: SettlementPlan, policy: Policy, places: Counts | None = None
) -> list[Counts]:
    """Persons settled in each week, one array a stream, shape (weeks, draws).

    Promise: nobody is settled before being ready, and never more than the week's places.

    Parameters
    ----------
    places
        Municipal places by week and draw where they are drawn; None = the plan's own numbers.
    """
    weeks, draws = streams[0].ready.weekly.shape
    waiting = [np.full(draws, stream.ready_at_start, dtype=np.int32) for stream in streams]
    settled = [np.empty((weeks, draws), dtype=np.int32) for _ in streams]
    offered = _offered(plan, policy, weeks)
    members = [_members(streams, name) for name in plan.order]
    left = np.zeros(draws, dtype=np.int32)
    for week in range(weeks):
        if not (plan.keep_unused and week % YEAR):
            left[:] = 0
        left += offered[week] if places is None else places[week]
        for index, stream in enumerate(streams):
            waiting[index] += stream.ready.weekly[week]
        for indices in members:
            _take(waiting, indices, left, [settled[index][week] for index in indices])
            for index in indices:
                waiting[index] -= settled[index][week]
                left -= settled[index][week]
    return settled


def _take(
    waiting: list[NDArray[np.int32]],
    indices: list[int],
    left: NDArray[np.int32],
    out: list[NDArray[np.int32]],
) -> None:
    """A group's persons into `out`, those in reception and those outside in proportion to who waits."""
    if len(indices) == 1:
        np.minimum(waiting[indices[0]], left, out=out[0])
        return
    inside, outside = (waiting[index] for index in indices)
    both = inside + outside
    taken = np.minimum(both, left)
    share = np.rint(taken * (inside / np.maximum(both, 1))).astype(np.int32)
    np.clip(share, taken - outside, inside, out=out[0])
    np.subtract(taken, out[0], out=out[1])


def _offered(plan: SettlementPlan, policy: Policy, weeks: int) -> NDArray[np.int32]:
    """Whole places a week: what is accepted of what is offered, less the quota; sums are rounded."""
    year = (np.arange(weeks) + policy.earlier_weeks) // YEAR
    told = np.array(plan.places_per_week)[np.minimum(year, len(plan.places_per_week) - 1)]
    rate = np.maximum(told * policy.settlement_factor * plan.accepted_share - plan.quota_per_week, 0.0)
    sums = np.floor(np.cumsum(rate) + 1e-9)
    return np.diff(sums, prepend=0).astype(np.int32)


def _members(streams: Sequence[Stream], name: str) -> list[int]:
    return [index for index, stream in enumerate(streams) if stream.group.name == name]

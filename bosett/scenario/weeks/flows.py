"""One block of draws through arrival, decision and ready; what happens after needs municipal places."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bosett.scenario.weeks.arrivals import arrivals
from bosett.scenario.weeks.plan import FlowGroup, Policy, SimulationPlan
from bosett.scenario.weeks.thinning import Counts, Thinning, Way, ended, split, way_of

BLOCK = 250


@dataclass(frozen=True)
class Stream:
    """A group's persons in reception, or those of it who live privately; all (weeks, draws).

    Parameters
    ----------
    came, decided, refused, ready, left
        Persons who arrive, are decided, are refused, become ready, leave the chain in each week.
    ready_at_start
        Persons who are ready before the first week; shape (draws,).
    """

    group: FlowGroup
    private: bool
    came: Counts
    decided: Counts
    refused: Counts
    ready: Counts
    left: Counts
    ready_at_start: Counts


def block_streams(
    plan: SimulationPlan, policy: Policy, thinning: Thinning, seed: int, block: int
) -> list[Stream]:
    """The streams of one block of 250 draws, from the block's own seed.

    Each group draws from a child of the block's seed, so that a policy which changes one group leaves
    the others as they were, and one that changes only places meets exactly the same people.
    """
    root = np.random.SeedSequence(seed, spawn_key=(block,))
    streams: list[Stream] = []
    for group, child in zip(plan.groups, root.spawn(len(plan.groups)), strict=True):
        changed = _under(policy, group)
        streams += _group_streams(changed, plan.weeks, thinning, np.random.default_rng(child))
    return streams


def _under(policy: Policy, group: FlowGroup) -> FlowGroup:
    after = replace(
        group.ready_after,
        mean_weeks=group.ready_after.mean_weeks * policy.faster_ready,
        sd_weeks=group.ready_after.sd_weeks * policy.faster_ready,
    )
    private = group.private_share
    if policy.private_share is not None and private > 0:
        private = policy.private_share
    return replace(group, ready_after=after, private_share=private)


def _group_streams(
    group: FlowGroup, weeks: int, thinning: Thinning, rng: np.random.Generator
) -> list[Stream]:
    way = way_of(thinning, small=group.small)
    came = arrivals(group, weeks, BLOCK, rng)
    undecided = came.copy()
    undecided[0] += group.undecided_at_start
    start = np.full((1, BLOCK), group.ready_at_start, dtype=np.int32)
    if group.private_share == 0:
        return [_stream(group, False, undecided, start, way, rng)]
    private = split(undecided, group.private_share, way, rng)
    private_start = split(start, group.private_share, way, rng)
    return [
        _stream(group, False, undecided - private, start - private_start, way, rng),
        _stream(group, True, private, private_start, way, rng),
    ]


def _stream(
    group: FlowGroup, private: bool, came: Counts, start: Counts, way: Way, rng: np.random.Generator
) -> Stream:
    decided = ended(came, group.decision, way, rng)
    refused = split(decided, group.refused_share, way, rng)
    ready = ended(decided - refused, group.ready_after, way, rng)
    left = ended(refused, group.leaves_after, way, rng)
    return Stream(group, private, came, decided, refused, ready, left, start[0])

"""Blocks of draws through arrival, decision and ready; what happens after needs municipal places."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bosett.scenario.weeks.arrivals import arrivals
from bosett.scenario.weeks.dice import Dice
from bosett.scenario.weeks.plan import FlowGroup, Policy, SimulationPlan
from bosett.scenario.weeks.thinning import Flow, Thinning, Way, ended, split, way_of


@dataclass(frozen=True)
class Stream:
    """A group's persons in reception, or those of it who live privately.

    Parameters
    ----------
    came, decided, refused, ready, left
        Persons who arrive, are decided, are refused, become ready, leave the chain.
    ready_at_start
        Persons who are ready before the first week, by draw.
    """

    group: FlowGroup
    private: bool
    came: Flow
    decided: Flow
    refused: Flow
    ready: Flow
    left: Flow
    ready_at_start: int


def streams_of(
    plan: SimulationPlan, policy: Policy, thinning: Thinning, seed: int, blocks: range
) -> list[Stream]:
    """The streams of these blocks of 250 draws, each block from its own seed.

    Each group draws from a child of the block's seed, so that a policy which changes one group leaves
    the others as they were, and one that changes only places meets exactly the same people.
    """
    roots = [np.random.SeedSequence(seed, spawn_key=(block,)) for block in blocks]
    children = [root.spawn(len(plan.groups)) for root in roots]
    streams: list[Stream] = []
    for place, group in enumerate(plan.groups):
        dice = Dice([np.random.default_rng(child[place]) for child in children])
        streams += _group_streams(under(policy, group), plan.weeks, thinning, dice)
    return streams


def under(policy: Policy, group: FlowGroup) -> FlowGroup:
    """The group as the policy changes it."""
    after = replace(
        group.ready_after,
        mean_weeks=group.ready_after.mean_weeks * policy.faster_ready,
        sd_weeks=group.ready_after.sd_weeks * policy.faster_ready,
    )
    private = group.private_share
    if policy.private_share is not None and private > 0:
        private = policy.private_share
    return replace(group, ready_after=after, private_share=private)


def _group_streams(group: FlowGroup, weeks: int, thinning: Thinning, dice: Dice) -> list[Stream]:
    way = way_of(thinning, small=group.small)
    came = arrivals(group, weeks, dice)
    came[0] += group.undecided_at_start
    expected = group.expected(weeks)
    expected[0] += group.undecided_at_start
    share = group.private_share
    if share == 0:
        return [_stream(group, False, Flow.of(came, expected), group.ready_at_start, way, dice)]
    private = split(came, share, way, dice)
    outside = round(group.ready_at_start * share)
    inside = Flow.of(came - private, expected * (1 - share))
    return [
        _stream(group, False, inside, group.ready_at_start - outside, way, dice),
        _stream(group, True, Flow.of(private, expected * share), outside, way, dice),
    ]


def _stream(group: FlowGroup, private: bool, came: Flow, start: int, way: Way, dice: Dice) -> Stream:
    decided = ended(came, group.decision, way, dice)
    share = group.refused_share
    refused = Flow.of(split(decided.weekly, share, way, dice), decided.expected * share)
    permitted = Flow(
        decided.weekly - refused.weekly, decided.sums - refused.sums, decided.expected * (1 - share)
    )
    ready = ended(permitted, group.ready_after, way, dice)
    left = ended(refused, group.leaves_after, way, dice)
    return Stream(group, private, came, decided, refused, ready, left, start)

"""On which day each household reached each step of the chain, up to today."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

import numpy as np

from bosett.scenario.population.marginals import Marginals
from bosett.scenario.population.people import Stage
from bosett.scenario.population.shape import TRACKS, Ints, Shape
from bosett.terms.groups import Track

NEVER = 0
"""A day number that no step has: not yet, or never."""


@dataclass(frozen=True)
class Timeline:
    """Day numbers (`date.toordinal`) per household; `NEVER` where the step has not come."""

    arrival: Ints
    permit: Ints
    interview: Ints
    ready: Ints
    proposed: Ints
    assigned: Ints
    settled: Ints
    left: Ints

    def stages(self) -> list[Stage]:
        """The stage of each household: the last step reached."""
        steps = (
            (self.left, Stage.LEFT),
            (self.settled, Stage.SETTLED),
            (self.assigned, Stage.ASSIGNED),
            (self.proposed, Stage.PROPOSED),
            (self.ready, Stage.READY),
            (self.interview, Stage.INTERVIEWED),
        )
        index = np.select([day != NEVER for day, _ in steps], range(6), default=6)
        names = [stage for _, stage in steps] + [Stage.IN_RECEPTION]
        return [names[i] for i in index]


def draw_timeline(shape: Shape, today: date, marginals: Marginals, rng: np.random.Generator) -> Timeline:
    """Steps in order, none after today; whoever leaves takes no later step.

    The lengths are named assumptions (`..._days`); proposal waits have a long tail.
    """
    size, now = len(shape.kind), today.toordinal()
    resettled = shape.track == TRACKS.index(Track.RESETTLEMENT)
    opened = now - rng.integers(0, round(marginals.assume("window_days")), size)
    permit = opened + np.where(resettled, 0, _permit_lag(shape, marginals, rng))
    interview = permit + np.where(resettled, 0, _lag(marginals.assume("interview_days"), size, rng))
    ready = interview + np.where(resettled, 0, _lag(marginals.assume("ready_days"), size, rng))
    proposed = ready + _proposal_wait(size, marginals, rng)
    assigned = proposed + rng.integers(0, round(marginals.assume("answer_days")) + 1, size)
    settled = assigned + 1 + _lag(marginals.assume("move_days"), size, rng)
    left = _leaving(opened, resettled, marginals, rng)
    left = np.where((left < settled) & (left <= now), left, NEVER)
    ends = np.where(left != NEVER, left, now)

    def reached(day: Ints) -> Ints:
        return np.where(day <= ends, day, NEVER)

    settled = reached(settled)
    return Timeline(
        arrival=np.where(resettled, settled, opened),
        permit=reached(permit),
        interview=np.where(resettled, NEVER, reached(interview)),
        ready=reached(ready),
        proposed=reached(proposed),
        assigned=reached(assigned),
        settled=settled,
        left=left,
    )


def follow(timeline: Timeline, leaders: Ints, followers: Ints) -> Timeline:
    """The same timeline with each follower's days equal to its leader's (linked households)."""
    columns = {}
    for column in fields(timeline):
        days = getattr(timeline, column.name).copy()
        days[followers] = days[leaders]
        columns[column.name] = days
    return Timeline(**columns)


def _lag(mean_days: float, size: int, rng: np.random.Generator) -> Ints:
    return np.floor(rng.gamma(2.0, mean_days / 2.0, size) + 0.5).astype(np.int64)


def _permit_lag(shape: Shape, marginals: Marginals, rng: np.random.Generator) -> Ints:
    means = np.ones(len(TRACKS))
    for track in (Track.COLLECTIVE, Track.ASYLUM, Track.FAMILY):
        means[TRACKS.index(track)] = marginals.assume(f"permit_days_{track}")
    scale = means[shape.track] / 2.0
    return np.floor(rng.gamma(2.0, scale) + 0.5).astype(np.int64)


def _proposal_wait(size: int, marginals: Marginals, rng: np.random.Generator) -> Ints:
    mean = marginals.assume("proposal_wait_days")
    wait = rng.gamma(0.8, mean / 0.8, size)
    long = rng.random(size) < marginals.assume("long_wait_share")
    wait += np.where(long, rng.exponential(marginals.assume("long_wait_days"), size), 0.0)
    return np.floor(wait).astype(np.int64) + 1


def _leaving(opened: Ints, resettled: np.ndarray, marginals: Marginals, rng: np.random.Generator) -> Ints:
    leaves = (rng.random(len(opened)) < marginals.assume("left_share")) & ~resettled
    day = opened + 1 + rng.integers(0, 120, len(opened))
    never: Ints = np.full(len(opened), np.iinfo(np.int64).max)
    return np.where(leaves, day, never)

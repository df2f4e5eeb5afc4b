"""The chain of `bosett simulate` person by person in continuous time, with simpy: what the fast one must match.

Nothing of the fast engine is used but the plan: delays are gamma-distributed times, each person is a
process, and municipal places are handed out at the end of every week in the plan's order, first ready first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator

import numpy as np
import simpy

from bosett.scenario.weeks.plan import YEAR, Delay, FlowGroup, SimulationPlan


class PersonLevel:
    """One draw; `residents[group]` and `settled[group]` by week after `run`."""

    def __init__(self, plan: SimulationPlan, rng: np.random.Generator) -> None:
        self.plan, self.rng = plan, rng
        self.clock = simpy.Environment()
        self.ready = {group.name: deque[tuple[float, bool]]() for group in plan.groups}
        self.here = {group.name: 0 for group in plan.groups}
        self.residents = {group.name: np.zeros(plan.weeks) for group in plan.groups}
        self.settled = {group.name: np.zeros(plan.weeks) for group in plan.groups}

    def run(self) -> None:
        """Run the weeks."""
        for group in self.plan.groups:
            for _ in range(group.undecided_at_start):
                self.clock.process(self._person(group, self.rng.random()))
            for _ in range(group.ready_at_start):
                self._becomes_ready(group, self._enters(group))
            self.clock.process(self._arrivals(group))
        self.clock.process(self._weeks())
        self.clock.run(until=self.plan.weeks + 0.5)

    def _arrivals(self, group: FlowGroup) -> Generator[simpy.Event, None, None]:
        log, expectations = 0.0, group.expected(self.plan.weeks)
        for week in range(self.plan.weeks):
            log = (
                group.persistence * log
                + group.spread * np.sqrt(1 - group.persistence**2) * self.rng.standard_normal()
            )
            known = group.spread**2 * (1 - group.persistence ** (2 * (week + 1)))
            expected = expectations[week] * np.exp(log - known / 2)
            for time in np.sort(self.rng.random(self.rng.poisson(expected))):
                self.clock.process(self._person(group, float(time)))
            yield self.clock.timeout(1)

    def _enters(self, group: FlowGroup) -> bool:
        private = self.rng.random() < group.private_share
        self.here[group.name] += not private
        return private

    def _person(self, group: FlowGroup, after: float) -> Generator[simpy.Event, None, None]:
        yield self.clock.timeout(after)
        private = self._enters(group)
        yield self.clock.timeout(self._time(group.decision))
        if self.rng.random() < group.refused_share:
            yield self.clock.timeout(self._time(group.leaves_after))
            self.here[group.name] -= not private
            return
        yield self.clock.timeout(self._time(group.ready_after))
        self._becomes_ready(group, private)

    def _time(self, delay: Delay) -> float:
        if delay.mean_weeks == 0:
            return 0.0
        shape = (delay.mean_weeks / delay.sd_weeks) ** 2
        return float(self.rng.gamma(shape, delay.mean_weeks / shape))

    def _becomes_ready(self, group: FlowGroup, private: bool) -> None:
        self.ready[group.name].append((self.clock.now, private))

    def _weeks(self) -> Generator[simpy.Event, None, None]:
        plan, carried = self.plan.settlement, 0.0
        for week in range(self.plan.weeks):
            yield self.clock.timeout(1 - 1e-9 if week == 0 else 1)
            offered = plan.places_per_week[min(week // YEAR, len(plan.places_per_week) - 1)]
            rate = offered * plan.accepted_share - plan.quota_per_week
            carried += max(0.0, rate)
            places = int(carried + 1e-9)
            carried -= places
            for name in plan.order:
                while self.ready[name] and places:
                    _, private = self.ready[name].popleft()
                    self.here[name] -= not private
                    self.settled[name][week] += 1
                    places -= 1
            for name, residents in self.here.items():
                self.residents[name][week] = residents

"""The state of a stream between batches."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from bosett.placement.certificate import Prices
from bosett.placement.futures import History
from bosett.placement.problem import Problem
from bosett.placement.stream_problem import StreamSettings
from bosett.placement.units import Floats, Ints, Units


@dataclass
class Run:
    """The state between batches: nothing in it comes from a later batch."""

    problem: Problem
    units: Units
    batch: Ints
    history: History | None
    settings: StreamSettings
    capacity: Floats
    places: Ints
    used: Floats
    come: list[int] = field(default_factory=list)
    votes: list[Prices] = field(default_factory=list)
    ahead: list[tuple[Floats, Floats, Ints]] = field(default_factory=list)
    priced_at: float = -1.0

    @property
    def left(self) -> Floats:
        """Places left, never below 0."""
        return np.maximum(self.capacity - self.used, 0.0)

    @property
    def scale(self) -> float:
        """The highest score a person has reached so far."""
        rows = np.array(self.come, dtype=np.int64)
        top = np.abs(self.units.score[rows]).max(axis=1, initial=0.0) / self.units.persons[rows]
        return max(1e-6, float(top.max(initial=0.0)))

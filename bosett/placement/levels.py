"""What is best, level by level, and what each level has reached."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bosett.placement.certificate import Prices
from bosett.placement.problem import Objective
from bosett.placement.units import Ints, Units
from bosett.placement.worth import Demand, Worth

SLACK = 1e-6
SCORE = "score"


@dataclass(frozen=True)
class Goal:
    """One level: its name and worth; persons are whole numbers, so their bounds are rounded down."""

    name: str
    worth: Worth
    whole_numbers: bool

    def rounded(self, bound: float) -> float:
        """The bound as it may be told."""
        return float(math.floor(bound + SLACK)) if self.whole_numbers else bound


@dataclass(frozen=True)
class LevelOutcome:
    """What one level reached: its places, its certified bound and the solver's tighter one."""

    name: str
    value: float
    bound: float
    solver_bound: float
    places: Ints
    prices: Prices
    demands: Sequence[Demand]
    proven: bool


def goals(units: Units, objective: Objective) -> tuple[Goal, ...]:
    """Persons of each tier that occurs, best tier first, then the score; the score alone if that is asked."""
    score = Goal(SCORE, units.whole_score(), whole_numbers=False)
    if objective is Objective.SCORE:
        return (score,)
    persons = [
        Goal(f"persons_tier_{tier}", units.persons_of(tier), whole_numbers=True) for tier in units.tiers
    ]
    return (*persons, score)

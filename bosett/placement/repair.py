"""From an answer that misses a group's floor to one that reaches it, a part at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bosett.placement.fairness import met, shortfalls
from bosett.placement.swap import polish
from bosett.placement.units import Ints, Units
from bosett.placement.worth import Demand

PASSES = 12
WEIGHT = 0.5


def reach_floors(units: Units, demands: Sequence[Demand], places: Ints) -> Ints | None:
    """An answer with every demand reached, or None when the small steps do not find one.

    Each pass weights the groups that are short a little more.
    """
    extra = np.zeros(len(demands))
    order = np.arange(units.count)
    for _ in range(PASSES):
        if met(demands, places):
            return places
        missing = shortfalls(demands, places)
        extra += WEIGHT * (missing > 0)
        aimed = units.score.copy()
        for weight, one in zip(extra, demands, strict=True):
            if weight and one.is_group:
                aimed += weight * one.worth.rows(0, units.count, units.places)
        places = polish(units, aimed, places, order.tolist())
    return places if met(demands, places) else None

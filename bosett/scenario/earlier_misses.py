"""What the weeks ahead would be if arrivals missed their forecast as earlier ones did: drawn behind the fan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bosett.scenario.assumptions import ChainAssumptions
from bosett.scenario.weeks.plan import SimulationPlan
from bosett.scenario.weeks.sweep import ALL, Mapper, one_by_one, simulate
from bosett.scenario.weeks.thinning import Thinning
from bosett.scenario.workbench import Dials, Start, plan_of
from bosett.terms.errors import BadInput

TRIED = 5
"""So many sizes of arrivals are simulated, evenly spaced in their logarithm; the misses lie between them."""


def residents_if_missed(
    start: Start,
    ratios: Sequence[float],
    weeks: int,
    draws: int = 100,
    seed: int = 1,
    mapper: Mapper = one_by_one,
) -> tuple[tuple[int, ...], ...]:
    """Residents week by week in the middle draw, if arrivals came to each ratio of what is expected.

    Between the sizes that are simulated, residents are taken to follow arrivals in a straight line.

    Parameters
    ----------
    ratios
        Outcome over forecast, each above 0, in any order.

    Raises
    ------
    BadInput
        If a ratio is not above 0.
    """
    if not ratios:
        return ()
    if min(ratios) <= 0:
        raise BadInput(f"a ratio of {min(ratios):g}", "above 0")
    plan = plan_of(start, Dials(weeks=weeks), ChainAssumptions.shipped())
    sizes = np.unique(np.geomspace(min(ratios), max(ratios), TRIED))
    paths = np.array([_middle(_scaled(plan, float(size)), draws, seed, mapper) for size in sizes])
    found = [[float(np.interp(ratio, sizes, path)) for path in paths.T] for ratio in ratios]
    return tuple(tuple(round(one) for one in path) for path in found)


def _scaled(plan: SimulationPlan, factor: float) -> SimulationPlan:
    groups = (
        replace(one, arrivals_per_week=tuple(persons * factor for persons in one.arrivals_per_week))
        for one in plan.groups
    )
    return replace(plan, groups=tuple(groups))


def _middle(plan: SimulationPlan, draws: int, seed: int, mapper: Mapper) -> np.ndarray:
    residents = simulate(plan, draws, seed, Thinning.AUTO, mapper).row(("in_reception", ALL))
    middle: np.ndarray = np.median(residents, axis=1)
    return middle

"""Locks are kept at real sizes too, where the first answer comes from the linear programme."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks._placement_instances import Kind, instance
from bosett.placement.problem import Lock
from bosett.placement.solve import solve


@pytest.mark.parametrize("seed", range(3))
def test_whoever_is_locked_to_wait_waits_and_whoever_is_locked_to_a_place_has_it(seed: int) -> None:
    week = instance(Kind(households=139, municipalities=100, slack=3.0), seed)
    free = solve(week)
    placed = [one for one in free.assignments if one.municipality_id is not None]
    chosen = np.random.default_rng(seed).permutation(len(placed))
    waits = [placed[at].household_id for at in chosen[:8]]
    stays = [placed[at] for at in chosen[8:12]]
    locks = (
        *(Lock(home, None) for home in waits),
        *(Lock(one.household_id, one.municipality_id) for one in stays),
    )
    found = {one.household_id: one.municipality_id for one in solve(replace(week, locks=locks)).assignments}
    assert [found[home] for home in waits] == [None] * len(waits)
    assert [found[one.household_id] for one in stays] == [one.municipality_id for one in stays]

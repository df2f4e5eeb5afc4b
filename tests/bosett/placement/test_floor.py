"""The highest floor that every group can reach: equal to what listing all answers gives, and honest when time ends."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks._placement_instances import Kind, instance
from benchmarks.placement_brute import Listed, tiny
from bosett.placement.curve import fairness_curve
from bosett.placement.fairness import floor_demands, met
from bosett.placement.floor import highest_floor, no_such_floor
from bosett.placement.program import Limits
from bosett.placement.units import units_of
from bosett.terms.errors import NoAnswer


def by_listing(listed: Listed) -> float | None:
    """The largest X, 0 to 1, for which some answer gives each group X of its best, also of a best below 0."""
    least, most = np.zeros(len(listed.rows)), np.ones(len(listed.rows))
    for group, best in listed.bests().items():
        reached = listed.reached(group)
        if best > 0:
            most = np.minimum(most, reached / best)
        elif best < 0:
            least = np.maximum(least, reached / best)
        else:
            most[reached < 0] = -1.0
    possible = most[least <= most + 1e-9]
    return float(possible.max()) if len(possible) else None


def test_the_highest_floor_is_that_of_the_best_of_all_answers() -> None:
    found = 0
    for seed in range(120):
        problem = tiny(seed)
        listed = Listed(problem)
        if not len(listed.rows) or not any(one.group for one in problem.households):
            continue
        right = by_listing(listed)
        try:
            highest = highest_floor(problem, units_of(problem))
        except NoAnswer:
            assert right is None, seed
            continue
        assert right is not None, seed
        assert highest.floor == pytest.approx(right, abs=2e-6), seed
        assert highest.proven
        found += 1
    assert found > 50


def test_a_search_that_is_cut_off_gives_a_floor_that_is_reached_and_does_not_call_it_the_highest() -> None:
    problem = instance(Kind(60), 2)
    units = units_of(problem)
    highest = highest_floor(problem, units, Limits(effort=1))
    assert not highest.proven
    assert met(floor_demands(problem, units, highest.floor), highest.places)
    told = str(no_such_floor(problem, units, 1.0, Limits(effort=1)))
    assert "within the limits" in told
    assert "the highest floor" not in told


def test_every_point_of_a_curve_reaches_its_floor() -> None:
    curve = fairness_curve(instance(Kind(12, municipalities=6), 1), 4)
    assert [one.floor for one in curve] == sorted(one.floor for one in curve)
    for one in curve:
        assert one.worst_share is not None
        assert one.worst_share >= one.floor - 1e-6

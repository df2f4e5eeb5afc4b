"""Over time nobody is left out for a price, and a tight first answer by baskets keeps every rule."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bosett.placement.packed import packed_start
from bosett.placement.problem import Household, Municipality, Problem, ScoreTable
from bosett.placement.program import Limits
from bosett.placement.start import good_start
from bosett.placement.stream import stream
from bosett.placement.units import units_of


def year(seed: int, households: int, places: int, seats: int, batches: int) -> Problem:
    """Households of one to five persons, a few municipalities of the same size."""
    rng = np.random.default_rng(seed)
    arrival = np.sort(rng.integers(0, batches, households))
    homes = tuple(
        Household(f"h{row:03}", int(rng.integers(1, 6)), {}, arrival=int(arrival[row]))
        for row in range(households)
    )
    towns = tuple(Municipality(f"{1001 + one}", "m", {"persons": seats}) for one in range(places))
    ids, codes = tuple(one.household_id for one in homes), tuple(one.municipality_id for one in towns)
    return Problem(homes, towns, ScoreTable(ids, codes, np.round(rng.random((households, places)), 3)))


def test_a_unit_is_placed_whenever_there_is_room_however_dear_the_places_are_expected_to_be() -> None:
    now, busy = year(1, 20, 4, 40, 5), year(2, 300, 4, 40, 5)
    found = stream(now, busy)
    assert found.placed_persons == sum(one.persons for one in now.households)


def test_the_last_arrival_changed_changes_no_earlier_decision() -> None:
    now, earlier = year(3, 40, 5, 20, 8), year(4, 40, 5, 20, 8)
    last = max(one.arrival or 0 for one in now.households)
    homes = tuple(replace(one, persons=5) if one.arrival == last else one for one in now.households)
    for history in (earlier, None):
        one, other = stream(now, history), stream(replace(now, households=homes), history)
        before = [
            (a.municipality_id, b.municipality_id)
            for a, b in zip(one.decisions, other.decisions, strict=True)
            if a.decided_at < last
        ]
        assert before
        assert all(a == b for a, b in before)


def test_a_first_answer_by_baskets_places_no_fewer_persons_and_overfills_nothing() -> None:
    for seed in range(4):
        units = units_of(year(seed, 60, 9, 20, 1))
        first = good_start(units, (), take_losses=True, seed=0)
        found = packed_start(units, first, Limits())
        placed = units.persons[found.places >= 0].sum()
        assert placed >= units.persons[first.places >= 0].sum()
        assert (units.used(found.places) <= units.capacity).all()

"""Homes as places: a household to a home that fits, one household a home."""

from __future__ import annotations

import numpy as np

from bosett.placement.problem import Household, Municipality, Problem, ScoreTable
from bosett.placement.solve import solve


def homes(beds: list[int], persons: list[int]) -> Problem:
    households = tuple(Household(f"h{row}", size, {"homes": 1}) for row, size in enumerate(persons))
    places = tuple(
        Municipality(f"home{row}", "a home", {"persons": size, "homes": 1}) for row, size in enumerate(beds)
    )
    # Every household would rather have the largest home.
    scores = np.tile(np.array(beds, dtype=np.float64), (len(persons), 1))
    ids, codes = (tuple(one.household_id for one in households), tuple(one.municipality_id for one in places))
    return Problem(households, places, ScoreTable(ids, codes, scores))


def test_no_home_gets_two_households_though_beds_are_left() -> None:
    answer = solve(homes([6], [2, 3]))
    assert answer.placed_persons == 3


def test_a_family_gets_the_home_that_a_single_would_rather_have() -> None:
    # By hand: only the second home has five beds, so the family goes there and the singles to the others.
    answer = solve(homes([2, 5, 1], [1, 5, 1]))
    assert answer.by_household["h1"] == "home1"
    assert {answer.by_household["h0"], answer.by_household["h2"]} == {"home0", "home2"}


def test_a_family_larger_than_every_home_is_told_that_there_is_no_room() -> None:
    answer = solve(homes([2, 3], [4]))
    assert answer.placed_persons == 0
    assert [one.reason for one in answer.assignments] == ["no_capacity"]

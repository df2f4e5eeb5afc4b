"""Homes as places: a household to a home that fits, one household a home."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations, product

import numpy as np
import pytest

from bosett.placement.homes import share_homes, with_homes
from bosett.placement.problem import Household, Municipality, Problem, ScoreTable
from bosett.placement.solve import solve
from bosett.placement.verify_homes import HomeNeed, OfferedHome, fits, verify_homes


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


def town(rng: np.random.Generator) -> tuple[Problem, dict[str, HomeNeed], list[OfferedHome]]:
    """Two municipalities, four households; the first offers homes, the second offers some or none."""
    needs = {f"h{i}": HomeNeed(int(rng.integers(1, 4)), bool(rng.random() < 0.4)) for i in range(4)}
    homes = [
        OfferedHome(f"a{i}", "A", int(rng.integers(1, 5)), bool(rng.random() < 0.5))
        for i in range(int(rng.integers(1, 4)))
    ]
    homes += [OfferedHome("b0", "B", 2, step_free=False)] if rng.random() < 0.5 else []
    households = tuple(Household(one, int(rng.integers(1, 4))) for one in needs)
    places = (
        Municipality("A", "", {"persons": 8}),
        Municipality("B", "", {"persons": int(rng.integers(0, 5))}),
    )
    scores = ScoreTable(tuple(needs), ("A", "B"), rng.integers(0, 9, (4, 2)).astype(np.float64))
    return Problem(households, places, scores), needs, homes


def can_share(households: list[str], needs: dict[str, HomeNeed], homes: list[OfferedHome]) -> bool:
    """By trying every way."""
    return any(
        all(fits(home, needs[one]) for one, home in zip(households, chosen, strict=True))
        for chosen in permutations(homes, len(households))
    )


def best_by_trying(
    problem: Problem, needs: dict[str, HomeNeed], homes: list[OfferedHome]
) -> tuple[int, float]:
    found = []
    for choice in product((None, 0, 1), repeat=4):
        there = [[f"h{row}" for row, at in enumerate(choice) if at == place] for place in (0, 1)]
        size = {one.household_id: one.persons for one in problem.households}
        room = [8, problem.municipalities[1].capacities["persons"] or 0]
        if any(sum(size[one] for one in there[place]) > room[place] for place in (0, 1)):
            continue
        offered = [[one for one in homes if one.municipality_id == code] for code in ("A", "B")]
        if any(offered[place] and not can_share(there[place], needs, offered[place]) for place in (0, 1)):
            continue
        persons = sum(size[one] for one in (*there[0], *there[1]))
        score = sum(float(problem.scores.values[row, at]) for row, at in enumerate(choice) if at is not None)
        found.append((persons, score))
    return max(found)


@pytest.mark.parametrize("seed", range(120))
def test_the_answer_with_homes_is_the_best_that_trying_every_way_finds(seed: int) -> None:
    problem, needs, homes = town(np.random.default_rng(seed))
    answer = solve(with_homes(problem, needs, homes))
    assert (answer.placed_persons, answer.score) == best_by_trying(problem, needs, homes)
    given = share_homes(answer.by_household, needs, homes)
    assert verify_homes(answer.by_household, needs, homes, given) == ()


def test_the_smallest_homes_that_do_are_given_and_step_free_ones_are_left_for_those_who_need_them() -> None:
    needs = {"a": HomeNeed(1), "b": HomeNeed(1, step_free=True), "c": HomeNeed(3)}
    homes = [
        OfferedHome("large", "M", 5),
        OfferedHome("flat", "M", 1, step_free=True),
        OfferedHome("room", "M", 1),
        OfferedHome("house", "M", 3),
    ]
    given = share_homes(dict.fromkeys(needs, "M"), needs, homes)
    assert given == {"a": "room", "b": "flat", "c": "house"}


def test_a_household_that_somebody_places_by_hand_takes_no_home() -> None:
    problem, needs, homes = town(np.random.default_rng(1))
    by_hand = {one: need for one, need in needs.items() if one != "h0"}
    made = with_homes(problem, by_hand, homes)
    assert set(made.households[0].uses.values()) <= {0}


def test_each_way_of_sharing_homes_out_wrongly_is_named() -> None:
    needs = {"a": HomeNeed(1), "b": HomeNeed(2, step_free=True)}
    homes = [OfferedHome("x", "M", 1), OfferedHome("y", "M", 2, step_free=True), OfferedHome("z", "N", 2)]
    where: dict[str, str | None] = {"a": "M", "b": "M"}
    good = {"a": "x", "b": "y"}
    assert verify_homes(where, needs, homes, good) == ()
    wrong = {
        "home_given_twice": {"a": "y", "b": "y"},
        "home_does_not_fit": {"a": "y", "b": "x"},
        "home_is_elsewhere": {"a": "z", "b": "y"},
        "household_without_home": {"b": "y"},
    }
    for code, given in wrong.items():
        assert code in {one.code for one in verify_homes(where, needs, homes, given)}


def test_homes_change_nothing_where_no_municipality_offers_any() -> None:
    problem, needs, _homes = town(np.random.default_rng(2))
    assert replace(with_homes(problem, needs, []), scores=problem.scores).dimensions == ("persons",)

"""Wishes in turn: telling other wishes than the true ones never helps; who waits is told why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import numpy as np
import pytest

from benchmarks.placement_brute import OBJECTIVES, check, tiny
from bosett.placement.passed_over import passed_over
from bosett.placement.problem import Household, Municipality, Objective, Problem, ScoreTable, Wish
from bosett.placement.solve import solve
from bosett.terms.errors import NoAnswer


@pytest.mark.parametrize("kind", OBJECTIVES)
def test_of_tiny_instances_no_answer_is_better_than_the_one_given(kind: str) -> None:
    assert [fault for seed in range(20_000, 20_120) if (fault := check(seed, kind))] == []


def rank(truth: list[str], place: str | None) -> int:
    return truth.index(place) if place in truth else len(truth)


@pytest.mark.parametrize("seed", range(12))
def test_no_household_gains_by_telling_other_wishes_than_its_own(seed: int) -> None:
    problem = replace(tiny(seed), locks=())
    problem = replace(problem, households=tuple(replace(one, link="") for one in problem.households))
    liar = problem.household_ids[seed % len(problem.household_ids)]
    others = tuple(one for one in problem.wishes if one.household_id != liar)
    results: dict[tuple[str, ...], str | None] = {}
    for told in permutations(problem.municipality_ids):
        wishes = tuple(Wish(liar, place + 1, code) for place, code in enumerate(told))
        try:
            answer = solve(replace(problem, wishes=(*others, *wishes)), Objective.WISHES, score_floor=0.8)
        except NoAnswer:
            pytest.skip("an instance without an answer")
        results[told] = answer.by_household[liar]
    for truth, honest in results.items():
        assert all(rank(list(truth), honest) <= rank(list(truth), place) for place in results.values())


def test_who_waits_longest_is_told_why_a_later_household_was_placed() -> None:
    homes = (
        Household("early", 1, ready_since=date(2026, 1, 1)),
        Household("late", 1, ready_since=date(2026, 2, 1)),
    )
    table = ScoreTable(("early", "late"), ("1",), np.array([[1.0], [4.0]]))
    problem = Problem(homes, (Municipality("1", "m", {"persons": 1}),), table)
    (case,) = passed_over(problem, solve(problem))
    assert (case.household_id, case.by, case.reason, case.lost) == ("early", "late", "persons_or_score", 3.0)

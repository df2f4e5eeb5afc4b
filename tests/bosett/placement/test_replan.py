"""A changed problem is solved anew near what stood: as good as the best, and moving nobody without need."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from bosett.placement.problem import Household, Lock, Municipality, Objective, Problem, ScoreTable
from bosett.placement.replan import replan, settle, what_if_near
from bosett.placement.result import Placement
from bosett.placement.solve import solve
from bosett.placement.whatif import with_capacities, with_locks
from bosett.terms.errors import NoAnswer


def tiny(rng: np.random.Generator) -> Problem:
    """Five households and three municipalities; scores of few values, so that many answers are equal."""
    sizes = rng.integers(1, 4, 5)
    link = {0: "l", 1: "l"} if rng.random() < 0.3 else {}
    homes = tuple(Household(f"h{i}", int(n), link=link.get(i, "")) for i, n in enumerate(sizes))
    towns = tuple(Municipality(f"m{i}", "", {"persons": int(rng.integers(1, 7))}) for i in range(3))
    values = rng.integers(0, 4, (5, 3)).astype(np.float64)
    return Problem(homes, towns, ScoreTable(tuple(h.household_id for h in homes), ("m0", "m1", "m2"), values))


def every_answer(problem: Problem) -> list[tuple[int, float, dict[str, str | None]]]:
    """Persons, score and places of every answer that keeps the rules, by trying all."""
    found = []
    for choice in product((None, 0, 1, 2), repeat=len(problem.households)):
        where = {
            one.household_id: None if at is None else problem.municipality_ids[at]
            for one, at in zip(problem.households, choice, strict=True)
        }
        used = dict.fromkeys(problem.municipality_ids, 0)
        for one in problem.households:
            place = where[one.household_id]
            if place is not None:
                used[place] += one.persons
        together: dict[str, set[str | None]] = {}
        for one in problem.households:
            together.setdefault(one.link or one.household_id, set()).add(where[one.household_id])
        if any(len(places) > 1 for places in together.values()):
            continue
        if any(used[m.municipality_id] > (m.capacities["persons"] or 0) for m in problem.municipalities):
            continue
        if any(where[lock.household_id] != lock.municipality_id for lock in problem.locks):
            continue
        persons = sum(one.persons for one in problem.households if where[one.household_id])
        score = sum(float(problem.scores.values[row, at]) for row, at in enumerate(choice) if at is not None)
        found.append((persons, score, where))
    return found


def moves(placement: Placement, where: dict[str, str | None]) -> int:
    before = placement.by_household
    return sum(before[one] != place for one, place in where.items())


@pytest.mark.parametrize("seed", range(150))
def test_the_new_answer_is_a_best_one_and_of_the_best_it_moves_fewest(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = tiny(rng)
    stood = solve(problem)
    if rng.random() < 0.5:
        changed = with_capacities(problem, {(f"m{rng.integers(3)}", "persons"): int(rng.integers(0, 8))})
    else:
        changed = with_locks(problem, [Lock("h4", f"m{rng.integers(3)}")])
    answers = every_answer(changed)
    if not answers:
        with pytest.raises(NoAnswer):
            replan(stood, changed)
        return
    again = replan(stood, changed)
    best = max((persons, score) for persons, score, _ in answers)
    equal = [where for persons, score, where in answers if (persons, score) == best]
    assert (again.placed_persons, again.score) == best
    assert moves(stood, again.by_household) == min(moves(stood, where) for where in equal)


def test_where_nothing_changed_nobody_moves() -> None:
    stood = solve(tiny(np.random.default_rng(3)))
    assert replan(stood, stood.problem).by_household == stood.by_household


def test_the_bound_holds_for_the_changed_problem() -> None:
    for seed in range(40):
        problem = tiny(np.random.default_rng(seed))
        changed = with_capacities(problem, {("m0", "persons"): 9})
        again = replan(solve(problem), changed)
        best = max((persons, score) for persons, score, _ in every_answer(changed))
        assert again.levels[0].bound >= best[0]
        assert again.score_bound >= best[1] - 1e-6


def test_the_difference_is_that_of_the_change_also_where_what_stood_was_not_best() -> None:
    # By hand: two households of one person, each alone in the municipality that the other would rather have.
    homes = (Household("a", 1), Household("b", 1))
    towns = tuple(Municipality(code, "", {"persons": 1}) for code in ("m0", "m1", "m2"))
    scores = ScoreTable(("a", "b"), ("m0", "m1", "m2"), np.array([[1.0, 5.0, 0.0], [5.0, 1.0, 0.0]]))
    problem = Problem(homes, towns, scores)
    swapped = solve(with_locks(problem, [Lock("a", "m0"), Lock("b", "m1")]))
    stood = replace(swapped, problem=problem, proven=False)
    told = what_if_near(stood, with_capacities(problem, {("m2", "persons"): 2}))
    assert dict(told.gained)["score"] == 0


def test_wishes_are_solved_as_a_whole() -> None:
    problem = tiny(np.random.default_rng(5))
    stood = solve(problem, Objective.WISHES)
    assert replan(stood, problem).by_household == stood.by_household


@pytest.mark.parametrize("seed", range(60))
def test_a_new_run_is_as_good_and_of_equal_ones_moves_fewest_from_what_was_proposed(seed: int) -> None:
    rng = np.random.default_rng(seed)
    before = {one: f"m{rng.integers(3)}" for one in ("h0", "h1", "h2", "h3")}
    found = solve(tiny(rng))
    kept = settle(found, before)
    assert (kept.placed_persons, kept.score) == (found.placed_persons, found.score)
    answers = every_answer(found.problem)
    equal = [
        where for persons, score, where in answers if (persons, score) == (found.placed_persons, found.score)
    ]
    # A linked household counts with its partner: a unit moves as one.
    assert sum(kept.by_household[one] != place for one, place in before.items()) <= min(
        sum(where[one] != place for one, place in before.items()) for where in equal
    ) + sum(bool(one.link) for one in found.problem.households)

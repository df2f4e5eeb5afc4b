"""The exact placement: what it promises, against every possible answer of tiny instances."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bosett.placement.problem import Household, Lock, Municipality, Objective, Problem, ScoreTable
from bosett.placement.program import Limits
from bosett.placement.result import RuleBroken, Unplaced, used_places
from bosett.placement.solve import solve
from bosett.terms.errors import BadInput, NoAnswer
from tests.bosett.placement.instances import best_by_trying, tiny

SEEDS = range(40)


def small(capacity: int, persons: list[int], scores: list[list[float]], **kinds: object) -> Problem:
    households = tuple(Household(f"h{row}", size) for row, size in enumerate(persons))
    places = tuple(Municipality(f"{row}", "m", {"persons": capacity}) for row in range(len(scores[0])))
    ids = tuple(one.household_id for one in households)
    codes = tuple(one.municipality_id for one in places)
    return replace(Problem(households, places, ScoreTable(ids, codes, np.array(scores))), **kinds)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_answer_is_better_than_the_one_given(seed: int) -> None:
    problem = tiny(seed, locks=seed % 3 == 0)
    answer = solve(problem)
    assert answer.proven
    assert [level.value for level in answer.levels] == pytest.approx(best_by_trying(problem), abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_by_score_alone_no_answer_scores_more(seed: int) -> None:
    problem = tiny(seed)
    answer = solve(problem, Objective.SCORE)
    assert answer.score == pytest.approx(best_by_trying(problem, score_only=True)[0], abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_bound_lies_at_or_above_the_best_answer(seed: int) -> None:
    problem = tiny(seed)
    best = best_by_trying(problem)
    for level, value in zip(solve(problem).levels, best, strict=True):
        assert level.bound >= value - 1e-6


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), order=st.integers(0, 10_000))
def test_the_order_of_rows_changes_nothing(seed: int, order: int) -> None:
    straight, shuffled = solve(tiny(seed)), solve(tiny(seed, order=order))
    assert straight.assignments == shuffled.assignments
    assert straight.prices == shuffled.prices
    assert straight.certificates == shuffled.certificates


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_no_capacity_is_exceeded_and_no_excluded_pair_is_used(seed: int) -> None:
    problem = tiny(seed)
    answer = solve(problem)
    used = used_places(problem, answer.by_household)
    for place in problem.municipalities:
        for name, capacity in place.capacities.items():
            assert capacity is None or used.get((place.municipality_id, name), 0) <= capacity
    for household, here in answer.by_household.items():
        assert here is None or problem.rules.codes(household, here) == ()


def test_everybody_is_placed_before_the_score_counts() -> None:
    # Alone the first household would take all places for 100 points; two smaller ones hold more persons.
    problem = small(4, [3, 2, 2], [[100.0], [1.0], [1.0]])
    assert solve(problem).placed_persons == 4
    assert solve(problem, Objective.SCORE).score == 100.0


def test_a_household_that_is_only_a_loss_stays_unplaced_when_the_score_alone_counts() -> None:
    answer = solve(small(4, [1, 1], [[2.0], [-1.0]]), Objective.SCORE)
    assert [one.reason for one in answer.assignments] == [None, Unplaced.NOT_WORTH_IT]
    assert solve(small(4, [1, 1], [[2.0], [-1.0]])).placed_persons == 2


def test_each_unplaced_household_gets_its_own_reason() -> None:
    problem = small(2, [2, 1, 3], [[5.0], [1.0], [1.0]], locks=(Lock("h1", None),))
    reasons = {one.household_id: one.reason for one in solve(problem).assignments}
    assert reasons == {"h0": None, "h1": Unplaced.LOCKED_OUT, "h2": Unplaced.NO_CAPACITY}


@pytest.mark.parametrize(
    ("locks", "rule"),
    [
        ((Lock("h0", "0"), Lock("h0", "1")), "conflicting_locks"),
        ((Lock("h2", "0"),), "lock_not_fitting"),
        ((Lock("h0", "0"), Lock("h1", "0")), "locks_overfill"),
    ],
)
def test_locks_that_cannot_be_kept_are_named(locks: tuple[Lock, ...], rule: str) -> None:
    problem = small(2, [2, 1, 3], [[5.0, 1.0], [1.0, 1.0], [1.0, 1.0]], locks=locks)
    with pytest.raises(NoAnswer) as refused:
        solve(problem)
    assert refused.value.rule == rule


def test_the_price_of_a_full_place_is_what_one_more_place_is_worth() -> None:
    # One place, two single persons worth 5 and 3 there and 0 elsewhere: one more place is worth 3.
    problem = small(1, [1, 1], [[5.0, 0.0], [3.0, 0.0]])
    price = {one.municipality_id: one.price for one in solve(problem).prices}
    assert 3.0 <= price["0"] <= 5.0
    assert price["1"] == 0.0


def test_effort_ends_the_search_the_same_way_each_time() -> None:
    problem = tiny(11)
    first, second = (solve(problem, limits=Limits(effort=1), seed=7) for _ in range(2))
    assert first.assignments == second.assignments
    assert first.certificates == second.certificates


@pytest.mark.parametrize("seed", range(8))
def test_a_gap_gives_up_score_but_never_persons_and_is_not_called_proven(seed: int) -> None:
    problem = tiny(seed)
    best, rough = solve(problem), solve(problem, limits=Limits(gap=0.5))
    assert rough.placed_persons == best.placed_persons
    assert rough.solver_bound >= best.score - 1e-6
    assert not rough.proven or rough.score == pytest.approx(best.score)


def test_a_time_limit_needs_a_clock_and_always_gives_an_answer_that_keeps_the_rules() -> None:
    with pytest.raises(ValueError, match="needs a clock"):
        Limits(time_limit_s=1.0)
    ticks = iter(range(0, 10_000, 100))
    answer = solve(tiny(12), limits=Limits(time_limit_s=1.0, clock=lambda: float(next(ticks))))
    assert answer.placed_persons >= 0


def test_an_answer_that_breaks_a_rule_cannot_be_built() -> None:
    answer = solve(small(1, [1, 1], [[5.0], [3.0]]))
    filled = tuple(replace(one, municipality_id="0", score=1.0, reason=None) for one in answer.assignments)
    with pytest.raises(RuleBroken, match="more persons than 1"):
        replace(answer, assignments=filled)


def test_an_allowed_pair_without_a_score_is_refused() -> None:
    with pytest.raises(BadInput, match="no score for h0"):
        small(1, [1], [[float("nan")]])


def test_a_household_given_twice_is_refused() -> None:
    twice = (Household("a", 1), Household("a", 1))
    with pytest.raises(BadInput, match="each identifier once"):
        Problem(twice, (Municipality("0", "m", {"persons": 1}),), ScoreTable(("a",), ("0",), np.ones((1, 1))))

"""Tiny instances at random, and the best answer found by trying every one."""

from __future__ import annotations

from itertools import product

import numpy as np

from bosett.placement.problem import (
    BlockTable,
    Exclusion,
    Household,
    Lock,
    Municipality,
    Problem,
    ScoreTable,
)


def tiny(seed: int, *, locks: bool = False, order: int | None = None) -> Problem:
    """Up to six households, three municipalities, two dimensions, links, tiers and exclusions.

    `order` shuffles the rows of every table without changing what they say.
    """
    rng = np.random.default_rng(seed)
    count = int(rng.integers(2, 7))
    households = [
        Household(
            f"h{row}",
            int(rng.integers(1, 5)),
            {"school": int(rng.integers(0, 3))},
            tier=int(rng.integers(1, 3)),
            link="pair" if row < 2 and rng.random() < 0.5 else "",
        )
        for row in range(count)
    ]
    municipalities = [
        Municipality(
            f"{1000 + place}",
            f"m{place}",
            {"persons": int(rng.integers(0, 7)), "school": None if place == 0 else int(rng.integers(0, 4))},
        )
        for place in range(3)
    ]
    ids = [one.household_id for one in households]
    codes = [one.municipality_id for one in municipalities]
    scores = np.round(rng.normal(2, 3, (count, 3)), 2)
    exclusions = [Exclusion(h, m, "needs") for h, m in product(ids, codes) if rng.random() < 0.15]
    lock = (Lock(ids[-1], None),) if locks else ()
    if order is not None:
        shuffle = np.random.default_rng(order)
        rows, places = shuffle.permutation(count), shuffle.permutation(3)
        households = [households[row] for row in shuffle.permutation(count)]
        municipalities = [municipalities[place] for place in shuffle.permutation(3)]
        scores = scores[np.ix_(rows, places)]
        ids, codes = [ids[row] for row in rows], [codes[place] for place in places]
    return Problem(
        tuple(households),
        tuple(municipalities),
        ScoreTable(tuple(ids), tuple(codes), scores),
        BlockTable.of(exclusions, ids, codes),
        lock,
    )


def best_by_trying(problem: Problem, *, score_only: bool = False) -> tuple[float, ...]:
    """Level values of the best of all answers that keep the rules, straight from the definitions."""
    places = [None, *problem.municipality_ids]
    answers = (
        levels_of(problem, choice, score_only=score_only)
        for choice in product(places, repeat=len(problem.households))
        if keeps_rules(problem, choice)
    )
    return max(answers)


def keeps_rules(problem: Problem, choice: tuple[str | None, ...]) -> bool:
    where = dict(zip(problem.household_ids, choice, strict=True))
    for household, place in where.items():
        if place is not None and problem.rules.codes(household, place):
            return False
    if any(where[lock.household_id] != lock.municipality_id for lock in problem.locks):
        return False
    linked = {where[one.household_id] for one in problem.households if one.link}
    if len(linked) > 1:
        return False
    for place in problem.municipalities:
        here = [one for one in problem.households if where[one.household_id] == place.municipality_id]
        for name, capacity in place.capacities.items():
            if capacity is not None and sum(one.use(name) for one in here) > capacity:
                return False
    return True


def levels_of(problem: Problem, choice: tuple[str | None, ...], *, score_only: bool) -> tuple[float, ...]:
    pair_tier = min((one.tier for one in problem.households if one.link), default=1)
    persons: dict[int, int] = {}
    score = 0.0
    for row, place in enumerate(choice):
        household = problem.households[row]
        tier = pair_tier if household.link else household.tier
        persons.setdefault(tier, 0)
        if place is not None:
            persons[tier] += household.persons
            score += float(problem.scores.values[row, problem.municipality_ids.index(place)])
    score = round(score, 6)
    return (score,) if score_only else (*(float(persons[tier]) for tier in sorted(persons)), score)

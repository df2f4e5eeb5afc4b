"""How long an exact week takes: `python -m benchmarks.placement` prints the table kept in docs/rooms/placement.md."""

from __future__ import annotations

import sys
import time

import numpy as np

from bosett.placement.problem import BlockTable, Household, Municipality, Problem, ScoreTable
from bosett.placement.program import Limits
from bosett.placement.solve import solve

MUNICIPALITIES = 357
SIZES = (1, 1, 1, 2, 2, 3, 4, 5, 6)


def week(households: int, slack: float, seed: int) -> Problem:
    """Households of one to six persons, places spread very unevenly, one pair in ten excluded."""
    rng = np.random.default_rng(seed)
    persons = rng.choice(SIZES, households)
    listed = tuple(
        Household(f"h{row:05}", int(persons[row]), link=f"l{row // 2}" if row < households * 0.06 else "")
        for row in range(households)
    )
    weight = rng.lognormal(0, 1.1, MUNICIPALITIES)
    places = np.floor(weight / weight.sum() * persons.sum() * slack + rng.random(MUNICIPALITIES)).astype(int)
    places[places.argmax()] += max(0, int(np.ceil(persons.sum() * slack)) - int(places.sum()))
    codes = tuple(f"{place:04}" for place in range(MUNICIPALITIES))
    scores = (rng.random(MUNICIPALITIES) + rng.random((households, MUNICIPALITIES))) * persons[:, None]
    ids = tuple(one.household_id for one in listed)
    bits = (rng.random(scores.shape) < 0.1).astype(np.uint64)
    towns = tuple(
        Municipality(code, code, {"persons": int(n)}) for code, n in zip(codes, places, strict=True)
    )
    table = ScoreTable(ids, codes, np.round(scores, 1))
    return Problem(listed, towns, table, BlockTable(("needs",), ids, codes, bits))


def main() -> None:
    """Print one row a run."""
    print("| households | stop at gap | seconds | placed persons | of | score | certified gap | proven |")
    print("|---|---|---|---|---|---|---|---|")
    for households, gap in ((100, 0.0), (200, 0.0), (400, 0.005), (400, 0.0), (800, 0.005)):
        problem = week(households, 1.1, seed=3)
        started = time.perf_counter()
        answer = solve(problem, limits=Limits(gap=gap))
        seconds = time.perf_counter() - started
        persons = sum(one.persons for one in problem.households)
        print(
            f"| {households} | {gap} | {seconds:.1f} | {answer.placed_persons} | {persons} | {answer.score:.1f} "
            f"| {answer.gap:.2%} | {'yes' if answer.proven else 'no'} |"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()

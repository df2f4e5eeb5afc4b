"""Tiny instances against every possible answer: `./run bench placement_brute [HOW MANY] [OBJECTIVE ...]`.

Each has up to five households, three municipalities, three dimensions, links, locks, tiers, groups, ties in
score and households that fit nowhere.  The best answer is found by listing all of them.
"""

from __future__ import annotations

import itertools
import sys
import time
from datetime import date, timedelta

import numpy as np

from bosett.placement.problem import (
    BlockTable,
    Exclusion,
    Household,
    Lock,
    Municipality,
    Objective,
    Problem,
    ScoreTable,
    Wish,
)
from bosett.placement.solve import solve
from bosett.terms.errors import NoAnswer

TOLERANCE = 1e-6
OBJECTIVES = ("placed-first", "score", "fairness", "wishes")


def tiny(seed: int) -> Problem:
    """One instance."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(2, 6))
    link = [f"l{rng.integers(0, 2)}" if rng.random() < 0.4 else "" for _ in range(count)]
    households = tuple(
        Household(
            f"h{row}", int(rng.integers(1, 5)),
            {"school": int(rng.integers(0, 3)), "health": int(rng.integers(0, 2))},
            tier=int(rng.integers(1, 3)), group=str(rng.choice(["", "a", "b"])), link=link[row],
            ready_since=date(2026, 1, 1) + timedelta(days=int(rng.integers(0, 4))),
        )
        for row in range(count)
    )  # fmt: skip
    towns = tuple(
        Municipality(
            f"{1000 + place}", "m",
            {
                "persons": int(rng.integers(0, 8)),
                "school": None if rng.random() < 0.3 else int(rng.integers(0, 4)),
                "health": int(rng.integers(0, 3)),
            },
        )
        for place in range(3)
    )  # fmt: skip
    ids, codes = [one.household_id for one in households], [one.municipality_id for one in towns]
    draw = rng.integers(-2, 5, (count, 3)) * 1.0 if rng.random() < 0.5 else rng.normal(2, 2, (count, 3))
    out = [Exclusion(h, m, "needs") for h in ids for m in codes if rng.random() < 0.15]
    locks = tuple(
        Lock(one, None if rng.random() < 0.4 else str(rng.choice(codes)))
        for one in ids
        if rng.random() < 0.12
    )
    wishes = tuple(
        Wish(one, rank + 1, codes[place])
        for one in ids
        if rng.random() < 0.7
        for rank, place in enumerate(rng.permutation(3)[: rng.integers(1, 4)])
    )
    table = ScoreTable(tuple(ids), tuple(codes), np.round(draw, 3))
    return Problem(households, towns, table, BlockTable.of(out, ids, codes), locks, wishes)


class Listed:
    """Every answer of an instance that keeps the rules, as rows of places (-1 = unplaced)."""

    def __init__(self, problem: Problem) -> None:
        count, towns = len(problem.households), problem.municipalities
        rows = np.array(list(itertools.product(range(-1, len(towns)), repeat=count)))
        keep = np.ones(len(rows), dtype=bool)
        for a, b in itertools.combinations(range(count), 2):
            one, other = problem.households[a], problem.households[b]
            if one.link and one.link == other.link:
                keep &= rows[:, a] == rows[:, b]
        for a in range(count):
            for place in range(len(towns)):
                if problem.rules.bits[a, place]:
                    keep &= rows[:, a] != place
        for lock in problem.locks:
            place = (
                -1 if lock.municipality_id is None else problem.municipality_ids.index(lock.municipality_id)
            )
            keep &= rows[:, problem.household_ids.index(lock.household_id)] == place
        for place, town in enumerate(towns):
            for name, held in town.capacities.items():
                use = np.array([one.use(name) for one in problem.households])
                if held is not None:
                    keep &= ((rows == place) * use).sum(axis=1) <= held
        self.problem, self.rows = problem, rows[keep]
        own = np.take_along_axis(
            np.c_[problem.scores.values, np.zeros(count)][None].repeat(len(self.rows), 0),
            np.where(self.rows < 0, len(towns), self.rows)[..., None], axis=2,
        )[..., 0]  # fmt: skip
        self.own, self.score = own, own.sum(axis=1)

    def tiers(self) -> list[np.ndarray]:
        """Persons placed in each tier, of each answer; a link has the best tier of its households."""
        homes = self.problem.households
        best = [min([h.tier for h in homes if h.link and h.link == one.link] or [one.tier]) for one in homes]
        persons = np.array([one.persons for one in homes]) * (self.rows >= 0)
        return [(persons * (np.array(best) == tier)).sum(axis=1) for tier in sorted(set(best))]

    def fair(self, floor: float) -> np.ndarray:
        """Answers in which every group reaches the floor."""
        keep = np.ones(len(self.rows), dtype=bool)
        for group, most in self.bests().items():
            keep &= self.reached(group) >= floor * most - TOLERANCE
        return keep

    def reached(self, group: str) -> np.ndarray:
        """The group's score in each answer."""
        return self.own[:, [one.group == group for one in self.problem.households]].sum(axis=1)

    def bests(self) -> dict[str, float]:
        """B_g from the definition."""
        homes, found = self.problem.households, {}
        for row, one in enumerate(homes):
            unit = [r for r, h in enumerate(homes) if r == row or (h.link and h.link == one.link)]
            fits = [
                place for place, town in enumerate(self.problem.municipalities)
                if not any(self.problem.rules.bits[r, place] for r in unit)
                and all(c is None or sum(homes[r].use(n) for r in unit) <= c for n, c in town.capacities.items())
            ]  # fmt: skip
            if one.group:
                best = max((self.problem.scores.values[row, place] for place in fits), default=0.0)
                found[one.group] = found.get(one.group, 0.0) + float(best)
        return found

    def best(self, keep: np.ndarray, *, tiers: bool) -> tuple[float, ...] | None:
        """Level values of the best answer among those kept."""
        if not keep.any():
            return None
        found = []
        for value in [*(self.tiers() if tiers else []), self.score]:
            found.append(float(value[keep].max()))
            keep = keep & (value >= found[-1] - TOLERANCE)
        return tuple(found)


def wishes_by_listing(listed: Listed, floor: float | None) -> tuple[dict[str, str | None], float]:
    """What each wishing unit gets in its turn, and the highest score after all turns."""
    problem, keep = listed.problem, np.ones(len(listed.rows), dtype=bool)
    for value in listed.tiers():
        keep &= value >= value[keep].max()
    best = float(listed.score[keep].max())
    if floor is not None:
        keep &= listed.score >= min(best, floor * best) - TOLERANCE
    units: dict[str, list[int]] = {}
    for row, one in enumerate(problem.households):
        units.setdefault(f"link {one.link}" if one.link else one.household_id, []).append(row)
    turns = []
    locked = {lock.household_id for lock in problem.locks}
    for rows in units.values():
        homes = sorted(
            (problem.households[r] for r in rows), key=lambda h: (h.tier, h.ready_since, h.household_id)
        )
        wishing = [h for h in homes if any(w.household_id == h.household_id for w in problem.wishes)]
        if wishing and not locked & {h.household_id for h in homes}:
            wished = sorted(
                (w.rank, w.municipality_id)
                for w in problem.wishes
                if w.household_id == wishing[0].household_id
            )
            turns.append(((homes[0].tier, homes[0].ready_since, homes[0].household_id), rows[0], wished))
    got: dict[str, str | None] = {}
    for _, row, wished in sorted(turns):
        for _, code in wished:
            there = keep & (listed.rows[:, row] == problem.municipality_ids.index(code))
            if there.any():
                keep, got[problem.household_ids[row]] = there, code
                break
    return got, float(listed.score[keep].max())


def check(seed: int, kind: str) -> str | None:
    """What is wrong with the answer to one instance; None = it is the best of all."""
    problem = tiny(seed)
    listed = Listed(problem)
    rng = np.random.default_rng(seed + 1)
    floor = float(np.round(rng.uniform(0, 0.9), 2))
    keep = listed.fair(floor) if kind == "fairness" else np.ones(len(listed.rows), dtype=bool)
    right = listed.best(keep, tiers=kind != "score")
    objective = Objective("placed-first" if kind == "fairness" else kind)
    try:
        if kind == "wishes":
            answer = solve(problem, objective, score_floor=floor)
        else:
            answer = solve(problem, objective, fairness_floor=floor if kind == "fairness" else None)
    except NoAnswer as none:
        return None if right is None else f"{seed} {kind}: no answer told ({none}), but {right} is possible"
    if right is None:
        return f"{seed} {kind}: an answer where none is possible"
    if any(level.bound < best - 1e-6 for level, best in zip(answer.levels, right, strict=True)):
        return f"{seed} {kind}: a bound below the best answer"
    if kind == "wishes":
        got, score = wishes_by_listing(listed, floor)
        where = answer.by_household
        same = all(where[one] == place for one, place in got.items()) and abs(answer.score - score) < 1e-5
        return None if same else f"{seed} wishes: {where} {answer.score}, by listing {got} {score}"
    told = [level.value for level in answer.levels]
    same = answer.proven and all(abs(a - b) < 1e-5 for a, b in zip(told, right, strict=True))
    return None if same else f"{seed} {kind}: told {told}, by listing {right}, proven {answer.proven}"


def main(arguments: list[str]) -> int:
    """Check as many instances as asked for each objective; exit 1 when one is wrong."""
    many = int(arguments[0]) if arguments else 10_000
    wrong = 0
    for kind in arguments[1:] or OBJECTIVES:
        started, faults = time.perf_counter(), []
        for seed in range(many):
            fault = check(seed, kind)
            if fault:
                faults.append(fault)
        for fault in faults[:5]:
            print(fault)
        print(
            f"{kind}: {many} instances, {len(faults)} wrong, {time.perf_counter() - started:.0f} s",
            flush=True,
        )
        wrong += len(faults)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

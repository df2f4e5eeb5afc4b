"""What people ask of a placement that stands: `./run bench placement_answers [--seeds N] [--only PART ...] [--write]`.

An override, a household that waits, a withdrawal and new places on a week that is proven best: seconds near
the answer that stands, and the same change solved anew as a whole, so that the price told is held against the
true one.  Then one household's reasons in words, and the price of ten floors under the worst group.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks._placement_instances import Kind, instance
from benchmarks._report import tell
from bosett.placement.curve import fairness_curve
from bosett.placement.explain import explain
from bosett.placement.problem import Lock, Problem
from bosett.placement.program import Limits
from bosett.placement.reasons import Language, for_caseworker, for_household
from bosett.placement.replan import what_if_near
from bosett.placement.result import Placement
from bosett.placement.solve import solve
from bosett.placement.units import units_of
from bosett.placement.whatif import with_capacities, with_locks

EXACT = 1e-4
"""Share of the score within which a price counts as exact."""
SIZES = {"small": Kind(40, municipalities=40), "week-200": Kind(200), "week-400": Kind(400)}
CURVES = {"100 households on 357": Kind(100), "200 households on 357": Kind(200)}
CURVE_SECONDS = 5.5
"""Seconds a floor may take, so that eleven answers fit in a minute."""


@dataclass(frozen=True)
class Asked:
    """One change: seconds near, and how the price told differs from the true one.

    Parameters
    ----------
    persons
        Persons that the answer near it places too few.
    off
        Difference of the scores as a share, where as many persons are placed; None where not.
    """

    kind: str
    seconds: float
    processor: float
    persons: float
    off: float | None
    sure: bool


def changes(problem: Problem, stood: Placement, each: int, seed: int) -> Iterator[tuple[str, Problem]]:
    """Changes drawn at random: to another municipality that fits, waiting, a withdrawal, three places more."""
    rng, units = np.random.default_rng(seed), units_of(problem)
    held = [unit for unit in rng.permutation(units.count).tolist() if units.fitting[unit].sum() > 1]
    where = stood.by_household
    for unit in held[:each]:
        name = problem.household_ids[units.members[unit][0]]
        fits = [problem.municipality_ids[place] for place in np.flatnonzero(units.fitting[unit])]
        other = str(rng.choice([one for one in fits if one != where[name]]))
        yield "override", with_locks(problem, [Lock(name, other)])
        yield "waits", with_locks(problem, [Lock(name, None)])
    used = sorted({place for place in where.values() if place is not None})
    for code in rng.choice(used, each, replace=False).tolist():
        yield "withdrawal", with_capacities(problem, {(code, "persons"): 0})
        town = problem.municipalities[problem.municipality_ids.index(code)]
        more = (town.capacities["persons"] or 0) + 3
        yield "three places more", with_capacities(problem, {(code, "persons"): more})


def ask(kind: str, stood: Placement, changed: Problem) -> Asked:
    """The answer near the one that stands, and the best there is."""
    began, worked = time.perf_counter(), time.process_time()
    near = what_if_near(stood, changed).placement
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    best = solve(changed)
    persons = float(best.placed_persons - near.placed_persons)
    off = (best.score - near.score) / abs(best.score) if persons == 0 else None
    return Asked(kind, seconds, worked, persons, off, best.proven and stood.proven)


def asked_lines(name: str, seeds: int, each: int) -> list[str]:
    """One row for each kind of change."""
    runs: list[Asked] = []
    for seed in range(1, seeds + 1):
        problem = instance(SIZES[name], seed)
        stood = solve(problem)
        runs += [ask(kind, stood, changed) for kind, changed in changes(problem, stood, each, seed)]
    found = []
    for kind in dict.fromkeys(one.kind for one in runs):
        mine = [one for one in runs if one.kind == kind]
        off = [one.off for one in mine if one.off is not None]
        seconds, worked = [one.seconds for one in mine], [one.processor for one in mine]
        exact = sum(one.off is not None and one.off <= EXACT for one in mine)
        worst = f"{max(off):.3%}" if off else "none"
        found.append(
            f"| {name} | {kind} | {len(mine)} | {np.median(seconds):.2f} / {max(seconds):.2f} |"
            f" {np.median(worked):.2f} / {max(worked):.2f} | {exact} |"
            f" {worst} | {sum(one.persons > 0 for one in mine)} | {sum(one.sure for one in mine)} |"
        )
    return found


def reasons_line(seeds: int) -> str:
    """Milliseconds for one household's reasons, in three languages for the caseworker and the household."""
    taken = []
    for seed in range(1, seeds + 1):
        problem = instance(Kind(200), seed)
        stood = solve(problem)
        names = dict.fromkeys(problem.municipality_ids, "Sted")
        for household in problem.household_ids[::10]:
            began = time.perf_counter()
            why = explain(problem, stood, household)
            for language in (Language.NB, Language.NN, Language.EN):
                for_caseworker(why, names, language)
                for_household(why, names, language)
            taken.append(1000 * (time.perf_counter() - began))
    told = f"{np.median(taken):.1f} ms, worst {max(taken):.1f} ms ({len(taken)} households)"
    return f"One household's reasons at 357 municipalities, in three languages: {told}."


def curve_line(name: str, seeds: int) -> str:
    """Seconds for ten floors, and what the highest of them costs."""
    seconds, busy, prices, missing = [], [], [], 0
    for seed in range(1, seeds + 1):
        problem = instance(CURVES[name], seed)
        began, worked = time.perf_counter(), time.process_time()
        found = fairness_curve(
            problem, 10, limits=Limits(time_limit_s=CURVE_SECONDS, clock=time.perf_counter)
        )
        seconds.append(time.perf_counter() - began)
        busy.append(time.process_time() - worked)
        missing += sum(one.score is None for one in found)
        prices.append(max(one.price or 0.0 for one in found))
    told = f"{np.median(seconds):.1f} s, worst {max(seconds):.1f} s, of the processor {max(busy):.1f} s ({seeds} seeds)"
    dear = f"the dearest floor costs {max(prices):.2%} of the score"
    return f"Ten floors, {name}: {told}; {dear}; floors without an answer: {missing}."


def main() -> None:
    """Print the table, and write it when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--each", type=int, default=5, help="changes of a kind on each seed")
    parts = [*SIZES, "reasons", *CURVES]
    parser.add_argument("--only", nargs="*", choices=parts, default=parts)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    text = [
        "| instance | change | cases | seconds, median / worst | processor seconds |"
        " price within 0.01 % | worst otherwise | too few persons | both proven |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name in [one for one in SIZES if one in arguments.only]:
        text += asked_lines(name, arguments.seeds, arguments.each)
        print("\n".join(text), flush=True)
    text.append("")
    if "reasons" in arguments.only:
        text.append(reasons_line(arguments.seeds))
    text += [curve_line(name, arguments.seeds) for name in CURVES if name in arguments.only]
    tell("placement-answers", text, write=arguments.write)


if __name__ == "__main__":
    main()

"""Placement on synthetic instances: `./run bench placement [--seeds N] [--only NAME ...] [--write]`.

Each row is one kind of instance; beside Bosett run plain HiGHS (the whole programme at once, with the same
seconds), greedy and random, in the same process.  The table is kept in docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from benchmarks._placement_instances import Kind, instance
from benchmarks._report import tell
from bosett.placement.greedy import greedy_start
from bosett.placement.pricing import price_level
from bosett.placement.problem import Problem
from bosett.placement.program import Limits, Pairs, solve_whole
from bosett.placement.result import Placement
from bosett.placement.solve import solve
from bosett.placement.units import Ints, Units, units_of
from bosett.placement.worth import Demand

PLAIN_PAIRS = 400_000


@dataclass(frozen=True)
class Row:
    """A kind of instance, its limits, and the target it is measured against."""

    kind: Kind
    seconds: float
    target: str


ROWS = {
    "week 200": Row(Kind(200), 30, "proven in 2 s"),
    "week 400": Row(Kind(400), 30, "proven in 5 s"),
    "week 800": Row(Kind(800), 15, "proven in 15 s"),
    "month 750, three capacities, tight": Row(Kind(750, slack=0.02, dimensions=3), 15, "15 s"),
    "year 9000, three capacities": Row(Kind(9000, slack=0.05, dimensions=3), 30, "0.10 % in 30 s"),
    "ten years' size 90000": Row(Kind(90000, slack=0.05, dimensions=3), 120, "0.05 % in 120 s"),
}


@dataclass(frozen=True)
class Run:
    """What one method reached."""

    seconds: float
    persons: float
    score: float
    gap: float | None
    proven: bool
    own_gap: float | None = None
    floor: float | None = None
    processor: float = 0.0


def ours(problem: Problem, seconds: float) -> Run:
    """Bosett with a time limit."""
    started, worked = time.perf_counter(), time.process_time()
    limits = Limits(time_limit_s=seconds, clock=time.perf_counter)
    found = solve(problem, limits=limits)
    taken, worked = time.perf_counter() - started, time.process_time() - worked
    return Run(
        taken,
        found.placed_persons,
        found.score,
        found.gap,
        found.proven,
        (found.solver_bound - found.score) / abs(found.solver_bound),
        floor(problem, found),
        worked,
    )


def floor(problem: Problem, found: Placement) -> float | None:
    """How far the answer lies below the exact linear programme, which no prices go below; None = too large."""
    units = units_of(problem)
    if units.count * units.places > PLAIN_PAIRS:
        return None
    persons = units.persons_of(1)
    kept = [Demand("persons_tier_1", persons, float(found.placed_persons))]
    exact = price_level(units, units.whole_score(), kept, None)
    return None if exact is None else (exact.bound - found.score) / abs(exact.bound)


def plain(units: Units, seconds: float) -> Run | None:
    """HiGHS with all pairs at once: persons, then the score; None where it is not tried."""
    if units.count * units.places > PLAIN_PAIRS:
        return None
    started = time.perf_counter()
    limits = Limits(time_limit_s=seconds, clock=time.perf_counter).started()
    pairs = Pairs.of(units.fitting)
    persons, score = units.persons_of(1), units.whole_score()
    first = solve_whole(units, pairs, persons, [], None, limits, 0)
    if first.places is None:
        return None
    demand = [Demand("persons", persons, persons.total(first.places))]
    last = solve_whole(units, pairs, score, demand, first.places, limits, 0)
    places = first.places if last.places is None else last.places
    return _counted(units, places, time.perf_counter() - started, proven=first.proven and last.proven)


def random_places(units: Units, seed: int) -> Ints:
    """Each unit anywhere it fits."""
    rng = np.random.default_rng(seed)
    places = np.full(units.count, -1, dtype=np.int64)
    left = units.capacity.copy()
    for unit in rng.permutation(units.count).tolist():
        room = np.flatnonzero(units.fitting[unit] & (units.use[unit] <= left).all(axis=1))
        if len(room):
            places[unit] = rng.choice(room)
            left[places[unit]] -= units.use[unit]
    return places


def _counted(units: Units, places: Ints, seconds: float, *, proven: bool = False) -> Run:
    return Run(seconds, units.persons_of(1).total(places), units.whole_score().total(places), None, proven)


@dataclass(frozen=True)
class Trial:
    """One instance: ours and the others beside it.

    Parameters
    ----------
    persons
        Persons to be placed.
    peak_mb
        Most memory of the process until ours had its answer, the instance itself included.
    """

    ours: Run
    plain: Run | None
    greedy: Run
    anywhere: Run
    persons: int
    peak_mb: float


def trial(row: Row, seed: int, *, beside: bool) -> Trial:
    """Ours first, then the others on the same instance; `beside` = plain HiGHS too."""
    problem = instance(row.kind, seed)
    units = units_of(problem)
    found = ours(problem, row.seconds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.perf_counter()
    places = greedy_start(units, units.score, take_losses=True)
    greedy = _counted(units, places, time.perf_counter() - started)
    anywhere = _counted(units, random_places(units, seed), 0.0)
    exact = plain(units, row.seconds) if beside else None
    return Trial(found, exact, greedy, anywhere, int(units.persons.sum()), peak)


def trials(name: str, row: Row, seeds: range, plain_seeds: int) -> list[Trial]:
    """Each seed in a process of its own, so that none's memory is counted with another's."""
    found = []
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, spawn, max_tasks_per_child=1) as pool:
        for place, seed in enumerate(seeds):
            found.append(pool.submit(trial, row, seed, beside=place < plain_seeds).result())
            print(f"{name}, seed {seed}: {found[-1].ours}, {found[-1].peak_mb:.0f} MB", flush=True)
    return found


def line(name: str, row: Row, seeds: range, plain_seeds: int) -> str:
    """One row of the table: medians and worst over the seeds."""
    tried = trials(name, row, seeds, plain_seeds)
    runs = [one.ours for one in tried]
    seconds = [one.seconds for one in runs]
    gaps = [one.gap or 0.0 for one in runs]
    worked = [one.processor for one in runs]
    told = f"{np.median(seconds):.1f} / {max(seconds):.1f} | {np.median(worked):.1f} / {max(worked):.1f} | "
    told += f"{np.median(gaps):.3%} / {max(gaps):.3%}"
    floors = [one.floor for one in runs if one.floor is not None]
    told += f" | {np.median(floors):.3%} / {max(floors):.3%}" if floors else " | not solved"
    own = [one.own_gap or 0.0 for one in runs]
    told += f" | {np.median(own):.3%} / {max(own):.3%}"
    proven = sum(one.proven for one in runs)
    others = ([one.plain for one in tried], [one.greedy for one in tried], [one.anywhere for one in tried])
    against = [_against(runs, one) for one in others]
    persons = (
        f"{np.median([one.persons for one in runs]):.0f} of {np.median([one.persons for one in tried]):.0f}"
    )
    peak = max(one.peak_mb for one in tried)
    return (
        f"| {name} | {row.target} | {len(seeds)} | {told} | {proven} | {persons} | {' | '.join(against)} |"
        f" {peak:.0f} |"
    )


def _against(runs: Sequence[Run], others: Sequence[Run | None]) -> str:
    """Persons and score of another method, as shares of ours."""
    both = [(one, other) for one, other in zip(runs, others, strict=True) if other is not None]
    if not both:
        return "not tried"
    persons = np.median([other.persons / one.persons for one, other in both])
    score = np.median([other.score / one.score for one, other in both])
    seconds = np.median([other.seconds for _, other in both])
    return f"{persons:.1%}, {score:.1%}" + (f", {seconds:.1f} s" if seconds >= 0.05 else "")


def main() -> None:
    """Print the table, and write it when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--plain", type=int, default=10, help="seeds on which plain HiGHS runs beside")
    parser.add_argument("--seconds", type=float, help="another limit than the row's own")
    parser.add_argument("--only", nargs="*", choices=list(ROWS), default=list(ROWS))
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    head = (
        "| instance | target | seeds | seconds, median / worst | processor seconds | certified gap, median / worst |"
        " distance to the linear programme over all pairs | distance to the solver's own bound | proven best |"
        " persons placed | plain HiGHS: persons, score | greedy | random | peak MB |"
    )
    table = [head, "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"]
    seeds = range(arguments.first, arguments.first + arguments.seeds)
    for name in arguments.only:
        row = ROWS[name]
        row = row if arguments.seconds is None else replace(row, seconds=arguments.seconds)
        table.append(line(name, row, seeds, arguments.plain))
        print(table[-1], flush=True)
    tell("placement", table, write=arguments.write)


if __name__ == "__main__":
    main()

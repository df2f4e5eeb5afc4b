"""Decisions over time against hindsight: `./run bench placement_stream [--orders N] [--only NAME ...] [--write]`.

A year of 26 batches in many orders of arrival, one and three capacities, tight and slack; with an earlier
year, with one whose mix of people was another, without any, with a cut of capacity mid-year, beside greedy.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, replace

import numpy as np

from benchmarks._placement_instances import Kind, instance
from benchmarks._report import commit, keep
from bosett import __version__
from bosett.placement.hindsight import hindsight
from bosett.placement.problem import Household, Problem, ScoreTable
from bosett.placement.program import Limits
from bosett.placement.stream import stream
from bosett.placement.stream_problem import CapacityChange, Method, StreamSettings

BATCHES = 26
EFFORT = 12
SMALL = Kind(400, municipalities=40, linked=0.04, batches=BATCHES)


def reordered(problem: Problem, seed: int) -> Problem:
    """The same people in another order."""
    rng = np.random.default_rng(seed)
    arrival = rng.integers(0, BATCHES, len(problem.households))
    arrival[0] = 0
    homes = tuple(
        replace(one, arrival=int(when)) for one, when in zip(problem.households, arrival, strict=True)
    )
    return replace(problem, households=homes)


def shifted(problem: Problem) -> Problem:
    """An earlier year in which only small households came, twice each: another mix of people."""
    keep_rows = [row for row, one in enumerate(problem.households) if one.persons <= 2]
    homes: list[Household] = []
    values = []
    for row in keep_rows:
        for copy in range(2):
            one = problem.households[row]
            homes.append(replace(one, household_id=f"{one.household_id}x{copy}", link=""))
            values.append(problem.scores.values[row])
    ids = tuple(one.household_id for one in homes)
    return Problem(
        tuple(homes), problem.municipalities, ScoreTable(ids, problem.municipality_ids, np.array(values))
    )


def cuts(problem: Problem) -> list[CapacityChange]:
    """Every eighth municipality withdraws half-way."""
    return [CapacityChange(BATCHES // 2, code, "persons", 0) for code in problem.municipality_ids[::8]]


@dataclass(frozen=True)
class Year:
    """A size of year and how many orders of arrival it is tried in, at most."""

    name: str
    kind: Kind
    orders: int


NORWAY = Kind(9_000, linked=0.04, batches=BATCHES)
YEARS = {
    "year-1": Year("9,000 on 357", NORWAY, 20),
    "year-3": Year("9,000 on 357", replace(NORWAY, dimensions=3), 20),
    "year-1-tight": Year("9,000 on 357", replace(NORWAY, slack=0.02), 5),
    "year-3-tight": Year("9,000 on 357", replace(NORWAY, dimensions=3, slack=0.02), 5),
    "small-1": Year("400 on 40", SMALL, 20),
    "small-3": Year("400 on 40", replace(SMALL, dimensions=3), 20),
    "small-1-tight": Year("400 on 40", replace(SMALL, slack=0.02), 20),
    "small-3-tight": Year("400 on 40", replace(SMALL, dimensions=3, slack=0.02), 20),
}
SCENARIOS = ("history", "shifted history", "none", "cut mid-year", "greedy", "greedy, cut mid-year")
FEW_CUTS = 5
"""Orders with a cut, at most: hindsight is then another one in each order."""


def best_of(problem: Problem, changes: list[CapacityChange]) -> tuple[int, float, float]:
    """Persons, score and bound with everything known."""
    found = hindsight(problem, changes, Limits(effort=EFFORT, gap=0.001), 0)
    return found.placed_persons, found.score, found.score_bound


def line(year: Year, scenario: str, orders: int) -> str:
    """Mean and worst shares of hindsight."""
    kind, cut = year.kind, "cut" in scenario
    this, older = instance(kind, 1, world=7), instance(kind, 2, world=7)
    history = {"history": older, "shifted history": shifted(older), "cut mid-year": older}.get(scenario)
    method = Method.GREEDY if "greedy" in scenario else Method.PRICES
    known = None if cut else best_of(reordered(this, 0), [])
    shares, seconds = [], []
    orders = min(orders, year.orders, FEW_CUTS if cut else orders)
    for order in range(orders):
        problem = reordered(this, order)
        changes = cuts(problem) if cut else []
        persons, score, bound = known or best_of(problem, changes)
        started = time.perf_counter()
        found = stream(problem, history, changes, StreamSettings(method=method, seed=order))
        seconds.append(time.perf_counter() - started)
        shares.append((found.placed_persons / persons, found.score / score, score / bound))
    placed, reached, sure = np.array(shares).T
    told = f"{placed.mean():.2%} / {placed.min():.2%} | {reached.mean():.2%} / {reached.min():.2%}"
    told += f" | {sure.min():.2%} | {np.median(seconds):.1f}"
    return f"| {year.name} | {kind.dimensions} | {kind.slack:.0%} | {scenario} | {orders} | {told} |"


def main() -> None:
    """Print the table, and write it when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=20)
    parser.add_argument("--only", nargs="*", choices=list(YEARS), default=list(YEARS))
    parser.add_argument("--known", nargs="*", choices=SCENARIOS, default=SCENARIOS)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    table = [
        "| households on municipalities | capacities | places above use | what is known | orders |"
        " persons, mean / worst | score, mean / worst | hindsight of its own bound, worst | seconds a year |",
        "|---|--:|--:|---|--:|--:|--:|--:|--:|",
    ]
    for name in arguments.only:
        for scenario in arguments.known:
            table.append(line(YEARS[name], scenario, arguments.orders))
            print(table[-1], flush=True)
    if arguments.write:
        keep("placement-stream", "\n".join([f"Version {__version__}, commit {commit()}.", "", *table]))


if __name__ == "__main__":
    main()

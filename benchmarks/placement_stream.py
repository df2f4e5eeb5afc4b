"""Decisions over time against hindsight: `./run bench placement_stream [--orders N] [--write]`.

A year of batches in many orders of arrival, one and three capacities, tight and slack; with an earlier year,
with one whose mix of people was another, without any, with a cut of capacity mid-year, beside greedy.
"""

from __future__ import annotations

import argparse
from dataclasses import replace

import numpy as np

from benchmarks._placement_instances import Kind, instance
from benchmarks._report import keep
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


def line(name: str, kind: Kind, scenario: str, orders: int) -> str:
    """Mean and worst shares of hindsight."""
    year, older = instance(kind, 1, world=7), instance(kind, 2, world=7)
    history = {"history": older, "shifted history": shifted(older), "cut mid-year": older}.get(scenario)
    method = Method.GREEDY if scenario == "greedy" else Method.PRICES
    shares = []
    for order in range(orders):
        problem = reordered(year, order)
        changes = cuts(problem) if scenario == "cut mid-year" else []
        best = hindsight(problem, changes, Limits(effort=EFFORT, gap=0.001), 0)
        found = stream(problem, history, changes, StreamSettings(method=method, seed=order))
        shares.append((found.placed_persons / best.placed_persons, found.score / best.score))
    persons, score = np.array(shares).T
    told = f"{persons.mean():.1%} / {persons.min():.1%} | {score.mean():.1%} / {score.min():.1%}"
    return f"| {name} | {scenario} | {orders} | {told} |"


def main() -> None:
    """Print the table, and write it when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=20)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    head = "| capacities | what is known | orders | persons, mean / worst | score, mean / worst |"
    table = [head, "|---|---|--:|--:|--:|"]
    for dimensions in (1, 3):
        for slack in (0.10, 0.02):
            kind = replace(SMALL, dimensions=dimensions, slack=slack)
            name = f"{dimensions}, places {slack:.0%} above use"
            for scenario in ("history", "shifted history", "none", "cut mid-year", "greedy"):
                table.append(line(name, kind, scenario, arguments.orders))
                print(table[-1], flush=True)
    if arguments.write:
        keep("placement-stream", "\n".join(table))


if __name__ == "__main__":
    main()

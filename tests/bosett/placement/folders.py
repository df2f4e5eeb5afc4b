"""An instance as the folder of the file contract, with its rows and columns in any order."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bosett.placement.problem import Problem


def write_instance(folder: Path, problem: Problem, order: int | None = None) -> Path:
    """Write the tables; `order` shuffles rows and columns without changing what they say."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(order)
    homes, towns = list(problem.households), list(problem.municipalities)
    dims = list(problem.dimensions)
    if order is not None:
        homes = [homes[place] for place in rng.permutation(len(homes))]
        towns = [towns[place] for place in rng.permutation(len(towns))]
        dims = [dims[place] for place in rng.permutation(len(dims))]
    lines = [["municipality_id", "name", *(f"capacity_{one}" for one in dims)]]
    for town in towns:
        held = ["unlimited" if town.capacities[d] is None else str(town.capacities[d]) for d in dims]
        lines.append([town.municipality_id, town.name, *held])
    _save(folder / "municipalities.csv", lines)
    uses = [one for one in dims if one != "persons"]
    lines = [
        [
            "household_id",
            "persons",
            *(f"use_{d}" for d in uses),
            "tier",
            "link",
            "group",
            "arrival",
            "ready_since",
        ]
    ]
    for one in homes:
        used = [str(one.use(d)) for d in uses]
        since = one.ready_since.isoformat() if one.ready_since else ""
        come = "" if one.arrival is None else str(one.arrival)
        lines.append(
            [one.household_id, str(one.persons), *used, str(one.tier), one.link, one.group, come, since]
        )
    _save(folder / "households.csv", lines)
    at_row = {name: row for row, name in enumerate(problem.household_ids)}
    at_column = {name: column for column, name in enumerate(problem.municipality_ids)}
    for name, values in (
        ("scores", problem.scores.values),
        ("allowed", (problem.rules.bits == 0).astype(int)),
    ):
        lines = [["household_id", *(town.municipality_id for town in towns)]]
        for home in homes:
            row = at_row[home.household_id]
            cells = [str(values[row, at_column[town.municipality_id]]) for town in towns]
            lines.append([home.household_id, *cells])
        _save(folder / f"{name}.csv", lines)
    if problem.locks:
        rows = [[one.household_id, one.municipality_id or ""] for one in problem.locks]
        _save(folder / "locks.csv", [["household_id", "municipality_id"], *rows])
    if problem.wishes:
        rows = [[one.household_id, str(one.rank), one.municipality_id] for one in problem.wishes]
        _save(folder / "wishes.csv", [["household_id", "rank", "municipality_id"], *rows])
    return folder


def _save(path: Path, lines: list[list[str]]) -> None:
    path.write_text("".join(",".join(cells) + "\n" for cells in lines), "utf-8")

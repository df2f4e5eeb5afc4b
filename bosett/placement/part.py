"""A part of an instance: some units and some municipalities, with the rest of the answer standing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bosett.placement.program import Limits, Pairs, solve_whole
from bosett.placement.units import Bools, Floats, Ints, Units
from bosett.placement.worth import Demand, Worth


@dataclass(frozen=True)
class Part:
    """Rows and columns of the part in the whole, and the part as units of its own."""

    rows: Ints
    columns: Ints
    units: Units


def part_of(units: Units, places: Ints, rows: Ints, columns: Ints) -> Part:
    """The units `rows` may go to `columns`; all other units stay where `places` says."""
    others = places.copy()
    others[rows] = -1
    left = (units.capacity - units.used(others))[columns]
    here = np.ix_(rows, columns)
    inside = Units(
        members=tuple(units.members[row] for row in rows),
        persons=units.persons[rows],
        tier=units.tier[rows],
        use=units.use[rows],
        score=units.score[here],
        allowed=None,
        fitting=units.fitting[here],
        lock=np.full(len(rows), -2, dtype=np.int64),
        capacity=left,
    )
    return Part(rows, columns, inside)


def part_worth(worth: Worth, part: Part) -> Worth:
    """The same worth, of the part's units and municipalities."""
    column_of = {int(row): index for index, row in enumerate(part.rows)}
    special = {
        column_of[row]: cells[part.columns] for row, cells in worth.special.items() if row in column_of
    }
    table = None if worth.table is None else worth.table[np.ix_(part.rows, part.columns)]
    added = None if worth.added is None else worth.added[part.rows]
    return Worth(worth.weight[part.rows], table, special, added)


def part_demands(demands: Sequence[Demand], part: Part, places: Ints) -> list[Demand]:
    """What the part must reach so that the whole reaches its demands: levels never fall, groups stay above."""
    outside = places.copy()
    outside[part.rows] = -1
    found = []
    for one in demands:
        held = one.worth.total(outside)
        found.append(Demand(one.name, part_worth(one.worth, part), one.at_least - held, one.is_group))
    return found


def solve_part(
    units: Units,
    worth: Worth,
    demands: Sequence[Demand],
    places: Ints,
    part: Part,
    pairs: Bools,
    limits: Limits,
    seed: int,
) -> Ints:
    """The whole answer with the part solved anew over `pairs` (rows x columns of the part)."""
    column_of = np.full(units.places, -1, dtype=np.int64)
    column_of[part.columns] = np.arange(len(part.columns))
    now = places[part.rows]
    start = np.where(now >= 0, column_of[now], -1)
    placed = np.flatnonzero(start >= 0)
    pairs = pairs & part.units.fitting
    pairs[placed, start[placed]] = True
    own = part_worth(worth, part)
    inside = part_demands(demands, part, places)
    found = solve_whole(part.units, Pairs.of(pairs), own, inside, start, limits, seed)
    if found.places is None or own.total(found.places) <= own.total(start):
        return places
    better = places.copy()
    better[part.rows] = np.where(found.places >= 0, part.columns[found.places], -1)
    return better


def loss_rows(units: Units, worth: Worth, prices: Floats, rows: Ints, columns: Ints) -> Floats:
    """Worth after paying of some units in some municipalities; minus infinity where they don't fit."""
    unit = np.repeat(rows, len(columns))
    net = worth.at(unit, np.tile(columns, len(rows))).reshape(len(rows), len(columns))
    for dimension in range(units.capacity.shape[1]):
        net = net - units.use[rows, dimension, None] * prices[columns, dimension][None, :]
    return np.where(units.fitting[np.ix_(rows, columns)], net, -np.inf)

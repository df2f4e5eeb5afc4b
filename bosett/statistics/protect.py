"""Protection of small numbers: hide 1 to 4, and as much more as an attacker's arithmetic demands.

Zero is shown; shown values are never changed.  Which cells were hidden first (the small ones) is kept
apart from the published table.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from bosett.statistics.attack import attack
from bosett.statistics.problem import CountTable, Key, PublishedTable, equations


@dataclass(frozen=True)
class Protected:
    """The table for the public, and (sealed) which cells were small themselves."""

    table: PublishedTable
    primary: frozenset[Key]


def protect_counts(table: CountTable, threshold: int = 5, width: int = 5) -> Protected:
    """Hide every count of 1 to `threshold` - 1, then others until no hidden cell can be narrowed.

    Promise: the attack (`bosett.statistics.attack`) on the published table finds nothing narrower than
    `width`; zeros are shown; every shown count is the true one.

    Parameters
    ----------
    threshold
        The smallest count above 0 that is shown, >= 2.
    width
        Smallest distance between the ends of what an attacker can compute, >= 1.
    """
    if threshold < 2 or width < 1:
        raise ValueError(f"threshold is at least 2 and width at least 1, not {threshold} and {width}")
    primary = frozenset(key for key, count in table.cells.items() if 0 < count < threshold)
    hidden = set(primary)
    while True:
        published = _published(table, hidden)
        narrow = attack(published, width)
        if not narrow:
            return Protected(published, primary)
        weakest = min(narrow, key=lambda one: (one.width or 0, one.key))
        hidden |= _partners(table, hidden, weakest.key, width)


def _published(table: CountTable, hidden: set[Key]) -> PublishedTable:
    cells = {key: None if key in hidden else count for key, count in table.cells.items()}
    return PublishedTable(table.dimensions, cells)


def _partners(table: CountTable, hidden: set[Key], key: Key, width: int) -> set[Key]:
    """Cells to hide so that `key` can be `width` apart in two tables that both keep every sum.

    The cheapest pair of tables by the counts it hides; all others than zeros when there is none.
    """
    keys = sorted(one for one, count in table.cells.items() if count > 0)
    cost = np.array([0.0 if one in hidden else float(table.cells[one]) + 1.0 for one in keys])
    solver = _deviations(table, keys, cost, keys.index(key), float(width))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return set(keys) - hidden
    values = np.array(solver.getSolution().col_value).reshape(4, len(keys)).sum(axis=0)
    found = {one for one, value in zip(keys, values, strict=True) if value > 1e-7} - hidden
    return found or set(keys) - hidden


def _deviations(
    table: CountTable,
    keys: list[Key],
    cost: np.ndarray[tuple[int], np.dtype[np.float64]],
    place: int,
    width: float,
) -> highspy.Highs:
    """Two deviations from the true table (each up and down): one up at the cell, one down, `width` apart."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    count = len(keys)
    for part in range(4):
        for one, price in zip(keys, cost, strict=True):
            room = highspy.kHighsInf if part % 2 == 0 else float(table.cells[one] - 1)
            solver.addVar(0.0, room)
            solver.changeColCost(solver.getNumCol() - 1, float(price))
    column = {key: index for index, key in enumerate(keys)}
    for equation in equations(table.dimensions, tuple(table.cells)):
        held = [(column[equation.total], -1.0)] if equation.total in column else []
        held += [(column[part], 1.0) for part in equation.parts if part in column]
        for first in (0, 2 * count):
            places = [first + index for index, _ in held] + [first + count + index for index, _ in held]
            signs = [sign for _, sign in held] + [-sign for _, sign in held]
            solver.addRow(0.0, 0.0, len(places), np.array(places, dtype=np.int32), np.array(signs))
    apart = [place, count + place, 2 * count + place, 3 * count + place]
    solver.addRow(
        width, highspy.kHighsInf, 4, np.array(apart, dtype=np.int32), np.array([1.0, -1.0, -1.0, 1.0])
    )
    return solver

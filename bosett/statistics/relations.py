"""What binds the cells of linked tables together: the sums, with cells that are always equal as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bosett.statistics.problem import Cell, Key, Table, all_cells, cell_of, equations

Ints = NDArray[np.int64]
Sum = tuple[int, tuple[int, ...]]
"""The number of a total and of the parts that sum to it."""


@dataclass(frozen=True)
class Relations:
    """Numbered quantities and the sums between them.

    Cells that must be equal (a total of one part) are one quantity and are hidden together.

    Parameters
    ----------
    number
        Cell of a table, or total over its cells -> quantity; totals that tell nothing are left out.
    published
        By quantity: some table shows or hides it; the others are totals that nobody publishes.
    sums
        Every sum once, with at least two parts.
    """

    number: Mapping[Cell, int]
    published: NDArray[np.bool_]
    sums: tuple[Sum, ...]

    @property
    def count(self) -> int:
        """How many quantities."""
        return len(self.published)


def relate(tables: Sequence[Table]) -> Relations:
    """The quantities and sums of tables that share dimensions.

    A dimension that a table does not have is summed over in it, so that (county=03, age=*) and
    (county=03, sex=*) are the same quantity.
    """
    place: dict[Cell, int] = {}
    cells = all_cells(tables)
    raw = [one for table, own in zip(tables, cells, strict=True) for one in _sums(table, own, place)]
    leader = _leaders(len(place), raw)
    published = np.zeros(len(place), dtype=np.bool_)
    for table in tables:
        for key in table.cells:
            published[leader[place[cell_of(table.dimensions, key)]]] = True
    sums = {(leader[total], tuple(sorted(leader[part] for part in parts))) for total, parts in raw}
    told = _telling([one for one in sorted(sums) if len(one[1]) > 1], published)
    return _numbered(place, leader, published, told)


def _sums(table: Table, cells: Mapping[Key, Cell], place: dict[Cell, int]) -> Iterable[Sum]:
    for key in table.cells:
        place.setdefault(cells[key], len(place))
    for equation in equations(table.dimensions, table.cells):
        known = [cells[key] for key in (equation.total, *equation.parts)]
        total, *parts = (place.setdefault(cell, len(place)) for cell in known)
        yield total, tuple(parts)


def _leaders(count: int, sums: Iterable[Sum]) -> list[int]:
    """For each place the first of those that are always equal to it."""
    leader = list(range(count))

    def first(one: int) -> int:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for total, parts in sums:
        if len(parts) == 1:
            a, b = sorted((first(total), first(parts[0])))
            leader[b] = a
    return [first(one) for one in range(count)]


def _telling(sums: list[Sum], published: NDArray[np.bool_]) -> list[Sum]:
    """The sums without those that only define a total that nobody publishes and nothing else uses."""
    while True:
        used = np.zeros(len(published), dtype=np.int64)
        for total, parts in sums:
            used[[total, *parts]] += 1
        kept = [one for one in sums if published[one[0]] or used[one[0]] > 1]
        if len(kept) == len(sums):
            return kept
        sums = kept


def _numbered(
    place: Mapping[Cell, int], leader: list[int], published: NDArray[np.bool_], sums: list[Sum]
) -> Relations:
    used = {one for total, parts in sums for one in (total, *parts)} | set(np.flatnonzero(published).tolist())
    new = {old: number for number, old in enumerate(sorted(used))}
    number = {cell: new[leader[old]] for cell, old in place.items() if leader[old] in new}
    renamed = tuple((new[total], tuple(new[part] for part in parts)) for total, parts in sums)
    return Relations(number, published[sorted(used)], renamed)

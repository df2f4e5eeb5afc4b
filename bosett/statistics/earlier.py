"""What earlier publications have told already, and what they keep hidden.

A later table must not open an earlier one.  An earlier table that still agrees with the counts of today is
read as one more linked table.  In one that was changed since, a count that is the same as today is taken as
known, and a hidden cell stays hidden unless its count of today is outside what it could have been.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bosett.statistics.attack import intervals, public_counts
from bosett.statistics.blocks import UNKNOWN, Floats, blocks, is_whole
from bosett.statistics.problem import Cell, CountTable, PublishedTable, cell_of
from bosett.statistics.relations import Ints, Relations, relate
from bosett.terms.errors import BadInput


@dataclass(frozen=True)
class Earlier:
    """What the public knows and does not know from before.

    Parameters
    ----------
    agreeing
        Earlier tables that can be of the same counts: every sum in them still holds.
    shown
        Cells that are shown in an earlier table with a count.
    hidden
        Cells that must not be shown now.
    """

    agreeing: tuple[PublishedTable, ...]
    shown: frozenset[tuple[Cell, int]]
    hidden: frozenset[Cell]


def read_earlier(
    tables: Sequence[CountTable], counts: Mapping[Cell, int], published: Iterable[PublishedTable]
) -> Earlier:
    """Sort what was published earlier into what still agrees with today's counts, and the rest."""
    agreeing: list[PublishedTable] = []
    shown: set[tuple[Cell, int]] = set()
    hidden: set[Cell] = set()
    for table in published:
        cells = {cell_of(table.dimensions, key): count for key, count in table.cells.items()}
        shown |= {(cell, count) for cell, count in cells.items() if count is not None}
        if _agrees([*tables, *agreeing, table], counts, cells):
            agreeing.append(table)
            hidden |= {cell for cell, count in cells.items() if count is None}
        else:
            hidden |= _may_be_the_same(table, counts)
    return Earlier(tuple(agreeing), frozenset(shown), frozenset(hidden))


def _agrees(
    tables: Sequence[CountTable | PublishedTable],
    counts: Mapping[Cell, int],
    cells: Mapping[Cell, int | None],
) -> bool:
    for cell, count in cells.items():
        now = counts.get(cell)
        if now is not None and (now == 0 if count is None else now != count):
            return False
    relations = relate(tables)
    published = [one for one in tables if isinstance(one, PublishedTable)]
    return possible_counts(relations, counts, published) is not None


def possible_counts(
    relations: Relations, counts: Mapping[Cell, int], published: Sequence[PublishedTable]
) -> Floats | None:
    """The counts of today, with possible ones for what only the public tables hold; None if there are none."""
    try:
        known = public_counts(relations, published)
        _put(relations, counts, known)
        found = known.astype(np.float64)
        for block in blocks(relations, known):
            values = block.corner(np.zeros(len(block.low)), np.inf)
            if values is None:
                return None
            found[block.quantities] = np.round(values) if is_whole(values) else values
    except BadInput:
        return None
    return found


def _put(relations: Relations, counts: Mapping[Cell, int], known: Ints) -> None:
    for cell, count in counts.items():
        number = relations.number.get(cell)
        if number is None:
            continue
        if known[number] not in (UNKNOWN, count):
            raise BadInput(f"{count} for a cell", f"{known[number]}, as published earlier")
        known[number] = count


def _may_be_the_same(table: PublishedTable, counts: Mapping[Cell, int]) -> set[Cell]:
    """The hidden cells whose count of today lies within what they can have been."""
    found = set()
    for one in intervals(table):
        cell = cell_of(table.dimensions, one.key)
        now = counts.get(cell)
        if now is not None and one.low <= now and (one.high is None or now <= one.high):
            found.add(cell)
    return found

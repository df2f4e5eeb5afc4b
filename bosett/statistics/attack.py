"""What an attacker can compute: the interval of each hidden cell, and those that are too narrow.

The attacker knows the shown cells, every sum over every dimension, that linked tables count the same
persons, that a hidden cell is at least 1, and that persons are whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bosett.statistics.blocks import UNKNOWN, WHOLE, Block, Floats, blocks, is_whole
from bosett.statistics.problem import Key, PublishedTable, cell_of, equations, told, where
from bosett.statistics.relations import Ints, Relations, relate
from bosett.terms.errors import BadInput

Ends = tuple[int, int | None]
AT_LEAST = 1
FEW = 6
"""So few cells are looked at one by one."""


@dataclass(frozen=True)
class Interval:
    """Whole numbers that a hidden cell can still be; `high` None = no upper end."""

    key: Key
    low: int
    high: int | None
    table: str = ""

    @property
    def width(self) -> int | None:
        """How wide; None = without end."""
        return None if self.high is None else self.high - self.low


@dataclass
class Seen:
    """The least and greatest count of each quantity in the whole tables met so far, and the tables."""

    low: Floats
    high: Floats
    met: list[tuple[Ints, Floats]] = field(default_factory=list)

    def take(self, quantities: Ints, values: Floats) -> None:
        """Add a table, if it is of whole numbers."""
        if is_whole(values):
            whole = np.round(values)
            self.met.append((quantities, whole))
            self.low[quantities] = np.minimum(self.low[quantities], whole)
            self.high[quantities] = np.maximum(self.high[quantities], whole)

    def narrow(self, quantities: Ints, width: int) -> NDArray[np.bool_]:
        """Which of the quantities have not yet been seen `width` apart."""
        return np.less(self.high[quantities] - self.low[quantities], width)


def attack(table: PublishedTable, width: int = 5) -> tuple[Interval, ...]:
    """Every hidden cell whose interval is narrower than `width`; empty = the table holds."""
    return attack_tables([table], width)


def attack_tables(tables: Sequence[PublishedTable], width: int = 5) -> tuple[Interval, ...]:
    """Every hidden cell of linked tables whose interval is narrower than `width`, table by table.

    Raises
    ------
    BadInput
        If no whole tables can be behind the published ones.
    """
    for table in tables:
        _check_shown(table)
    relations = relate(tables)
    known = public_counts(relations, tables)
    try:
        found = _known_ends(known) | narrow_quantities(relations, blocks(relations, known), width)
    except BadInput as bad:
        raise BadInput(bad.found, bad.allowed, ", ".join(table.name for table in tables)) from None
    return _intervals(relations, tables, found)


def intervals(table: PublishedTable) -> tuple[Interval, ...]:
    """The interval of every hidden cell, sorted by cell; BadInput as `attack_tables`."""
    relations = relate([table])
    known = public_counts(relations, [table])
    found = _known_ends(known)
    for block in blocks(relations, known):
        for place in np.flatnonzero(relations.published[block.quantities]).tolist():
            low, high = block.extreme(place, -1).end, block.extreme(place, 1).end
            found[int(block.quantities[place])] = (AT_LEAST if low is None else low, high)
    return _intervals(relations, [table], found)


def _check_shown(table: PublishedTable) -> None:
    """Refuse a total that differs from its parts where all of them are shown."""
    for equation in equations(table.dimensions, table.cells):
        total, parts = table.cells.get(equation.total), [table.cells.get(part) for part in equation.parts]
        known = [part for part in parts if part is not None]
        if total is not None and len(known) == len(parts) and sum(known) != total:
            found = f"{total} at {told(table.dimensions, equation.total)}"
            raise BadInput(found, f"the sum, {sum(known)}", *where(table, equation.total))


def _known_ends(known: Ints) -> dict[int, Ends]:
    """A cell that is hidden in one place and shown in another, or equal to a shown one, is known."""
    return {number: (int(known[number]),) * 2 for number in np.flatnonzero(known != UNKNOWN).tolist()}


def public_counts(relations: Relations, tables: Iterable[PublishedTable]) -> Ints:
    """What the tables show of each quantity; a cell that one of them shows is known in all."""
    known = np.full(relations.count, UNKNOWN, dtype=np.int64)
    for table in tables:
        for key, count in table.cells.items():
            if count is None:
                continue
            number = relations.number[cell_of(table.dimensions, key)]
            if known[number] not in (UNKNOWN, count):
                found = f"{count} at {told(table.dimensions, key)}"
                raise BadInput(found, f"{known[number]}, as an equal cell shows", *where(table, key))
            known[number] = count
    return known


def narrow_quantities(
    relations: Relations,
    unknown: Iterable[Block],
    width: int,
    seen: Seen | None = None,
    *,
    first: bool = False,
) -> dict[int, Ends]:
    """The published quantities that can be narrowed to less than `width`, with their intervals.

    Parameters
    ----------
    seen
        What is known to be possible already; whole tables that are met are added to it.
    first
        Stop at the first one.
    """
    told_ = seen or Seen(np.full(relations.count, np.inf), np.full(relations.count, -np.inf))
    found: dict[int, Ends] = {}
    for block in unknown:
        hidden = np.flatnonzero(relations.published[block.quantities] & (block.low < block.high))
        _look_around(block, hidden, width, told_)
        for place in hidden.tolist():
            ends = _ends_if_narrow(block, place, width, told_)
            if ends:
                found[int(block.quantities[place])] = ends
                if first:
                    return found
    return found


def _look_around(block: Block, hidden: Ints, width: int, seen: Seen) -> None:
    """Meet a few tables far from each other, which settles most cells at once when there are many."""
    cap = 2.0 * sum(abs(right) for _, _, right in block.rows) + 10 * width * len(block.low) + block.low.max()
    for pattern in range(6):
        open_ = hidden[seen.narrow(block.quantities[hidden], width)]
        if len(open_) <= FEW:
            return
        objective = np.zeros(len(block.low))
        objective[open_] = _signs(pattern, len(open_))
        values = block.corner(objective, cap)
        if values is None:
            raise BadInput("sums that cannot hold", "a table whose hidden cells can be filled")
        seen.take(block.quantities, values)


def _signs(pattern: int, count: int) -> Floats:
    """All up, all down, then up and down by turns of 1, 2, 4 and 8."""
    if pattern < 2:
        return np.full(count, 1.0 - 2 * pattern)
    turns = (np.arange(count) >> (pattern - 2)) & 1
    return np.where(turns == 1, -1.0, 1.0).astype(np.float64)


def _ends_if_narrow(block: Block, place: int, width: int, seen: Seen) -> Ends | None:
    here = block.quantities[[place]]
    ends: list[int | None] = []
    for sense in (1, -1):
        if not seen.narrow(here, width)[0]:
            return None
        extreme = block.extreme(place, sense)
        if extreme.end is None:
            return None
        if extreme.table is not None:
            seen.take(block.quantities, extreme.table)
        ends.append(extreme.end)
    high, low = ends
    if low is None or high is None or high - low >= width - WHOLE:
        return None
    return low, high


def _intervals(
    relations: Relations, tables: Sequence[PublishedTable], found: dict[int, Ends]
) -> tuple[Interval, ...]:
    return tuple(
        Interval(key, *found[number], table.name)
        for table in tables
        for key in table.hidden
        if (number := relations.number[cell_of(table.dimensions, key)]) in found
    )

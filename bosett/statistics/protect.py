"""Protection of small numbers: hide 1 to 4, and as much more as an attacker's arithmetic demands.

Zero is shown; shown values are never changed.  Which cells were hidden first (the small ones) is kept
apart from the published tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bosett.statistics.attack import Seen, narrow_quantities
from bosett.statistics.blocks import blocks
from bosett.statistics.case import Case, Marks
from bosett.statistics.earlier import Earlier, possible_counts, read_earlier
from bosett.statistics.fewest import fewest_hidden, show_again
from bosett.statistics.partners import Partners
from bosett.statistics.problem import Cell, CountTable, Key, PublishedTable, cell_of, whole_counts
from bosett.statistics.relations import relate


@dataclass(frozen=True)
class Protected:
    """A table for the public, and (sealed) which cells were small themselves.

    Parameters
    ----------
    open_before
        Small cells that an earlier publication already gives away; hiding them does not help.
    """

    table: PublishedTable
    primary: frozenset[Key]
    open_before: frozenset[Key] = frozenset()


@dataclass(frozen=True)
class ProtectedTables:
    """Linked tables for the public.

    Parameters
    ----------
    fewest
        Proven: no smaller weight of hidden cells keeps the promise.
    """

    tables: tuple[Protected, ...]
    fewest: bool


def protect_counts(table: CountTable, threshold: int = 5, width: int = 5) -> Protected:
    """One table protected by itself; see `protect_tables`."""
    return protect_tables([table], threshold=threshold, width=width).tables[0]


def protect_tables(
    tables: Sequence[CountTable],
    *,
    earlier: Sequence[PublishedTable] = (),
    threshold: int = 5,
    width: int = 5,
) -> ProtectedTables:
    """Hide every count of 1 to `threshold` - 1, then others until no hidden cell can be narrowed.

    Promise: the attack (`bosett.statistics.attack`) on all the tables together, with what was published
    earlier, finds nothing narrower than `width` that was not open before; zeros are shown; every shown
    count is the true one.

    Parameters
    ----------
    tables
        Tables that share dimensions; a dimension that a table does not have is summed over in it.
    earlier
        What the public has already: earlier versions of the tables, or other tables of the same persons.
    threshold
        The smallest count above 0 that is shown, >= 2.
    width
        Smallest distance between the ends of what an attacker can compute, >= 1.

    Raises
    ------
    BadInput
        If two tables differ in a cell or in a total.
    """
    if threshold < 2 or width < 1:
        raise ValueError(f"threshold is at least 2 and width at least 1, not {threshold} and {width}")
    counts = whole_counts(tables)
    past = read_earlier(tables, counts, earlier)
    case = _case(tables, counts, past, threshold, width)
    hidden, stuck, seen = _hide(case)
    hidden, fewest = fewest_hidden(case, show_again(case, hidden, stuck, seen), stuck)
    open_ = hidden & (case.given | stuck)
    done = [_protected(table, case, hidden, open_, threshold) for table in tables]
    return ProtectedTables(tuple(done), fewest)


def _case(
    tables: Sequence[CountTable], counts: Mapping[Cell, int], past: Earlier, threshold: int, width: int
) -> Case:
    relations = relate([*tables, *past.agreeing])
    true = possible_counts(relations, counts, past.agreeing)
    if true is None:
        raise RuntimeError("earlier tables that agree one by one do not agree together")
    small, given = np.zeros((2, relations.count), dtype=np.bool_)
    members = np.zeros(relations.count)
    for table in tables:
        for key, count in table.cells.items():
            number = relations.number[cell_of(table.dimensions, key)]
            members[number] += 1
            small[number] |= 0 < count < threshold
    for cell, count in past.shown:
        if cell in relations.number and true[relations.number[cell]] == count:
            given[relations.number[cell]] = True
    before = [relations.number[cell] for cell in past.hidden if cell in relations.number]
    small[before] |= true[before] > 0
    weight = np.where(relations.published, members * (1 + np.log1p(np.maximum(true, 0)) / 10), 0.0)
    return Case(relations, true, given, small & relations.published, weight, width)


def _hide(case: Case) -> tuple[Marks, Marks, Seen]:
    """A hiding that keeps the promise, found cell by cell; what none can protect; tables that show it."""
    hidden, stuck = case.must.copy(), np.zeros_like(case.must)
    partners = Partners(case.relations, case.counts, case.can_move, np.where(case.must, 0.0, case.weight))
    seen = Seen(case.counts.copy(), case.counts.copy())
    apart = case.width
    narrow = _by_count(case, np.flatnonzero(case.must & ~case.given).tolist())
    while narrow:
        _hide_partners(case, partners, seen, hidden, stuck, narrow, apart)
        unknown = blocks(case.relations, case.known(hidden))
        found = narrow_quantities(case.relations, unknown, case.width, seen)
        narrow = _by_count(case, [one for one in found if not stuck[one]])
        apart += 1
    return hidden, stuck, seen


def _hide_partners(
    case: Case, partners: Partners, seen: Seen, hidden: Marks, stuck: Marks, narrow: list[int], apart: int
) -> None:
    """Hide what each narrow quantity needs, and what those need in turn."""
    every = np.arange(case.relations.count)
    queue = list(narrow)
    for quantity in queue:
        if not seen.narrow(every[[quantity]], case.width)[0]:
            continue
        pair = partners.find(quantity, apart)
        if pair is None:
            stuck[quantity] = True
            continue
        hidden[pair.hidden] = True
        partners.price[pair.hidden] = 0.0
        seen.take(every, pair.more)
        seen.take(every, pair.less)
        queue += pair.hidden.tolist()


def _by_count(case: Case, quantities: list[int]) -> list[int]:
    return sorted(quantities, key=lambda one: (case.counts[one], one))


def _protected(table: CountTable, case: Case, hidden: Marks, open_: Marks, threshold: int) -> Protected:
    number = {key: case.relations.number[cell_of(table.dimensions, key)] for key in table.cells}
    cells = {key: None if hidden[number[key]] else count for key, count in table.cells.items()}
    primary = frozenset(key for key, count in table.cells.items() if 0 < count < threshold)
    before = frozenset(key for key in primary if open_[number[key]])
    return Protected(PublishedTable(table.dimensions, cells, table.name, table.lines), primary, before)

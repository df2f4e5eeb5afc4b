"""Tables of counts: dimensions, cells and totals; as they are, and as the public sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bosett.terms.errors import BadInput

TOTAL = "*"
Key = tuple[str, ...]
Cell = tuple[tuple[str, str], ...]
"""A cell whatever the table: (dimension, code) sorted, dimensions that are summed over left out."""


@dataclass(frozen=True)
class Equation:
    """A total and the cells that sum to it."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class CountTable:
    """Counts of persons; a total has `*` in its dimension.

    A combination that is not there has nobody and cannot have (a municipality in another county);
    a total that is not there is not published.

    Parameters
    ----------
    name
        What the table is called in messages, such as its file.
    lines
        Cell -> row of the file, for messages; may be left out.

    Raises
    ------
    BadInput
        For a negative count, a key of another length, or a total that is not the sum of its cells.
    """

    dimensions: tuple[str, ...]
    cells: Mapping[Key, int]
    name: str = ""
    lines: Mapping[Key, int] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        check_shape(self)
        for key, count in self.cells.items():
            if count < 0:
                raise self.bad(key, str(count), "a count >= 0")
        whole_counts([self])

    def bad(self, key: Key, found: str, allowed: str) -> BadInput:
        """The fault of a cell, to be raised."""
        return BadInput(f"{found} at {told(self.dimensions, key)}", allowed, *where(self, key))


@dataclass(frozen=True)
class PublishedTable:
    """A table as the public sees it: a count, or None where it is hidden (`:`).

    Raises
    ------
    BadInput
        For a negative count or a key of another length.
    """

    dimensions: tuple[str, ...]
    cells: Mapping[Key, int | None]
    name: str = ""
    lines: Mapping[Key, int] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        check_shape(self)
        for key, count in self.cells.items():
            if count is not None and count < 0:
                found = f"{count} at {told(self.dimensions, key)}"
                raise BadInput(found, "a count >= 0, or hidden", *where(self, key))

    @property
    def hidden(self) -> tuple[Key, ...]:
        """The hidden cells, sorted."""
        return tuple(sorted(key for key, count in self.cells.items() if count is None))


Table = CountTable | PublishedTable


def check_shape(table: Table) -> None:
    """Refuse a table without dimensions, and keys of another length."""
    if not table.dimensions:
        raise BadInput("no dimension", "at least one column beside value", table.name)
    if any(len(key) != len(table.dimensions) for key in table.cells):
        raise BadInput("a row of another length", f"one code for each of {table.dimensions}", table.name)


def where(table: Table, key: Key) -> tuple[str, int | None, str]:
    """File, row and column of a cell, as far as they are known."""
    return table.name, table.lines.get(key), "value"


def told(dimensions: Sequence[str], key: Key) -> str:
    """A cell as people read it."""
    return " ".join(f"{name}={code}" for name, code in zip(dimensions, key, strict=True))


def cell_of(dimensions: Sequence[str], key: Key) -> Cell:
    """The cell that a key means: the same one in every table that holds it."""
    return tuple(sorted(pair for pair in zip(dimensions, key, strict=True) if pair[1] != TOTAL))


def all_cells(tables: Sequence[Table]) -> list[dict[Key, Cell]]:
    """For each table its keys and the totals over them, published or not, with the cells they mean.

    A total that a table does not show, over fewer codes of a dimension than other tables have, is
    only the total of those codes.
    """
    codes: dict[str, set[str]] = {}
    for table in tables:
        for name, own in _codes(table).items():
            codes.setdefault(name, set()).update(own)
    return [_cells(table, codes) for table in tables]


def _cells(table: Table, codes: Mapping[str, set[str]]) -> dict[Key, Cell]:
    part = {name: f"{TOTAL}{sorted(own)}" for name, own in _codes(table).items() if own != codes[name]}
    whole = dict.fromkeys(table.dimensions, TOTAL) | part
    found = {}
    for key in with_totals(table.cells, len(table.dimensions)):
        if key in table.cells:
            found[key] = cell_of(table.dimensions, key)
        else:
            told_ = [whole[n] if c == TOTAL else c for n, c in zip(table.dimensions, key, strict=True)]
            found[key] = cell_of(table.dimensions, tuple(told_))
    return found


def _codes(table: Table) -> dict[str, set[str]]:
    columns = zip(*table.cells, strict=True)
    return {name: set(own) - {TOTAL} for name, own in zip(table.dimensions, columns, strict=False)}


def with_totals(keys: Iterable[Key], length: int) -> list[Key]:
    """The keys and every total over them, published or not; cells before their totals."""
    found = set(keys)
    for place in range(length):
        found |= {(*key[:place], TOTAL, *key[place + 1 :]) for key in found}
    return sorted(found, key=lambda key: (key.count(TOTAL), key))


def equations(dimensions: tuple[str, ...], keys: Iterable[Key]) -> tuple[Equation, ...]:
    """Every total over the keys with its parts, one dimension at a time; cells before their totals."""
    closed = with_totals(keys, len(dimensions))
    parts: dict[tuple[int, Key], list[Key]] = {}
    for key in closed:
        for place, code in enumerate(key):
            if code != TOTAL:
                parts.setdefault((place, (*key[:place], TOTAL, *key[place + 1 :])), []).append(key)
    return tuple(
        Equation(key, tuple(parts[place, key]))
        for key in closed
        for place in range(len(dimensions))
        if (place, key) in parts
    )


def whole_counts(tables: Sequence[CountTable]) -> dict[Cell, int]:
    """The count of every cell of the tables and of every total over them.

    Raises
    ------
    BadInput
        If two tables differ in a cell, or a total is not the sum of its parts, also one that two
        tables give without showing it.
    """
    counts: dict[Cell, int] = {}
    for table in tables:
        for key, count in table.cells.items():
            cell = cell_of(table.dimensions, key)
            if counts.setdefault(cell, count) != count:
                allowed = f"{counts[cell]}, as for the same cell elsewhere"
                raise BadInput(f"{count} at {told(table.dimensions, key)}", allowed, *where(table, key))
    for table, cells in zip(tables, all_cells(tables), strict=True):
        for equation in equations(table.dimensions, table.cells):
            _check_sum(table, cells, equation, counts)
    return counts


def _check_sum(
    table: CountTable, cells: Mapping[Key, Cell], equation: Equation, counts: dict[Cell, int]
) -> None:
    """Keep the sum of a total that has no count yet; refuse another count than the sum."""
    total = sum(counts[cells[part]] for part in equation.parts)
    count = counts.setdefault(cells[equation.total], total)
    if count != total:
        found = f"{count} at {told(table.dimensions, equation.total)}"
        raise BadInput(found, f"the sum, {total}", *where(table, equation.total))

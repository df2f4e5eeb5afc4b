"""A table of counts: dimensions, cells and totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from bosett.terms.errors import BadInput

TOTAL = "*"
Key = tuple[str, ...]


@dataclass(frozen=True)
class Equation:
    """A total and the cells that sum to it."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class CountTable:
    """Counts of persons; a total has `*` in its dimension.

    Every combination of the codes is there (zero is a count), with or without totals.

    Raises
    ------
    BadInput
        For a negative count, a missing combination, or a total that is not the sum of its cells.
    """

    dimensions: tuple[str, ...]
    cells: Mapping[Key, int]

    def __post_init__(self) -> None:
        check_shape(self.dimensions, tuple(self.cells))
        for key, count in self.cells.items():
            if count < 0:
                raise BadInput(f"{count} at {key}", "a count >= 0", column="value")
        for equation in equations(self.dimensions, tuple(self.cells)):
            total = sum(self.cells[part] for part in equation.parts)
            if total != self.cells[equation.total]:
                raise BadInput(f"{self.cells[equation.total]} at {equation.total}", f"the sum, {total}")


@dataclass(frozen=True)
class PublishedTable:
    """A table as the public sees it: a count, or None where it is hidden (`:`)."""

    dimensions: tuple[str, ...]
    cells: Mapping[Key, int | None]

    def __post_init__(self) -> None:
        check_shape(self.dimensions, tuple(self.cells))

    @property
    def hidden(self) -> tuple[Key, ...]:
        """The hidden cells, sorted."""
        return tuple(sorted(key for key, count in self.cells.items() if count is None))


def check_shape(dimensions: tuple[str, ...], keys: tuple[Key, ...]) -> None:
    """Refuse keys of another length than the dimensions, and a missing combination."""
    if any(len(key) != len(dimensions) for key in keys):
        raise BadInput("a row of another length", f"one code for each of {dimensions}")
    codes = _codes(dimensions, keys)
    lacking = set(product(*codes)) - set(keys)
    if lacking:
        raise BadInput(f"no row for {min(lacking)}", "every combination of codes, also zeros")


def equations(dimensions: tuple[str, ...], keys: tuple[Key, ...]) -> tuple[Equation, ...]:
    """Every total that the table holds with its parts, one dimension at a time."""
    codes, found = _codes(dimensions, keys), []
    for key in sorted(keys):
        for place, code in enumerate(key):
            if code == TOTAL and len(codes[place]) > 1:
                parts = ((*key[:place], c, *key[place + 1 :]) for c in codes[place] if c != TOTAL)
                found.append(Equation(key, tuple(parts)))
    return tuple(found)


def _codes(dimensions: tuple[str, ...], keys: tuple[Key, ...]) -> list[list[str]]:
    return [sorted({key[place] for key in keys}) for place in range(len(dimensions))]

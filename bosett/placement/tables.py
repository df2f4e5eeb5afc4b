"""The two wide tables of a placement: scores, and which rules forbid which pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bosett.terms.errors import BadInput

MAX_RULES = 63

Bits = npt.NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True)
class Exclusion:
    """A pair that is not allowed, with the code of the rule that forbids it."""

    household_id: str
    municipality_id: str
    rule: str


@dataclass(frozen=True)
class ScoreTable:
    """Scores by identifier: `values[i, j]` belongs to the i-th household and j-th municipality.

    NaN = no score, which is right only where the pair is not allowed.
    """

    household_ids: tuple[str, ...]
    municipality_ids: tuple[str, ...]
    values: npt.NDArray[np.float64]

    def __post_init__(self) -> None:
        if self.values.shape != (len(self.household_ids), len(self.municipality_ids)):
            raise BadInput(str(self.values.shape), "one row a household, one column a municipality")
        if np.isinf(self.values).any():
            raise BadInput("an infinite score", "any finite number")

    def aligned(self, households: Sequence[str], municipalities: Sequence[str]) -> npt.NDArray[np.float64]:
        """A copy of the values in the given order; a household or municipality without scores is all NaN."""
        row_of = {key: index for index, key in enumerate(self.household_ids)}
        column_of = {key: index for index, key in enumerate(self.municipality_ids)}
        rows = np.array([row_of.get(key, -1) for key in households], dtype=np.int64)
        columns = np.array([column_of.get(key, -1) for key in municipalities], dtype=np.int64)
        found = np.full((len(rows), len(columns)), np.nan)
        if self.values.size and found.size:
            for start in range(0, len(rows), 4096):  # in pieces: a wide table is never held three times
                part = slice(start, start + 4096)
                found[part] = self.values[rows[part]][:, columns]
            found[rows < 0] = np.nan
            found[:, columns < 0] = np.nan
        return found


@dataclass(frozen=True)
class BlockTable:
    """Which rules forbid which pairs: bit k of `bits[i, j]` is rule `rules[k]`.  No bit = allowed."""

    rules: tuple[str, ...]
    household_ids: tuple[str, ...]
    municipality_ids: tuple[str, ...]
    bits: Bits

    def __post_init__(self) -> None:
        if len(self.rules) > MAX_RULES or len(set(self.rules)) != len(self.rules):
            raise BadInput(f"{len(self.rules)} rules", f"at most {MAX_RULES} different rules")
        if self.bits.shape != (len(self.household_ids), len(self.municipality_ids)):
            raise BadInput(str(self.bits.shape), "one row a household, one column a municipality")
        if int(self.bits.max(initial=0)) >> len(self.rules):
            raise BadInput("an exclusion without a rule", "a rule code for every exclusion")

    @classmethod
    def of(
        cls, exclusions: Iterable[Exclusion], household_ids: Sequence[str], municipality_ids: Sequence[str]
    ) -> BlockTable:
        """Build from single exclusions; one of an unknown household or municipality is refused."""
        listed = list(exclusions)
        rules = tuple(sorted({one.rule for one in listed}))
        bit = {rule: np.uint64(1 << place) for place, rule in enumerate(rules)}
        row = {key: index for index, key in enumerate(household_ids)}
        column = {key: index for index, key in enumerate(municipality_ids)}
        bits = np.zeros((len(row), len(column)), dtype=np.uint64)
        for one in listed:
            if one.household_id not in row or one.municipality_id not in column:
                raise BadInput(f"{one.household_id}, {one.municipality_id}", "a known pair")
            bits[row[one.household_id], column[one.municipality_id]] |= bit[one.rule]
        return cls(rules, tuple(household_ids), tuple(municipality_ids), bits)

    def codes(self, household_id: str, municipality_id: str) -> tuple[str, ...]:
        """The rules that forbid the pair; empty when it is allowed."""
        row, column = self.household_ids.index(household_id), self.municipality_ids.index(municipality_id)
        return self.named(int(self.bits[row, column]))

    def named(self, word: int) -> tuple[str, ...]:
        """The rules whose bits are set."""
        return tuple(rule for place, rule in enumerate(self.rules) if word >> place & 1)

    def aligned(self, households: Sequence[str], municipalities: Sequence[str]) -> BlockTable:
        """The same in the given order, in as few bytes a pair as the rules need.

        Raises
        ------
        BadInput
            If the households or municipalities are others than the table's own.
        """
        row_of = {key: index for index, key in enumerate(self.household_ids)}
        column_of = {key: index for index, key in enumerate(self.municipality_ids)}
        if row_of.keys() != set(households) or column_of.keys() != set(municipalities):
            raise BadInput("other households or municipalities", "the same as in the problem", "allowed")
        small = self.bits.astype(np.min_scalar_type((1 << len(self.rules)) - 1), copy=False)
        order = [row_of[key] for key in households], [column_of[key] for key in municipalities]
        return BlockTable(self.rules, tuple(households), tuple(municipalities), small[np.ix_(*order)])

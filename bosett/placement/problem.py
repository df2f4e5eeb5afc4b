"""What is to be decided: households, municipalities, scores, rules of exclusion and locks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from bosett.terms.errors import BadInput

PERSONS = "persons"
MAX_RULES = 63


class Objective(StrEnum):
    """What is best: everybody placed first, or the score alone."""

    PLACED_FIRST = "placed-first"
    SCORE = "score"


@dataclass(frozen=True)
class Household:
    """A household that is ready, as the placement sees it: codes and counts, never a name.

    Parameters
    ----------
    persons
        At least 1; also its use of the dimension `persons`.
    uses
        Use of each further dimension (such as `school`), >= 0.
    tier
        1 is served first.
    link
        Households with the same link go to the same municipality or all stay unplaced.
    """

    household_id: str
    persons: int
    uses: Mapping[str, int] = field(default_factory=dict)
    tier: int = 1
    group: str = ""
    link: str = ""
    ready_since: date | None = None

    def __post_init__(self) -> None:
        if self.persons < 1:
            raise BadInput(str(self.persons), "at least 1 person", column="persons")
        if self.tier < 1:
            raise BadInput(str(self.tier), "a tier from 1", column="tier")
        if PERSONS in self.uses or any(use < 0 for use in self.uses.values()):
            raise BadInput(str(dict(self.uses)), "uses >= 0 of dimensions other than persons", column="use_")

    def use(self, dimension: str) -> int:
        """Places of `dimension` that the household takes; a dimension it does not name takes none."""
        return self.persons if dimension == PERSONS else self.uses.get(dimension, 0)


@dataclass(frozen=True)
class Municipality:
    """A municipality and its open places by dimension; None = unlimited."""

    municipality_id: str
    name: str
    capacities: Mapping[str, int | None]

    def __post_init__(self) -> None:
        if PERSONS not in self.capacities:
            raise BadInput("no capacity_persons", "a capacity in persons", column="capacity_persons")
        if any(places is not None and places < 0 for places in self.capacities.values()):
            raise BadInput(str(dict(self.capacities)), "whole numbers >= 0 or unlimited", column="capacity_")


@dataclass(frozen=True)
class Lock:
    """A decision that stands: this municipality, or (None) stays unplaced."""

    household_id: str
    municipality_id: str | None


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
        """The values in the given order; a household or municipality without scores is all NaN."""
        return _take(self.values, self.household_ids, households, self.municipality_ids, municipalities)


def _take(
    values: npt.NDArray[np.float64],
    own_rows: Sequence[str],
    rows: Sequence[str],
    own_columns: Sequence[str],
    columns: Sequence[str],
) -> npt.NDArray[np.float64]:
    row_of = {key: index for index, key in enumerate(own_rows)}
    column_of = {key: index for index, key in enumerate(own_columns)}
    padded = np.full((len(own_rows) + 1, len(own_columns) + 1), np.nan)
    padded[:-1, :-1] = values
    take_rows = [row_of.get(key, len(own_rows)) for key in rows]
    take_columns = [column_of.get(key, len(own_columns)) for key in columns]
    return np.asarray(padded[np.ix_(take_rows, take_columns)], dtype=np.float64)


@dataclass(frozen=True)
class BlockTable:
    """Which rules forbid which pairs: bit k of `bits[i, j]` is rule `rules[k]`.  No bit = allowed."""

    rules: tuple[str, ...]
    household_ids: tuple[str, ...]
    municipality_ids: tuple[str, ...]
    bits: npt.NDArray[np.uint64]

    def __post_init__(self) -> None:
        if len(self.rules) > MAX_RULES or len(set(self.rules)) != len(self.rules):
            raise BadInput(f"{len(self.rules)} rules", f"at most {MAX_RULES} different rules")
        if self.bits.shape != (len(self.household_ids), len(self.municipality_ids)):
            raise BadInput(str(self.bits.shape), "one row a household, one column a municipality")
        if (self.bits >> np.uint64(len(self.rules))).any():
            raise BadInput("an exclusion without a rule", "a rule code for every exclusion")

    @classmethod
    def of(
        cls, exclusions: Iterable[Exclusion], household_ids: Sequence[str], municipality_ids: Sequence[str]
    ) -> BlockTable:
        """Build from single exclusions; one of an unknown household or municipality is refused."""
        listed = list(exclusions)
        rules = tuple(sorted({one.rule for one in listed}))
        row = {key: index for index, key in enumerate(household_ids)}
        column = {key: index for index, key in enumerate(municipality_ids)}
        bits = np.zeros((len(row), len(column)), dtype=np.uint64)
        for one in listed:
            if one.household_id not in row or one.municipality_id not in column:
                raise BadInput(f"{one.household_id}, {one.municipality_id}", "a known pair")
            bits[row[one.household_id], column[one.municipality_id]] |= np.uint64(1 << rules.index(one.rule))
        return cls(rules, tuple(household_ids), tuple(municipality_ids), bits)

    def codes(self, household_id: str, municipality_id: str) -> tuple[str, ...]:
        """The rules that forbid the pair; empty when it is allowed."""
        word = int(
            self.bits[self.household_ids.index(household_id), self.municipality_ids.index(municipality_id)]
        )
        return tuple(rule for place, rule in enumerate(self.rules) if word >> place & 1)


@dataclass(frozen=True)
class Problem:
    """One placement problem; tables are joined by identifier, and rows in any order mean the same.

    Households and municipalities are kept sorted by identifier, scores and rules in that order.

    Raises
    ------
    BadInput
        For a duplicate or unknown identifier, a blank around one, or an allowed pair without a score.
    """

    households: tuple[Household, ...]
    municipalities: tuple[Municipality, ...]
    scores: ScoreTable
    blocked: BlockTable | None = None
    locks: tuple[Lock, ...] = ()

    def __post_init__(self) -> None:
        by_household = tuple(sorted(self.households, key=lambda one: one.household_id))
        by_municipality = tuple(sorted(self.municipalities, key=lambda one: one.municipality_id))
        object.__setattr__(self, "households", by_household)
        object.__setattr__(self, "municipalities", by_municipality)
        _same_dimensions(by_municipality)
        _identifiers(self.household_ids, "household_id")
        _identifiers(self.municipality_ids, "municipality_id")
        self._align()
        self._check_scores()
        self._check_locks()

    @property
    def household_ids(self) -> tuple[str, ...]:
        """Sorted."""
        return tuple(one.household_id for one in self.households)

    @property
    def municipality_ids(self) -> tuple[str, ...]:
        """Sorted."""
        return tuple(one.municipality_id for one in self.municipalities)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """`persons` first, then the others by name."""
        names = {name for one in self.municipalities for name in one.capacities}
        return (PERSONS, *sorted(names - {PERSONS}))

    @property
    def rules(self) -> BlockTable:
        """The exclusions, also when there are none."""
        if self.blocked is not None:
            return self.blocked
        return BlockTable.of((), self.household_ids, self.municipality_ids)

    def _align(self) -> None:
        rows, columns = self.household_ids, self.municipality_ids
        values = self.scores.aligned(rows, columns)
        values.flags.writeable = False
        object.__setattr__(self, "scores", ScoreTable(rows, columns, values))
        if self.blocked is None:
            return
        table = self.blocked
        if sorted(table.household_ids) != list(rows) or sorted(table.municipality_ids) != list(columns):
            raise BadInput("other households or municipalities", "the same as in the problem", "allowed")
        order = np.argsort(np.array(table.household_ids)), np.argsort(np.array(table.municipality_ids))
        bits = table.bits[np.ix_(*order)]
        bits.flags.writeable = False
        object.__setattr__(self, "blocked", BlockTable(table.rules, rows, columns, bits))

    def _check_scores(self) -> None:
        lacking = np.isnan(self.scores.values) & (self.rules.bits == 0)
        if lacking.any():
            row, column = np.argwhere(lacking)[0]
            raise BadInput(
                f"no score for {self.household_ids[row]}",
                "a finite score for every allowed pair",
                "scores",
                column=self.municipality_ids[column],
            )

    def _check_locks(self) -> None:
        households, municipalities = set(self.household_ids), {*self.municipality_ids, None}
        for lock in self.locks:
            if lock.household_id not in households or lock.municipality_id not in municipalities:
                raise BadInput(
                    f"{lock.household_id}, {lock.municipality_id}", "a known household and place", "locks"
                )


def _identifiers(identifiers: Sequence[str], column: str) -> None:
    if len(set(identifiers)) != len(identifiers):
        twice = next(one for one in identifiers if identifiers.count(one) > 1)
        raise BadInput(repr(twice), "each identifier once", column=column)
    for one in identifiers:
        if not one or one != one.strip():
            raise BadInput(repr(one), "an identifier without blanks around it", column=column)


def _same_dimensions(municipalities: Sequence[Municipality]) -> None:
    for one in municipalities:
        if set(one.capacities) != set(municipalities[0].capacities):
            raise BadInput(
                f"{one.municipality_id}: {sorted(one.capacities)}",
                f"the same dimensions everywhere: {sorted(municipalities[0].capacities)}",
                column="capacity_",
            )

"""What is to be decided: households, municipalities, scores, rules of exclusion and locks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bosett.placement.tables import BlockTable, Exclusion, ScoreTable
from bosett.terms.errors import BadInput

__all__ = [
    "PERSONS",
    "BlockTable",
    "Exclusion",
    "Household",
    "Lock",
    "Municipality",
    "Objective",
    "Problem",
    "ScoreTable",
    "Wish",
]

PERSONS = "persons"


class Objective(StrEnum):
    """What is best: everybody placed first, the score alone, or wishes in turn above a floor."""

    PLACED_FIRST = "placed-first"
    SCORE = "score"
    WISHES = "wishes"


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
    arrival
        The batch in which the household comes: a number or a day's ordinal; only a stream reads it.
    """

    household_id: str
    persons: int
    uses: Mapping[str, int] = field(default_factory=dict)
    tier: int = 1
    group: str = ""
    link: str = ""
    ready_since: date | None = None
    arrival: int | None = None

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
class Wish:
    """A household's wish; rank 1 is wished for most."""

    household_id: str
    rank: int
    municipality_id: str


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
    wishes: tuple[Wish, ...] = ()

    def __post_init__(self) -> None:
        by_household = tuple(sorted(self.households, key=lambda one: one.household_id))
        by_municipality = tuple(sorted(self.municipalities, key=lambda one: one.municipality_id))
        object.__setattr__(self, "households", by_household)
        object.__setattr__(self, "municipalities", by_municipality)
        _same_dimensions(by_municipality)
        _identifiers(self.household_ids, "household_id")
        _identifiers(self.municipality_ids, "municipality_id")
        self._align()
        self._check_locks()
        self._check_wishes()

    @cached_property
    def household_ids(self) -> tuple[str, ...]:
        """Sorted."""
        return tuple(one.household_id for one in self.households)

    @cached_property
    def municipality_ids(self) -> tuple[str, ...]:
        """Sorted."""
        return tuple(one.municipality_id for one in self.municipalities)

    @cached_property
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

    @cached_property
    def allowed(self) -> npt.NDArray[np.bool_] | None:
        """Which pairs no rule forbids; None = all."""
        return None if self.blocked is None else self.blocked.bits == 0

    def _align(self) -> None:
        rows, columns = self.household_ids, self.municipality_ids
        if self.blocked is not None:
            table = self.blocked.aligned(rows, columns)
            table.bits.flags.writeable = False
            object.__setattr__(self, "blocked", table)
        values = self.scores.aligned(rows, columns)
        self._check_scores(values)
        if self.blocked is not None:
            values[self.blocked.bits != 0] = 0.0
        values.flags.writeable = False
        object.__setattr__(self, "scores", ScoreTable(rows, columns, values))

    def _check_scores(self, values: npt.NDArray[np.float64]) -> None:
        lacking = np.isnan(values)
        if self.blocked is not None:
            lacking &= self.blocked.bits == 0
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

    def _check_wishes(self) -> None:
        households, municipalities = set(self.household_ids), set(self.municipality_ids)
        seen: set[tuple[str, int | str]] = set()
        for one in self.wishes:
            told = f"{one.household_id}, {one.rank}, {one.municipality_id}"
            if one.household_id not in households or one.municipality_id not in municipalities:
                raise BadInput(told, "a known household and municipality", "wishes")
            if one.rank < 1:
                raise BadInput(told, "a rank from 1", "wishes", column="rank")
            keys: set[tuple[str, int | str]] = {
                (one.household_id, one.rank),
                (one.household_id, one.municipality_id),
            }
            if seen & keys:
                raise BadInput(told, "each rank and each municipality once a household", "wishes")
            seen |= keys


def _identifiers(identifiers: Sequence[str], column: str) -> None:
    if len(set(identifiers)) != len(identifiers):
        twice = next(one for one, after in pairwise(sorted(identifiers)) if one == after)
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

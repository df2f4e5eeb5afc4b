"""The settlement need, with the parts it is made of, and whether it calls for a new division."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from bosett.forecast.problem import Combination, Estimate
from bosett.terms.groups import Group


@dataclass(frozen=True)
class Part:
    """One part of the need; `sign` is -1 for those who leave."""

    key: str
    sign: int
    persons: Estimate

    def __post_init__(self) -> None:
        if self.sign not in (-1, 1):
            raise ValueError(f"a part is added or taken away, not {self.sign}")


@dataclass(frozen=True)
class Need:
    """Persons who need a municipality in a year.

    Promise: the parts sum to the point exactly, and the interval encloses it.  `low` never goes
    below 0; `low_was_cut` says when the parts alone would have taken it there.
    """

    year: int
    as_of: date
    group: Group
    persons: Estimate
    parts: tuple[Part, ...]
    combination: Combination
    level: Fraction
    low_was_cut: bool

    def __post_init__(self) -> None:
        total = sum(part.sign * part.persons.point for part in self.parts)
        if total != self.persons.point:
            raise ValueError(f"the parts sum to {total}, the need says {self.persons.point}")
        if self.low_was_cut and self.persons.low != 0:
            raise ValueError("a low end that was cut is 0")


class RevisionReason(StrEnum):
    """Why a new division is due, or why not."""

    PERSONS_ROSE = "persons_rose"
    MINORS_ROSE = "minors_rose"
    PERSONS_CHANGED = "persons_changed"
    MINORS_CHANGED = "minors_changed"
    WITHIN_LIMITS = "within_limits"


@dataclass(frozen=True)
class Revision:
    """Whether the rule calls for a new division, and each reason it does."""

    due: bool
    reasons: tuple[RevisionReason, ...]
    mandate: str

    def __post_init__(self) -> None:
        within = self.reasons == (RevisionReason.WITHIN_LIMITS,)
        if not self.reasons or self.due == within:
            raise ValueError(f"due={self.due} does not go with {self.reasons}")

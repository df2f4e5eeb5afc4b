"""What each municipality is asked for, and how the number came to be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bosett.distribution.problem import Method, Rounding


class Bound(StrEnum):
    """What held the number, if anything did."""

    NONE = "none"
    FLOOR = "floor"
    CAP = "cap"
    EXCLUDED = "excluded"
    TOO_SMALL = "too_small"
    NO_SHARE = "no_share"
    BY_HAND = "by_hand"


@dataclass(frozen=True)
class MunicipalityShare:
    """One municipality's part.

    Parameters
    ----------
    asked
        Whole persons.
    exact_share
        Persons before deductions, floors and caps; `contributions` sum to it exactly.
    after_deduction
        Persons after deductions, rescaled to the need.
    bounded_share
        Persons after floors and caps: what is rounded.
    contributions
        (column, persons) for each criterion.
    groups
        (group, persons); together never above `asked`.
    reason
        Why the number was set by hand; empty when it was not.
    deductions
        (cause, persons) taken off the exact share; the cause `deduct` where none is told.
    """

    identifier: str
    name: str
    county: str
    asked: int
    exact_share: Fraction
    after_deduction: Fraction
    bounded_share: Fraction
    bound: Bound
    contributions: tuple[tuple[str, Fraction], ...]
    groups: tuple[tuple[str, int], ...] = ()
    reason: str = ""
    deductions: tuple[tuple[str, Fraction], ...] = ()

    def __post_init__(self) -> None:
        if sum((persons for _, persons in self.contributions), Fraction(0)) != self.exact_share:
            raise ValueError(f"{self.identifier}: the criteria do not sum to the exact share")
        if any(persons < 0 for _, persons in self.groups) or self.asked < 0:
            raise ValueError(f"{self.identifier}: a negative number of persons")
        if sum(persons for _, persons in self.groups) > self.asked:
            raise ValueError(f"{self.identifier}: the groups exceed what is asked")

    def group(self, name: str) -> int:
        """The persons of one group; a KeyError if it was not divided."""
        return dict(self.groups)[name]


@dataclass(frozen=True)
class Distribution:
    """The division.  Promise: `asked`, shares and each group sum to the need exactly.

    `assumptions` names each transformation that a published method leaves open and Bosett filled.
    """

    need: int
    method: Method
    rounding: Rounding
    shares: tuple[MunicipalityShare, ...]
    groups: tuple[tuple[str, int], ...]
    assumptions: tuple[str, ...]

    def __post_init__(self) -> None:
        if sum(share.asked for share in self.shares) != self.need:
            raise ValueError("the division does not sum to the need")
        for exact in (
            sum((share.exact_share for share in self.shares), Fraction(0)),
            sum((share.after_deduction for share in self.shares), Fraction(0)),
            sum((share.bounded_share for share in self.shares), Fraction(0)),
        ):
            if exact != self.need:
                raise ValueError("the exact shares do not sum to the need")
        for group, persons in self.groups:
            if sum(share.group(group) for share in self.shares) != persons:
                raise ValueError(f"the division of {group} does not sum to its need")

    def of(self, identifier: str) -> MunicipalityShare:
        """One municipality's part; a KeyError if it is not there."""
        return {share.identifier: share for share in self.shares}[identifier]

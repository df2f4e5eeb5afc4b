"""An instance and an answer as the files give them, for the check that trusts no solver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

Pair = tuple[str, str]


@dataclass(frozen=True)
class GivenHousehold:
    """A household as the instance gives it; `use` holds every dimension, `persons` too."""

    use: Mapping[str, int]
    tier: int = 1
    link: str = ""
    group: str = ""


@dataclass(frozen=True)
class GivenInstance:
    """The instance as read; a capacity of None is unlimited, a pair not in `score` has no score."""

    capacity: Mapping[str, Mapping[str, int | None]]
    households: Mapping[str, GivenHousehold]
    score: Mapping[Pair, Fraction]
    forbidden: frozenset[Pair] = frozenset()
    locks: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class GivenPlacement:
    """One row of `placements.csv`."""

    household_id: str
    municipality_id: str | None
    score: Fraction | None
    reason: str


@dataclass(frozen=True)
class GivenLevel:
    """One level of `summary.json` with its certificate."""

    name: str
    value: Fraction
    bound: Fraction
    prices: Mapping[str, Mapping[str, Fraction]]
    mu: Mapping[str, Fraction]
    certified: Fraction


@dataclass(frozen=True)
class GivenPrice:
    """One row of `prices.csv`."""

    municipality_id: str
    dimension: str
    capacity: int | None
    used: int
    price: Fraction


@dataclass(frozen=True)
class GivenAnswer:
    """The answer as read."""

    placements: tuple[GivenPlacement, ...]
    levels: tuple[GivenLevel, ...]
    prices: tuple[GivenPrice, ...]
    totals: Mapping[str, Fraction]


@dataclass(frozen=True)
class Breach:
    """A rule that is not kept, or a number that is not what it claims to be."""

    code: str
    about: str
    claimed: str = ""
    found: str = ""

    def __str__(self) -> str:
        told = f" (claimed {self.claimed}, found {self.found})" if self.claimed or self.found else ""
        return f"{self.code}: {self.about}{told}"

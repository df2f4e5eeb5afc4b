"""An instance and an answer as the files give them, for the check that trusts no solver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class GivenInstance:
    """The instance as read; rows are households, columns municipalities, joined by identifier.

    Parameters
    ----------
    capacity
        municipalities x dimensions; infinite = unlimited.
    use
        households x dimensions.
    score
        households x municipalities; NaN = no score.
    """

    municipalities: Sequence[str]
    dimensions: Sequence[str]
    capacity: npt.NDArray[np.float64]
    households: Sequence[str]
    use: npt.NDArray[np.float64]
    tier: Sequence[int]
    link: Sequence[str]
    group: Sequence[str]
    score: npt.NDArray[np.float64]
    allowed: npt.NDArray[np.bool_] | None
    locks: Mapping[str, str | None] = field(default_factory=dict)

    @cached_property
    def row(self) -> dict[str, int]:
        """Household -> row."""
        return {name: place for place, name in enumerate(self.households)}

    @cached_property
    def column(self) -> dict[str, int]:
        """Municipality -> column."""
        return {name: place for place, name in enumerate(self.municipalities)}

    @cached_property
    def together(self) -> list[list[int]]:
        """Rows of each unit: a household alone, or all of one link."""
        by_link: dict[str, list[int]] = {}
        alone = []
        for row, link in enumerate(self.link):
            if link:
                by_link.setdefault(link, []).append(row)
            else:
                alone.append([row])
        return alone + list(by_link.values())


@dataclass(frozen=True)
class GivenPlacement:
    """One row of `placements.csv`."""

    household_id: str
    municipality_id: str | None
    score: float | None
    reason: str


@dataclass(frozen=True)
class GivenLevel:
    """One level of `summary.json` with its certificate."""

    name: str
    value: float
    bound: float
    prices: Mapping[str, Mapping[str, float]]
    mu: Mapping[str, float]
    groups: Mapping[str, float]
    certified: float


@dataclass(frozen=True)
class GivenPrice:
    """One row of `prices.csv`."""

    municipality_id: str
    dimension: str
    capacity: int | None
    used: int
    price: float


@dataclass(frozen=True)
class GivenAnswer:
    """The answer as read."""

    placements: tuple[GivenPlacement, ...]
    levels: tuple[GivenLevel, ...]
    prices: tuple[GivenPrice, ...]
    totals: Mapping[str, float]
    objective: str
    group_shares: Mapping[str, float | None] = field(default_factory=dict)
    fairness_floor: float | None = None
    score_floor: float | None = None
    best_score: float | None = None


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

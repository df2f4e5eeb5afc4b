"""A plain score from codes alone: explicit, documented, and meant to be swapped for a better one.

It knows ties, wishes, needs and services.  It knows no nationality, religion, language, sex, name
or diagnosis, and has no field for one.  The weights are our assumption (`parameters/placement`), not
a rule of any authority.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from bosett.rules.value import DatedValue
from bosett.terms.errors import BadInput

MOST_CENTRAL, LEAST_CENTRAL = 1, 6


class Rules(Protocol):
    """Looks up a dated number; raises NoRuleInForce rather than guess."""

    def lookup(self, path: str, on: date) -> DatedValue: ...


class Tie(StrEnum):
    """A registered tie to a municipality, the strongest first."""

    FAMILY_IN_DIRECT_LINE = "family_in_direct_line"
    NETWORK = "network"
    WORK_OR_SCHOOL = "work_or_school"


class Prefers(StrEnum):
    """Centrality that the registered needs call for."""

    CENTRAL = "central"
    RURAL = "rural"
    NONE = "none"


@dataclass(frozen=True)
class HouseholdFacts:
    """Codes registered for a household.

    Parameters
    ----------
    ties
        Municipality -> tie.
    wishes
        Municipality -> rank, 1 = first wish.
    needs
        Codes of services it needs (such as `hospital_within_reach`).
    """

    household_id: str
    ties: Mapping[str, Tie] = field(default_factory=dict)
    wishes: Mapping[str, int] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()
    prefers: Prefers = Prefers.NONE

    def __post_init__(self) -> None:
        if any(rank < 1 for rank in self.wishes.values()):
            raise BadInput(str(dict(self.wishes)), "ranks from 1", column="rank")


@dataclass(frozen=True)
class MunicipalityFacts:
    """Codes registered for a municipality; centrality 1 (most central) to 6."""

    municipality_id: str
    services: frozenset[str]
    centrality: int

    def __post_init__(self) -> None:
        if not MOST_CENTRAL <= self.centrality <= LEAST_CENTRAL:
            raise BadInput(str(self.centrality), "1 to 6", column="centrality")


@dataclass(frozen=True)
class Part:
    """One reason and its points."""

    code: str
    points: float


@dataclass(frozen=True)
class Score:
    """The sum of its parts."""

    household_id: str
    municipality_id: str
    parts: tuple[Part, ...]

    @property
    def points(self) -> float:
        """Total points, >= 0."""
        return sum(part.points for part in self.parts)


@dataclass(frozen=True)
class Weights:
    """Points for each reason, >= 0; read with `weights_on`."""

    tie: Mapping[Tie, float]
    first_wish: float
    all_needs_covered: float
    centrality: float

    def __post_init__(self) -> None:
        numbers = (*self.tie.values(), self.first_wish, self.all_needs_covered, self.centrality)
        if any(number < 0 for number in numbers) or set(self.tie) != set(Tie):
            raise BadInput("weights", "a weight >= 0 for every reason", "parameters/placement")


def weights_on(rules: Rules, on: date) -> Weights:
    """The weights in force on a day; raises NoRuleInForce when one is not stored."""

    def weight(name: str) -> float:
        return float(rules.lookup(f"placement/{name}", on).value)

    return Weights(
        {tie: weight(f"weight_tie_{tie.value}") for tie in Tie},
        weight("weight_first_wish"),
        weight("weight_all_needs_covered"),
        weight("weight_centrality"),
    )


def plain_score(household: HouseholdFacts, municipality: MunicipalityFacts, weights: Weights) -> Score:
    """Points of a household in a municipality with the part of each reason; parts of 0 are left out.

    tie: the tie's weight.  wish: `first_wish / rank`.  needs: the weight times the share of the
    household's needs that the municipality's services cover (1 when it has none: nothing is
    lacking).  centrality: the weight times how far the preferred way, from 0 to 1.
    """
    place = municipality.municipality_id
    tie = household.ties.get(place)
    rank = household.wishes.get(place)
    parts = [
        Part(f"tie_{tie.value}", weights.tie[tie]) if tie else Part("tie", 0.0),
        Part("wish", weights.first_wish / rank if rank else 0.0),
        Part("needs_covered", weights.all_needs_covered * _covered(household, municipality)),
        Part("centrality", weights.centrality * _preferred(household, municipality)),
    ]
    return Score(household.household_id, place, tuple(part for part in parts if part.points > 0))


def _covered(household: HouseholdFacts, municipality: MunicipalityFacts) -> float:
    if not household.needs:
        return 1.0
    return len(household.needs & municipality.services) / len(household.needs)


def _preferred(household: HouseholdFacts, municipality: MunicipalityFacts) -> float:
    rural = (municipality.centrality - MOST_CENTRAL) / (LEAST_CENTRAL - MOST_CENTRAL)
    return {Prefers.NONE: 0.0, Prefers.CENTRAL: 1 - rural, Prefers.RURAL: rural}[household.prefers]

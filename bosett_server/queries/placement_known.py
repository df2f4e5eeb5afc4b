"""What is known of each household of a run beside the instance: enough to give reasons later, and no more.

Codes only.  It is kept with the run, so that its reasons are those of its own day.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from bosett.placement.host_priorities import Guest, host_points, host_weight
from bosett.placement.score import (
    HouseholdFacts,
    MunicipalityFacts,
    Part,
    Prefers,
    Tie,
    plain_score,
    weights_on,
)
from bosett.rules.parameters import Parameters


@dataclass(frozen=True)
class KnownHome:
    """One household's codes.

    Parameters
    ----------
    ties, wishes
        Municipality -> kind of tie; municipality -> rank from 1.
    own, partners
        Municipalities that opened places for it; where a linked household is.
    declined, barred
        Municipalities that said no before; where it is not to go (shown as another need).
    free
        Nothing registered binds it to one place, so it is spread.
    doubts
        What a person should look at wherever it is proposed.
    against
        Municipalities whose council made a condition that it does not fit.
    persons, wait_days
        What priorities of hosts read beside ties and wishes.
    """

    ties: Mapping[str, str]
    wishes: Mapping[str, int]
    prefers: str
    own: tuple[str, ...]
    partners: tuple[str, ...]
    declined: tuple[str, ...]
    barred: tuple[str, ...]
    free: bool
    doubts: tuple[str, ...]
    against: tuple[str, ...]
    persons: int = 1
    wait_days: int = 0


@dataclass(frozen=True)
class Known:
    """All of a run.

    Parameters
    ----------
    day
        The day of the run: weights are those in force then.
    centrality
        Municipality -> 1 to 6.
    closed
        Municipality -> the rule that closes it to everybody.
    waiting
        What ready households that are not in the run wait for, and how many.
    not_kept
        Households whose standing choice could not be kept.
    loaded
        Whether the scores are a loaded table's, so that they have no parts.
    hosts
        Municipality -> criteria in its own order, where the run asked for priorities of hosts.
    not_counted
        Municipality -> persons whom its vedtak has room for and the State does not count on.
    """

    day: date
    homes: Mapping[str, KnownHome]
    centrality: Mapping[str, int]
    closed: Mapping[str, str]
    waiting: Mapping[str, int]
    not_kept: frozenset[str]
    loaded: bool = False
    hosts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    not_counted: Mapping[str, int] = field(default_factory=dict)

    def host_points(self, household: str, municipality: str) -> float:
        """Points for being one that the municipality says it can best receive."""
        criteria = self.hosts.get(municipality)
        if not criteria:
            return 0.0
        weight = host_weight(Parameters.shipped(), self.day)
        return host_points(guest_of(self.homes[household]), municipality, criteria, weight)

    def parts(self, household: str, municipality: str) -> tuple[Part, ...]:
        """The reasons behind one score; none where the score was loaded.

        `needs_covered` is left out: no register of services is stored, so it is the same everywhere.
        """
        if self.loaded:
            return ()
        weights = weights_on(Parameters.shipped(), self.day)
        there = MunicipalityFacts(municipality, frozenset(), self.centrality[municipality])
        parts = plain_score(facts_of(household, self.homes[household]), there, weights).parts
        host = self.host_points(household, municipality)
        told = tuple(part for part in parts if part.code != "needs_covered")
        return (*told, Part("host_priority", host)) if host else told

    def packed(self) -> bytes:
        """As bytes; the same facts give the same text."""
        told = {
            "day": self.day.isoformat(),
            "homes": {name: asdict(one) for name, one in self.homes.items()},
            "centrality": dict(self.centrality),
            "closed": dict(self.closed),
            "waiting": dict(self.waiting),
            "not_kept": sorted(self.not_kept),
            "loaded": self.loaded,
            "hosts": {code: list(criteria) for code, criteria in self.hosts.items()},
            "not_counted": dict(self.not_counted),
        }
        return zlib.compress(json.dumps(told, sort_keys=True).encode())


def read_known(packed: bytes) -> Known:
    """What `packed` gave; runs of before requests could be changed in the year tell of no places held back."""
    told = json.loads(zlib.decompress(packed))
    homes = {name: _home(one) for name, one in told["homes"].items()}
    return Known(
        date.fromisoformat(told["day"]), homes, told["centrality"], told["closed"], told["waiting"],
        frozenset(told["not_kept"]), told["loaded"], told["hosts"], told.get("not_counted", {}),
    )  # fmt: skip


def _home(told: Mapping[str, Any]) -> KnownHome:
    return KnownHome(
        told["ties"], told["wishes"], told["prefers"], tuple(told["own"]), tuple(told["partners"]),
        tuple(told["declined"]), tuple(told["barred"]), told["free"],
        tuple(told["doubts"]), tuple(told["against"]), told["persons"], told["wait_days"],
    )  # fmt: skip


def guest_of(one: KnownHome) -> Guest:
    """The household as priorities of hosts read it."""
    work = frozenset(place for place, kind in one.ties.items() if kind == Tie.WORK_OR_SCHOOL)
    return Guest(one.persons, work, frozenset(one.wishes), one.wait_days)


def facts_of(household: str, one: KnownHome) -> HouseholdFacts:
    """The household as the plain score reads it."""
    ties = {place: Tie(kind) for place, kind in one.ties.items()}
    return HouseholdFacts(household, ties=ties, wishes=one.wishes, prefers=Prefers(one.prefers))

"""What a simulation is made from; every refusal names the group, place or policy it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bosett.terms.errors import BadInput

LONGEST_WEEKS = 1040
YEAR = 52
"""Weeks."""
SMALL_GROUP_PER_WEEK = 25.0
"""Groups that expect fewer a week are followed person by person; larger ones by their normal limit."""
SMALL_FLOW_PER_WEEK = 12.0
"""So are flows of fewer a week within a large group, such as its refused.  At 15 a week the normal limit has the
mean within 0.03 % and the spread within 1 % of persons (docs/methods/simulation.md)."""


@dataclass(frozen=True)
class Delay:
    """A gamma-distributed time, in weeks; `mean` 0 means at once.

    Raises
    ------
    BadInput
        If the mean is negative, or the spread is not above 0 where the mean is.
    """

    mean_weeks: float
    sd_weeks: float

    def __post_init__(self) -> None:
        if not 0 <= self.mean_weeks <= LONGEST_WEEKS:
            raise BadInput(f"a delay of {self.mean_weeks:g} weeks", f"0 to {LONGEST_WEEKS} weeks")
        if self.mean_weeks > 0 and not 0 < self.sd_weeks <= 4 * self.mean_weeks:
            found = f"a spread of {self.sd_weeks:g} weeks around {self.mean_weeks:g}"
            raise BadInput(found, "above 0, up to four times the mean")


@dataclass(frozen=True)
class FlowGroup:
    """A group of arrivals and what happens to it.

    Parameters
    ----------
    arrivals_per_week
        Expected persons, by year from the start; the last year's number goes on.
    spread, persistence
        Of the logarithm of the intensity: its standard deviation in the long run, and the share of a
        deviation that is left after a week (0 to 1, not 1).
    decision, ready_after, leaves_after
        Arrival to decision; permit to ready for a municipality; refusal to departure.
    refused_share
        Share of the decided who get no permit, or leave before they are settled.
    private_share
        Share who live outside reception from arrival on.
    place
        The kind of reception place.
    arrivals_by_week
        Expected persons week by week, instead of by year; the last week's number goes on.
    undecided_at_start, ready_at_start
        Persons in the chain at the start, spread over private and reception as arrivals are.
    """

    name: str
    arrivals_per_week: tuple[float, ...]
    decision: Delay
    ready_after: Delay
    leaves_after: Delay
    place: str
    refused_share: float = 0.0
    private_share: float = 0.0
    spread: float = 0.0
    persistence: float = 0.95
    undecided_at_start: int = 0
    ready_at_start: int = 0
    arrivals_by_week: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not self.arrivals_per_week or min(*self.arrivals_per_week, *self.arrivals_by_week, 0) < 0:
            raise BadInput(f"arrivals of {self.name}: {list(self.arrivals_per_week)}", "0 or more a week")
        for name in ("refused_share", "private_share"):
            if not 0 <= getattr(self, name) <= 1:
                raise BadInput(f"{name} of {self.name}: {getattr(self, name)}", "a share from 0 to 1")
        if not 0 <= self.persistence < 1 or not 0 <= self.spread <= 2:
            found = f"{self.name}: persistence {self.persistence}, spread {self.spread}"
            raise BadInput(found, "a persistence from 0 to below 1, a spread from 0 to 2")
        if min(self.undecided_at_start, self.ready_at_start) < 0:
            raise BadInput(f"persons at the start of {self.name}", "0 or more")

    @property
    def small(self) -> bool:
        """Whether the group is followed person by person."""
        return max(self.arrivals_by_week or self.arrivals_per_week) < SMALL_GROUP_PER_WEEK

    def expected(self, weeks: int) -> NDArray[np.float64]:
        """Expected arrivals of each week."""
        path = np.array(self.arrivals_by_week or self.arrivals_per_week, dtype=np.float64)
        passed = np.arange(weeks) // (1 if self.arrivals_by_week else YEAR)
        told: NDArray[np.float64] = path[np.minimum(passed, len(path) - 1)]
        return told


@dataclass(frozen=True)
class KnownContract:
    """Places that are agreed before the simulation starts; weeks are counted from its first.

    Parameters
    ----------
    first_week
        Week of the opening; 0 or earlier = open at the start.
    end_week
        Week in which the contract ends by itself; None = it goes on until notice.
    locked_until_week
        First week in which notice can take effect; None = not locked in.
    """

    places: int
    first_week: int = 0
    end_week: int | None = None
    locked_until_week: int | None = None

    def __post_init__(self) -> None:
        if self.places < 0:
            raise BadInput(f"a contract on {self.places} places", "0 or more")
        if self.end_week is not None and self.end_week <= self.first_week:
            found = f"a contract from week {self.first_week} that ends in week {self.end_week}"
            raise BadInput(found, "an end after the start")


@dataclass(frozen=True)
class PlaceKind:
    """Places of one kind: how many stand open, what they cost a day, how fast they come and go.

    Parameters
    ----------
    contracts
        What is agreed already; the policy orders and gives up places from there.
    lead_weeks, notice_weeks, lock_in_weeks
        From order to opening; from notice to closing; weeks after opening in which no notice works.
    price_occupied_nok, price_empty_nok, price_short_nok
        A place and day: with a resident, without one, and bought at the last moment in a shortage.
    """

    name: str
    contracts: tuple[KnownContract, ...]
    lead_weeks: int
    notice_weeks: int
    lock_in_weeks: int
    price_occupied_nok: float
    price_empty_nok: float
    price_short_nok: float

    def __post_init__(self) -> None:
        for name in ("lead_weeks", "notice_weeks", "lock_in_weeks"):
            if getattr(self, name) < 0:
                raise BadInput(f"{name} of {self.name}: {getattr(self, name)}", "0 or more")
        for name in ("price_occupied_nok", "price_empty_nok", "price_short_nok"):
            if not getattr(self, name) >= 0:
                raise BadInput(f"{name} of {self.name}: {getattr(self, name)}", "0 or more kroner")


@dataclass(frozen=True)
class Policy:
    """A way of holding places and of settling, to be compared with others on the same draws.

    Parameters
    ----------
    buffer
        Places held beyond the residents, as a share OF RESIDENTS (0.15 = "15 % more places").  The
        budget's norm of 85 % is of places: that is a buffer of 1 / 0.85 - 1 = 0.1765.
    standby
        Kind -> places that an operator keeps ready: paid a fee each day and called at once.
    standby_fee_nok, standby_call_nok
        A place and day: for keeping it ready, and on top of that when it is used.
    most_places
        Kind -> the most that can ever be open, standby included; absent = no limit.
    settlement_factor
        Times the municipal places a week.
    earlier_weeks
        The municipal places come so many weeks earlier (an earlier anmodning).
    faster_ready
        Times the mean time from permit to ready.
    private_share
        Instead of each group's own, for groups that have one; None = their own.
    """

    name: str
    buffer: float = 0.15
    standby: Mapping[str, int] = field(default_factory=dict)
    standby_fee_nok: float = 0.0
    standby_call_nok: float = 0.0
    most_places: Mapping[str, int] = field(default_factory=dict)
    settlement_factor: float = 1.0
    earlier_weeks: int = 0
    faster_ready: float = 1.0
    private_share: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.buffer <= 5:
            raise BadInput(f"a buffer of {self.buffer} in {self.name}", "a share of residents from 0 to 5")
        if min(self.settlement_factor, self.faster_ready) <= 0 or self.earlier_weeks < 0:
            raise BadInput(f"factors of {self.name}", "factors above 0 and weeks of 0 or more")
        if min((*self.standby.values(), *self.most_places.values(), 0)) < 0:
            raise BadInput(f"places of {self.name}", "0 or more")
        if self.private_share is not None and not 0 <= self.private_share <= 1:
            raise BadInput(f"private_share of {self.name}: {self.private_share}", "a share from 0 to 1")


@dataclass(frozen=True)
class SettlementPlan:
    """Municipal places: how many persons can be settled each week.

    Parameters
    ----------
    places_per_week
        By year from the start; the last year's number goes on.
    accepted_share
        Share of the offered places that lead to a settlement.
    quota_per_week
        Resettlement refugees who come straight to a municipality and use its places.
    keep_unused
        Whether places that are not used in a week can be used later in the year.
    order
        Groups in the order they are settled.
    """

    places_per_week: tuple[float, ...]
    order: tuple[str, ...]
    accepted_share: float = 1.0
    quota_per_week: float = 0.0
    keep_unused: bool = False

    def __post_init__(self) -> None:
        if not self.places_per_week or min(*self.places_per_week, self.quota_per_week) < 0:
            raise BadInput("municipal places a week", "0 or more, for at least one year")
        if not 0 < self.accepted_share <= 1:
            raise BadInput(f"accepted_share {self.accepted_share}", "above 0 and at most 1")


@dataclass(frozen=True)
class SimulationPlan:
    """The whole scenario.

    Raises
    ------
    BadInput
        If a group names a place that is not there, the order does not hold each group once, or two
        policies share a name.
    """

    weeks: int
    groups: tuple[FlowGroup, ...]
    settlement: SettlementPlan
    places: tuple[PlaceKind, ...]
    policies: tuple[Policy, ...]

    def __post_init__(self) -> None:
        if not 1 <= self.weeks <= LONGEST_WEEKS:
            raise BadInput(f"{self.weeks} weeks", f"1 to {LONGEST_WEEKS} weeks")
        kinds = _once([kind.name for kind in self.places], "places")
        names = _once([group.name for group in self.groups], "groups")
        _once([policy.name for policy in self.policies], "policies")
        for group in self.groups:
            if group.place not in kinds:
                raise BadInput(f"place {group.place!r} of group {group.name}", f"one of {', '.join(kinds)}")
        if sorted(self.settlement.order) != sorted(names):
            raise BadInput(f"order {list(self.settlement.order)}", f"each of {', '.join(names)} once")
        for policy in self.policies:
            for kind in (*policy.standby, *policy.most_places):
                if kind not in kinds:
                    raise BadInput(f"place {kind!r} of policy {policy.name}", f"one of {', '.join(kinds)}")


def _once(names: list[str], what: str) -> list[str]:
    if not names:
        raise BadInput(f"no {what}", "at least one")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadInput(f"{what} with the name {twice[0]!r} twice", "each name once")
    return names

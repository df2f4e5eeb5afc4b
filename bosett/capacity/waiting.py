"""Who waits for a municipality, how long, and whose target has passed or soon will."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bosett.terms.errors import BadInput
from bosett.terms.groups import Group


@dataclass(frozen=True)
class Waiting:
    """A household that waits; `since` is the day its clock began (the permit)."""

    household: str
    group: Group
    persons: int
    since: date

    def __post_init__(self) -> None:
        if self.persons < 1:
            raise BadInput(f"{self.persons} persons waiting", "1 or more")


@dataclass(frozen=True)
class Target:
    """A group is to be settled within so many months of its permit."""

    group: Group
    months: int

    def __post_init__(self) -> None:
        if self.months < 1:
            raise BadInput(f"a target of {self.months} months", "1 or more months")

    def last_day(self, since: date) -> date:
        """The last day inside the target: the same day of the month, or the month's last."""
        index = since.year * 12 + since.month - 1 + self.months
        following = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
        last_of_month = following - timedelta(days=1)
        return last_of_month.replace(day=min(since.day, last_of_month.day))


class Ageing(StrEnum):
    """Where a waiting household stands against its target."""

    INSIDE = "inside"
    SOON = "soon"
    PAST = "past"


@dataclass(frozen=True)
class Alert:
    """A household whose target is near or has passed; the longest over first."""

    household: str
    group: Group
    persons: int
    wait_days: int
    last_day: date
    ageing: Ageing


@dataclass(frozen=True)
class GroupWaiting:
    """One group's waiting persons against a target.

    Promise: inside + soon + past is everybody who waits.
    """

    group: Group
    target_months: int
    persons: int
    inside: int
    soon: int
    past: int
    longest_days: int

    def __post_init__(self) -> None:
        if self.inside + self.soon + self.past != self.persons:
            raise ValueError("everybody who waits is inside, soon or past")


def waiting_against(
    waiting: Iterable[Waiting], targets: Sequence[Target], today: date, *, soon_days: int = 14
) -> tuple[GroupWaiting, ...]:
    """Each target's group by ageing.  `Group.ALL` as a target counts everybody, the minors too."""
    listed = list(waiting)
    return tuple(_group(listed, target, today, soon_days) for target in targets)


def ageing_alerts(
    waiting: Iterable[Waiting], targets: Sequence[Target], today: date, *, soon_days: int = 14
) -> tuple[Alert, ...]:
    """Households that are past their target or will be within so many days; the narrowest target counts.

    Parameters
    ----------
    targets
        The target of a household is its own group's; `Group.ALL` where it has none of its own.
    """
    found = []
    for one in waiting:
        target = _target_of(one, targets)
        if target is None:
            continue
        ageing = _ageing(one, target, today, soon_days)
        if ageing is not Ageing.INSIDE:
            days = (today - one.since).days
            found.append(
                Alert(one.household, one.group, one.persons, days, target.last_day(one.since), ageing)
            )
    return tuple(sorted(found, key=lambda alert: (alert.last_day, alert.household)))


def _group(listed: list[Waiting], target: Target, today: date, soon_days: int) -> GroupWaiting:
    own = [one for one in listed if target.group in (Group.ALL, one.group)]
    counted = dict.fromkeys(Ageing, 0)
    for one in own:
        counted[_ageing(one, target, today, soon_days)] += one.persons
    return GroupWaiting(
        target.group,
        target.months,
        sum(one.persons for one in own),
        counted[Ageing.INSIDE],
        counted[Ageing.SOON],
        counted[Ageing.PAST],
        max(((today - one.since).days for one in own), default=0),
    )


def _target_of(one: Waiting, targets: Sequence[Target]) -> Target | None:
    own = [target for target in targets if target.group is one.group]
    general = [target for target in targets if target.group is Group.ALL]
    return min(own or general, key=lambda target: target.months, default=None)


def _ageing(one: Waiting, target: Target, today: date, soon_days: int) -> Ageing:
    last = target.last_day(one.since)
    if today > last:
        return Ageing.PAST
    return Ageing.SOON if (last - today).days < soon_days else Ageing.INSIDE

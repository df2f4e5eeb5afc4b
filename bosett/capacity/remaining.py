"""What is left of a municipality's places, what others may see of it, and whether one more fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bosett.capacity.limit import Limit
from bosett.terms.errors import BadInput, Refused
from bosett.terms.groups import Group


@dataclass(frozen=True)
class Use:
    """Places that an assigned (or settled) household uses.

    Parameters
    ----------
    persons
        >= 1, the unaccompanied minors included.
    minors
        Of these, unaccompanied minors by the group whose vedtak they use.
    sealed
        Whether the household has a protected address and uses sealed places.
    """

    household: str
    persons: int
    minors: Mapping[Group, int]
    sealed: bool = False

    def __post_init__(self) -> None:
        if self.persons < 1 or any(count < 0 for count in self.minors.values()):
            raise BadInput(f"{self.persons} persons", "1 or more persons")
        if Group.ALL in self.minors or sum(self.minors.values()) > self.persons:
            raise BadInput(f"minors {dict(self.minors)}", "minor groups only, inside the persons")

    def of(self, group: Group) -> int:
        """Persons that count in a group."""
        return self.persons if group is Group.ALL else self.minors.get(group, 0)


@dataclass(frozen=True)
class Remaining:
    """What is left of one group's places.

    `shown` is for everybody; it is made without sealed places and without those who use them, so
    that it cannot tell whether any exist.  `true` is for named users.

    Parameters
    ----------
    shown
        Persons, >= 0, that an open household without places of its own may still use.
    true
        `shown` + the sealed places that are free.
    over_by
        Persons assigned beyond the shown limit, after a cut; stops new assignments, undoes none.
    """

    group: Group
    limit: int
    used: int
    shown: int
    true: int
    over_by: int

    def __post_init__(self) -> None:
        if min(self.shown, self.over_by) < 0 or self.true < self.shown:
            raise ValueError("what remains does not add up")
        if self.over_by and self.shown:
            raise ValueError("a group that is over has nothing left")


def remaining(limits: Mapping[Group, Limit], uses: Iterable[Use], group: Group) -> Remaining:
    """What is left of a group; for a minor group never more than is left in all.

    Places that a household has to itself are not left for others: they count as used.

    Parameters
    ----------
    limits
        The limit of `group` and of `ALL`.
    """
    listed = list(uses)
    own = _remaining(limits[group], listed)
    if group is Group.ALL:
        return own
    total = _remaining(limits[Group.ALL], listed)
    shown = min(own.shown, total.shown)
    true = shown + min(own.true - own.shown, total.true - total.shown)
    return Remaining(group, own.limit, own.used, shown, true, own.over_by)


def assignment_allowed(limits: Mapping[Group, Limit], uses: Iterable[Use], wanted: Use) -> Refused | None:
    """Say why a household cannot be assigned now, or None when every group it counts in has room.

    A sealed household fits in sealed places only; an open one never does.  The refusal names what
    an open reader may see, so it reveals nothing of sealed places.

    Raises
    ------
    Refused
        Never raised; returned with code `no_places_left` or `already_assigned`.
    """
    listed = list(uses)
    if any(one.household == wanted.household for one in listed):
        return Refused("already_assigned")
    for group in Group:
        needed = wanted.of(group)
        if needed and needed > _room(limits[group], listed, wanted):
            return Refused("no_places_left", _facts(limits, listed, group, wanted))
    return None


def _facts(limits: Mapping[Group, Limit], uses: list[Use], group: Group, wanted: Use) -> dict[str, str | int]:
    told: dict[str, str | int] = {"group": group.value, "needed": wanted.of(group)}
    if wanted.sealed:
        return told
    left = remaining(limits, uses, group)
    return {**told, "left": left.shown, "over_by": left.over_by}


def _room(limit: Limit, uses: list[Use], wanted: Use) -> int:
    """The places a household may use: its own first, then what is left for anybody."""
    if wanted.sealed:
        return limit.sealed - _sealed_use(limit.group, uses)
    return max(0, limit.for_anybody - _open_use(limit, uses)) + limit.for_household(wanted.household)


def _remaining(limit: Limit, uses: list[Use]) -> Remaining:
    open_use = _open_use(limit, uses)
    shown = max(0, limit.for_anybody - open_use)
    sealed_free = max(0, limit.sealed - _sealed_use(limit.group, uses))
    return Remaining(
        group=limit.group,
        limit=limit.shown,
        used=sum(use.of(limit.group) for use in uses if not use.sealed),
        shown=shown,
        true=shown + sealed_free,
        over_by=max(0, open_use - limit.for_anybody),
    )


def _open_use(limit: Limit, uses: list[Use]) -> int:
    """What open households use of the places for anybody, beyond the places they have to themselves."""
    return sum(
        max(0, use.of(limit.group) - limit.for_household(use.household)) for use in uses if not use.sealed
    )


def _sealed_use(group: Group, uses: list[Use]) -> int:
    return sum(use.of(group) for use in uses if use.sealed)

"""What is left of a municipality's places, what others may see of it, and whether one more fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bosett.capacity.limit import Limit, Pool
from bosett.terms.errors import BadInput, Refused
from bosett.terms.groups import Group

REFUSALS = ("already_assigned", "no_places_left", "no_vedtak_in_force", "no_sealed_place")


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
    limit
        Persons that the vedtak and the places opened for anybody hold.
    used
        Persons who use them: those beyond the places that their household has to itself.
    shown
        Persons, >= 0, that an open household without places of its own may still use.
    true
        `shown` + the sealed places that are free.
    over_by
        Persons beyond the limit, after a cut; stops new assignments, undoes none.
    """

    group: Group
    limit: int
    used: int
    shown: int
    true: int
    over_by: int

    def __post_init__(self) -> None:
        if self.over_by != max(0, self.used - self.limit):
            raise ValueError("over is what is used beyond the limit")
        if not 0 <= self.shown <= max(0, self.limit - self.used) or self.true < self.shown:
            raise ValueError("no more is left than the limit less what is used")


def remaining(limits: Mapping[Group, Limit], uses: Iterable[Use], group: Group) -> Remaining:
    """What is left of a group; for a minor group never more than is left in all.

    Places that a household has to itself are left for nobody else: they stand outside the limit.

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

    The codes are `REFUSALS`.  The refusal is given back, not raised, so that a list of households can
    be tried at once.
    """
    listed = list(uses)
    if any(one.household == wanted.household for one in listed):
        return Refused("already_assigned")
    for group in Group:
        needed = wanted.of(group)
        if needed and needed > _room(limits[group], listed, wanted):
            return Refused(_code(limits[group], wanted), _facts(limits, listed, group, wanted))
    return None


def _code(limit: Limit, wanted: Use) -> str:
    if wanted.sealed:
        return "no_sealed_place"
    nothing = limit.vedtak.value is None and not limit.opened.anybody
    return "no_vedtak_in_force" if nothing else "no_places_left"


def _facts(limits: Mapping[Group, Limit], uses: list[Use], group: Group, wanted: Use) -> dict[str, str | int]:
    told: dict[str, str | int] = {"group": group.value, "needed": wanted.of(group)}
    if wanted.sealed:
        return told
    left = remaining(limits, uses, group)
    return {**told, "left": left.shown, "over_by": left.over_by}


def _room(limit: Limit, uses: list[Use], wanted: Use) -> int:
    """The places a household may use: its own, and what is left for anybody."""
    pool, anybody = (
        (limit.sealed, limit.sealed.anybody) if wanted.sealed else (limit.opened, limit.for_anybody)
    )
    used = _use(pool, uses, limit.group, sealed=wanted.sealed)
    return max(0, anybody - used) + pool.own(wanted.household)


def _remaining(limit: Limit, uses: list[Use]) -> Remaining:
    used = _use(limit.opened, uses, limit.group, sealed=False)
    shown = max(0, limit.for_anybody - used)
    return Remaining(
        group=limit.group,
        limit=limit.for_anybody,
        used=used,
        shown=shown,
        true=shown + _sealed_free(limit, uses),
        over_by=max(0, used - limit.for_anybody),
    )


def _sealed_free(limit: Limit, uses: list[Use]) -> int:
    """Sealed places that nobody uses, those kept for one household included."""
    there = {use.household: use.of(limit.group) for use in uses if use.sealed}
    kept = sum(max(0, persons - there.get(household, 0)) for household, persons in limit.sealed.households)
    return kept + max(0, limit.sealed.anybody - _use(limit.sealed, uses, limit.group, sealed=True))


def _use(pool: Pool, uses: list[Use], group: Group, *, sealed: bool) -> int:
    """What households use of the places for anybody, beyond the places they have to themselves."""
    return sum(max(0, use.of(group) - pool.own(use.household)) for use in uses if use.sealed is sealed)

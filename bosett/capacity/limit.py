"""How many persons may be assigned to a municipality: its vedtak, and the places it opened itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bosett.terms.days import DateRange
from bosett.terms.errors import BadInput
from bosett.terms.figure import Figure
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode


@dataclass(frozen=True)
class OpenedPlaces:
    """Places that a municipality opened itself, above or before its vedtak; nobody else can.

    Parameters
    ----------
    group
        Whose places; a place for an unaccompanied minor is also a place in the total.
    persons
        >= 1.
    valid
        The days on which the places can be used for a new assignment.
    household
        The one household they are for; None = a number for anybody of the group.
    sealed
        For persons with a protected address: outside every number shown to others.

    Raises
    ------
    BadInput
        If no person is meant.
    """

    municipality: MunicipalityCode
    year: int
    group: Group
    persons: int
    valid: DateRange
    household: str | None = None
    sealed: bool = False

    def __post_init__(self) -> None:
        if self.persons < 1:
            raise BadInput(f"{self.persons} opened places", "1 or more places")

    def counts_for(self, group: Group) -> bool:
        """Whether the places count in a group's limit; a household's own do wherever its members count."""
        return self.household is not None or group in (self.group, Group.ALL)


@dataclass(frozen=True)
class Pool:
    """Places for anybody, and household -> places for that household only."""

    anybody: int
    households: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        if min(self.anybody, *(persons for _, persons in self.households), 0) < 0:
            raise ValueError("opened places are not negative")

    def own(self, household: str) -> int:
        """The places that this household has to itself."""
        return dict(self.households).get(household, 0)


@dataclass(frozen=True)
class Limit:
    """The most persons of a group on a day.

    Parameters
    ----------
    vedtak
        The vedtak in force for the group; no number (awaiting, unknown, not asked) gives no places,
        which is kept apart from a vedtak of zero.
    opened
        Places that the municipality opened itself.
    sealed
        The same for persons with a protected address; never part of a number shown to others.
    """

    group: Group
    vedtak: Figure
    opened: Pool
    sealed: Pool

    @property
    def for_anybody(self) -> int:
        """Persons that the vedtak and the places for anybody hold together."""
        return (self.vedtak.value or 0) + self.opened.anybody


def limit(vedtak: Figure, opened: Iterable[OpenedPlaces], group: Group, on: date) -> Limit:
    """The limit of one group in one municipality and year on a day.

    Parameters
    ----------
    vedtak
        The vedtak in force for that group on that day.
    opened
        Places of that municipality and year only.

    Raises
    ------
    BadInput
        If the opened places are of several municipalities or years.
    """
    listed = list(opened)
    if len({(one.municipality, one.year) for one in listed}) > 1:
        raise BadInput("opened places of several municipalities or years", "one municipality and year")
    inside = [one for one in listed if on in one.valid and one.counts_for(group)]
    return Limit(
        group=group,
        vedtak=vedtak,
        opened=_pool([one for one in inside if not one.sealed]),
        sealed=_pool([one for one in inside if one.sealed]),
    )


def _pool(places: list[OpenedPlaces]) -> Pool:
    households: dict[str, int] = {}
    for one in places:
        if one.household is not None:
            households[one.household] = households.get(one.household, 0) + one.persons
    anybody = sum(one.persons for one in places if one.household is None)
    return Pool(anybody, tuple(sorted(households.items())))

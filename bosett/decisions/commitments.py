"""What a municipality has promised already: persons to come, and the units that they will use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bosett.decisions.planner import FLOWS, Resource
from bosett.terms.days import Month
from bosett.terms.errors import BadInput


class CommitmentKind(StrEnum):
    """Why somebody comes without being part of the number that is decided now."""

    EARLIER_YEAR = "earlier_year"
    THIS_YEAR = "this_year"
    FAMILY = "family"
    SECONDARY_MOVE = "secondary_move"
    OTHER = "other"


class ToldBy(StrEnum):
    """Where the number comes from."""

    REGISTER = "register"
    UDI = "udi"
    NAV = "nav"
    OTHER_PLACE = "other_place"
    OWN = "own"


@dataclass(frozen=True)
class Commitment:
    """Persons who come in a month.

    Parameters
    ----------
    persons
        >= 1.
    month
        When they come; None = it is not known, and they are counted from the first month of the plan.
    housed
        Whether a home is held for them already, so that they use none of the free ones.
    """

    kind: CommitmentKind
    persons: int
    month: Month | None
    told_by: ToldBy
    housed: bool = False

    def __post_init__(self) -> None:
        if self.persons < 1:
            raise BadInput(f"{self.persons} persons", "1 or more", column="persons")


def committed_units(
    resource: Resource, per_person: Fraction, months: Sequence[Month], commitments: Iterable[Commitment]
) -> dict[Month, Fraction]:
    """Month -> units that those who are promised a place use, for every month of the plan.

    A stock is held from the month they come; a flow is used in that month alone.  Who should have come
    before the plan begins still comes: in its first month.  Who comes after it uses nothing of it.
    """
    came = dict.fromkeys(months, 0)
    for one in commitments:
        if resource is Resource.HOUSING and one.housed:
            continue
        month = months[0] if one.month is None else max(one.month, months[0])
        if month in came:
            came[month] += one.persons
    used, held = {}, 0
    for month in months:
        held += came[month]
        used[month] = per_person * (came[month] if resource in FLOWS else held)
    return used

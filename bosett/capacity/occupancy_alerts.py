"""Whether the places of a kind have left their norm: too few for the residents, or too many empty."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bosett.capacity.norm import Definition, OccupancyNorm
from bosett.terms.errors import BadInput


class OccupancyAlert(StrEnum):
    """What can be raised of a kind of centre; each norm has its own, since they are not the same norm."""

    FULLER_OF_PLACES = "fuller_of_places"
    FULLER_OF_RESIDENTS = "fuller_of_residents"
    EMPTIER = "emptier"


ALERT_OF = {
    Definition.OF_PLACES: OccupancyAlert.FULLER_OF_PLACES,
    Definition.OF_RESIDENTS: OccupancyAlert.FULLER_OF_RESIDENTS,
}


@dataclass(frozen=True)
class EmptyRule:
    """Below which share of the places in use too many are empty, and the margin within which an alert stands on.

    Raises
    ------
    BadInput
        If a share is not from 0 to 1, or the margin is below 0.
    """

    below: Fraction
    margin: Fraction

    def __post_init__(self) -> None:
        if not 0 <= self.below <= 1 or self.margin < 0:
            raise BadInput(f"below {float(self.below):g}, margin {float(self.margin):g}", "0 to 1; 0 or more")


def occupancy_alerts(
    places: int,
    residents: int,
    norms: Sequence[OccupancyNorm],
    empty: EmptyRule,
    standing: Collection[OccupancyAlert] = (),
) -> frozenset[OccupancyAlert]:
    """The alerts of a kind as of now.

    One that stands ends only when the share in use is back by the margin, so that it does not come and go each day.
    Without places, any resident is one too many; without both there is nothing to say.

    Parameters
    ----------
    places, residents
        Of the whole kind, >= 0.
    standing
        Those raised before and not ended.
    """
    if min(places, residents) < 0:
        raise BadInput(f"{residents} residents, {places} places", "0 or more")
    found = set()
    for norm in norms:
        alert = ALERT_OF[norm.definition]
        limit = norm.occupancy - (empty.margin if alert in standing else 0)
        if residents > limit * places:
            found.add(alert)
    limit = empty.below + (empty.margin if OccupancyAlert.EMPTIER in standing else 0)
    if places and residents < limit * places:
        found.add(OccupancyAlert.EMPTIER)
    return frozenset(found)

"""What is left of each municipality's places, and the places it opened itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from bosett.terms.figure import Figure, State
from bosett_server.access import audit
from bosett_server.access.actor import Actor
from bosett_server.records.models import Assignment, Municipality, OpenedPlace, Quota


class Taken(NamedTuple):
    """What is kept beside a vedtak: a tuple, since the pages of the country read all of them."""

    municipality_id: str
    municipality__name: str
    group: str
    vedtak: int | None
    opened: int
    assigned: int
    assigned_general: int
    settled: int


@dataclass(frozen=True)
class PlacesLeft:
    """One municipality, year and group.

    Parameters
    ----------
    vedtak
        The vedtak in force; no number gives no places, which is not the same as zero.
    assigned
        Persons offered, accepted or settled, without those on sealed places.
    left
        Persons, >= 0, who can still be proposed.
    over_by
        Persons beyond what is allowed after a cut: stops new assignments and undoes none.
    """

    municipality: str
    name: str
    group: str
    vedtak: Figure
    opened: int
    assigned: int
    settled: int
    left: int
    over_by: int


@dataclass(frozen=True)
class Opening:
    """Places that a municipality opened itself; `household` is its reference, only where it is in sight."""

    id: int
    group: str
    places: int
    household: str
    for_one: bool
    sealed: bool
    reason: str
    opened_on: date
    withdrawn_at: datetime | None


def places_left(actor: Actor, year: int, municipality: str = "", group: str = "") -> list[PlacesLeft]:
    """Every municipality with a vedtak or places of its own, by name; one query."""
    rows = Quota.objects.filter(year=year)
    if municipality:
        rows = rows.filter(municipality_id=municipality)
    if group:
        rows = rows.filter(group=group)
    rows = rows.order_by("municipality__sort_key", "group")
    return [_left(Taken._make(row)) for row in rows.values_list(*Taken._fields)]


def place_names() -> dict[str, str]:
    """Municipality -> official name."""
    return dict(Municipality.objects.values_list("code", "name"))


def openings(actor: Actor, municipality: str, year: int) -> list[Opening]:
    """The municipality's own openings in sight, newest first; the reading of named households is logged."""
    rows = list(
        OpenedPlace.objects.filter(municipality_id=municipality, year=year)
        .select_related("household")
        .order_by("-opened_on", "-id")
    )
    found = [_opening(row) for row in rows]
    audit.log_read("openings", "household", [row.household_id for row in rows if row.household_id])
    return found


def _opening(row: OpenedPlace) -> Opening:
    return Opening(
        row.pk, row.group, row.places, row.household.reference if row.household else "",
        row.household_id is not None, row.sealed, row.reason, row.opened_on, row.withdrawn_at,
    )  # fmt: skip


def _left(row: Taken) -> PlacesLeft:
    allowed = (row.vedtak or 0) + row.opened
    return PlacesLeft(
        municipality=row.municipality_id,
        name=row.municipality__name,
        group=row.group,
        vedtak=Figure.missing(State.AWAITING) if row.vedtak is None else Figure.of(row.vedtak),
        opened=row.opened,
        assigned=row.assigned,
        settled=row.settled,
        left=max(0, allowed - row.assigned_general),
        over_by=max(0, row.assigned_general - allowed),
    )


def homes_told_of(actor: Actor, municipality: str) -> list[tuple[str, int]]:
    """(household, card) of the open households the municipality has had a card of, newest first."""
    rows = Assignment.objects.filter(municipality_id=municipality, sealed=False)
    ended = rows.filter(state__in=["declined", "expired", "withdrawn"]).order_by("-pk")
    return [(str(home), number) for home, number in ended.values_list("household_id", "pk")[:50]]

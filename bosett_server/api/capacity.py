"""Reception over the API: centres, places, contracts; households that come into the register."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal
from uuid import UUID

from ninja import Router, Schema

from bosett.capacity import PlaceKind
from bosett.terms.groups import Basis, Track
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.reception import (
    announce_centre,
    close_centre,
    register_centre,
    set_places,
)
from bosett_server.actions.registration import (
    NewPerson,
    end_stay,
    move_between_centres,
    permit_granted,
    register_household,
)
from bosett_server.api.frame import PROBLEMS, Input, Page, endpoint
from bosett_server.queries.capacity import CentreRow, centre_view, reception

router = Router()


class CentreOut(Schema):
    """One centre; residents null = not for this reader."""

    id: int
    name: str
    kind: str
    municipality: str
    opens_on: date
    closes_on: date | None
    announced_on: date | None
    places: int
    residents: int | None
    residents_in_twelve_weeks: int | None
    places_in_twelve_weeks: int | None


class WeekOut(Schema):
    """One week ahead, without new arrivals."""

    starts: date
    residents: int
    places: int
    moves_in: int
    moves_out: int


class CentreFull(CentreOut):
    """A centre with its outlook."""

    weeks: list[WeekOut]


class CentreIn(Input):
    """A new centre."""

    name: str
    kind: PlaceKind
    operator_kind: str
    municipality: str
    opens_on: date
    informed_on: date | None = None


class AnnounceIn(Input):
    """The day the municipality was told, where it is not stored already."""

    informed_on: date | None = None


class PlacesIn(Input):
    """Places of one kind from a day."""

    kind: PlaceKind
    number: int
    starts_on: date
    ends_on: date | None = None


class ClosingIn(Input):
    """The closing day, and the dialogue before it."""

    closes_on: date
    dialogue_on: date
    dialogue_reference: str


class PersonIn(Input):
    """One person; birth date and sex are told, never read from a number."""

    given_name: str
    family_name: str
    birth_date: date
    sex: str
    citizenship: str
    basis: Basis
    duf_number: str = ""
    national_id: str = ""
    unaccompanied_minor: bool = False


class HouseholdIn(Input):
    """A household with its persons."""

    track: Track
    language: str
    persons: list[PersonIn]
    arrived_on: date | None = None
    centre_id: int | None = None
    permit_on: date | None = None
    protection: Literal["none", "fortrolig", "strengt_fortrolig"] = "none"
    named_users: list[str] = []


class StayIn(Input):
    """Where to, from which day; no centre = out of reception."""

    on: date
    centre_id: int | None = None


class DayIn(Input):
    """A day."""

    on: date


class Stored(Schema):
    """The id of what was stored."""

    id: int


class StoredHousehold(Schema):
    """The household's id."""

    id: UUID


@router.get("/centres", response={200: Page[CentreOut], **PROBLEMS})
@endpoint(Permission.CENTRE_VIEW)
def list_centres(request: Request, kind: str = "", municipality: str = "") -> Page[CentreOut]:
    """Every centre in sight that is open or to come."""
    found = reception(request.actor, clock.today(), kind=kind, municipality=municipality)
    return Page[CentreOut](items=[CentreOut(**_centre(one)) for one in found.centres])


@router.get("/centres/{centre}", response={200: CentreFull, **PROBLEMS})
@endpoint(Permission.CENTRE_VIEW)
def get_centre(request: Request, centre: int) -> CentreFull:
    """One centre with twelve weeks ahead."""
    found = centre_view(request.actor, centre, clock.today())
    weeks = [
        WeekOut(
            starts=one.starts, residents=one.at_end.residents, places=one.at_end.places,
            moves_in=one.moves_in, moves_out=one.moves_out,
        )
        for one in found.weeks
    ]  # fmt: skip
    return CentreFull(**_centre(found.row), weeks=weeks)


@router.post("/centres", response={200: Stored, **PROBLEMS})
@endpoint(Permission.CENTRE_MANAGE)
def post_centre(request: Request, body: CentreIn) -> Stored:
    """Register a centre; UDI's alone until announced."""
    return Stored(id=register_centre(request.actor, **dict(body)))


@router.post("/centres/{centre}/announcement", response={200: Stored, **PROBLEMS})
@endpoint(Permission.CENTRE_MANAGE)
def post_announcement(request: Request, centre: int, body: AnnounceIn) -> Stored:
    """Announce a centre; municipality, county and statsforvalter are told."""
    return Stored(id=announce_centre(request.actor, centre=centre, **dict(body)))


@router.put("/centres/{centre}/places", response={200: Stored, **PROBLEMS})
@endpoint(Permission.CENTRE_MANAGE)
def put_places(request: Request, centre: int, body: PlacesIn) -> Stored:
    """Set the places of one kind from a day."""
    return Stored(id=set_places(request.actor, centre=centre, **dict(body)))


@router.post("/centres/{centre}/closing", response={200: Stored, **PROBLEMS})
@endpoint(Permission.CENTRE_MANAGE)
def post_closing(request: Request, centre: int, body: ClosingIn) -> Stored:
    """Close a centre after a documented dialogue."""
    return Stored(id=close_centre(request.actor, centre=centre, **dict(body)))


@router.post("/households", response={200: StoredHousehold, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_REGISTER)
def post_household(request: Request, body: HouseholdIn) -> StoredHousehold:
    """Register a household with its persons."""
    told = dict(body) | {"persons": [NewPerson(**dict(one)) for one in body.persons]}
    return StoredHousehold(id=UUID(register_household(request.actor, **told)))


@router.post("/households/{household}/stay", response={200: StoredHousehold, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_REGISTER)
def post_stay(request: Request, household: UUID, body: StayIn) -> StoredHousehold:
    """Move to another centre, or out of reception."""
    if body.centre_id is None:
        end_stay(request.actor, household=str(household), on=body.on)
    else:
        move_between_centres(request.actor, household=str(household), centre_id=body.centre_id, on=body.on)
    return StoredHousehold(id=household)


@router.post("/households/{household}/permit", response={200: StoredHousehold, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_REGISTER)
def post_permit(request: Request, household: UUID, body: DayIn) -> StoredHousehold:
    """The permit is granted."""
    permit_granted(request.actor, household=str(household), on=body.on)
    return StoredHousehold(id=household)


def _centre(row: CentreRow) -> dict[str, Any]:
    return {
        "id": row.id, "name": row.name, "kind": row.kind, "municipality": row.municipality,
        "opens_on": row.opens_on, "closes_on": row.closes_on, "announced_on": row.announced_on,
        "places": row.places, "residents": row.now.residents if row.now else None,
        "residents_in_twelve_weeks": row.later.residents if row.later else None,
        "places_in_twelve_weeks": row.later.places if row.later else None,
    }  # fmt: skip

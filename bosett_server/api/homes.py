"""A municipality's homes over the API: the register, who has them, and who fits."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Path, Router, Schema

from bosett.decisions.homes import Misfit
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.homes import (
    HomeFacts,
    change_home,
    end_hold,
    hold_home,
    import_homes,
    register_home,
    take_out_home,
    withdraw_hold,
)
from bosett_server.api.frame import DEFAULT_LIMIT, PROBLEMS, Cursor, Input, Limit, Page, endpoint, following
from bosett_server.queries.homes import HomeLine, Match, homes_for, homes_of_place, who_fits_home

router = Router()
Row = Annotated[int, Path(ge=1, le=2**53)]


class HoldOut(Schema):
    """Somebody has the home; `household` empty where it is not in sight or not in the register."""

    id: int
    household: str
    starts_on: date
    ends_on: date | None
    moved_out: bool


class HomeOut(Schema):
    """One home; null is not known."""

    id: int
    version: int
    address: str
    bedrooms: int
    step_free: bool
    free_from: date
    free_until: date | None
    rent_nok: int | None
    school: str
    school_minutes: int | None
    synthetic: bool
    holds: list[HoldOut]


class MatchOut(Schema):
    """A household (or `card-<number>`) and a home, with everything that speaks against it."""

    household: str
    persons: int
    home: int
    fits: bool
    misfits: list[Misfit]
    spare_bedrooms: int


class HomeIn(Input):
    """A home as it is registered."""

    address: str
    bedrooms: int
    free_from: date
    free_until: date | None = None
    step_free: bool = False
    rent_nok: int | None = None
    school: str = ""
    school_minutes: int | None = None

    def facts(self) -> HomeFacts:
        """As the actions take it."""
        return HomeFacts(
            self.address, self.bedrooms, self.free_from, self.free_until, self.step_free, self.rent_nok,
            self.school, self.school_minutes,
        )  # fmt: skip


class ChangedHomeIn(HomeIn):
    """The same, with the version that the change began from."""

    version: int


class HomesIn(Input):
    """Homes by address: new ones are registered, known ones changed."""

    homes: list[HomeIn]


class HoldIn(Input):
    """Who has the home; an empty household is somebody outside the register."""

    household: str = ""
    starts_on: date
    ends_on: date | None = None


class EndIn(Input):
    """The last day."""

    ends_on: date


class Stored(Schema):
    """The id of what was stored."""

    id: int


class Version(Schema):
    """The version after the change."""

    version: int


class Taken(Schema):
    """How many homes of a list were new, changed, and as they were."""

    new: int
    changed: int
    same: int


@router.get("/{municipality}", response={200: Page[HomeOut], **PROBLEMS})
@endpoint(Permission.HOME_VIEW)
def list_homes(
    request: Request, municipality: str, cursor: str = "", limit: Limit = DEFAULT_LIMIT
) -> Page[HomeOut]:
    """The homes in sight, in order of id."""
    after = Cursor.read_number(cursor)
    every = sorted(homes_of_place(request.actor, municipality), key=lambda one: one.id)
    rows = [one for one in every if one.id > after][:limit]
    return Page[HomeOut](items=[_home(one) for one in rows], next=following(rows, limit, lambda one: one.id))


@router.post("/{municipality}", response={200: Stored, **PROBLEMS})
@endpoint(Permission.HOME_EDIT)
def post_home(request: Request, municipality: str, body: HomeIn) -> Stored:
    """Register a home."""
    return Stored(id=register_home(request.actor, municipality=municipality, home=body.facts()))


@router.post("/{municipality}/import", response={200: Taken, **PROBLEMS})
@endpoint(Permission.HOME_EDIT)
def post_homes(request: Request, municipality: str, body: HomesIn) -> Taken:
    """Register or change many homes by address, all or none."""
    told = import_homes(request.actor, municipality=municipality, homes=[one.facts() for one in body.homes])
    return Taken(**told)


@router.put("/{municipality}/{home_id}", response={200: Version, **PROBLEMS})
@endpoint(Permission.HOME_EDIT)
def put_home(request: Request, municipality: str, home_id: Row, body: ChangedHomeIn) -> Version:
    """Change a home."""
    version = change_home(
        request.actor, municipality=municipality, home_id=home_id, version=body.version, home=body.facts()
    )
    return Version(version=version)


@router.delete("/{municipality}/{home_id}", response={200: Stored, **PROBLEMS})
@endpoint(Permission.HOME_EDIT)
def delete_home(request: Request, municipality: str, home_id: Row) -> Stored:
    """Take a home out; what was is kept."""
    return Stored(id=take_out_home(request.actor, municipality=municipality, home_id=home_id))


@router.get("/{municipality}/{home_id}/fits", response={200: list[MatchOut], **PROBLEMS})
@endpoint(Permission.HOME_VIEW)
def list_who_fits(request: Request, municipality: str, home_id: Row) -> list[MatchOut]:
    """Who fits this home, among those the municipality may see."""
    _line, found = who_fits_home(request.actor, municipality, home_id)
    return [_match(one) for one in found]


@router.get("/{municipality}/households/{ident}/fits", response={200: list[MatchOut], **PROBLEMS})
@endpoint(Permission.HOME_VIEW)
def list_homes_that_fit(request: Request, municipality: str, ident: str) -> list[MatchOut]:
    """Which homes fit this household, or the one on a card."""
    _seeker, found = homes_for(request.actor, municipality, ident)
    return [_match(one) for one in found]


@router.post("/{municipality}/{home_id}/holds", response={200: Stored, **PROBLEMS})
@endpoint(Permission.HOME_EDIT)
def post_hold(request: Request, municipality: str, home_id: Row, body: HoldIn) -> Stored:
    """Give the home to a household; `home_held_then` when somebody has it in those days."""
    stored = hold_home(
        request.actor, municipality=municipality, home_id=home_id, household=body.household,
        starts_on=body.starts_on, ends_on=body.ends_on,
    )  # fmt: skip
    return Stored(id=stored)


@router.put("/{municipality}/holds/{number}", response={200: Stored, **PROBLEMS})
@endpoint(Permission.HOME_EDIT)
def put_hold_end(request: Request, municipality: str, number: Row, body: EndIn) -> Stored:
    """Say when somebody moves out."""
    return Stored(id=end_hold(request.actor, municipality=municipality, hold=number, ends_on=body.ends_on))


@router.delete("/{municipality}/holds/{number}", response={200: Stored, **PROBLEMS})
@endpoint(Permission.HOME_EDIT)
def delete_hold(request: Request, municipality: str, number: Row) -> Stored:
    """It came to nothing."""
    return Stored(id=withdraw_hold(request.actor, municipality=municipality, hold=number))


def _home(one: HomeLine) -> HomeOut:
    home = one.home
    return HomeOut(
        id=one.id, version=one.version, address=one.address, bedrooms=home.bedrooms, step_free=home.step_free,
        free_from=home.free.start, free_until=home.free.end, rent_nok=home.rent_nok, school=home.school,
        school_minutes=home.school_minutes, synthetic=one.synthetic,
        holds=[
            HoldOut(
                id=hold.id, household=hold.household, starts_on=hold.starts_on, ends_on=hold.ends_on,
                moved_out=hold.moved_out,
            )
            for hold in one.holds
        ],
    )  # fmt: skip


def _match(one: Match) -> MatchOut:
    return MatchOut(
        household=one.seeker.id, persons=one.seeker.seeker.persons, home=one.line.id, fits=one.match.fits,
        misfits=list(one.match.misfits), spare_bedrooms=one.match.spare_bedrooms,
    )  # fmt: skip

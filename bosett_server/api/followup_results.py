"""From ready to five years on, over the API: the same numbers as the pages, protected alike."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Router, Schema

from bosett.followup.outcomes import Waited
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.api.frame import PROBLEMS, endpoint
from bosett_server.queries.followup_moves import moves_overview
from bosett_server.queries.followup_places import PlaceRow
from bosett_server.queries.followup_results import Kept, waiting_overview
from bosett_server.queries.followup_retention import retention, retention_of
from bosett_server.queries.followup_work import work_overview

router = Router()


class PointOut(Schema):
    """The share to whom it has happened by the end of a day, with its 95 per cent interval."""

    day: int
    share: float
    low: float | None
    high: float | None


class WaitOut(Schema):
    """A group's wait; null where hidden or not reached, `group` empty for everybody, points left out where few."""

    group: str
    median_days: int | None
    waiting: int | None
    waiting_by_band: list[int | None]
    points: list[PointOut]


class KeptOut(Schema):
    """A deadline: kept, not kept, and not answered or not due; null where hidden."""

    deadline: str
    in_time: int | None
    late: int | None
    never: int | None


class WaitingOut(Schema):
    """Waits as of a day; bands are under 3, 6 and 12 months, and longer."""

    as_of: date
    area: str
    groups: list[WaitOut]
    deadlines: list[KeptOut]
    synthetic: bool


class PublishedYear(Schema):
    """One year of the published figures; `off` is what rounding may have changed, both ways."""

    year: int
    residence_years: str
    settled_here: int
    moved_here: int
    unknown: int
    total: int
    off: int
    municipalities: int
    hidden: int


class MovesOut(Schema):
    """Published moves, empty when not loaded, and the curves of our own register."""

    published: list[PublishedYear]
    source: str
    country: list[PointOut]
    own: list[PointOut] | None
    synthetic: bool


class PlaceOut(Schema):
    """One municipality; null where hidden.  `ratio` is moved by expected, 1 as expected."""

    municipality: str
    name: str
    kostra_group: str
    settled: int | None
    moved_on: int | None
    expected: float | None
    ratio: float | None
    low: float | None
    high: float | None


class PlaceDetailOut(PlaceOut):
    """With curves by whole years: the own, and the KOSTRA group's with the own in it (null when too few)."""

    own: list[PointOut]
    alike: list[PointOut] | None
    made_at: datetime


class WorkYearOut(Schema):
    """One year; null where hidden."""

    year: int
    persons: int | None
    of: int | None
    municipalities: int


class WorkOut(Schema):
    """Results by measure, and the measures that are not loaded."""

    results: dict[str, list[WorkYearOut]]
    not_loaded: list[str]


@router.get("/waiting", response={200: WaitingOut, **PROBLEMS})
@endpoint(Permission.RESULTS_VIEW)
def get_waiting(request: Request) -> WaitingOut:
    """How long from ready to settled, who waits now, and deadlines kept."""
    it = waiting_overview(request.actor)
    groups = [
        WaitOut(
            group=one.group, median_days=one.told.median_days, waiting=one.waiting,
            waiting_by_band=list(one.bands), points=_points(one.told),
        )
        for one in it.groups
    ]  # fmt: skip
    kept = [_kept(one) for one in (it.answers, it.under15) if one is not None]
    return WaitingOut(
        as_of=it.today, area=it.area.kind, groups=groups, deadlines=kept, synthetic=it.synthetic
    )


@router.get("/moves", response={200: MovesOut, **PROBLEMS})
@endpoint(Permission.RESULTS_VIEW)
def get_moves(request: Request) -> MovesOut:
    """Secondary moves: as published, and by our own register."""
    it = moves_overview(request.actor)
    published = [
        PublishedYear(
            year=one.year, residence_years=one.residence, settled_here=one.settled_here,
            moved_here=one.moved_here, unknown=one.unknown, total=one.total, off=one.off,
            municipalities=one.places, hidden=one.hidden,
        )
        for one in it.published
    ]  # fmt: skip
    return MovesOut(
        published=published, source=it.source, country=_points(it.country),
        own=_points(it.own) if it.own else None, synthetic=it.synthetic,
    )  # fmt: skip


@router.get("/places", response={200: list[PlaceOut], **PROBLEMS})
@endpoint(Permission.RESULTS_VIEW)
def list_places(request: Request) -> list[PlaceOut]:
    """Every municipality in sight by name, never ranked."""
    return [PlaceOut(**_place(one)) for one in retention(request.actor).rows]


@router.get("/places/{municipality}", response={200: PlaceDetailOut, **PROBLEMS})
@endpoint(Permission.RESULTS_VIEW)
def get_place(request: Request, municipality: str) -> PlaceDetailOut:
    """One municipality beside its KOSTRA group."""
    it = retention_of(request.actor, municipality)
    return PlaceDetailOut(
        **_place(it.row), own=_points(it.own), alike=_points(it.alike) if it.alike else None, made_at=it.made_at,
    )  # fmt: skip


@router.get("/work", response={200: WorkOut, **PROBLEMS})
@endpoint(Permission.RESULTS_VIEW)
def get_work(request: Request) -> WorkOut:
    """Introduction programme and work where loaded; what is not, by name."""
    it = work_overview(request.actor)
    results = {
        one.measure: [
            WorkYearOut(year=year.year, persons=year.so, of=year.of, municipalities=year.places)
            for year in one.years
        ]
        for one in it.results
    }
    return WorkOut(results=results, not_loaded=list(it.missing))


def _points(told: Waited) -> list[PointOut]:
    return [
        PointOut(day=day, share=share, low=low, high=high) for day, (share, low, high) in told.within.items()
    ]


def _kept(one: Kept) -> KeptOut:
    return KeptOut(deadline=one.name, in_time=one.in_time, late=one.late, never=one.never)


def _place(one: PlaceRow) -> dict[str, Any]:
    told = one.beside
    return {
        "municipality": one.code, "name": one.name, "kostra_group": one.kostra, "settled": one.settled,
        "moved_on": one.moved, "expected": told and told.expected, "ratio": told and told.ratio,
        "low": told and told.low, "high": told and told.high,
    }  # fmt: skip

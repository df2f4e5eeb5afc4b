"""Rounds and vedtak as they stand, and as they stood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from bosett.decisions import Anmodning, AnswerKind, Reservation, ReservationCode, Round, Standing, Vedtak
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.records.models import Municipality, Quota, VersionedFigure
from bosett_server.records.models import Round as RoundRow


@dataclass(frozen=True)
class VedtakRow:
    """One municipality's line in the overview of answers."""

    municipality: str
    name: str
    county: str
    asked: Figure
    voted: Figure
    meeting_on: date | None
    approved: bool
    reservations: tuple[Reservation, ...]
    assigned: int
    modelled: bool


@dataclass(frozen=True)
class Version:
    """One version of one number, for the history on the municipality's page."""

    group: Group
    figure: Figure
    valid_from: date
    recorded_at: datetime
    approved_at: datetime | None
    meeting_on: date | None
    reason: str
    source: str
    modelled: bool
    current: bool


def as_figure(row: VersionedFigure | None, otherwise: State) -> Figure:
    """The stored number as the library's figure; no row at all is `otherwise`."""
    if row is None:
        return Figure.missing(otherwise)
    return Figure(State(row.state), row.value)


def round_of(year: int) -> Round | None:
    """The sent round of a year with every request in force, or None when none is sent."""
    sent = RoundRow.objects.filter(year=year, state="sent").order_by("-number").first()
    if sent is None or sent.sent_at is None:
        return None
    rows = VersionedFigure.objects.filter(what="asked", year=year, superseded_at__isnull=True)
    first = _first_versions(year)
    return Round(
        year,
        tuple(
            Anmodning(
                year=year,
                municipality=MunicipalityCode(row.municipality_id or ""),
                group=Group(row.group),
                asked=as_figure(row, State.NOT_ASKED),
                original=first.get((row.municipality_id, row.group), Figure.missing(State.NOT_STORED)),
                sent_on=row.valid_from,
                deadline=max(sent.answer_due_on, row.valid_from),
            )
            for row in rows.exclude(municipality__isnull=True)
        ),
    )


def current_vedtak(municipality: str, year: int) -> tuple[Vedtak | None, dict[str, VersionedFigure]]:
    """The newest recorded vedtak of a municipality, with the rows behind it by group."""
    rows = {
        row.group: row
        for row in VersionedFigure.objects.filter(
            what="voted", municipality_id=municipality, year=year, superseded_at__isnull=True
        )
    }
    total = rows.get(Group.ALL)
    if total is None:
        return None, rows
    kind = AnswerKind.AWAITING if total.state == State.AWAITING else AnswerKind.NUMBER
    if total.value == 0:
        kind = AnswerKind.ZERO
    return (
        Vedtak(
            municipality=MunicipalityCode(municipality),
            year=year,
            kind=kind,
            total=as_figure(total, State.UNKNOWN),
            em_under15=as_figure(rows.get(Group.EM_UNDER15), State.NOT_ASKED),
            em_15_17=as_figure(rows.get(Group.EM_15_17), State.NOT_ASKED),
            reservations=_reservations(total.reservations),
            decided_on=None if kind is AnswerKind.AWAITING else total.valid_from,
            meeting_on=total.meeting_on,
            standing=Standing.APPROVED if total.approved_at else Standing.RECORDED,
        ),
        rows,
    )


def answers(actor: Actor, year: int, county: str = "") -> list[VedtakRow]:
    """Every municipality's request and answer in a year; four queries whatever the number."""
    places = Municipality.objects.select_related("county").order_by("sort_key")
    if county:
        places = places.filter(county_id=county)
    found: dict[str, dict[str, VersionedFigure]] = defaultdict(dict)
    rows = VersionedFigure.objects.filter(
        Q(what="asked") | Q(what="voted"), year=year, group=Group.ALL, superseded_at__isnull=True
    ).exclude(municipality__isnull=True)
    for row in rows:
        found[row.municipality_id or ""][row.what] = row
    quotas = dict(Quota.objects.filter(year=year, group=Group.ALL).values_list("municipality_id", "assigned"))
    return [_row(place, found[place.code], quotas.get(place.code, 0)) for place in places]


def history(actor: Actor, municipality: str, year: int, what: str = "voted") -> list[Version]:
    """Every version of a number, newest first."""
    rows = VersionedFigure.objects.filter(what=what, municipality_id=municipality, year=year)
    return [
        Version(
            Group(row.group), as_figure(row, State.UNKNOWN), row.valid_from, row.recorded_at, row.approved_at,
            row.meeting_on, row.reason, row.source, row.modelled, row.superseded_at is None,
        )
        for row in rows.order_by("-recorded_at", "-id")
    ]  # fmt: skip


def place_name(code: str) -> str:
    """The municipality's official name.  Raises NotInSight for a code that is none."""
    name = Municipality.objects.filter(code=code).values_list("name", flat=True).first()
    if name is None:
        raise NotInSight("not_in_sight")
    return name


def _row(place: Municipality, found: dict[str, VersionedFigure], assigned: int) -> VedtakRow:
    voted = found.get("voted")
    asked = as_figure(found.get("asked"), State.NOT_ASKED)
    missing = State.NOT_ASKED if asked.state is State.NOT_ASKED else State.UNKNOWN
    return VedtakRow(
        municipality=place.code,
        name=place.name,
        county=place.county.name,
        asked=asked,
        voted=as_figure(voted, missing),
        meeting_on=voted.meeting_on if voted else None,
        approved=bool(voted and voted.approved_at),
        reservations=_reservations(voted.reservations if voted else ()),
        assigned=assigned,
        modelled=bool(voted and voted.modelled),
    )


def _reservations(stored: Iterable[dict[str, Any]]) -> tuple[Reservation, ...]:
    return tuple(
        Reservation(
            ReservationCode(str(r["code"])), int(r["persons"]) if r.get("persons") is not None else None
        )
        for r in stored
    )


def _first_versions(year: int) -> dict[tuple[str | None, str], Figure]:
    rows = VersionedFigure.objects.filter(what="asked", year=year, supersedes__isnull=True)
    return {(row.municipality_id, row.group): as_figure(row, State.NOT_STORED) for row in rows}

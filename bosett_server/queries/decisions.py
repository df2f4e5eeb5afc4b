"""Rounds and vedtak as they stand, and as they stood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.utils import timezone

from bosett.decisions import Anmodning, AnswerKind, Reservation, ReservationCode, Round, Standing, Vedtak
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.queries.known import Known
from bosett_server.records.models import Municipality, VersionedFigure
from bosett_server.records.models import Round as RoundRow

Rows = dict[str, VersionedFigure]


@dataclass(frozen=True)
class Version:
    """One version of one number, for the history on the municipality's page."""

    group: Group
    figure: Figure
    valid_from: date
    recorded_at: datetime
    approved_at: datetime | None
    meeting_on: date | None
    reservations: tuple[Reservation, ...]
    can_take_more: int | None
    recorded_by: str
    reason: str
    source: str
    modelled: bool
    current: bool
    id: int = 0

    @property
    def recorded_on(self) -> date:
        """The day, in Norway, that this service got to know it."""
        return timezone.localdate(self.recorded_at)

    @property
    def approved_on(self) -> date | None:
        """The day, in Norway, that it was approved."""
        return timezone.localdate(self.approved_at) if self.approved_at else None


class Stated(Protocol):
    """A stored number, or the state that stands in its place."""

    @property
    def state(self) -> str:
        """One of `State`."""

    @property
    def value(self) -> int | None:
        """Persons; None with a state."""


def as_figure(row: Stated | None, otherwise: State) -> Figure:
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


def current_vedtak(municipality: str, year: int) -> tuple[Vedtak | None, Rows]:
    """The newest recorded vedtak of a municipality, with the rows behind it by group."""
    found = VersionedFigure.objects.filter(
        what="voted", municipality_id=municipality, year=year, superseded_at__isnull=True
    )
    rows = {row.group: row for row in found}
    return vedtak_from(rows), rows


def request_held(municipality: str, year: int) -> VersionedFigure | None:
    """The request to a municipality in force, for all persons."""
    return VersionedFigure.objects.filter(
        what="asked", municipality_id=municipality, year=year, group=Group.ALL, superseded_at__isnull=True
    ).first()


def vedtak_by_municipality(year: int) -> dict[str, Vedtak]:
    """The newest recorded vedtak of every municipality that has answered; one query."""
    found: dict[str, Rows] = defaultdict(dict)
    held = VersionedFigure.objects.filter(
        what="voted", year=year, municipality__isnull=False, superseded_at__isnull=True
    )
    for row in held:
        found[row.municipality_id or ""][row.group] = row
    answers = {code: vedtak_from(rows) for code, rows in found.items()}
    return {code: vedtak for code, vedtak in answers.items() if vedtak is not None}


def vedtak_from(rows: Rows) -> Vedtak | None:
    """The rows of one municipality as the library's vedtak; None without a total."""
    total = rows.get(Group.ALL)
    if total is None:
        return None
    kind = AnswerKind.AWAITING if total.state == State.AWAITING else AnswerKind.NUMBER
    if total.value == 0:
        kind = AnswerKind.ZERO
    return Vedtak(
        municipality=MunicipalityCode(total.municipality_id or ""),
        year=total.year,
        kind=kind,
        total=as_figure(total, State.UNKNOWN),
        em_under15=as_figure(rows.get(Group.EM_UNDER15), State.NOT_ASKED),
        em_15_17=as_figure(rows.get(Group.EM_15_17), State.NOT_ASKED),
        reservations=reservations(total.reservations),
        decided_on=None if kind is AnswerKind.AWAITING else total.valid_from,
        meeting_on=total.meeting_on,
        standing=Standing.APPROVED if total.approved_at else Standing.RECORDED,
    )


def history(
    actor: Actor, municipality: str, year: int, what: str = "voted", known: Known | None = None
) -> list[Version]:
    """Every version of a number that was held by a day, newest first."""
    see_municipality(actor, municipality)
    rows = VersionedFigure.objects.filter(what=what, municipality_id=municipality, year=year)
    if known is not None:
        rows = rows.filter(recorded_at__lt=known.until)
    return [
        Version(
            Group(row.group), as_figure(row, State.UNKNOWN), row.valid_from, row.recorded_at, row.approved_at,
            row.meeting_on, reservations(row.reservations), row.can_take_more, _who(row), row.reason,
            row.source, row.modelled, _is_current(row, known), row.pk,
        )
        for row in rows.select_related("recorded_by").order_by("-id")
    ]  # fmt: skip


def see_municipality(actor: Actor, municipality: str) -> None:
    """Raise NotInSight when the actor's county is another: a county sees its own requests only."""
    if actor.role is Role.COUNTY and municipality[:2] != actor.county:
        raise NotInSight("not_in_sight")


def place_name(code: str) -> str:
    """The municipality's official name.  Raises NotInSight for a code that is none."""
    name = Municipality.objects.filter(code=code).values_list("name", flat=True).first()
    if name is None:
        raise NotInSight("not_in_sight")
    return name


def conditions_in_force(year: int) -> dict[str, tuple[Reservation, ...]]:
    """Municipality -> the conditions of its newest approved vedtak, where it has any; one query."""
    rows = VersionedFigure.objects.filter(
        what="voted", year=year, group=Group.ALL, approved_at__isnull=False, municipality__isnull=False
    ).order_by("municipality_id", "-approved_at", "-id")
    newest = rows.distinct("municipality_id").values_list("municipality_id", "reservations")
    return {code: reservations(stored) for code, stored in newest if code and stored}


def reservations(stored: Iterable[dict[str, Any]]) -> tuple[Reservation, ...]:
    """The conditions as they are kept, as the library's."""
    return tuple(
        Reservation(
            ReservationCode(str(r["code"])), int(r["persons"]) if r.get("persons") is not None else None
        )
        for r in stored
    )


def _who(row: VersionedFigure) -> str:
    return row.recorded_by.get_full_name() or row.recorded_by.username if row.recorded_by else ""


def _is_current(row: VersionedFigure, known: Known | None) -> bool:
    if row.superseded_at is None:
        return True
    return known is not None and row.superseded_at >= known.until


def _first_versions(year: int) -> dict[tuple[str | None, str], Figure]:
    rows = VersionedFigure.objects.filter(what="asked", year=year, supersedes__isnull=True)
    return {(row.municipality_id, row.group): as_figure(row, State.NOT_STORED) for row in rows}

"""One line a municipality: what it is asked for and has answered, and what became of the places, as of a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.db import connection

from bosett.decisions import Reservation
from bosett.decisions.gap import answer_state
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett_server.queries.decisions import as_figure, reservations
from bosett_server.queries.known import Known
from bosett_server.queries.places import Taken
from bosett_server.records.models import Municipality, Quota, VersionedFigure


class FilterState(StrEnum):
    """The states a reader can ask for, in the order they are shown."""

    SAME = "same"
    FEWER = "fewer"
    MORE = "more"
    ZERO = "zero"
    TO_APPROVE = "to_approve"
    AWAITING = "awaiting"
    NO_ANSWER = "no_answer"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Line:
    """One municipality.

    Parameters
    ----------
    original
        The first number it was asked for in the year; differs from `asked` after a second round.
    voted
        The vedtak in force: the newest that its decider has approved.
    recorded
        The newest vedtak written down, when that one is not approved yet; otherwise None.
    assigned, over_by
        Persons proposed, accepted or settled, and how many of them are above what it allows; now.
    agreed, settled
        Persons accepted with a day or settled, and settled; agreed is not stored for earlier days.
    """

    code: str
    name: str
    county: str
    county_name: str
    asked: Figure
    original: Figure
    asked_minors: Figure
    voted: Figure
    recorded: Figure | None
    state: FilterState
    meeting_on: date | None
    reservations: tuple[Reservation, ...]
    can_take_more: int | None
    modelled: bool
    assigned: Figure
    over_by: int
    agreed: Figure
    settled: Figure

    @property
    def gap(self) -> int | None:
        """Voted less asked; None where one of them is no number."""
        if self.asked.value is None or self.voted.value is None:
            return None
        return self.voted.value - self.asked.value


class Held(NamedTuple):
    """What a line tells of one version: a tuple, since a year has thousands and a page reads them all."""

    pk: int
    what: str
    municipality_id: str | None
    group: str
    state: str
    value: int | None
    approved_at: datetime | None
    meeting_on: date | None
    reservations: list[Any]
    can_take_more: int | None
    modelled: bool


class Place(NamedTuple):
    """A municipality with its county's name, read for every line."""

    code: str
    name: str
    county_id: str
    county__name: str


Versions = dict[tuple[str, str, str], list[Held]]


def lines_of(year: int, known: Known, *, asked: bool) -> list[Line]:
    """Every municipality's line in Norwegian order; four queries whatever the number, two for an earlier day.

    Parameters
    ----------
    asked
        Whether a round of the year was sent by then; without one nothing is known of places.
    """
    versions = _versions(year, known)
    quotas = _quotas(year) if known.is_today else {}
    placed = _placed(year, known, quotas) if asked else {}
    places = map(Place._make, Municipality.objects.order_by("sort_key").values_list(*Place._fields))
    return [_line(place, versions, quotas, placed, known, asked=asked) for place in places]


def _versions(year: int, known: Known) -> Versions:
    """Every version of every request and vedtak that was held by then, oldest first."""
    found: Versions = defaultdict(list)
    rows = VersionedFigure.objects.filter(
        what__in=["asked", "voted"], year=year, municipality__isnull=False, recorded_at__lt=known.until
    ).order_by("id")
    for row in map(Held._make, rows.values_list(*Held._fields)):
        found[row.what, row.municipality_id or "", row.group].append(row)
    return found


def _quotas(year: int) -> dict[str, Taken]:
    rows = Quota.objects.filter(year=year, group=Group.ALL).values_list(*Taken._fields)
    return {row.municipality_id: row for row in map(Taken._make, rows)}


def _placed(year: int, known: Known, quotas: dict[str, Taken]) -> dict[str, tuple[int, int]]:
    """Municipality -> (agreed now, settled as recorded by the day)."""
    if not known.is_today:
        settled = _counted("SELECT * FROM bosett_settled_before(%s, %s)", year, known.until)
        return {code: (0, persons) for code, persons in settled.items()}
    agreed = _counted("SELECT * FROM bosett_agreed(%s)", year)
    return {code: (agreed.get(code, 0), row.settled) for code, row in quotas.items()}


def _counted(query: str, *values: int | datetime) -> dict[str, int]:
    """Municipality -> persons, of one of the counts that a party may see without seeing a household."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return {code: int(persons) for code, persons in cursor.fetchall()}


def _line(
    place: Place,
    versions: Versions,
    quotas: dict[str, Taken],
    placed: dict[str, tuple[int, int]],
    known: Known,
    *,
    asked: bool,
) -> Line:
    requests = versions.get(("asked", place.code, Group.ALL), [])
    answers = versions.get(("voted", place.code, Group.ALL), [])
    newest = answers[-1] if answers else None
    force = _in_force(answers, known)
    request = as_figure(requests[-1] if requests else None, State.NOT_ASKED)
    voted = _voted(request, newest, force)
    agreed, settled = placed.get(place.code, (0, 0))
    quota = quotas.get(place.code)
    return Line(
        code=place.code,
        name=place.name,
        county=place.county_id,
        county_name=place.county__name,
        asked=request,
        original=as_figure(requests[0] if requests else None, State.NOT_ASKED),
        asked_minors=_minors(versions, place.code),
        voted=voted,
        recorded=_recorded(newest, force),
        state=_state(request, newest, force),
        meeting_on=newest.meeting_on if newest else None,
        reservations=reservations(newest.reservations if newest else ()),
        can_take_more=newest.can_take_more if newest else None,
        modelled=bool((force or newest) and (force or newest).modelled),  # type: ignore[union-attr]
        assigned=Figure.of(quota.assigned if quota else 0)
        if known.is_today
        else Figure.missing(State.NOT_STORED),
        over_by=max(0, quota.assigned_general - (quota.vedtak or 0) - quota.opened) if quota else 0,
        agreed=(Figure.of(agreed) if known.is_today else Figure.missing(State.NOT_STORED))
        if asked
        else Figure.missing(State.UNKNOWN),
        settled=Figure.of(settled) if asked else Figure.missing(State.UNKNOWN),
    )


def _in_force(answers: list[Held], known: Known) -> Held | None:
    """The newest approved by the end of the day: what the database lets be drawn on."""
    approved = [row for row in answers if row.approved_at is not None and row.approved_at < known.until]
    return max(approved, key=lambda row: (row.approved_at, row.pk)) if approved else None


def _voted(request: Figure, newest: Held | None, force: Held | None) -> Figure:
    if force is not None:
        return as_figure(force, State.UNKNOWN)
    if request.value is None and newest is None:
        return Figure.missing(State.NOT_ASKED)
    return Figure.missing(State.AWAITING)


def _recorded(newest: Held | None, force: Held | None) -> Figure | None:
    if newest is None or newest.state != State.NUMBER or (force is not None and newest.pk == force.pk):
        return None
    return as_figure(newest, State.UNKNOWN) if force is None or newest.pk > force.pk else None


def _state(request: Figure, newest: Held | None, force: Held | None) -> FilterState:
    if force is None and newest is not None and newest.state == State.NUMBER:
        return FilterState.TO_APPROVE
    told = force or newest
    return FilterState(answer_state(request, as_figure(told, State.UNKNOWN) if told else None).value)


def _minors(versions: Versions, code: str) -> Figure:
    found = [
        versions["asked", code, group][-1].value
        for group in (Group.EM_UNDER15, Group.EM_15_17)
        if ("asked", code, group) in versions
    ]
    numbers = [value for value in found if value is not None]
    return Figure.of(sum(numbers)) if numbers else Figure.missing(State.NOT_ASKED)

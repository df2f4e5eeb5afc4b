"""Asked, voted, agreed, settled for every municipality, its county and the country, as of a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.db import connection

from bosett.decisions import Reservation
from bosett.decisions.gap import answer_state
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett_server.access.actor import Actor
from bosett_server.access.roles import Role
from bosett_server.queries.decisions import as_figure, reservations
from bosett_server.queries.known import Known
from bosett_server.queries.places import Taken
from bosett_server.records.models import Municipality, Quota, Round, VersionedFigure


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


@dataclass(frozen=True)
class Sums:
    """A county or the country: sums over numbers only, and how many municipalities stand in each state.

    `asked_answered` is asked of those with a vedtak in force, `asked_open` of those without.
    """

    code: str
    name: str
    asked: Figure
    asked_answered: int
    asked_open: int
    voted: Figure
    short: int
    above: int
    recorded: int
    agreed: Figure
    settled: Figure
    modelled: bool
    states: dict[FilterState, int]

    @property
    def municipalities(self) -> int:
        """How many municipalities are counted, in whatever state."""
        return sum(self.states.values())


@dataclass(frozen=True)
class Overview:
    """The year as of a day; `lines` are those the reader may see, `country` counts all."""

    year: int
    known: Known
    sent_at: datetime | None
    answer_due_on: date | None
    source: str
    lines: tuple[Line, ...]
    counties: tuple[Sums, ...]
    country: Sums


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


def overview(actor: Actor, year: int, known: Known) -> Overview:
    """Every municipality's request and answer in a year as of a day; five queries whatever the number."""
    sent = Round.objects.filter(year=year, state="sent", sent_at__lt=known.until).order_by("-number").first()
    versions = _versions(year, known)
    quotas = _quotas(year) if known.is_today else {}
    placed = _placed(year, known, quotas) if sent else {}
    places = map(Place._make, Municipality.objects.order_by("sort_key").values_list(*Place._fields))
    lines = [_line(place, versions, quotas, placed, known, asked=sent is not None) for place in places]
    by_county: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_county[line.county].append(line)
    counties = [_sums(code, rows[0].county_name, rows) for code, rows in sorted(by_county.items())]
    own = actor.county if actor.role is Role.COUNTY else ""
    return Overview(
        year=year,
        known=known,
        sent_at=sent.sent_at if sent else None,
        answer_due_on=sent.answer_due_on if sent else None,
        source=sent.source if sent else "",
        lines=tuple(line for line in lines if not own or line.county == own),
        counties=tuple(one for one in counties if not own or one.code == own),
        country=_sums("", "", lines),
    )


def years_with_round(actor: Actor) -> list[int]:
    """The years with a round in sight, newest first."""
    return sorted(set(Round.objects.values_list("year", flat=True)), reverse=True)


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


def _sums(code: str, name: str, lines: Iterable[Line]) -> Sums:
    listed = list(lines)
    answered = [line for line in listed if line.asked.value is not None and line.voted.value is not None]
    gaps = [line.gap or 0 for line in answered]
    asked_answered = sum(line.asked.value or 0 for line in answered)
    asked = _total(line.asked for line in listed)
    return Sums(
        code=code,
        name=name,
        asked=Figure.missing(State.NOT_ASKED) if asked is None else Figure.of(asked),
        asked_answered=asked_answered,
        asked_open=(asked or 0) - asked_answered,
        voted=_sum_or(State.AWAITING, (line.voted for line in listed)),
        short=sum(-gap for gap in gaps if gap < 0),
        above=sum(gap for gap in gaps if gap > 0),
        recorded=sum(line.recorded.value or 0 for line in listed if line.recorded is not None),
        agreed=_sum_or(listed[0].agreed.state if listed else State.UNKNOWN, (line.agreed for line in listed)),
        settled=_sum_or(State.UNKNOWN, (line.settled for line in listed)),
        modelled=any(line.modelled for line in listed),
        states=dict(Counter(line.state for line in listed)),
    )


def _total(figures: Iterable[Figure]) -> int | None:
    numbers = [one.value for one in figures if one.value is not None]
    return sum(numbers) if numbers else None


def _sum_or(otherwise: State, figures: Iterable[Figure]) -> Figure:
    total = _total(figures)
    state = State.UNKNOWN if otherwise is State.NUMBER else otherwise
    return Figure.missing(state) if total is None else Figure.of(total)

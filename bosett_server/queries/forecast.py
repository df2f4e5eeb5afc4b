"""The need of a year as it was stated, day by day, and what is known of its parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import connection
from django.db.models import Sum

from bosett.forecast import Revision, revision_due, revision_rule
from bosett.rules import Parameters
from bosett.terms.errors import NoRuleInForce
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett_server.access.actor import Actor
from bosett_server.queries.known import Known
from bosett_server.records.models import Round, VersionedFigure

PARTS = ("ready_in_reception", "expected_grants", "quota", "leaves")


class Limit(StrEnum):
    """What the revision rule says of a changed need; no rule is not the same as within it."""

    DUE = "due"
    WITHIN = "within"
    NO_RULE = "no_rule"
    NOTHING_DIVIDED = "nothing_divided"


@dataclass(frozen=True)
class RevisionView:
    """The need that was divided against the need now, judged by the rule in force on a day."""

    limit: Limit
    divided: int | None
    now: int
    revision: Revision | None = None


@dataclass(frozen=True)
class NeedPart:
    """One part of a need with its interval; the key is the library's."""

    key: str
    low: int
    point: int
    high: int


@dataclass(frozen=True)
class NeedVersion:
    """One stated need.

    Parameters
    ----------
    valid_from, recorded_at
        The day it was stated, and when this service got to know it.
    parts
        What it was worked out from; empty where only the number was stated.
    low, high
        The ends of the interval, where parts are known.
    """

    id: int
    figure: Figure
    valid_from: date
    recorded_at: datetime
    source: str
    reason: str
    parts: tuple[NeedPart, ...]
    low: int | None
    high: int | None
    modelled: bool
    current: bool


@dataclass(frozen=True)
class NeedOverview:
    """One year's need as of a day.

    Parameters
    ----------
    asked
        The sum of the requests held that day; not asked when no round was sent.
    undivided
        The part of the need whose division on municipalities is unknown; a number of persons.
    """

    year: int
    versions: tuple[NeedVersion, ...]
    asked: Figure
    undivided: Figure
    revision: RevisionView | None

    @property
    def now(self) -> NeedVersion | None:
        """The need held that day."""
        return self.versions[0] if self.versions else None


def years_with_need() -> list[int]:
    """The years that have a stated need, newest first."""
    found = VersionedFigure.objects.filter(what="need").values_list("year", flat=True).distinct()
    return sorted(found, reverse=True)


def need_overview(actor: Actor, year: int, known: Known) -> NeedOverview:
    """The year's needs, newest first, and what of them is divided; three queries."""
    versions = need_versions(actor, year, known)
    asked = asked_in_all(year, known)
    now = versions[0].figure if versions else Figure.missing(State.UNKNOWN)
    undivided = Figure.missing(State.UNKNOWN)
    if now.value is not None and asked.value is not None:
        undivided = Figure.of(max(0, now.value - asked.value))
    revision = revision_view(year, now.value, known.day, known) if now.value is not None else None
    return NeedOverview(year, tuple(versions), asked, undivided, revision)


def need_versions(
    actor: Actor, year: int, known: Known, group: Group = Group.ALL, *, before_id: int = 0, size: int = 0
) -> list[NeedVersion]:
    """Every need stated by a day, newest first; from `before_id` on and at most `size` when given."""
    rows = VersionedFigure.objects.filter(
        what="need", year=year, group=group, municipality__isnull=True, recorded_at__lt=known.until
    ).order_by("-id")
    told = [_version(row, current=index == 0) for index, row in enumerate(rows)]
    if before_id:
        told = [one for one in told if one.id < before_id]
    return told[:size] if size else told


def need_in_force(year: int, group: Group = Group.ALL) -> VersionedFigure | None:
    """The row that is held now, or None when no need is stated for the year."""
    return VersionedFigure.objects.filter(
        what="need", year=year, group=group, municipality__isnull=True, superseded_at__isnull=True
    ).first()


def asked_in_all(year: int, known: Known) -> Figure:
    """The sum of the requests in force at the end of a day; not asked when none was sent."""
    held = VersionedFigure.objects.filter(
        what="asked", year=year, group=Group.ALL, recorded_at__lt=known.until
    ).exclude(superseded_at__lt=known.until)
    total = held.aggregate(sum=Sum("value"))["sum"]
    return Figure.missing(State.NOT_ASKED) if total is None else Figure.of(total)


def revision_view(year: int, now: int, on: date, known: Known) -> RevisionView:
    """Whether the rule in force on a day calls for a new division of a need of `now` persons."""
    sent = (
        Round.objects.filter(year=year, state="sent", sent_at__lt=known.until)
        .select_related("need")
        .order_by("-number")
        .first()
    )
    divided = sent.need.value if sent else None
    if divided is None:
        return RevisionView(Limit.NOTHING_DIVIDED, None, now)
    try:
        revision = revision_due(divided, now, revision_rule(Parameters.shipped(), on))
    except NoRuleInForce:
        return RevisionView(Limit.NO_RULE, divided, now)
    return RevisionView(Limit.DUE if revision.due else Limit.WITHIN, divided, now, revision)


def waiting_with_permit(actor: Actor) -> dict[str, int]:
    """Persons with a permit who are not settled, by stage, for the whole country; as of now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stage, persons FROM bosett_waiting_with_permit()")
        return {stage: int(persons) for stage, persons in cursor.fetchall()}


def _version(row: VersionedFigure, *, current: bool) -> NeedVersion:
    told = row.parts or {}
    return NeedVersion(
        id=row.pk,
        figure=Figure(State(row.state), row.value),
        valid_from=row.valid_from,
        recorded_at=row.recorded_at,
        source=row.source,
        reason=row.reason,
        parts=tuple(NeedPart(key, *told[key]) for key in PARTS if key in told),
        low=told.get("low"),
        high=told.get("high"),
        modelled=row.modelled,
        current=current,
    )

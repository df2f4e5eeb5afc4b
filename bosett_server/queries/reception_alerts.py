"""Alerts of reception: what they are raised by, and those that stand or have ended, as far as they are in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db import connection
from django.db.models import QuerySet, Sum

from bosett.capacity.norm import Definition, OccupancyNorm
from bosett.capacity.occupancy_alerts import EmptyRule
from bosett.capacity.waiting import Ageing, Waiting, ageing_alerts
from bosett.rules import DatedValue, Parameters
from bosett.terms.groups import Group
from bosett_server.access.actor import Actor
from bosett_server.access.audit import log_read
from bosett_server.access.context import require
from bosett_server.access.permissions import Permission
from bosett_server.queries.capacity_waiting import SOON_DAYS, near_target, targets
from bosett_server.queries.household_filters import UNDER_WAY
from bosett_server.queries.scenario import open_now
from bosett_server.records.models import Centre, Household, ReceptionAlert

ADDRESS = "/reception/alerts/"
PAST, SOON = "past_target", "soon_past_target"
NORMS = (
    ("capacity/centre_occupancy_share", Definition.OF_PLACES),
    ("capacity/places_beyond_residents_share", Definition.OF_RESIDENTS),
)
EMPTY_BELOW, MARGIN = "capacity/empty_alert_share", "capacity/occupancy_alert_margin"
ENDED_FOR = timedelta(days=90)
AT_MOST = 200


@dataclass(frozen=True)
class KindNow:
    """Announced places and residents of one kind of centre."""

    kind: str
    places: int
    residents: int


@dataclass(frozen=True)
class Aged:
    """A household near or past its target."""

    household: str
    group: Group
    centre: int | None
    last_day: date
    ageing: Ageing


@dataclass(frozen=True)
class AlertView:
    """One alert; of a kind of centre, or of a household (`reference`, and `day`, the target's last)."""

    id: int
    what: str
    kind: str
    household: str
    reference: str
    places: int | None
    residents: int | None
    day: date | None
    raised_on: date
    ended_on: date | None


def norms(today: date) -> list[tuple[OccupancyNorm, DatedValue]]:
    """Both norms in force, with where each is from."""
    found = []
    for path, definition in NORMS:
        version = Parameters.shipped().lookup(path, today)
        found.append((OccupancyNorm(Fraction(str(version.value)), definition), version))
    return found


def empty_rule(today: date) -> EmptyRule:
    """When too many are empty."""
    below, margin = (Parameters.shipped().lookup(path, today).value for path in (EMPTY_BELOW, MARGIN))
    return EmptyRule(Fraction(str(below)), Fraction(str(margin)))


def kinds_now(actor: Actor, today: date) -> list[KindNow]:
    """Each kind of announced centre, by the centre's kind as on the reception page; three queries."""
    kinds = dict(Centre.objects.filter(announced_on__isnull=False).values_list("pk", "kind"))
    places = dict.fromkeys(sorted(set(kinds.values())), 0)
    residents = dict(places)
    for centre, many in open_now(today).values_list("centre").annotate(sum=Sum("count")):
        places[kinds[centre]] += int(many)
    with connection.cursor() as cursor:
        cursor.execute("SELECT centre, persons FROM bosett_residents(%s)", [today])
        for centre, persons in cursor.fetchall():
            if centre in kinds:
                residents[kinds[centre]] += int(persons)
    return [KindNow(kind, places[kind], residents[kind]) for kind in places]


def aged_households(actor: Actor, today: date) -> list[Aged]:
    """Everybody near or past a target; nobody with a protected address.  For the clock: reading is not logged."""
    told = [one for one, _, _ in targets(today).values()]
    rows = Household.objects.filter(
        near_target(told, today), protection="none", stage__in=UNDER_WAY, merged_into__isnull=True
    )
    held = {str(one.pk): one for one in rows}
    waiting = [
        Waiting(key, Group(one.group), one.persons_count, one.permit_on)
        for key, one in held.items()
        if one.permit_on is not None
    ]
    return [
        Aged(one.household, one.group, held[one.household].centre_id, one.last_day, one.ageing)
        for one in ageing_alerts(waiting, told, today, soon_days=SOON_DAYS)
    ]


def reception_alerts(actor: Actor, today: date) -> tuple[Sequence[AlertView], Sequence[AlertView]]:
    """Those that stand and those ended lately, of kinds and then of households; reading households is logged."""
    require(actor, Permission.HOUSEHOLD_LIST)
    rows = ReceptionAlert.objects.select_related("household").order_by("household", "day", "raised_on", "id")
    standing = [_view(one) for one in _both(rows.filter(ended_on__isnull=True))]
    ended = [_view(one) for one in _both(rows.filter(ended_on__gt=today - ENDED_FOR))]
    log_read("reception_alerts", "household", [one.household for one in (*standing, *ended) if one.household])
    return standing, ended


def _both(rows: QuerySet[ReceptionAlert]) -> list[ReceptionAlert]:
    kinds = list(rows.filter(household__isnull=True).order_by("kind", "what"))
    homes = rows.filter(household__isnull=False, household__protection="none")
    return [*kinds, *homes.order_by("day", "id")[:AT_MOST]]


def _view(one: ReceptionAlert) -> AlertView:
    home = one.household
    return AlertView(
        one.pk, one.what, one.kind, str(one.household_id or ""), home.reference if home else "", one.places,
        one.residents, one.day, one.raised_on, one.ended_on,
    )  # fmt: skip

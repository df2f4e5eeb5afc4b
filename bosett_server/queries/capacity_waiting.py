"""Who waits for a municipality against the targets, and whose target is near or past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Q

from bosett.capacity.waiting import Alert, GroupWaiting, Target, Waiting, ageing_alerts, waiting_against
from bosett.rules import DatedValue, Parameters
from bosett.terms.groups import Group
from bosett_server.access.actor import Actor
from bosett_server.access.audit import log_read
from bosett_server.access.permissions import Permission
from bosett_server.queries.household_filters import UNDER_WAY
from bosett_server.records.models import Household

AT_MOST = 25
SOON_DAYS = 14
DAYS_A_MONTH = 30
LAST_DAY_OF_2016_AGREEMENT = date(2017, 12, 31)
SOURCES = {
    Group.EM_UNDER15: ("followup/settle_months_under15", None),
    Group.EM_15_17: ("followup/settle_months_families", LAST_DAY_OF_2016_AGREEMENT),
    Group.ALL: ("followup/settle_months_adults", LAST_DAY_OF_2016_AGREEMENT),
}
"""Where each target is from, and the last day it was in force where it has lapsed."""


@dataclass(frozen=True)
class WaitingRow:
    """One group against its target; `lapsed` = no target is in force, an earlier agreement's is the yardstick."""

    waiting: GroupWaiting
    lapsed: bool
    version: DatedValue


@dataclass(frozen=True)
class AlertRow:
    """A household whose target is near or past."""

    alert: Alert
    reference: str


def targets(today: date) -> dict[Group, tuple[Target, bool, DatedValue]]:
    """Each group's target, whether it has lapsed, and where it is from."""
    rules = Parameters.shipped()
    found = {}
    for group, (path, last) in SOURCES.items():
        version = rules.lookup(path, last or today)
        found[group] = (Target(group, version.whole), last is not None, version)
    return found


def waiting_rows(actor: Actor, today: date) -> list[WaitingRow]:
    """Persons of the whole country who wait with a permit, by group; one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_group, since, persons FROM bosett_waiting_since()")
        listed = [
            Waiting("", Group(group), int(persons), since) for group, since, persons in cursor.fetchall()
        ]
    told = targets(today)
    rows = waiting_against(listed, [one for one, _, _ in told.values()], today, soon_days=SOON_DAYS)
    return [WaitingRow(row, told[row.group][1], told[row.group][2]) for row in rows]


def near_target(told: Sequence[Target], today: date) -> Q:
    """Households whose permit is old enough that a target may be near; wider than needed by a few days."""
    near = Q()
    for one in told:
        until = today - timedelta(days=one.months * DAYS_A_MONTH - SOON_DAYS)
        near |= Q(group=one.group.value, permit_on__lte=until)
    return near


def alerts(actor: Actor, today: date) -> list[AlertRow]:
    """Households in sight whose target is near or past, those over longest first; reading them is logged."""
    if not actor.may(Permission.HOUSEHOLD_LIST):
        return []
    told = [one for one, _, _ in targets(today).values()]
    near = near_target(told, today)
    rows = Household.objects.filter(near, protection="none", stage__in=UNDER_WAY, merged_into__isnull=True)
    oldest = list(rows.order_by("permit_on", "id")[:AT_MOST])
    reference = {str(one.pk): one.reference for one in oldest}
    listed = [Waiting(str(h.pk), Group(h.group), h.persons_count, h.permit_on) for h in oldest if h.permit_on]
    found = ageing_alerts(listed, told, today, soon_days=SOON_DAYS)
    log_read("ageing_alerts", "household", [one.household for one in found])
    return [AlertRow(one, reference[one.household]) for one in found]

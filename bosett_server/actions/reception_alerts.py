"""The clock's part of reception: alerts of occupancy and of those who have waited too long, each told once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from bosett.capacity import PlaceKind
from bosett.capacity.occupancy_alerts import OccupancyAlert, occupancy_alerts
from bosett.capacity.waiting import Ageing
from bosett.terms.groups import Group
from bosett_server.access import clock
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.actions.step import Done, action
from bosett_server.queries.reception_alerts import (
    ADDRESS,
    PAST,
    SOON,
    Aged,
    aged_households,
    empty_rule,
    kinds_now,
    norms,
)
from bosett_server.records.models import Notice, ReceptionAlert

KEEPERS = (Role.UDI_RECEPTION, Role.IMDI_LEAD)
PLANNERS = (Role.IMDI_CASEWORKER,)
Key = tuple[str, str, str]
"""What, kind of centre, household."""


@dataclass(frozen=True)
class _Now:
    """An alert that holds today."""

    what: str
    kind: str = ""
    household: str = ""
    places: int | None = None
    residents: int | None = None
    day: date | None = None
    aged: Aged | None = None

    @property
    def key(self) -> Key:
        return self.what, self.kind, self.household


@action(Permission.DEADLINES_RUN)
def check_reception(actor: Actor) -> Done[int]:
    """Kinds of centre outside their norm and households near or past their target stand as alerts; gives the new ones.

    Each is told once: occupancy to UDI and IMDi, of care centres to Bufetat too; waiting as one sum to the centre
    where the household lives, to those who place it, and to Bufetat for children under 15.
    """
    today = clock.today()
    standing = {_key(one): one for one in ReceptionAlert.objects.filter(ended_on__isnull=True)}
    now = [*_occupancy(today, standing), *_ageing(today)]
    held = {one.key for one in now}
    new = [one for one in now if one.key not in standing]
    ended = [one.pk for key, one in standing.items() if key not in held]
    ReceptionAlert.objects.filter(pk__in=ended).update(ended_on=today)
    ReceptionAlert.objects.bulk_create(
        ReceptionAlert(
            what=one.what, kind=one.kind, household_id=one.household or None, places=one.places,
            residents=one.residents, day=one.day, raised_on=today,
        )
        for one in new
    )  # fmt: skip
    facts = {"new": len(new), "ended": len(ended)}
    return Done(len(new), ("reception", today), facts, [*_of_kinds(new), *_of_households(new)])


def _key(one: ReceptionAlert) -> Key:
    return one.what, one.kind, str(one.household_id or "")


def _occupancy(today: date, standing: dict[Key, ReceptionAlert]) -> list[_Now]:
    rules, empty = [one for one, _ in norms(today)], empty_rule(today)
    found = []
    for one in kinds_now(SYSTEM, today):
        before = {what for what in OccupancyAlert if (what.value, one.kind, "") in standing}
        told = occupancy_alerts(one.places, one.residents, rules, empty, before)
        found += [
            _Now(what.value, one.kind, places=one.places, residents=one.residents) for what in sorted(told)
        ]
    return found


def _ageing(today: date) -> list[_Now]:
    return [
        _Now(PAST if one.ageing is Ageing.PAST else SOON, household=one.household, day=one.last_day, aged=one)
        for one in aged_households(SYSTEM, today)
    ]


def _of_kinds(new: list[_Now]) -> list[Notice]:
    """One notice a reader: how many kinds have left each norm."""
    kinds = [one for one in new if one.kind]
    care = [one for one in kinds if one.kind == PlaceKind.CARE_CENTRE]
    told = [*((role, kinds) for role in KEEPERS), (Role.BUFETAT, care)]
    return [
        Notice(code="reception_occupancy", to_role=role.value, facts=_norms_left(own), url=ADDRESS)
        for role, own in told
        if own
    ]


def _norms_left(own: list[_Now]) -> dict[str, int]:
    many = Counter(one.what for one in own)
    return {
        "of_places": many[OccupancyAlert.FULLER_OF_PLACES.value],
        "of_residents": many[OccupancyAlert.FULLER_OF_RESIDENTS.value],
        "emptier": many[OccupancyAlert.EMPTIER.value],
    }


def _of_households(new: list[_Now]) -> list[Notice]:
    """One notice a reader, however many households: sums only."""
    aged = [(one.what, one.aged) for one in new if one.aged is not None]
    if not aged:
        return []
    notices = [
        Notice(code="waiting_alerts", to_role=role.value, facts=_counted(aged), url=ADDRESS)
        for role in PLANNERS
    ]
    children = [one for one in aged if one[1].group is Group.EM_UNDER15]
    if children:
        notices.append(
            Notice(code="waiting_alerts", to_role=Role.BUFETAT.value, facts=_counted(children), url=ADDRESS)
        )
    centres = sorted({one.centre for _, one in aged if one.centre is not None})
    notices += [
        Notice(
            code="waiting_alerts", to_role=Role.CENTRE.value, centre_id=centre, url=ADDRESS,
            facts=_counted([one for one in aged if one[1].centre == centre]),
        )
        for centre in centres
    ]  # fmt: skip
    return notices


def _counted(aged: list[tuple[str, Aged]]) -> dict[str, int]:
    many = Counter(what for what, _ in aged)
    return {"past": many[PAST], "soon": many[SOON]}

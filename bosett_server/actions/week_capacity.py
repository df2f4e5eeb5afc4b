"""A municipality's weeks: saved, confirmed, and reminded of when nobody has confirmed them for long."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bosett.capacity.week_plan import SizePlan
from bosett.terms.errors import BadInput, Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.actions.step import Done, action
from bosett_server.queries.week_capacity import WEEKS_AHEAD, coming_mondays, days_confirmed, to_remind
from bosett_server.records.models import Notice, WeekCapacity, WeekConfirmation

MOST_HOUSEHOLDS = 500
FURTHEST_WEEKS = 104


@action(Permission.WEEKS_EDIT)
def save_weeks(
    actor: Actor, *, municipality: str, version: int, weeks: Mapping[date, Mapping[int, int] | None]
) -> Done[int]:
    """The weeks given stand as told and are confirmed today; other weeks are as they were.

    Parameters
    ----------
    weeks
        Monday -> size -> households, a size left out being 0; None takes the week out of the plan.

    Gives the new version.  Raises Refused: `week_wrong`, `week_has_passed`, `somebody_changed_it_meanwhile`.
    """
    _own(actor, municipality)
    _check(weeks)
    row = _locked(actor, municipality, version)
    WeekCapacity.objects.filter(municipality_id=municipality, monday__in=list(weeks)).delete()
    WeekCapacity.objects.bulk_create(
        WeekCapacity(municipality_id=municipality, monday=monday, size=size, households=count)
        for monday, sizes in weeks.items()
        if sizes is not None
        for size, count in (sizes or {1: 0}).items()
    )
    _confirm(actor, row)
    return Done(row.version, about=("municipality", municipality), facts={"weeks": len(weeks)})


@action(Permission.WEEKS_EDIT)
def confirm_weeks(actor: Actor, *, municipality: str) -> Done[int]:
    """The weeks are still right: confirmed today.  Raises Refused: `no_weeks_to_confirm`."""
    first = coming_mondays(clock.today(), WEEKS_AHEAD)[0]
    if not WeekCapacity.objects.filter(municipality_id=municipality, monday__gte=first).exists():
        _own(actor, municipality)
        raise Refused("no_weeks_to_confirm")
    row = _locked(actor, municipality, None)
    _confirm(actor, row)
    return Done(row.version, about=("municipality", municipality))


@action(Permission.DEADLINES_RUN)
def remind_week_capacity(actor: Actor) -> Done[int]:
    """Whoever has weeks that nobody has confirmed for the days of the rule is told, once; gives how many."""
    today = clock.today()
    days = days_confirmed(today)
    rows = to_remind(today, days)
    WeekConfirmation.objects.filter(pk__in=[one.pk for one in rows]).update(reminded_on=today)
    notices = [_notice(one, role, days) for one in rows for role in _TOLD]
    return Done(len(rows), about=("weeks", today), facts={"reminded": len(rows)}, notices=notices)


_TOLD = (Role.MUNICIPALITY_COORDINATOR, Role.MUNICIPALITY_DECIDER)


def _notice(one: WeekConfirmation, role: Role, days: int) -> Notice:
    told = {"municipality": one.municipality.name, "day": one.confirmed_on.isoformat(), "days": days}
    return Notice(
        code="weeks_expired", to_role=role.value, municipality_id=one.municipality_id, facts=told,
        url=f"/weeks/{one.municipality_id}/",
    )  # fmt: skip


def _confirm(actor: Actor, row: WeekConfirmation) -> None:
    row.confirmed_on, row.confirmed_by_id, row.reminded_on = clock.today(), actor.user_id, None
    row.version += 1
    row.save(update_fields=["confirmed_on", "confirmed_by", "reminded_on", "version"])


def _own(actor: Actor, municipality: str) -> None:
    if municipality not in actor.municipalities:
        raise NotInSight("not_in_sight")


def _locked(actor: Actor, municipality: str, version: int | None) -> WeekConfirmation:
    _own(actor, municipality)
    row, made = WeekConfirmation.objects.select_for_update().get_or_create(
        municipality_id=municipality, defaults={"confirmed_on": clock.today(), "version": 0}
    )
    if version is not None and version != (0 if made else row.version):
        raise Refused("somebody_changed_it_meanwhile")
    return row


def _check(weeks: Mapping[date, Mapping[int, int] | None]) -> None:
    mondays = coming_mondays(clock.today(), FURTHEST_WEEKS)
    try:
        SizePlan({monday: sizes for monday, sizes in weeks.items() if sizes is not None})
    except BadInput as wrong:
        raise Refused("week_wrong", {"found": wrong.found}) from wrong
    for monday, sizes in weeks.items():
        if monday not in mondays:
            raise Refused("week_has_passed", {"week": monday.isoformat()})
        if any(count > MOST_HOUSEHOLDS for count in (sizes or {}).values()):
            raise Refused("week_wrong", {"found": monday.isoformat()})

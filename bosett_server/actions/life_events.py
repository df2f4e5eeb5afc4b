"""What else happens under way: a lost permit, a household that leaves, a birthday; and looking again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bosett.followup.problem import Case
from bosett.followup.recheck import GroupRule, Recheck, birthdays_crossed, permit_lost, vedtak_group
from bosett.rules.parameters import Parameters
from bosett.terms.errors import Refused
from bosett.terms.groups import Group
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.context import acting
from bosett_server.access.permissions import Permission
from bosett_server.actions.consequences import (
    GROUP,
    PLACES,
    finish_if_settled,
    leave,
    remember,
    resize,
    withdraw,
)
from bosett_server.actions.family_changes import person_of
from bosett_server.actions.household_notices import as_house, tell_of_change
from bosett_server.actions.step import Done, action
from bosett_server.queries.household_case import HouseholdNow, household_now, of_row
from bosett_server.queries.life import last_birthday_check, minors_with_birthdays
from bosett_server.records.models import Household, LifeEvent, Notice, Person

LEFT_REASONS = ("withdrew", "left_norway", "settled_by_itself", "whereabouts_unknown")
BIRTHDAY_GROUP = "decisions/birthday_group"
PERMIT_LOST = "permit_lost"


@action(Permission.HOUSEHOLD_EVENT)
def lose_permit(actor: Actor, *, household: str, on: date, persons: Sequence[str] = ()) -> Done[str]:
    """Those persons' permit no longer stands (all of them when none is named).

    When nobody is left with one, the household leaves the chain: its assignment is withdrawn and the place
    is free.  It keeps its bed until it moves out.  Raises Refused: `case_is_closed`, `not_of_the_household`,
    `in_the_future`, `already_settled`.
    """
    now = household_now(household)
    if on > clock.today():
        raise Refused("in_the_future", {"day": on.isoformat()})
    chosen = [person_of(now, one) for one in dict.fromkeys(persons)] or list(now.people)
    if any(one.pk in now.settled for one in chosen):
        raise Refused("already_settled")
    permit_lost(now.living_case, on)
    Person.objects.filter(pk__in=[one.pk for one in chosen]).update(permit_lost_on=on)
    everybody = all(one.permit_lost_on or one in chosen for one in now.people)
    remember(actor, now, PERMIT_LOST, on, [] if everybody else ["permit"])
    if everybody:
        leave(actor, now, PERMIT_LOST, on, ends_stay=False)
        withdraw(actor, now, PERMIT_LOST)
    facts = {"kind": PERMIT_LOST, "persons": len(chosen), "left": everybody}
    return Done(household, about=now.about, facts=facts, notices=tell_of_change(actor, now, PERMIT_LOST))


@action(Permission.HOUSEHOLD_EVENT)
def record_left(
    actor: Actor, *, household: str, on: date, reason: str, persons: Sequence[str] = ()
) -> Done[str]:
    """Those persons have left (all of them when none is named); with the last one the household leaves.

    Raises Refused: `reason_not_known`, `not_of_the_household`, `in_the_future`, `has_left`.
    """
    now = household_now(household)
    if reason not in LEFT_REASONS:
        raise Refused("reason_not_known", {"reason": reason[:40]})
    if on > clock.today():
        raise Refused("in_the_future", {"day": on.isoformat()})
    if now.row.stage == "left":
        raise Refused("has_left")
    chosen = [person_of(now, one) for one in dict.fromkeys(persons)] or list(now.people)
    Person.objects.filter(pk__in=[one.pk for one in chosen]).update(left_on=on)
    everybody = len(chosen) == len(now.people)
    closed = everybody or now.row.stage == "settled"
    remember(actor, now, "left", on, [] if closed else ["hearing", "needs"])
    if everybody:
        leave(actor, now, reason, on, ends_stay=True)
        withdraw(actor, now, "household_changed")
    else:
        resize(actor, now)
        finish_if_settled(actor, now)
    facts = {"kind": "left", "reason": reason, "persons": len(chosen), "left": everybody}
    return Done(household, about=now.about, facts=facts, notices=tell_of_change(actor, now, "left"))


@action(Permission.HOUSEHOLD_READY)
def resolve_recheck(actor: Actor, *, household: str, codes: Sequence[str]) -> Done[list[str]]:
    """Somebody has looked again at what these flags name; the ones left are given back.

    Room is looked at by trying: the assignment grows, or the step is refused.
    Raises Refused: `nothing_to_resolve`, `no_places_left`, `permit_still_lost`, `group_still_differs`.
    """
    now = household_now(household)
    open_flags = set(now.row.recheck)
    done = set(codes) & open_flags
    if not done:
        raise Refused("nothing_to_resolve")
    if PLACES in done and not resize(actor, now):
        raise Refused("no_places_left", {"household": now.row.reference})
    if PERMIT_LOST in done and any(one.permit_lost_on for one in now.people):
        raise Refused("permit_still_lost")
    one = now.assignment
    if GROUP in done and one is not None and one.state != "settled" and one.group != now.row.group:
        raise Refused("group_still_differs")
    rest = sorted(open_flags - done)
    Household.objects.filter(pk=now.row.pk).update(recheck=rest)
    for event in LifeEvent.objects.filter(household=now.row, resolved_at__isnull=True):
        if not {event.kind, *event.reopened} & set(rest):
            LifeEvent.objects.filter(pk=event.pk).update(resolved_at=clock.now())
    return Done(rest, about=now.about, facts={"resolved": sorted(done), "open": rest})


@action(Permission.DEADLINES_RUN)
def recheck_birthdays(actor: Actor, *, since: date | None = None) -> Done[int]:
    """Unaccompanied minors who turned 15 or 18 since the last check use the group that the dated rule says.

    `since` is the last day already looked at; yesterday when nothing was ever checked.
    """
    today = clock.today()
    after = since or last_birthday_check() or today - timedelta(days=1)
    rule = GroupRule(Parameters.shipped().version(BIRTHDAY_GROUP, today).name)
    told: list[Notice] = []
    many: list[tuple[str, object, dict[str, object]]] = []
    for row in minors_with_birthdays(after, today):
        now = of_row(row)
        for crossed in _new_crossings(now, after, today):
            told += _turn(actor, now, crossed, rule, today)
            many.append(("household", row.pk, {"kind": crossed.why.value, "person": crossed.person_id}))
    facts = {"crossed": len(many), "since": after.isoformat(), "until": today.isoformat()}
    return Done(len(many), about=("household", "*"), facts=facts, notices=told, many=many)


def group_now(now: HouseholdNow, rule: GroupRule, today: date) -> Group:
    """The group whose vedtak the household uses by the rule, with the agreed day or today as settlement day."""
    case: Case = now.living_case
    alone = [one for one in case.persons if one.unaccompanied_minor]
    if not alone:
        return Group.ALL
    youngest = max(alone, key=lambda one: one.birth_date)
    return vedtak_group(youngest, case.decided_on or today, now.row.planned_settlement_on or today, rule)


def _new_crossings(now: HouseholdNow, after: date, today: date) -> list[Recheck]:
    if now.case is None:
        return []
    found = birthdays_crossed(now.case, after, today)
    kept = set(
        LifeEvent.objects.filter(household=now.row, kind__in=[one.why.value for one in found]).values_list(
            "person_id", "kind"
        )
    )
    known = {(str(person), kind) for person, kind in kept}
    return [one for one in found if (one.person_id, one.why.value) not in known]


def _turn(actor: Actor, now: HouseholdNow, crossed: Recheck, rule: GroupRule, today: date) -> list[Notice]:
    group = group_now(now, rule, today)
    one = now.assignment
    differs = one is not None and one.state != "settled" and one.group != group.value
    with acting(as_house(actor)):
        Household.objects.filter(pk=now.row.pk).update(group=group.value)
    person = next(p for p in now.people if str(p.pk) == crossed.person_id)
    remember(actor, now, crossed.why.value, crossed.on, ["needs", *([GROUP] if differs else [])], person)
    return tell_of_change(actor, now, crossed.why.value)

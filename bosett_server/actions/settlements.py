"""One settlement date for the household, and the facts: who arrived when, once per person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bosett.followup.advance import advance
from bosett.followup.problem import SettlementDates
from bosett.followup.recheck import GroupRule
from bosett.followup.steps import DateAgreed, Settled
from bosett.rules.parameters import Parameters
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.actions.consequences import GROUP, finish_if_settled
from bosett_server.actions.grants import FIRST_YEAR, LAST_YEAR, compute_grant_lines
from bosett_server.actions.household_notices import as_house, caseworkers, tell
from bosett_server.actions.life_events import BIRTHDAY_GROUP, group_now
from bosett_server.actions.signed import signed_by
from bosett_server.actions.step import Done, action
from bosett_server.queries.household_case import HouseholdNow, household_now
from bosett_server.records.models import Assignment, Household, Notice, Person, Settlement

EXCEPTION_REASONS = (
    "in_hospital",
    "finishes_school",
    "gives_birth",
    "serves_sentence",
    "travels_later",
    "other",
)


@action(Permission.SETTLEMENT_DATE)
def agree_settlement_date(
    actor: Actor,
    *,
    household: str,
    day: date,
    exceptions: Mapping[str, tuple[date, str]] | None = None,
    version: int | None = None,
) -> Done[str]:
    """One date for the household is agreed, or changed, with coded exceptions per person; the centre is told.

    `version` is the household's as the page showed it.  Raises Refused: `not_assigned`, `date_has_passed`,
    `date_before_decision`, `exception_for_stranger`, `exception_without_reason`, `reason_not_known`,
    `everybody_excepted`, `somebody_changed_it_meanwhile`.
    """
    now = household_now(household)
    _own(actor, now)
    if version is not None and version != now.row.version:
        raise Refused("somebody_changed_it_meanwhile")
    given = dict(exceptions or {})
    if any(reason and reason not in EXCEPTION_REASONS for _, reason in given.values()):
        raise Refused("reason_not_known", {"reason": "exception"})
    today = clock.today()
    if min([day, *(one for one, _ in given.values())]) < today:
        raise Refused("date_has_passed", {"today": today.isoformat()})
    case = advance(now.living_case, DateAgreed(today, SettlementDates(day, given)))
    waiting = [one for one in now.people if one.pk not in now.settled]
    if waiting and all(str(one.pk) in given for one in waiting):
        raise Refused("everybody_excepted")
    for one in waiting:
        day_of, reason = given.get(str(one.pk), (day, ""))
        Person.objects.filter(pk=one.pk).update(planned_settlement_on=day_of, settlement_exception=reason)
    now.row.planned_settlement_on = day
    flags = _group_flag(now, today)
    Household.objects.filter(pk=now.row.pk).update(
        stage=case.stage.value, planned_settlement_on=day, recheck=flags, version=now.row.version + 1
    )
    facts = {"on": day.isoformat(), "exceptions": sorted(reason for _, reason in given.values())}
    return Done(household, about=now.about, facts=facts, notices=_date_notices(actor, now, day, flags))


@action(Permission.SETTLEMENT_RECORD)
def settle(actor: Actor, *, household: str, persons: Mapping[str, date]) -> Done[list[str]]:
    """Each person has arrived on a day: a fact, once per person; the persons' ids are given back.

    When all who have not left and have no exception are settled, the assignment is settled and the stay
    ends.  The year's grant lines are computed.  Raises Refused: `settlement_before_assignment`,
    `no_date_agreed`, `person_already_settled`, `not_of_the_household`, `nobody_settled`,
    `settled_in_the_future`.
    """
    now = household_now(household)
    _own(actor, now)
    chosen = dict(persons)
    _check_facts(now, chosen)
    one = now.assignment
    if one is None or one.state == "offered":
        raise Refused("settlement_before_assignment", {"stage": now.row.stage})
    recorded = clock.now()
    for person, day in sorted(chosen.items()):
        Settlement.objects.create(
            person_id=person, municipality_id=one.municipality_id, assignment=one, settled_on=day,
            recorded_by_id=signed_by(actor), recorded_at=recorded,
        )  # fmt: skip
    whole = finish_if_settled(actor, now)
    Household.objects.filter(pk=now.row.pk).update(version=now.row.version + 1)
    _grants(actor, chosen)
    done = sorted(chosen)
    facts: dict[str, object] = {"persons": done, "whole": whole}
    return Done(done, about=now.about, facts=facts, notices=_settled_notices(actor, now, one, done, whole))


def _own(actor: Actor, now: HouseholdNow) -> None:
    """Row-level security shows a coordinator no other household; this is the first wall of two."""
    if now.row.assigned_municipality_id not in actor.municipalities:
        raise Refused("not_assigned", {"stage": now.row.stage})


def _check_facts(now: HouseholdNow, chosen: Mapping[str, date]) -> None:
    today = clock.today()
    case = now.living_case
    for person in chosen:
        if any(str(pk) == person for pk in now.settled):
            raise Refused("person_already_settled")
    for day in sorted(set(chosen.values())):
        if day > today:
            raise Refused("settled_in_the_future", {"day": day.isoformat()})
        together = tuple(sorted(person for person, when in chosen.items() if when == day))
        case = replace(advance(case, Settled(day, together)), since=None)
    if not chosen:
        raise Refused("nobody_settled")


def _group_flag(now: HouseholdNow, today: date) -> list[str]:
    """On the agreed day another group's vedtak may be the right one: the dated rule says whose age counts."""
    one = now.assignment
    rule = GroupRule(Parameters.shipped().version(BIRTHDAY_GROUP, today).name)
    differs = one is not None and group_now(now, rule, today).value != one.group
    flags = set(now.row.recheck) - {GROUP}
    return sorted(flags | {GROUP} if differs else flags)


def _date_notices(actor: Actor, now: HouseholdNow, day: date, flags: Sequence[str]) -> list[Notice]:
    facts = {"persons": len(now.people), "on": day.isoformat()}
    place = now.row.assigned_municipality_id or ""
    code = "settlement_date_changed" if now.row.stage == "date_agreed" else "settlement_date_agreed"
    told = tell(actor, code, now.row, (Role.CENTRE,), centre=now.row.centre_id, due=day, facts=facts)
    if GROUP in flags and GROUP not in now.row.recheck:
        told += tell(actor, "other_group_on_the_day", now.row, caseworkers(now.row), municipality=place)
    return told


def _settled_notices(
    actor: Actor, now: HouseholdNow, one: Assignment, done: Sequence[str], whole: bool
) -> list[Notice]:
    facts = {"persons": len(done), "municipality": one.municipality.name}
    code = "household_settled" if whole else "persons_settled"
    told = tell(actor, code, now.row, caseworkers(now.row), facts=facts)
    left = now.row.centre_id
    url = f"/reception/{left}/" if whole and left else ""
    return told + tell(actor, code, now.row, (Role.CENTRE,), centre=left, url=url, facts=facts)


def _grants(actor: Actor, chosen: Mapping[str, date]) -> None:
    """The lines of the settlement's own year; a year without rules never stops a fact."""
    for year in sorted({day.year for day in chosen.values()}):
        if FIRST_YEAR <= year <= LAST_YEAR:
            people = sorted(person for person, day in chosen.items() if day.year == year)
            compute_grant_lines(as_house(actor), persons=people, year=year)

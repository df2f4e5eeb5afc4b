"""Life goes on under way: what must be looked at again when a family, a permit or an age changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bosett.followup.problem import Case, Person, Stage
from bosett.terms.days import add_years, age_on
from bosett.terms.errors import Refused
from bosett.terms.groups import Group, minor_group

OPEN = frozenset(Stage) - {Stage.SETTLED, Stage.MOVED, Stage.LEFT}
CROSSINGS = (15, 18)


class Why(StrEnum):
    """Why a case must be looked at again."""

    BIRTH = "birth"
    DEATH = "death"
    SPLIT = "split"
    MERGE = "merge"
    PERMIT_LOST = "permit_lost"
    TURNED_15 = "turned_15"
    TURNED_18 = "turned_18"


@dataclass(frozen=True)
class Recheck:
    """A reason to look again, with codes and counts only."""

    household_id: str
    why: Why
    on: date
    person_id: str = ""
    persons_before: int = 0
    persons_after: int = 0


class GroupRule(StrEnum):
    """Which day's age decides whose vedtak an unaccompanied minor uses.

    No source says it; the dated choice lies in `decisions/birthday_group` as an assumption, and the
    values here are the names it can hold.
    """

    AGE_ON_ASSIGNMENT_DAY = "age_on_assignment_day"
    AGE_ON_SETTLEMENT_DAY = "age_on_settlement_day"


def vedtak_group(person: Person, assigned_on: date, settled_on: date, rule: GroupRule) -> Group:
    """The group whose vedtak the person uses; adults and accompanied children use `ALL`."""
    if not person.unaccompanied_minor:
        return Group.ALL
    return minor_group(
        person.birth_date, assigned_on if rule is GroupRule.AGE_ON_ASSIGNMENT_DAY else settled_on
    )


def birthdays_crossed(case: Case, since: date, today: date) -> tuple[Recheck, ...]:
    """Unaccompanied minors of an open case who turned 15 or 18 after `since`, up to and with today."""
    if case.stage not in OPEN:
        return ()
    found = []
    for person in case.persons:
        for years, why in zip(CROSSINGS, (Why.TURNED_15, Why.TURNED_18), strict=True):
            day = add_years(person.birth_date, years)
            if person.unaccompanied_minor and since < day <= today:
                found.append(Recheck(case.household_id, why, day, person.person_id))
    return tuple(found)


def born(case: Case, child: Person, on: date) -> tuple[Case, Recheck]:
    """A child is added to an open case."""
    _open(case)
    if age_on(child.birth_date, on) != 0 or child.birth_date > on:
        raise Refused("not_a_newborn")
    return _changed(case, (*case.persons, child), Why.BIRTH, on, child.person_id)


def died(case: Case, person_id: str, on: date) -> tuple[Case, Recheck]:
    """A person is taken out of an open case; the last one cannot be (the household then leaves)."""
    _open(case)
    left = tuple(one for one in case.persons if one.person_id != person_id)
    if len(left) == len(case.persons):
        raise Refused("not_of_the_household")
    if not left:
        raise Refused("nobody_left")
    return _changed(case, left, Why.DEATH, on, person_id)


def split(case: Case, leaving: Sequence[str], new_id: str, on: date) -> tuple[Case, Case, Recheck]:
    """Persons become a household of their own: both are checked again, nobody is lost or doubled."""
    _open(case)
    ids = {one.person_id for one in case.persons}
    if not set(leaving) <= ids or not leaving or set(leaving) == ids:
        raise Refused("not_a_split")
    staying = tuple(one for one in case.persons if one.person_id not in leaving)
    going = tuple(one for one in case.persons if one.person_id in leaving)
    changed, recheck = _changed(case, staying, Why.SPLIT, on, "")
    stage = case.stage if case.stage in (Stage.IN_RECEPTION, Stage.INTERVIEWED) else Stage.INTERVIEWED
    other = Case(new_id, case.track, going, stage, on, case.permit_valid, case.hearing)
    return changed, other, recheck


def merged(case: Case, other: Case, on: date) -> tuple[Case, Recheck]:
    """Two open households become one, which keeps the first's identifier and the earlier stage."""
    _open(case)
    _open(other)
    if any(one.settled_on for one in (*case.persons, *other.persons)):
        raise Refused("partly_settled")
    order = list(Stage)
    first = min(case, other, key=lambda one: order.index(one.stage))
    if first.stage not in (Stage.IN_RECEPTION, Stage.INTERVIEWED, Stage.READY):
        raise Refused("return_to_pool_first")
    hearing = {item: heard for item, heard in case.hearing.items() if item in other.hearing}
    base = replace(
        case,
        stage=first.stage,
        hearing=hearing,
        permit_valid=case.permit_valid and other.permit_valid,
        proposal=None,
        municipality_id=None,
        decided_on=None,
        dates=None,
    )
    return _changed(base, (*case.persons, *other.persons), Why.MERGE, on, "", before=len(case.persons))


def permit_lost(case: Case, on: date) -> tuple[Case, Recheck]:
    """The permit no longer stands: no step but leaving or going back to the pool is possible."""
    _open(case)
    count = len(case.persons)
    again = Recheck(case.household_id, Why.PERMIT_LOST, on, "", count, count)
    return replace(case, permit_valid=False), again


def _changed(
    case: Case, persons: tuple[Person, ...], why: Why, on: date, person_id: str, before: int | None = None
) -> tuple[Case, Recheck]:
    count = len(case.persons) if before is None else before
    recheck = Recheck(case.household_id, why, on, person_id, count, len(persons))
    return replace(case, persons=persons), recheck


def _open(case: Case) -> None:
    if case.stage not in OPEN:
        raise Refused("case_is_closed", {"stage": case.stage})

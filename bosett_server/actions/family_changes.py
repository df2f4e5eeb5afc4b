"""The family changes under way: a birth, a death, a split, a merge."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.conf import settings

from bosett.followup.problem import Person as LibraryPerson
from bosett.followup.recheck import born, died, merged, split
from bosett.registry import sort_key
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.context import acting
from bosett_server.access.permissions import Permission
from bosett_server.actions.consequences import (
    PLACES,
    close_stay,
    finish_if_settled,
    leave,
    remember,
    replace_proposals,
    resize,
    withdraw,
)
from bosett_server.actions.household_notices import as_house, tell_of_change
from bosett_server.actions.registration import SEXES
from bosett_server.actions.step import Done, action
from bosett_server.queries.household_case import HouseholdNow, household_now, household_uuid, of_row
from bosett_server.records.models import Household, Interview, Person, Stay


@action(Permission.HOUSEHOLD_EVENT)
def register_birth(
    actor: Actor, *, household: str, born_on: date, sex: str, given_name: str, family_name: str
) -> Done[str]:
    """The child belongs to the household; an offered or accepted assignment grows, or is flagged for room.

    Raises Refused: `case_is_closed`, `not_a_newborn`, `sex_not_known`, `name_missing`, `in_the_future`.
    """
    now = household_now(household)
    today = clock.today()
    if born_on > today:
        raise Refused("in_the_future", {"day": born_on.isoformat()})
    if sex not in SEXES:
        raise Refused("sex_not_known")
    if not given_name.strip() or not family_name.strip():
        raise Refused("name_missing")
    adult = next((one for one in now.people if one.role == "adult"), None)
    if adult is None:
        raise Refused("no_adult_in_household")
    child = uuid.uuid4()
    born(now.living_case, LibraryPerson(str(child), born_on), today)
    Person.objects.create(
        id=child, household=now.row, given_name=given_name.strip(), family_name=family_name.strip(),
        name_sort_key=sort_key(f"{family_name.strip()} {given_name.strip()}"), birth_date=born_on, sex=sex,
        citizenship=adult.citizenship, basis=adult.basis, role="child", synthetic=settings.BOSETT_DEMO,
    )  # fmt: skip
    room = resize(actor, now)
    remember(actor, now, "birth", born_on, ["hearing", "needs", *([] if room else [PLACES])])
    facts = {"kind": "birth", "person": str(child), "room": room}
    return Done(
        str(child), about=now.about, facts=facts, notices=tell_of_change(actor, now, "birth", room=room)
    )


@action(Permission.HOUSEHOLD_EVENT)
def register_death(actor: Actor, *, household: str, person: str, on: date) -> Done[str]:
    """The person is out of the household and its place is free; with the last person the household leaves.

    Raises Refused: `not_of_the_household`, `in_the_future`, `before_birth`.
    """
    now = household_now(household)
    one = person_of(now, person)
    _past(on, one)
    last = len(now.people) == 1
    if not last and now.row.stage != "settled":
        died(now.living_case, person, on)
    Person.objects.filter(pk=one.pk).update(left_on=on)
    remember(actor, now, "death", on, [] if last or now.row.stage == "settled" else ["hearing", "needs"], one)
    if last:
        leave(actor, now, "died", on, ends_stay=True)
        withdraw(actor, now, "household_changed")
    else:
        resize(actor, now)
        finish_if_settled(actor, now)
    facts = {"kind": "death", "person": person, "last": last}
    return Done(household, about=now.about, facts=facts, notices=tell_of_change(actor, now, "death"))


@action(Permission.HOUSEHOLD_EVENT)
def split_household(actor: Actor, *, household: str, persons: Sequence[str], on: date) -> Done[str]:
    """The persons are a household of their own, to be heard again; its id is given back.

    Places follow those who stay; the new household has none yet.
    Raises Refused: `not_a_split`, `not_of_the_household`, `already_settled`, `case_is_closed`, `in_the_future`.
    """
    now = household_now(household)
    going = [person_of(now, one) for one in dict.fromkeys(persons)]
    _past(on)
    if any(one.pk in now.settled for one in going):
        raise Refused("already_settled")
    _leaves_an_adult(now, going)
    number = uuid.uuid4()
    _, other, _ = split(now.living_case, [str(one.pk) for one in going], str(number), on)
    with acting(as_house(actor)):
        made = _own_household(now, number, other.stage.value, len(going))
        Person.objects.filter(pk__in=[one.pk for one in going]).update(household=made)
        _copy_interview(now.row, made)
        _copy_stay(now.row, made)
        new = of_row(made)
    resize(actor, now)
    finish_if_settled(actor, now)
    remember(actor, now, "split", on, ["hearing", "needs"])
    remember(actor, new, "split", on, ["hearing", "needs"])
    notices = [*tell_of_change(actor, now, "split"), *tell_of_change(actor, new, "split")]
    facts = {"kind": "split", "to": str(number), "persons": len(going)}
    many = [("household", number, {"kind": "split", "from": household, "persons": len(going)})]
    return Done(str(number), about=now.about, facts=facts, notices=notices, many=many)


@action(Permission.HOUSEHOLD_EVENT)
def merge_households(actor: Actor, *, household: str, other: str, on: date) -> Done[str]:
    """The other household's persons belong to this one, at the earlier of the two stages; the other is closed.

    Raises Refused: `same_household`, `return_to_pool_first`, `partly_settled`, `not_same_protection`,
    `case_is_closed`, `in_the_future`.
    """
    if household_uuid(household) == household_uuid(other):
        raise Refused("same_household")
    # Locked in the order of their ids, so that two merges at once do not wait for each other.
    both = {one: household_now(one) for one in sorted((household, other), key=household_uuid)}
    now, second = both[household], both[other]
    _past(on)
    if now.assignment is not None or second.assignment is not None:
        raise Refused("return_to_pool_first")
    if now.row.protection != second.row.protection:
        raise Refused("not_same_protection")
    if now.row.group != second.row.group:
        raise Refused("not_same_group")
    case, _ = merged(now.living_case, second.living_case, on)
    ready = [row.ready_on for row in (now.row, second.row) if row.ready_on is not None]
    with acting(as_house(actor)):
        Person.objects.filter(household=second.row).update(household=now.row)
        replace_proposals(now.row)
        replace_proposals(second.row)
        close_stay(second.row, on)
        Household.objects.filter(pk=second.row.pk).update(
            stage="left", left_reason="merged", merged_into=now.row, version=second.row.version + 1
        )
        Household.objects.filter(pk=now.row.pk).update(
            stage=case.stage.value,
            persons_count=len(case.persons),
            needs=sorted({*now.row.needs, *second.row.needs}),
            ready_on=min(ready) if case.stage.value == "ready" else None,
            version=now.row.version + 1,
        )
    remember(actor, now, "merge", on, ["hearing", "needs"])
    facts = {"kind": "merge", "other": other, "persons": len(case.persons)}
    many = [("household", second.row.pk, {"kind": "merge", "into": household})]
    notices = tell_of_change(actor, replace(now, people=(*now.people, *second.people)), "merge")
    return Done(household, about=now.about, facts=facts, notices=notices, many=many)


def person_of(now: HouseholdNow, person: str) -> Person:
    """One of those who have not left.  Raises Refused `not_of_the_household`."""
    found = next((one for one in now.people if str(one.pk) == person), None)
    if found is None:
        raise Refused("not_of_the_household")
    return found


def _past(on: date, person: Person | None = None) -> None:
    if on > clock.today():
        raise Refused("in_the_future", {"day": on.isoformat()})
    if person is not None and on < person.birth_date:
        raise Refused("before_birth")


def _leaves_an_adult(now: HouseholdNow, going: Sequence[Person]) -> None:
    """No children are left alone by a split, on either side; a child alone is Bufetat's and is registered so."""
    gone = {one.pk for one in going}
    sides = ([one for one in now.people if one.pk not in gone], list(going))
    for side in sides:
        if side and all(one.role == "child" for one in side):
            raise Refused("minors_without_adult")


def _own_household(now: HouseholdNow, number: uuid.UUID, stage: str, persons: int) -> Household:
    row = now.row
    return Household.objects.create(
        id=number, reference=f"{row.reference.split('-')[0]}-{number.hex[:8].upper()}", track=row.track,
        group=row.group, stage=stage, persons_count=persons, language=row.language, needs=row.needs, link="",
        protection=row.protection, arrived_on=row.arrived_on, permit_on=row.permit_on, centre_id=row.centre_id,
        split_from=row, synthetic=row.synthetic,
    )  # fmt: skip


def _copy_interview(row: Household, made: Household) -> None:
    """What was said is not lost; the flags say that it must be gone through again."""
    said = (
        Interview.objects.filter(household=row, closed_at__isnull=False).order_by("-held_on", "-id").first()
    )
    if said is not None:
        said.pk, said.household = None, made
        said.save(force_insert=True)


def _copy_stay(row: Household, made: Household) -> None:
    stay = Stay.objects.filter(household=row, left_on__isnull=True).first()
    if stay is not None:
        Stay.objects.create(household=made, centre_id=stay.centre_id, arrived_on=stay.arrived_on)

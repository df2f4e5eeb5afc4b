"""A household comes into the register, moves between centres, gets its permit, leaves its centre."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from bosett.followup.composition import household_group
from bosett.followup.problem import Person as LibraryPerson
from bosett.registry import sort_key
from bosett.terms.days import age_on
from bosett.terms.duf import read_duf_number
from bosett.terms.errors import BadInput, Refused
from bosett.terms.groups import Basis, Group, Track
from bosett.terms.norid import Synthetic, read_id_number
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.actions.household_notices import tell
from bosett_server.actions.named_access import named
from bosett_server.actions.protection import KINDS, close_to_others
from bosett_server.actions.step import Done, action
from bosett_server.queries.household_case import HouseholdNow, household_now
from bosett_server.records.models import Centre, Household, Person, Stay

SEXES = ("female", "male")
ADULT_YEARS = 18
OLDEST_YEARS = 120
MOST_PERSONS = 20
WITHOUT_CENTRE = (Track.RESETTLEMENT, Track.FAMILY)
"""Tracks that may come straight to a municipality; the others live in reception first."""


@dataclass(frozen=True)
class NewPerson:
    """A person as registered; birth date and sex are told, never read from a number."""

    given_name: str
    family_name: str
    birth_date: date
    sex: str
    citizenship: str
    basis: Basis
    duf_number: str = ""
    national_id: str = ""
    unaccompanied_minor: bool = False


@action(Permission.HOUSEHOLD_REGISTER)
def register_household(
    actor: Actor,
    *,
    track: Track,
    language: str,
    persons: Sequence[NewPerson],
    arrived_on: date | None = None,
    centre_id: int | None = None,
    permit_on: date | None = None,
    protection: str = "none",
    named_users: Sequence[str] = (),
) -> Done[str]:
    """The household stands in the register with its persons, its group and its stay; the id is given back.

    With a protected address nobody but the named users ever sees it, nor the one who registers it.

    Raises Refused: `nobody_in_household`, `too_many_persons`, the codes of `check_person`, `minor_with_adult`,
    `arrival_missing`, `centre_missing`, `in_the_future`, `centre_not_open`, `person_already_registered`, and
    with a protected address those of `protection.named`.
    """
    today = clock.today()
    if protection != "none" and protection not in KINDS:
        raise Refused("protection_not_known", {"kind": protection[:20]})
    chosen = named(actor, named_users) if protection != "none" else []
    _check_persons(persons, today)
    _check_days(track, arrived_on, permit_on, centre_id, today)
    centre = _open_centre(centre_id, arrived_on or today) if centre_id is not None else None
    row = _household(track, language, persons, arrived_on, permit_on, centre, today)
    row.save(force_insert=True)
    adults = sum(age_on(one.birth_date, today) >= ADULT_YEARS for one in persons)
    Person.objects.bulk_create([_person(row, one, adults, today) for one in persons])
    if centre is not None and arrived_on is not None:
        Stay.objects.create(household=row, centre=centre, arrived_on=arrived_on)
    facts = {"persons": len(persons), "track": track.value, "group": row.group, "centre": centre_id or ""}
    if protection != "none":
        told = close_to_others(actor, household_now(str(row.pk)), protection, chosen)
        return Done(str(row.pk), about=("household", row.pk), facts={"persons": len(persons)}, notices=told)
    roles = (Role.CENTRE, Role.BUFETAT) if row.group == Group.EM_UNDER15 else (Role.CENTRE,)
    notices = tell(
        actor, "household_registered", row, roles, centre=centre_id, facts={"persons": len(persons)}
    )
    return Done(str(row.pk), about=("household", row.pk), facts=facts, notices=notices)


@action(Permission.HOUSEHOLD_REGISTER)
def move_between_centres(actor: Actor, *, household: str, centre_id: int, on: date) -> Done[str]:
    """The stay ends and the next begins the same day; both centres are told.

    Raises Refused: `not_in_reception_now`, `same_centre`, `in_the_future`, `before_arrival`, `centre_not_open`.
    """
    now = household_now(household)
    _in_reception(now)
    if now.row.centre_id == centre_id:
        raise Refused("same_centre")
    if on > clock.today():
        raise Refused("in_the_future", {"day": on.isoformat()})
    centre = _open_centre(centre_id, on)
    left = now.row.centre_id
    _end_stay(now, on)
    Stay.objects.create(household=now.row, centre=centre, arrived_on=on)
    Household.objects.filter(pk=now.row.pk).update(
        centre=centre, arrived_on=now.row.arrived_on or on, version=now.row.version + 1
    )
    persons = {"persons": len(now.people)}
    notices = tell(actor, "household_moves_in", now.row, (Role.CENTRE,), centre=centre_id, facts=persons)
    away = f"/reception/{left}/"
    notices += tell(
        actor, "household_moves_out", now.row, (Role.CENTRE,), centre=left, url=away, facts=persons
    )
    return Done(household, about=now.about, facts={"from": left or "", "centre": centre_id}, notices=notices)


@action(Permission.HOUSEHOLD_REGISTER)
def end_stay(actor: Actor, *, household: str, on: date) -> Done[str]:
    """The household has moved out of its centre without being settled from it; the place is free.

    Raises Refused: `no_stay`, `in_the_future`, `before_arrival`.
    """
    now = household_now(household)
    if on > clock.today():
        raise Refused("in_the_future", {"day": on.isoformat()})
    if now.row.centre_id is None or not Stay.objects.filter(household=now.row, left_on__isnull=True).exists():
        raise Refused("no_stay")
    left = now.row.centre_id
    _end_stay(now, on)
    Household.objects.filter(pk=now.row.pk).update(centre=None, version=now.row.version + 1)
    notices = tell(
        actor, "household_moves_out", now.row, (Role.CENTRE,), centre=left, url=f"/reception/{left}/",
        facts={"persons": len(now.people)},
    )  # fmt: skip
    return Done(household, about=now.about, facts={"centre": left, "on": on.isoformat()}, notices=notices)


@action(Permission.HOUSEHOLD_REGISTER)
def permit_granted(actor: Actor, *, household: str, on: date) -> Done[str]:
    """The permit stands; the centre is told to hold the settlement interview.

    Raises Refused: `case_is_closed`, `permit_already_granted`, `in_the_future`.
    """
    now = household_now(household)
    if now.row.stage in ("settled", "left"):
        raise Refused("case_is_closed", {"stage": now.row.stage})
    if now.row.permit_on is not None:
        raise Refused("permit_already_granted", {"on": now.row.permit_on.isoformat()})
    if on > clock.today():
        raise Refused("in_the_future", {"day": on.isoformat()})
    Household.objects.filter(pk=now.row.pk).update(permit_on=on, version=now.row.version + 1)
    who = Role.BUFETAT if now.row.group == Group.EM_UNDER15 else Role.CENTRE
    url = f"/households/{now.row.pk}/interview/"
    notices = tell(actor, "hold_the_interview", now.row, (who,), centre=now.row.centre_id, url=url)
    return Done(household, about=now.about, facts={"on": on.isoformat()}, notices=notices)


def check_person(one: NewPerson, number: int, today: date) -> None:
    """Refuse a person that cannot be registered; `number` says which, from 1.

    Codes: `name_missing`, `birth_date_not_possible`, `sex_not_known`, `citizenship_not_known`,
    `duf_number_not_valid`, `national_id_not_valid`, `only_synthetic_numbers`, `not_a_minor`.
    """
    who: dict[str, str | int] = {"person": number}
    if not one.given_name.strip() or not one.family_name.strip():
        raise Refused("name_missing", who)
    if one.birth_date > today or age_on(one.birth_date, today) > OLDEST_YEARS:
        raise Refused("birth_date_not_possible", who)
    if one.sex not in SEXES:
        raise Refused("sex_not_known", who)
    if len(one.citizenship) != 3 or not one.citizenship.isascii() or not one.citizenship.isupper():
        raise Refused("citizenship_not_known", who)
    if one.unaccompanied_minor and age_on(one.birth_date, today) >= ADULT_YEARS:
        raise Refused("not_a_minor", who)
    _check_numbers(one, who, today)


def _check_numbers(one: NewPerson, who: dict[str, str | int], today: date) -> None:
    synthetic = []
    if one.duf_number:
        try:
            synthetic.append(read_duf_number(one.duf_number, today).synthetic)
        except BadInput as fault:
            raise Refused("duf_number_not_valid", who) from fault
    if one.national_id:
        try:
            synthetic.append(read_id_number(one.national_id, today).synthetic is not Synthetic.NO)
        except BadInput as fault:
            raise Refused("national_id_not_valid", who) from fault
    if settings.BOSETT_DEMO and not all(synthetic):
        raise Refused("only_synthetic_numbers", who)


def _check_persons(persons: Sequence[NewPerson], today: date) -> None:
    if not persons:
        raise Refused("nobody_in_household")
    if len(persons) > MOST_PERSONS:
        raise Refused("too_many_persons", {"most": MOST_PERSONS})
    for number, one in enumerate(persons, 1):
        check_person(one, number, today)
    alone = [one.unaccompanied_minor for one in persons]
    if any(alone) and not all(alone):
        raise Refused("minor_with_adult")
    if all(age_on(one.birth_date, today) < ADULT_YEARS for one in persons) and not all(alone):
        raise Refused("minors_without_adult")


def _check_days(
    track: Track, arrived_on: date | None, permit_on: date | None, centre_id: int | None, today: date
) -> None:
    for day in (arrived_on, permit_on):
        if day is not None and day > today:
            raise Refused("in_the_future", {"day": day.isoformat()})
    if centre_id is None and track not in WITHOUT_CENTRE:
        raise Refused("centre_missing")
    if centre_id is not None and arrived_on is None:
        raise Refused("arrival_missing")


def _open_centre(centre_id: int, on: date) -> Centre:
    centre = Centre.objects.filter(pk=centre_id).first()
    if centre is None:
        raise NotInSight("not_in_sight")
    if on < centre.opens_on or (centre.closes_on is not None and on >= centre.closes_on):
        raise Refused("centre_not_open", {"centre": centre.name})
    return centre


def _household(
    track: Track,
    language: str,
    persons: Sequence[NewPerson],
    arrived_on: date | None,
    permit_on: date | None,
    centre: Centre | None,
    today: date,
) -> Household:
    number = uuid.uuid4()
    as_library = [LibraryPerson(str(i), p.birth_date, p.unaccompanied_minor) for i, p in enumerate(persons)]
    return Household(
        id=number,
        reference=f"{'SYN' if settings.BOSETT_DEMO else 'H'}-{number.hex[:8].upper()}",
        track=track.value,
        group=household_group(as_library, today).value,
        persons_count=len(persons),
        language=language,
        arrived_on=arrived_on,
        permit_on=permit_on,
        centre=centre,
        synthetic=settings.BOSETT_DEMO,
    )


def _person(row: Household, one: NewPerson, adults: int, today: date) -> Person:
    adult = age_on(one.birth_date, today) >= ADULT_YEARS
    role = "adult" if adult else "minor_alone" if one.unaccompanied_minor else "child"
    return Person(
        household=row,
        given_name=one.given_name.strip(),
        family_name=one.family_name.strip(),
        name_sort_key=sort_key(f"{one.family_name.strip()} {one.given_name.strip()}"),
        birth_date=one.birth_date,
        sex=one.sex,
        citizenship=one.citizenship,
        duf_number=one.duf_number,
        national_id=one.national_id,
        basis=one.basis.value,
        role=role,
        single_adult=adult and adults == 1,
        unaccompanied_minor=one.unaccompanied_minor,
        synthetic=settings.BOSETT_DEMO,
    )


def _in_reception(now: HouseholdNow) -> None:
    if now.row.stage in ("settled", "left"):
        raise Refused("not_in_reception_now", {"stage": now.row.stage})


def _end_stay(now: HouseholdNow, on: date) -> None:
    stay = Stay.objects.filter(household=now.row, left_on__isnull=True).first()
    if stay is None:
        return
    if on < stay.arrived_on:
        raise Refused("before_arrival", {"arrived": stay.arrived_on.isoformat()})
    Stay.objects.filter(pk=stay.pk).update(left_on=on)

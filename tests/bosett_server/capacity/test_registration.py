"""A household comes into the register; its numbers are checked, its group follows from birth dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bosett.scenario.population.numbers import duf_number
from bosett.terms.errors import Refused
from bosett.terms.groups import Basis, Track
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting, request_keyed
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.registration import (
    NewPerson,
    end_stay,
    move_between_centres,
    permit_granted,
    register_household,
)
from bosett_server.records.models import Household, Notice, Person, Stay
from tests.bosett_server.cast import household
from tests.bosett_server.life.scenes import a_centre, logged, now, people, set_home, stay, told

CAME = date(2026, 2, 2)
ADULT = NewPerson("Rolig", "Testperson", date(1990, 5, 17), "female", "UKR", Basis.COLLECTIVE)
CHILD = replace(ADULT, given_name="Glad", birth_date=date(2018, 5, 17), sex="male")
ALONE = replace(ADULT, birth_date=date(2011, 3, 17), unaccompanied_minor=True, basis=Basis.ASYLUM)


def register(stage, *persons, role="udi_reception", **more) -> str:
    facts = {
        "track": Track.COLLECTIVE,
        "language": "uk",
        "arrived_on": CAME,
        "centre_id": stage.centre.pk,
    } | more
    return register_household(stage[role], persons=list(persons) or [ADULT, CHILD], **facts)


def stored(key: str) -> Household:
    with acting(SYSTEM):
        return Household.objects.get(pk=key)


def households() -> int:
    with acting(SYSTEM):
        return Household.objects.count()


def by_hand(nine: str) -> str:
    """The two control digits by Skatteetaten's published weights."""
    first = -sum(int(d) * w for d, w in zip(nine, (3, 7, 6, 1, 8, 9, 4, 5, 2), strict=True)) % 11
    ten = f"{nine}{first}"
    return f"{ten}{-sum(int(d) * w for d, w in zip(ten, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11}"


def test_a_registered_household_has_its_persons_its_stay_and_its_group(stage):
    one = stored(register(stage))
    assert (one.stage, one.group, one.persons_count, one.synthetic) == ("in_reception", "all", 2, True)
    assert one.reference.startswith("SYN-")
    assert [(p.role, p.single_adult) for p in people(one)] == [("adult", True), ("child", False)]
    with acting(SYSTEM):
        assert Stay.objects.get(household=one).arrived_on == CAME
    assert told(stage, "centre", "household_registered")[0].facts["persons"] == 2
    facts = logged(stage, "register_household")[0].facts
    assert facts == {"persons": 2, "track": "collective", "group": "all", "centre": stage.centre.pk}


@pytest.mark.parametrize(
    ("born", "group"),
    [(date(2011, 3, 17), "em_under15"), (date(2011, 3, 16), "em_15_17"), (date(2008, 3, 17), "em_15_17")],
)
def test_a_child_alone_is_in_the_group_of_its_age_today(stage, born, group):
    assert stored(register(stage, replace(ALONE, birth_date=born))).group == group


def test_of_siblings_alone_the_youngest_decides(stage):
    elder = replace(ALONE, birth_date=date(2009, 1, 1))
    assert stored(register(stage, elder, ALONE)).group == "em_under15"
    assert len(told(stage, "bufetat", "household_registered")) == 1


@pytest.mark.parametrize(
    ("person", "code"),
    [
        (replace(ADULT, given_name=" "), "name_missing"),
        (replace(ADULT, birth_date=date(2026, 3, 17)), "birth_date_not_possible"),
        (replace(ADULT, birth_date=date(1900, 1, 1)), "birth_date_not_possible"),
        (replace(ADULT, sex="unknown"), "sex_not_known"),
        (replace(ADULT, citizenship="Ukraine"), "citizenship_not_known"),
        (replace(ADULT, unaccompanied_minor=True), "not_a_minor"),
        (replace(ADULT, duf_number="12345"), "duf_number_not_valid"),
        (replace(ADULT, duf_number="202600000001"), "only_synthetic_numbers"),
        (replace(ADULT, national_id="12345678901"), "national_id_not_valid"),
        (replace(ADULT, national_id=by_hand("170590112")), "only_synthetic_numbers"),
    ],
)
def test_a_person_that_cannot_be_is_refused_by_number_and_nothing_is_stored(stage, person, code):
    with pytest.raises(Refused) as refused:
        register(stage, CHILD, person)
    assert (refused.value.code, refused.value.facts) == (code, {"person": 2})
    assert households() == 0
    assert "1234" not in str(logged(stage, "register_household")[0].facts)


def test_synthetic_numbers_are_taken_in_the_demo_and_once(stage):
    digits = by_hand("578590112")
    one = replace(ADULT, duf_number=duf_number(4_000_001), national_id=digits)
    register(stage, one)
    with pytest.raises(Refused, match="person_already_registered"):
        register(stage, one)
    assert households() == 1


@pytest.mark.parametrize(
    ("persons", "more", "code"),
    [
        ([ADULT, ALONE], {}, "minor_with_adult"),
        ([CHILD], {}, "minors_without_adult"),
        ([ADULT] * 21, {}, "too_many_persons"),
        ([ADULT], {"arrived_on": date(2026, 3, 17)}, "in_the_future"),
        ([ADULT], {"centre_id": None}, "centre_missing"),
        ([ADULT], {"arrived_on": None}, "arrival_missing"),
        ([ADULT], {"arrived_on": date(2024, 12, 31)}, "centre_not_open"),
    ],
)
def test_a_household_that_cannot_be_is_refused(stage, persons, more, code):
    with pytest.raises(Refused) as refused:
        register(stage, *persons, **more)
    assert (refused.value.code, households()) == (code, 0)


def test_nobody_is_no_household(stage):
    with pytest.raises(Refused, match="nobody_in_household"):
        register_household(stage["udi_reception"], track=Track.ASYLUM, language="ar", persons=[])


def test_a_resettlement_refugee_comes_without_a_centre(stage):
    key = register(stage, track=Track.RESETTLEMENT, centre_id=None, arrived_on=None)
    assert (stored(key).centre_id, stored(key).arrived_on) == (None, None)


def test_the_same_request_twice_registers_once(stage):
    with request_keyed("k-1"):
        assert register(stage) == register(stage)
    assert households() == 1


def test_a_move_between_centres_is_one_stay_after_the_other_and_both_are_told(stage):
    home, other = household(stage, stage="in_reception"), a_centre()
    stay(home, stage.centre)
    udi, on = stage["udi_reception"], date(2026, 3, 10)
    move_between_centres(udi, household=str(home.pk), centre_id=other.pk, on=on)
    assert now(home).centre_id == other.pk
    with acting(SYSTEM):
        stays = (
            Stay.objects.filter(household=home)
            .order_by("id")
            .values_list("centre_id", "arrived_on", "left_on")
        )
        assert list(stays) == [(stage.centre.pk, date(2025, 9, 1), on), (other.pk, on, None)]
    assert len(told(stage, "centre", "household_moves_out")) == 1
    with acting(SYSTEM):
        assert Notice.objects.get(code="household_moves_in").centre_id == other.pk
    with pytest.raises(Refused, match="same_centre"):
        move_between_centres(udi, household=str(home.pk), centre_id=other.pk, on=on)
    with pytest.raises(Refused, match="before_arrival"):
        move_between_centres(udi, household=str(home.pk), centre_id=stage.centre.pk, on=date(2026, 3, 9))
    with pytest.raises(Refused, match="in_the_future"):
        move_between_centres(udi, household=str(home.pk), centre_id=stage.centre.pk, on=date(2026, 3, 17))
    closed = a_centre("Stengt mottak", closes_on=date(2026, 3, 1))
    with pytest.raises(Refused, match="centre_not_open"):
        move_between_centres(udi, household=str(home.pk), centre_id=closed.pk, on=date(2026, 3, 12))


def test_who_has_left_reception_does_not_move_between_centres(stage):
    home = household(stage)
    set_home(home, stage="left")
    with pytest.raises(Refused, match="not_in_reception_now"):
        move_between_centres(
            stage["udi_reception"], household=str(home.pk), centre_id=a_centre().pk, on=date(2026, 3, 10)
        )


def test_a_household_can_move_out_of_its_centre_once(stage):
    home = household(stage)
    stay(home, stage.centre)
    end_stay(stage["udi_reception"], household=str(home.pk), on=date(2026, 3, 10))
    assert now(home).centre_id is None
    with pytest.raises(Refused, match="no_stay"):
        end_stay(stage["udi_reception"], household=str(home.pk), on=date(2026, 3, 10))


def test_a_permit_is_granted_once_and_the_centre_is_asked_to_hold_the_interview(stage):
    home = household(stage, stage="in_reception", interview=False)
    udi, on = stage["udi_reception"], date(2026, 3, 13)
    with pytest.raises(Refused, match="permit_already_granted"):
        permit_granted(udi, household=str(home.pk), on=on)
    set_home(home, permit_on=None)
    with pytest.raises(Refused, match="in_the_future"):
        permit_granted(udi, household=str(home.pk), on=date(2026, 3, 17))
    permit_granted(udi, household=str(home.pk), on=on)
    assert now(home).permit_on == on
    (notice,) = told(stage, "centre", "hold_the_interview")
    assert notice.url == f"/households/{home.pk}/interview/"


def test_only_udi_registers_moves_and_grants(stage):
    home = household(stage)
    for role in ("imdi_lead", "centre", "bufetat", "municipality_coordinator", "ks"):
        with pytest.raises(NotPermitted):
            register(stage, role=role)
        with pytest.raises(NotPermitted):
            permit_granted(stage[role], household=str(home.pk), on=CAME)
        with pytest.raises(NotPermitted):
            move_between_centres(stage[role], household=str(home.pk), centre_id=1, on=CAME)
    with pytest.raises(NotInSight):
        permit_granted(stage["udi_reception"], household="not-an-id", on=CAME)


def test_when_the_log_fails_nobody_is_registered(stage, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("the log is gone")

    monkeypatch.setattr("bosett_server.access.audit.append", broken)
    with pytest.raises(RuntimeError):
        register(stage)
    with acting(SYSTEM):
        assert (households(), Person.objects.count(), Stay.objects.count()) == (0, 0, 0)

"""Births, deaths, splits, merges, lost permits, birthdays: what each re-opens, frees and tells."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.family_changes import (
    merge_households,
    register_birth,
    register_death,
    split_household,
)
from bosett_server.actions.life_events import lose_permit, recheck_birthdays, record_left, resolve_recheck
from bosett_server.actions.settlements import settle
from bosett_server.jobs.birthdays import check_birthdays
from bosett_server.records.models import Household, Interview, LifeEvent, OpenedPlace, Person, Stay
from tests.bosett_server.cast import HERE, YEAR, household, vedtak
from tests.bosett_server.life.scenes import (
    assign,
    assigned,
    life,
    logged,
    now,
    people,
    quota,
    set_home,
    set_persons,
    stay,
    the_assignment,
    told,
)
from tests.bosett_server.placement.scenes import name_user

BORN = date(2026, 3, 10)


def birth(stage, home, role="centre", **more):
    facts = {"born_on": BORN, "sex": "female", "given_name": "Ny", "family_name": "Testperson"} | more
    return register_birth(stage[role], household=str(home.pk), **facts)


def count(model, **which) -> int:
    with acting(SYSTEM):
        return model.objects.filter(**which).count()


def test_a_child_born_under_way_grows_the_assignment_and_reopens_hearing_and_needs(stage):
    home = household(stage)
    assign(stage, home, state="offered")
    child = birth(stage, home)
    assert (now(home).persons_count, now(home).recheck) == (3, ["birth"])
    assert (the_assignment(home).persons, quota().assigned) == (3, 3)
    (event,) = life(home)
    assert (event.kind, event.happened_on, event.reopened) == ("birth", BORN, ["hearing", "needs"])
    assert event.recorded_by_id == stage.users["centre"].pk
    assert (str(people(home)[-1].pk), people(home)[-1].role) == (child, "child")
    assert told(stage, "imdi_caseworker", "household_changed")[0].facts["kind"] == "birth"
    assert "household" not in told(stage, "municipality_coordinator", "card_household_changed")[0].facts
    assert logged(stage, "register_birth")[0].facts["room"] is True


def test_a_child_for_whom_the_municipality_has_no_room_is_flagged_until_there_is(stage):
    vedtak(HERE, 2)
    home = household(stage)
    assign(stage, home)
    birth(stage, home)
    assert (now(home).persons_count, now(home).recheck) == (3, ["birth", "places"])
    assert (the_assignment(home).persons, the_assignment(home).state) == (2, "accepted")
    assert len(told(stage, "municipality_coordinator", "household_needs_more_room")) == 1
    caseworker = stage["imdi_caseworker"]
    with pytest.raises(Refused, match="no_places_left"):
        resolve_recheck(caseworker, household=str(home.pk), codes=["places"])
    with acting(stage["municipality_coordinator"]):
        OpenedPlace.objects.create(
            municipality_id=HERE, year=YEAR, places=1, opened_on=BORN, reason="home_free",
            opened_by=stage.users["municipality_coordinator"],
        )  # fmt: skip
    assert resolve_recheck(caseworker, household=str(home.pk), codes=["places"]) == ["birth"]
    assert the_assignment(home).persons == 3
    assert resolve_recheck(caseworker, household=str(home.pk), codes=["birth"]) == []
    assert life(home)[0].resolved_at is not None


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"born_on": date(2026, 3, 17)}, "in_the_future"),
        ({"born_on": date(2025, 3, 1)}, "not_a_newborn"),
        ({"sex": "none"}, "sex_not_known"),
        ({"given_name": " "}, "name_missing"),
    ],
)
def test_a_birth_that_cannot_be_is_refused_and_nothing_is_stored(stage, more, code):
    home = household(stage)
    with pytest.raises(Refused) as refused:
        birth(stage, home, **more)
    assert refused.value.code == code
    assert (len(people(home)), life(home), now(home).recheck) == (2, [], [])
    assert logged(stage, "register_birth")[0].outcome == "refused"


def test_a_death_frees_a_place_and_with_the_last_one_the_household_leaves(stage):
    home = household(stage)
    stay(home, stage.centre)
    assign(stage, home)
    first, last = people(home)
    centre = stage["centre"]
    register_death(centre, household=str(home.pk), person=str(first.pk), on=BORN)
    assert (now(home).persons_count, the_assignment(home).persons, quota().assigned) == (1, 1, 1)
    with pytest.raises(Refused, match="not_of_the_household"):
        register_death(centre, household=str(home.pk), person=str(first.pk), on=BORN)
    register_death(centre, household=str(home.pk), person=str(last.pk), on=BORN)
    assert (now(home).stage, now(home).left_reason, quota().assigned) == ("left", "died", 0)
    assert the_assignment(home).state == "withdrawn"
    assert count(Stay, household=home, left_on=None) == 0
    assert [one.kind for one in life(home)] == ["death", "death"]


def test_when_the_one_not_settled_dies_the_rest_are_the_whole_household(stage):
    home = assigned(stage)
    first, last = people(home)
    settle(stage["municipality_coordinator"], household=str(home.pk), persons={str(first.pk): BORN})
    register_death(stage["municipality_coordinator"], household=str(home.pk), person=str(last.pk), on=BORN)
    assert (now(home).stage, the_assignment(home).state) == ("settled", "settled")


def test_a_split_loses_nobody_keeps_the_places_of_those_who_stay_and_the_hearing_of_both(stage):
    home = household(stage, persons=3)
    stay(home, stage.centre)
    assign(stage, home)
    goes = people(home)[2]
    other = split_household(stage["centre"], household=str(home.pk), persons=[str(goes.pk)], on=BORN)
    with acting(SYSTEM):
        new = Household.objects.get(pk=other)
        assert Person.objects.get(pk=goes.pk).household_id == new.pk
    assert (new.stage, new.split_from_id, new.persons_count) == ("interviewed", home.pk, 1)
    assert (now(home).persons_count, the_assignment(home).persons, quota().assigned) == (2, 2, 2)
    assert now(home).recheck == new.recheck == ["split"]
    assert (count(Interview, household=new), count(Stay, household=new)) == (1, 1)
    assert [e.facts["kind"] for e in logged(stage, "split_household")] == ["split", "split"]


def test_a_split_takes_neither_all_nor_strangers_nor_the_settled(stage):
    home, other = assigned(stage, persons=2), household(stage)
    ids = [str(p.pk) for p in people(home)]
    for chosen, code in (
        (ids, "not_a_split"),
        ([], "not_a_split"),
        ([str(people(other)[0].pk)], "not_of_the_household"),
    ):
        with pytest.raises(Refused, match=code):
            split_household(
                stage["municipality_coordinator"], household=str(home.pk), persons=chosen, on=BORN
            )
    with acting(SYSTEM):
        Person.objects.filter(pk=ids[1]).update(role="child", birth_date=date(2020, 1, 1))
    with pytest.raises(Refused, match="minors_without_adult"):
        split_household(stage["centre"], household=str(home.pk), persons=[ids[1]], on=BORN)
    assert len(people(home)) == 2


def test_a_coordinator_may_split_a_household_it_then_no_longer_sees_a_part_of(stage):
    home = assigned(stage, persons=2)
    goes = people(home)[0]
    other = split_household(
        stage["municipality_coordinator"], household=str(home.pk), persons=[str(goes.pk)], on=BORN
    )
    with acting(stage["municipality_coordinator"]):
        assert not Household.objects.filter(pk=other).exists()


def test_a_merge_keeps_the_first_the_earlier_stage_and_everybody(stage):
    first = household(stage)
    second = household(stage, stage="interviewed", persons=3, needs=["ground_floor"])
    stay(second, stage.centre)
    merge_households(stage["imdi_caseworker"], household=str(first.pk), other=str(second.pk), on=BORN)
    assert (now(first).stage, now(first).persons_count, now(first).ready_on) == ("interviewed", 5, None)
    assert (now(first).needs, now(first).recheck) == (["ground_floor"], ["merge"])
    assert (now(second).stage, now(second).merged_into_id, now(second).left_reason) == (
        "left",
        first.pk,
        "merged",
    )
    assert len(people(first)) == 5
    assert count(Stay, household=second, left_on=None) == 0


def test_a_merge_waits_for_households_that_a_municipality_has_or_is_asked_for(stage):
    first, second, third = household(stage), household(stage), household(stage, group="em_15_17")
    caseworker = stage["imdi_caseworker"]
    assign(stage, second, state="offered")
    for other, code in (
        (second, "return_to_pool_first"),
        (first, "same_household"),
        (third, "not_same_group"),
    ):
        with pytest.raises(Refused, match=code):
            merge_households(caseworker, household=str(first.pk), other=str(other.pk), on=BORN)
    assert (len(people(first)), len(people(second))) == (2, 2)


def test_a_household_that_loses_its_permit_leaves_the_chain_and_frees_the_place(stage):
    home = household(stage)
    stay(home, stage.centre)
    assign(stage, home)
    lose_permit(stage["udi_reception"], household=str(home.pk), on=BORN)
    assert (now(home).stage, now(home).left_reason, quota().assigned) == ("left", "permit_lost", 0)
    assert the_assignment(home).state == "withdrawn"
    assert count(Stay, household=home, left_on=None) == 1, "it keeps its bed until it moves out"
    assert len(told(stage, "municipality_coordinator", "household_changed")) == 1
    with pytest.raises(Refused, match="case_is_closed"):
        lose_permit(stage["udi_reception"], household=str(home.pk), on=BORN)


def test_one_who_loses_the_permit_holds_the_household_up_until_it_is_split(stage):
    home = household(stage)
    one = people(home)[0]
    lose_permit(stage["udi_reception"], household=str(home.pk), on=BORN, persons=[str(one.pk)])
    assert (now(home).stage, now(home).recheck) == ("ready", ["permit_lost"])
    caseworker = stage["imdi_caseworker"]
    with pytest.raises(Refused, match="permit_still_lost"):
        resolve_recheck(caseworker, household=str(home.pk), codes=["permit_lost"])
    split_household(caseworker, household=str(home.pk), persons=[str(one.pk)], on=BORN)
    assert "permit_lost" not in resolve_recheck(caseworker, household=str(home.pk), codes=["permit_lost"])


def test_who_leaves_the_country_leaves_the_chain(stage):
    home = assigned(stage)
    stay(home, stage.centre)
    centre, which = stage["centre"], {"household": str(home.pk), "on": BORN}
    with pytest.raises(Refused, match="reason_not_known"):
        record_left(centre, reason="tired", **which)
    record_left(centre, reason="left_norway", persons=[str(people(home)[0].pk)], **which)
    assert (now(home).stage, now(home).persons_count, quota().assigned) == ("date_agreed", 1, 1)
    record_left(centre, reason="left_norway", **which)
    assert (now(home).stage, quota().assigned, the_assignment(home).state) == ("left", 0, "withdrawn")
    assert count(Stay, household=home, left_on=None) == 0
    with pytest.raises(NotInSight):
        record_left(centre, reason="left_norway", **which)
    with pytest.raises(Refused, match="has_left"):
        record_left(stage["imdi_caseworker"], reason="left_norway", **which)


def test_a_birthday_moves_a_waiting_child_to_the_group_of_its_age(stage):
    home = household(stage, persons=1, group="em_under15")
    set_persons(home, birth_date=date(2011, 3, 16), unaccompanied_minor=True)
    assert recheck_birthdays(SYSTEM) == 1
    assert (now(home).group, now(home).recheck) == ("em_15_17", ["turned_15"])
    (event,) = life(home)
    assert (event.kind, event.happened_on) == ("turned_15", date(2026, 3, 16))
    assert recheck_birthdays(SYSTEM, since=date(2026, 3, 1)) == 0, "once for each birthday"


def test_a_birthday_under_way_is_flagged_and_its_assignment_is_not_rewritten(stage):
    vedtak(HERE, 5, group="em_15_17")
    home = household(stage, persons=1, group="em_15_17")
    set_persons(home, birth_date=date(2008, 3, 14), unaccompanied_minor=True)
    assign(stage, home)
    assert check_birthdays() == 0, "yesterday is the first day looked back on"
    assert recheck_birthdays(SYSTEM, since=date(2026, 3, 13)) == 1
    assert (now(home).group, now(home).recheck) == ("all", ["group", "turned_18"])
    assert (the_assignment(home).group, the_assignment(home).state) == ("em_15_17", "accepted")
    with pytest.raises(Refused, match="group_still_differs"):
        resolve_recheck(stage["imdi_caseworker"], household=str(home.pk), codes=["group"])
    assert len(told(stage, "municipality_coordinator", "household_changed")) == 1


def test_days_without_a_check_are_looked_at_by_the_next(stage, settings):
    home = household(stage, persons=1, group="em_under15")
    set_persons(home, birth_date=date(2011, 3, 18), unaccompanied_minor=True)
    assert check_birthdays() == 0
    settings.BOSETT_TODAY = date(2026, 3, 20)
    assert check_birthdays() == 1


def test_a_household_out_of_sight_has_no_events_and_no_role_without_the_right(stage):
    home = assigned(stage)
    with pytest.raises(NotInSight):
        birth(stage, home, role="stranger")
    for role in ("municipality_decider", "county", "auditor", "bufetat"):
        with pytest.raises(NotPermitted):
            birth(stage, home, role=role)
    with pytest.raises(NotPermitted):
        resolve_recheck(stage["centre"], household=str(home.pk), codes=["birth"])
    with pytest.raises(NotPermitted):
        recheck_birthdays(stage["imdi_lead"])
    assert count(LifeEvent) == 0


def test_of_a_protected_household_only_named_users_are_told(stage):
    home = household(stage)
    set_home(home, protection="fortrolig")
    name_user(stage, "centre", home)
    birth(stage, home)
    assert told(stage, "imdi_caseworker", "household_changed") == []
    (notice,) = told(stage, "centre", "household_changed")
    assert (notice.to_user_id, "household" in notice.facts) == (stage.users["centre"].pk, False)


def test_when_the_log_fails_no_child_is_born_and_no_place_taken(stage, monkeypatch):
    home = assigned(stage)

    def broken(*_args, **_kwargs):
        raise RuntimeError("the log is gone")

    monkeypatch.setattr("bosett_server.access.audit.append", broken)
    with pytest.raises(RuntimeError):
        birth(stage, home, role="municipality_coordinator")
    assert (len(people(home)), the_assignment(home).persons, life(home)) == (2, 2, [])

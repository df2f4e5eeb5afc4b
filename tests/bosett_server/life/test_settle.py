"""A date for the household, the facts of settlement: allowed, refused, told, rolled back."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest
from django.db import DatabaseError

from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting, request_keyed
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.settlements import agree_settlement_date, settle
from bosett_server.records.models import GrantLine, Settlement, Stay
from tests.bosett_server.cast import DAY, HERE, NOW, household, vedtak
from tests.bosett_server.life.scenes import (
    assign,
    assigned,
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

MAY = date(2026, 5, 4)
CAME = date(2026, 3, 12)


def agree(stage, home, day=MAY, role="municipality_coordinator", **more):
    return agree_settlement_date(stage[role], household=str(home.pk), day=day, **more)


def arrive(stage, home, *who, day=CAME, role="municipality_coordinator"):
    chosen = who or people(home)
    return settle(stage[role], household=str(home.pk), persons={str(one.pk): day for one in chosen})


def settled_count() -> int:
    with acting(SYSTEM):
        return Settlement.objects.count()


def test_one_date_counts_for_everybody_but_those_with_a_coded_exception(stage):
    home = assigned(stage, persons=3, dated=False)
    later = people(home)[1]
    agree(stage, home, exceptions={str(later.pk): (date(2026, 6, 1), "in_hospital")})
    assert (now(home).stage, now(home).planned_settlement_on) == ("date_agreed", MAY)
    dates = {(one.planned_settlement_on, one.settlement_exception) for one in people(home)}
    assert dates == {(MAY, ""), (date(2026, 6, 1), "in_hospital")}
    (notice,) = told(stage, "centre", "settlement_date_agreed")
    assert (notice.due_on, notice.facts["persons"]) == (MAY, 3)
    assert logged(stage, "agree_settlement_date")[0].facts == {
        "on": "2026-05-04",
        "exceptions": ["in_hospital"],
    }


def test_a_changed_date_is_told_as_a_change(stage):
    home = assigned(stage)
    agree(stage, home, day=date(2026, 4, 1))
    assert len(told(stage, "centre", "settlement_date_changed")) == 1


@pytest.mark.parametrize(
    ("day", "exception", "code"),
    [
        (date(2026, 3, 15), None, "date_has_passed"),
        (MAY, (MAY, ""), "exception_without_reason"),
        (MAY, (MAY, "no_reason_of_ours"), "reason_not_known"),
        (MAY, (date(2026, 3, 1), "other"), "date_has_passed"),
    ],
)
def test_a_date_that_cannot_be_is_refused_by_name(stage, day, exception, code):
    home = assigned(stage, dated=False)
    given = {str(people(home)[0].pk): exception} if exception else {}
    with pytest.raises(Refused) as refused:
        agree(stage, home, day=day, exceptions=given)
    assert refused.value.code == code
    assert now(home).stage == "assigned"
    assert logged(stage, "agree_settlement_date")[-1].facts["code"] == code


def test_an_exception_for_everybody_or_for_a_stranger_is_no_exception(stage):
    home, other = assigned(stage, dated=False), household(stage)
    with pytest.raises(Refused, match="everybody_excepted"):
        agree(stage, home, exceptions={str(p.pk): (MAY, "other") for p in people(home)})
    with pytest.raises(Refused, match="exception_for_stranger"):
        agree(stage, home, exceptions={str(people(other)[0].pk): (MAY, "other")})


def test_two_who_agree_a_date_at_once_are_not_both_heard(stage):
    home = assigned(stage, dated=False)
    agree(stage, home, version=home.version)
    with pytest.raises(Refused, match="somebody_changed_it_meanwhile"):
        agree(stage, home, day=date(2026, 6, 6), version=home.version)
    assert now(home).planned_settlement_on == MAY


def test_a_minor_who_is_older_on_the_agreed_day_is_flagged_for_the_other_group(stage):
    vedtak(HERE, 5, group="em_under15")
    home = household(stage, persons=1, group="em_under15")
    set_persons(home, birth_date=date(2011, 4, 20), unaccompanied_minor=True, role="minor_alone")
    assign(stage, home)
    agree(stage, home, day=date(2026, 4, 19))
    assert now(home).recheck == []
    agree(stage, home, day=date(2026, 4, 20))
    assert now(home).recheck == ["group"]
    assert len(told(stage, "imdi_caseworker", "other_group_on_the_day")) == 1


def test_when_all_are_settled_the_assignment_is_and_the_bed_is_free(stage):
    home = assigned(stage)
    stay(home, stage.centre)
    ids = arrive(stage, home)
    assert ids == sorted(str(p.pk) for p in people(home))
    assert (now(home).stage, now(home).settled_on) == ("settled", CAME)
    assert the_assignment(home).state == "settled"
    assert (quota().settled, quota().assigned) == (2, 2)
    with acting(SYSTEM):
        assert Stay.objects.get(household=home).left_on == CAME
    assert len(told(stage, "imdi_caseworker", "household_settled")) == 1
    assert len(told(stage, "centre", "household_settled")) == 1


def test_a_household_is_settled_without_the_one_who_comes_later_and_that_one_still_can_be(stage):
    home = assigned(stage, persons=3)
    first, second, late = people(home)
    agree(stage, home, day=DAY, exceptions={str(late.pk): (date(2026, 6, 1), "in_hospital")})
    arrive(stage, home, first)
    assert now(home).stage == "date_agreed"
    arrive(stage, home, second, day=date(2026, 3, 13))
    assert (now(home).stage, now(home).settled_on) == ("settled", date(2026, 3, 13))
    arrive(stage, home, late, day=DAY)
    assert quota().settled == 3


def test_settlement_gives_the_year_its_grant_lines(stage):
    home = assigned(stage)
    arrive(stage, home)
    with acting(stage["municipality_coordinator"]):
        lines = GrantLine.objects.filter(scheme="integration", person__household=home)
        assert {(line.year, line.grant_year) for line in lines} == {(2026, 1)}
        assert lines.count() == 2


def test_nobody_is_settled_before_an_assignment(stage):
    home = household(stage)
    assign(stage, home, state="offered")
    with pytest.raises(NotInSight):
        arrive(stage, home)
    set_home(home, assigned_municipality_id=HERE)
    with pytest.raises(Refused, match="settlement_before_assignment"):
        arrive(stage, home)
    assert settled_count() == 0
    assert [e.facts["code"] for e in logged(stage, "settle")] == [
        "not_in_sight",
        "settlement_before_assignment",
    ]


def test_nobody_is_settled_before_a_date_is_agreed_or_before_the_decision(stage):
    with pytest.raises(Refused, match="no_date_agreed"):
        arrive(stage, assigned(stage, dated=False))
    with pytest.raises(Refused, match="settlement_before_assignment"):
        arrive(stage, assigned(stage), day=date(2026, 3, 1))
    with pytest.raises(Refused, match="settled_in_the_future"):
        arrive(stage, assigned(stage), day=date(2026, 3, 17))
    with pytest.raises(Refused, match="not_of_the_household"):
        arrive(stage, assigned(stage), *people(household(stage)))
    with pytest.raises(Refused, match="nobody_settled"):
        settle(stage["municipality_coordinator"], household=str(assigned(stage).pk), persons={})
    assert settled_count() == 0


def test_a_person_is_settled_once_by_the_step_and_by_the_database(stage):
    home = assigned(stage, persons=2)
    first, second = people(home)
    arrive(stage, home, first)
    with pytest.raises(Refused, match="person_already_settled"):
        arrive(stage, home, first, second)
    assert settled_count() == 1
    one = the_assignment(home)
    with pytest.raises(DatabaseError) as refused, acting(stage["municipality_coordinator"]):
        Settlement.objects.create(
            person=first, municipality_id=HERE, assignment=one, settled_on=DAY,
            recorded_by=stage.users["municipality_coordinator"], recorded_at=NOW,
        )  # fmt: skip
    assert isinstance(refused.value.__cause__, psycopg.errors.UniqueViolation)


def test_the_same_request_twice_settles_once_and_is_answered_alike(stage):
    home = assigned(stage)
    with request_keyed("k-1"):
        assert arrive(stage, home) == arrive(stage, home)
    assert settled_count() == 2


def test_only_the_municipality_that_has_the_household_settles_it(stage):
    home = assigned(stage)
    with pytest.raises(NotInSight):
        arrive(stage, home, role="stranger")
    with pytest.raises(NotInSight):
        agree(stage, home, role="stranger")
    for role in ("imdi_caseworker", "centre", "udi_reception", "municipality_decider"):
        with pytest.raises(NotPermitted):
            arrive(stage, home, role=role)
        with pytest.raises(NotPermitted):
            agree(stage, home, role=role)


def test_when_the_log_fails_nobody_is_settled(stage, monkeypatch):
    home = assigned(stage)

    def broken(*_args, **_kwargs):
        raise RuntimeError("the log is gone")

    monkeypatch.setattr("bosett_server.access.audit.append", broken)
    with pytest.raises(RuntimeError):
        arrive(stage, home)
    assert settled_count() == 0
    assert (now(home).stage, the_assignment(home).state) == ("date_agreed", "accepted")

"""Weeks: saved, confirmed, reminded of once, each municipality's own."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.capacity.week_plan import Confirmed
from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.week_capacity import confirm_weeks, remind_week_capacity, save_weeks
from bosett_server.queries.week_capacity import agreed_by_week, week_overview, weeks_of
from bosett_server.records.models import AuditEvent, Notice, WeekCapacity
from bosett_server.words.notices import notice_sentence
from tests.bosett_server.cast import HERE, World, vedtak, world
from tests.bosett_server.planner.scenes import COORDINATOR, DECIDER, assigned, events

MONDAY, NEXT = date(2026, 3, 23), date(2026, 3, 30)


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = date(2026, 3, 16)
    return world()


def save(stage: World, weeks, version: int = 0, role: str = COORDINATOR) -> int:
    return save_weeks(stage[role], municipality=HERE, version=version, weeks=weeks)


def here(stage: World, role: str = COORDINATOR):
    with acting(stage[role]):
        return weeks_of(stage[role], HERE)


def test_a_week_of_nobody_is_planned_and_a_week_left_out_is_not(stage):
    save(stage, {MONDAY: {1: 0}, NEXT: None})
    assert dict(here(stage).persons) == {MONDAY: 0}


def test_saving_confirms_and_other_weeks_stay(stage, settings):
    save(stage, {MONDAY: {2: 1}})
    settings.BOSETT_TODAY = date(2026, 3, 20)
    save(stage, {NEXT: {1: 1}}, 1)
    found = here(stage)
    assert dict(found.persons) == {MONDAY: 2, NEXT: 1}
    assert (found.confirmed_on, found.version, found.state) == (date(2026, 3, 20), 2, Confirmed.IN_FORCE)


@pytest.mark.parametrize(
    ("weeks", "version", "code"),
    [
        ({date(2026, 3, 24): {1: 1}}, 0, "week_wrong"),
        ({MONDAY: {7: 1}}, 0, "week_wrong"),
        ({MONDAY: {1: -1}}, 0, "week_wrong"),
        ({MONDAY: {1: 501}}, 0, "week_wrong"),
        ({date(2026, 3, 9): {1: 1}}, 0, "week_has_passed"),
        ({MONDAY: {1: 1}}, 4, "somebody_changed_it_meanwhile"),
    ],
)
def test_a_wrong_week_is_refused_logged_and_not_kept(stage, weeks, version, code):
    with pytest.raises(Refused) as refused:
        save(stage, weeks, version)
    assert refused.value.code == code
    assert [event.facts["code"] for event in events(stage, "save_weeks", "refused")] == [code]
    with acting(stage[COORDINATOR]):
        assert not WeekCapacity.objects.exists()


def test_nothing_can_be_confirmed_where_nothing_is_planned(stage):
    with pytest.raises(Refused, match="no_weeks_to_confirm"):
        confirm_weeks(stage[COORDINATOR], municipality=HERE)


def test_others_neither_save_nor_confirm(stage):
    with pytest.raises(NotInSight):
        save_weeks(stage["stranger"], municipality=HERE, version=0, weeks={})
    with pytest.raises(NotInSight):
        confirm_weeks(stage["stranger"], municipality=HERE)
    for role in ("imdi_lead", "county", "ks"):
        with pytest.raises(NotPermitted):
            confirm_weeks(stage[role], municipality=HERE)


def test_the_database_shows_weeks_to_imdi_the_county_and_the_municipality_alone(stage):
    save(stage, {MONDAY: {1: 1}})
    for role in (COORDINATOR, DECIDER, "imdi_caseworker", "imdi_lead", "county"):
        with acting(stage[role]):
            assert WeekCapacity.objects.count() == 1, role
    for role in ("stranger", "ks", "ministry", "nav", "public", "centre", "auditor", "admin"):
        with acting(stage[role]):
            assert not WeekCapacity.objects.exists(), role


def test_who_has_not_confirmed_for_thirty_days_is_told_once(stage, settings):
    save(stage, {date(2026, 5, 4): {1: 1}})
    settings.BOSETT_TODAY = date(2026, 4, 14)
    assert remind_week_capacity(SYSTEM) == 0
    settings.BOSETT_TODAY = date(2026, 4, 15)
    assert remind_week_capacity(SYSTEM) == 1
    assert remind_week_capacity(SYSTEM) == 0
    with acting(stage[COORDINATOR]):
        notice = Notice.objects.get(code="weeks_expired")
    assert notice.url == f"/weeks/{HERE}/"
    assert "Drammen" in notice_sentence(notice.code, notice.facts)
    with acting(stage[DECIDER]):
        assert Notice.objects.filter(code="weeks_expired").count() == 1
    with acting(stage["stranger"]):
        assert not Notice.objects.filter(code="weeks_expired").exists()
    # Confirmed and forgotten again, it is told again.
    confirm_weeks(stage[COORDINATOR], municipality=HERE)
    settings.BOSETT_TODAY = date(2026, 5, 20)
    assert remind_week_capacity(SYSTEM) == 1
    with acting(stage["auditor"]):
        assert AuditEvent.objects.filter(verb="remind_week_capacity").count() == 4


def test_only_the_clock_reminds(stage):
    with pytest.raises(NotPermitted):
        remind_week_capacity(stage["imdi_lead"])


def test_the_vedtak_in_force_stands_beside_what_is_planned(stage):
    assert here(stage).beside_vedtak is None
    vedtak(HERE, 10)
    assert here(stage).beside_vedtak is None
    save(stage, {MONDAY: {6: 2}})
    assert (here(stage).to_come, here(stage).beside_vedtak) == (10, 2)


def test_persons_with_an_agreed_day_are_counted_in_their_week(stage):
    vedtak(HERE, 40)
    assigned(stage, persons=3, planned=date(2026, 3, 25))
    assigned(stage, persons=2, planned=date(2026, 3, 29))
    with acting(stage[DECIDER]):
        assert agreed_by_week(stage[DECIDER], HERE) == {MONDAY: 5}


def test_the_overview_takes_as_many_questions_for_many_as_for_one(stage, django_assert_num_queries):
    save(stage, {MONDAY: {1: 1}})
    with acting(stage["imdi_lead"]), django_assert_num_queries(4):
        assert len(week_overview(stage["imdi_lead"])) == 2

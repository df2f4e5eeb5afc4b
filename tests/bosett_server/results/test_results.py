"""Waits, moves and work: right for those who left, protected, each role its own area, constant in queries."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.shipped_figures import store_shipped_figures
from bosett_server.queries.followup_moves import moves_overview
from bosett_server.queries.followup_places import YEAR_DAYS
from bosett_server.queries.followup_results import SIX, THREE, waiting_overview
from bosett_server.queries.followup_retention import retention, retention_of
from bosett_server.queries.followup_work import work_overview
from bosett_server.records.models import Assignment, Household, Move, Person, Settlement
from tests.bosett_server.cast import DAY, HERE, NOW, THERE, YEAR, World, household, vedtak, world

OWN = "municipality_coordinator"


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    where = world()
    for place in (HERE, THERE):
        vedtak(place, 500)
    return where


def settled(
    stage: World, ready: date, day: date, place: str = HERE, *, persons: int = 1, moved: date | None = None
) -> None:
    """Synthetic persons of one household who were ready, settled and perhaps moved on to the other municipality."""
    home = household(stage, persons=persons)
    with acting(SYSTEM):
        said = Assignment.objects.create(
            household=home, municipality_id=place, year=YEAR, persons=persons, state="accepted",
            decided_by=stage.users["imdi_caseworker"], decided_at=NOW, answer_due_on=DAY, answered_at=NOW,
            track=home.track, group="all",
        )  # fmt: skip
        for person in Person.objects.filter(household=home):
            Settlement.objects.create(
                person=person, municipality_id=place, assignment=said, settled_on=day,
                recorded_by=stage.users[OWN], recorded_at=NOW,
            )  # fmt: skip
            if moved:
                Move.objects.create(
                    person=person, from_municipality_id=place, to_municipality_id=THERE if place == HERE else HERE,
                    moved_on=moved, recorded_by=stage.users[OWN], recorded_at=NOW,
                )  # fmt: skip
        Household.objects.filter(pk=home.pk).update(ready_on=ready, version=2)


def waiting(stage: World, ready: date, persons: int = 1, *, left: date | None = None, **more: object) -> None:
    home = household(stage, persons=persons, **more)
    with acting(SYSTEM):
        Household.objects.filter(pk=home.pk).update(ready_on=ready, version=2)
        Person.objects.filter(household=home).update(left_on=left)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def overview(stage: World, role: str = "imdi_lead"):
    with acting(stage[role]):
        return waiting_overview(stage[role])


def test_the_shares_and_the_median_count_those_who_wait_and_those_who_left(stage):
    """By hand: six settled on day 60, one of twelve left on day 30, five wait for 300 days.
    Of 11 at day 60 six are settled: 6/11; nothing more happens."""
    settled(stage, ago(300), ago(240), persons=6)
    waiting(stage, ago(300), persons=5)
    waiting(stage, ago(300), left=ago(270))
    whole = overview(stage).groups[0]
    assert whole.told.median_days == 60
    assert [round(whole.told.within[day][0], 6) for day in (THREE, SIX)] == [round(6 / 11, 6)] * 2
    assert (whole.waiting, whole.bands) == (5, (0, 0, 5, 0))


def test_a_small_number_that_waits_is_hidden_and_no_total_tells_it(stage):
    waiting(stage, ago(10), persons=9)
    waiting(stage, ago(10), persons=2, track="family")
    groups = {one.group: one for one in overview(stage).groups}
    assert groups["family"].waiting is None
    shown = [groups[name].waiting for name in ("", "asylum", "family")]
    assert shown.count(None) >= 2


def test_nobody_with_a_protected_address_is_in_any_number(stage):
    waiting(stage, ago(10), persons=6, protection="strengt_fortrolig")
    assert overview(stage).groups[0].waiting == 0


def test_a_change_is_seen_at_once(stage):
    assert overview(stage).groups[0].waiting == 0
    waiting(stage, ago(10), persons=7)
    assert overview(stage).groups[0].waiting == 7


def test_moves_are_those_of_the_first_move_and_a_municipality_sees_its_own(stage):
    """By hand: ten settled two years ago, five moved after 100 days: half have moved within a year."""
    settled(stage, ago(800), ago(730), persons=5, moved=ago(630))
    settled(stage, ago(800), ago(730), persons=5)
    with acting(stage[OWN]):
        it = moves_overview(stage[OWN])
    assert it.own is not None
    assert round(it.own.within[YEAR_DAYS[1]][0], 6) == 0.5
    with acting(stage["stranger"]):
        other = moves_overview(stage["stranger"])
    assert other.own is not None
    assert other.own.persons == 0


def test_municipalities_stand_by_name_beside_what_is_expected_and_small_numbers_are_hidden(stage):
    """By hand: here 6 of 12 moved after 100 of 400 days, there nobody of 12: expected are 6 moves by days at risk.
    Here 6 x 100 + 6 x 400 = 3,000 days, there 4,800: expected here 6 x 3,000 / 7,800 = 2.3077."""
    for persons, place, moved in ((6, HERE, ago(300)), (6, HERE, None), (12, THERE, None)):
        settled(stage, ago(500), ago(400), place, persons=persons, moved=moved)
    with acting(stage["ks"]):
        rows = retention(stage["ks"]).rows
    assert [one.name for one in rows] == ["Arendal", "Drammen"]
    here = rows[1]
    assert (here.settled, here.moved) == (12, 6)
    assert here.beside is not None
    assert round(here.beside.expected, 4) == 2.3077
    settled(stage, ago(500), ago(400), THERE, persons=2, moved=ago(100))
    with acting(stage["ks"]):
        there = retention(stage["ks"]).rows[0]
    assert (there.settled, there.moved, there.beside) == (14, None, None)


def test_a_municipality_sees_its_own_row_and_a_county_its_own(stage):
    with acting(stage[OWN]):
        assert [one.code for one in retention(stage[OWN]).rows] == [HERE]
        assert retention_of(stage[OWN], HERE).alike is None
        with pytest.raises(NotInSight):
            retention_of(stage[OWN], THERE)
    with acting(stage["county"]):
        assert [one.code for one in retention(stage["county"]).rows] == [HERE]


def test_what_is_not_loaded_is_named(stage, client):
    with acting(stage["ks"]):
        assert work_overview(stage["ks"]).missing == (
            "introduction_to_work", "introduction_left", "refugees_employed", "refugees_of_working_age",
        )  # fmt: skip
    client.force_login(stage.users["ks"])
    client.cookies["language"] = "en"
    shown = client.get("/followup/work/").content.decode()
    assert "Not loaded" in shown
    assert "introduction_left" in shown
    assert "The published figures are not loaded" in client.get("/followup/moves/").content.decode()


@pytest.mark.parametrize(
    "address", ["/followup/", "/followup/moves/", "/followup/places/", f"/followup/places/{HERE}/"]
)
def test_the_pages_ask_as_often_for_many_as_for_one_and_are_closed_to_others(stage, client, address):
    client.force_login(stage.users["imdi_lead"])
    counts = []
    for number in (1, 4):
        for _ in range(number):
            settled(stage, ago(500), ago(400), persons=6, moved=ago(300))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    for role in ("nav", "udi_reception", "auditor"):
        client.force_login(stage.users[role])
        assert client.get(address).status_code == 403


def test_the_published_moves_on_the_page_are_the_sources(stage, client):
    """IMDi's rows of 2022, up to four years in Norway: 26,088 settled here, 5,364 moved here, of 35,085."""
    store_shipped_figures(SYSTEM, on=DAY)
    with acting(stage["ks"]):
        it = moves_overview(stage["ks"])
    last = [one for one in it.published if one.residence == "0_4"][-1]
    assert (last.year, last.settled_here, last.moved_here, last.total) == (2022, 26_088, 5_364, 35_085)
    client.force_login(stage.users["ks"])
    client.cookies["language"] = "en"
    assert (
        "From 13 per cent in 2014 to 17 in 2022 had moved" in client.get("/followup/moves/").content.decode()
    )

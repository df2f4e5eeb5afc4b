"""The first screen: the numbers of one's role, and nothing that is another's."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from bosett_server.access.context import acting
from bosett_server.access.roles import Role
from bosett_server.queries.council_meetings import next_meetings
from bosett_server.queries.start import tiles
from tests.bosett_server.cast import DAY, HERE, NOW, STAFF, THERE, household, vedtak, world


@pytest.fixture
def stage(db, settings):
    settings.BOSETT_TODAY = date(2026, 3, 16)
    settings.BOSETT_MFA_REQUIRED = False
    return world()


@pytest.mark.parametrize("role", [role.value for role in STAFF])
def test_every_role_has_a_first_screen(stage, role):
    client = Client()
    client.force_login(stage.users[role])
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("role", [role.value for role in STAFF])
def test_every_number_has_words(stage, role):
    from bosett_server.web.start.words import TILES

    with acting(stage[role]):
        assert all(tile.code in TILES for tile in tiles(stage[role], DAY))


def numbers(stage, role):
    with acting(stage[role]):
        return {tile.code: tile.figure.value for tile in tiles(stage[role], DAY)}


def test_the_caseworker_sees_how_many_are_ready_and_who_waits_too_long(stage):
    household(stage)
    household(stage, stage="in_reception")
    found = numbers(stage, "imdi_caseworker")
    assert (found["ready"], found["waiting_long"]) == (1, 0)


def test_the_coordinator_sees_its_own_places_and_not_anothers(stage):
    vedtak(HERE, 40)
    vedtak(THERE, 7)
    assert numbers(stage, "municipality_coordinator")["our_vedtak"] == 40
    assert numbers(stage, "stranger")["places_left"] == 7


def test_without_a_vedtak_the_number_is_unknown_and_not_zero(stage):
    assert numbers(stage, "municipality_coordinator")["our_vedtak"] is None


def test_the_centre_sees_who_waits_for_an_interview(stage):
    household(stage, stage="in_reception", interview=False)
    assert numbers(stage, "centre")["to_interview"] == 1


def test_the_public_is_sent_to_what_is_open_and_sees_no_number(stage):
    page = Client().get("/").content.decode()
    assert "/statistics/" in page
    assert "answers__number" not in page


def test_a_user_without_a_role_today_is_told_so(stage):
    from bosett_server.access.actor import SYSTEM
    from bosett_server.records.models import RoleGrant

    with acting(SYSTEM):
        RoleGrant.objects.filter(user=stage.users[Role.KS.value]).update(ends_on=date(2026, 1, 1))
    client = Client()
    client.force_login(stage.users[Role.KS.value])
    assert "role" in client.get("/", headers={"accept-language": "en"}).content.decode()


def page_of(stage, role) -> str:
    client = Client(headers={"accept-language": "en"})
    client.cookies["language"] = "en"
    client.force_login(stage.users[role])
    return client.get("/").content.decode()


def test_the_gap_is_the_need_less_what_the_councils_have_voted(stage):
    vedtak(HERE, 40)
    found = numbers(stage, "ks")
    assert (found["need"], found["voted"], found["gap"]) == (110, 40, 70)


def test_without_a_gap_none_is_told_of(stage):
    vedtak(HERE, 110)
    assert "gap" not in numbers(stage, "ks")


def test_what_can_be_done_stands_before_how_it_stands(stage):
    page = page_of(stage, "imdi_lead")
    assert "What waits for you" in page.split("<h1")[1].split("</h1>")[0]
    assert page.index("households ready for a municipality") < page.index("persons need a place this year")


def test_who_has_nothing_to_do_is_not_told_that_something_waits(stage):
    page = page_of(stage, "husbanken")
    assert "This is how it stands" in page.split("<h1")[1].split("</h1>")[0]
    assert "What waits for you" not in page


def test_one_is_told_of_in_the_singular(stage):
    household(stage)
    page = page_of(stage, "imdi_caseworker")
    assert "household ready for a municipality" in page
    assert "households ready for a municipality" not in page


def test_councils_that_are_to_decide_stand_by_the_day_they_meet(stage):
    for municipality, day in ((THERE, date(2026, 3, 20)), (HERE, date(2026, 4, 1))):
        row = vedtak(municipality, 1)
        with acting(stage["system"]):
            type(row).objects.filter(pk=row.pk).update(superseded_at=NOW)
            type(row).objects.create(
                what="voted", municipality_id=municipality, year=2026, group="all", state="awaiting",
                meeting_on=day, valid_from=DAY, recorded_at=NOW, source="test", supersedes=row,
            )  # fmt: skip
    with acting(stage["ks"]):
        assert [(one.name, one.day.day) for one in next_meetings(stage["ks"], DAY)] == [
            ("Arendal", 20), ("Drammen", 1),
        ]  # fmt: skip
    with acting(stage["nav"]):
        assert next_meetings(stage["nav"], DAY) == []
    page = page_of(stage, "imdi_lead")
    assert page.index("Arendal") < page.index("Drammen")

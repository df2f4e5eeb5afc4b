"""The first screen: the numbers of one's role, and nothing that is another's."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from bosett_server.access.context import acting
from bosett_server.access.roles import Role
from bosett_server.queries.start import tiles
from tests.bosett_server.cast import DAY, HERE, STAFF, THERE, household, vedtak, world


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

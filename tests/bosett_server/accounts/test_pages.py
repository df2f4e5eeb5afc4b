"""The pages of users, rights, named access and one's own role."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.roles import Role
from bosett_server.records.models import NamedAccess, RoleGrant, User
from tests.bosett_server.cast import DAY, HERE, NOW, STAFF, THERE, World, household, world

PAGES = {
    "/users/": {Role.ADMIN},
    "/users/new/": {Role.ADMIN},
    "/users/review/": {Role.ADMIN},
    "/named-access/": {Role.IMDI_LEAD},
}


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return world()


@pytest.mark.parametrize("path", PAGES)
def test_each_page_opens_for_its_role_and_no_other(stage, client, path):
    answers = {}
    for role in STAFF:
        client.force_login(stage.users[role.value])
        answers[role] = client.get(path).status_code
    assert answers == {role: 200 if role in PAGES[path] else 403 for role in STAFF}
    client.logout()
    assert client.get(path).headers["Location"] == f"/login?next={path}"


def test_the_administrator_creates_a_user_gives_a_right_and_hands_out_a_link(stage, client):
    client.force_login(stage.users["admin"])
    told = {"username": "kari", "first_name": "Kari", "last_name": "Testperson"}
    made = client.post("/users/new/", told).headers["Location"]
    grant = {"role": "municipality_coordinator", "municipality": HERE, "starts_on": DAY.isoformat()}
    assert client.post(f"{made}grant/", grant | {"municipality": ""}).status_code == 422
    assert client.post(f"{made}grant/", grant).headers["Location"] == made
    assert "Drammen" in client.get(made).content.decode()
    shown = client.post(f"{made}step/", {"step": "password_link"})
    assert "/password/" in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert client.post(f"{made}step/", {"step": "explode"}).status_code == 400


def test_ones_own_page_has_no_buttons(stage, client):
    client.force_login(stage.users["admin"])
    own = client.get(f"/users/{stage.users['admin'].pk}/").content.decode()
    assert 'name="step"' not in own
    assert client.post(f"/users/{stage.users['admin'].pk}/step/", {"step": "close"}).status_code == 409


def test_a_user_that_does_not_exist_is_not_found(stage, client):
    client.force_login(stage.users["admin"])
    assert client.get("/users/999999999/").status_code == 404


def test_the_list_costs_the_same_however_many_users(stage, client):
    client.force_login(stage.users["admin"])

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            assert client.get("/users/").status_code == 200
        return len(counted)

    client.get("/users/")
    before = cost()
    with acting(SYSTEM):
        made = User.objects.bulk_create(User(username=f"u{n}") for n in range(40))
        RoleGrant.objects.bulk_create(
            RoleGrant(user=user, role="ks", starts_on=date(2026, 1, 1), granted_at=NOW) for user in made
        )
    assert cost() == before


def test_choosing_another_role_changes_what_the_user_may(stage, client):
    user = stage.users["municipality_coordinator"]
    with acting(SYSTEM):
        other = RoleGrant.objects.create(user=user, role="imdi_lead", starts_on=DAY, granted_at=NOW)
        foreign = RoleGrant.objects.create(
            user=stage.users["ks"], role="admin", starts_on=DAY, granted_at=NOW
        )
    client.force_login(user)
    assert client.get("/named-access/").status_code == 403
    assert client.post("/roles/", {"hat": foreign.pk}).status_code == 400
    assert client.post("/roles/", {"hat": other.pk}).headers["Location"] == "/"
    assert client.get("/named-access/").status_code == 200


def test_the_lead_names_and_ends_on_the_page(stage, client):
    row = household(stage, protection="fortrolig")
    client.force_login(stage.users["imdi_lead"])
    told = {"username": stage.users["imdi_caseworker"].username, "reference": row.reference}
    assert client.post("/named-access/", told | {"reference": "SYN-0"}).status_code == 422
    assert client.post("/named-access/", told).status_code == 302
    page = client.get("/named-access/").content.decode()
    assert row.reference in page
    assert "Testperson" not in page
    with acting(SYSTEM):
        named = NamedAccess.objects.get().pk
    assert client.post("/named-access/", {"named": named}).status_code == 302
    with acting(SYSTEM):
        assert NamedAccess.objects.get().ends_on == DAY


def test_the_language_is_kept_for_the_user_and_leads_back(stage, client):
    user = stage.users["ks"]
    client.force_login(user)
    answer = client.post("/language", {"language": "nn", "next": "/inbox/"})
    assert (answer.headers["Location"], answer.cookies["language"].value) == ("/inbox/", "nn")
    assert User.objects.get(pk=user.pk).language == "nn"
    assert client.post("/language", {"language": "xx"}).status_code == 400
    assert (
        client.post("/language", {"language": "en", "next": "https://evil.example"}).headers["Location"]
        == "/"
    )


def test_another_municipalitys_name_is_not_on_ones_roles(stage, client):
    client.force_login(stage.users["municipality_coordinator"])
    shown = client.get("/roles/").content.decode()
    assert "Drammen" in shown
    assert THERE not in shown

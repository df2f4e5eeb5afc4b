"""The list's page: who sees it, that its cost does not grow, that the address is the state."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bosett_server.access.context import acting
from bosett_server.records.models import SavedView
from tests.bosett_server.cast import household

LISTS = ["imdi_caseworker", "imdi_lead", "udi_reception", "bufetat", "centre", "municipality_coordinator"]


@pytest.mark.parametrize("role", LISTS)
def test_roles_with_households_see_the_list(browser, role):
    answer = browser(role).get("/households/")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "role", ["county", "ks", "ministry", "nav", "auditor", "admin", "municipality_decider"]
)
def test_roles_without_households_get_403(browser, role):
    assert browser(role).get("/households/").status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_list(stage, browser):
    client = browser("imdi_caseworker")
    counts = []
    for _ in range(3):
        for _ in range(6):
            household(stage, needs=["kindergarten"])
        client.get("/households/")
        with CaptureQueriesContext(connection) as seen:
            client.get("/households/?stage=ready&need=kindergarten")
        counts.append(len(seen))
    assert len(set(counts)) == 1


def test_each_filter_is_a_chip_whose_link_takes_it_away(stage, browser):
    page = browser("imdi_caseworker").get("/households/?stage=ready&waited=30&wished=3301").content.decode()
    assert 'href="/households/?wished=3301&amp;waited=30&amp;sort=waiting"' in page
    assert 'href="/households/?stage=ready&amp;wished=3301&amp;sort=waiting"' in page
    assert 'href="/households/?stage=ready&amp;waited=30&amp;sort=waiting"' in page


def test_a_place_is_found_by_its_name_and_one_that_is_none_is_said_to_be_none(stage, browser):
    household(stage)
    client = browser("imdi_caseworker")
    assert "SYN-" in client.get("/households/?wished=drammen").content.decode()
    assert "SYN-" in client.get("/households/?wished=Buskerud").content.decode()
    assert "SYN-" not in client.get("/households/?wished=Agder").content.decode()
    assert "Atlantis" in client.get("/households/?wished=Atlantis").content.decode()


def test_rows_lead_to_the_file_with_the_cut_and_the_file_leads_on_in_it(stage, browser):
    one, two = household(stage), household(stage)
    client = browser("imdi_caseworker")
    assert f"/households/{one.pk}/?stage=ready&amp;sort=reference" in (
        client.get("/households/?stage=ready&sort=reference").content.decode()
    )
    page = client.get(f"/households/{one.pk}/?stage=ready&sort=reference").content.decode()
    assert f'rel="next" href="/households/{two.pk}/?stage=ready&amp;sort=reference"' in page
    assert 'rel="prev"' not in page


def test_a_broken_place_in_the_address_leads_to_the_beginning(stage, browser):
    answer = browser("imdi_caseworker").get("/households/?stage=ready&page=rubbish")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/households/?stage=ready&sort=waiting")


def test_chosen_columns_are_kept_for_each_user(stage, browser):
    household(stage)
    client = browser("imdi_caseworker")
    mine = f"columns_households_{stage.users['imdi_caseworker'].pk}"
    client.post("/look/preferences", {mine: ["language", "reference"], "next": "/households/"})
    page = client.get("/households/").content.decode()
    assert page.count('scope="col"') == 3  # tick, household, language
    client.force_login(stage.users["imdi_lead"])
    assert client.get("/households/").content.decode().count('scope="col"') > 3


def test_a_kept_filter_is_mine_and_a_shared_one_my_roles(stage, browser):
    client = browser("imdi_caseworker")
    for name, shared in (("mine", ""), ("ours", "1")):
        client.post("/households/views/", {"name": name, "query": "stage=ready&waited=90", "shared": shared})
    assert (
        'href="/households/?stage=ready&amp;waited=90&amp;sort=waiting&amp;columns=reference.persons.'
        in client.get("/households/").content.decode()
    )
    with acting(stage["imdi_caseworker"]):
        kept = {view.name: view.pk for view in SavedView.objects.all()}
    assert set(kept) == {"mine", "ours"}
    page = browser("imdi_lead").get("/households/").content.decode()
    assert "ours" not in page
    assert "mine" not in page
    assert browser("imdi_lead").post(f"/households/views/{kept['mine']}/drop/").status_code == 404
    assert client.post(f"/households/views/{kept['mine']}/drop/").status_code == 302
    with acting(stage["imdi_caseworker"]):
        assert not SavedView.objects.filter(pk=kept["mine"]).exists()


def test_what_is_kept_is_a_cut_and_never_another_address(stage, browser):
    client = browser("imdi_caseworker")
    client.post("/households/views/", {"name": "x", "query": "https://elsewhere.example/?stage=ready&evil=1"})
    with acting(stage["imdi_caseworker"]):
        assert SavedView.objects.get().query.partition("&columns=")[0] == "sort=waiting"


def test_only_those_who_may_change_get_ticks(stage, browser):
    household(stage)
    assert 'name="selected"' in browser("imdi_caseworker").get("/households/").content.decode()
    assert 'name="selected"' not in browser("centre").get("/households/").content.decode()


@pytest.mark.parametrize("role", ["imdi_caseworker", "centre"])
def test_the_list_can_be_walked_by_keyboard_with_or_without_ticks(stage, browser, role):
    household(stage)
    assert "data-worklist" in browser(role).get("/households/").content.decode()

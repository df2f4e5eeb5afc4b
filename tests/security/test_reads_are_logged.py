"""Every reading of a person leaves a row: page, API and file alike, with the ids of those read."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from bosett.registry import sort_key
from bosett_server.access.context import acting
from bosett_server.records.models import AuditEvent, Person
from tests.bosett_server.cast import household, world


@pytest.fixture
def stage(db, settings):
    settings.BOSETT_TODAY = date(2026, 3, 16)
    return world()


@pytest.fixture
def home(stage):
    return household(stage)


def read_ids(where, verb: str) -> list[str]:
    """Ids that the log says were read, for the events of a verb."""
    with acting(where["auditor"]):
        events = AuditEvent.objects.filter(verb=verb, outcome__in=["read", "done"]).order_by("id")
        return [one for event in events for one in event.facts.get("ids", [])]


def client_of(where, role: str) -> Client:
    client = Client()
    client.force_login(where.users[role])
    return client


@pytest.mark.parametrize(
    ("verb", "address"),
    [
        ("households", "/households/"),
        ("household", "/households/{home}/"),
        ("household_history", "/households/{home}/history/"),
        ("search", "/search/?q={reference}"),
    ],
)
def test_each_page_that_shows_a_household_logs_its_id_and_who_read(stage, home, verb, address):
    told = {"home": home.pk, "reference": home.reference}
    assert client_of(stage, "imdi_caseworker").get(address.format(**told)).status_code == 200
    assert read_ids(stage, verb) == [str(home.pk)]
    with acting(stage["auditor"]):
        event = AuditEvent.objects.filter(verb=verb).first()
        assert (event.user_id, event.role) == (stage.users["imdi_caseworker"].pk, "imdi_caseworker")
        assert event.request_id


def test_a_person_found_by_name_is_logged_by_id_and_never_by_name(stage, home):
    with acting(stage["system"]):
        person = Person.objects.filter(household=home).order_by("id").first()
        key = sort_key(f"{person.family_name} {person.given_name}")
        Person.objects.filter(pk=person.pk).update(name_sort_key=key)
    client_of(stage, "imdi_caseworker").get("/search/", {"q": person.family_name})
    assert read_ids(stage, "search") == [str(person.pk)]
    with acting(stage["auditor"]):
        for event in AuditEvent.objects.all():
            assert person.family_name not in str(event.facts) + event.object_id


def test_a_preview_of_a_change_is_a_reading_too(stage, home):
    form = {"selected": str(home.pk), "change": "add_need", "value": "kindergarten"}
    client_of(stage, "imdi_caseworker").post("/households/change/", form)
    assert read_ids(stage, "preview_change") == [str(home.pk)]


def test_an_export_logs_every_id_even_if_the_file_is_never_fetched(stage, home):
    assert client_of(stage, "imdi_caseworker").post("/households/export/", {"form": "csv"}).status_code == 200
    assert read_ids(stage, "export_households") == [str(home.pk)]


def test_an_empty_list_reads_nobody_and_logs_nothing(stage, home):
    client_of(stage, "imdi_caseworker").get("/households/?stage=settled")
    assert read_ids(stage, "households") == []


def test_a_reading_that_was_refused_is_logged_as_refused_and_not_as_read(stage, home):
    assert client_of(stage, "stranger").get(f"/households/{home.pk}/").status_code == 404
    assert read_ids(stage, "household") == []
    with acting(stage["auditor"]):
        (event,) = AuditEvent.objects.filter(outcome="refused")
        assert event.facts["code"] == "not_in_sight"

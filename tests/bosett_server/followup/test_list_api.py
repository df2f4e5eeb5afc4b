"""Households over the API: the same rows, the same refusals, pages by cursor, changes all or none."""

from __future__ import annotations

import json

from django.test import Client

from bosett_server.access.context import acting
from bosett_server.records.models import Household, Person
from tests.bosett_server.cast import household

LIST = "/api/v1/households"
DUF = "202512345678"


def post(client: Client, address: str, body: dict):
    return client.post(f"{LIST}{address}", json.dumps(body), content_type="application/json")


def test_a_list_is_read_to_its_end_by_cursor(stage, machine):
    made = [household(stage).reference for _ in range(5)]
    client, cursor, found = machine("imdi_lead"), "", []
    for _ in range(3):
        page = client.get(LIST, {"sort": "reference", "cursor": cursor, "limit": 2}).json()
        found += [item["reference"] for item in page["items"]]
        cursor = page["next"]
    assert (found, cursor) == (made, "")


def test_a_cursor_that_is_not_ours_is_422_with_a_problem(stage, machine):
    answer = machine("imdi_lead").get(LIST, {"cursor": "rubbish"})
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_input")


def test_filters_are_those_of_the_page(stage, machine):
    child = household(stage, group="em_under15", persons=1)
    household(stage)
    items = machine("imdi_lead").get(LIST, {"group": "minors"}).json()["items"]
    assert [item["reference"] for item in items] == [child.reference]


def test_the_file_has_the_parts_of_the_role_and_no_identity_number(stage, machine):
    one = household(stage)
    with acting(stage["system"]):
        person = Person.objects.filter(household=one).order_by("id").first()
        Person.objects.filter(pk=person.pk).update(duf_number=DUF)
    lead, udi = (machine(role).get(f"{LIST}/{one.pk}") for role in ("imdi_lead", "udi_reception"))
    assert len(lead.json()["persons"]) == 2
    assert lead.json()["heard"]["wishes"] == ["Drammen"]
    assert udi.json()["heard"] is None
    assert DUF not in lead.content.decode()


def test_out_of_sight_is_404_and_a_role_without_persons_403(stage, machine):
    one = household(stage)
    assert machine("stranger").get(f"{LIST}/{one.pk}").status_code == 404
    assert machine("ks").get(f"{LIST}/{one.pk}").status_code == 403
    assert machine("centre").get(f"{LIST}/{one.pk}/history").status_code == 403
    assert Client().get(LIST).status_code == 401


def test_a_change_is_previewed_made_and_taken_back(stage, machine):
    one, two = household(stage), household(stage, needs=["kindergarten"])
    client = machine("imdi_lead")
    chosen = [{"id": str(row.pk), "version": 1} for row in (one, two)]
    body = {"kind": "add_need", "value": "kindergarten", "households": chosen}
    told = {
        item["reference"]: item["code"] for item in post(client, "/changes/preview", body).json()["items"]
    }
    assert told == {one.reference: "goes_through", two.reference: "has_it_already"}
    refused = post(client, "/changes", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "change_does_not_go")
    done = post(client, "/changes", body | {"households": chosen[:1]}).json()
    assert done["count"] == 1
    assert post(client, "/changes/undo", {"undo": done["undo"]}).json() == {"count": 1}
    with acting(stage["system"]):
        assert Household.objects.get(pk=one.pk).needs == []


def test_only_the_one_who_changed_can_take_back_and_only_with_the_note_as_given(stage, machine):
    one = household(stage)
    body = {"kind": "add_need", "value": "kindergarten", "households": [{"id": str(one.pk), "version": 1}]}
    note = post(machine("imdi_lead"), "/changes", body).json()["undo"]
    for client, given in ((machine("imdi_caseworker"), note), (machine("imdi_lead"), note + "x")):
        refused = post(client, "/changes/undo", {"undo": given})
        assert (refused.status_code, refused.json()["code"]) == (409, "undo_is_over")
    with acting(stage["system"]):
        assert Household.objects.get(pk=one.pk).needs == ["kindergarten"]

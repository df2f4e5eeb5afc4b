"""An earlier value of a fact comes back as a new change with a reason; what was decided has steps of its own."""

from __future__ import annotations

import json

import pytest

from bosett.terms.errors import Refused
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.restoring import restore_value
from bosett_server.queries.household_history import household_history
from bosett_server.records.models import AuditEvent, Household, LifeEvent, Person
from tests.bosett_server.cast import household
from tests.bosett_server.followup.test_bulk_changes import fresh


def changed(where, one: Household, **values) -> int:
    """Change the household as IMDi; the id of the row that was replaced."""
    with acting(where["imdi_lead"]):
        Household.objects.filter(pk=one.pk).update(**values)
    return newest(where, one)


def newest(stage, one: Household) -> int:
    with acting(stage["imdi_lead"]):
        return household_history(stage["imdi_lead"], one.pk)[1][0].id


def restore(
    stage, one: Household, change: int, field: str, reason: str = "mistyped", role: str = "imdi_caseworker"
):
    return restore_value(stage[role], household=str(one.pk), change=change, field=field, reason=reason)


def test_the_value_stands_again_with_a_reason_and_the_one_between_stays_in_the_history(stage):
    one = household(stage)
    change = changed(stage, one, language="ar")
    restore(stage, one, change, "language")
    (row,) = fresh(stage, one)
    assert (row.language, row.version) == ("uk", one.version + 1)
    with acting(stage["imdi_lead"]):
        told = [f for line in household_history(stage["imdi_lead"], one.pk)[1] for f in line.fields]
        (event,) = LifeEvent.objects.filter(household=one)
    assert [(f.name, f.before, f.after, f.restorable) for f in told if f.name == "language"] == [
        ("language", "ar", "uk", True), ("language", "uk", "ar", False),
    ]  # fmt: skip
    assert (event.kind, event.resolved_at is not None) == ("restored_mistyped", True)
    assert row.recheck == []
    with acting(stage["auditor"]):
        logged = AuditEvent.objects.get(verb="restore_value", outcome="done")
        assert logged.facts == {"field": "language", "reason": "mistyped", "change": change}


def test_a_name_comes_back_with_its_place_in_the_order(stage):
    one = household(stage)
    with acting(stage["imdi_lead"]):
        person = Person.objects.filter(household=one).first()
        was = (person.family_name, person.name_sort_key)
        Person.objects.filter(pk=person.pk).update(family_name="Feilskrevet", name_sort_key="feil")
    restore(stage, one, newest(stage, one), "family_name", "household")
    with acting(stage["imdi_lead"]):
        now = Person.objects.get(pk=person.pk)
    assert now.family_name == was[0]
    assert now.name_sort_key not in ("feil", "")


@pytest.mark.parametrize(
    ("values", "field", "reason", "code"),
    [
        ({"language": "ar"}, "language", "because", "reason_not_known"),
        ({"recheck": ["birth"]}, "recheck", "mistyped", "value_not_brought_back"),
        ({"stage": "interviewed"}, "stage", "mistyped", "value_not_brought_back"),
        ({"language": "ar"}, "needs", "mistyped", "value_stands_already"),
        ({"needs": []}, "needs", "mistyped", "health_need_without_consent"),
    ],
)
def test_what_cannot_be_brought_back_is_refused_by_name_and_changes_nothing(
    stage, values, field, reason, code
):
    needs = ["hospital_near"] if code.startswith("health") else []
    one = household(stage, needs=needs, interview=not needs)
    change = changed(stage, one, **values)
    before = fresh(stage, one)[0].version
    with pytest.raises(Refused) as refused:
        restore(stage, one, change, field, reason)
    assert refused.value.code == code
    assert fresh(stage, one)[0].version == before


def test_what_others_have_acted_on_is_not_changed_behind_them(stage):
    one = household(stage, needs=["kindergarten"])
    change = changed(stage, one, needs=[])
    with acting(stage["system"]):
        Household.objects.filter(pk=one.pk).update(stage="left")
    with pytest.raises(Refused, match="fact_acted_on"):
        restore(stage, one, change, "needs")


def test_a_change_of_another_household_is_not_there(stage):
    one, other = household(stage), household(stage)
    change = changed(stage, other, language="ar")
    with pytest.raises(NotInSight):
        restore(stage, one, change, "language")


@pytest.mark.parametrize("role", ["udi_reception", "centre", "municipality_coordinator"])
def test_only_imdi_brings_a_value_back(stage, role):
    one = household(stage)
    change = changed(stage, one, language="ar")
    with pytest.raises((NotPermitted, NotInSight)):
        restore(stage, one, change, "language", role=role)


def test_the_pages_lead_there_show_what_will_stand_and_do_it(stage, browser):
    one = household(stage, needs=["kindergarten"])
    change = changed(stage, one, needs=[])
    client = browser("imdi_caseworker")
    address = f"/households/{one.pk}/history/{change}/needs/"
    assert address in client.get(f"/households/{one.pk}/history/").content.decode()
    assert "arnehage" in client.get(address).content.decode()
    assert client.post(address, {"request_key": "k-1"}).status_code == 422
    assert client.post(address, {"reason": "register", "request_key": "k-2"}).status_code in (302, 303)
    assert fresh(stage, one)[0].needs == ["kindergarten"]
    page = client.get(f"/households/{one.pk}/history/").content.decode()
    assert address not in page
    assert client.get(address).status_code == 404


def test_a_code_is_told_in_words(stage, browser):
    one = household(stage)
    changed(stage, one, language="ar")
    page = browser("imdi_lead").get(f"/households/{one.pk}/history/").content.decode()
    assert "fra ukrainsk til arabisk" in page


def test_the_call_does_the_same(stage, machine):
    one = household(stage)
    change = changed(stage, one, language="ar")
    answer = machine("imdi_lead").post(
        f"/api/v1/households/{one.pk}/history/{change}/restore",
        json.dumps({"field": "language", "reason": "register"}), content_type="application/json",
    )  # fmt: skip
    assert (answer.status_code, answer.json()) == (200, {"id": str(one.pk)})
    assert fresh(stage, one)[0].language == "uk"

"""Reception's pages: who may see what, and that a form says what is wrong where it is wrong."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bosett.capacity import PlaceKind
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.reception import ContractTold, set_contract, set_places
from bosett_server.records.models import AuditEvent, Centre, Household, Person
from tests.bosett_server.cast import household
from tests.bosett_server.life.scenes import a_centre, set_home, stay

DAY = date(2026, 3, 16)


@pytest.fixture
def enter(stage, client):
    def as_role(role: str):
        client.force_login(stage.users[role])
        return client

    return as_role


def lived_in(stage, homes: int = 1) -> list[Household]:
    set_places(
        stage["udi_reception"], centre=stage.centre.pk, kind=PlaceKind.ORDINARY, number=8, starts_on=DAY
    )
    found = [household(stage, stage="in_reception") for _ in range(homes)]
    for home in found:
        stay(home, stage.centre)
    return found


def test_udi_sees_places_residents_and_who_has_been_there_longest(stage, enter):
    (home,) = lived_in(stage)
    page = enter("udi_reception").get("/reception/")
    told = page.content.decode()
    assert page.status_code == HTTPStatus.OK
    assert "25 %" in told.replace("\u202f", " ").replace("\xa0", " "), "2 residents on 8 places"
    assert home.reference in told
    with acting(stage["auditor"]):
        (read,) = AuditEvent.objects.filter(verb="longest_in_reception")
    assert (read.outcome, read.facts["ids"]) == ("read", [str(home.pk)])


def test_a_municipality_sees_its_announced_centres_and_no_number_of_residents(stage, enter):
    (home,) = lived_in(stage)
    a_centre("Mottak et annet sted")
    a_centre("Ikke annonsert", municipality_id="3301", announced_on=None)
    told = enter("municipality_coordinator").get("/reception/").content.decode()
    assert "Syntetisk mottak Drammen" in told
    assert "Mottak et annet sted" not in told
    assert "Ikke annonsert" not in told
    assert home.reference not in told
    assert "figure--suppressed" in told or "suppressed" in told


def test_a_protected_household_is_in_no_count_and_no_list(stage, enter):
    shown, hidden = lived_in(stage, 2)
    set_home(hidden, protection="fortrolig")
    told = enter("udi_reception").get(f"/reception/{stage.centre.pk}/").content.decode()
    assert shown.reference in told
    assert hidden.reference not in told
    assert "25 %" in told.replace("\u202f", " ").replace("\xa0", " ")


def test_a_contract_is_on_no_page_but_udis(stage, enter):
    set_contract(stage["udi_reception"], centre=stage.centre.pk, told=ContractTold(7431, 90, DAY))
    address = f"/reception/{stage.centre.pk}/"
    plain = "\u202f\xa0"
    assert "7431" in "".join(
        c for c in enter("udi_reception").get(address).content.decode() if c not in plain
    )
    for role in ("imdi_lead", "centre", "bufetat", "municipality_coordinator"):
        told = "".join(c for c in enter(role).get(address).content.decode() if c not in plain)
        assert "7431" not in told
        assert enter(role).get(f"{address}contract/").status_code == HTTPStatus.FORBIDDEN


def test_a_centre_that_is_not_announced_is_not_there_for_others(stage, enter):
    hidden = a_centre("Ikke annonsert", announced_on=None)
    assert enter("udi_reception").get(f"/reception/{hidden.pk}/").status_code == HTTPStatus.OK
    for role in ("imdi_lead", "centre", "bufetat", "municipality_coordinator"):
        assert enter(role).get(f"/reception/{hidden.pk}/").status_code == HTTPStatus.NOT_FOUND


def test_who_does_not_work_with_reception_is_kept_out(stage, enter):
    for role in ("county", "ks", "ministry", "auditor", "admin"):
        assert enter(role).get("/reception/").status_code == HTTPStatus.FORBIDDEN
    for role in ("imdi_lead", "centre", "municipality_decider"):
        for page in ("new/", "households/new/", f"{stage.centre.pk}/close/", f"{stage.centre.pk}/places/"):
            assert enter(role).get(f"/reception/{page}").status_code == HTTPStatus.FORBIDDEN


def test_the_overview_asks_as_often_however_many_centres_and_households(stage, enter):
    client = enter("udi_reception")
    lived_in(stage)
    client.get("/reception/")
    with CaptureQueriesContext(connection) as few:
        client.get("/reception/")
    for number in range(5):
        centre = a_centre(f"Mottak {number}")
        stay(household(stage, stage="in_reception"), centre)
    with CaptureQueriesContext(connection) as many:
        client.get("/reception/")
    assert len(many) == len(few)


def test_a_centre_is_registered_by_its_form_and_a_wrong_field_says_so(stage, enter):
    client = enter("udi_reception")
    facts = {
        "name": "Nytt mottak", "kind": "ordinary", "operator_kind": "municipal", "municipality": "3301",
        "opens_on": "2026-04-01", "informed_on": "2026-04-02", "request_key": "a",
    }  # fmt: skip
    wrong = client.post("/reception/new/", facts)
    told = wrong.content.decode()
    assert wrong.status_code == HTTPStatus.CONFLICT
    assert 'id="id_informed_on_error"' in told
    assert "data-error-summary" in told
    right = client.post("/reception/new/", facts | {"informed_on": "", "request_key": "b"})
    with acting(SYSTEM):
        made = Centre.objects.get(name="Nytt mottak")
    assert (right.status_code, right.url) == (HTTPStatus.FOUND, f"/reception/{made.pk}/")
    missing = client.post("/reception/new/", {"request_key": "c"})
    assert missing.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_each_step_with_a_centre_has_a_form_that_works(stage, enter):
    client, base = enter("udi_reception"), f"/reception/{stage.centre.pk}/"
    steps = {
        "places": {"kind": "ordinary", "number": "40", "starts_on": "2026-03-16"},
        "contract": {"price_per_place_day_nok": "480", "notice_days": "90", "starts_on": "2026-03-16"},
        "close": {"closes_on": "2026-06-01", "dialogue_on": "2026-03-02", "dialogue_reference": "2026/118-4"},
    }
    for step, facts in steps.items():
        assert client.get(f"{base}{step}/").status_code == HTTPStatus.OK
        assert client.post(f"{base}{step}/", facts).status_code == HTTPStatus.FOUND, step
    hidden = a_centre("Ikke annonsert", announced_on=None)
    assert client.post(f"/reception/{hidden.pk}/announce/", {"informed_on": "2026-03-02"}).status_code == 302


PERSON = {
    "given_name": "Rolig", "family_name": "Testperson", "birth_date": "1990-05-17", "sex": "female",
    "citizenship": "UKR", "basis": "collective",
}  # fmt: skip


def test_a_household_is_registered_screen_by_screen_and_nothing_is_stored_before_the_last(stage, enter):
    client, address = enter("udi_reception"), "/reception/households/new/"
    assert client.get(address).status_code == HTTPStatus.OK
    common = {
        "do": "household", "track": "collective", "language": "uk", "centre_id": str(stage.centre.pk),
        "arrived_on": "2026-03-02",
    }  # fmt: skip
    told = client.post(address, common).context["told"]
    bad = client.post(address, PERSON | {"do": "person", "told": told, "duf_number": "1"})
    assert bad.status_code == HTTPStatus.CONFLICT
    assert 'id="id_duf_number_error"' in bad.content.decode()
    told = client.post(address, PERSON | {"do": "person", "told": told}).context["told"]
    told = client.post(address, {"do": "another", "told": told}).context["told"]
    child = PERSON | {"given_name": "Glad", "birth_date": "2018-05-17"}
    check = client.post(address, child | {"do": "person", "told": told})
    assert "Glad Testperson" in check.content.decode()
    with acting(SYSTEM):
        assert Household.objects.count() == 0
    done = client.post(address, {"do": "register", "told": check.context["told"], "request_key": "k"})
    with acting(SYSTEM):
        made = Household.objects.get()
        assert Person.objects.filter(household=made).count() == 2
    assert (done.status_code, done.url) == (303, f"/households/{made.pk}/")


def test_a_form_that_somebody_tampered_with_begins_again(stage, enter):
    client, address = enter("udi_reception"), "/reception/households/new/"
    assert client.post(address, {"do": "register", "told": "forged"}).url == address
    with acting(SYSTEM):
        assert Household.objects.count() == 0

"""The household's printed code: long, kept as a keyed hash, used once, expiring, few tries, never for kode 6/7."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from bosett.terms.errors import Refused
from bosett_server.access import codes
from bosett_server.access.codes import ALPHABET, code_hash, new_code, redeem
from bosett_server.access.context import acting, request_keyed
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.own_page import print_code
from bosett_server.records.models import AuditEvent, Centre, Household, OneTimeCode, RequestKey
from tests.bosett_server.cast import DAY, HERE, NOW, World, household, world

BORN = date(1990, 1, 1)


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return world()


def printed(stage: World, row: Household, **more) -> str:
    code = new_code()
    print_code(stage["centre"], household=row.pk, code=code, **more)
    return code


def use(client: Client, code: str, born: date = BORN):
    return client.post("/code/", {"code": code, "birth_date": born.isoformat()})


def test_a_code_has_a_hundred_bits_and_no_sign_that_reads_as_another():
    code = new_code()
    assert re.fullmatch(rf"([{ALPHABET}]{{5}}-){{3}}[{ALPHABET}]{{5}}", code)
    assert 20 * 5 >= 80
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)
    assert len({new_code() for _ in range(1000)}) == 1000


def test_however_it_is_written_it_is_the_same_code():
    assert code_hash("0a1b2-c3d4e") == code_hash("OAIB2 C3D4E") == code_hash("oalb2c3d4e")


def test_the_hash_needs_the_key(settings):
    before = code_hash("ABCDE")
    settings.BOSETT_CODE_KEY = "another"
    assert code_hash("ABCDE") != before


def test_the_code_opens_the_page_once(stage, client):
    row = household(stage)
    code = printed(stage, row)
    assert use(client, code).headers["Location"] == "/my/"
    assert client.get("/my/").status_code == 200
    assert use(Client(), code).status_code == 422


def test_nothing_stored_gives_the_code_back(stage):
    row = household(stage)
    with request_keyed("k"):
        code = printed(stage, row)
    with acting(stage["centre"]):
        assert code not in str(list(OneTimeCode.objects.values()))
    assert code not in str(list(RequestKey.objects.values()))
    with acting(stage["auditor"]):
        assert code not in str(list(AuditEvent.objects.values()))


def test_every_wrong_way_reads_alike(stage, client):
    row = household(stage)
    used, expired, good = (
        printed(stage, row),
        printed(stage, household(stage)),
        printed(stage, household(stage)),
    )
    redeem(used, BORN)
    with acting(stage["centre"]):
        OneTimeCode.objects.filter(code_hash=code_hash(expired)).update(expires_at=NOW - timedelta(days=1))
    wrong = [
        (used, BORN),
        (expired, BORN),
        (good, date(1980, 1, 1)),
        (new_code(), BORN),
        ("", BORN),
        ("x" * 200, BORN),
    ]
    pages = [use(Client(), code, born) for code, born in wrong]
    assert {page.status_code for page in pages} == {422}
    alike = {re.findall(r'role="alert".*?</div>', page.content.decode(), re.S)[0] for page in pages}
    assert len(alike) == 1
    assert not any(c in page.content.decode() for page in pages for c in (used, expired, good))


def test_a_code_is_void_after_its_days(stage, settings):
    code = printed(stage, household(stage))
    settings.BOSETT_TODAY = DAY + timedelta(days=15)
    assert redeem(code, BORN) is None
    settings.BOSETT_TODAY = DAY + timedelta(days=13)
    assert redeem(code, BORN) is not None


def test_five_wrong_birth_dates_void_the_code(stage):
    code = printed(stage, household(stage))
    for year in range(5):
        assert redeem(code, date(1950 + year, 1, 1)) is None
    assert redeem(code, BORN) is None


def test_a_new_code_voids_the_unused_one_before(stage):
    row = household(stage)
    first, second = printed(stage, row), printed(stage, row)
    assert redeem(first, BORN) is None
    assert redeem(second, BORN) == (str(row.pk), "household")


def test_tries_are_few_from_one_address_whatever_the_codes(stage, client):
    assert [use(client, new_code()).status_code for _ in range(11)] == [422] * 10 + [429]
    code = printed(stage, household(stage))
    assert use(client, code).status_code == 429
    assert (
        client.post("/code/", {"code": code, "birth_date": "1990-01-01"}, REMOTE_ADDR="192.0.2.7").status_code
        == 302
    )


def test_tries_are_few_from_everywhere_together(stage, monkeypatch):
    monkeypatch.setitem(codes.Parameters.shipped().series, "access/code_tries_everywhere",
                        codes.Parameters.shipped().get("access/household_code_attempts"))  # fmt: skip
    answers = [
        Client(REMOTE_ADDR=f"192.0.2.{n}")
        .post("/code/", {"code": new_code(), "birth_date": "1990-01-01"})
        .status_code
        for n in range(7)
    ]
    assert answers == [422] * 5 + [429] * 2


def test_a_protected_household_gets_no_code_and_an_old_one_is_void(stage):
    row = household(stage)
    code = printed(stage, row)
    with acting(stage["system"]):
        Household.objects.filter(pk=row.pk).update(protection="fortrolig")
    assert redeem(code, BORN) is None
    with pytest.raises(NotInSight):
        printed(stage, row)
    named = replace(stage["centre"], named=frozenset({str(row.pk)}))
    with pytest.raises(Refused) as refused:
        print_code(named, household=row.pk, code=new_code())
    assert refused.value.code == "code_never_for_protected"


def test_a_page_that_is_open_when_the_address_becomes_protected_closes(stage, client):
    row = household(stage)
    use(client, printed(stage, row))
    with acting(stage["system"]):
        Household.objects.filter(pk=row.pk).update(protection="strengt_fortrolig")
    assert client.get("/my/").status_code == 404


def test_only_the_households_own_centre_prints(stage):
    row = household(stage)
    with acting(stage["system"]):
        other = Centre.objects.create(
            name="Et annet", kind="ordinary", operator_kind="private", municipality_id=HERE, opens_on=DAY
        )
    elsewhere = replace(stage["centre"], centre_id=other.pk)
    with pytest.raises(NotInSight):
        print_code(elsewhere, household=row.pk, code=new_code())
    for role in ("imdi_lead", "municipality_coordinator", "admin", "udi_reception"):
        with pytest.raises(NotPermitted):
            print_code(stage[role], household=row.pk, code=new_code())


def test_a_representative_comes_in_with_a_code_of_its_own_for_minors_only(stage):
    adult, minor = household(stage), household(stage, persons=1, group="em_15_17", births=[date(2010, 5, 17)])
    with pytest.raises(Refused) as refused:
        printed(stage, adult, for_role="representative")
    assert refused.value.code == "representative_is_for_minors"
    own, verge = printed(stage, minor), printed(stage, minor, for_role="representative")
    assert redeem(verge, date(2010, 5, 17)) == (str(minor.pk), "representative")
    assert redeem(own, date(2010, 5, 17)) == (str(minor.pk), "household")
    with pytest.raises(Refused):
        printed(stage, minor, for_role="admin")


def test_coming_in_gives_a_new_session_that_ends_by_itself(stage, client):
    client.get("/code/")
    client.post("/my/language/", {"language": "uk"})
    before = client.session.session_key
    use(client, printed(stage, household(stage)))
    assert client.session.session_key != before
    assert client.session.get_expiry_age() == 30 * 60
    assert client.session["own_language"] == "uk"


def test_printing_and_using_a_code_are_logged_without_the_code(stage, client):
    row = household(stage)
    use(client, printed(stage, row))
    use(client, new_code())
    with acting(stage["auditor"]):
        found = list(AuditEvent.objects.filter(verb__in=["print_code", "use_code"]).order_by("id"))
    assert [(e.verb, e.outcome) for e in found] == [
        ("print_code", "done"), ("use_code", "done"), ("use_code", "refused")]  # fmt: skip
    assert found[1].object_id == str(row.pk)

"""Search: who finds what, by which words; and that an identity number ends up in no address and no log."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bosett.registry import sort_key
from bosett_server.access.context import acting
from bosett_server.queries.search import digits_of, search
from bosett_server.records.models import AuditEvent, Person
from tests.bosett_server.cast import household

DUF, NATIONAL = "202512345678", "13097248022"


@pytest.fixture
def found(stage):
    """One household with a person whose name and numbers are known, one protected with the same name."""
    made = {
        "open": household(stage, persons=1),
        "sealed": household(stage, persons=1, protection="fortrolig"),
    }
    with acting(stage["system"]):
        for number, one in enumerate(made.values()):
            Person.objects.filter(household=one).update(
                given_name="Åse", family_name="Čuoŋal Testfamilie", name_sort_key=sort_key("Čuoŋal Testfamilie Åse"),
                duf_number=f"20251234567{8 - number}", national_id=NATIONAL if number == 0 else "",
            )  # fmt: skip
    return made


def persons(where, text: str, role: str = "imdi_caseworker") -> list[str]:
    with acting(where[role]):
        return [hit.reference for hit in search(where[role], text).persons]


@pytest.mark.parametrize(
    "text", ["Čuoŋ", "čuoŋal t", "Čuoŋal Testfamilie Åse", "Åse Čuoŋal", "  åse   čuoŋal testfam "]
)
def test_a_person_is_found_by_the_beginning_of_family_or_whole_name(stage, found, text):
    assert persons(stage, text) == [found["open"].reference]


@pytest.mark.parametrize("text", ["Testfam", "Åse", "Cuon", "%", "Č", "", "Čuoŋalx"])
def test_other_words_find_nobody(stage, found, text):
    assert persons(stage, text) == []


@pytest.mark.parametrize(
    ("role", "hits"),
    [("imdi_lead", 1), ("udi_reception", 1), ("centre", 1), ("bufetat", 0), ("municipality_coordinator", 0),
     ("stranger", 0), ("county", 0), ("ks", 0), ("auditor", 0), ("admin", 0)],
)  # fmt: skip
def test_persons_are_found_by_those_who_see_them_and_nobody_else(stage, found, role, hits):
    assert len(persons(stage, "Čuoŋal", role)) == hits


def test_a_role_that_meets_no_persons_asks_the_database_for_none(stage, found):
    with acting(stage["county"]), CaptureQueriesContext(connection) as seen:
        search(stage["county"], "Čuoŋal")
    assert not any("records_person" in query["sql"] for query in seen.captured_queries)


def test_a_household_is_found_by_its_reference_in_any_case(stage, found):
    reference = found["open"].reference
    with acting(stage["imdi_lead"]):
        assert [hit.reference for hit in search(stage["imdi_lead"], reference.lower()).households] == [
            reference
        ]


def test_a_protected_household_is_found_by_its_whole_reference_by_those_named_only(stage, found):
    one = found["sealed"]
    named = replace(stage["imdi_lead"], named=frozenset({str(one.pk)}))
    for actor, hits in ((stage["imdi_caseworker"], []), (named, [one.reference])):
        with acting(actor):
            assert [hit.reference for hit in search(actor, one.reference).households] == hits
            assert one.reference not in [hit.reference for hit in search(actor, "Čuoŋal").persons]


@pytest.mark.parametrize(
    ("text", "code"),
    [("tromso", "5501"), ("Guovdageaidnu", "5612"), ("kárášjoh", "5610"), ("Oslo", "0301"), ("5501", "5501")],
)
def test_a_municipality_is_found_in_each_of_its_languages_and_by_code(stage, text, code):
    with acting(stage["county"]):
        assert code in [hit.code for hit in search(stage["county"], text).places]


def test_agreements_and_sent_rounds_are_documents(stage):
    with acting(stage["ks"]):
        assert [hit.url for hit in search(stage["ks"], "2026").documents][-1] == "/requests/2026/"
        assert search(stage["ks"], "1999").documents == ()


@pytest.mark.parametrize(
    ("text", "digits"),
    [(DUF, DUF), (" 202512 345678 ", DUF), ("130972-48022", NATIONAL), ("1309.72", "130972"), ("5501", ""),
     ("SYN-000001", ""), ("Drammen", ""), ("٢٠٢٥١٢٣٤٥٦٧٨", "")],
)  # fmt: skip
def test_what_looks_like_a_number_is_taken_for_one(text, digits):
    assert digits_of(text) == digits


@pytest.mark.parametrize("number", [DUF, NATIONAL, "202512 345678"])
def test_a_number_is_answered_in_the_post_and_logged_without_it(stage, found, browser, number):
    answer = browser("imdi_caseworker").post("/search/", {"q": number})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert found["open"].reference in page
    assert number not in page
    assert answer.headers["Cache-Control"] == "no-store"
    with acting(stage["auditor"]):
        first = AuditEvent.objects.filter(verb="search_number").order_by("id").first()
        assert first.facts == {"found": 1}
        assert not any(digits_of(number) in str(e.facts) + e.object_id for e in AuditEvent.objects.all())


def test_a_number_written_into_an_address_is_not_searched_and_the_next_address_is_without_it(
    stage, found, browser
):
    answer = browser("imdi_caseworker").get("/search/", {"q": DUF})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/search/?number=1")
    with acting(stage["auditor"]):
        assert not AuditEvent.objects.filter(verb__startswith="search").exists()


def test_a_name_is_sent_on_to_an_address_that_can_be_kept(browser):
    answer = browser("imdi_caseworker").post("/search/", {"q": " Drammen "})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/search/?q=Drammen")


@pytest.mark.parametrize("role", ["bufetat", "county", "ks", "auditor", "municipality_decider"])
def test_roles_that_may_not_see_numbers_search_by_none(stage, found, browser, role):
    answer = browser(role).post("/search/", {"q": DUF})
    assert answer.status_code == 200
    assert found["open"].reference not in answer.content.decode()
    with acting(stage["auditor"]):
        assert not AuditEvent.objects.filter(verb="search_number").exists()


@pytest.mark.parametrize("role", ["stranger", "municipality_coordinator"])
def test_a_number_out_of_sight_finds_nobody_and_the_try_is_logged(stage, found, browser, role):
    answer = browser(role).post("/search/", {"q": DUF})
    assert found["open"].reference not in answer.content.decode()
    with acting(stage["auditor"]):
        assert [e.facts for e in AuditEvent.objects.filter(verb="search_number")] == [{"found": 0}]


def test_a_number_of_a_protected_person_finds_nobody_for_those_not_named(stage, found, browser):
    answer = browser("imdi_lead").post("/search/", {"q": "202512345677"})
    assert found["sealed"].reference not in answer.content.decode()


def test_the_box_on_every_page_posts(stage, browser):
    page = browser("imdi_caseworker").get("/search/").content.decode()
    assert '<form action="/search/" method="post"' in page

"""One change of all that the filters keep: counted, known again at the step, all or nothing, taken back."""

from __future__ import annotations

import re

import pytest

from bosett.terms.errors import Refused
from bosett_server.access.context import acting
from bosett_server.actions.bulk import change_matching, undo_change
from bosett_server.queries.household_changes import Change, preview_matching
from bosett_server.queries.household_filters import Filters
from bosett_server.records.models import AuditEvent, Household, Interview
from tests.bosett_server.cast import DAY, NOW, household
from tests.bosett_server.followup.test_bulk_changes import fresh

READY = Filters(stage="ready")
KINDERGARTEN = Change("add_need", "kindergarten")


def looked(stage, change: Change = KINDERGARTEN, filters: Filters = READY):
    with acting(stage["imdi_caseworker"]):
        found, stamp = preview_matching(stage["imdi_caseworker"], change, filters, DAY)
    return {"stamp": stamp, "count": sum(one.goes for one in found)}, {
        one.reference: one.code for one in found
    }


def do(stage, seen: dict, change: Change = KINDERGARTEN, filters: Filters = READY):
    return change_matching(
        stage["imdi_caseworker"], kind=change.kind, value=change.value, filters=filters, **seen
    )


def test_all_that_fit_and_go_through_are_changed_and_each_is_in_the_log(stage):
    one, two = household(stage), household(stage)
    has_it, elsewhere = household(stage, needs=["kindergarten"]), household(stage, stage="in_reception")
    seen, told = looked(stage)
    assert seen["count"] == 2
    assert told == {
        one.reference: "goes_through", two.reference: "goes_through", has_it.reference: "has_it_already",
    }  # fmt: skip
    assert len(do(stage, seen)) == 2
    stand = fresh(stage, one, two, has_it, elsewhere)
    assert [row.needs for row in stand] == [["kindergarten"]] * 3 + [[]]
    assert [row.version for row in stand] == [2, 2, 1, 1]
    with acting(stage["auditor"]):
        logged = AuditEvent.objects.filter(verb="change_matching", outcome="done")
        assert {event.object_id for event in logged} == {"*", str(one.pk), str(two.pk)}
        assert logged.get(object_id="*").facts["count"] == 2


@pytest.mark.parametrize("happens", ["one_more", "one_changed", "one_gone"])
def test_what_has_changed_since_the_preview_stops_all_with_both_counts(stage, happens):
    one, two = household(stage), household(stage)
    seen, _told = looked(stage)
    with acting(stage["system"]):
        if happens == "one_more":
            household(stage)
        elif happens == "one_changed":
            Household.objects.filter(pk=two.pk).update(version=5)
        else:
            Household.objects.filter(pk=two.pk).update(stage="in_reception")
    with pytest.raises(Refused) as refused:
        do(stage, seen)
    now = {"one_more": 3, "one_changed": 2, "one_gone": 1}[happens]
    assert (refused.value.code, refused.value.facts) == ("cut_has_changed", {"was": 2, "now": now})
    assert fresh(stage, one)[0].needs == []


def test_a_filter_that_keeps_too_many_is_refused(stage, monkeypatch):
    monkeypatch.setattr("bosett_server.queries.household_changes.MOST_MATCHING", 1)
    household(stage)
    household(stage)
    with pytest.raises(Refused, match="too_many_match"):
        looked(stage)


def test_nobody_protected_is_counted_or_changed(stage):
    one, hidden = household(stage), household(stage, protection="fortrolig")
    seen, told = looked(stage)
    assert set(told) == {one.reference}
    do(stage, seen)
    assert fresh(stage, hidden)[0].needs == []


def test_a_need_of_health_goes_only_to_those_who_let_it_be_used(stage):
    yes, no, unheard = (household(stage, interview=False) for _ in range(3))
    with acting(stage["system"]):
        for one, consent in ((yes, True), (no, False)):
            Interview.objects.create(
                household=one, held_on=DAY, held_by=stage.users["centre"], interpreter="none",
                health_consent=consent, closed_at=NOW,
            )  # fmt: skip
    change = Change("add_need", "specialist_health")
    seen, told = looked(stage, change)
    assert told == {
        yes.reference: "goes_through",
        no.reference: "health_need_without_consent",
        unheard.reference: "health_need_without_consent",
    }
    do(stage, seen, change)
    assert [row.needs for row in fresh(stage, yes, no)] == [["specialist_health"], []]


def test_it_takes_as_many_statements_for_many_as_for_few_and_is_taken_back_whole(
    stage, django_assert_max_num_queries
):
    rows = [household(stage, needs=["ground_floor"] if number % 2 else []) for number in range(12)]
    seen, _told = looked(stage)
    with django_assert_max_num_queries(20):
        before = do(stage, seen)
    with django_assert_max_num_queries(20):
        assert undo_change(stage["imdi_caseworker"], kind="add_need", before=before) == 12
    assert [row.needs for row in fresh(stage, *rows)] == [row.needs for row in rows]


def test_the_pages_offer_all_that_fit_when_the_list_has_more_pages(stage, browser, monkeypatch):
    monkeypatch.setattr("bosett_server.queries.households.PAGE_SIZE", 1)
    monkeypatch.setattr("bosett_server.queries.households.household_page.__defaults__", (None, 1))
    rows = [household(stage) for _ in range(3)]
    client = browser("imdi_caseworker")
    assert 'name="every" value="3"' in client.get("/households/?stage=ready").content.decode()
    form = {"every": "4", "change": "add_need", "query": "stage=ready", "value": "kindergarten"}
    shown = client.post("/households/change/", form).content.decode()
    assert "Endre 3 husstander" in shown
    assert "De var 4 da du krysset av" in shown
    hidden = {
        name: re.search(rf'name="{name}" value="([^"]+)"', shown)[1]
        for name in ("stamp", "count", "request_key")
    }
    done = client.post("/households/change/do/", form | hidden)
    assert done.status_code == 302
    assert {tuple(row.needs) for row in fresh(stage, *rows)} == {("kindergarten",)}
    client.post("/households/undo/")
    assert {tuple(row.needs) for row in fresh(stage, *rows)} == {()}


def test_a_kept_filter_keeps_its_columns(stage, browser):
    household(stage)
    client = browser("imdi_caseworker")
    name = f"look_columns_households_{stage.users['imdi_caseworker'].pk}"
    client.cookies[name] = "reference.language"
    client.post("/households/views/", {"name": "With language", "query": "stage=ready&sort=waiting"})
    del client.cookies[name]
    usual = client.get("/households/").content.decode()
    (address,) = re.findall(r'href="(/households/\?[^"]*columns=[^"]*)"', usual)
    kept = client.get(address.replace("&amp;", "&")).content.decode()
    assert "columns=reference.language" in address
    heads = [page.split("<thead>")[1].split("</thead>")[0] for page in (kept, usual)]
    assert ["Språk" in head for head in heads] == [True, False]
    assert ["Behov" in head for head in heads] == [False, True]

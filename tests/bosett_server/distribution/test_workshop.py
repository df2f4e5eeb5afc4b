"""The workshop: criteria tried, kept, shared, set beside each other, and adopted as the draft."""

from __future__ import annotations

import json
import re
from fractions import Fraction

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bosett.distribution import Criterion
from bosett.distribution.settings import ByHand, CriteriaSettings, as_kept
from bosett.registry import Registry
from bosett.terms.errors import Refused
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.distribution_criteria import (
    adopt_criteria,
    drop_criteria,
    keep_criteria,
    keep_indicator,
    share_criteria,
)
from bosett_server.queries.distribution import lines
from bosett_server.queries.distribution_sets import criteria_sets
from bosett_server.records.models import AuditEvent, Round
from tests.bosett_server.cast import DAY, HERE, THERE, YEAR, World, world
from tests.bosett_server.distribution.scenes import DUE, everybody

BY_SIZE = as_kept(CriteriaSettings(weights=(Criterion("population", Fraction(1)),)))
HALF = as_kept(
    CriteriaSettings(
        weights=(Criterion("population", Fraction(1, 2)), Criterion("even_part", Fraction(1, 2))),
        by_hand=(ByHand(HERE, 7, "Skolen er stengt"),),
    )
)


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    found = world()
    everybody(found)
    return found


def page(stage: World, role: str, address: str, **more):
    client = Client()
    client.force_login(stage.users[role])
    return client.get(address, **more)


def kept(stage: World, name: str = "Etter folketall", settings=BY_SIZE, role: str = "imdi_lead") -> int:
    return keep_criteria(stage[role], year=YEAR, name=name, settings=settings)


def test_criteria_are_their_authors_until_they_are_shared(stage):
    number = kept(stage)
    with acting(stage["imdi_caseworker"]):
        assert criteria_sets(stage["imdi_caseworker"], YEAR) == []
    share_criteria(stage["imdi_lead"], criteria_set=number)
    with acting(stage["imdi_caseworker"]):
        (seen,) = criteria_sets(stage["imdi_caseworker"], YEAR)
        assert (seen.name, seen.own, seen.shared) == ("Etter folketall", False, True)
    with acting(stage["ks"]):
        assert criteria_sets(stage["ks"], YEAR) == []
    share_criteria(stage["imdi_lead"], criteria_set=number, shared=False)
    with acting(stage["imdi_caseworker"]):
        assert criteria_sets(stage["imdi_caseworker"], YEAR) == []


def test_nobody_changes_or_drops_what_is_anothers(stage):
    number = kept(stage)
    share_criteria(stage["imdi_lead"], criteria_set=number)
    with pytest.raises(NotInSight):
        drop_criteria(stage["imdi_caseworker"], criteria_set=number)
    with pytest.raises(NotInSight):
        share_criteria(stage["imdi_caseworker"], criteria_set=number, shared=False)
    for role in ("ks", "county", "municipality_decider", "ministry"):
        with pytest.raises(NotPermitted):
            keep_criteria(stage[role], year=YEAR, name="x", settings=BY_SIZE)


@pytest.mark.parametrize(
    ("name", "criteria", "code"),
    [
        (" ", BY_SIZE, "criteria_name_missing"),
        ("x", {"method": "weights"}, "criteria_out_of_range"),
        ("x", BY_SIZE | {"floor": -1}, "criteria_out_of_range"),
        ("x", BY_SIZE | {"by_hand": [[HERE, 5, "x"]]}, "adjustment_reason_missing"),
        (
            "x",
            BY_SIZE | {"weights": [BY_SIZE["weights"][0] | {"weight": "9/10"}]},
            "criteria_out_of_range",
        ),
    ],
)
def test_what_is_no_criteria_is_not_kept(stage, name, criteria, code):
    with pytest.raises(Refused, match=code):
        keep_criteria(stage["imdi_lead"], year=YEAR, name=name, settings=criteria)


def test_adopting_a_set_makes_the_draft_with_its_numbers_by_hand(stage):
    number = kept(stage, settings=HALF)
    made = adopt_criteria(stage["imdi_lead"], criteria_set=number, answer_due_on=DUE)
    with acting(stage["imdi_lead"]):
        rows = {one.municipality: one for one in lines(stage["imdi_lead"], made)}
        assert Round.objects.get(pk=made).criteria["set"] == "Etter folketall"
    assert sum(one.asked for one in rows.values()) == 110
    assert (rows[HERE].asked, rows[HERE].adjusted_reason) == (7, "Skolen er stengt")
    assert set(rows["0301"].parts) == {"population", "even_part"}
    with acting(stage["auditor"]):
        assert AuditEvent.objects.filter(verb="adopt_criteria", outcome="done").count() == 1
    with pytest.raises(Refused, match="round_already_drafted"):
        adopt_criteria(stage["imdi_lead"], criteria_set=number, answer_due_on=DUE)
    with pytest.raises(NotPermitted):
        adopt_criteria(stage["imdi_caseworker"], criteria_set=number, answer_due_on=DUE)


def test_an_indicator_with_holes_is_refused_by_naming_those_without_a_figure(stage):
    codes = [one.code for one in Registry.shipped().all_municipalities if one.code not in (HERE, THERE)]
    own = keep_indicator(
        stage["imdi_lead"], name="Skatt", source="Egen liste", values=dict.fromkeys(codes, "2,5")
    )
    settings = as_kept(CriteriaSettings(weights=(Criterion(f"own-{own}", Fraction(1)),)))
    with pytest.raises(Refused) as refused:
        adopt_criteria(stage["imdi_lead"], criteria_set=kept(stage, settings=settings), answer_due_on=DUE)
    assert refused.value.code == "indicator_missing"
    assert refused.value.facts["municipalities"] == "Drammen, Arendal"
    with acting(stage["imdi_lead"]):
        assert not Round.objects.filter(state="draft").exists()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"9999": "1"}, "indicator_unknown_municipality"),
        ({HERE: "mange"}, "indicator_not_a_number"),
        ({HERE: "-1"}, "indicator_not_a_number"),
        ({}, "indicator_empty"),
    ],
)
def test_figures_that_are_none_are_refused(stage, values, code):
    with pytest.raises(Refused, match=code):
        keep_indicator(stage["imdi_lead"], name="Skatt", source="Egen liste", values=values)


def test_the_page_divides_explains_and_answers_htmx_with_the_result_only(stage):
    address = (
        f"/requests/{YEAR}/workshop/?method=weights&need=5000&w_population=60&w_even_part=40&explain={HERE}"
    )
    whole = page(stage, "imdi_caseworker", address)
    assert whole.status_code == 200
    text = whole.content.decode()
    assert "Drammen" in text
    assert 'id="controls"' in text
    part = page(stage, "imdi_caseworker", address, headers={"HX-Request": "true", "HX-Target": "result"})
    assert 'id="controls"' not in part.content.decode()
    assert json.loads(part.context["settings"])["method"] == "weights"
    assert sum(part.context["trial"].asked.values()) == 5000
    assert sum(abs(one["asked"]) for one in part.context["rows"]) <= 5000
    for role in ("ks", "county", "municipality_decider"):
        assert page(stage, role, address).status_code == 403


def test_a_slider_that_nobody_has_moved_stands_at_0(stage):
    text = page(stage, "imdi_lead", f"/requests/{YEAR}/workshop/").content.decode()
    sliders = re.findall(r'<input type="range"[^>]*>', text)
    values = {
        re.search(r'name="w_(\w+)"', one).group(1): re.findall(r'value="(\d+)"', one) for one in sliders
    }
    assert values.pop("population") == ["100"]
    assert values
    assert all(value == ["0"] for value in values.values())


def test_weights_that_do_not_sum_to_100_are_told_and_not_rescaled(stage):
    answer = page(stage, "imdi_lead", f"/requests/{YEAR}/workshop/?method=weights&need=50&w_population=90")
    assert answer.context["weight_sum"] == 90
    assert "trial" not in answer.context


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("method=germany&need=100", "tax"),
        ("method=weights&need=100&w_population=100&floor=5", "100"),
        ("method=weights&need=100000&w_population=100&most=1", "100"),
        ("method=weights&need=100&w_settled_before=100", "11"),
    ],
)
def test_what_gives_no_division_is_told_in_words(stage, query, told):
    answer = page(stage, "imdi_lead", f"/requests/{YEAR}/workshop/?{query}")
    assert answer.status_code == 200
    (text,) = answer.context["wrong"]
    assert told in text


@pytest.mark.parametrize("method", ["fitted-2024", "fitted-2025", "fitted-2026"])
def test_a_fitted_formula_can_be_tried_where_its_figures_are_known(stage, method):
    missing = "%20".join(
        code
        for code in (one.code for one in Registry.shipped().all_municipalities)
        if code not in page_columns(stage)["settled_before"]
    )
    answer = page(
        stage, "imdi_lead", f"/requests/{YEAR}/workshop/?method={method}&need=13000&excluded={missing}"
    )
    assert "wrong" not in answer.context
    assert sum(answer.context["trial"].asked.values()) == 13000


def page_columns(stage: World) -> dict[str, dict]:
    from bosett.sources.criteria_columns import public_columns

    return {one.key: one.values for one in public_columns(YEAR)}


def test_the_parts_of_each_change_from_the_year_before_sum_to_it(stage):
    answer = page(stage, "imdi_lead", f"/requests/{YEAR}/workshop/?method=weights&need=9000&w_population=100")
    before = answer.context["trial"].before
    # IMDi's published requests of 2025, in all.
    assert (before.year, before.here) == (2025, False)
    for one, _cells in answer.context["change_rows"]:
        assert abs(sum(persons for _, persons in one.parts) - one.change) < 0.2


def test_two_sets_stand_side_by_side_with_the_same_classes(stage):
    first, second = kept(stage), kept(stage, "Halvt likt", HALF)
    answer = page(stage, "imdi_lead", f"/requests/{YEAR}/workshop/compare/?first={first}&second={second}")
    assert answer.status_code == 200
    assert answer.context["first_map"].bounds == answer.context["second_map"].bounds
    by_code = {one.code: one for one in answer.context["rows"]}
    assert by_code[HERE].now == 7
    assert all(abs(sum(p for _, p in one.parts) - one.change) < 0.3 for one in by_code.values())
    assert (
        page(
            stage, "imdi_caseworker", f"/requests/{YEAR}/workshop/compare/?first={first}&second={second}"
        ).status_code
        == 404
    )


def test_keep_share_and_adopt_on_the_pages(stage):
    client = Client()
    client.force_login(stage.users["imdi_lead"])
    told = {"settings": json.dumps(HALF), "name": "Halvt likt", "request_key": "k1"}
    answer = client.post(f"/requests/{YEAR}/workshop/keep/", told)
    number = int(answer.url.rpartition("-")[2])
    assert (
        client.post(
            f"/requests/{YEAR}/workshop/{number}/share/", {"shared": "1", "request_key": "k2"}
        ).status_code
        == 302
    )
    assert "Halvt likt" in client.get(f"/requests/{YEAR}/workshop/sets/").content.decode()
    late = client.post(
        f"/requests/{YEAR}/workshop/{number}/adopt/", {"answer_due_on": "2020-01-01", "request_key": "k3"}
    )
    assert late.status_code == 409
    done = client.post(
        f"/requests/{YEAR}/workshop/{number}/adopt/", {"answer_due_on": "2026-05-01", "request_key": "k4"}
    )
    assert done.url == f"/requests/{YEAR}/draft/"
    assert client.get(done.url).status_code == 200


def test_a_redraw_asks_the_database_the_same_number_of_questions_whatever_is_kept(stage):
    address = f"/requests/{YEAR}/workshop/?method=weights&need=5000&w_population=100"

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(stage, "imdi_lead", address, headers={"HX-Request": "true", "HX-Target": "result"})
        return len(seen)

    first = asked()
    for number in range(5):
        kept(stage, f"Sett {number}")
    assert asked() == first

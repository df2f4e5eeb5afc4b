"""The municipality page: right as of a day, for whoever may see it, at a constant cost."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bosett.decisions import AnswerKind
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.assignments import decide_assignment
from bosett_server.actions.decisions import approve_vedtak, record_vedtak
from bosett_server.actions.grants import compute_year
from bosett_server.actions.registry import load_registry
from bosett_server.queries.known import Known
from bosett_server.queries.registry import in_sight, matching, municipalities, profile
from bosett_server.records.models import AuditEvent, Centre
from bosett_server.web import middleware
from tests.bosett_server.cast import DAY, HERE, THERE, YEAR, household, vedtak
from tests.bosett_server.grants.settled import settled

TODAY = Known(DAY, DAY)


def seen(stage, role, code=HERE, known=TODAY, year=YEAR):
    with acting(stage[role]):
        return profile(stage[role], code, year, known)


def get(stage, role, address):
    client = Client()
    client.cookies["language"] = "en"
    client.force_login(stage.users[role])
    return client.get(address)


def text(answer) -> str:
    assert answer.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_asked_and_not_answered_is_awaiting_and_not_asked_is_something_else(stage):
    asked = seen(stage, "ks").request
    assert (asked.asked[Group.ALL], asked.voted[Group.ALL]) == (Figure.of(60), Figure.missing(State.AWAITING))
    assert asked.voted[Group.EM_UNDER15] == Figure.missing(State.NOT_ASKED)
    other = seen(stage, "ks", "0301").request
    assert (other.asked[Group.ALL], other.voted[Group.ALL]) == (
        Figure.missing(State.NOT_ASKED),
        Figure.missing(State.NOT_ASKED),
    )


def test_a_year_without_a_round_says_unknown_and_not_zero(stage):
    told = seen(stage, "ks", year=2019).request
    assert (told.sent, told.asked[Group.ALL]) == (False, Figure.missing(State.UNKNOWN))


def test_as_of_an_earlier_day_the_answer_had_not_come(stage, settings):
    answered = date(2026, 3, 20)
    settings.BOSETT_TODAY = answered
    record_vedtak(
        stage["municipality_decider"], municipality=HERE, year=YEAR, kind=AnswerKind.NUMBER,
        numbers={Group.ALL: 40}, decided_on=date(2026, 3, 19), source="Sak 12/26",
    )  # fmt: skip
    approve_vedtak(stage["municipality_decider"], municipality=HERE, year=YEAR)
    now = seen(stage, "municipality_coordinator", known=Known(answered, answered))
    assert (now.request.voted[Group.ALL], [row.left for row in now.places]) == (Figure.of(40), [40])
    before = seen(stage, "municipality_coordinator", known=Known(date(2026, 3, 18), answered))
    assert before.request.voted[Group.ALL] == Figure.missing(State.AWAITING)
    assert (before.places, before.coming, before.request.recorded) == (None, None, None)
    earlier = text(get(stage, "municipality_coordinator", f"/municipalities/{HERE}/?known=2026-03-18"))
    assert "As of an earlier day" in earlier


def test_a_recorded_vedtak_is_shown_apart_from_the_one_in_force(stage):
    record_vedtak(
        stage["municipality_decider"], municipality=HERE, year=YEAR, kind=AnswerKind.NUMBER,
        numbers={Group.ALL: 40}, decided_on=date(2026, 2, 5), source="Sak 12/26",
    )  # fmt: skip
    told = seen(stage, "imdi_lead").request
    assert (told.voted[Group.ALL], told.recorded.figure, told.in_force) == (
        Figure.missing(State.AWAITING),
        Figure.of(40),
        None,
    )
    shown = text(get(stage, "municipality_decider", f"/municipalities/{HERE}/"))
    assert "Approve the recorded vedtak: compare 40 with the council's record." in shown


def test_the_decider_is_told_what_to_answer_and_by_when(stage):
    shown = text(get(stage, "municipality_decider", f"/municipalities/{HERE}/"))
    assert "Record the council's vedtak: the request is for 60 persons." in shown
    assert "Record the council" not in text(get(stage, "municipality_decider", f"/municipalities/{THERE}/"))


def test_places_left_and_over_by_after_a_cut(stage):
    vedtak(HERE, 5)
    decide_assignment(
        stage["imdi_caseworker"], household=str(household(stage, persons=4).pk), municipality=HERE, year=YEAR,
        override_reason="Nærmest skolen",
    )  # fmt: skip
    (places,) = seen(stage, "ks").places
    assert (places.left, places.over_by, places.assigned) == (1, 0, 4)
    vedtak(HERE, 3)
    (places,) = seen(stage, "ks").places
    assert (places.left, places.over_by) == (0, 1)
    assert "over what you allow" in text(get(stage, "municipality_coordinator", f"/municipalities/{HERE}/"))


def test_the_coordinator_sees_who_is_coming_and_others_see_no_persons(stage):
    vedtak(HERE, 20)
    decide_assignment(
        stage["imdi_caseworker"], household=str(household(stage, persons=3).pk), municipality=HERE, year=YEAR,
        override_reason="Nærmest skolen",
    )  # fmt: skip
    own = seen(stage, "municipality_coordinator").coming
    assert (own.cards, own.card_persons) == (1, 3)
    assert own.first_due_on is not None
    for role in ("ks", "county", "ministry", "nav", "stranger", "municipality_decider"):
        assert seen(stage, role).coming is None
    shown = text(get(stage, "municipality_coordinator", f"/municipalities/{HERE}/"))
    assert "Answer 1 household that is proposed to you (persons: 3)." in shown


def test_a_protected_household_is_in_no_number_of_the_page(stage):
    vedtak(HERE, 20, year=2024)
    settled(stage, date(2024, 1, 15), persons=1, protection="strengt_fortrolig")
    compute_year(SYSTEM, year=2024)
    for role in ("municipality_coordinator", "imdi_lead"):
        found = seen(stage, role, year=2024)
        assert (found.grants, found.coming.with_date, found.coming.without_date) == ((), 0, 0)
        assert [row.assigned for row in found.places] in ([0], [])


def test_money_is_for_the_municipality_itself_and_imdi(stage):
    vedtak(HERE, 20, year=2024)
    settled(stage, date(2024, 1, 15), persons=1)
    compute_year(SYSTEM, year=2024)
    for role in ("municipality_coordinator", "imdi_caseworker"):
        told = {one.scheme: one.amount_nok for one in seen(stage, role, year=2024).grants}
        # An adult alone under collective protection, and that adult's training in Norwegian.
        assert told == {"integration": 241_100, "norwegian_person": 48_400}
    for role in ("stranger", "ks", "municipality_decider"):
        assert seen(stage, role, year=2024).grants is None


def test_a_centre_is_shown_when_it_is_announced_and_open(stage):
    with acting(SYSTEM):
        Centre.objects.create(
            name="Hemmelig", kind="ordinary", operator_kind="municipal", municipality_id=HERE, opens_on=DAY
        )
    assert [one.name for one in seen(stage, "udi_reception").centres] == ["Syntetisk mottak Drammen"]
    assert seen(stage, "ks", known=Known(date(2024, 12, 31), DAY)).centres == ()


def test_a_county_and_a_statsforvalter_see_their_own_county_only(stage):
    for role in ("county", "statsforvalter"):
        assert {one.county_code for one in in_sight(stage[role])} == {"33"}
        with pytest.raises(NotInSight):
            seen(stage, role, THERE)
    assert len(in_sight(stage["ks"])) == 357
    assert get(stage, "county", f"/municipalities/{THERE}/").status_code == 404
    with acting(stage["auditor"]):
        assert AuditEvent.objects.filter(outcome="refused", facts__code="not_in_sight").exists()


@pytest.mark.parametrize("role", ["centre", "auditor", "admin"])
def test_who_is_no_official_of_the_agreement_is_refused(stage, role):
    assert get(stage, role, f"/municipalities/{HERE}/").status_code == 403
    assert get(stage, role, "/municipalities/").status_code == 403


def test_a_code_that_is_none_is_not_found(stage):
    assert get(stage, "ks", "/municipalities/9999/").status_code == 404


def test_drammen_came_of_three_municipalities_in_2020_and_got_its_code_of_2024(stage):
    """Drammen, Nedre Eiker and Svelvik merged on 1 January 2020 (3005); 3301 from 2024."""
    came = [(one.day.isoformat(), one.old.code) for one in seen(stage, "ks").changes]
    assert came[0] == ("2024-01-01", "3005")
    assert {("2020-01-01", "0602"), ("2020-01-01", "0625"), ("2020-01-01", "0711")} <= set(came)


def test_sami_names_are_found_without_special_letters(stage):
    load_registry(SYSTEM, on=DAY)
    with acting(stage["ks"]):
        rows = municipalities(stage["ks"], YEAR, TODAY)
        assert len(rows) == 357
        assert [row.facts.name for row in matching(rows, "karasjohka")] == ["Karasjok"]
        assert {row.county.code for row in matching(rows, county="56")} == {"56"}
    shown = text(get(stage, "ks", "/municipalities/?q=karasjohka"))
    assert "1 municipality" in shown
    page = text(get(stage, "ks", "/municipalities/5610/"))
    assert "Kárášjohka" in page
    assert "Northern Sámi" in page


def test_next_and_previous_follow_the_norwegian_order(stage):
    load_registry(SYSTEM, on=DAY)
    assert seen(stage, "ks", "0301").before.sort_key < seen(stage, "ks", "0301").facts.sort_key
    last = in_sight(stage["ks"])[-1]
    assert seen(stage, "ks", last.code).after is None
    assert last.name.startswith("Å")


def test_the_page_costs_the_same_for_one_household_and_for_ten(stage):
    vedtak(HERE, 50)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert get(stage, "municipality_coordinator", f"/municipalities/{HERE}/").status_code == 200
        return len(asked)

    def offer() -> None:
        decide_assignment(
            stage["imdi_caseworker"], household=str(household(stage).pk), municipality=HERE, year=YEAR,
            override_reason="Nærmest skolen",
        )  # fmt: skip

    offer()
    few = cost()
    for _ in range(9):
        offer()
    assert cost() == few


def test_list_and_one_over_the_api(stage, monkeypatch):
    load_registry(SYSTEM, on=DAY)

    def call(role, path):
        monkeypatch.setattr(middleware, "_api_actor", lambda _r: replace(stage[role], channel="api"))
        return Client().get(f"/api/v1/registry/{path}", headers={"Authorization": "Bearer x"})

    (one,) = call("ks", "municipalities?q=drammen").json()["items"]
    assert (one["code"], one["asked"]) == (HERE, {"value": 60, "state": "number"})
    assert len(call("county", "municipalities").json()["items"]) == 18  # Buskerud has 18 municipalities
    told = call("ks", f"municipalities/{HERE}").json()
    assert told["voted"]["all"] == {"value": None, "state": "awaiting"}
    assert call("county", f"municipalities/{THERE}").status_code == 404
    assert call("centre", "municipalities").status_code == 403

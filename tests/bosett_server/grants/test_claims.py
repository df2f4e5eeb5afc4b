"""Claims for documented grants: recorded, changed, applied for, withdrawn, decided; deadlines by the rule.

Amounts: the cap of grant 2 in 2024 (1 608 000), grant 1 (196 400), a host municipality in 2016 (608 252, 9 335 and
14 370) and an unused place in 2022 (50 000), as the sources give them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection

from bosett.grants.claim import Claim
from bosett.terms.errors import BadInput, Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting, request_keyed
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions import grant_claims, grant_decisions
from bosett_server.actions.grant_claims import apply_claim, change_claim, record_claim, withdraw_claim
from bosett_server.actions.grant_decisions import decide_claim, extend_claim
from bosett_server.actions.grants import compute_year
from bosett_server.records.models import GrantClaim, GrantLine, Household, Notice
from tests.bosett_server.cast import HERE, THERE
from tests.bosett_server.grants.claiming import claim_lines, grant_2, recorded, somebody, stored
from tests.bosett_server.grants.settled import events

BASE = Claim("new", "norwegian_base", 2024, HERE, persons=42)


def refused(act, *args, **kwargs) -> str:
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.code


def test_a_draft_has_the_deadline_of_the_rule_and_no_line(stage):
    number = recorded(stage, grant_2(somebody(stage)), apply=False)
    row = stored(number)
    # The first application is due 14 months after the settlement of 10 March 2024.
    assert (row.state, row.due_on, row.applied_on) == ("draft", date(2025, 5, 10), None)
    assert claim_lines(number) == []


def test_a_later_grant_year_is_due_two_months_after_it_has_passed(stage):
    person = somebody(stage)
    recorded(stage, grant_2(person))
    second = recorded(stage, grant_2(person, 2, 2025), apply=False)
    # Grant year 2 ends on 10 March 2026.
    assert stored(second).due_on == date(2026, 5, 10)


def test_a_granted_claim_has_a_line_with_rule_source_and_claim(stage):
    number = recorded(stage, grant_2(somebody(stage), by_agreement=True, arose_before_settlement=True))
    extend_claim(stage["imdi_caseworker"], claim=number, until=date(2026, 6, 1), asked_on=date(2025, 4, 1))
    decide_claim(stage["imdi_caseworker"], claim=number, granted=True)
    (line,) = claim_lines(number)
    assert (line.amount_nok, line.rate_nok, line.scheme, line.municipality_id) == (
        1_608_000, 1_608_000, "special_2", HERE,
    )  # fmt: skip
    assert (line.grant_year, line.rule, line.claim_id) == (1, "grants/special/special_2_cap", number)
    assert line.source["certainty"] == "medium"
    assert stored(number).state == "granted"


def test_a_host_municipality_has_its_base_and_its_places_to_the_krone(stage):
    udi = stage["udi_reception"]
    for kind, places in (("ordinary", 150), ("unaccompanied_minor", 20)):
        claim = Claim("new", "host_place", 2016, HERE, place_type=kind, places=places)
        decide_claim(udi, claim=recorded(stage, claim), granted=True)
    with acting(SYSTEM):
        amounts = {one.scheme + str(one.units): one.amount_nok for one in GrantLine.objects.filter(year=2016)}
    # 608 252 + 150 x 9 335 + 20 x 14 370 = 2 295 902, the base once although it was not claimed by itself.
    assert amounts == {"host_base1": 608_252, "host_place150": 1_400_250, "host_place20": 287_400}


def test_unused_places_of_2022_are_paid_within_request_and_vedtak(stage):
    claim = Claim("new", "unused_places", 2022, HERE, asked=100, voted=120, settled=60, conditions_met=True)
    number = recorded(stage, claim)
    extend_claim(
        stage["imdi_lead"], claim=number, until=date(2026, 4, 1), asked_on=date(2023, 2, 15)
    )  # the deadline was 15 February 2023
    decide_claim(stage["imdi_lead"], claim=number, granted=True)
    assert [one.amount_nok for one in claim_lines(number)] == [40 * 50_000]


def test_a_claim_whose_rate_nobody_knows_is_granted_with_a_line_without_an_amount(stage):
    number = recorded(stage, replace(BASE, year=2026))
    decide_claim(stage["imdi_lead"], claim=number, granted=True)
    (line,) = claim_lines(number)
    assert (line.status, line.amount_nok) == ("rate_missing", None)


def test_computing_the_year_again_keeps_unchanged_lines_of_claims(stage):
    number = recorded(stage, BASE)
    decide_claim(stage["imdi_caseworker"], claim=number, granted=True)
    (before,) = claim_lines(number)
    assert compute_year(SYSTEM, year=2024)["unchanged"] == 1
    assert [one.pk for one in claim_lines(number)] == [before.pk]


def test_a_withdrawn_claim_has_no_standing_line_and_the_old_one_is_kept(stage):
    number = recorded(stage, BASE)
    decide_claim(stage["imdi_caseworker"], claim=number, granted=True)
    withdraw_claim(stage["municipality_coordinator"], claim=number)
    assert claim_lines(number) == []
    assert [one.amount_nok for one in claim_lines(number, standing=False)] == [694_600]
    assert stored(number).state == "withdrawn"
    recorded(stage, BASE)  # and it can be claimed anew


def test_a_change_is_kept_with_its_history_and_moves_the_version(stage):
    number = recorded(stage, BASE, apply=False)
    change_claim(stage["municipality_coordinator"], claim=number, told=replace(BASE, persons=3), version=1)
    assert (stored(number).persons, stored(number).version) == (3, 2)
    late = {"claim": number, "told": replace(BASE, persons=5), "version": 1}
    assert refused(change_claim, stage["municipality_coordinator"], **late) == "somebody_changed_it_meanwhile"
    other = {"claim": number, "told": replace(BASE, municipality_id=THERE), "version": 2}
    assert refused(change_claim, stage["municipality_coordinator"], **other) == "claim_is_for_somebody_else"


def test_a_draft_is_applied_for_once_and_the_agency_is_told(stage):
    number = recorded(stage, BASE, apply=False)
    apply_claim(stage["municipality_coordinator"], claim=number)
    assert (stored(number).state, stored(number).applied_on) == ("applied", date(2026, 3, 16))
    assert refused(apply_claim, stage["municipality_coordinator"], claim=number) == "claim_applied_already"
    with acting(stage["imdi_caseworker"]):
        (told,) = Notice.objects.filter(code="claim_applied")
    assert told.url == f"/grants/claims/{number}/"


def test_the_second_claim_for_the_same_is_refused(stage):
    person = somebody(stage)
    recorded(stage, grant_2(person))
    first = Claim("new", "special_1", 2024, HERE, str(person.pk), 1)
    assert refused(recorded, stage, first) == "claim_twice"
    recorded(stage, BASE)
    assert refused(recorded, stage, BASE) == "claim_twice"


def test_what_cannot_be_is_refused_by_name(stage):
    person = somebody(stage)
    far = grant_2(person, 1, 1999)
    assert refused(recorded, stage, far) == "claim_year_out_of_range"
    assert (
        refused(recorded, stage, Claim("new", "amot", 2024, HERE, from_date=date(2024, 5, 29)))
        == "claim_incomplete"
    )
    elsewhere = replace(grant_2(person), municipality_id=THERE)
    assert refused(recorded, stage, elsewhere, by="imdi_caseworker") == "claim_person_not_settled_here"
    joined = somebody(stage, person={"basis": "family"})
    assert refused(recorded, stage, grant_2(joined)) == "claim_person_without_ground"
    with pytest.raises(BadInput):
        Claim("new", "host_place", 2024, HERE, place_type="tent", places=3)


def test_a_municipality_claims_for_itself_and_an_agency_for_what_it_pays(stage):
    with pytest.raises(NotInSight):
        record_claim(stage["stranger"], claim=BASE)
    with pytest.raises(NotInSight):
        record_claim(stage["stranger"], claim=replace(grant_2(somebody(stage)), municipality_id=THERE))
    assert refused(record_claim, stage["udi_reception"], claim=BASE) == "claim_of_another_agency"
    host = Claim("new", "host_place", 2024, HERE, place_type="ordinary", places=3)
    assert refused(record_claim, stage["imdi_lead"], claim=host) == "claim_of_another_agency"


def test_nobody_decides_what_they_recorded_and_only_the_agency_decides(stage):
    number = recorded(stage, BASE, by="imdi_caseworker")
    told = {"claim": number, "granted": True}
    assert refused(decide_claim, stage["imdi_caseworker"], **told) == "decided_by_who_recorded"
    with pytest.raises(NotInSight):
        decide_claim(stage["udi_reception"], **told)
    with pytest.raises(NotPermitted):
        decide_claim(stage["municipality_coordinator"], **told)
    decide_claim(stage["imdi_lead"], **told)
    assert refused(decide_claim, stage["imdi_lead"], **told) == "claim_decided_already"


def test_a_draft_is_not_decided_and_a_refusal_has_a_reason(stage):
    draft = recorded(stage, BASE, apply=False)
    assert refused(decide_claim, stage["imdi_lead"], claim=draft, granted=True) == "claim_not_applied_for"
    apply_claim(stage["municipality_coordinator"], claim=draft)
    told = {"claim": draft, "granted": False}
    assert refused(decide_claim, stage["imdi_lead"], **told) == "claim_refused_without_reason"
    assert refused(decide_claim, stage["imdi_lead"], **told, reason="x") == "claim_refused_without_reason"
    decide_claim(stage["imdi_lead"], **told, reason="not_documented")
    assert (stored(draft).state, stored(draft).reason) == ("refused", "not_documented")
    assert claim_lines(draft) == []


def test_a_claim_after_the_deadline_gives_nothing_unless_it_was_extended_in_time(stage):
    number = recorded(stage, grant_2(somebody(stage)))  # applied on 16 March 2026, due on 10 May 2025
    told = {"claim": number, "granted": True}
    assert refused(decide_claim, stage["imdi_lead"], **told) == "claim_gives_nothing"
    late = {"claim": number, "until": date(2026, 6, 1)}
    code = refused(extend_claim, stage["imdi_lead"], **late, asked_on=date(2025, 5, 11))
    assert code == "extension_asked_too_late"
    short = {"claim": number, "until": date(2025, 5, 10), "asked_on": date(2025, 5, 1)}
    assert refused(extend_claim, stage["imdi_lead"], **short) == "extension_not_later"
    extend_claim(stage["imdi_lead"], **late, asked_on=date(2025, 5, 10))
    decide_claim(stage["imdi_lead"], **told)
    assert len(claim_lines(number)) == 1


def test_a_claim_without_a_deadline_has_none_to_extend(stage):
    number = recorded(stage, BASE)
    told = {"claim": number, "until": date(2026, 6, 1), "asked_on": date(2026, 3, 1)}
    assert refused(extend_claim, stage["imdi_lead"], **told) == "claim_has_no_deadline"


def test_every_step_is_logged_with_codes_and_without_persons(stage):
    person = somebody(stage)
    number = recorded(stage, grant_2(person), apply=False)
    apply_claim(stage["municipality_coordinator"], claim=number)
    decide_claim(stage["imdi_lead"], claim=number, granted=False, reason="applied_too_late")
    for verb in ("record_claim", "apply_claim", "decide_claim"):
        (event,) = events(stage, verb)
        assert (event.outcome, event.object_type, event.object_id) == ("done", "claim", str(number))
        assert str(person.pk) not in str(event.facts)
    refused(apply_claim, stage["municipality_coordinator"], claim=number)
    assert [one.outcome for one in events(stage, "apply_claim")] == ["done", "refused"]


@pytest.mark.parametrize("where", ["record", "apply", "withdraw", "change"])
def test_a_step_that_fails_half_way_leaves_nothing(stage, monkeypatch, where):
    number = None if where == "record" else recorded(stage, BASE, apply=False)
    with acting(SYSTEM):
        before = list(GrantClaim.objects.values())
    monkeypatch.setattr(grant_claims, "facts", lambda _row: 1 / 0)
    steps = {
        "record": lambda who: record_claim(who, claim=BASE),
        "apply": lambda who: apply_claim(who, claim=number),
        "withdraw": lambda who: withdraw_claim(who, claim=number),
        "change": lambda who: change_claim(who, claim=number, told=replace(BASE, persons=9), version=1),
    }
    with pytest.raises(ZeroDivisionError):
        steps[where](stage["municipality_coordinator"])
    with acting(SYSTEM):
        assert list(GrantClaim.objects.values()) == before
        assert Notice.objects.filter(code__startswith="claim_").count() == 0


def test_a_decision_that_fails_half_way_leaves_neither_state_nor_line(stage, monkeypatch):
    number = recorded(stage, BASE)
    monkeypatch.setattr(grant_decisions, "close_notices", lambda _row: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        decide_claim(stage["imdi_lead"], claim=number, granted=True)
    assert (stored(number).state, claim_lines(number)) == ("applied", [])


def test_a_repeated_request_records_one_claim(stage):
    with request_keyed("same"):
        first = recorded(stage, BASE)
    with request_keyed("same"):
        assert recorded(stage, BASE) == first


def test_a_protected_persons_claim_is_in_no_list_and_names_no_place_in_the_log(stage):
    person = somebody(stage)
    number = recorded(stage, grant_2(person))
    with acting(SYSTEM):
        Household.objects.filter(pk=person.household_id).update(protection="strengt_fortrolig")
    assert stored(number).sealed
    for role in ("municipality_coordinator", "imdi_caseworker", "imdi_lead"):
        with acting(stage[role]):
            assert list(GrantClaim.objects.all()) == []
    named = replace(stage["imdi_lead"], named=frozenset({str(person.household_id)}))
    decide_claim(named, claim=number, granted=False, reason="applied_too_late")
    (event,) = events(stage, "decide_claim")
    assert HERE not in str(event.facts)
    with acting(stage["municipality_coordinator"]):
        assert not Notice.objects.filter(code="claim_refused").exists()


@pytest.mark.parametrize(
    "role", ["stranger", "county", "ks", "ministry", "nav", "centre", "bufetat", "auditor"]
)
def test_nobody_else_sees_a_claim(stage, role):
    recorded(stage, BASE)
    with acting(stage[role]):
        assert GrantClaim.objects.count() == 0


def test_udi_sees_what_it_pays_and_nothing_else(stage):
    recorded(stage, BASE)
    host = recorded(stage, Claim("new", "host_place", 2024, HERE, place_type="ordinary", places=3))
    with acting(stage["udi_reception"]):
        assert [one.pk for one in GrantClaim.objects.all()] == [host]


def test_the_database_itself_keeps_decisions_apart_from_claims(stage):
    number = recorded(stage, BASE)
    with (
        pytest.raises(DatabaseError, match="claim_of_another_agency"),
        acting(stage["municipality_coordinator"]),
    ):
        GrantClaim.objects.filter(pk=number).update(state="granted", decided_at="2026-03-16T09:00Z")
    decide_claim(stage["imdi_lead"], claim=number, granted=True)
    with pytest.raises(DatabaseError, match="claim_decided_already"), acting(SYSTEM):
        GrantClaim.objects.filter(pk=number).update(persons=150)
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_grantclaim")
        assert cursor.rowcount == 0  # the second wall finds none to delete

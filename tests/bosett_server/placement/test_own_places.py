"""Places that a municipality opens itself, and homes that households find themselves."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.terms.errors import Refused
from bosett.terms.groups import Group
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.opened_places import open_places, withdraw_opened_places
from bosett_server.actions.placement_work import run_placement
from bosett_server.actions.self_settlement import (
    answer_self_settlement,
    decide_self_settlement,
    register_self_settlement,
    withdraw_self_settlement,
)
from bosett_server.records.models import OpenedPlace, Proposal, SelfSettlement
from tests.bosett_server.cast import HERE, THERE, YEAR, household, vedtak
from tests.bosett_server.placement.scenes import (
    assignment,
    events,
    home_now,
    interview_of,
    notices,
    offer,
    quota,
)

OPEN = {"municipality": HERE, "year": YEAR, "number": 5, "reason": "home_free"}


def test_opened_places_come_on_top_of_the_vedtak_and_can_be_closed_again(stage):
    number = open_places(stage["municipality_coordinator"], **OPEN)
    assert quota().opened == 5
    assert len(notices(stage, "imdi_caseworker", "places_opened")) == 1
    withdraw_opened_places(stage["municipality_decider"], opening=number)
    assert quota().opened == 0
    with pytest.raises(Refused, match="opening_already_withdrawn"):
        withdraw_opened_places(stage["municipality_coordinator"], opening=number)
    assert [e.outcome for e in events(stage, "open_places")] == ["done"]


def test_places_can_be_opened_before_any_vedtak(stage):
    open_places(stage["municipality_coordinator"], **(OPEN | {"year": 2027, "reason": "before_the_vedtak"}))
    from bosett_server.actions.assignments import decide_assignment

    home = household(stage)
    decide_assignment(
        stage["imdi_caseworker"], household=str(home.pk), municipality=HERE, year=2027, override_reason="x"
    )
    assert home_now(home).stage == "proposed"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": 0}, "number_not_positive"),
        ({"number": -3}, "number_not_positive"),
        ({"reason": ""}, "reason_not_known"),
        ({"year": 2025}, "year_has_passed"),
        ({"sealed": True}, "sealed_needs_household"),
    ],
)
def test_a_bad_opening_is_refused_and_nothing_is_stored(stage, changes, code):
    with pytest.raises(Refused, match=code):
        open_places(stage["municipality_coordinator"], **(OPEN | changes))
    with acting(stage["system"]):
        assert not OpenedPlace.objects.exists()


def test_only_the_municipality_itself_opens_places(stage):
    with pytest.raises(NotInSight):
        open_places(stage["stranger"], **OPEN)
    with pytest.raises(NotPermitted):
        open_places(stage["imdi_lead"], **OPEN)
    number = open_places(stage["municipality_coordinator"], **OPEN)
    with pytest.raises(NotInSight):
        withdraw_opened_places(stage["stranger"], opening=number)


def test_a_municipality_opens_places_only_for_a_household_it_was_told_of(stage):
    unknown = household(stage)
    with pytest.raises(NotInSight):
        open_places(stage["municipality_coordinator"], **OPEN, household=str(unknown.pk))
    with pytest.raises(NotInSight):
        open_places(stage["municipality_coordinator"], **OPEN, household=str(unknown.pk), sealed=True)


def test_places_for_one_household_help_nobody_else(stage):
    vedtak(HERE, 2)
    known = household(stage)
    one = offer(stage, home=known)
    from bosett_server.actions.placement_answers import decline_assignment

    decline_assignment(
        stage["municipality_coordinator"], assignment=one.pk, version=1, reason="places_filled_meanwhile"
    )
    open_places(stage["municipality_coordinator"], **(OPEN | {"number": 2}), household=str(known.pk))
    offer(stage)
    with pytest.raises(Refused, match="no_places_left"):
        offer(stage)
    offer(stage, home=known)
    assert (quota().assigned, quota().assigned_general) == (4, 2)


def test_the_engine_sends_a_household_to_the_places_opened_for_it(stage):
    home = household(stage)
    interview_of(home, wishes=[HERE])
    register_self_settlement(
        stage["imdi_caseworker"], household=str(home.pk), municipality=THERE, lease_from=date(2026, 5, 1)
    )
    open_places(stage["stranger"], **(OPEN | {"municipality": THERE, "number": 2}), household=str(home.pk))
    run_placement(stage["imdi_caseworker"], year=YEAR)
    with acting(stage["imdi_caseworker"]):
        assert Proposal.objects.get(household=home, state="open").municipality_id == THERE


def test_a_minors_place_is_also_a_place_in_the_total(stage):
    open_places(stage["municipality_coordinator"], **(OPEN | {"number": 1}), group=Group.EM_15_17)
    offer(stage, persons=1, group="em_15_17")
    assert quota(group="em_15_17").assigned == 1


def register(stage, home, municipality=HERE, day=date(2026, 5, 1)) -> int:
    return register_self_settlement(
        stage["imdi_caseworker"], household=str(home.pk), municipality=municipality, lease_from=day
    )


def test_agreed_self_settlement_goes_from_asked_to_assigned_inside_the_vedtak(stage):
    home = household(stage, persons=3)
    number = register(stage, home)
    with acting(stage["municipality_coordinator"]):
        assert SelfSettlement.objects.get(pk=number).card["persons"] == 3
    with pytest.raises(Refused, match="not_approved"):
        decide_self_settlement(stage["imdi_caseworker"], self_settlement=number)
    answer_self_settlement(stage["municipality_coordinator"], self_settlement=number, approve=True)
    assert len(notices(stage, "imdi_caseworker", "self_settlement_approved")) == 1
    made = decide_self_settlement(stage["imdi_caseworker"], self_settlement=number)
    assert (assignment(made).state, assignment(made).self_settled) == ("accepted", True)
    assert (home_now(home).stage, quota().assigned) == ("assigned", 3)
    with pytest.raises(Refused, match="already_decided"):
        decide_self_settlement(stage["imdi_caseworker"], self_settlement=number)


def test_the_municipality_may_refuse_with_a_coded_reason(stage):
    number = register(stage, household(stage))
    for reason, code in (("", "refusal_without_reason"), ("no", "reason_not_known")):
        with pytest.raises(Refused, match=code):
            answer_self_settlement(
                stage["municipality_coordinator"], self_settlement=number, approve=False, reason=reason
            )
    answer_self_settlement(
        stage["municipality_coordinator"], self_settlement=number, approve=False, reason="not_used_here"
    )
    with pytest.raises(Refused, match="already_answered"):
        answer_self_settlement(stage["municipality_coordinator"], self_settlement=number, approve=True)
    assert quota().assigned == 0


def test_another_municipality_neither_sees_nor_answers(stage):
    number = register(stage, household(stage))
    with pytest.raises(NotInSight):
        answer_self_settlement(stage["stranger"], self_settlement=number, approve=True)
    with pytest.raises(NotPermitted):
        answer_self_settlement(stage["imdi_lead"], self_settlement=number, approve=True)


def test_self_settlement_is_inside_the_vedtak_also_when_the_municipality_says_yes(stage):
    vedtak(HERE, 1)
    number = register(stage, household(stage, persons=2))
    answer_self_settlement(stage["municipality_coordinator"], self_settlement=number, approve=True)
    with pytest.raises(Refused, match="no_places_left"):
        decide_self_settlement(stage["imdi_caseworker"], self_settlement=number)


def test_who_cannot_be_registered_for_self_settlement(stage):
    offered = household(stage)
    offer(stage, home=offered)
    with pytest.raises(Refused, match="already_with_a_municipality"):
        register(stage, offered, THERE)
    home = household(stage)
    with pytest.raises(Refused, match="lease_in_the_past"):
        register(stage, home, day=date(2026, 3, 15))
    register(stage, home)
    with pytest.raises(Refused, match="self_settlement_already_asked"):
        register(stage, home, THERE)


def test_a_request_can_be_withdrawn_until_it_is_decided(stage):
    home = household(stage)
    number = register(stage, home)
    withdraw_self_settlement(stage["imdi_caseworker"], self_settlement=number)
    with pytest.raises(Refused, match="already_answered"):
        answer_self_settlement(stage["municipality_coordinator"], self_settlement=number, approve=True)
    again = register(stage, home)
    answer_self_settlement(stage["municipality_coordinator"], self_settlement=again, approve=True)
    decide_self_settlement(stage["imdi_caseworker"], self_settlement=again)
    with pytest.raises(Refused, match="already_decided"):
        withdraw_self_settlement(stage["imdi_caseworker"], self_settlement=again)

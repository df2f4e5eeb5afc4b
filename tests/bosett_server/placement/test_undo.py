"""What was decided can be undone for a minute by whoever decided it: all or none, never over an answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.assignment_undo import undo_decisions
from bosett_server.actions.assignments import decide_assignments
from bosett_server.actions.placement_answers import accept_assignment, ask_about_assignment
from bosett_server.actions.placement_work import run_placement
from bosett_server.records.models import Assignment, Proposal
from tests.bosett_server.cast import THERE, YEAR, household, vedtak
from tests.bosett_server.placement.scenes import assignment, events, home_now, notices, offer, quota

IMDI, MUNICIPALITY = "imdi_caseworker", "municipality_coordinator"


def decided(stage, many: int = 2) -> tuple[list[int], list[int]]:
    """Households decided as proposed: the proposals and the offers."""
    homes = [household(stage) for _ in range(many)]
    run_placement(stage[IMDI], year=YEAR)
    with acting(stage[IMDI]):
        numbers = list(
            Proposal.objects.filter(household__in=homes).order_by("id").values_list("pk", flat=True)
        )
    return numbers, decide_assignments(stage[IMDI], proposals=numbers)


def states(numbers: list[int]) -> list[str]:
    with acting(SYSTEM):
        return list(Proposal.objects.filter(pk__in=numbers).order_by("id").values_list("state", flat=True))


def later(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=seconds))


def client(stage, role: str = IMDI) -> Client:
    found = Client()
    found.force_login(stage.users[role])
    found.cookies["language"] = "en"
    return found


def test_undone_everything_stands_as_before_and_can_be_decided_again(stage):
    numbers, offers = decided(stage)
    homes = [assignment(one).household for one in offers]
    assert undo_decisions(stage[IMDI], assignments=offers) == 2
    assert states(numbers) == ["open", "open"]
    assert [home_now(home).stage for home in homes] == ["ready", "ready"]
    assert (quota().assigned, quota(THERE).assigned) == (0, 0)
    assert [(assignment(one).state, assignment(one).decline_reason) for one in offers] == [
        ("withdrawn", "undone"), ("withdrawn", "undone"),
    ]  # fmt: skip
    assert len(decide_assignments(stage[IMDI], proposals=numbers)) == 2


def test_an_undo_is_logged_for_each_household_and_the_municipality_is_told(stage):
    _numbers, offers = decided(stage)
    undo_decisions(stage[IMDI], assignments=offers)
    assert len(events(stage, "undo_decisions")) == 1 + 2
    here = [one for one in offers if assignment(one).municipality_id != THERE]
    assert not notices(stage, MUNICIPALITY, "card_received")
    assert len(notices(stage, MUNICIPALITY, "card_withdrawn")) == len(here)


def test_when_one_is_answered_or_asked_about_none_is_undone(stage):
    vedtak(THERE, 0)  # so that both are offered here
    numbers, offers = decided(stage)
    ask_about_assignment(stage[MUNICIPALITY], assignment=offers[1], question="home_needs", text="Stairs?")
    with pytest.raises(Refused, match="offer_met_meanwhile"):
        undo_decisions(stage[IMDI], assignments=offers)
    accept_assignment(stage[MUNICIPALITY], assignment=offers[0], version=1)
    with pytest.raises(Refused, match="offer_met_meanwhile"):
        undo_decisions(stage[IMDI], assignments=[offers[0]])
    assert states(numbers) == ["decided", "decided"]
    assert [assignment(one).state for one in offers] == ["accepted", "offered"]


@pytest.mark.parametrize(("seconds", "undone"), [(59, True), (61, False)])
def test_after_a_minute_an_offer_is_withdrawn_and_not_undone(stage, monkeypatch, seconds, undone):
    _numbers, offers = decided(stage, 1)
    later(monkeypatch, seconds)
    if undone:
        assert undo_decisions(stage[IMDI], assignments=offers) == 1
    else:
        with pytest.raises(Refused, match="offers_are_not_undone"):
            undo_decisions(stage[IMDI], assignments=offers)


def test_nobody_undoes_what_another_decided_and_no_other_role_undoes_anything(stage):
    _numbers, offers = decided(stage, 1)
    with pytest.raises(Refused, match="offers_are_not_undone"):
        undo_decisions(stage["imdi_lead"], assignments=offers)
    with pytest.raises(NotPermitted):
        undo_decisions(stage[MUNICIPALITY], assignments=offers)
    assert assignment(offers[0]).state == "offered"


@pytest.mark.parametrize(("chosen", "error"), [([], Refused), ([987654], NotInSight)])
def test_an_undo_of_nothing_or_of_unknown_offers_is_refused(stage, chosen, error):
    with pytest.raises(error):
        undo_decisions(stage[IMDI], assignments=chosen)


def test_a_proposal_that_a_newer_run_has_replaced_stays_closed_and_its_household_comes_next(stage):
    numbers, offers = decided(stage, 1)
    household(stage)
    run_placement(stage[IMDI], year=YEAR)
    undo_decisions(stage[IMDI], assignments=offers)
    assert states(numbers) == ["decided"]
    assert home_now(assignment(offers[0]).household).stage == "ready"


def test_the_list_offers_to_undo_what_was_just_decided_once(stage):
    homes = [household(stage) for _ in range(2)]
    run_placement(stage[IMDI], year=YEAR)
    with acting(stage[IMDI]):
        numbers = list(Proposal.objects.filter(household__in=homes).values_list("pk", flat=True))
    found = client(stage)
    shown = found.post("/proposals/decide/", {"proposal": numbers}, follow=True).content.decode()
    assert 'action="/proposals/undo/"' in shown
    assert "2 households are offered" in shown
    after = found.post("/proposals/undo/", follow=True).content.decode()
    assert "2 offers are undone" in after
    assert 'action="/proposals/undo/"' not in after
    assert "within a minute" in found.post("/proposals/undo/", follow=True).content.decode()
    with acting(SYSTEM):
        assert set(Assignment.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_a_bulk_that_is_refused_shows_what_still_goes_through_and_stores_nothing(stage):
    homes = [household(stage) for _ in range(2)]
    run_placement(stage[IMDI], year=YEAR)
    with acting(stage[IMDI]):
        numbers = list(
            Proposal.objects.filter(household__in=homes).order_by("id").values_list("pk", flat=True)
        )
    decide_assignments(stage[IMDI], proposals=numbers[:1])
    shown = client(stage).post("/proposals/decide/", {"proposal": numbers})
    words = " ".join(shown.content.decode().split())
    assert shown.status_code == 409
    assert "Nothing was decided" in words
    assert "Offer 1 household to its municipality" in words
    assert states(numbers) == ["decided", "open"]


def test_an_offer_by_hand_without_a_proposal_is_undone_too(stage):
    one = offer(stage)
    undo_decisions(stage[IMDI], assignments=[one.pk])
    assert home_now(one.household).stage == "ready"

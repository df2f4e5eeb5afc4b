"""Homes as places of a run: offered by the municipality, given to one household, held when it is accepted."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.assignments import decide_assignment, decide_assignments, withdraw_assignment
from bosett_server.actions.homes import HomeFacts, change_home, hold_home, register_home
from bosett_server.actions.placement_answers import accept_assignment, decline_assignment
from bosett_server.actions.placement_hosts import offer_home, state_priorities, take_back_home
from bosett_server.actions.placement_work import run_placement
from bosett_server.queries.placement_hosts import hosts_now, own_homes, standing_offers
from bosett_server.queries.placement_runs import verified
from bosett_server.records.models import (
    Assignment,
    AuditEvent,
    Home,
    HomeHold,
    HomeOffer,
    Household,
    Interview,
    PlacementRun,
    Proposal,
)
from tests.bosett_server.cast import HERE, THERE, YEAR, household

IMDI, OWN = "imdi_caseworker", "municipality_coordinator"
TODAY = date(2026, 3, 16)


def home(
    stage, bedrooms=1, address="Testveien 1", *, step_free=False, free_from=date(2026, 1, 1), until=None
):
    facts = HomeFacts(address, bedrooms, free_from, until, step_free)
    return register_home(stage[OWN], municipality=HERE, home=facts)


def offered(stage, bedrooms=1, address="Testveien 1", **facts):
    return offer_home(stage[OWN], municipality=HERE, home=home(stage, bedrooms, address, **facts))


def place(stage, **asked):
    run = run_placement(stage[IMDI], year=YEAR, homes=True, **asked)
    with acting(SYSTEM):
        return run, {one.household_id: one for one in Proposal.objects.filter(run_id=run)}


def test_imdi_sees_what_a_home_is_like_and_never_where_it_is(stage):
    offered(stage, 3, "Hemmeligveien 7", step_free=True)
    with acting(stage[IMDI]):
        (told,) = standing_offers(stage[IMDI])
        assert (told.bedrooms, told.step_free, told.municipality, told.address) == (3, True, HERE, "")
        assert not Home.objects.exists()


def test_a_household_gets_a_home_that_fits_and_the_check_holds(stage):
    offer = offered(stage, 1)
    one = household(stage)
    run, proposals = place(stage)
    assert proposals[one.pk].municipality_id == HERE
    assert proposals[one.pk].home_id == offer
    assert proposals[one.pk].reasons[0] == {"code": "home_offered", "facts": {"home": offer}}
    with acting(stage[IMDI]):
        told = verified(stage[IMDI], run, again=True)
    assert (told.breaches, told.same_bytes) == ((), True)


def test_a_home_holds_one_household_and_the_next_goes_elsewhere(stage):
    offered(stage, 5)
    first, second = household(stage), household(stage)
    _run, proposals = place(stage)
    places = {proposals[first.pk].municipality_id, proposals[second.pk].municipality_id}
    assert places == {HERE, THERE}
    assert sum(one.home_id is not None for one in proposals.values()) == 1


def test_homes_of_many_kinds_and_needs_are_no_trouble(stage):
    for at, (bedrooms, step_free) in enumerate([(1, True), (2, False), (4, True)]):
        offered(stage, bedrooms, f"Testveien {at}", step_free=step_free)
    kinds = [(2, ["wheelchair_home"]), (4, []), (7, ["ground_floor"]), (1, []), (3, ["wheelchair_home"])]
    homes = [household(stage, persons=persons, needs=needs) for persons, needs in kinds]
    run, proposals = place(stage)
    assert all(proposals[one.pk].municipality_id for one in homes)
    with acting(stage[IMDI]):
        assert verified(stage[IMDI], run).breaches == ()


def test_without_the_option_homes_limit_nobody(stage):
    offered(stage, 1)
    homes = [household(stage), household(stage)]
    run = run_placement(stage[IMDI], year=YEAR)
    with acting(SYSTEM):
        told = {one.household_id: one for one in Proposal.objects.filter(run_id=run)}
    assert {told[one.pk].municipality_id for one in homes} == {HERE}
    assert {told[one.pk].home_id for one in homes} == {None}


def test_the_home_is_held_when_the_municipality_accepts_and_is_then_no_longer_offered(stage):
    offer = offered(stage, 1)
    one = household(stage)
    _run, proposals = place(stage)
    (number,) = decide_assignments(stage[IMDI], proposals=[proposals[one.pk].pk])
    accept_assignment(stage[OWN], assignment=number, version=1)
    with acting(SYSTEM):
        held = HomeHold.objects.get(household_id=one.pk)
        assert (held.starts_on, held.ends_on, held.municipality_id) == (TODAY, None, HERE)
        assert HomeOffer.objects.get(pk=offer).ended_why == "let"


def test_a_home_that_is_promised_is_given_to_nobody_else_until_the_answer_is_no(stage):
    offered(stage, 1)
    one, two = household(stage), household(stage)
    _run, proposals = place(stage)
    holder = one if proposals[one.pk].home_id else two
    other = two if holder is one else one
    (number,) = decide_assignments(stage[IMDI], proposals=[proposals[holder.pk].pk])
    _run, proposals = place(stage)
    assert proposals[other.pk].home_id is None
    decline_assignment(stage[OWN], assignment=number, version=1, reason="services_at_capacity")
    _run, proposals = place(stage)
    assert proposals[other.pk].home_id is not None


def test_a_home_that_is_let_meanwhile_stops_the_decision_and_not_the_run(stage):
    offered(stage, 1)
    one = household(stage)
    _run, proposals = place(stage)
    with acting(SYSTEM):
        number = Home.objects.get().pk
    hold_home(stage[OWN], municipality=HERE, home_id=number, household="", starts_on=TODAY)
    with pytest.raises(Refused, match="home_taken_meanwhile"):
        decide_assignments(stage[IMDI], proposals=[proposals[one.pk].pk])
    with pytest.raises(Refused, match="home_taken_meanwhile"):
        decide_assignment(stage[IMDI], household=str(one.pk), municipality=HERE, year=YEAR)


def test_a_household_that_is_withdrawn_gives_its_home_back(stage):
    offered(stage, 1)
    one = household(stage)
    _run, proposals = place(stage)
    (number,) = decide_assignments(stage[IMDI], proposals=[proposals[one.pk].pk])
    accept_assignment(stage[OWN], assignment=number, version=1)
    withdraw_assignment(stage[IMDI], assignment=number, version=2, reason="municipality_asked")
    with acting(SYSTEM):
        assert HomeHold.objects.get().withdrawn_at is not None
        assert Assignment.objects.get(pk=number).state == "withdrawn"


def test_an_offer_ends_when_the_home_is_changed_or_taken_back(stage):
    first, second = offered(stage, 1), offered(stage, 2, "Testveien 2")
    with acting(SYSTEM):
        number = HomeOffer.objects.get(pk=first).home_id
    facts = HomeFacts("Testveien 1", 2, date(2026, 1, 1))
    change_home(stage[OWN], municipality=HERE, home_id=number, version=1, home=facts)
    take_back_home(stage[OWN], municipality=HERE, offer=second)
    with acting(SYSTEM):
        ended = dict(HomeOffer.objects.values_list("pk", "ended_why"))
    assert ended == {first: "changed", second: "taken_back"}
    with pytest.raises(Refused, match="host_row_has_ended"):
        take_back_home(stage[OWN], municipality=HERE, offer=second)


def test_a_home_that_is_held_or_soon_gone_is_not_offered_and_none_twice(stage):
    gone = home(stage, 1, "Testveien 1", until=date(2026, 5, 1))
    with pytest.raises(Refused, match="home_not_to_be_offered"):
        offer_home(stage[OWN], municipality=HERE, home=gone)
    held = home(stage, 1, "Testveien 2")
    hold_home(stage[OWN], municipality=HERE, home_id=held, household="", starts_on=TODAY)
    with pytest.raises(Refused, match="home_not_to_be_offered"):
        offer_home(stage[OWN], municipality=HERE, home=held)
    free = home(stage, 1, "Testveien 3")
    offer_home(stage[OWN], municipality=HERE, home=free)
    with pytest.raises(Refused, match="home_offered_already"):
        offer_home(stage[OWN], municipality=HERE, home=free)


def test_only_the_municipality_offers_its_homes_and_it_is_logged(stage):
    number = home(stage, 1)
    with pytest.raises(NotPermitted):
        offer_home(stage[IMDI], municipality=HERE, home=number)
    with pytest.raises(NotInSight):
        offer_home(stage["stranger"], municipality=HERE, home=number)
    offer = offer_home(stage[OWN], municipality=HERE, home=number)
    with acting(SYSTEM):
        event = AuditEvent.objects.filter(verb="offer_home", outcome="done").latest("pk")
    assert event.facts["offer"] == offer
    with acting(stage[OWN]):
        (told,) = own_homes(stage[OWN], HERE)
    assert told.offer is not None


def test_priorities_decide_between_equal_places_and_are_told_with_the_run(stage):
    one = household(stage)
    with acting(SYSTEM):
        Interview.objects.filter(household=one).update(wishes=[])
        Household.objects.filter(pk=one.pk).update(wished=[])
    state_priorities(stage["stranger"], municipality=THERE, criteria=["household_of_2_3"])
    run = run_placement(stage[IMDI], year=YEAR, priorities=True)
    with acting(SYSTEM):
        found = Proposal.objects.get(run_id=run, household=one)
        kept = PlacementRun.objects.get(pk=run)
    assert found.municipality_id == THERE
    # The whole weight in force, since the criterion is the municipality's first.
    assert {"code": "host_priority", "facts": {"points": 2.0}} in found.reasons
    assert (kept.priorities, kept.summary["hosts"]) == (True, 1)


def test_a_protected_ground_is_no_criterion_and_no_more_than_three_are(stage):
    for ground in ("religion", "nationality", "language", "sex", "health"):
        with pytest.raises(Refused, match="criterion_is_barred"):
            state_priorities(stage[OWN], municipality=HERE, criteria=[ground])
    with pytest.raises(Refused, match="criterion_not_known"):
        state_priorities(stage[OWN], municipality=HERE, criteria=["nice"])
    with pytest.raises(Refused, match="criteria_too_many"):
        state_priorities(stage[OWN], municipality=HERE, criteria=[
            "household_of_1", "household_of_2_3", "waited_long", "wished_to_come",
        ])  # fmt: skip
    with pytest.raises(NotPermitted):
        state_priorities(stage[IMDI], municipality=HERE, criteria=[])
    state_priorities(stage[OWN], municipality=HERE, criteria=["waited_long", "household_of_1"])
    state_priorities(stage[OWN], municipality=HERE, criteria=["household_of_1"])
    with acting(stage[OWN]):
        assert hosts_now(HERE) == {HERE: ("household_of_1",)}

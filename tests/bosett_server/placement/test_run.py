"""The weekly run: who is in it, what it may know, what it proposes and what it says of each proposal."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.terms.errors import Refused
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.assignments import decide_assignment, decide_assignments
from bosett_server.actions.placement_answers import decline_assignment
from bosett_server.actions.placement_work import run_placement
from bosett_server.queries.decision_checks import preview
from bosett_server.queries.placement_instance import instance
from bosett_server.records.models import Assignment, PlacementRun, Proposal
from tests.bosett_server.cast import DAY, HERE, THERE, YEAR, household, vedtak
from tests.bosett_server.placement.scenes import (
    assignment,
    events,
    home_now,
    interview_of,
    notices,
    offer,
    quota,
)


def run(stage) -> int:
    return run_placement(stage["imdi_caseworker"], year=YEAR)


def proposal(stage, home) -> Proposal:
    with acting(stage["imdi_caseworker"]):
        return Proposal.objects.get(household=home, state="open")


def test_a_household_is_proposed_where_it_wishes_to_go_when_there_is_room(stage):
    here, there = household(stage), household(stage)
    interview_of(there, wishes=[THERE])
    run(stage)
    assert (proposal(stage, here).municipality_id, proposal(stage, there).municipality_id) == (HERE, THERE)
    assert proposal(stage, here).easy


def test_a_tie_weighs_more_than_a_wish(stage):
    home = household(stage)
    interview_of(home, wishes=[HERE], ties=[{"kind": "relatives", "municipality": THERE}])
    run(stage)
    found = proposal(stage, home)
    assert found.municipality_id == THERE
    assert found.reasons[0]["code"] == "tie_family_in_direct_line"


def test_everybody_is_placed_before_wishes_are_met(stage):
    # 4 places here and 4 there; both families of four wish to come here: one of them goes there.
    vedtak(HERE, 4)
    vedtak(THERE, 4)
    homes = [household(stage, persons=4), household(stage, persons=4)]
    run(stage)
    assert {proposal(stage, home).municipality_id for home in homes} == {HERE, THERE}
    doubts = sorted(code for home in homes for code in proposal(stage, home).doubts)
    assert doubts == ["wish_not_met"]


def test_only_the_ready_and_heard_without_a_protected_address_are_in_the_run(stage):
    ready = household(stage)
    household(stage, stage="interviewed")
    household(stage, recheck=["birth"])
    household(stage, protection="fortrolig")
    unheard = household(stage)
    interview_of(unheard, comment_due_on=date(2026, 3, 20))
    number = run(stage)
    with acting(stage["imdi_caseworker"]):
        assert list(Proposal.objects.values_list("household_id", flat=True)) == [ready.pk]
        assert PlacementRun.objects.get(pk=number).summary["waiting"] == {
            "recheck": 1,
            "hearing": 1,
            "permit": 0,
        }


def test_only_codes_of_need_and_capacity_reach_the_engine(stage):
    home = household(stage, needs=["specialist_health"])
    with acting(stage["imdi_caseworker"]):
        made = instance(stage["imdi_caseworker"], YEAR, DAY)
    told = repr(made.problem) + repr(made.known)
    assert str(home.pk) in told
    forbidden = ("Blid", "Testperson", "UKR", "1990", "female", "'uk'", "Ingen barn", home.reference)
    assert [word for word in forbidden if word in told] == []


def test_health_needs_are_not_used_without_consent(stage):
    home = household(stage, needs=["hospital_near"])
    interview_of(home, health_consent=False, wishes=[])
    with acting(stage["imdi_caseworker"]):
        made = instance(stage["imdi_caseworker"], YEAR, DAY)
    assert made.known.homes[str(home.pk)].prefers == "none"
    run(stage)
    assert "no_consent" in proposal(stage, home).doubts


def test_linked_households_are_proposed_to_one_place_and_never_easy(stage):
    vedtak(HERE, 3)
    first, second = household(stage, link="L1"), household(stage, link="L1")
    run(stage)
    # Two and two persons do not fit in the three places here, whatever they wish.
    found = [proposal(stage, first), proposal(stage, second)]
    assert [one.municipality_id for one in found] == [THERE, THERE]
    assert all("linked" in one.doubts and not one.easy for one in found)


def test_a_household_follows_a_linked_one_that_is_already_assigned(stage):
    offer(stage, THERE, link="L2")
    home = household(stage, link="L2")
    run(stage)
    found = proposal(stage, home)
    assert found.municipality_id == THERE
    assert {"rule": "linked_elsewhere", "municipalities": [HERE]} in [r["facts"] for r in found.reasons]


def test_a_municipality_that_declined_is_not_asked_again(stage):
    home = household(stage)
    one = offer(stage, home=home)
    decline_assignment(
        stage["municipality_coordinator"], assignment=one.pk, version=1, reason="no_suitable_home"
    )
    run(stage)
    found = proposal(stage, home)
    assert found.municipality_id == THERE
    assert "came_back" in found.doubts
    assert {"rule": "declined_before", "municipalities": [HERE]} in [r["facts"] for r in found.reasons]


def test_a_condition_that_the_household_does_not_fit_makes_a_proposal_hard_and_forbids_nothing(stage):
    vedtak(HERE, 10, reservations=[{"code": "families_with_children_only"}])
    couple = household(stage)
    family = household(stage, births=[date(1990, 1, 1), date(2019, 5, 5)])
    run(stage)
    assert proposal(stage, couple).municipality_id == proposal(stage, family).municipality_id == HERE
    assert "against_condition" in proposal(stage, couple).doubts
    assert "against_condition" not in proposal(stage, family).doubts


def test_minors_are_proposed_only_where_the_minors_vedtak_has_room(stage):
    home = household(stage, persons=1, group="em_15_17")
    run(stage)
    assert (proposal(stage, home).municipality_id, proposal(stage, home).doubts[0]) == (None, "unplaced")
    vedtak(THERE, 1, group="em_15_17")
    run(stage)
    assert proposal(stage, home).municipality_id == THERE


def test_households_that_nothing_binds_are_spread_over_the_municipalities(stage):
    homes = [household(stage, persons=1) for _ in range(8)]
    for home in homes:
        interview_of(home, wishes=[])
    run(stage)
    # 8 persons over 40 places: an even share is 4 in each of the two; twice it is 8 at most.
    places = [proposal(stage, home).municipality_id for home in homes]
    assert len(places) == 8
    assert all(code in {HERE, THERE} for code in places)
    with acting(stage["imdi_caseworker"]):
        made = instance(stage["imdi_caseworker"], YEAR, DAY)
    assert {m.capacities["spread"] for m in made.problem.municipalities} == {8}


def test_a_new_run_replaces_the_open_proposals_and_keeps_them(stage):
    home = household(stage)
    first, second = run(stage), run(stage)
    with acting(stage["imdi_caseworker"]):
        rows = Proposal.objects.filter(household=home).order_by("id")
        assert [(r.run_id, r.state) for r in rows] == [(first, "replaced"), (second, "open")]
        shas = PlacementRun.objects.values_list("instance_sha256", flat=True).distinct()
        assert len(set(shas)) == 1


@pytest.mark.parametrize(
    ("ready", "places", "code"), [(False, 20, "nobody_to_place"), (True, 0, "no_places_anywhere")]
)
def test_a_run_with_nobody_or_nowhere_is_refused(stage, ready, places, code):
    if ready:
        household(stage)
    vedtak(HERE, places)
    vedtak(THERE, places)
    with pytest.raises(Refused, match=code):
        run(stage)


def test_a_run_is_logged_and_told_and_only_imdi_starts_one(stage):
    household(stage)
    run(stage)
    (event,) = events(stage, "finish_run")
    assert (event.facts["households"], event.facts["easy"]) == (1, 1)
    assert len(notices(stage, "imdi_caseworker", "placement_run_done")) == 1
    with pytest.raises(NotPermitted):
        run_placement(stage["municipality_coordinator"], year=YEAR)
    with acting(stage["municipality_coordinator"]):
        assert not Proposal.objects.exists()


def test_the_easy_ones_are_decided_in_one_step(stage):
    homes = [household(stage) for _ in range(3)]
    interview_of(homes[2], wishes=[THERE])
    run(stage)
    numbers = [proposal(stage, home).pk for home in homes]
    stored = decide_assignments(stage["imdi_caseworker"], proposals=numbers)
    assert [assignment(n).municipality_id for n in stored] == [HERE, HERE, THERE]
    assert [home_now(home).stage for home in homes] == ["proposed"] * 3
    assert len(events(stage, "decide_assignments")) == 1 + 3
    assert len(notices(stage, "municipality_coordinator", "card_received")) == 2


def test_when_one_of_a_bulk_cannot_go_none_goes_and_the_preview_said_so(stage):
    homes = [household(stage, persons=2) for _ in range(3)]
    run(stage)
    numbers = [proposal(stage, home).pk for home in homes]
    vedtak(HERE, 4)
    with acting(stage["imdi_caseworker"]):
        told = preview(stage["imdi_caseworker"], YEAR, numbers, DAY)
    assert (len(told.going), [line.refusal.code for line in told.stopped]) == (2, ["no_places_left"])
    assert [(t.municipality, t.persons, t.left) for t in told.totals] == [(HERE, 4, 4)]
    with pytest.raises(Refused, match="no_places_left"):
        decide_assignments(stage["imdi_caseworker"], proposals=numbers)
    assert quota().assigned == 0
    with acting(stage["system"]):
        assert not Assignment.objects.exists()
    decide_assignments(stage["imdi_caseworker"], proposals=[line.proposal for line in told.going])
    assert quota().assigned == 4


def test_a_decided_proposal_is_not_decided_twice(stage):
    home = household(stage)
    run(stage)
    number = proposal(stage, home).pk
    decide_assignments(stage["imdi_caseworker"], proposals=[number])
    with pytest.raises(Refused, match="proposal_not_open"):
        decide_assignments(stage["imdi_caseworker"], proposals=[number])


@pytest.mark.parametrize(("chosen", "error"), [([], Refused), ([987654], NotInSight)])
def test_a_bulk_of_nothing_or_of_unknown_proposals_is_refused(stage, chosen, error):
    with pytest.raises(error):
        decide_assignments(stage["imdi_caseworker"], proposals=chosen)


def test_one_of_two_linked_households_does_not_go_alone_in_bulk(stage):
    first, second = household(stage, link="L3"), household(stage, link="L3")
    run(stage)
    one, two = proposal(stage, first).pk, proposal(stage, second).pk
    with pytest.raises(Refused, match="linked_must_go_together"):
        decide_assignments(stage["imdi_caseworker"], proposals=[one])
    assert len(decide_assignments(stage["imdi_caseworker"], proposals=[one, two])) == 2


def test_an_override_stores_its_reason_and_its_exact_cost(stage):
    home = household(stage)
    interview_of(home, wishes=[HERE])
    run(stage)
    before = proposal(stage, home)
    with acting(stage["imdi_caseworker"]):
        made = instance(stage["imdi_caseworker"], YEAR, DAY)
    number = decide_assignment(
        stage["imdi_caseworker"], household=str(home.pk), municipality=THERE, year=YEAR,
        override_reason="Ønsket endret i samtale",
    )  # fmt: skip
    stored = assignment(number)
    # The only household: the cost is its score here minus its score there, by the weights themselves.
    places = made.problem.municipality_ids
    row = made.problem.scores.values[0]
    assert stored.override_cost == pytest.approx(row[places.index(HERE)] - row[places.index(THERE)])
    assert stored.override_cost > 0
    assert (stored.override_reason, stored.proposal_id) == ("Ønsket endret i samtale", before.pk)
    assert events(stage, "decide_assignment")[-1].facts["override"] is True


def test_the_proposed_place_needs_no_reason_and_keeps_the_engines_reasons(stage):
    home = household(stage)
    run(stage)
    number = decide_assignment(stage["imdi_caseworker"], household=str(home.pk), municipality=HERE, year=YEAR)
    assert assignment(number).override_cost is None
    assert assignment(number).reasons == proposal_of(stage, number).reasons


def proposal_of(stage, number) -> Proposal:
    with acting(stage["imdi_caseworker"]):
        return Proposal.objects.get(assignment=number)

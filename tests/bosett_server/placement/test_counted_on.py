"""A request cut in the year: a run proposes to no more places than the State counts on; a person still may."""

from __future__ import annotations

import pytest

from bosett.decisions import AnswerKind
from bosett.terms.groups import Group
from bosett_server.access.context import acting
from bosett_server.actions.assignments import decide_assignment
from bosett_server.actions.decisions import approve_vedtak, record_vedtak
from bosett_server.actions.placement_work import run_placement
from bosett_server.queries.decision_again import changed_in_year
from bosett_server.queries.placement import proposal, proposal_of
from bosett_server.queries.placement_places import places_now
from bosett_server.queries.placement_single import recommendation
from bosett_server.records.models import PlacementRun, Proposal
from tests.bosett_server.cast import DAY, HERE, THERE, YEAR, World, household, vedtak, world
from tests.bosett_server.distribution.scenes import everybody, second_round
from tests.bosett_server.placement.scenes import interview_of, offer, quota


@pytest.fixture
def stage(db, settings, tmp_path) -> World:
    settings.STATIC_ROOT = tmp_path
    settings.BOSETT_TODAY = DAY
    found = world()
    everybody(found)
    vedtak(HERE, 12)
    vedtak(THERE, 4)
    return found


def left(stage: World) -> dict[str, int]:
    with acting(stage["imdi_caseworker"]):
        return {code: groups[Group.ALL] for code, groups in places_now(YEAR).left.items()}


def families(stage: World, count: int, persons: int = 4) -> list:
    found = [household(stage, persons=persons) for _ in range(count)]
    for one in found:
        interview_of(one, wishes=[HERE])
    return found


def test_a_run_proposes_no_more_than_is_counted_on_after_a_cut(stage):
    # 12 voted on a request of 60, cut to 20: 4 counted on, so one family of four, though three would fit the vedtak.
    second_round(stage, 20, 50, "scale")
    families(stage, 4)
    number = run_placement(stage["imdi_caseworker"], year=YEAR)
    with acting(stage["imdi_caseworker"]):
        assert changed_in_year(YEAR)[HERE].counted == 4
        places = list(Proposal.objects.filter(state="open").values_list("municipality_id", flat=True))
        assert sorted(place or "" for place in places) == sorted(["", "", HERE, THERE])
        assert PlacementRun.objects.get(pk=number).summary["not_counted"] == 8


def test_those_assigned_already_are_taken_off_what_is_counted_on(stage):
    offer(stage, HERE, persons=3)
    second_round(stage, 20, 50, "scale")
    assert left(stage)[HERE] == 1


@pytest.mark.parametrize("policy", ["keep", "ask_again"])
def test_where_every_voted_place_is_kept_the_whole_vedtak_is_there(stage, policy):
    second_round(stage, 20, 50, policy)
    assert left(stage) == {HERE: 12, THERE: 4}


def test_after_a_rise_there_are_never_more_places_than_the_vedtak_has(stage):
    second_round(stage, 100, 50, "scale")
    assert left(stage)[HERE] == 12


def test_a_vedtak_on_the_new_request_counts_in_full(stage):
    second_round(stage, 20, 50, "scale")
    record_vedtak(
        stage["municipality_decider"], municipality=HERE, year=YEAR, kind=AnswerKind.NUMBER,
        numbers={Group.ALL: 10}, decided_on=DAY, source="Sak 9/26",
    )  # fmt: skip
    approve_vedtak(stage["municipality_decider"], municipality=HERE, year=YEAR)
    assert left(stage)[HERE] == 10


def test_after_two_cuts_the_part_is_of_the_request_that_the_council_answered(stage):
    # 12 on 60; cut to 40, then to 20: a third of 12, not half of it.
    second_round(stage, 40, 50, "scale")
    second_round(stage, 20, 50, "scale")
    assert left(stage)[HERE] == 4


def test_a_person_may_still_use_the_whole_vedtak(stage):
    second_round(stage, 20, 50, "scale")
    for _ in range(3):
        home = household(stage, persons=4)
        decide_assignment(
            stage["imdi_caseworker"], household=str(home.pk), municipality=HERE, year=YEAR,
            override_reason="Nærmest skolen med plass",
        )  # fmt: skip
    assert quota(HERE).assigned_general == 12
    assert HERE not in left(stage)


def test_the_reason_is_told_apart_from_a_vedtak_that_is_too_small(stage):
    """4 of 12 counted on: closed to six persons for that reason, to fourteen since the vedtak is too small."""
    second_round(stage, 20, 50, "scale")
    for persons, rule in ((6, "not_counted_on"), (14, "too_small")):
        (home,) = families(stage, 1, persons)
        run_placement(stage["imdi_caseworker"], year=YEAR)
        with acting(stage["imdi_caseworker"]):
            told = recommendation(stage["imdi_caseworker"], YEAR, home.pk)
            assert HERE in told.closed[rule]
            number = proposal_of(stage["imdi_caseworker"], home.pk)
            assert number is not None
            rules = {one.rule: one.names for one in proposal(stage["imdi_caseworker"], number).closed}
        assert rule in rules


def test_where_nothing_is_counted_on_the_municipality_is_closed_for_that_reason(stage):
    second_round(stage, 0, 50, "scale")
    home = household(stage, persons=2)
    run_placement(stage["imdi_caseworker"], year=YEAR)
    with acting(stage["imdi_caseworker"]):
        now = places_now(YEAR)
        assert (now.closed[HERE], now.not_counted[HERE]) == ("not_counted_on", 12)
        assert recommendation(stage["imdi_caseworker"], YEAR, home.pk).closed["not_counted_on"] == (HERE,)

"""Twenty clients at once on real PostgreSQL: never above what the municipality allows, none lost, each told why."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.assignments import decide_assignments, withdraw_assignment
from bosett_server.actions.opened_places import open_places, withdraw_opened_places
from bosett_server.actions.placement_answers import accept_assignment, decline_assignment, expire_assignments
from bosett_server.actions.placement_work import run_placement
from bosett_server.actions.self_settlement import (
    answer_self_settlement,
    decide_self_settlement,
    register_self_settlement,
)
from bosett_server.records.models import Assignment, AuditEvent, Household, Proposal, Quota
from tests.bosett_server.cast import HERE, THERE, YEAR, World, household, vedtak, world
from tests.security.parallel import at_once, refusals

CLIENTS = 20


@pytest.fixture
def stage(both_servers, settings) -> World:
    settings.BOSETT_TODAY = date(2026, 3, 16)
    return world()


def proposals_for(stage: World, homes: list[Household]) -> list[int]:
    """Every household proposed; the places are cut afterwards where a test needs few."""
    run_placement(stage["imdi_caseworker"], year=YEAR)
    with acting(SYSTEM):
        number = dict(Proposal.objects.filter(state="open").values_list("household_id", "pk"))
    return [number[home.pk] for home in homes]


def deciders(stage: World, numbers: list[int]) -> list[partial]:
    return [partial(decide_assignments, stage["imdi_caseworker"], proposals=[number]) for number in numbers]


def held(municipality: str = HERE, group: str = "all") -> tuple[int, int]:
    """(persons in the assignments themselves, persons in the quota row)."""
    with acting(SYSTEM):
        rows = Assignment.objects.filter(municipality_id=municipality, state__in=["offered", "accepted"])
        rows = rows if group == "all" else rows.filter(group=group)
        row = Quota.objects.get(municipality_id=municipality, year=YEAR, group=group)
        return sum(rows.values_list("persons", flat=True)), row.assigned


def test_twenty_clients_at_the_last_places_fill_them_and_no_more(stage):
    vedtak(HERE, 2 * CLIENTS)
    numbers = proposals_for(stage, [household(stage, persons=2) for _ in range(CLIENTS)])
    vedtak(HERE, 13)
    answers = at_once(deciders(stage, numbers))
    told = refusals(answers)
    # Thirteen places hold six households of two; the thirteenth place stays free.
    assert (len(answers) - len(told), held()) == (6, (12, 12))
    assert {(one.code, one.facts["left"], one.facts["asked_for"]) for one in told} == {
        ("no_places_left", 1, 2)
    }
    with acting(stage["imdi_caseworker"]):
        assert Household.objects.filter(stage="proposed").count() == 6
        assert Household.objects.filter(stage="ready").count() == CLIENTS - 6
        assert Proposal.objects.filter(state="open").count() == CLIENTS - 6
    with acting(stage["auditor"]):
        log = AuditEvent.objects.filter(verb="decide_assignments")
        assert log.filter(outcome="refused").count() == CLIENTS - 6
        assert log.filter(outcome="done", object_type="assignment").count() == 6


def test_minors_and_all_share_the_places_and_neither_goes_over(stage):
    vedtak(HERE, 2 * CLIENTS)
    vedtak(HERE, CLIENTS, group="em_15_17")
    minors = [household(stage, persons=1, group="em_15_17") for _ in range(CLIENTS // 2)]
    others = [household(stage, persons=2) for _ in range(CLIENTS // 2)]
    numbers = proposals_for(stage, minors + others)
    vedtak(HERE, 12)
    vedtak(HERE, 4, group="em_15_17")
    answers = at_once(deciders(stage, numbers))
    assert {one.code for one in refusals(answers)} == {"no_places_left"}
    (in_all, quota_all), (of_minors, quota_minors) = held(), held(group="em_15_17")
    assert (in_all, of_minors) == (quota_all, quota_minors)
    assert of_minors <= 4
    # Nobody is refused while there is room: at most one place is left, for a household of two.
    assert in_all in {11, 12}


def test_places_closed_while_twenty_clients_decide_are_never_overdrawn_by_a_later_one(stage):
    vedtak(HERE, 2 * CLIENTS)
    numbers = proposals_for(stage, [household(stage, persons=2) for _ in range(CLIENTS - 1)])
    vedtak(HERE, 4)
    opening = open_places(
        stage["municipality_coordinator"], municipality=HERE, year=YEAR, number=6, reason="home_free"
    )
    close = partial(withdraw_opened_places, stage["municipality_coordinator"], opening=opening)
    answers = at_once([*deciders(stage, numbers), close])
    assert {one.code for one in refusals(answers)} == {"no_places_left"}
    persons, counted = held()
    assert persons == counted
    # Between none and all of the opened places were drawn before they closed; what was drawn stays.
    assert 4 <= persons <= 10


def test_one_household_gets_one_offer_however_many_ask(stage):
    vedtak(HERE, 40)
    (number,) = proposals_for(stage, [household(stage)])
    answers = at_once(deciders(stage, [number] * CLIENTS))
    assert {one.code for one in refusals(answers)} == {"proposal_not_open"}
    assert (len(refusals(answers)), held()) == (CLIENTS - 1, (2, 2))


def test_overlapping_bulks_end_whole_and_without_a_deadlock(stage):
    vedtak(HERE, 40)
    vedtak(THERE, 40)
    numbers = proposals_for(stage, [household(stage, persons=2) for _ in range(24)])
    shifted = [numbers[i:] + numbers[:i] for i in range(0, 24, 3)]
    bulks = [bulk[:12] for bulk in shifted]
    answers = at_once(
        [partial(decide_assignments, stage["imdi_caseworker"], proposals=bulk) for bulk in bulks]
    )
    done = [one for one in answers if isinstance(one, list)]
    assert done
    assert {one.code for one in refusals(answers)} <= {"proposal_not_open"}
    with acting(SYSTEM):
        assert Assignment.objects.count() == 12 * len(done)


def test_two_who_answer_one_card_at_once_are_told_apart_without_names(stage):
    vedtak(HERE, 40)
    numbers = proposals_for(stage, [household(stage) for _ in range(10)])
    cards = decide_assignments(stage["imdi_caseworker"], proposals=numbers)
    actor = stage["municipality_coordinator"]
    steps = []
    for card in cards:
        steps.append(partial(accept_assignment, actor, assignment=card, version=1))
        steps.append(
            partial(decline_assignment, actor, assignment=card, version=1, reason="no_suitable_home")
        )
    answers = at_once(steps)
    assert [one.code for one in refusals(answers)] == ["already_answered"] * 10
    assert all(set(one.facts) == {"state"} for one in refusals(answers))
    with acting(SYSTEM):
        accepted = Assignment.objects.filter(state="accepted").count()
        assert Assignment.objects.filter(state="declined").count() == 10 - accepted
    assert held() == (2 * accepted, 2 * accepted)


def test_every_kind_of_step_at_once_keeps_the_count(stage, settings):
    vedtak(HERE, 100)
    homes = [household(stage, persons=2) for _ in range(16)]
    numbers = proposals_for(stage, homes)
    cards = decide_assignments(stage["imdi_caseworker"], proposals=numbers[:8])
    found = [household(stage, persons=2) for _ in range(4)]
    agreed = [
        register_self_settlement(
            stage["imdi_caseworker"], household=str(home.pk), municipality=HERE, lease_from=date(2026, 6, 1)
        )
        for home in found
    ]
    imdi, here = stage["imdi_caseworker"], stage["municipality_coordinator"]
    for number in agreed:
        answer_self_settlement(here, self_settlement=number, approve=True)
    vedtak(HERE, 20)  # 16 taken: four places left, and four more when two cards are given back
    steps = [
        *deciders(stage, numbers[8:]),
        *[partial(decide_self_settlement, imdi, self_settlement=number) for number in agreed],
        *[partial(accept_assignment, here, assignment=card, version=1) for card in cards[:4]],
        partial(decline_assignment, here, assignment=cards[4], version=1, reason="no_suitable_home"),
        partial(withdraw_assignment, imdi, assignment=cards[5], version=1, reason="household_changed"),
        partial(accept_assignment, here, assignment=cards[6], version=1),
        partial(expire_assignments, SYSTEM),
    ]
    answers = at_once(steps)
    assert len(steps) == CLIENTS
    assert {one.code for one in refusals(answers)} == {"no_places_left"}
    persons, counted = held()
    assert persons == counted
    assert 16 <= persons <= 20
    with acting(SYSTEM):
        offered = Assignment.objects.filter(state__in=["offered", "accepted"])
        for one in offered.select_related("household"):
            assert one.household.stage == {"offered": "proposed", "accepted": "assigned"}[one.state]
        assert offered.values("household_id").distinct().count() == offered.count()

"""One household through the whole chain, by actions only, and nobody is lost on the way.

Two years: 2024, whose integration grant has known rates, and 2027, whose rates nobody can know yet.  The need of
2024 here is a number of this test; rates of 2024: 194 400 for an adult with family and for a child.  No source
tells the year's rate of training in Norwegian for others than those under collective protection.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Count

from bosett.capacity import PlaceKind
from bosett.decisions import AnswerKind
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Basis, Group, Track
from bosett_server.access.actor import PUBLIC, SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.actions.assignments import decide_assignments
from bosett_server.actions.decisions import approve_vedtak, record_vedtak
from bosett_server.actions.distribution import DraftCriteria, draft_round
from bosett_server.actions.forecast import set_need
from bosett_server.actions.interviews import hold_interview, mark_ready
from bosett_server.actions.life_events import record_left
from bosett_server.actions.placement_answers import accept_assignment
from bosett_server.actions.placement_work import run_placement
from bosett_server.actions.reception import announce_centre, register_centre, set_places
from bosett_server.actions.registration import NewPerson, register_household
from bosett_server.actions.registry import load_registry
from bosett_server.actions.round_sending import send_round
from bosett_server.actions.settlements import agree_settlement_date, settle
from bosett_server.actions.statistics import publish_tables
from bosett_server.queries.known import Known
from bosett_server.queries.registry import profile
from bosett_server.queries.statistics import WHOLE, published_year
from bosett_server.records.models import (
    Assignment,
    AuditEvent,
    GrantLine,
    Household,
    Person,
    Proposal,
    RoundLine,
    Settlement,
)
from tests.bosett_server.cast import HERE, World, world

NEED = 12_000
STEPS = (
    "set_need", "draft_round", "send_round", "record_vedtak", "approve_vedtak", "register_centre",
    "announce_centre", "set_places", "register_household", "hold_interview", "mark_ready", "ask_run", "begin_run",
    "finish_run", "decide_assignments", "accept_assignment", "agree_settlement_date", "settle", "compute_grant_lines",
    "publish_tables",
)  # fmt: skip


@dataclass
class Way:
    """The stage, the clock and what has been made on the way."""

    stage: World
    settings: Any
    first: date
    day: date

    def later(self, days: int) -> date:
        """Some days pass."""
        self.day += timedelta(days=days)
        self.settings.BOSETT_TODAY = self.day
        return self.day

    def people(self) -> dict[str, int]:
        """Persons registered, and where they are now."""
        with acting(SYSTEM):
            left = Person.objects.filter(left_on__isnull=False).count()
            settled = Settlement.objects.filter(person__left_on__isnull=True).count()
            waiting = Person.objects.filter(left_on__isnull=True, settlement__isnull=True)
            return {
                "in": Person.objects.count(),
                "waiting": waiting.count(),
                "settled": settled,
                "left": left,
            }


@pytest.fixture
def way(db, settings, tmp_path) -> Callable[[date], Way]:
    settings.STATIC_ROOT = tmp_path

    def begin(first: date) -> Way:
        settings.BOSETT_TODAY = first
        stage = world()
        load_registry(SYSTEM, on=first)
        return Way(stage, settings, first, first)

    return begin


def person(number: int, born: date, basis: Basis = Basis.ASYLUM) -> NewPerson:
    """Somebody who does not exist."""
    return NewPerson("Blid", f"Testperson {number}", born, "female" if number % 2 else "male", "SYR", basis)


def need_to_vedtak(way: Way) -> int:
    """The State asks, the municipality answers; what it was asked for is given back."""
    lead, decider = way.stage["imdi_lead"], way.stage["municipality_decider"]
    year = way.first.year
    set_need(lead, year=year, value=NEED, source="Syntetisk behov", valid_from=way.day)
    number = draft_round(
        lead, year=year, criteria=DraftCriteria(), answer_due_on=way.day + timedelta(days=60)
    )
    with acting(lead):
        drafted = list(RoundLine.objects.filter(round_id=number).values_list("municipality_id", "asked"))
    assert sum(asked for _, asked in drafted) == NEED
    send_round(lead, round=number, reason="Syntetisk runde", unheard_reason="agreed_without")
    way.later(30)
    record_vedtak(
        decider, municipality=HERE, year=year, kind=AnswerKind.NUMBER, numbers={Group.ALL: 10},
        decided_on=way.day, source="Sak 1",
    )  # fmt: skip
    approve_vedtak(decider, municipality=HERE, year=year)
    return dict(drafted)[HERE]


def centre(way: Way) -> Actor:
    """UDI opens a centre; the one who works there."""
    udi = way.stage["udi_reception"]
    number = register_centre(
        udi, name="Syntetisk mottak", kind=PlaceKind.ORDINARY, operator_kind="municipal", municipality=HERE,
        opens_on=way.day, informed_on=way.day,
    )  # fmt: skip
    announce_centre(udi, centre=number)
    set_places(udi, centre=number, kind=PlaceKind.ORDINARY, number=80, starts_on=way.day)
    return replace(way.stage["centre"], centre_id=number)


def arrive(way: Way, at: Actor, persons: list[NewPerson]) -> str:
    """A household comes to the centre with a permit."""
    return register_household(
        way.stage["udi_reception"], track=Track.ASYLUM, language="ar", persons=persons, arrived_on=way.day,
        centre_id=at.centre_id, permit_on=way.day,
    )  # fmt: skip


def heard_and_ready(way: Way, at: Actor, home: str) -> None:
    """The household says what it wishes, may comment, and is ready."""
    held = way.later(5)
    hold_interview(
        at, household=home,
        answers={
            "held_on": held, "interpreter": "used", "interpreter_language": "ar", "wishes": [HERE], "ties": [],
            "health_consent": True, "child_best_interests": "Barnet bør bo nær skole.",
            "comment_invited_on": held, "comment_due_on": held + timedelta(days=14),
        },
    )  # fmt: skip
    way.later(15)
    mark_ready(way.stage["imdi_caseworker"], household=home, needs=[])


def placed(way: Way, home: str) -> Assignment:
    """The engine proposes, a named person decides, the municipality accepts."""
    caseworker, coordinator = way.stage["imdi_caseworker"], way.stage["municipality_coordinator"]
    run_placement(caseworker, year=way.first.year)
    with acting(caseworker):
        proposal = Proposal.objects.get(household_id=home, state="open")
    assert proposal.municipality_id == HERE
    (number,) = decide_assignments(caseworker, proposals=[proposal.pk])
    way.later(2)
    with acting(coordinator):
        card = Assignment.objects.get(pk=number)
        assert Household.objects.filter(pk=home).count() == 0  # the file comes with the acceptance
    accept_assignment(coordinator, assignment=number, version=card.version)
    with acting(coordinator):
        assert Household.objects.filter(pk=home).count() == 1
        return Assignment.objects.get(pk=number)


def settled(way: Way, home: str) -> list[GrantLine]:
    """A day is agreed, they arrive, the money's lines stand."""
    coordinator = way.stage["municipality_coordinator"]
    agree_settlement_date(coordinator, household=home, day=way.day + timedelta(days=20))
    arrived = way.later(20)
    with acting(coordinator):
        ids = [str(one.pk) for one in Person.objects.filter(household_id=home)]
    settle(coordinator, household=home, persons=dict.fromkeys(ids, arrived))
    with acting(coordinator):
        rows = GrantLine.objects.filter(person__household_id=home, superseded_at__isnull=True)
        return list(rows.order_by("scheme", "id"))


def walk(way: Way) -> tuple[Way, str, int, list[GrantLine]]:
    """All the way: one household settles, one waits, one person leaves."""
    asked = need_to_vedtak(way)
    at = centre(way)
    family = [person(1, date(1988, 4, 2)), person(2, date(1990, 9, 9)), person(3, date(2014, 6, 1))]
    home = arrive(way, at, family)
    arrive(way, at, [person(4, date(1995, 1, 1)), person(5, date(1996, 1, 1))])
    gone = arrive(way, at, [person(6, date(1970, 1, 1))])
    assert way.people() == {"in": 6, "waiting": 6, "settled": 0, "left": 0}
    heard_and_ready(way, at, home)
    record_left(way.stage["udi_reception"], household=gone, on=way.day, reason="left_norway")
    placed(way, home)
    lines = settled(way, home)
    publish_tables(way.stage["imdi_lead"], year=way.first.year)
    return way, home, asked, lines


def test_the_way_of_2024_ends_in_a_grant_of_three_known_rates_and_two_that_no_source_tells(way):
    walked, home, asked, lines = walk(way(date(2024, 1, 8)))
    assert [(one.scheme, one.amount_nok, one.status) for one in lines] == [
        *[("integration", 194_400, "calculated")] * 3,
        *[("norwegian_person", None, "rate_missing")] * 2,  # the adults; a child is not trained by this grant
    ]
    with acting(SYSTEM):
        row = Household.objects.get(pk=home)
    assert (row.stage, row.assigned_municipality_id) == ("settled", HERE)
    _check_figures(walked, asked)
    _check_people(walked)
    _check_log(walked, home)


def test_a_way_in_a_year_without_known_rates_ends_in_lines_without_an_amount(way):
    walked, _home, _asked, lines = walk(way(date(2027, 1, 4)))
    assert {(one.status, one.amount_nok) for one in lines} == {("rate_missing", None)}
    assert sorted(one.rule for one in lines) == [
        "grants/integration/year1_child",
        *["grants/integration/year1_other_adult"] * 2,
        *["grants/norwegian/person_ordinary_year1"] * 2,
    ]
    _check_people(walked)


def _check_figures(walked: Way, asked: int) -> None:
    """The municipality's page and the published funnel say the same."""
    actor, known = walked.stage["municipality_coordinator"], Known(walked.day, walked.day)
    with acting(actor):
        found = profile(actor, HERE, walked.first.year, known)
    everybody = next(row for row in found.places or () if row.group == "all")
    assert found.request.asked[Group.ALL] == Figure.of(asked)
    assert found.request.voted[Group.ALL] == Figure.of(10)
    assert (everybody.assigned, everybody.settled, everybody.left) == (3, 3, 7)
    assert [(one.scheme, one.amount_nok, one.missing) for one in found.grants or ()] == [
        ("integration", 583_200, 0),
        ("norwegian_person", None, 2),
    ]
    with acting(PUBLIC):
        figures = published_year(PUBLIC, walked.first.year)["funnel"].row(WHOLE).figures
    assert (figures["need"], figures["asked"], figures["voted"]) == (
        Figure.of(NEED), Figure.of(NEED), Figure.of(10),
    )  # fmt: skip
    assert figures["settled"] == Figure.missing(State.SUPPRESSED)  # three persons are too few to show


def _check_people(walked: Way) -> None:
    people = walked.people()
    assert people == {"in": 6, "waiting": 2, "settled": 3, "left": 1}
    assert people["in"] == people["waiting"] + people["settled"] + people["left"]


def _check_log(walked: Way, home: str) -> None:
    """Every step is in the log, done, in order, and those about the household carry its id and no name."""
    with acting(walked.stage["auditor"]):
        done = list(AuditEvent.objects.filter(outcome="done").order_by("id"))
        refused = AuditEvent.objects.filter(outcome="refused").aggregate(all=Count("id"))["all"]
    verbs = [one.verb for one in done]
    assert refused == 0
    places = [verbs.index(step) for step in STEPS if step != "compute_grant_lines"]
    assert places == sorted(places)
    assert "compute_grant_lines" in verbs
    about = {one.verb for one in done if one.object_id == home}
    assert {"register_household", "hold_interview", "mark_ready", "agree_settlement_date", "settle"} <= about
    assert "Testperson" not in "".join(str(one.facts) for one in done)

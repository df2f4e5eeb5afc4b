"""What the service itself counts about the agreement: the same for every party, and nothing where nobody counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bosett_server.access.context import acting
from bosett_server.queries.agreement import evidence
from bosett_server.queries.agreement_counts import answers, dialogue, meetings, times
from bosett_server.queries.known import Known
from bosett_server.queries.year_report_facts import report_input
from bosett_server.records.models import (
    Assignment,
    Centre,
    CentreProcess,
    CentreStep,
    ConsultationAction,
    ConsultationMeeting,
    ConsultationProtocol,
    Enquiry,
    Household,
    Person,
    Settlement,
)
from tests.bosett_server.cast import DAY, HERE, NOW, YEAR, World, household, vedtak, world


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return world()


def counted(stage: World, what, role: str = "ks") -> dict[str, object]:
    with acting(stage[role]):
        return {one.what: one.value for one in what(YEAR, Known(DAY, DAY))}


def process(
    stage: World, direction: str, *, informed: date | None, done: date, document: str = "Brev"
) -> None:
    """A centre that was announced ten days before it opened or closed."""
    with acting(stage["system"]):
        centre = Centre.objects.create(
            name="Syntetisk", kind="ordinary", operator_kind="private", municipality_id=HERE, opens_on=done,
            synthetic=True,
        )  # fmt: skip
        announced = done - timedelta(days=10)
        row = CentreProcess.objects.create(
            centre=centre, municipality_id=HERE, direction=direction, name="x", kind="ordinary", planned_on=done,
            answer_days=14, informed_on=informed, announced_on=announced, ended_on=done, synthetic=True,
        )  # fmt: skip
        steps = [("informed", informed), ("announced", announced), ("done", done)]
        CentreStep.objects.bulk_create(
            CentreStep(process=row, step=step, on=on, told="x", document=document, recorded_at=NOW)
            for step, on in steps
            if on is not None
        )


def test_notice_of_centres_is_counted_in_days_with_its_documents(stage):
    process(stage, "opening", informed=date(2026, 1, 1), done=date(2026, 2, 1))
    process(stage, "opening", informed=date(2026, 1, 22), done=date(2026, 2, 1))
    process(stage, "closing", informed=None, done=date(2026, 3, 1))
    # By hand: 31, 10 and no day's notice; the middle one is 10.  The third was told of only when it closed.
    assert counted(stage, dialogue) == {
        "openings": 2, "openings_informed": 2, "closings": 1, "closings_informed": 0,
        "notice_days_median": 10, "notice_days_shortest": 0, "centre_processes": 3, "centre_processes_documented": 2,
    }  # fmt: skip


def test_a_centre_that_opens_later_is_not_told_and_no_centre_is_not_zero(stage):
    assert counted(stage, dialogue) == {}
    process(stage, "opening", informed=date(2026, 3, 1), done=date(2026, 4, 1))
    assert counted(stage, dialogue) == {}


def offered(stage: World, *, due: date, answered: date | None) -> Assignment:
    home = household(stage)
    with acting(stage["imdi_caseworker"]):
        row = Assignment.objects.create(
            household=home, municipality_id=HERE, year=YEAR, group="all", persons=2, track="asylum",
            decided_by=stage.users["imdi_caseworker"], decided_at=NOW, answer_due_on=due,
        )  # fmt: skip
        if answered is not None:
            at = datetime(answered.year, answered.month, answered.day, 11, tzinfo=UTC)
            Assignment.objects.filter(pk=row.pk).update(
                state="accepted", answered_at=at, answered_by=stage.users["municipality_coordinator"]
            )
    return row


def test_answers_and_questions_are_in_time_by_the_municipalitys_own_deadline(stage):
    vedtak(HERE, 60)
    first = offered(stage, due=date(2026, 3, 10), answered=date(2026, 3, 10))
    offered(stage, due=date(2026, 3, 10), answered=date(2026, 3, 11))
    offered(stage, due=date(2026, 3, 15), answered=None)  # over, and no answer
    offered(stage, due=date(2026, 3, 30), answered=None)  # not due yet
    with acting(stage["system"]):
        for answered in (date(2026, 3, 9), date(2026, 3, 12)):
            Enquiry.objects.create(
                assignment=first, question_code="health", asked_by=stage.users["municipality_coordinator"],
                asked_at=NOW, answered_at=datetime(answered.year, answered.month, answered.day, 11, tzinfo=UTC),
            )  # fmt: skip
    assert counted(stage, answers) == {
        "answers_due": 3, "answers_in_time": 1, "questions": 2, "questions_answered_in_time": 1,
    }  # fmt: skip


def settled(stage: World, permit: date, on: date, persons: int, group: str = "all") -> None:
    vedtak(HERE, 60, group=group)
    home = household(stage, persons=persons, group=group)
    with acting(stage["system"]):
        Household.objects.filter(pk=home.pk).update(permit_on=permit)
        row = Assignment.objects.create(
            household=home, municipality_id=HERE, year=YEAR, group=group, persons=persons, track="asylum",
            decided_by=stage.users["imdi_caseworker"], decided_at=NOW, answer_due_on=DAY,
        )  # fmt: skip
        Assignment.objects.filter(pk=row.pk).update(
            state="accepted", answered_at=NOW, answered_by=stage.users["imdi_lead"]
        )
        for one in Person.objects.filter(household=home):
            Settlement.objects.create(
                person=one, municipality_id=HERE, settled_on=on, assignment=row, recorded_at=NOW,
                recorded_by=stage.users["municipality_coordinator"],
            )  # fmt: skip


def test_time_is_counted_by_group_and_not_told_of_fewer_than_five(stage):
    settled(stage, date(2025, 12, 1), date(2026, 3, 1), 4)  # 90 days
    settled(stage, date(2025, 8, 1), date(2026, 3, 1), 2)  # 212 days
    settled(stage, date(2026, 1, 1), date(2026, 2, 1), 1, group="em_under15")
    # By hand: of six persons four within 91 days; the middle one of 90, 90, 90, 90, 212, 212 is 90.
    assert counted(stage, times) == {
        "median_days_all": 90, "within_three_percent_all": 67, "within_six_percent_all": 67,
    }  # fmt: skip


def meeting(day: date, state: str) -> ConsultationMeeting:
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return ConsultationMeeting.objects.create(
        kind="consultation", title="Konsultasjon", starts=at, ends=at + timedelta(hours=2),
        parties=["AID", "KS"], agreement="2022-25" if day.year < 2026 else "2026-29", state=state,
    )  # fmt: skip


def test_meetings_and_actions_are_counted_where_a_meeting_is_stored(stage):
    assert counted(stage, meetings) == {}
    with acting(stage["ks"]):
        held, _ = (meeting(date(2026, 2, 2), "held"), meeting(date(2026, 5, 4), "called"))
        for due, done in (
            (date(2026, 3, 1), date(2026, 2, 20)),
            (date(2026, 3, 1), date(2026, 3, 9)),
            (date(2026, 3, 10), None),
            (date(2026, 6, 1), None),
        ):
            ConsultationAction.objects.create(
                meeting=held, text="Gjør noe", owner="KS", decided_on=date(2026, 2, 2), due=due, done_on=done
            )
    # By hand: one held; three actions whose day has come, one of them in time.
    assert counted(stage, meetings) == {"meetings": 1, "actions_due": 3, "actions_done_in_time": 1}


@pytest.mark.parametrize(
    "role", ["imdi_lead", "ministry", "county", "municipality_decider", "udi_reception", "nav"]
)
def test_every_party_reads_the_same_counts(stage, role):
    process(stage, "opening", informed=date(2026, 1, 1), done=date(2026, 2, 1))
    settled(stage, date(2025, 12, 1), date(2026, 3, 1), 6)
    for what in (dialogue, answers, times, meetings):
        assert counted(stage, what, role) == counted(stage, what, "ks")
    with acting(stage["public"]):
        assert not any(
            what(YEAR, Known(DAY, DAY)) and list(what(YEAR, Known(DAY, DAY))) for what in (dialogue, times)
        )


def test_the_report_tells_what_published_protocols_say_and_not_that_nothing_was_said(stage):
    with acting(stage["ks"]):
        assert report_input(stage["ks"], 2025, Known(DAY, DAY)).discussed is None
        book = evidence(stage["ks"], 2025, Known(DAY, DAY)).book
    assert book.newest("meetings", 2025, DAY) is None
    with acting(stage["ks"]):
        row = meeting(date(2025, 11, 3), "held")
        ConsultationProtocol.objects.create(
            meeting=row, version=1, published_at=row.starts + timedelta(days=9),
            content={
                "title": "Konsultasjon", "starts": "2025-11-03T10:00+01:00", "decisions": ["Varsel tidligere."],
                "actions": [{"text": "Lag et forslag", "owner": "KS", "due": "2026-01-15"}],
            },
        )  # fmt: skip
    with acting(stage["ks"]):
        told = report_input(stage["ks"], 2025, Known(DAY, DAY)).discussed
    assert told is not None
    assert [one.decided for one in told] == ["Varsel tidligere.", "KS: Lag et forslag (15. januar 2026)"]
    assert told[0].matter == "Konsultasjon, 3. november 2025"

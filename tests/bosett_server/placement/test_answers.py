"""Yes, no, a question, and what time does to an offer."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.assignments import withdraw_assignment
from bosett_server.actions.placement_answers import (
    accept_assignment,
    answer_enquiry,
    ask_about_assignment,
    decline_assignment,
    expire_assignments,
    remind_assignments,
)
from bosett_server.records.models import Enquiry
from tests.bosett_server.cast import HERE, THERE, household
from tests.bosett_server.placement.scenes import (
    assignment,
    events,
    home_now,
    notices,
    offer,
    quota,
)


def test_a_yes_assigns_the_household_and_opens_its_file_to_the_municipality(stage):
    home = household(stage)
    one = offer(stage, home=home)
    accept_assignment(stage["municipality_coordinator"], assignment=one.pk, version=1)
    assert (assignment(one.pk).state, home_now(home).stage) == ("accepted", "assigned")
    assert home_now(home).assigned_municipality_id == HERE
    assert quota().assigned == 2
    assert len(notices(stage, "imdi_caseworker", "assignment_accepted")) == 1
    assert notices(stage, "municipality_coordinator", "card_received") == []
    (event,) = events(stage, "accept_assignment")
    assert (event.object_id, event.outcome) == (str(one.pk), "done")


def test_a_no_gives_the_places_back_and_keeps_the_coded_reason(stage):
    home = household(stage)
    one = offer(stage, home=home)
    decline_assignment(
        stage["municipality_coordinator"],
        assignment=one.pk,
        version=1,
        reason="no_suitable_home",
        note="Ingen bolig",
    )
    stored = assignment(one.pk)
    assert (stored.state, stored.decline_reason, stored.decline_note) == (
        "declined",
        "no_suitable_home",
        "Ingen bolig",
    )
    assert (home_now(home).stage, quota().assigned) == ("ready", 0)
    assert "Ingen bolig" not in str(events(stage, "decline_assignment")[0].facts)


@pytest.mark.parametrize(
    ("reason", "note", "code"),
    [
        ("", "", "decline_without_reason"),
        ("we do not like them", "", "reason_not_known"),
        ("other", " ", "other_needs_note"),
    ],
)
def test_a_no_needs_a_reason_from_the_list(stage, reason, note, code):
    one = offer(stage)
    with pytest.raises(Refused, match=code):
        decline_assignment(
            stage["municipality_coordinator"], assignment=one.pk, version=1, reason=reason, note=note
        )
    assert assignment(one.pk).state == "offered"


def test_the_last_day_still_counts_and_the_day_after_does_not(stage, settings):
    first, second = offer(stage), offer(stage)
    settings.BOSETT_TODAY = date(2026, 3, 23)
    accept_assignment(stage["municipality_coordinator"], assignment=first.pk, version=1)
    settings.BOSETT_TODAY = date(2026, 3, 24)
    with pytest.raises(Refused, match="proposal_expired"):
        accept_assignment(stage["municipality_coordinator"], assignment=second.pk, version=1)
    assert assignment(second.pk).state == "offered"


def test_the_second_of_two_who_answer_is_told_that_it_is_answered(stage):
    one = offer(stage)
    accept_assignment(stage["municipality_coordinator"], assignment=one.pk, version=1)
    with pytest.raises(Refused) as refused:
        decline_assignment(
            stage["municipality_coordinator"], assignment=one.pk, version=1, reason="no_suitable_home"
        )
    assert (refused.value.code, refused.value.facts) == ("already_answered", {"state": "accepted"})
    assert assignment(one.pk).state == "accepted"


def test_an_old_version_is_not_answered(stage):
    one = offer(stage)
    with pytest.raises(Refused, match="somebody_changed_it_meanwhile"):
        accept_assignment(stage["municipality_coordinator"], assignment=one.pk, version=0)


def test_a_withdrawn_card_is_not_answered(stage):
    one = offer(stage)
    withdraw_assignment(stage["imdi_caseworker"], assignment=one.pk, version=1, reason="wrong_facts")
    with pytest.raises(Refused, match="card_withdrawn"):
        accept_assignment(stage["municipality_coordinator"], assignment=one.pk, version=2)


def test_another_municipality_cannot_answer_and_is_not_told_that_the_card_exists(stage):
    one = offer(stage)
    with pytest.raises(NotInSight):
        accept_assignment(stage["stranger"], assignment=one.pk, version=1)
    with pytest.raises(NotPermitted):
        accept_assignment(stage["imdi_caseworker"], assignment=one.pk, version=1)
    refused = [e for e in events(stage, "accept_assignment") if e.outcome == "refused"]
    assert [e.facts["code"] for e in refused] == ["not_in_sight", "not_permitted"]


def test_a_question_reaches_imdi_and_its_answer_gives_days_to_decide(stage, settings):
    one = offer(stage)
    number = ask_about_assignment(
        stage["municipality_coordinator"],
        assignment=one.pk,
        question="home_needs",
        text="Hvor mange soverom?",
    )
    assert len(notices(stage, "imdi_caseworker", "assignment_asked")) == 1
    with pytest.raises(Refused, match="question_open"):
        ask_about_assignment(stage["municipality_coordinator"], assignment=one.pk, question="network")
    settings.BOSETT_TODAY = date(2026, 3, 25)  # two days after the deadline
    assert expire_assignments(SYSTEM) == 0
    answer_enquiry(stage["imdi_caseworker"], enquiry=number, text="Tre.")
    # Two days of warning, as before every deadline.
    assert assignment(one.pk).answer_due_on == date(2026, 3, 27)
    assert len(notices(stage, "municipality_coordinator", "enquiry_answered")) == 1
    with pytest.raises(Refused, match="already_answered"):
        answer_enquiry(stage["imdi_caseworker"], enquiry=number, text="Fire.")
    accept_assignment(stage["municipality_coordinator"], assignment=one.pk, version=1)


def test_an_empty_answer_and_an_unknown_question_are_refused(stage):
    one = offer(stage)
    with pytest.raises(Refused, match="reason_not_known"):
        ask_about_assignment(stage["municipality_coordinator"], assignment=one.pk, question="religion")
    number = ask_about_assignment(stage["municipality_coordinator"], assignment=one.pk, question="network")
    with pytest.raises(Refused, match="answer_empty"):
        answer_enquiry(stage["imdi_caseworker"], enquiry=number, text=" ")
    with acting(stage["stranger"]):
        assert not Enquiry.objects.exists()


def test_offers_run_out_the_day_after_the_last_and_the_household_is_ready_again(stage, settings):
    home = household(stage)
    late, other = offer(stage, home=home), offer(stage, THERE)
    accept_assignment(stage["stranger"], assignment=other.pk, version=1)
    settings.BOSETT_TODAY = date(2026, 3, 23)
    assert expire_assignments(SYSTEM) == 0
    settings.BOSETT_TODAY = date(2026, 3, 24)
    assert expire_assignments(SYSTEM) == 1
    assert expire_assignments(SYSTEM) == 0
    assert (assignment(late.pk).state, home_now(home).stage, quota().assigned) == ("expired", "ready", 0)
    assert assignment(other.pk).state == "accepted"
    assert len(notices(stage, "imdi_caseworker", "assignment_expired")) == 1
    with pytest.raises(NotPermitted):
        expire_assignments(stage["imdi_lead"])


def test_one_reminder_is_sent_two_days_before(stage, settings):
    offer(stage)
    settings.BOSETT_TODAY = date(2026, 3, 20)
    assert remind_assignments(SYSTEM) == 0
    settings.BOSETT_TODAY = date(2026, 3, 21)
    assert remind_assignments(SYSTEM) == 1
    assert remind_assignments(SYSTEM) == 0
    (notice,) = notices(stage, "municipality_coordinator", "card_reminder")
    assert notice.due_on == date(2026, 3, 23)


def test_when_the_log_fails_the_answer_is_not_stored(stage, monkeypatch):
    one = offer(stage)

    def broken(*_args, **_kwargs):
        raise RuntimeError("the log is gone")

    monkeypatch.setattr("bosett_server.access.audit.append", broken)
    with pytest.raises(RuntimeError):
        accept_assignment(stage["municipality_coordinator"], assignment=one.pk, version=1)
    assert assignment(one.pk).state == "offered"

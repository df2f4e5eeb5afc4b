"""Meetings, agendas and papers: made by who may, refused by name, logged, rolled back."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import DatabaseError, connections

from bosett.terms.errors import Refused
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotPermitted
from bosett_server.actions.consultation_agenda import make_pack, set_agenda
from bosett_server.actions.consultation_meetings import cancel_meeting, hold_meeting, move_meeting
from bosett_server.actions.consultation_positions import share_position, write_position
from bosett_server.actions.consultation_protocols import (
    decide,
)
from bosett_server.queries.consultation import meeting
from bosett_server.queries.consultation_protocols import pack
from bosett_server.records.models import ConsultationMeeting
from tests.bosett_server.cast import DAY, HERE, world
from tests.bosett_server.consultation.scenes import (
    COORDINATOR,
    at,
    called,
    notices,
    of_ministry,
    raised,
    refused,
    with_agenda,
)

SOON = DAY + timedelta(days=30)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"title": " "}, "consultation_title_missing"),
        ({"ends": at(DAY, 9)}, "consultation_ends_before_it_begins"),
        ({"day": DAY - timedelta(days=1)}, "consultation_in_the_past"),
        ({"day": date(2030, 1, 7)}, "consultation_outside_agreement"),
        ({"day": date(2029, 12, 31), "ends": at(date(2030, 1, 1), 9)}, "consultation_outside_agreement"),
        ({"parties": ("AID", "KD")}, "consultation_not_a_party"),
        ({"parties": ("AID", HERE)}, "consultation_not_a_party"),
        ({"parties": ("KS", "JD")}, "consultation_caller_not_called"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused_by_name_and_nothing_is_stored(stage, told, code):
    refused(stage, "call_meeting", code, lambda: called(stage, **told))
    with acting(stage["ks"]):
        assert not ConsultationMeeting.objects.exists()


def test_two_meetings_at_once_for_one_party_are_refused_with_the_other_meeting_and_the_party(stage):
    called(stage, title="Boligmøtet")
    with pytest.raises(Refused) as caught:
        called(stage, who="ks", hour=10, parties=("KS", "JD"))
    assert caught.value.facts == {"title": "Boligmøtet", "party": "KS"}
    called(stage, who="ks", hour=11, parties=("KS", "JD"))
    with acting(stage["ks"]):
        assert ConsultationMeeting.objects.count() == 2


def test_a_cancelled_meeting_takes_no_time_and_a_moved_one_is_checked_anew(stage):
    first = called(stage)
    cancel_meeting(stage["ks"], number=first)
    second = called(stage, title="Nytt")
    later = called(stage, day=DAY + timedelta(days=1), title="Senere")
    told = {"title": "Senere", "starts": at(DAY, 10), "ends": at(DAY, 11), "parties": ("AID", "KS")}
    refused(
        stage, "move_meeting", "consultation_meetings_overlap",
        lambda: move_meeting(stage["ministry"], number=later, version=1, **told),
    )  # fmt: skip
    refused(
        stage, "move_meeting", "somebody_changed_it_meanwhile",
        lambda: move_meeting(stage["ministry"], number=second, version=7, **told),
    )  # fmt: skip
    free = told | {"starts": at(DAY, 14), "ends": at(DAY, 15)}
    move_meeting(stage["ministry"], number=later, version=1, **free)
    with acting(stage["ks"]):
        assert meeting(stage["ks"], later).day == DAY
    assert notices(stage, "ks").count("consultation_moved") == 1


def test_only_who_is_called_leads_and_only_who_leads_calls(stage):
    first = called(stage, parties=("AID", "KS"))
    for who in ("imdi_caseworker", "udi_reception", COORDINATOR, "county", "nav", "public"):
        with pytest.raises(NotPermitted):
            called(stage, who=who)
    with pytest.raises(NotPermitted):
        cancel_meeting(stage["imdi_lead"], number=first)
    of_ministry(stage, "JD")
    with pytest.raises(NotPermitted):
        set_agenda(stage["JD"], number=first)


@pytest.mark.django_db(transaction=True)
def test_of_two_meetings_called_in_the_same_moment_one_is_refused(settings):
    settings.BOSETT_TODAY = DAY
    stage, codes = world(), []

    def call(who: str) -> None:
        try:
            codes.append(called(stage, who=who) and "called")
        except Refused as told:
            codes.append(told.code)
        finally:
            connections.close_all()

    threads = [Thread(target=call, args=(who,)) for who in ("ministry", "ks")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(codes) in (
        ["called", "consultation_meetings_overlap"],
        ["called", "consultation_busy_then"],
    )


def test_the_table_itself_keeps_a_party_from_two_meetings(stage):
    called(stage)
    row = {"kind": "committee", "title": "x", "starts": at(DAY, 10), "ends": at(DAY, 12), "parties": ["KS"],
           "agreement": "2026-29"}  # fmt: skip
    with pytest.raises(DatabaseError, match="consultation_busy_then"), acting(stage["ks"]):
        ConsultationMeeting.objects.create(**row)


def test_what_is_left_out_waits_and_papers_without_an_agenda_are_refused(stage):
    number, wait = called(stage), raised(stage)
    count = set_agenda(stage["ks"], number=number, leave_out=[wait])
    assert set_agenda(stage["ks"], number=number) == count + 1
    with acting(stage["ks"]):
        assert meeting(stage["ks"], number).agenda_version == 2
    refused(stage, "make_pack", "consultation_no_agenda", lambda: make_pack(
        stage["ks"], number=called(stage, day=DAY + timedelta(days=1))))  # fmt: skip


def test_a_meeting_is_held_on_its_day_with_an_agenda_and_then_written_about(stage):
    later = called(stage, day=DAY + timedelta(days=2))
    raised(stage)
    set_agenda(stage["ks"], number=later)
    refused(stage, "hold_meeting", "consultation_not_yet", lambda: hold_meeting(stage["ks"], number=later))
    refused(stage, "decide", "consultation_not_held", lambda: decide(stage["ks"], number=later, text="Ja."))
    today = called(stage)
    refused(stage, "hold_meeting", "consultation_no_agenda", lambda: hold_meeting(stage["ks"], number=today))
    set_agenda(stage["ks"], number=today)
    hold_meeting(stage["ks"], number=today)
    refused(stage, "set_agenda", "consultation_not_called", lambda: set_agenda(stage["ks"], number=today))


def test_a_ministry_is_told_by_its_own_users_and_not_by_anothers(stage):
    of_ministry(stage, "JD")
    called(stage, who="ks", parties=("KS", "JD"))
    assert notices(stage, "JD") == ["consultation_called"]
    assert notices(stage, "ministry") == []


def test_a_pack_keeps_what_it_said_when_more_is_shared(stage):
    number, told = with_agenda(stage)
    first = make_pack(stage["ks"], number=number)
    write_position(stage["ks"], number=told, kind="position", text="Delt.", version=0)
    share_position(stage["ks"], number=told, kind="position", version=1)
    second = make_pack(stage["ks"], number=number)
    assert (first, second) == (1, 2)
    with acting(stage["ministry"]):
        before, after = (str(pack(stage["ministry"], number, one).content) for one in (first, second))
    assert ("Delt." in before, "Delt." in after) == (False, True)

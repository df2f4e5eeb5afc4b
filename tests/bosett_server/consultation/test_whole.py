"""A whole consultation as its users have it, from the figure that crosses a limit to the action seen as done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bosett_server.access.context import acting
from bosett_server.actions.consultation_actions import give_action, report_action
from bosett_server.actions.consultation_agenda import make_pack, set_agenda
from bosett_server.actions.consultation_matters import support_matter
from bosett_server.actions.consultation_meetings import hold_meeting
from bosett_server.actions.consultation_positions import share_position, write_position
from bosett_server.actions.consultation_protocols import (
    approve_protocol,
    decide,
    publish_protocol,
    write_minutes,
)
from bosett_server.queries.consultation import action, items, meeting
from bosett_server.queries.consultation_matters import matter
from bosett_server.queries.consultation_protocols import pack, protocol
from tests.bosett_server.cast import DAY, HERE, THERE, vedtak, world
from tests.bosett_server.consultation.scenes import called, notices, raised

SIGN = "Den nasjonale oppgaven løses sammen: vedtatte plasser mot behovet"
FIRST, SECOND = DAY + timedelta(days=14), DAY + timedelta(days=70)


@pytest.fixture
def stage(db, settings):
    settings.BOSETT_TODAY = DAY
    return world()


def agenda(stage, number):
    with acting(stage["ks"]):
        return [(one.kind, one.why, one.title) for one in items(stage["ks"], meeting(stage["ks"], number))]


def test_a_whole_consultation_from_a_limit_crossed_to_an_action_done(stage, settings):
    # 110 persons need a place: 60 are voted, and the other municipality has not answered.
    vedtak(HERE, 60)
    told = raised(stage, title="For få store boliger")
    support_matter(stage["ks"], number=told)
    first = called(stage, day=FIRST)
    assert notices(stage, "ks") == ["consultation_called"]
    assert set_agenda(stage["ministry"], number=first) == len(agenda(stage, first))
    assert ("indicator", "at_risk", SIGN) in agenda(stage, first)
    assert agenda(stage, first)[-1] == ("matter", "", "For få store boliger")
    with acting(stage["ks"]):
        one = matter(stage["ks"], told)
    assert (one.named, one.behind, one.raised_by) == ((HERE, "KS"), 2, HERE)
    assert "consultation_taken_up" in notices(stage, "municipality_coordinator")

    write_position(stage["ks"], number=told, kind="position", text="Kommunene trenger midler.", version=0)
    write_position(
        stage["ministry"], number=told, kind="proposal", text="Vi foreslår en tiltakspakke.", version=0
    )
    share_position(stage["ks"], number=told, kind="position", version=1)
    papers = make_pack(stage["ministry"], number=first)
    with acting(stage["ks"]):
        page = next(p for p in pack(stage["ks"], first, papers).content["pages"] if p["kind"] == "matter")
    assert [(s["party"], s["text"]) for s in page["said"]] == [("KS", "Kommunene trenger midler.")]

    settings.BOSETT_TODAY = FIRST
    hold_meeting(stage["ks"], number=first)
    decide(stage["ministry"], number=first, text="Partene kartlegger boligene.", matter=told)
    due = FIRST + timedelta(days=30)
    given = give_action(
        stage["ministry"], number=first, text="Kartlegg store boliger", owner="KS", due=due, matter=told
    )
    assert "consultation_action_given" in notices(stage, "ks")
    write_minutes(stage["ks"], number=first, kind="minutes", text="Internt referat.", version=0)
    write_minutes(
        stage["ministry"], number=first, kind="protocol", text="Partene drøftet boliger.", version=0
    )
    for who in ("ministry", "ks", "imdi_lead"):
        approve_protocol(stage[who], number=first, version=1)
    publish_protocol(stage["ks"], number=first)
    with acting(stage["public"]):
        told_to_all = protocol(first).content
    assert told_to_all["decisions"] == ["Partene kartlegger boligene."]
    assert told_to_all["actions"] == [
        {"text": "Kartlegg store boliger", "owner": "KS", "due": due.isoformat()}
    ]
    assert "Internt referat." not in str(told_to_all)

    settings.BOSETT_TODAY = done = FIRST + timedelta(days=20)
    report_action(stage["ks"], number=given, done_on=done, report="312 boliger er kartlagt.", version=1)
    with acting(stage["ks"]):
        assert action(stage["ks"], given, done).standing == "done"
    second = called(stage, day=SECOND)
    set_agenda(stage["ks"], number=second)
    assert agenda(stage, second)[0] == ("action", "done", "Kartlegg store boliger")
    again = make_pack(stage["ks"], number=second)
    with acting(stage["ministry"]):
        since = pack(stage["ministry"], second, again).content["since"]
    assert [(one["text"], one["why"], one["report"]) for one in since] == [
        ("Kartlegg store boliger", "done", "312 boliger er kartlagt.")
    ]


def test_a_limit_that_was_crossed_before_the_last_meeting_is_no_news_and_one_crossed_since_is(
    stage, settings
):
    raised(stage)
    vedtak(HERE, 60)
    vedtak(THERE, 50)
    first = called(stage)
    set_agenda(stage["ministry"], number=first)
    hold_meeting(stage["ministry"], number=first)
    assert "vedtatte plasser mot behovet" not in str(agenda(stage, first))
    # 60 + 49 of the 110 that are needed, and everybody has answered.
    vedtak(THERE, 49)
    settings.BOSETT_TODAY = later = DAY + timedelta(days=10)
    second = called(stage, day=later)
    set_agenda(stage["ministry"], number=second)
    assert [why for kind, why, title in agenda(stage, second) if kind == "indicator"] == ["not_kept"]
    hold_meeting(stage["ministry"], number=second)
    third = called(stage, day=later, hour=12)
    set_agenda(stage["ministry"], number=third)
    assert [title for kind, _, title in agenda(stage, third) if kind == "indicator"] == []

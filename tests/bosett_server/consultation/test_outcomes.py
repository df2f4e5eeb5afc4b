"""Decisions, actions, minutes and protocols: by who may, refused by name, logged, rolled back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError

from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.consultation_actions import (
    give_action,
    move_action,
    remind_consultation_actions,
    report_action,
)
from bosett_server.actions.consultation_positions import share_position, write_position
from bosett_server.actions.consultation_protocols import (
    approve_protocol,
    decide,
    publish_protocol,
    withdraw_decision,
    write_minutes,
)
from bosett_server.queries.consultation_protocols import outcome, protocol
from bosett_server.records.models import ConsultationAction, ConsultationText
from tests.bosett_server.cast import DAY, HERE
from tests.bosett_server.consultation.scenes import (
    COORDINATOR,
    held,
    notices,
    of_ministry,
    raised,
    refused,
)

SOON = DAY + timedelta(days=30)


def test_what_is_stored_says_for_ever_what_it_said(stage):
    number = raised(stage)
    write_position(stage["ks"], number=number, kind="position", text="Ja.", version=0)
    with pytest.raises(DatabaseError, match="consultation_text_stands"), acting(stage["ks"]):
        ConsultationText.objects.filter(party="KS").update(text="Nei.")
    with acting(stage["ks"]):
        assert ConsultationText.objects.filter(party="KS").delete()[0] == 0
    share_position(stage["ks"], number=number, kind="position", version=1)
    with pytest.raises(DatabaseError, match="consultation_text_stands"), acting(stage["ks"]):
        ConsultationText.objects.filter(party="KS").update(shared_at=None)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"owner": " "}, "consultation_action_without_owner"),
        ({"owner": "KD"}, "consultation_not_a_party"),
        ({"owner": HERE}, "consultation_not_a_party"),
        ({"text": " "}, "consultation_text_missing"),
        ({"due": DAY - timedelta(days=1)}, "consultation_due_before_meeting"),
        ({"due": date(2030, 1, 1)}, "consultation_due_outside_agreement"),
        ({"due": date(2025, 12, 31)}, "consultation_due_outside_agreement"),
        ({"matter": 999}, "consultation_not_on_the_agenda"),
    ],
)
def test_an_action_without_owner_or_on_a_wrong_day_is_refused_by_name(stage, told, code):
    number, _ = held(stage)
    given = {"text": "Kartlegg", "owner": "KS", "due": SOON} | told
    refused(stage, "give_action", code, lambda: give_action(stage["ks"], number=number, **given))
    with acting(stage["ks"]):
        assert not ConsultationAction.objects.exists()


def test_an_action_is_moved_by_the_leads_and_done_by_its_owner_alone(stage, settings):
    number, _ = held(stage)
    given = give_action(stage["ministry"], number=number, text="Kartlegg", owner="KS", due=SOON)
    move_action(stage["ministry"], number=given, due=SOON + timedelta(days=1), version=1)
    report = {"number": given, "done_on": DAY, "report": "Gjort."}
    with pytest.raises(NotPermitted):
        report_action(stage["ministry"], version=2, **report)
    refused(
        stage, "report_action", "somebody_changed_it_meanwhile",
        lambda: report_action(stage["ks"], version=1, **report),
    )  # fmt: skip
    refused(
        stage, "report_action", "consultation_done_wrong_day",
        lambda: report_action(stage["ks"], version=2, **(report | {"done_on": DAY + timedelta(days=1)})),
    )  # fmt: skip
    report_action(stage["ks"], version=2, **report)
    refused(
        stage, "move_action", "consultation_action_done",
        lambda: move_action(stage["ministry"], number=given, due=SOON, version=3),
    )  # fmt: skip
    with pytest.raises(NotInSight):
        report_action(stage["ks"], version=1, **(report | {"number": 999}))


def test_an_owner_is_reminded_once_before_and_once_after_the_due_day(stage, settings):
    number, _ = held(stage)
    give_action(stage["ministry"], number=number, text="Kartlegg", owner="KS", due=SOON)
    seen = []
    for day in (DAY, SOON - timedelta(days=14), SOON, SOON + timedelta(days=1), SOON + timedelta(days=2)):
        settings.BOSETT_TODAY = day
        seen.append(remind_consultation_actions(SYSTEM))
    # By hand: 14 days before it is due soon, the day after it is late; each told once.
    assert seen == [0, 1, 0, 1, 0]
    told = [code for code in notices(stage, "ks") if code.endswith(("_due", "_late"))]
    assert told == ["consultation_action_due", "consultation_action_late"]
    assert not [code for code in notices(stage, "ministry") if code.endswith(("_due", "_late"))]


def test_a_protocol_is_open_when_all_have_approved_the_same_version_and_then_stands(stage):
    number, matter_ = held(stage)
    stray = decide(stage["ks"], number=number, text="Feil.")
    withdraw_decision(stage["ks"], number=number, decision=stray)
    decide(stage["ks"], number=number, text="Åpent.", matter=matter_, closes=True)
    decide(stage["ks"], number=number, text="Lukket.", is_open=False)
    refused(
        stage,
        "publish_protocol",
        "consultation_no_protocol",
        lambda: publish_protocol(stage["ks"], number=number),
    )
    write_minutes(stage["ks"], number=number, kind="protocol", text="Utkast.", version=0)
    approve_protocol(stage["ks"], number=number, version=1)
    refused(
        stage,
        "decide",
        "consultation_approved_already",
        lambda: decide(stage["ks"], number=number, text="Mer."),
    )
    refused(
        stage, "approve_protocol", "consultation_approved_by_you",
        lambda: approve_protocol(stage["ks"], number=number, version=1),
    )  # fmt: skip
    write_minutes(stage["ministry"], number=number, kind="protocol", text="Endelig.", version=1)
    refused(
        stage, "approve_protocol", "somebody_changed_it_meanwhile",
        lambda: approve_protocol(stage["ks"], number=number, version=1),
    )  # fmt: skip
    for who in ("ministry", "ks"):
        approve_protocol(stage[who], number=number, version=2)
    with pytest.raises(Refused) as caught:
        publish_protocol(stage["ks"], number=number)
    assert caught.value.facts == {"parties": "IMDi"}
    with pytest.raises(NotInSight), acting(stage["public"]):
        protocol(number)
    approve_protocol(stage["imdi_lead"], number=number, version=2)
    publish_protocol(stage["ks"], number=number)
    refused(
        stage, "publish_protocol", "consultation_published_already",
        lambda: publish_protocol(stage["ks"], number=number),
    )  # fmt: skip
    with acting(stage["public"]):
        told = protocol(number).content
    assert (told["text"], told["decisions"]) == ("Endelig.", ["Åpent."])


def test_minutes_are_the_called_parties_alone(stage):
    number, _ = held(stage)
    write_minutes(stage["ks"], number=number, kind="minutes", text="Internt.", version=0)
    of_ministry(stage, "JD")
    seen = {}
    for who in ("ministry", "ks", "imdi_caseworker", "JD", "udi_reception", COORDINATOR, "nav", "public"):
        with acting(stage[who]):
            seen[who] = len(outcome(stage[who], number).minutes)
    assert {who for who, count in seen.items() if count} == {"ministry", "ks", "imdi_caseworker"}
    with pytest.raises(NotPermitted):
        approve_protocol(stage["udi_reception"], number=number, version=1)

"""What was changed in meetings, actions and matters is kept and shown, and tells nobody's name that was not given."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.consultation_actions import give_action, move_action
from bosett_server.actions.consultation_agenda import set_agenda
from bosett_server.actions.consultation_matters import end_matter
from bosett_server.actions.consultation_meetings import move_meeting
from bosett_server.queries.consultation_history import action_changes, matter_changes, meeting_changes
from tests.bosett_server.cast import DAY
from tests.bosett_server.consultation.scenes import COORDINATOR, at, called, held, raised, with_agenda


def test_a_moved_meeting_shows_how_it_was_when_and_in_whose_name(stage, client):
    meeting = called(stage, title="Boligmøtet", place="Oslo")
    told = {"title": "Boligmøtet igjen", "starts": at(DAY, 13), "ends": at(DAY, 15), "parties": ("AID", "KS")}
    move_meeting(stage["ks"], number=meeting, version=1, place="Hamar", **told)
    with acting(stage["ministry"]):
        (change,) = meeting_changes(stage["ministry"], meeting)
    assert (change.body, change.before["place"], change.after["place"]) == ("KS", "Oslo", "Hamar")
    client.force_login(stage.users[COORDINATOR])
    client.cookies["language"] = "nb"
    page = client.get(f"/agreement/consultation/meetings/{meeting}/").content.decode()
    for words in ("Slik var det før", "Tittelen var: Boligmøtet", "09:00–11:00",
                  "Stedet var: Oslo", "Innkalt var:"):  # fmt: skip
        assert words in page, words


def test_an_agenda_that_was_made_again_stands_beside_the_new_one(stage, client):
    meeting, matter = with_agenda(stage)
    raised(stage, title="Tolk i skolen")
    set_agenda(stage["ministry"], number=meeting, leave_out=[matter])
    client.force_login(stage.users["ks"])
    client.cookies["language"] = "nb"
    page = client.get(f"/agreement/consultation/meetings/{meeting}/").content.decode()
    now, before = page.split("Tidligere saksliste, versjon 1")
    assert "Tolk i skolen" in now
    assert "For få store boliger" not in now
    assert "For få store boliger" in before


def test_a_due_day_that_was_moved_is_told_with_the_earlier_one(stage, client):
    meeting, _ = held(stage)
    action = give_action(
        stage["ks"], number=meeting, text="Kartlegg", owner="KS", due=DAY + timedelta(days=10)
    )
    move_action(stage["ministry"], number=action, due=DAY + timedelta(days=20), version=1)
    with acting(stage["county"]):
        (change,) = action_changes(stage["county"], action)
    assert (change.body, change.before["due"], change.after["due"]) == ("AID", "2026-03-26", "2026-04-05")
    client.force_login(stage.users["county"])
    client.cookies["language"] = "nb"
    page = client.get(f"/agreement/consultation/actions/{action}/").content.decode()
    assert "Fristen var: 26." in page


def test_who_took_a_nameless_matter_back_is_not_told_by_its_history(stage):
    matter = raised(stage, named=False)
    end_matter(stage[COORDINATOR], number=matter)
    with acting(stage["ks"]):
        (change,) = matter_changes(stage["ks"], matter)
    assert (change.body, change.after["closed_on"]) == ("", DAY.isoformat())


@pytest.mark.parametrize("role", ["auditor", "centre", "public"])
def test_history_is_only_for_those_who_may_see_the_meeting(stage, role):
    meeting = called(stage)
    move_meeting(
        stage["ks"], number=meeting, version=1, title="Nytt", starts=at(DAY), ends=at(DAY, 10), parties=("AID", "KS")
    )  # fmt: skip
    with acting(stage[role]):
        with pytest.raises(NotInSight):
            meeting_changes(stage[role], meeting)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM bosett_consultation_history('records_consultationmeeting', %s)",
                [meeting],
            )
            assert cursor.fetchone() == (0,)
            cursor.execute(
                "SELECT count(*) FROM bosett_consultation_history('records_household', %s)", [meeting]
            )
            assert cursor.fetchone() == (0,)

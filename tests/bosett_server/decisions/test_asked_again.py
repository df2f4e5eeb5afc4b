"""A request changed in the middle of the year: who must answer anew, what is counted on, who is reminded."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from bosett.decisions import AnswerKind
from bosett.terms.errors import Refused
from bosett.terms.groups import Group
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.decision_meetings import say_council_meets
from bosett_server.actions.decision_reminders import remind_councils
from bosett_server.actions.decisions import record_vedtak, say_can_take_more
from bosett_server.queries.decision_again import changed_in_sight, must_answer_again
from bosett_server.queries.decisions import current_vedtak
from bosett_server.queries.round_letters import letter_facts
from bosett_server.records.models import AnswerDetail, AuditEvent, Notice, Quota, Round
from tests.bosett_server.cast import DAY, HERE, THERE, YEAR, World, vedtak, world
from tests.bosett_server.decisions.test_api import Machine
from tests.bosett_server.distribution.scenes import DUE, everybody, second_round

MEETS = DAY + timedelta(days=10)


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    found = world()
    everybody(found)
    vedtak(HERE, 60)
    return found


def meets(stage: World, role: str = "municipality_decider", municipality: str = HERE, **told) -> int:
    return say_council_meets(
        stage[role], municipality=municipality, year=YEAR, **({"meeting_on": MEETS} | told)
    )


def test_a_year_with_one_round_asks_nobody_anew(stage):
    with acting(stage["imdi_lead"]):
        assert must_answer_again(YEAR) == frozenset()


def test_whose_request_rose_above_its_vedtak_must_answer_anew_until_it_has(stage):
    second_round(stage, 100, 50, "keep")
    with acting(stage["imdi_lead"]):
        assert must_answer_again(YEAR) == {HERE}
        row = changed_in_sight(stage["imdi_lead"], YEAR)[HERE]
        assert (row.asked_now, row.voted, row.counted, row.due_on, row.late) == (100, 60, 60, DUE, False)
    # More on top is no new vedtak.
    say_can_take_more(stage["municipality_decider"], municipality=HERE, year=YEAR, persons=5)
    with acting(stage["imdi_lead"]):
        assert must_answer_again(YEAR) == {HERE}
    record_vedtak(
        stage["municipality_decider"], municipality=HERE, year=YEAR, kind=AnswerKind.NUMBER,
        numbers={Group.ALL: 70}, decided_on=DAY, source="Sak 9/26",
    )  # fmt: skip
    with acting(stage["imdi_lead"]):
        assert must_answer_again(YEAR) == frozenset()


def test_what_is_counted_on_is_scaled_until_the_council_answers_the_new_request(stage):
    second_round(stage, 30, 50, "scale")
    with acting(stage["imdi_lead"]):
        row = changed_in_sight(stage["imdi_lead"], YEAR)[HERE]
        assert (row.counted, row.not_counted, row.again) == (30, 30, False)
    record_vedtak(
        stage["municipality_decider"], municipality=HERE, year=YEAR, kind=AnswerKind.NUMBER,
        numbers={Group.ALL: 20}, decided_on=DAY, source="Sak 9/26",
    )  # fmt: skip
    with acting(stage["imdi_lead"]):
        assert changed_in_sight(stage["imdi_lead"], YEAR)[HERE].counted == 20
    with acting(stage["county"]):
        assert all(code.startswith("33") for code in changed_in_sight(stage["county"], YEAR))


def test_who_must_answer_anew_is_reminded_once_for_each_day(stage, settings):
    second_round(stage, 100, 50, "keep")
    settings.BOSETT_TODAY = DUE - timedelta(days=7)
    assert remind_councils(stage["system"]) > 0
    with acting(stage["municipality_decider"]):
        told = Notice.objects.get(code__startswith="answer_reminder")
        assert (told.code, told.facts["days"]) == ("answer_reminder_again", 7)
    assert remind_councils(stage["system"]) == 0


def test_the_day_of_the_meeting_is_on_record_and_the_vedtak_is_as_it_was(stage):
    second_round(stage, 100, 50, "keep")
    meets(stage, agenda_on=MEETS - timedelta(days=5), case_number="26/118")
    with acting(stage["imdi_lead"]):
        held, rows = current_vedtak(HERE, YEAR)
        assert held is not None
        assert (held.total.value, held.meeting_on, rows["all"].approved_at is not None) == (60, MEETS, True)
        assert AnswerDetail.objects.get(figure=rows["all"]).case_number == "26/118"
        assert Quota.objects.get(municipality_id=HERE, year=YEAR, group="all").vedtak == 60
        assert Notice.objects.filter(code="council_meets").exists()
        assert must_answer_again(YEAR) == {HERE}
    with acting(stage["ks"]):
        assert Notice.objects.filter(code="council_meets").count() == 1
    with acting(stage["auditor"]):
        assert AuditEvent.objects.get(verb="say_council_meets").outcome == "done"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"meeting_on": DAY - timedelta(days=1)}, "meeting_date_passed"),
        ({"agenda_on": MEETS + timedelta(days=1)}, "agenda_after_meeting"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_nothing_is_stored(stage, told, code):
    second_round(stage, 100, 50, "keep")
    with pytest.raises(Refused, match=code):
        meets(stage, **told)
    with acting(stage["imdi_lead"]):
        held, _ = current_vedtak(HERE, YEAR)
        assert held is not None
        assert held.meeting_on is None


def test_only_the_municipality_itself_says_when_its_council_meets_and_only_when_asked_anew(stage):
    with pytest.raises(Refused, match="not_asked_again"):
        meets(stage)
    second_round(stage, 100, 50, "keep")
    with pytest.raises(NotPermitted):
        meets(stage, "imdi_lead")
    with pytest.raises(NotInSight):
        meets(stage, municipality=THERE)


def test_the_letter_speaks_of_the_vedtak_that_stands(stage):
    made = second_round(stage, 30, 50, "scale")
    with acting(stage["imdi_lead"]):
        facts = {
            one.municipality: one for one in letter_facts(Round.objects.get(pk=made), "26/1", exercise=True)
        }
    standing = facts[HERE].standing
    assert standing is not None
    assert (facts[HERE].former_asked, standing.voted, standing.counted, standing.again) == (60, 60, 30, False)


def test_pages_and_calls_show_who_is_asked_anew(stage, monkeypatch):
    second_round(stage, 100, 50, "keep")
    lead, own = Client(), Client()
    lead.force_login(stage.users["imdi_lead"])
    own.force_login(stage.users["municipality_decider"])
    listed = lead.get(f"/requests/{YEAR}/?again=1").content.decode()
    assert f"/municipalities/{HERE}/vedtak/" in listed
    assert f"/municipalities/{THERE}/vedtak/" not in listed
    shown = own.get(f"/municipalities/{HERE}/vedtak/?year={YEAR}").content.decode()
    assert f"/municipalities/{HERE}/vedtak/meeting/" in shown
    address = f"/municipalities/{HERE}/vedtak/meeting/?year={YEAR}"
    assert own.get(address).status_code == 200
    wrong = own.post(address, {"meeting_on": date(2020, 1, 1).isoformat(), "request_key": "a"})
    assert wrong.status_code == 409
    assert own.post(address, {"meeting_on": MEETS.isoformat(), "request_key": "b"}).status_code == 302
    told = Machine(stage["imdi_lead"], monkeypatch)(
        "get", f"decision-answers/{YEAR}/changed?again=true"
    ).json()["items"]
    assert [(one["municipality"], one["asked_now"], one["again"]) for one in told] == [(HERE, 100, True)]

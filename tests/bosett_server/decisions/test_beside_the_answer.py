"""Beside the numbers: the council's case, reasons, offers of more; and an answer to what is no longer asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bosett.decisions import AnswerKind, Reservation, ReservationCode
from bosett.decisions.supplement import Shortage
from bosett.terms.errors import Refused
from bosett.terms.groups import Group
from bosett_server.access.actor import Actor
from bosett_server.access.context import acting
from bosett_server.access.roles import Role
from bosett_server.actions.decision_details import Beside, Seen
from bosett_server.actions.decision_reminders import remind_councils
from bosett_server.actions.decisions import approve_vedtak, record_vedtak, say_can_take_more
from bosett_server.queries.council_meetings import next_meetings
from bosett_server.queries.decision_answers import answers_of
from bosett_server.records.models import AnswerDetail, Notice, Round, VersionedFigure
from tests.bosett_server.cast import DAY, HERE, THERE, YEAR, World, vedtak, world


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return world()


def answer(stage: World, total: int, **more):
    told = {"municipality": HERE, "year": YEAR, "decided_on": date(2026, 2, 5), "source": "Sak 12/26"} | more
    kind = AnswerKind.NUMBER if total else AnswerKind.ZERO
    numbers = {Group.ALL: total} if total else {}
    return record_vedtak(stage["municipality_decider"], kind=kind, numbers=numbers, **told)


def awaiting(stage: World, **more):
    return record_vedtak(
        stage["municipality_decider"], municipality=HERE, year=YEAR, kind=AnswerKind.AWAITING, numbers={},
        meeting_on=date(2026, 4, 23), source="Møteplan", **more,
    )  # fmt: skip


def test_reasons_stand_beside_a_lower_answer_and_are_counted_with_the_persons_short(stage):
    # Asked for 60, voted 45: 15 short, for housing and for school; THERE asked for 50 and voted it.
    answer(stage, 45, beside=Beside(reasons=(Shortage.HOUSING, Shortage.SCHOOL)))
    vedtak(THERE, 50)
    with acting(stage["ks"]):
        found = answers_of(stage["ks"], YEAR)
    assert set(found.reasons.reasons) == {(Shortage.HOUSING, 1, 15), (Shortage.SCHOOL, 1, 15)}
    assert (found.reasons.without_reason, found.places.not_voted) == (0, 15)
    assert found.places.not_used == 95


@pytest.mark.parametrize(
    ("total", "more", "code"),
    [
        (60, {"beside": Beside(reasons=(Shortage.HOUSING,))}, "reasons_without_a_lower_number"),
        (45, {"beside": Beside(it_takes=(Shortage.HOUSING,))}, "it_takes_without_more"),
        (45, {"beside": Beside(agenda_on=date(2026, 2, 6))}, "agenda_after_meeting"),
    ],
)
def test_what_does_not_go_with_the_answer_is_refused_and_nothing_is_stored(stage, total, more, code):
    with pytest.raises(Refused, match=code):
        answer(stage, total, **more)
    with acting(stage["imdi_lead"]):
        assert not VersionedFigure.objects.filter(what="voted").exists()
        assert not AnswerDetail.objects.exists()


def test_an_answer_under_way_has_meeting_agenda_case_and_minutes(stage):
    awaiting(
        stage,
        beside=Beside(agenda_on=date(2026, 4, 9), case_number="26/117", minutes="https://kommune.example/1"),
    )
    with acting(stage["imdi_caseworker"]):
        (row,) = answers_of(stage["imdi_caseworker"], YEAR).rows
    assert (row.awaiting, row.meeting_on, row.agenda_on) == (True, date(2026, 4, 23), date(2026, 4, 9))
    assert (row.case_number, row.minutes) == ("26/117", "https://kommune.example/1")


def test_a_county_is_led_to_its_own_councils_that_are_to_decide_and_to_no_other(stage):
    awaiting(stage)
    elsewhere = Actor(Role.COUNTY, user_id=stage["county"].user_id, name="another county", county="42")
    for actor, codes in ((stage["imdi_lead"], [HERE]), (stage["county"], [HERE]), (elsewhere, [])):
        with acting(actor):
            assert [one.code for one in next_meetings(actor, DAY)] == codes


def test_how_many_more_keeps_the_case_and_says_what_it_takes(stage):
    answer(stage, 45, beside=Beside(reasons=(Shortage.HOUSING,), case_number="26/117"))
    say_can_take_more(
        stage["municipality_decider"], municipality=HERE, year=YEAR, persons=10, it_takes=[Shortage.ECONOMY]
    )
    with acting(stage["imdi_lead"]):
        found = answers_of(stage["imdi_lead"], YEAR)
    assert found.rows[0].case_number == "26/117"
    assert (found.rows[0].reasons, found.rows[0].it_takes) == ((Shortage.HOUSING,), (Shortage.ECONOMY,))
    assert found.could_take == ((Shortage.ECONOMY, 10),)


def test_conditions_that_break_the_rule_are_marked_and_the_number_counts(stage):
    conditions = (
        Reservation(ReservationCode.NO_UNACCOMPANIED_MINORS),
        Reservation(ReservationCode.HOUSING_FOUND_FIRST),
    )
    answer(stage, 45, reservations=conditions)
    with acting(stage["ks"]):
        found = answers_of(stage["ks"], YEAR)
    assert {code: allowed for code, _, allowed in found.conditions} == {
        ReservationCode.NO_UNACCOMPANIED_MINORS: True,
        ReservationCode.HOUSING_FOUND_FIRST: False,
    }
    assert found.rows[0].breaks_rule
    assert found.rows[0].voted == 45


def test_ks_and_the_county_have_the_same_answer_at_once(stage):
    answer(stage, 45)
    for role, others in (("ks", 1), ("county", 1)):
        with acting(stage[role]):
            assert Notice.objects.filter(code="answer_recorded").count() == others
            assert VersionedFigure.objects.get(what="voted", superseded_at__isnull=True).value == 45
    approve_vedtak(stage["municipality_decider"], municipality=HERE, year=YEAR)
    with acting(stage["ks"]):
        assert Notice.objects.filter(code="vedtak_approved").count() == 1


def current(what: str) -> VersionedFigure:
    return VersionedFigure.objects.get(
        what=what, municipality_id=HERE, group="all", superseded_at__isnull=True
    )


def replaced_request(stage: World) -> int:
    """The request of 60 is replaced by one of 40; gives the number of the one before."""
    with acting(stage["system"]):
        old = current("asked")
        VersionedFigure.objects.filter(pk=old.pk).update(superseded_at=old.recorded_at + timedelta(days=1))
        VersionedFigure.objects.create(
            what="asked", municipality_id=HERE, year=YEAR, group="all", value=40, valid_from=DAY,
            recorded_at=old.recorded_at + timedelta(days=1), source="Ny runde", supersedes=old, round=old.round,
        )  # fmt: skip
        return old.pk


def test_an_answer_to_a_request_that_was_replaced_is_refused_by_name(stage):
    old = replaced_request(stage)
    with pytest.raises(Refused) as refused:
        answer(stage, 60, seen=Seen(request=old, answer=0))
    assert (refused.value.code, refused.value.facts["asked"]) == ("request_replaced", 40)
    with acting(stage["imdi_lead"]):
        now = current("asked").pk
        assert not VersionedFigure.objects.filter(what="voted").exists()
    answer(stage, 40, seen=Seen(request=now, answer=0))


def test_an_answer_beside_another_persons_is_refused_by_name_and_both_can_be_kept(stage):
    answer(stage, 45, seen=Seen(answer=0))
    with pytest.raises(Refused, match="answered_meanwhile"):
        answer(stage, 50, seen=Seen(answer=0))
    with acting(stage["imdi_lead"]):
        held = current("voted").pk
    answer(stage, 50, seen=Seen(answer=held))
    with acting(stage["imdi_lead"]):
        assert list(
            VersionedFigure.objects.filter(what="voted").order_by("id").values_list("value", flat=True)
        ) == [45, 50]


def test_the_page_keeps_what_was_written_and_shows_a_way_on(stage):
    client = Client()
    client.force_login(stage.users["municipality_decider"])
    address = f"/municipalities/{HERE}/vedtak/"
    shown = client.get(f"{address}?year={YEAR}").context["form"]
    seen = {name: shown.initial[name] for name in ("seen_request", "seen_answer")}
    written = {
        "kind": "number",
        "total": "50",
        "decided_on": "2026-02-05",
        "source": "Sak 12/26",
        "case_number": "26/9",
    }
    answer(stage, 45)
    refused = client.post(f"{address}record/?year={YEAR}", written | seen | {"request_key": "a"})
    assert refused.status_code == 409
    assert refused.context["form"]["case_number"].value() == "26/9"
    again = {name: refused.context["form"][name].value() for name in ("seen_request", "seen_answer")}
    assert again != {name: str(value) for name, value in seen.items()}
    done = client.post(f"{address}record/?year={YEAR}", written | again | {"request_key": "b"})
    assert done.status_code == 302
    with acting(stage["imdi_lead"]):
        assert (current("voted").value, current("voted").detail.case_number) == (50, "26/9")


def deadline(stage: World, days: int) -> None:
    with acting(stage["system"]):
        Round.objects.filter(pk=stage.round.pk).update(answer_due_on=DAY + timedelta(days=days))


@pytest.mark.parametrize(("days", "reminded"), [(22, 0), (21, 2), (15, 2), (7, 2), (1, 2), (0, 2)])
def test_those_without_a_decided_answer_are_reminded_also_when_a_day_was_missed(stage, days, reminded):
    # Assumed days: 21, 7 and 1 before the deadline (parameters/decisions).
    deadline(stage, days)
    assert remind_councils(stage["system"]) == reminded
    assert remind_councils(stage["system"]) == 0


def test_each_reminder_comes_once_and_not_to_those_who_have_decided(stage):
    vedtak(THERE, 50)
    deadline(stage, 7)
    assert remind_councils(stage["system"]) == 1
    with acting(stage["municipality_decider"]):
        told = Notice.objects.get(code="answer_reminder")
        assert (told.facts["days"], told.due_on) == (7, DAY + timedelta(days=7))
    with acting(stage["stranger"]):
        assert not Notice.objects.filter(code__startswith="answer_reminder").exists()


def test_a_council_that_meets_too_late_is_told_that_we_know(stage):
    awaiting(stage)
    deadline(stage, 7)
    remind_councils(stage["system"])
    with acting(stage["municipality_decider"]):
        assert Notice.objects.filter(code="answer_reminder_late").count() == 1


def test_the_page_of_answers_is_for_those_who_see_votes_with_the_same_number_of_queries(stage):
    def seen(role: str) -> tuple[int, int]:
        client = Client()
        client.force_login(stage.users[role])
        with CaptureQueriesContext(connection) as queries:
            status = client.get(f"/requests/{YEAR}/answers/").status_code
        return status, len(queries)

    first = seen("ks")
    answer(stage, 45, beside=Beside(reasons=(Shortage.HOUSING,)))
    vedtak(THERE, 20)
    assert seen("ks")[0] == first[0] == 200
    assert seen("ks")[1] == first[1]
    assert {role: seen(role)[0] for role in ("county", "municipality_decider", "ministry", "nav", "centre")} == {
        "county": 200, "municipality_decider": 200, "ministry": 200, "nav": 403, "centre": 403,
    }  # fmt: skip


def test_reasons_are_for_those_who_follow_up_and_the_municipality_itself_not_for_its_neighbours(stage):
    answer(stage, 45, beside=Beside(reasons=(Shortage.HOUSING,), case_number="26/117"))
    sees = {"imdi_lead", "imdi_caseworker", "ks", "ministry", "county", "municipality_decider",
            "municipality_coordinator", "system"}  # fmt: skip
    for role, actor in stage.actors.items():
        with acting(actor):
            assert AnswerDetail.objects.count() == (1 if role in sees else 0), role
    for role in ("imdi_lead", "ks", "ministry", "county", "stranger"):
        with acting(stage[role]):
            found = answers_of(stage[role], YEAR)
        assert found.reasons_in_sight is (role in sees)
        assert [one.in_sight for one in found.rows] == [role in sees]
        assert [one.reasons for one in found.rows] == [(Shortage.HOUSING,) if role in sees else ()]


def test_a_county_does_not_see_the_reasons_of_another(stage):
    answer(stage, 45, beside=Beside(reasons=(Shortage.HOUSING,)))
    elsewhere = Actor(Role.COUNTY, user_id=stage["county"].user_id, name="another county", county="42")
    with acting(elsewhere):
        assert not AnswerDetail.objects.exists()


def test_what_is_not_in_sight_is_told_as_such_and_never_as_no_reason(stage):
    answer(stage, 45, beside=Beside(reasons=(Shortage.HOUSING,), case_number="26/117"))
    client = Client()
    client.force_login(stage.users["stranger"])
    client.cookies["language"] = "en"
    page = client.get(f"/requests/{YEAR}/answers/").content.decode()
    assert "You see your own municipality's reasons in the list below." in page
    assert "26/117" not in page
    assert "gave no reason" not in page

"""Counties and KS are heard before a round is sent; what follows for answers is chosen when it is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from bosett.terms.errors import Refused
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.distribution import adjust_line
from bosett_server.actions.distribution_hearings import answer_hearing, open_hearings, record_hearing
from bosett_server.actions.round_sending import send_round
from bosett_server.queries.distribution_hearings import hearings, own_hearings
from bosett_server.queries.distribution_versions import versions, what_follows
from bosett_server.records.models import AuditEvent, Hearing, Notice, Round, VersionedFigure
from tests.bosett_server.cast import DAY, HERE, THERE, YEAR, World, vedtak, world
from tests.bosett_server.distribution.scenes import drafted, everybody, second_round

SOON = DAY + timedelta(days=14)


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    found = world()
    everybody(found)
    return found


def asked(stage: World) -> int:
    made = drafted(stage)
    open_hearings(stage["imdi_lead"], round=made, due_on=SOON)
    return made


def of(stage: World, body: str) -> int:
    with acting(stage["system"]):
        return Hearing.objects.get(body=body).pk


def test_each_county_sees_its_own_numbers_and_ks_the_sums(stage):
    made = asked(stage)
    with acting(stage["county"]):
        (seen,) = own_hearings(stage["county"])
        assert seen.body == "33"
        assert HERE in {line.code for line in seen.lines}
        assert all(line.code.startswith("33") for line in seen.lines)
        assert Notice.objects.get(code="hearing_asked").due_on == SOON
    with acting(stage["ks"]):
        (seen,) = own_hearings(stage["ks"])
        # Every county of the registry has a request; 110 persons is the need of the stage.
        assert (seen.body, len(seen.lines), seen.proposed) == ("ks", 15, 110)
    with acting(stage["imdi_caseworker"]):
        assert len(hearings(stage["imdi_caseworker"], made)) == 16
    for role in ("municipality_decider", "nav", "stranger"):
        with acting(stage[role]):
            assert not Hearing.objects.exists()


def test_a_round_is_not_sent_before_everybody_is_heard_unless_a_code_says_why(stage):
    made = asked(stage)
    with pytest.raises(Refused) as refused:
        send_round(stage["imdi_lead"], round=made)
    assert (refused.value.code, refused.value.facts["bodies"]) == ("not_everybody_is_heard", 16)
    with pytest.raises(Refused, match="reason_not_known"):
        send_round(stage["imdi_lead"], round=made, unheard_reason="because")
    with acting(stage["imdi_lead"]):
        assert Round.objects.get(pk=made).state == "draft"
        bodies = list(Hearing.objects.filter(round_id=made).values_list("pk", flat=True))
    for pk in bodies:
        record_hearing(stage["imdi_lead"], hearing=pk, answered_on=DAY, comment="Ingen merknader")
    assert send_round(stage["imdi_lead"], round=made) > 0
    with acting(stage["imdi_lead"]):
        assert "unheard_reason" not in Round.objects.get(pk=made).criteria


def test_the_code_and_who_was_not_heard_are_kept_with_the_round(stage):
    made = asked(stage)
    answer_hearing(stage["ks"], hearing=of(stage, "ks"), comment="Vi er enige")
    send_round(stage["imdi_lead"], round=made, unheard_reason="sudden_rise")
    with acting(stage["ks"]):
        kept = Round.objects.get(pk=made).criteria
    assert kept["unheard_reason"] == "sudden_rise"
    assert (len(kept["unheard"]), "ks" in kept["unheard"]) == (15, False)


def test_a_county_answers_for_itself_only_and_before_the_round_is_sent(stage):
    made = asked(stage)
    answer_hearing(stage["county"], hearing=of(stage, "33"), comment="Mer til Drammen", recommended={HERE: 9})
    with acting(stage["imdi_lead"]):
        (told,) = [one for one in hearings(stage["imdi_lead"], made) if one.body == "33"]
        assert (told.answered_on, told.differs) == (DAY, 1)
        assert Notice.objects.filter(code="hearing_answered").count() == 1
    with pytest.raises(NotInSight):
        answer_hearing(stage["county"], hearing=of(stage, "42"), comment="Ikke vårt fylke")
    with pytest.raises(NotPermitted):
        answer_hearing(stage["municipality_decider"], hearing=of(stage, "33"), comment="Ikke vår sak")
    send_round(stage["imdi_lead"], round=made, unheard_reason="no_answer_in_time")
    with pytest.raises(Refused, match="round_already_sent"):
        answer_hearing(stage["county"], hearing=of(stage, "33"), comment="For sent")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"comment": " "}, "hearing_says_nothing"),
        ({"comment": "", "recommended": {HERE: -1}}, "number_negative"),
        ({"comment": "", "recommended": {THERE: 4}}, "not_in_the_proposal"),
        ({"comment": "", "recommended": {HERE: 10**9}}, "number_too_large"),
    ],
)
def test_a_word_that_is_none_is_refused_and_nothing_stands(stage, told, code):
    asked(stage)
    with pytest.raises(Refused, match=code):
        answer_hearing(stage["county"], hearing=of(stage, "33"), **told)
    with acting(stage["county"]):
        assert Hearing.objects.get().answered_on is None


def test_asking_again_gives_the_new_numbers_to_those_who_have_not_answered(stage):
    made = asked(stage)
    answer_hearing(stage["ks"], hearing=of(stage, "ks"), comment="Greit")
    adjust_line(stage["imdi_lead"], round=made, municipality=HERE, asked=40, reason="Ny beregning")
    assert open_hearings(stage["imdi_lead"], round=made, due_on=SOON) == 15
    with acting(stage["county"]):
        (seen,) = own_hearings(stage["county"])
        assert next(line.proposed for line in seen.lines if line.code == HERE) == 40
    with acting(stage["ks"]):
        (seen,) = own_hearings(stage["ks"])
        assert (seen.answered_on, seen.comment) == (DAY, "Greit")
    with pytest.raises(Refused, match="deadline_has_passed"):
        open_hearings(stage["imdi_lead"], round=made, due_on=date(2026, 1, 1))


def test_hearings_are_audited_without_their_text(stage):
    asked(stage)
    answer_hearing(stage["ks"], hearing=of(stage, "ks"), comment="En hemmelig merknad")
    with acting(stage["auditor"]):
        event = AuditEvent.objects.get(verb="answer_hearing")
        assert "hemmelig" not in str(event.facts)


@pytest.mark.parametrize(
    ("policy", "counted", "not_used", "code"),
    [
        ("keep", 60, 0, "request_changed"),
        ("scale", 30, 30, "request_scaled"),
        ("ask_again", 60, 0, "request_asked_again"),
    ],
)
def test_after_a_cut_the_vedtak_stands_and_the_state_says_what_it_counts_on(
    stage, policy, counted, not_used, code
):
    vedtak(HERE, 60)
    second_round(stage, 30, 50, policy)
    with acting(stage["imdi_lead"]):
        change = what_follows(versions(YEAR)[-1])
        standing = VersionedFigure.objects.get(
            what="voted", municipality_id=HERE, group="all", superseded_at__isnull=True
        )
        assert standing.value == 60
    assert (change.asked_before, change.asked_now, change.counted, change.not_used) == (
        110,
        80,
        counted,
        not_used,
    )
    assert (HERE in change.to_ask) == (policy == "ask_again")
    with acting(stage["municipality_decider"]):
        told = Notice.objects.get(code__startswith="request_")
        assert (told.code, told.due_on is not None) == (code, policy == "ask_again")


@pytest.mark.parametrize("policy", ["keep", "scale", "ask_again"])
def test_after_a_raise_what_no_vedtak_covers_is_asked_for_whatever_the_policy(stage, policy):
    vedtak(HERE, 60)
    second_round(stage, 100, 50, policy)
    with acting(stage["imdi_lead"]):
        change = what_follows(versions(YEAR)[-1])
    assert HERE in change.to_ask
    assert next(one for one in change.answers if one.municipality == HERE).unanswered == 40


def test_the_pages_show_who_is_heard_and_who_is_not(stage):
    made = asked(stage)
    county, lead = Client(), Client()
    county.force_login(stage.users["county"])
    lead.force_login(stage.users["imdi_lead"])
    number = of(stage, "33")
    assert county.get("/requests/hearings/").status_code == 200
    assert county.get(f"/requests/hearings/{of(stage, '42')}/").status_code == 404
    wrong = county.post(f"/requests/hearings/{number}/", {"comment": "", "request_key": "a"})
    assert wrong.status_code == 409
    right = county.post(
        f"/requests/hearings/{number}/", {"comment": "Greit for oss", f"rec_{HERE}": "9", "request_key": "b"}
    )
    assert right.status_code == 302
    page = lead.get(f"/requests/{YEAR}/draft/hearings/").content.decode()
    assert "Greit for oss" in page
    refused = lead.post(
        f"/requests/{YEAR}/draft/send/", {"sure": "on", "after_change": "keep", "request_key": "c"}
    )
    assert refused.status_code == 409
    sent = lead.post(
        f"/requests/{YEAR}/draft/send/",
        {"sure": "on", "after_change": "keep", "unheard_reason": "no_answer_in_time", "request_key": "d"},
    )
    assert sent.status_code == 302, sent.content.decode()[-3000:]
    with acting(stage["imdi_lead"]):
        shown = Round.objects.get(pk=made).number
    for role in ("imdi_lead", "ks", "county", "municipality_decider", "ministry"):
        reader = Client()
        reader.force_login(stage.users[role])
        assert reader.get(f"/requests/{YEAR}/rounds/").status_code == 200
        assert reader.get(f"/requests/{YEAR}/rounds/{shown}/").status_code == 200

"""What a municipality writes is kept, sent, approved by another, and changed only after it is reopened."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError
from django.db.models import F

from bosett.expenditure.typed import Typed
from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.expenditure_answers import (
    approve_expenditure_answer,
    reopen_expenditure_answer,
    save_expenditure_answer,
    send_expenditure_answer,
)
from bosett_server.actions.expenditure_rounds import close_expenditure_round
from bosett_server.queries.expenditure_sheet import log, sheet
from bosett_server.records.models import (
    AuditEvent,
    ExpenditureAnswer,
    ExpenditureResponse,
    ExpenditureRevision,
)
from tests.bosett_server.cast import DAY, HERE, NOW, THERE, world
from tests.bosett_server.expenditure.scenes import answered, full, opened


@pytest.fixture
def stage(db, settings):
    settings.BOSETT_TODAY = DAY
    return world()


@pytest.fixture
def number(stage):
    return opened(stage)


def save(stage, number, *typed, who="municipality_coordinator"):
    return save_expenditure_answer(stage[who], round_id=number, municipality=HERE, typed=typed)


def send(stage, number, who="municipality_coordinator"):
    return send_expenditure_answer(stage[who], round_id=number, municipality=HERE)


def approve(stage, number, who="municipality_decider"):
    return approve_expenditure_answer(stage[who], round_id=number, municipality=HERE)


def seen(stage, number, who="municipality_coordinator"):
    with acting(stage[who]):
        return sheet(stage[who], number, HERE)


def test_what_is_typed_is_kept_as_typed_right_or_wrong(stage, number):
    wrong = Typed("housing", amount="ca 12 mill", explanation="spør økonomi")
    assert save(stage, number, wrong, Typed("school", share="40", whole="1 000 001")) == 2
    told = seen(stage, number)
    assert told.typed["housing"] == wrong
    assert (told.values["housing"], told.values["school"]) == (None, 400_000)
    assert told.total == 400_000


def test_saving_a_part_leaves_the_rest_as_it_was_and_saving_the_same_changes_nothing(stage, number):
    save(stage, number, Typed("housing", amount="5"), Typed("school", amount="6"))
    assert save(stage, number, Typed("school", amount="7")) == 1
    assert save(stage, number, Typed("school", amount="7")) == 0
    assert {a: t.amount for a, t in seen(stage, number).typed.items()} == {"housing": "5", "school": "7"}


def test_every_version_of_an_answer_stands_in_the_log_with_who_and_what(stage, number):
    save(stage, number, Typed("housing", amount="5"))
    save(stage, number, Typed("housing", amount="6", explanation="retta"), who="municipality_decider")
    with acting(stage["municipality_coordinator"]):
        rows = log(stage["municipality_coordinator"], number, HERE)
    assert [(r.area, r.step, r.told["amount_typed"], r.by) for r in rows] == [
        ("housing", "saved", "6", "Test municipality_decider"),
        ("housing", "saved", "5", "Test municipality_coordinator"),
    ]
    with acting(SYSTEM):
        assert ExpenditureRevision.objects.update(step="x") == 0


def test_an_answer_with_something_wrong_is_not_sent_and_all_is_kept(stage, number):
    typed = [*full()[:-1], Typed("shared_costs", share="120", whole="5000", explanation="slik er det")]
    save(stage, number, *typed)
    with pytest.raises(Refused) as refused:
        send(stage, number)
    assert refused.value.code == "expenditure_flag_stops"
    assert refused.value.facts["area"] == "shared_costs"
    assert seen(stage, number).typed["shared_costs"].share == "120"


def test_an_empty_line_needs_an_explanation_and_is_then_no_answer_rather_than_nought(stage, number):
    save(stage, number, *full()[:-1])
    with pytest.raises(Refused, match="expenditure_explanation_missing"):
        send(stage, number)
    save(stage, number, Typed("shared_costs", explanation="regnskapet er ikke klart"))
    send(stage, number)
    assert seen(stage, number).values["shared_costs"] is None


def test_thousands_instead_of_kroner_is_flagged_at_sending(stage, number):
    save(stage, number, *full(nok=900))
    assert [f.code for f in seen(stage, number).flags] == ["thousands"]
    with pytest.raises(Refused, match="expenditure_explanation_missing"):
        send(stage, number)


def test_the_sender_does_not_approve_but_another_of_the_municipality_does(stage, number):
    save(stage, number, *full(), who="municipality_decider")
    send(stage, number, who="municipality_decider")
    with pytest.raises(Refused, match="expenditure_approved_by_sender"):
        approve(stage, number)
    with pytest.raises(NotPermitted):
        approve(stage, number, who="municipality_coordinator")
    with (
        pytest.raises(DatabaseError, match="expenditure_approved_by_sender"),
        acting(stage["municipality_decider"]),
    ):
        ExpenditureResponse.objects.filter(municipality_id=HERE).update(
            state="approved", approved_at=NOW, approved_by_id=F("sent_by_id")
        )
    other = replace(stage["municipality_decider"], user_id=stage.users["stranger"].pk)
    approve_expenditure_answer(other, round_id=number, municipality=HERE)
    assert seen(stage, number).state == "approved"


def test_an_answer_after_approval_is_refused_until_it_is_reopened_with_a_reason(stage, number):
    save(stage, number, *full())
    with pytest.raises(Refused, match="expenditure_not_sent"):
        reopen_expenditure_answer(
            stage["municipality_decider"], round_id=number, municipality=HERE, reason="feil"
        )
    send(stage, number)
    with pytest.raises(Refused, match="expenditure_answer_sent"):
        save(stage, number, Typed("school", amount="1"))
    approve(stage, number)
    with pytest.raises(Refused, match="expenditure_answer_approved"):
        save(stage, number, Typed("school", amount="1"))
    with (
        pytest.raises(DatabaseError, match="expenditure_answer_approved"),
        acting(stage["municipality_coordinator"]),
    ):
        ExpenditureAnswer.objects.filter(area="school").update(value=1)
    with pytest.raises(Refused, match="expenditure_reason_missing"):
        reopen_expenditure_answer(
            stage["municipality_decider"], round_id=number, municipality=HERE, reason=" "
        )
    reopen_expenditure_answer(
        stage["municipality_decider"], round_id=number, municipality=HERE, reason="feil konto"
    )
    save(stage, number, Typed("school", amount="910000"))
    send(stage, number)
    approve(stage, number)
    with acting(stage["imdi_lead"]):
        steps = [(r.step, r.told.get("reason")) for r in log(stage["imdi_lead"], number, HERE) if not r.area]
    assert steps == [
        ("approved", None), ("sent", None), ("reopened", "feil konto"), ("approved", None), ("sent", None),
    ]  # fmt: skip


def test_after_the_round_is_closed_nothing_is_changed_or_reopened(stage, number):
    answered(stage, number)
    close_expenditure_round(stage["imdi_lead"], round_id=number, rates_nok={})
    for step in (
        lambda: save(stage, number, Typed("school", amount="1")),
        lambda: reopen_expenditure_answer(stage["imdi_lead"], round_id=number, municipality=HERE, reason="x"),
        lambda: approve(stage, number),
    ):
        with pytest.raises(Refused, match="expenditure_round_not_open"):
            step()


def test_a_municipality_sees_its_own_answer_only(stage, number):
    save(stage, number, *full())
    send(stage, number)
    with acting(stage["stranger"]):
        assert not ExpenditureAnswer.objects.exists()
        assert list(ExpenditureResponse.objects.values_list("municipality_id", flat=True)) == [THERE]
        with pytest.raises(NotInSight):
            sheet(stage["stranger"], number, HERE)


def test_a_draft_is_the_municipalitys_alone_and_what_is_sent_is_the_committees(stage, number):
    save(stage, number, *full())
    for role in ("imdi_lead", "ks", "ministry"):
        with acting(stage[role]):
            assert not ExpenditureAnswer.objects.exists()
            assert sheet(stage[role], number, HERE).hidden
    send(stage, number)
    for role in ("imdi_lead", "ks", "ministry"):
        with acting(stage[role]):
            assert ExpenditureAnswer.objects.count() == 13
    for role in ("imdi_caseworker", "county", "udi_reception", "nav"):
        with acting(stage[role]):
            assert not ExpenditureAnswer.objects.exists()


def test_each_step_is_logged_and_a_refused_one_too(stage, number):
    save(stage, number, *full())
    send(stage, number)
    with pytest.raises(Refused):
        save(stage, number, Typed("school", amount="1"))
    with acting(stage["auditor"]):
        told = AuditEvent.objects.filter(verb__in=["save_expenditure_answer", "send_expenditure_answer"])
        found = list(told.order_by("id").values_list("verb", "outcome"))
    assert found == [
        ("save_expenditure_answer", "done"), ("send_expenditure_answer", "done"),
        ("save_expenditure_answer", "refused"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (Typed("another", amount="1"), "expenditure_area_unknown"),
        (Typed("school", amount="1" * 61), "expenditure_text_too_long"),
        (Typed("school", explanation="x" * 1001), "expenditure_text_too_long"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name_and_nothing_of_it_is_kept(stage, number, typed, code):
    with pytest.raises(Refused) as refused:
        save(stage, number, Typed("housing", amount="5"), typed)
    assert refused.value.code == code
    assert seen(stage, number).typed == {}


def test_last_years_answer_and_estimates_are_what_this_year_is_compared_with(stage):
    last = opened(stage, year=2024)
    answered(stage, last)
    close_expenditure_round(stage["imdi_lead"], round_id=last, rates_nok={})
    number = opened(stage)
    known = seen(stage, number).known
    assert known.last_nok["school"] == 900_000
    assert known.last_persons == 100
    assert known.others_per_person["school"] == pytest.approx((900_000 + 792_000) / 180)

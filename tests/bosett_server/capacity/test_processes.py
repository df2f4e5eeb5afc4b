"""Opening and closing: UDI plans alone, the municipality is informed and heard, nobody else sees it before its day."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.capacity import PlaceKind
from bosett.capacity.process import Direction, ProcessStep
from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.reception import register_centre, set_places
from bosett_server.actions.reception_process import (
    give_statement,
    give_up_process,
    start_process,
    take_step,
)
from bosett_server.queries.capacity_processes import process_view, processes
from bosett_server.records.models import Centre, CentreProcess, CentreStep
from tests.bosett_server.cast import HERE
from tests.bosett_server.life.scenes import logged, told

DAY, APRIL, MAY = date(2026, 3, 16), date(2026, 4, 1), date(2026, 5, 1)
OUTSIDE = (
    "imdi_lead",
    "imdi_caseworker",
    "bufetat",
    "centre",
    "stranger",
    "county",
    "ks",
    "ministry",
    "auditor",
)


def planned(stage, days: int = 14) -> int:
    centre = register_centre(
        stage["udi_reception"], name="Nytt mottak", kind=PlaceKind.EMERGENCY, operator_kind="private",
        municipality=HERE, opens_on=APRIL,
    )  # fmt: skip
    return start_process(
        stage["udi_reception"], centre=centre, direction=Direction.OPENING, planned_on=APRIL, answer_days=days,
        document="2026/1-1", places=120, made_on=date(2026, 3, 2),
    )  # fmt: skip


def take(stage, process: int, step: str, on: date = DAY, role: str = "udi_reception") -> int:
    return take_step(
        stage[role], process=process, step=ProcessStep(step), on=on, told="mayor", document="2026/1-2"
    )


def seen(stage, role: str) -> list[str]:
    """The steps a role can read straight from the table."""
    with acting(stage[role]):
        return list(CentreStep.objects.order_by("id").values_list("step", flat=True))


def test_a_plan_is_udis_alone_until_the_municipality_is_informed(stage):
    process = planned(stage)
    for role in ("municipality_coordinator", "municipality_decider", *OUTSIDE):
        with acting(stage[role]):
            assert CentreProcess.objects.count() == 0
        assert seen(stage, role) == []
    with pytest.raises(NotInSight), acting(stage["municipality_decider"]):
        process_view(stage["municipality_decider"], process)
    assert seen(stage, "udi_reception") == ["planned"]


def test_once_informed_the_host_municipality_and_nobody_else_sees_its_side(stage):
    process = planned(stage)
    take(stage, process, "informed")
    for role in ("municipality_coordinator", "municipality_decider"):
        assert seen(stage, role) == ["informed"]
        (notice,) = told(stage, role, "centre_process_informed_opening")
        assert (notice.due_on, notice.facts["centre"]) == (date(2026, 3, 30), "Nytt mottak")
    for role in OUTSIDE:
        assert seen(stage, role) == []
        with acting(stage[role]):
            assert CentreProcess.objects.count() == 0
    with acting(stage["municipality_decider"]):
        view = process_view(stage["municipality_decider"], process)
        assert not Centre.objects.filter(name="Nytt mottak").exists(), (
            "the centre's row is UDI's until announced"
        )
    assert [one.step for one in view.taken] == ["informed"]
    assert ProcessStep.CONTRACT_SIGNED not in view.order
    assert (view.may_answer, view.open_steps) == (True, ())


def test_the_municipality_is_heard_in_its_own_words_once_and_udi_is_told(stage):
    process = planned(stage)
    take(stage, process, "informed")
    give_statement(stage["municipality_decider"], process=process, statement="Skolen er full.")
    (notice,) = told(stage, "udi_reception", "centre_process_answered")
    assert notice.facts == {"municipality": "Drammen", "centre": "Nytt mottak"}
    with acting(stage["udi_reception"]):
        assert process_view(stage["udi_reception"], process).taken[-1].statement == "Skolen er full."
    with pytest.raises(Refused, match="step_taken_before"):
        give_statement(stage["municipality_coordinator"], process=process, statement="Enda mer.")
    assert logged(stage, "give_statement")[0].facts == {"process": process}, "no words in the log"


def test_nobody_but_the_host_municipality_answers_and_not_before_it_is_informed(stage):
    process = planned(stage)
    with pytest.raises(NotInSight):
        give_statement(stage["municipality_decider"], process=process, statement="Nei.")
    take(stage, process, "informed")
    with pytest.raises(NotInSight):
        give_statement(stage["stranger"], process=process, statement="Nei.")
    for role in ("imdi_lead", "udi_reception", "county", "ks"):
        with pytest.raises(NotPermitted):
            give_statement(stage[role], process=process, statement="Nei.")
    with pytest.raises(Refused, match="statement_missing"):
        give_statement(stage["municipality_decider"], process=process, statement="  ")


def test_nothing_binds_before_the_municipality_is_heard_or_its_days_have_run_out(stage):
    process = planned(stage, days=7)
    with pytest.raises(Refused, match="municipality_not_informed"):
        take(stage, process, "contract_signed")
    take(stage, process, "informed", date(2026, 3, 10))
    with pytest.raises(Refused, match="municipality_may_still_answer"):
        take(stage, process, "contract_signed", DAY)  # informed on the 10th, may answer until the 17th
    give_statement(stage["municipality_coordinator"], process=process, statement="Vi trenger mer tid.")
    take(stage, process, "contract_signed")
    assert "contract_signed" not in seen(stage, "municipality_coordinator")


def test_an_announced_opening_is_everybodys_and_the_area_is_told(stage):
    process = planned(stage, days=0)
    for step, on in (
        ("informed", date(2026, 3, 10)),
        ("contract_signed", date(2026, 3, 12)),
        ("announced", DAY),
    ):
        take(stage, process, step, on)
    with acting(stage["imdi_lead"]):
        centre = Centre.objects.get(name="Nytt mottak")
        assert (centre.informed_on, centre.announced_on) == (date(2026, 3, 10), DAY)
        assert [one.name for one in processes(stage["imdi_lead"])] == ["Nytt mottak"]
    for role in ("municipality_coordinator", "municipality_decider", "county", "statsforvalter"):
        assert len(told(stage, role, "centre_announced")) == 1
    assert seen(stage, "imdi_lead") == ["informed", "announced"]
    with pytest.raises(Refused, match="already_announced"):
        give_up_process(stage["udi_reception"], process=process)


def test_a_closing_ends_the_places_on_the_planned_day_with_the_dialogue_documented(stage):
    udi = stage["udi_reception"]
    set_places(udi, centre=stage.centre.pk, kind=PlaceKind.ORDINARY, number=100, starts_on=DAY)
    process = start_process(
        udi,
        centre=stage.centre.pk,
        direction=Direction.CLOSING,
        planned_on=MAY,
        answer_days=3,
        document="2026/7-1",
        made_on=date(2026, 3, 2),
    )
    take(stage, process, "informed", date(2026, 3, 10))
    take(stage, process, "consulted", date(2026, 3, 12))
    take(stage, process, "notice_given", date(2026, 3, 13))
    take(stage, process, "announced", DAY)
    with acting(SYSTEM):
        centre = Centre.objects.get(pk=stage.centre.pk)
        assert (centre.closes_on, centre.dialogue_on, centre.dialogue_reference) == (
            MAY,
            date(2026, 3, 12),
            "2026/1-2",
        )
        assert CentreProcess.objects.get(pk=process).places == 100
    take(stage, process, "done")
    with pytest.raises(Refused, match="process_is_over"):
        take(stage, process, "done")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"answer_days": -1}, "answer_days_out_of_range"),
        ({"document": " "}, "told_or_document_missing"),
        ({"planned_on": date(2026, 1, 1)}, "closes_in_the_past"),
        ({"direction": Direction.OPENING}, "already_announced"),
    ],
)
def test_a_plan_that_cannot_stand_is_refused(stage, more, code):
    facts = {
        "direction": Direction.CLOSING,
        "planned_on": MAY,
        "answer_days": 14,
        "document": "2026/7-1",
    } | more
    with pytest.raises(Refused) as refused:
        start_process(stage["udi_reception"], centre=stage.centre.pk, **facts)
    assert refused.value.code == code
    with acting(SYSTEM):
        assert CentreProcess.objects.count() == 0


def test_one_plan_at_a_time_and_a_plan_that_is_given_up_makes_room(stage):
    process = planned(stage)
    with acting(SYSTEM):
        centre = CentreProcess.objects.get(pk=process).centre_id
    with pytest.raises(Refused, match="process_under_way"):
        start_process(
            stage["udi_reception"], centre=centre, direction=Direction.OPENING, planned_on=APRIL, answer_days=1,
            document="2026/1-9",
        )  # fmt: skip
    take(stage, process, "informed")
    give_up_process(stage["udi_reception"], process=process)
    assert len(told(stage, "municipality_decider", "centre_process_given_up")) == 1
    with pytest.raises(Refused, match="process_is_over"):
        take(stage, process, "consulted")


def test_a_step_is_never_changed_or_taken_back_not_even_past_python(stage):
    from django.db import DatabaseError, transaction

    process = planned(stage)
    take(stage, process, "informed")
    with acting(stage["udi_reception"]):
        assert CentreStep.objects.filter(process_id=process).update(document="another") == 0
        assert CentreStep.objects.filter(process_id=process).delete()[0] == 0
        with pytest.raises(DatabaseError, match="process_is_never_changed_back"), transaction.atomic():
            CentreProcess.objects.filter(pk=process).update(informed_on=date(2026, 1, 1))
        with pytest.raises(DatabaseError, match="process_is_never_changed_back"), transaction.atomic():
            CentreProcess.objects.filter(pk=process).update(municipality_id="4203")


def test_the_host_municipality_cannot_write_udis_steps_past_python(stage):
    from django.db import DatabaseError, transaction

    from tests.bosett_server.cast import NOW

    process = planned(stage)
    take(stage, process, "informed")
    facts = {"process_id": process, "on": DAY, "told": "x", "document": "x", "recorded_at": NOW}
    for role, step in (
        ("municipality_decider", "announced"),
        ("stranger", "consulted"),
        ("imdi_lead", "done"),
    ):
        with (
            acting(stage[role]),
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
        ):
            CentreStep.objects.create(step=step, **facts)


def test_when_the_log_fails_no_step_stands_and_nobody_is_told(stage, monkeypatch):
    process = planned(stage)

    def broken(*_args, **_kwargs):
        raise RuntimeError("the log is gone")

    monkeypatch.setattr("bosett_server.access.audit.append", broken)
    with pytest.raises(RuntimeError):
        take(stage, process, "informed")
    monkeypatch.undo()
    assert seen(stage, "udi_reception") == ["planned"]
    assert told(stage, "municipality_decider", "centre_process_informed_opening") == []


def test_the_municipality_is_late_only_while_it_can_still_answer(stage):
    process = planned(stage)
    udi = stage["udi_reception"]

    def answerable() -> bool:
        with acting(udi):
            return process_view(udi, process).may_still_answer

    assert not answerable(), "it is not informed yet"
    take(stage, process, "informed")
    assert answerable()
    give_statement(stage["municipality_decider"], process=process, statement="Skolen er full.", document="")
    assert not answerable(), "it is heard"

"""Opening and closing: the municipality is told before anything binds, and sees its own side only."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.capacity.process import CentreProcess, Direction, Event, ProcessStep
from bosett.terms.errors import BadInput, Refused


def event(step: ProcessStep, day: int) -> Event:
    return Event(step, date(2026, 3, day), "mayor and municipal director", f"letter {day}")


def opening(*steps: tuple[ProcessStep, int]) -> CentreProcess:
    process = CentreProcess("north", Direction.OPENING, 10)
    for step, day in steps:
        process = process.with_event(event(step, day))
    return process


def test_no_contract_is_signed_before_the_municipality_is_informed() -> None:
    with pytest.raises(Refused, match="municipality_not_informed"):
        opening((ProcessStep.PLANNED, 1), (ProcessStep.CONTRACT_SIGNED, 2))


def test_nor_before_it_was_consulted_or_its_days_to_answer_have_run_out() -> None:
    informed = opening((ProcessStep.PLANNED, 1), (ProcessStep.INFORMED, 2))
    assert informed.answer_by == date(2026, 3, 12)
    with pytest.raises(Refused, match=r"municipality_may_still_answer \(until=2026-03-12\)"):
        informed.with_event(event(ProcessStep.CONTRACT_SIGNED, 12))
    assert informed.with_event(event(ProcessStep.CONTRACT_SIGNED, 13)).next_step is ProcessStep.CONSULTED
    consulted = informed.with_event(event(ProcessStep.CONSULTED, 5))
    assert consulted.with_event(event(ProcessStep.CONTRACT_SIGNED, 6)).next_step is ProcessStep.ANNOUNCED


def test_a_no_from_the_municipality_stops_nothing_since_no_approval_is_needed() -> None:
    whole = opening(
        (ProcessStep.PLANNED, 1),
        (ProcessStep.INFORMED, 2),
        (ProcessStep.CONSULTED, 3),
        (ProcessStep.CONTRACT_SIGNED, 4),
        (ProcessStep.ANNOUNCED, 5),
        (ProcessStep.DONE, 6),
    )
    assert whole.next_step is None


def test_the_municipality_sees_neither_plan_nor_contract() -> None:
    process = opening((ProcessStep.PLANNED, 1), (ProcessStep.INFORMED, 2), (ProcessStep.CONSULTED, 3))
    process = process.with_event(event(ProcessStep.CONTRACT_SIGNED, 4))
    assert [one.step for one in process.seen_by_the_municipality()] == ["informed", "consulted"]


@pytest.mark.parametrize(
    ("step", "day", "told"),
    [
        (ProcessStep.INFORMED, 3, "step_taken_before"),
        (ProcessStep.CONSULTED, 1, "step_before_the_last"),
        (ProcessStep.NOTICE_GIVEN, 3, "notice_given"),
        (ProcessStep.DONE, 20, "step_not_in_order .first=contract_signed"),
    ],
)
def test_a_step_twice_backwards_foreign_or_too_early_is_refused(
    step: ProcessStep, day: int, told: str
) -> None:
    process = opening((ProcessStep.PLANNED, 1), (ProcessStep.INFORMED, 2))
    with pytest.raises((Refused, BadInput), match=told):
        process.with_event(event(step, day))


def test_a_step_without_a_document_is_refused() -> None:
    with pytest.raises(BadInput, match="informed without"):
        Event(ProcessStep.INFORMED, date(2026, 3, 1), "mayor", " ")

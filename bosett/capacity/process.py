"""Opening and closing a centre: who is told what, when, and by which document.

The municipality is informed and consulted; its approval is not needed.  The steps and their order are
UDI's practice (a bidder documents that mayor or municipal director has been informed; notice and contract
follow).  How long the municipality has to answer is not laid down in a source that was found, so it is a
number that the caller gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bosett.terms.errors import BadInput, Refused


class Direction(StrEnum):
    """Which way."""

    OPENING = "opening"
    CLOSING = "closing"


class ProcessStep(StrEnum):
    """A step that can be documented."""

    PLANNED = "planned"
    INFORMED = "informed"
    CONSULTED = "consulted"
    CONTRACT_SIGNED = "contract_signed"
    NOTICE_GIVEN = "notice_given"
    ANNOUNCED = "announced"
    DONE = "done"


ORDER = {
    Direction.OPENING: (
        ProcessStep.PLANNED,
        ProcessStep.INFORMED,
        ProcessStep.CONSULTED,
        ProcessStep.CONTRACT_SIGNED,
        ProcessStep.ANNOUNCED,
        ProcessStep.DONE,
    ),
    Direction.CLOSING: (
        ProcessStep.PLANNED,
        ProcessStep.INFORMED,
        ProcessStep.CONSULTED,
        ProcessStep.NOTICE_GIVEN,
        ProcessStep.ANNOUNCED,
        ProcessStep.DONE,
    ),
}
OPEN_TO_THE_MUNICIPALITY = frozenset(
    {ProcessStep.INFORMED, ProcessStep.CONSULTED, ProcessStep.ANNOUNCED, ProcessStep.DONE}
)
"""Steps that the municipality sees.  Plans, contracts and notices stay UDI's until they are announced."""


@dataclass(frozen=True)
class Event:
    """A step that was taken: the day, who was told, and where it is documented."""

    step: ProcessStep
    on: date
    told: str
    document: str

    def __post_init__(self) -> None:
        if not self.document.strip() or not self.told.strip():
            raise BadInput(f"{self.step.value} without who was told or a document", "both in words")


@dataclass(frozen=True)
class CentreProcess:
    """The opening or closing of one centre; events in the order they were taken.

    Parameters
    ----------
    answer_days
        Days the municipality has to answer once it is informed, >= 0.
    """

    centre: str
    direction: Direction
    answer_days: int
    events: tuple[Event, ...] = ()

    def __post_init__(self) -> None:
        if self.answer_days < 0:
            raise BadInput(f"{self.answer_days} days to answer", "0 or more")

    @property
    def next_step(self) -> ProcessStep | None:
        """The first step of the order that is not taken; None when all are."""
        taken = {event.step for event in self.events}
        return next((step for step in ORDER[self.direction] if step not in taken), None)

    @property
    def answer_by(self) -> date | None:
        """The day by which the municipality may answer; None before it is informed."""
        informed = self.day_of(ProcessStep.INFORMED)
        return None if informed is None else informed + timedelta(days=self.answer_days)

    def day_of(self, step: ProcessStep) -> date | None:
        """The day a step was taken."""
        return next((event.on for event in self.events if event.step is step), None)

    def with_event(self, event: Event) -> CentreProcess:
        """The process one step on.

        Consulting may be passed over only when the municipality's days to answer have run out.

        Raises
        ------
        Refused
            `step_taken_before`, `step_before_the_last`, `municipality_not_informed`,
            `municipality_may_still_answer`, `step_not_in_order`.
        BadInput
            If the step is none of this process.
        """
        order = ORDER[self.direction]
        if event.step not in order:
            raise BadInput(event.step.value, f"one of {', '.join(order)}")
        if self.day_of(event.step) is not None:
            raise Refused("step_taken_before", {"step": event.step.value})
        if self.events and event.on < self.events[-1].on:
            raise Refused("step_before_the_last", {"last": self.events[-1].on.isoformat()})
        self._refuse_without_the_municipality(event)
        before = order[: order.index(event.step)]
        due = [step for step in before if self.day_of(step) is None and step is not ProcessStep.CONSULTED]
        if due:
            raise Refused("step_not_in_order", {"first": due[0].value, "step": event.step.value})
        return CentreProcess(self.centre, self.direction, self.answer_days, (*self.events, event))

    def seen_by_the_municipality(self) -> tuple[Event, ...]:
        """The events that the host municipality may see."""
        return tuple(event for event in self.events if event.step in OPEN_TO_THE_MUNICIPALITY)

    def _refuse_without_the_municipality(self, event: Event) -> None:
        order = ORDER[self.direction]
        if order.index(event.step) <= order.index(ProcessStep.INFORMED):
            return
        if self.answer_by is None:
            raise Refused("municipality_not_informed")
        past = order.index(event.step) > order.index(ProcessStep.CONSULTED)
        if past and self.day_of(ProcessStep.CONSULTED) is None and event.on <= self.answer_by:
            raise Refused("municipality_may_still_answer", {"until": self.answer_by.isoformat()})

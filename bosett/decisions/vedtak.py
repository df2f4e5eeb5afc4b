"""The municipality's answer: as it was written (`Answer`) and as it is recorded (`Vedtak`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from bosett.decisions.reservation import Reservation
from bosett.terms.errors import BadInput
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode

MINORS = (Group.EM_UNDER15, Group.EM_15_17)


class AnswerKind(StrEnum):
    """A number (with or without reservations), a no, or not decided yet."""

    NUMBER = "number"
    ZERO = "zero"
    AWAITING = "awaiting"


class Standing(StrEnum):
    """Whether the recorded vedtak has been checked against the council's own record."""

    RECORDED = "recorded"
    APPROVED = "approved"


@dataclass(frozen=True)
class Answer:
    """What somebody writes down as the municipality's answer; nothing here is checked yet.

    Parameters
    ----------
    numbers
        Group -> persons as written.  A group that the answer does not mention is left out.
    decided_on
        The day of the council's decision; None while awaiting.
    meeting_on
        The day of the council meeting; needed while awaiting.
    """

    municipality: MunicipalityCode
    year: int
    kind: AnswerKind
    numbers: Mapping[Group, int | Decimal | Fraction] = field(default_factory=dict)
    reservations: tuple[Reservation, ...] = ()
    decided_on: date | None = None
    meeting_on: date | None = None


@dataclass(frozen=True)
class Vedtak:
    """A recorded answer.  Promise: whole numbers, minors inside the total, awaiting has a date.

    Parameters
    ----------
    total, em_under15, em_15_17
        A number, `AWAITING`, or (minors only) `NOT_ASKED` or `UNKNOWN` when the council did not say.

    Raises
    ------
    BadInput
        If the parts contradict each other.
    """

    municipality: MunicipalityCode
    year: int
    kind: AnswerKind
    total: Figure
    em_under15: Figure
    em_15_17: Figure
    reservations: tuple[Reservation, ...] = ()
    decided_on: date | None = None
    meeting_on: date | None = None
    standing: Standing = Standing.RECORDED

    def __post_init__(self) -> None:
        awaiting = self.kind is AnswerKind.AWAITING
        if awaiting != (self.total.state is State.AWAITING):
            raise BadInput(f"{self.kind} with total {self.total.state}", "awaiting, or a number")
        if awaiting and self.meeting_on is None:
            raise BadInput("awaiting without a date", "the date of the council meeting")
        if not awaiting and self.decided_on is None:
            raise BadInput("a vedtak without a date", "the day of the council's decision")
        if (self.kind is AnswerKind.ZERO) != (self.total.value == 0):
            raise BadInput(f"{self.kind} with total {self.total.value}", "zero is 0, a number is above 0")
        minors = (self.em_under15.value or 0) + (self.em_15_17.value or 0)
        if not awaiting and minors > (self.total.value or 0):
            raise BadInput(f"{minors} minors", "no more unaccompanied minors than persons in all")

    def figure(self, group: Group) -> Figure:
        """The answer for one group."""
        return {
            Group.ALL: self.total,
            Group.EM_UNDER15: self.em_under15,
            Group.EM_15_17: self.em_15_17,
        }[group]

    @property
    def reservations_against_the_rule(self) -> tuple[Reservation, ...]:
        """The conditions that IMDi's rule does not let a council write; the number counts all the same."""
        return tuple(one for one in self.reservations if not one.allowed)

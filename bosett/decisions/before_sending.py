"""What must be on record before a round is sent, and who is reminded before its deadline."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bosett.decisions.anmodning import Round
from bosett.decisions.vedtak import AnswerKind, Vedtak
from bosett.terms.errors import BadInput
from bosett.terms.municipality import MunicipalityCode, county_of


class UnheardReason(StrEnum):
    """Why a round is sent before everybody has been heard; ours, no source states any."""

    NO_ANSWER_IN_TIME = "no_answer_in_time"
    SUDDEN_RISE = "sudden_rise"
    AGREED_WITHOUT = "agreed_without"


class Heard(StrEnum):
    """Who is heard on a round: the request is set after the counties' recommendation, with KS."""

    COUNTY = "county"
    KS = "ks"


@dataclass(frozen=True)
class Hearing:
    """One body's word on a round before it is sent.

    Parameters
    ----------
    body
        The county's code, or "ks".
    answered_on
        None while it has not answered.
    recommended
        Municipality -> persons that the county recommends; empty when it recommends no numbers.
    comment
        What it said, as it stands in the record.
    """

    year: int
    heard: Heard
    body: str
    asked_on: date
    answered_on: date | None = None
    recommended: Mapping[MunicipalityCode, int] | None = None
    comment: str = ""

    def __post_init__(self) -> None:
        if self.answered_on is not None and self.answered_on < self.asked_on:
            raise BadInput(f"answered on {self.answered_on}", f"a day on or after {self.asked_on}")
        if any(persons < 0 for persons in (self.recommended or {}).values()):
            raise BadInput("a negative recommendation", "0 or more persons")


def not_heard(round_: Round, hearings: Iterable[Hearing]) -> tuple[str, ...]:
    """The bodies that have not answered: codes of counties with a request, and "ks"."""
    answered = {one.body for one in hearings if one.year == round_.year and one.answered_on is not None}
    counties = {county_of(one.municipality) for one in round_.requests if one.asked.value}
    return tuple(sorted((counties | {"ks"}) - answered))


@dataclass(frozen=True)
class CouncilMatter:
    """Where an answer under way stands: the council's meeting and its papers.

    Parameters
    ----------
    agenda_on
        The last day for papers to the agenda.
    """

    meeting_on: date
    agenda_on: date | None = None
    case_number: str = ""
    minutes: str = ""

    def __post_init__(self) -> None:
        if self.agenda_on is not None and self.agenda_on > self.meeting_on:
            raise BadInput(f"the agenda closes on {self.agenda_on}", f"a day before {self.meeting_on}")


@dataclass(frozen=True)
class Reminder:
    """One municipality without a decided answer, on one of the days of a reminder.

    `meeting_after_deadline` tells that its council meets too late: it is not late through neglect.
    """

    municipality: MunicipalityCode
    days_left: int
    meeting_after_deadline: bool


def reminders_due(
    round_: Round,
    answers: Iterable[Vedtak],
    today: date,
    days: Iterable[int],
    again: Collection[MunicipalityCode] = frozenset(),
) -> tuple[Reminder, ...]:
    """Who is reminded today: asked, without a decided answer, so many days before the deadline.

    Parameters
    ----------
    again
        Municipalities that must answer anew since their request was changed: their vedtak is an
        answer to another number.
    days
        Days before the deadline, >= 0: parameters, since no source states any.
    """
    given = {one.municipality: one for one in answers}
    wanted = set(days)
    due = []
    for request in round_.requests:
        vedtak = given.get(request.municipality)
        left = (request.deadline - today).days
        decided = vedtak is not None and vedtak.kind is not AnswerKind.AWAITING
        decided = decided and request.municipality not in again
        if request.asked.value and not decided and left in wanted:
            late = (
                vedtak is not None and vedtak.meeting_on is not None and vedtak.meeting_on > request.deadline
            )
            due.append(Reminder(request.municipality, left, late))
    unique = {one.municipality: one for one in due}
    return tuple(unique[code] for code in sorted(unique))

"""What the calls of households give: lines of the list, the file and its history."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema


class HouseholdOut(Schema):
    """One line of the list; a date or number that is not known is null."""

    id: UUID
    reference: str
    persons: int
    track: str
    group: str
    stage: str
    needs: list[str]
    language: str
    arrived_on: date | None
    ready_on: date | None
    waited_days: int | None
    place: str
    place_kind: str
    deadline: date | None
    deadline_kind: str
    recheck: list[str]
    version: int
    synthetic: bool


class PersonOut(Schema):
    """One person; identity numbers are not given over this call."""

    id: UUID
    name: str
    birth_date: date
    sex: str
    citizenship: str
    basis: str
    role: str
    single_adult: bool
    permit_lost_on: date | None
    left_on: date | None
    planned_on: date | None
    settled_on: date | None
    settled_in: str


class HeardOut(Schema):
    """What the household has said."""

    held_on: date
    interpreter: str
    interpreter_language: str
    wishes: list[str]
    ties: list[tuple[str, str]]
    health_consent: bool | None
    child_best_interests: str
    comment_due_on: date | None
    comment: str
    comment_at: datetime | None
    missing: dict[str, str]


class StayOut(Schema):
    """A stay in a centre."""

    centre: str
    arrived_on: date
    left_on: date | None


class AssignmentOut(Schema):
    """A named person's decision and what became of it."""

    id: int
    municipality: str
    state: str
    persons: int
    decided_at: datetime
    decided_by: str
    answer_due_on: date
    answered_at: datetime | None
    reasons: list[str]
    override_reason: str
    decline_reason: str
    self_settled: bool


class MoneyOut(Schema):
    """A grant line; `amount_nok` null is a rate that is not in force, never zero."""

    person: str
    municipality: str
    scheme: str
    year: int
    grant_year: int
    rate_nok: int | None
    amount_nok: int | None
    rule: str
    status: str


class LifeEventOut(Schema):
    """Something that happened on the way."""

    kind: str
    happened_on: date
    person: str
    reopened: list[str]
    resolved_at: datetime | None


class FileOut(Schema):
    """The file; null where the caller's role does not see the part."""

    id: UUID
    reference: str
    track: str
    group: str
    stage: str
    persons_count: int
    language: str
    needs: list[str]
    recheck: list[str]
    synthetic: bool
    arrived_on: date | None
    permit_on: date | None
    ready_on: date | None
    planned_on: date | None
    settled_on: date | None
    left_reason: str
    centre: str
    municipality: str
    version: int
    persons: list[PersonOut]
    heard: HeardOut | None
    stays: list[StayOut] | None
    assignments: list[AssignmentOut] | None
    money: list[MoneyOut] | None
    events: list[LifeEventOut] | None


class FieldOut(Schema):
    """One field before and after; null where there was nothing, and for identity numbers."""

    name: str
    before: Any
    after: Any
    restorable: bool


class ChangeOut(Schema):
    """One change of the household or of one of its persons."""

    id: int
    at: datetime
    by: str
    person: str
    fields: list[FieldOut]

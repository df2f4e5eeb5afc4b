"""What goes in and out of the calls of the followup room."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from ninja import Schema

from bosett_server.api.frame import Input


class Tie(Input):
    """What ties the household to a municipality."""

    kind: str
    municipality: str


class InterviewIn(Input):
    """Answers; what is not sent stays as it was."""

    held_on: date | None = None
    interpreter: str | None = None
    interpreter_language: str | None = None
    wishes: list[str] | None = None
    ties: list[Tie] | None = None
    health_consent: bool | None = None
    child_best_interests: str | None = None
    comment_invited_on: date | None = None
    comment_due_on: date | None = None
    missing: dict[str, str] | None = None


class InterviewOut(Schema):
    """What is answered so far, or what counts."""

    id: int | None
    held: bool
    held_on: date | None
    interpreter: str
    interpreter_language: str
    wishes: list[str]
    ties: list[Tie]
    health_consent: bool | None
    consent_withdrawn_on: date | None
    child_best_interests: str
    comment_invited_on: date | None
    comment_due_on: date | None
    comment: str
    missing: dict[str, str]


class ReadyIn(Input):
    """Needs as codes; the day is today when it is not given."""

    needs: list[str]
    ready_on: date | None = None


class NeedsIn(Input):
    """Needs as codes."""

    needs: list[str]


class BirthIn(Input):
    """The child."""

    born_on: date
    sex: str
    given_name: str
    family_name: str


class DeathIn(Input):
    """Who, and when."""

    person: UUID
    on: date


class SplitIn(Input):
    """Who leaves into a household of their own."""

    persons: list[UUID]
    on: date


class MergeIn(Input):
    """The household whose persons move in."""

    other: UUID
    on: date


class PermitLostIn(Input):
    """Whose permit; nobody named = everybody's."""

    on: date
    persons: list[UUID] = []


class LeftIn(PermitLostIn):
    """Who has left and why; nobody named = everybody."""

    reason: str


class ProtectionIn(Input):
    """Which protection an address has from now on, and the users who see the household."""

    kind: Literal["none", "fortrolig", "strengt_fortrolig"]
    named_users: list[str] = []


class RecheckIn(Input):
    """The flags that somebody has looked at."""

    codes: list[str]


class DateException(Input):
    """A person who comes on another day, and why."""

    person: UUID
    on: date
    reason: str


class DateIn(Input):
    """One date for the household; `version` as it was read."""

    day: date
    exceptions: list[DateException] = []
    version: int | None = None


class Arrived(Input):
    """One person and the day."""

    person: UUID
    settled_on: date


class SettleIn(Input):
    """Who has arrived."""

    persons: list[Arrived]


class MoveIn(Input):
    """Who moved where, by registered address."""

    persons: list[UUID]
    to: str
    registered_on: date


class ListLine(Input):
    """One line of a municipality's own list."""

    key: str
    settled_on: date


class ListIn(Input):
    """The municipality's own list, by person's DUF number or by household's reference."""

    key: Literal["duf_number", "reference"]
    municipality: str
    year: int
    lines: list[ListLine]


class DifferenceOut(Schema):
    """One difference; null = that side says nothing."""

    key: str
    difference: str
    listed_on: date | None
    registered_on: date | None


class Kept(Schema):
    """The household's id."""

    id: UUID


class KeptMany(Schema):
    """The persons' ids."""

    persons: list[UUID]


class Open(Schema):
    """The flags still open."""

    recheck: list[str]

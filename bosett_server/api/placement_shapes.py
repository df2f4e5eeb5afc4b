"""What goes in and out of the placement calls."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Schema

from bosett.terms.groups import Group
from bosett_server.api.frame import Input


class Stored(Schema):
    """The id of what was stored."""

    id: int


class StoredMany(Schema):
    """The ids of what was stored, in the order of municipalities."""

    ids: list[int]


class ProposalOut(Schema):
    """One open proposal; codes only."""

    id: int
    household: UUID
    reference: str
    persons: int
    group: str
    track: str
    needs: list[str]
    wait_days: int
    municipality: str
    easy: bool
    doubts: list[str]
    unplaced_reason: str


class CardOut(Schema):
    """One card as the municipality sees it."""

    id: int
    municipality: str
    state: str
    persons: int
    group: str
    track: str
    needs: list[str]
    answer_due_on: date
    open_questions: int


class CardFull(CardOut):
    """The whole card; `version` goes with the answer."""

    version: int
    year: int
    card: dict[str, Any]


class PlacesOut(Schema):
    """Places of one municipality and group; `vedtak` is null while none is in force."""

    municipality: str
    name: str
    group: str
    vedtak: int | None
    opened: int
    assigned: int
    settled: int
    left: int
    over_by: int


class ManyIn(Input):
    """Proposals to be decided together, all or none."""

    proposals: list[int]


class TakeBackIn(Input):
    """Offers to be taken back together, all or none."""

    assignments: list[int]


class TakenBack(Schema):
    """How many offers were taken back."""

    count: int


class DecisionIn(Input):
    """One household to one municipality."""

    household: UUID
    municipality: str
    year: int
    override_reason: str = ""
    override_code: str = ""


class VersionIn(Input):
    """The version that was read."""

    version: int


class DeclineIn(VersionIn):
    """No, with a reason from the list."""

    reason: str
    note: str = ""


class AskIn(Input):
    """A question from the list, and a few words."""

    question: str
    text: str = ""


class AnswerIn(Input):
    """The answer to a question."""

    text: str


class OpenIn(Input):
    """Places above or before the vedtak."""

    number: int
    reason: str
    group: Group = Group.ALL
    household: UUID | None = None
    sealed: bool = False


class HomeIn(Input):
    """A home that a household found."""

    household: UUID
    municipality: str
    lease_from: date


class YesNoIn(Input):
    """The municipality's answer to a home."""

    approve: bool
    reason: str = ""

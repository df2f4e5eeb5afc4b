"""One municipality's answer: what is typed, what it is compared with, what to look at, and its log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from bosett.expenditure.questionnaire import Line, lines
from bosett.expenditure.typed import Flag, Known, Typed, look, unexplained
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.queries.expenditure import RoundRow, round_row
from bosett_server.records.models import (
    ExpenditureAnswer,
    ExpenditureBaseline,
    ExpenditureFrameRow,
    ExpenditureKnown,
    ExpenditureResponse,
    ExpenditureRevision,
)

LOG_ROWS = 200


@dataclass(frozen=True)
class Sheet:
    """The questionnaire of one municipality as it stands; `hidden` when the answer is a draft of another's."""

    round: RoundRow
    municipality: str
    name: str
    state: str
    persons: Fraction
    lines: tuple[Line, ...]
    typed: Mapping[str, Typed]
    values: Mapping[str, int | None]
    known: Known
    flags: tuple[Flag, ...]
    sent_by: int | None
    sent_at: datetime | None
    approved_at: datetime | None
    reopened_reason: str
    saved_at: datetime | None
    hidden: bool

    @property
    def unexplained(self) -> tuple[Flag, ...]:
        """What keeps it from being sent."""
        return unexplained(self.flags, self.typed)

    @property
    def total(self) -> int | None:
        """The kroner of every line that has a number; None when none has."""
        told = [self.values.get(line.area) for line in self.lines if line.unit == "nok"]
        known = [one for one in told if one is not None]
        return sum(known) if known else None


@dataclass(frozen=True)
class LogRow:
    """One entry of the revision log."""

    at: datetime
    by: str
    area: str
    step: str
    told: Mapping[str, Any]


def response_row(number: int, municipality: str) -> ExpenditureResponse:
    """The response's row.  Raises NotInSight when the municipality is not asked, or not the actor's."""
    row = (
        ExpenditureResponse.objects.select_related("municipality")
        .filter(round_id=number, municipality_id=municipality)
        .first()
    )
    if row is None:
        raise NotInSight("not_in_sight")
    return row


def sheet(actor: Actor, number: int, municipality: str) -> Sheet:
    """The questionnaire as it stands.  Raises NotInSight."""
    told, row = round_row(actor, number), response_row(number, municipality)
    stored = {one.area: one for one in ExpenditureAnswer.objects.filter(response=row)}
    typed = {area: typed_of(one) for area, one in stored.items()}
    known = known_of(told, municipality)
    asked = lines(told.kind)
    hidden = row.state == "open" and municipality not in actor.municipalities
    return Sheet(
        told, municipality, row.municipality.name, row.state, known.persons, asked, typed,
        {area: one.value for area, one in stored.items()}, known,
        () if hidden else look(asked, typed, known), row.sent_by_id, row.sent_at, row.approved_at,
        row.reopened_reason, max((one.saved_at for one in stored.values()), default=None), hidden,
    )  # fmt: skip


def typed_of(row: ExpenditureAnswer) -> Typed:
    """A stored answer as it was typed."""
    return Typed(row.area, row.amount_typed, row.share_typed, row.whole_typed, row.explanation)


def known_of(told: RoundRow, municipality: str) -> Known:
    """What this municipality's answers are compared with: its own last year, the others then, KOSTRA."""
    persons = _persons(told.id, municipality)
    last = (
        ExpenditureResponse.objects.filter(
            municipality_id=municipality, state="approved", round__kind=told.kind, round__year__lt=told.year
        )
        .order_by("-round__year")
        .first()
    )
    before = ExpenditureBaseline.objects.filter(round__kind=told.kind, round__year__lt=told.year)
    newest = before.order_by("-round__year").first()
    kostra = ExpenditureKnown.objects.filter(
        round_id=told.id, kind="kostra", municipality_id=municipality
    ).values_list("item", "amount_nok")
    return Known(
        persons or Fraction(0),
        {one.area: one.value for one in last.answers.all() if one.value is not None} if last else {},
        _persons(last.round_id, municipality) if last else None,
        {one["area"]: one["nok"] for one in newest.result["areas"]} if newest else {},
        dict(kostra),
    )


def log(actor: Actor, number: int, municipality: str) -> list[LogRow]:
    """The newest entries of the revision log, newest first."""
    row = response_row(number, municipality)
    found = ExpenditureRevision.objects.filter(response=row).select_related("by").order_by("-at", "-id")
    return [
        LogRow(one.at, one.by.get_full_name() or one.by.username if one.by else "", one.area, one.step, one.told)
        for one in found[:LOG_ROWS]
    ]  # fmt: skip


def _persons(number: int, municipality: str) -> Fraction | None:
    found = ExpenditureFrameRow.objects.filter(round_id=number, municipality_id=municipality).first()
    return None if found is None else Fraction(found.eligible_persons)

"""The parts of a household's file, each read on its own so that one the reader may not see is never read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bosett_server.records.models import (
    Assignment,
    GrantLine,
    Interview,
    LifeEvent,
    Municipality,
    Proposal,
    Stay,
)


@dataclass(frozen=True)
class Heard:
    """The newest closed settlement interview; places are names, items without carry a coded reason."""

    held_on: date
    interpreter: str
    interpreter_language: str
    wishes: tuple[str, ...]
    ties: tuple[tuple[str, str], ...]
    health_consent: bool | None
    child_best_interests: str
    comment_invited_on: date | None
    comment_due_on: date | None
    comment: str
    comment_at: datetime | None
    missing: Mapping[str, str]


@dataclass(frozen=True)
class StayLine:
    """A stay in a centre; `centre` is empty when the centre is not announced yet."""

    centre: str
    arrived_on: date
    left_on: date | None


@dataclass(frozen=True)
class ProposalLine:
    """What the engine proposed in one run."""

    id: int
    made_at: datetime
    municipality: str
    state: str
    easy: bool
    reasons: tuple[str, ...]
    doubts: tuple[str, ...]
    unplaced_reason: str


@dataclass(frozen=True)
class AssignmentLine:
    """A named person's decision and what became of it; what only IMDi sees is empty for others."""

    id: int
    municipality: str
    state: str
    persons: int
    decided_at: datetime
    decided_by: str
    answer_due_on: date
    answered_at: datetime | None
    reasons: tuple[str, ...]
    override_reason: str
    decline_reason: str
    self_settled: bool


@dataclass(frozen=True)
class MoneyLine:
    """A grant line; `amount_nok` None is a rate that is not in force, never zero."""

    person: str
    municipality: str
    scheme: str
    year: int
    grant_year: int
    rate_nok: int | None
    amount_nok: int | None
    rule: str
    source: Mapping[str, Any]
    status: str


@dataclass(frozen=True)
class EventLine:
    """Something that happened on the way, and what it opened again."""

    kind: str
    happened_on: date
    person: str
    reopened: tuple[str, ...]
    resolved_at: datetime | None


def heard_of(household: UUID) -> Heard | None:
    """The newest closed interview; two queries."""
    row = (
        Interview.objects.filter(household_id=household, closed_at__isnull=False)
        .order_by("-held_on", "-id")
        .first()
    )
    if row is None:
        return None
    codes = {*map(str, row.wishes), *(str(tie["municipality"]) for tie in row.ties)}
    names = dict(Municipality.objects.filter(code__in=codes).values_list("code", "name"))
    return Heard(
        held_on=row.held_on, interpreter=row.interpreter, interpreter_language=row.interpreter_language,
        wishes=tuple(_name(names, code) for code in row.wishes),
        ties=tuple((str(tie["kind"]), _name(names, tie["municipality"])) for tie in row.ties),
        health_consent=row.health_consent, child_best_interests=row.child_best_interests,
        comment_invited_on=row.comment_invited_on, comment_due_on=row.comment_due_on, comment=row.comment,
        comment_at=row.comment_at, missing={str(k): str(v) for k, v in row.missing.items()},
    )  # fmt: skip


def stays_of(household: UUID) -> tuple[StayLine, ...]:
    """Every stay, newest first."""
    rows = Stay.objects.filter(household_id=household).order_by("-arrived_on", "-id")
    return tuple(
        StayLine(name or "", arrived, left)
        for name, arrived, left in rows.values_list("centre__name", "arrived_on", "left_on")
    )


def proposals_of(household: UUID) -> tuple[ProposalLine, ...]:
    """Every proposal of the engine, newest first."""
    rows = (
        Proposal.objects.filter(household_id=household).select_related("municipality", "run").order_by("-id")
    )
    return tuple(
        ProposalLine(
            row.pk, row.run.started_at, row.municipality.name if row.municipality else "", row.state, row.easy,
            _codes(row.reasons), _codes(row.doubts), row.unplaced_reason,
        )
        for row in rows
    )  # fmt: skip


def assignments_of(household: UUID, *, accepted_only: bool) -> tuple[AssignmentLine, ...]:
    """Every decision in sight, newest first; only what a municipality accepted for those outside IMDi."""
    rows = Assignment.objects.filter(household_id=household).select_related("municipality", "decided_by")
    if accepted_only:
        rows = rows.filter(state__in=["accepted", "settled"])
    return tuple(
        AssignmentLine(
            row.pk, row.municipality.name, row.state, row.persons, row.decided_at, row.decided_by.get_full_name(),
            row.answer_due_on, row.answered_at, _codes(row.reasons), "" if accepted_only else row.override_reason,
            "" if accepted_only else row.decline_reason, row.self_settled,
        )
        for row in rows.order_by("-decided_at", "-id")
    )  # fmt: skip


def money_of(household: UUID, names: Mapping[UUID, str]) -> tuple[MoneyLine, ...]:
    """The current grant lines, by year and person."""
    rows = GrantLine.objects.filter(person_id__in=list(names), superseded_at__isnull=True)
    return tuple(
        MoneyLine(
            names[row.person_id], row.municipality.name, row.scheme, row.year, row.grant_year, row.rate_nok,
            row.amount_nok, row.rule, row.source, row.status,
        )
        for row in rows.select_related("municipality").order_by("year", "person_id", "scheme")
        if row.person_id is not None
    )  # fmt: skip


def events_of(household: UUID, names: Mapping[UUID, str]) -> tuple[EventLine, ...]:
    """Every event on the way, newest first."""
    rows = LifeEvent.objects.filter(household_id=household).order_by("-happened_on", "-id")
    return tuple(
        EventLine(
            row.kind, row.happened_on, names.get(row.person_id, "") if row.person_id else "",
            tuple(row.reopened), row.resolved_at,
        )
        for row in rows
    )  # fmt: skip


def _name(names: Mapping[str, str], code: object) -> str:
    """The municipality's name; a code that is none any more is shown as it is."""
    return names.get(str(code), str(code))


def _codes(stored: list[Any]) -> tuple[str, ...]:
    """The codes of stored reasons, whether kept with facts or alone."""
    return tuple(str(one["code"]) if isinstance(one, dict) else str(one) for one in stored)

"""What a household sees of itself, and what the offices see of what it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from bosett_server.access import audit
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.records.models import (
    Assignment,
    Household,
    HouseholdRequest,
    Interview,
    Municipality,
    OneTimeCode,
    Person,
)

PAGE_SIZE = 50


@dataclass(frozen=True)
class OwnPerson:
    """A person as the household's own file names it."""

    name: str
    birth_date: date


@dataclass(frozen=True)
class Hearing:
    """The talk with the centre and the dated chance to comment on it."""

    id: int
    held_on: date
    wishes: tuple[str, ...]
    ties: tuple[tuple[str, str], ...]
    comment_due_on: date | None
    comment: str


@dataclass(frozen=True)
class OwnRequest:
    """Something the household asked for, and the answer."""

    id: int
    household: str
    reference: str
    kind: str
    subject: str
    text: str
    asked_at: datetime
    answer_due_on: date
    answer_code: str
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True)
class OwnPage:
    """Everything on the household's page.

    Parameters
    ----------
    municipality
        Named once it has said yes; empty before.
    answer_due_on
        By when the municipality that was asked answers; None when none is asked.
    reasons
        Codes of why this municipality, the strongest first.
    chosen_by_hand
        A caseworker chose otherwise than the engine, or without it.
    chosen_for
        The coded reason of that choice; empty when the engine's was taken.
    written_reason
        What the caseworker wrote for the household to read, in Norwegian; empty when nothing was written.
    """

    id: str
    reference: str
    stage: str
    language: str
    centre: str
    persons: tuple[OwnPerson, ...]
    needs: tuple[str, ...]
    municipality: str
    answer_due_on: date | None
    settles_on: date | None
    decided_on: date | None
    reasons: tuple[str, ...]
    chosen_by_hand: bool
    chosen_for: str
    written_reason: str
    hearing: Hearing | None
    requests: tuple[OwnRequest, ...]


def own_page(actor: Actor) -> OwnPage:
    """The page of the actor's own household; six queries.  Raises NotInSight when it is not to be seen."""
    row = (
        Household.objects.select_related("centre", "assigned_municipality")
        .filter(pk=actor.household_id)
        .first()
    )
    if row is None:
        raise NotInSight("not_in_sight")
    persons = Person.objects.filter(household=row, left_on__isnull=True).order_by("birth_date", "id")
    assignment = (
        Assignment.objects.filter(household=row, state__in=["offered", "accepted", "settled"])
        .order_by("-id")
        .first()
    )
    agreed = assignment if assignment and assignment.state != "offered" else None
    audit.log_read("own_page", "household", [row.pk])
    return OwnPage(
        id=str(row.pk),
        reference=row.reference,
        stage=row.stage,
        language=row.language,
        centre=row.centre.name if row.centre else "",
        persons=tuple(OwnPerson(f"{p.given_name} {p.family_name}", p.birth_date) for p in persons),
        needs=tuple(row.needs),
        municipality=row.assigned_municipality.name if row.assigned_municipality else "",
        answer_due_on=assignment.answer_due_on if assignment and not agreed else None,
        settles_on=row.settled_on or row.planned_settlement_on,
        decided_on=timezone.localdate(agreed.decided_at) if agreed else None,
        reasons=_reasons(agreed.reasons) if agreed else (),
        chosen_by_hand=bool(agreed and (agreed.override_code or agreed.proposal_id is None)),
        chosen_for=agreed.override_code if agreed else "",
        written_reason=agreed.override_reason if agreed else "",
        hearing=_hearing(row),
        requests=tuple(
            _request(r) for r in HouseholdRequest.objects.filter(household=row).order_by("-id")[:20]
        ),
    )


def open_requests(actor: Actor, *, before_id: int = 0, limit: int = PAGE_SIZE) -> list[OwnRequest]:
    """What waits for this office: new assessments for IMDi, corrections for the centre (or IMDi when there is none)."""
    rows = (
        HouseholdRequest.objects.filter(answered_at__isnull=True).select_related("household").order_by("-id")
    )
    if actor.role in {Role.CENTRE, Role.BUFETAT}:
        rows = rows.filter(kind="correction")
    if before_id:
        rows = rows.filter(pk__lt=before_id)
    found = list(rows[:limit])
    audit.log_read("household_requests", "household", sorted({str(r.household_id) for r in found}))
    return [_request(r) for r in found]


def _request(row: HouseholdRequest) -> OwnRequest:
    return OwnRequest(
        row.pk, str(row.household_id), row.household.reference, row.kind, row.subject, row.text, row.asked_at,
        row.answer_due_on, row.answer_code, row.answer, row.answered_at,
    )  # fmt: skip


def _reasons(stored: list[dict[str, Any]]) -> tuple[str, ...]:
    """Only what speaks for this municipality; nothing about others."""
    told = [str(reason.get("code", "")) for reason in stored]
    return tuple(dict.fromkeys(code for code in told if code not in {"", "rank", "blocked"}))


def _hearing(household: Household) -> Hearing | None:
    row = Interview.objects.filter(household=household).order_by("-held_on", "-id").first()
    if row is None:
        return None
    codes = [*row.wishes, *(tie.get("municipality", "") for tie in row.ties)]
    names = dict(Municipality.objects.filter(code__in=codes).values_list("code", "name"))
    return Hearing(
        row.pk,
        row.held_on,
        tuple(names[code] for code in row.wishes if code in names),
        tuple(
            (names[t["municipality"]], str(t.get("kind", "")))
            for t in row.ties
            if t.get("municipality") in names
        ),
        row.comment_due_on,
        row.comment,
    )


@dataclass(frozen=True)
class CodeSheet:
    """What the centre needs in order to print a code; never the code itself, which nobody can read back."""

    id: str
    reference: str
    language: str
    protected: bool
    minor: bool
    expires_on: date | None


def code_sheet(actor: Actor, household: UUID) -> CodeSheet:
    """One of the centre's own households, and how long its unused code still works.  Raises NotInSight."""
    row = Household.objects.filter(pk=household, merged_into__isnull=True).first()
    if row is None:
        raise NotInSight("not_in_sight")
    code = (
        OneTimeCode.objects.filter(household=row, used_at__isnull=True, revoked_at__isnull=True)
        .order_by("-expires_at")
        .first()
    )
    audit.log_read("code_sheet", "household", [row.pk])
    until = timezone.localdate(code.expires_at) if code else None
    return CodeSheet(
        str(row.pk), row.reference, row.language, row.protection != "none", row.group != "all", until
    )


def one_request(actor: Actor, request: int) -> OwnRequest:
    """One request in sight.  Raises NotInSight."""
    row = HouseholdRequest.objects.select_related("household").filter(pk=request).first()
    if row is None:
        raise NotInSight("not_in_sight")
    audit.log_read("household_request", "household", [row.household_id])
    return _request(row)

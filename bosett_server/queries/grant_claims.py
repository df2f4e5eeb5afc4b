"""Claims for documented grants: the list of those in sight, one with what it gives, and whom to claim for.

Claims for persons with a protected address are in no list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from bosett.grants.claim import Claim
from bosett.grants.claim_sheet import SHEETS, Agency
from bosett.grants.deadlines import special_deadline
from bosett.grants.result import GrantLine, NoGrant
from bosett.rules.parameters import Parameters
from bosett_server.access import audit
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.queries.grant_claim_lines import as_claim, claim_year
from bosett_server.queries.grant_rates import rates_in_force
from bosett_server.records.models import GrantClaim, Person, Settlement
from bosett_server.records.models import GrantLine as LineRow

PAGE_SIZE = 50
YEARS_BACK = 7
"""A person's claims end five years after settlement; the deadline of the last is two months later."""
UDI_SCHEMES = tuple(code for code, sheet in SHEETS.items() if sheet.agency is Agency.UDI)


@dataclass(frozen=True)
class ClaimRow:
    """One claim; household and birth year only while the person's file is in the reader's sight.

    Parameters
    ----------
    due_on
        By the rule, an extension counted in; None where no rule gives one.
    """

    id: int
    claim: Claim
    municipality: str
    state: str
    due_on: date | None
    recorded_by: int | None
    recorded_at: datetime
    decided_at: datetime | None
    reason: str
    version: int
    household: str = ""
    household_id: UUID | None = None
    birth_year: int | None = None
    synthetic: bool | None = None

    @property
    def agency(self) -> Agency:
        """Who decides."""
        return SHEETS[self.claim.scheme].agency


@dataclass(frozen=True)
class ClaimShown:
    """A claim and what the rules give for it, with the rates they rest on; `line` is the stored line's id."""

    row: ClaimRow
    outcome: GrantLine | NoGrant | None
    rates: Parameters
    line: int | None


@dataclass(frozen=True)
class Claimable:
    """A settled person whom a claim may be for."""

    person: UUID
    household: str
    birth_year: int
    settled_on: date
    first_deadline: date


def claims_in_sight(
    actor: Actor, *, state: str = "", scheme: str = "", before: int = 0, limit: int = PAGE_SIZE
) -> list[ClaimRow]:
    """The newest first, from the one before `before`; two queries and the log of the reading."""
    rows = _mine(actor).select_related("municipality")
    if state:
        rows = rows.filter(state=state)
    if scheme:
        rows = rows.filter(scheme=scheme)
    if before:
        rows = rows.filter(pk__lt=before)
    return _with_persons(list(rows.order_by("-pk")[:limit]), "grant_claims")


def claims_by_state(actor: Actor) -> dict[str, int]:
    """How many in each state; one query."""
    counted = _mine(actor).values_list("state").annotate(claims=Count("pk")).order_by("state")
    return {str(state): int(count) for state, count in counted}


def deadlines_coming(actor: Actor, today: date) -> list[ClaimRow]:
    """Drafts with a deadline, the nearest first; those that have passed stand first of all."""
    rows = _mine(actor).filter(state="draft", due_on__isnull=False).select_related("municipality")
    found = _with_persons(list(rows[:PAGE_SIZE]), "grant_claims")
    return sorted(found, key=lambda one: one.due_on or today)


def claim_must_be_seen(actor: Actor, number: int) -> None:
    """Raises NotInSight for a claim that the reader does not see, before anything is told of it."""
    if not GrantClaim.objects.filter(pk=number).exists():
        raise NotInSight("not_in_sight")


def claim_shown(actor: Actor, number: int) -> ClaimShown:
    """One claim; a withdrawn or refused one is not calculated.  Raises NotInSight."""
    row = GrantClaim.objects.select_related("municipality").filter(pk=number).first()
    if row is None:
        raise NotInSight("not_in_sight")
    (shown,) = _with_persons([row], "grant_claim")
    with acting(SYSTEM):
        found = claim_year(row.municipality_id, row.year, row.pk)
        standing = LineRow.objects.filter(claim=row.pk, superseded_at__isnull=True)
        line = standing.values_list("pk", flat=True).first()
    counts = row.state in ("draft", "applied", "granted")
    return ClaimShown(shown, found.outcome(row.pk) if counts else None, found.rates, line)


def persons_to_claim_for(actor: Actor, municipality: str, today: date) -> list[Claimable]:
    """Who was settled in the municipality in the last years and is in sight; the reading is logged."""
    since = date(today.year - YEARS_BACK, 1, 1)
    rows = Settlement.objects.filter(
        municipality_id=municipality, settled_on__gte=since, person__household__protection="none",
        person__left_on__isnull=True,
    ).values_list("person_id", "person__household__reference", "person__birth_date", "settled_on")  # fmt: skip
    rates = rates_in_force()
    found = [
        Claimable(person, home, born.year, day, special_deadline(day, 1, first=True, rates=rates))
        for person, home, born, day in rows
    ]
    audit.log_read("grant_claim_persons", "person", sorted(str(one.person) for one in found))
    return sorted(found, key=lambda one: (one.household, one.birth_year, str(one.person)))


def _mine(actor: Actor) -> QuerySet[GrantClaim]:
    rows = GrantClaim.objects.filter(sealed=False)
    if actor.role is Role.UDI_RECEPTION:
        return rows.filter(scheme__in=UDI_SCHEMES)
    return rows if not actor.municipalities else rows.filter(municipality_id__in=actor.municipalities)


def _with_persons(rows: Iterable[GrantClaim], verb: str) -> list[ClaimRow]:
    listed = list(rows)
    wanted = {row.person_id for row in listed if row.person_id}
    columns = ("pk", "household__reference", "household_id", "birth_date", "synthetic")
    seen = {one[0]: one[1:] for one in Person.objects.filter(pk__in=wanted).values_list(*columns)}
    audit.log_read(verb, "person", sorted(str(pk) for pk in seen))
    return [_row(row, seen.get(row.person_id)) for row in listed]


def _row(row: GrantClaim, seen: tuple[str, UUID, date, bool] | None) -> ClaimRow:
    due = None if row.due_on is None else max(row.due_on, row.extended_to or row.due_on)
    about = (seen[0], seen[1], seen[2].year, seen[3]) if seen else ("", None, None, None)
    return ClaimRow(
        row.pk, as_claim(row), row.municipality.name, row.state, due, row.recorded_by_id, row.recorded_at,
        row.decided_at, row.reason, row.version, *about,
    )  # fmt: skip

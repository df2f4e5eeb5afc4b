"""Claims for documented grants over the API: the list, one with what it gives, and every step."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema

from bosett.grants.claim import Claim
from bosett.grants.claim_sheet import SHEETS
from bosett.grants.deadlines import SPECIAL
from bosett.grants.result import GrantLine, NoGrant
from bosett.grants.wording import told
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.grant_claims import apply_claim, change_claim, record_claim, withdraw_claim
from bosett_server.actions.grant_decisions import decide_claim, extend_claim
from bosett_server.api.frame import (
    DEFAULT_LIMIT,
    PROBLEMS,
    Cursor,
    Input,
    Limit,
    Page,
    endpoint,
    following,
)
from bosett_server.queries.grant_claims import ClaimRow, claim_must_be_seen, claim_shown, claims_in_sight

router = Router()


class ClaimIn(Input):
    """What a claim says; a scheme takes the members of its sheet, the others stay empty."""

    scheme: str
    year: int
    municipality: str
    person: UUID | None = None
    grant_year: int | None = None
    cost_nok: int | None = None
    persons: int | None = None
    place_type: str = ""
    places: int | None = None
    from_date: date | None = None
    to_date: date | None = None
    asked: int | None = None
    voted: int | None = None
    settled: int | None = None
    by_agreement: bool | None = None
    arose_before_settlement: bool | None = None
    conditions_met: bool | None = None

    def claim(self) -> Claim:
        """As the library reads it.  Raises BadInput for what cannot be."""
        given = self.model_dump(exclude={"municipality", "person", "scheme", "year"})
        return Claim("new", self.scheme, self.year, self.municipality, str(self.person or ""), **given)


class NewClaimIn(ClaimIn):
    """A new claim: a draft, or applied for at once."""

    apply: bool = False


class ChangeIn(ClaimIn):
    """The claim as it should be, and the version that was read."""

    version: int


class DecisionIn(Input):
    """Granted, or refused for a coded reason."""

    granted: bool
    reason: str = ""


class ExtensionIn(Input):
    """A later deadline, and the day it was asked for."""

    until: date
    asked_on: date


class ClaimId(Schema):
    """The claim."""

    id: int


class ClaimOut(Schema):
    """A claim with its state and deadline; household and birth year only of persons in sight."""

    id: int
    scheme: str
    year: int
    municipality: str
    grant_year: int | None
    household: str
    birth_year: int | None
    state: str
    agency: str
    due_on: date | None
    applied_on: date | None
    decided_at: datetime | None
    reason: str
    version: int
    facts: dict[str, Any]


class ClaimGivesOut(ClaimOut):
    """The claim and what the rules give: an amount, an amount that cannot be said, or nothing and why."""

    amount_nok: int | None
    status: str
    why_nothing: str
    rule: str
    sentences: list[str]
    line: int | None


@router.get("/claims", response={200: Page[ClaimOut], **PROBLEMS})
@endpoint(Permission.CLAIM_RECORD)
def list_claims(
    request: Request, state: str = "", scheme: str = "", cursor: str = "", limit: Limit = DEFAULT_LIMIT
) -> Page[ClaimOut]:
    """Claims in sight, the newest first; those for protected persons are in no list."""
    before = Cursor.read_number(cursor)
    rows = claims_in_sight(request.actor, state=state, scheme=scheme, before=before, limit=limit)
    return Page[ClaimOut](
        items=[ClaimOut(**_out(row)) for row in rows], next=following(rows, limit, lambda row: row.id)
    )


@router.post("/claims", response={200: ClaimId, **PROBLEMS})
@endpoint(Permission.CLAIM_RECORD)
def post_claim(request: Request, body: NewClaimIn) -> ClaimId:
    """Record a claim as a draft, or apply at once."""
    claim = ClaimIn(**body.model_dump(exclude={"apply"})).claim()
    return ClaimId(id=record_claim(request.actor, claim=claim, apply=body.apply))


@router.get("/claims/{int:number}", response={200: ClaimGivesOut, **PROBLEMS})
@endpoint(Permission.CLAIM_RECORD)
def get_claim(request: Request, number: int) -> ClaimGivesOut:
    """One claim and what the rules give for it, with the sentences that explain it."""
    shown = claim_shown(request.actor, number)
    found = shown.outcome
    line = found if isinstance(found, GrantLine) else None
    return ClaimGivesOut(
        **_out(shown.row),
        amount_nok=line.amount_nok if line else None,
        status=line.status.value if line else "nothing" if found else "not_calculated",
        why_nothing=found.code if isinstance(found, NoGrant) else "",
        rule=line.rule if line else "",
        sentences=list(told(line, "en", shown.rates)) if line else [],
        line=shown.line,
    )


@router.put("/claims/{int:number}", response={200: ClaimId, **PROBLEMS})
@endpoint(Permission.CLAIM_RECORD)
def put_claim(request: Request, number: int, body: ChangeIn) -> ClaimId:
    """Change an undecided claim; refused when somebody changed it after the version that was read."""
    claim_must_be_seen(request.actor, number)
    claim = ClaimIn(**body.model_dump(exclude={"version"})).claim()
    return ClaimId(id=change_claim(request.actor, claim=number, told=claim, version=body.version))


@router.post("/claims/{int:number}/application", response={200: ClaimId, **PROBLEMS})
@endpoint(Permission.CLAIM_RECORD)
def post_application(request: Request, number: int) -> ClaimId:
    """Apply for a draft today."""
    return ClaimId(id=apply_claim(request.actor, claim=number))


@router.post("/claims/{int:number}/withdrawal", response={200: ClaimId, **PROBLEMS})
@endpoint(Permission.CLAIM_RECORD)
def post_withdrawal(request: Request, number: int) -> ClaimId:
    """Withdraw a claim; the line of a granted one is replaced and kept."""
    return ClaimId(id=withdraw_claim(request.actor, claim=number))


@router.post("/claims/{int:number}/decision", response={200: ClaimId, **PROBLEMS})
@endpoint(Permission.CLAIM_DECIDE)
def post_decision(request: Request, number: int, body: DecisionIn) -> ClaimId:
    """Grant a claim, or refuse it for a coded reason."""
    return ClaimId(id=decide_claim(request.actor, claim=number, granted=body.granted, reason=body.reason))


@router.post("/claims/{int:number}/extension", response={200: ClaimId, **PROBLEMS})
@endpoint(Permission.CLAIM_DECIDE)
def post_extension(request: Request, number: int, body: ExtensionIn) -> ClaimId:
    """Give a claim a later deadline that was asked for in time."""
    return ClaimId(id=extend_claim(request.actor, claim=number, until=body.until, asked_on=body.asked_on))


def _out(row: ClaimRow) -> dict[str, Any]:
    claim = row.claim
    left_out = ("person_id", "grant_year")
    return {
        "id": row.id, "scheme": claim.scheme, "year": claim.year, "municipality": claim.municipality_id,
        "grant_year": claim.grant_year if claim.scheme in SPECIAL else None, "household": row.household,
        "birth_year": row.birth_year, "state": row.state, "agency": row.agency.value, "due_on": row.due_on,
        "applied_on": claim.applied_date, "decided_at": row.decided_at, "reason": row.reason,
        "version": row.version,
        "facts": {name: getattr(claim, name) for name in SHEETS[claim.scheme].fields if name not in left_out},
    }  # fmt: skip

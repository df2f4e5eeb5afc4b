"""Claims for documented grants, on the agency's side: decided, and deadlines extended."""

from __future__ import annotations

from datetime import date

from bosett.grants.claim_sheet import REFUSAL_REASONS, SHEETS
from bosett.grants.result import NoGrant
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.context import acting
from bosett_server.access.permissions import Permission
from bosett_server.actions.claim_notices import close_notices, facts, to_municipality
from bosett_server.actions.grant_claim_lines import store_claims_of
from bosett_server.actions.grant_claims import AGENCY_ROLES, OPEN, locked
from bosett_server.actions.household_notices import as_house
from bosett_server.actions.step import Done, action
from bosett_server.queries.grant_claim_lines import claim_year
from bosett_server.records.models import GrantClaim


@action(Permission.CLAIM_DECIDE)
def decide_claim(actor: Actor, *, claim: int, granted: bool, reason: str = "") -> Done[int]:
    """A claim that was applied for is granted, and its line stored; or refused for a coded reason.

    Raises Refused `claim_decided_already`, `claim_not_applied_for`, `claim_of_another_agency`,
    `decided_by_who_recorded`, `claim_gives_nothing`, `claim_refused_without_reason`.
    """
    row = _of_ours(actor, claim)
    if row.state == "draft":
        raise Refused("claim_not_applied_for")
    if row.recorded_by_id == actor.user_id:
        raise Refused("decided_by_who_recorded")
    if not granted and reason not in REFUSAL_REASONS:
        raise Refused("claim_refused_without_reason")
    if granted:
        with acting(as_house(actor)):
            outcome = claim_year(row.municipality_id, row.year, row.pk).outcome(row.pk)
        if isinstance(outcome, NoGrant):
            raise Refused("claim_gives_nothing", {"reason": outcome.code})
    row.state, row.reason = ("granted", "") if granted else ("refused", reason)
    row.decided_by_id, row.decided_at, row.version = actor.user_id, clock.now(), row.version + 1
    row.save(update_fields=["state", "reason", "decided_by", "decided_at", "version"])
    if granted:
        with acting(as_house(actor)):
            store_claims_of(row.municipality_id, row.year)
    close_notices(row)
    code = "claim_granted" if granted else "claim_refused"
    return Done(row.pk, ("claim", row.pk), {**facts(row), "reason": row.reason}, to_municipality(code, row))


@action(Permission.CLAIM_DECIDE)
def extend_claim(actor: Actor, *, claim: int, until: date, asked_on: date) -> Done[int]:
    """The deadline is later: asked for inside the deadline, as the rule wants it.

    Raises Refused `claim_decided_already`, `claim_of_another_agency`, `claim_has_no_deadline`,
    `extension_asked_too_late`, `extension_not_later`.
    """
    row = _of_ours(actor, claim)
    if row.due_on is None:
        raise Refused("claim_has_no_deadline")
    standing = max(row.due_on, row.extended_to or row.due_on)
    if asked_on > standing or asked_on > clock.today():
        raise Refused("extension_asked_too_late", {"day": standing.isoformat()})
    if until <= standing:
        raise Refused("extension_not_later", {"day": standing.isoformat()})
    row.extended_to, row.version = until, row.version + 1
    row.save(update_fields=["extended_to", "version"])
    told = {**facts(row), "until": until.isoformat()}
    return Done(row.pk, ("claim", row.pk), told, to_municipality("claim_extended", row, until))


def _of_ours(actor: Actor, claim: int) -> GrantClaim:
    row = locked(claim, OPEN)
    if actor.role not in AGENCY_ROLES[SHEETS[row.scheme].agency]:
        raise Refused("claim_of_another_agency")
    return row

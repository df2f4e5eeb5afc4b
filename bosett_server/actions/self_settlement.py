"""Agreed self-settlement: the household found a home, the municipality says yes or no, IMDi decides."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.actions.card import card
from bosett_server.actions.step import Done, action
from bosett_server.queries.decision_checks import why_not
from bosett_server.queries.decisions import place_name
from bosett_server.queries.placement_pool import Candidate, candidates_of
from bosett_server.records.models import Assignment, Household, Notice, Proposal, SelfSettlement

REFUSE_REASONS = ("not_used_here", "home_does_not_fit", "lease_not_in_order", "no_places_left_here", "other")
WITH_A_MUNICIPALITY = {"proposed", "assigned", "date_agreed", "settled", "left"}


@action(Permission.SELF_SETTLEMENT_REGISTER)
def register_self_settlement(
    actor: Actor, *, household: str, municipality: str, lease_from: date
) -> Done[int]:
    """The municipality is asked whether the household may settle in the home it found.

    Raises Refused: `already_with_a_municipality`, `not_for_protected_addresses`, `lease_in_the_past`,
    `self_settlement_already_asked`.
    """
    row = Household.objects.filter(pk=UUID(household), merged_into__isnull=True).first()
    if row is None:
        raise NotInSight("not_in_sight")
    name = place_name(municipality)
    if row.stage in WITH_A_MUNICIPALITY:
        raise Refused("already_with_a_municipality", {"household": row.reference})
    if row.protection != "none":
        raise Refused("not_for_protected_addresses", {"household": row.reference})
    if lease_from < clock.today():
        raise Refused("lease_in_the_past", {"lease_from": lease_from.isoformat()})
    asked = SelfSettlement.objects.create(
        household=row, municipality_id=municipality, lease_from=lease_from, registered_by_id=actor.person,
        registered_at=clock.now(), card=card(_candidate(row, lease_from.year), clock.today()),
    )  # fmt: skip
    notice = Notice(
        code="self_settlement_asked", to_role=Role.MUNICIPALITY_COORDINATOR.value, municipality_id=municipality,
        facts={"municipality": name, "persons": row.persons_count}, url=f"/self-settlement/{asked.pk}/",
    )  # fmt: skip
    return _done(asked, [notice])


@action(Permission.SELF_SETTLEMENT_ANSWER)
def answer_self_settlement(
    actor: Actor, *, self_settlement: int, approve: bool, reason: str = ""
) -> Done[int]:
    """The municipality has said yes, or no with a coded reason.

    Raises Refused: `already_answered`, `refusal_without_reason`, `reason_not_known`.
    """
    asked = _in_sight(self_settlement)
    if not approve and not reason:
        raise Refused("refusal_without_reason")
    if reason and (approve or reason not in REFUSE_REASONS):
        raise Refused("reason_not_known", {"reason": reason[:40]})
    changed = SelfSettlement.objects.filter(pk=asked.pk, state="asked").update(
        state="approved" if approve else "refused", refuse_reason=reason, answered_by_id=actor.person,
        answered_at=clock.now(),
    )  # fmt: skip
    if not changed:
        raise Refused("already_answered")
    Notice.objects.filter(url=f"/self-settlement/{asked.pk}/", done_at__isnull=True).update(
        done_at=clock.now()
    )
    code = "self_settlement_approved" if approve else "self_settlement_refused"
    return _done(asked, [_to_imdi(code, asked)], {"approved": approve, "reason": reason})


@action(Permission.ASSIGNMENT_DECIDE)
def decide_self_settlement(actor: Actor, *, self_settlement: int) -> Done[int]:
    """The household is assigned to the municipality that approved, inside its vedtak.

    Raises Refused: `not_approved`, `already_decided`, `not_heard`, `no_places_left`, …
    """
    asked = _in_sight(self_settlement)
    if asked.state != "approved":
        raise Refused("not_approved", {"state": asked.state})
    if asked.assignment_id is not None:
        raise Refused("already_decided")
    today, year = clock.today(), max(asked.lease_from, clock.today()).year
    proposal = (
        Proposal.objects.select_for_update()
        .filter(household=asked.household, state="open")
        .order_by("id")
        .first()
    )
    candidate = _candidate(asked.household, year)
    refusal = why_not(candidate, asked.municipality_id, today, today)
    if refusal is not None:
        raise refusal
    one = Assignment.objects.create(
        household=asked.household, municipality_id=asked.municipality_id, year=year, group=asked.household.group,
        persons=asked.household.persons_count, track=asked.household.track, state="accepted", self_settled=True,
        reasons=[{"code": "self_settled", "facts": {}}], card=card(candidate, today), decided_by_id=actor.person,
        decided_at=clock.now(), answer_due_on=today, answered_by_id=asked.answered_by_id, answered_at=asked.answered_at,
    )  # fmt: skip
    if not SelfSettlement.objects.filter(pk=asked.pk, assignment__isnull=True).update(assignment=one):
        raise Refused("already_decided")
    if proposal is not None:
        Proposal.objects.filter(pk=proposal.pk).update(state="replaced", decided_at=clock.now())
    notice = Notice(
        code="self_settlement_decided", to_role=Role.MUNICIPALITY_COORDINATOR.value,
        municipality_id=asked.municipality_id, url=f"/cards/{one.pk}/",
        facts={"municipality": asked.municipality.name, "persons": one.persons},
    )  # fmt: skip
    return Done(one.pk, about=("assignment", one.pk), facts=_facts(asked) | {"year": year}, notices=[notice])


@action(Permission.SELF_SETTLEMENT_REGISTER)
def withdraw_self_settlement(actor: Actor, *, self_settlement: int) -> Done[int]:
    """The household no longer wants the home, or cannot have it; nothing is decided.

    Raises Refused: `already_decided`, `already_answered`.
    """
    asked = _in_sight(self_settlement)
    if asked.assignment_id is not None:
        raise Refused("already_decided")
    if not SelfSettlement.objects.filter(pk=asked.pk, state__in=["asked", "approved"]).update(
        state="withdrawn"
    ):
        raise Refused("already_answered")
    notice = Notice(
        code="self_settlement_withdrawn", to_role=Role.MUNICIPALITY_COORDINATOR.value,
        municipality_id=asked.municipality_id, url=f"/self-settlement/{asked.pk}/",
        facts={"municipality": asked.municipality.name},
    )  # fmt: skip
    return _done(asked, [notice])


def _in_sight(number: int) -> SelfSettlement:
    """The municipality sees the request and its card; the household's row stays out of its sight."""
    asked = SelfSettlement.objects.select_related("municipality").filter(pk=number).first()
    if asked is None:
        raise NotInSight("not_in_sight")
    return asked


def _candidate(row: Household, year: int) -> Candidate:
    found = candidates_of([row], year, clock.today()).get(row.pk)
    if found is None:
        raise Refused("household_is_empty", {"household": row.reference})
    return found


def _facts(asked: SelfSettlement) -> dict[str, object]:
    return {
        "household": str(asked.household_id),
        "municipality": asked.municipality_id,
        "self_settlement": asked.pk,
    }


def _to_imdi(code: str, asked: SelfSettlement) -> Notice:
    told = {"municipality": asked.municipality.name, "persons": asked.card.get("persons", 0)}
    return Notice(
        code=code, to_role=Role.IMDI_CASEWORKER.value, url=f"/self-settlement/{asked.pk}/", facts=told
    )


def _done(asked: SelfSettlement, notices: list[Notice], more: dict[str, object] | None = None) -> Done[int]:
    about = ("household", asked.household_id)
    return Done(asked.pk, about=about, facts=_facts(asked) | (more or {}), notices=notices)

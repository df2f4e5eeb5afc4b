"""Claims for documented grants, on the municipality's side: recorded, changed, applied for, withdrawn."""

from __future__ import annotations

from datetime import date

from bosett.grants.claim import Claim
from bosett.grants.claim_sheet import PERSON_SCHEMES, SHEETS, Agency
from bosett.grants.deadlines import claim_deadline
from bosett.grants.problem import SettledPerson
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.actions.claim_notices import close_notices, facts, to_agency
from bosett_server.actions.grant_claim_lines import store_claims_of
from bosett_server.actions.household_notices import as_house
from bosett_server.actions.step import Done, action
from bosett_server.queries.grant_claim_lines import COUNTED, as_claim
from bosett_server.queries.grant_inputs import grant_inputs
from bosett_server.queries.grant_rates import rates_in_force
from bosett_server.records.models import GrantClaim, Person

AGENCY_ROLES = {
    Agency.IMDI: frozenset({Role.IMDI_CASEWORKER, Role.IMDI_LEAD}),
    Agency.UDI: frozenset({Role.UDI_RECEPTION}),
}
OPEN = ("draft", "applied")
FIRST_YEAR, LAST_YEAR = 2011, 2100


@action(Permission.CLAIM_RECORD)
def record_claim(actor: Actor, *, claim: Claim, apply: bool = False) -> Done[int]:
    """A claim is stored as a draft, or applied for at once; its deadline by the rule stands with it.

    Parameters
    ----------
    claim
        Its id and its days of applying and extension are given here, whatever stands in it.

    Raises Refused `claim_of_another_agency`, `claim_incomplete`, `claim_twice`, `claim_year_out_of_range`,
    `claim_person_not_settled_here`, `claim_person_without_ground`; NotInSight for another municipality.
    """
    _check(actor, claim)
    person = _person(claim)
    row = GrantClaim(
        municipality_id=claim.municipality_id, scheme=claim.scheme, person_id=claim.person_id or None,
        recorded_by_id=actor.user_id, recorded_at=clock.now(),
    )  # fmt: skip
    _fill(row, claim, person)
    if apply:
        row.state, row.applied_on = "applied", clock.today()
    row.save(force_insert=True)
    row.refresh_from_db(fields=["sealed"])
    notices = to_agency("claim_applied", row) if apply else []
    return Done(row.pk, ("claim", row.pk), facts(row), notices)


@action(Permission.CLAIM_RECORD)
def change_claim(actor: Actor, *, claim: int, told: Claim, version: int) -> Done[int]:
    """An undecided claim says what is told now; what it said before is kept in the row's history.

    Raises Refused `claim_decided_already`, `somebody_changed_it_meanwhile`, `claim_is_for_somebody_else`, or
    what `record_claim` would.
    """
    row = locked(claim, OPEN)
    if row.version != version:
        raise Refused("somebody_changed_it_meanwhile")
    of = (row.municipality_id, row.scheme, str(row.person_id or ""))
    if of != (told.municipality_id, told.scheme, told.person_id):
        raise Refused("claim_is_for_somebody_else")
    _check(actor, told)
    _fill(row, told, _person(told))
    row.version += 1
    row.save()
    return Done(row.pk, ("claim", row.pk), facts(row))


@action(Permission.CLAIM_RECORD)
def apply_claim(actor: Actor, *, claim: int) -> Done[int]:
    """A draft is applied for today; the agency is told.

    Raises Refused `claim_decided_already`, `claim_applied_already`.
    """
    row = locked(claim, OPEN)
    if row.state == "applied":
        raise Refused("claim_applied_already")
    _may(actor, row.scheme, row.municipality_id)
    row.state, row.applied_on, row.version = "applied", clock.today(), row.version + 1
    row.save(update_fields=["state", "applied_on", "version"])
    close_notices(row)
    return Done(row.pk, ("claim", row.pk), facts(row), to_agency("claim_applied", row))


@action(Permission.CLAIM_RECORD)
def withdraw_claim(actor: Actor, *, claim: int) -> Done[int]:
    """The claim counts no more, also when it was granted: its lines are then superseded and kept.

    Raises Refused `claim_decided_already`.
    """
    row = locked(claim, (*OPEN, "granted"))
    _may(actor, row.scheme, row.municipality_id)
    granted = row.state == "granted"
    row.state, row.version = "withdrawn", row.version + 1
    row.save(update_fields=["state", "version"])
    if granted:
        with acting(as_house(actor)):
            store_claims_of(row.municipality_id, row.year)
    close_notices(row)
    return Done(row.pk, ("claim", row.pk), facts(row), to_agency("claim_withdrawn", row))


def locked(claim: int, states: tuple[str, ...]) -> GrantClaim:
    """The claim, locked, in one of the states.

    Raises NotInSight, or Refused `claim_decided_already`, `claim_of_another_agency`.
    """
    row = (
        GrantClaim.objects.select_for_update(of=("self",))
        .select_related("municipality")
        .filter(pk=claim)
        .first()
    )
    if row is None and GrantClaim.objects.filter(pk=claim).exists():
        raise Refused("claim_of_another_agency")  # seen, but not to be changed
    if row is None:
        raise NotInSight("not_in_sight")
    if row.state not in states:
        raise Refused("claim_decided_already", {"state": row.state})
    return row


def _check(actor: Actor, claim: Claim) -> None:
    _may(actor, claim.scheme, claim.municipality_id)
    if not FIRST_YEAR <= claim.year <= LAST_YEAR:
        raise Refused("claim_year_out_of_range", {"year": claim.year, "first": FIRST_YEAR, "last": LAST_YEAR})
    sheet = SHEETS[claim.scheme]
    for name in sheet.needed:
        if getattr(claim, name) in (None, ""):
            raise Refused("claim_incomplete", {"field": name})


def _may(actor: Actor, scheme: str, municipality: str) -> None:
    """A municipality claims for itself; an agency records for those it pays."""
    if actor.role is Role.MUNICIPALITY_COORDINATOR:
        if municipality not in actor.municipalities:
            raise NotInSight("not_in_sight")
    elif actor.role not in AGENCY_ROLES[SHEETS[scheme].agency]:
        raise Refused("claim_of_another_agency")


def _person(claim: Claim) -> SettledPerson | None:
    """The settled person a claim is for, who is in the reader's sight and has lived in the municipality."""
    if claim.scheme not in PERSON_SCHEMES:
        return None
    if not Person.objects.filter(pk=claim.person_id).exists():
        raise NotInSight("not_in_sight")
    with acting(SYSTEM):
        inputs = grant_inputs(date.max.year, [claim.person_id])
    if inputs.without_ground:
        raise Refused("claim_person_without_ground")
    lived = {one.municipality_id for one in inputs.persons} | {one.to_municipality_id for one in inputs.moves}
    if claim.municipality_id not in lived:
        raise Refused("claim_person_not_settled_here")
    return inputs.persons[0]


def _fill(row: GrantClaim, claim: Claim, person: SettledPerson | None) -> None:
    """What the claim says, and its deadline by the rule; an extension is kept."""
    row.year, row.grant_year, row.cost_nok, row.persons = (
        claim.year,
        claim.grant_year,
        claim.cost_nok,
        claim.persons,
    )
    row.place_type, row.places, row.from_on, row.to_on = (
        claim.place_type, claim.places, claim.from_date, claim.to_date,
    )  # fmt: skip
    row.asked, row.voted, row.settled = claim.asked, claim.voted, claim.settled
    row.by_agreement, row.arose_before_settlement = claim.by_agreement, claim.arose_before_settlement
    row.conditions_met = claim.conditions_met
    row.due_on = claim_deadline(claim, person, _own_claims(row) if person else (), rates_in_force())


def _own_claims(row: GrantClaim) -> list[Claim]:
    """The person's other claims that count."""
    with acting(SYSTEM):
        others = GrantClaim.objects.filter(person=row.person_id, state__in=COUNTED).exclude(pk=row.pk)
        return [as_claim(one) for one in others]

"""What the rules give for the claims of a municipality and year; to be called where every person is in sight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bosett.grants.claim import NEEDS, Claim
from bosett.grants.claim_lines import claim_lines
from bosett.grants.claim_sheet import PERSON_SCHEMES
from bosett.grants.problem import SettledPerson
from bosett.grants.result import GrantLine, NoGrant
from bosett.rules.parameters import Parameters
from bosett_server.queries.grant_inputs import grant_inputs
from bosett_server.queries.grant_rates import rates_in_force
from bosett_server.records.models import GrantClaim

COUNTED = ("applied", "granted")
"""Claims of a person that a later one stands beside: what is withdrawn or refused was never there."""


@dataclass(frozen=True)
class ClaimYear:
    """One municipality's year.

    Parameters
    ----------
    lines
        By claim id; a base that follows from places has an id of its own (`claim_lines.BASE_OF`).
    without
        Claims that the rules give nothing for.
    """

    lines: dict[str, GrantLine]
    without: dict[str, NoGrant]
    persons: dict[str, SettledPerson]
    rates: Parameters

    def outcome(self, claim: int) -> GrantLine | NoGrant:
        """What a claim gives, or why nothing."""
        return self.lines.get(str(claim)) or self.without[str(claim)]


def claim_year(municipality: str, year: int, also: int | None = None) -> ClaimYear:
    """The granted claims of a municipality and year, and `also` one that is not decided; at most seven queries."""
    rows = list(GrantClaim.objects.filter(municipality_id=municipality, year=year, state="granted"))
    if also is not None and all(row.pk != also for row in rows):
        rows.append(GrantClaim.objects.get(pk=also))
    named = {str(row.person_id) for row in rows if row.person_id}
    others = GrantClaim.objects.filter(person_id__in=named, state__in=COUNTED, scheme__in=PERSON_SCHEMES)
    claims = {row.pk: as_claim(row) for row in (*others, *rows)}
    persons = settled_persons(named)
    asked = {str(row.pk) for row in rows}
    known = [one for one in claims.values() if not one.person_id or one.person_id in persons]
    rates = rates_in_force()
    made, none = claim_lines(known, persons, year, tuple(NEEDS), rates)
    lines = {one.claim_id: one for one in made if one.claim_id in asked or not one.claim_id.isdigit()}
    without = {one.claim_id: one for one in none if one.claim_id in asked}
    unknown = [one for one in claims.values() if one.person_id and one.person_id not in persons]
    without |= {
        one.claim_id: NoGrant(one.person_id, one.scheme, "ground_not_stored", one.claim_id)
        for one in unknown
        if one.claim_id in asked
    }
    return ClaimYear(lines, without, persons, rates)


def settled_persons(ids: Iterable[str]) -> dict[str, SettledPerson]:
    """The settled among the persons; one on family ground without the ground of the person joined is left out."""
    return {one.person_id: one for one in grant_inputs(date.max.year, sorted(ids)).persons}


def as_claim(row: GrantClaim) -> Claim:
    """The claim as the library reads it."""
    return Claim(
        claim_id=str(row.pk), scheme=row.scheme, year=row.year, municipality_id=row.municipality_id,
        person_id=str(row.person_id or ""), grant_year=row.grant_year, cost_nok=row.cost_nok, persons=row.persons,
        place_type=row.place_type, places=row.places, from_date=row.from_on, to_date=row.to_on, asked=row.asked,
        voted=row.voted, settled=row.settled, applied_date=row.applied_on, extended_to=row.extended_to,
        by_agreement=row.by_agreement, arose_before_settlement=row.arose_before_settlement,
        conditions_met=row.conditions_met,
    )  # fmt: skip

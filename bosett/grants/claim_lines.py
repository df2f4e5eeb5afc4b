"""The lines of a year's claims, and of the host municipality's base that follows from its places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from bosett.grants.assumptions import RULE_ASSUMED, ordered
from bosett.grants.claim import Claim
from bosett.grants.claimed import CLAIMED, ClaimDue
from bosett.grants.problem import Rates, SettledPerson
from bosett.grants.result import GrantLine, NoGrant, Status
from bosett.grants.schemes import NotDue
from bosett.grants.special import SPECIAL, special
from bosett.rules.value import Certainty
from bosett.terms.errors import BadInput, NoRuleInForce
from bosett.terms.kroner import round_half_up

BASE_OF = "base:"
"""Begins the id of a base line that follows from places and was not claimed by itself."""


def claim_lines(
    claims: Sequence[Claim],
    persons: Mapping[str, SettledPerson],
    year: int,
    schemes: Sequence[str],
    rates: Rates,
) -> tuple[list[GrantLine], list[NoGrant]]:
    """A line a claim of the year, sorted by municipality, scheme and claim; or why there is none."""
    of_year = _with_bases([one for one in claims if one.year == year], year)
    by_person: dict[str, list[Claim]] = {}
    for one in claims:
        if one.scheme in SPECIAL:
            by_person.setdefault(one.person_id, []).append(one)
    lines: list[GrantLine] = []
    without: list[NoGrant] = []
    for claim in sorted(of_year, key=lambda one: (one.municipality_id, one.scheme, one.claim_id)):
        if claim.scheme not in schemes:
            continue
        found = _line(claim, of_year, by_person.get(claim.person_id, []), persons, rates)
        if isinstance(found, GrantLine):
            lines.append(found)
        else:
            without.append(found)
    return lines, without


def _with_bases(claims: Sequence[Claim], year: int) -> list[Claim]:
    """The claims, and a base for each municipality with places that has none; two bases are refused."""
    asked = [one.municipality_id for one in claims if one.scheme == "host_base"]
    for place in asked:
        if asked.count(place) > 1:
            raise BadInput(f"two bases for {place} in {year}", "one a municipality", "claims", None, "scheme")
    hosts = {
        one.municipality_id
        for one in claims
        if one.scheme == "host_place" and one.place_type != "care_centre"
    }
    more = [Claim(f"{BASE_OF}{place}", "host_base", year, place) for place in sorted(hosts - set(asked))]
    return [*claims, *more]


def _line(
    claim: Claim,
    of_year: Sequence[Claim],
    own: Sequence[Claim],
    persons: Mapping[str, SettledPerson],
    rates: Rates,
) -> GrantLine | NoGrant:
    try:
        if claim.scheme in SPECIAL:
            due = special(claim, persons[claim.person_id], own, rates)
        elif claim.scheme == "mamot" and _is_minor(claim, persons):
            due = NotDue("not_for_unaccompanied_minors")
        else:
            due = CLAIMED[claim.scheme](claim, of_year, rates)
    except NoRuleInForce as missing:
        return _made(claim, None, missing.rule)
    if isinstance(due, NotDue):
        return NoGrant(claim.person_id, claim.scheme, due.code, claim.claim_id)
    try:
        rate = rates.lookup(due.rate_path, due.rate_day)
    except NoRuleInForce:
        return _made(claim, due, due.rate_path)
    if due.capped_nok is None:
        amount, share = round_half_up(rate.whole * due.units * due.part), due.part
    else:
        amount = min(due.capped_nok, rate.whole)
        share = Fraction(amount, rate.whole)
    told = (*due.assumptions, *((RULE_ASSUMED,) if rate.certainty is Certainty.ASSUMED else ()))
    return GrantLine(
        person_id=claim.person_id,
        year=claim.year,
        scheme=claim.scheme,
        municipality_id=claim.municipality_id,
        grant_year=due.grant_year,
        share=share,
        rate_nok=rate.whole,
        amount_nok=amount,
        rule=due.rate_path,
        source=rate.source,
        status=Status.CALCULATED,
        legal=due.legal,
        assumptions=ordered(told),
        units=due.units,
        claim_id=claim.claim_id,
    )


def _is_minor(claim: Claim, persons: Mapping[str, SettledPerson]) -> bool:
    return claim.person_id in persons and persons[claim.person_id].unaccompanied_minor


def _made(claim: Claim, due: ClaimDue | None, rule: str) -> GrantLine:
    """The line of a claim whose rate or rule is not known."""
    return GrantLine(
        person_id=claim.person_id,
        year=claim.year,
        scheme=claim.scheme,
        municipality_id=claim.municipality_id,
        grant_year=due.grant_year if due else 0,
        share=due.part if due else None,
        rate_nok=None,
        amount_nok=None,
        rule=rule,
        source=None,
        status=Status.RATE_MISSING,
        legal=due.legal if due else "",
        assumptions=due.assumptions if due else (),
        units=due.units if due else 1,
        claim_id=claim.claim_id,
    )

"""Grants 1 and 2 for persons with reduced functioning or behavioural problems: per person, on a claim."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bosett.grants import assumptions as assumed
from bosett.grants import legal
from bosett.grants.claim import Claim
from bosett.grants.claimed import ClaimDue
from bosett.grants.deadlines import ROOT, SPECIAL, claim_deadline, year_of
from bosett.grants.eligible import months_later, why_not
from bosett.grants.problem import Rates, SettledPerson
from bosett.grants.schemes import NotDue
from bosett.terms.errors import BadInput

__all__ = ["SPECIAL", "refuse_both", "special"]


def special(claim: Claim, person: SettledPerson, claims: Sequence[Claim], rates: Rates) -> ClaimDue | NotDue:
    """Grant 1 once, in the first or second year; grant 2 a year for documented cost, up to a cap.

    Parameters
    ----------
    claims
        The person's claims of all years, this one among them.

    Raises
    ------
    BadInput
        Two claims for the same grant year.
    NoRuleInForce
        When a limit is not known.
    """
    number = year_of(claim, person)
    if number < 1:
        return NotDue("not_settled_yet")
    refuse_both(claim, person, claims)
    start = months_later(person.settled_date, 12 * (number - 1))
    reason = (
        _outside(claim, person, start.year, rates)
        or _by_number(claim, person, number, start, claims, rates)
        or _late(claim, person, claims, rates)
    )
    if reason is not None:
        return NotDue(reason)
    told = assumed.ordered((*_unchecked(claim), *_own(claim)))
    if claim.scheme == "special_1":
        rates.version(f"{ROOT}/rate_day", start)
        return ClaimDue(
            f"{ROOT}/special_1", date(start.year, 1, 1), legal.SPECIAL, grant_year=number, assumptions=told
        )
    return ClaimDue(
        f"{ROOT}/special_2_cap",
        date(claim.year, 1, 1),
        legal.SPECIAL,
        capped_nok=claim.cost_nok,
        grant_year=number,
        assumptions=told,
    )


def refuse_both(claim: Claim, person: SettledPerson, claims: Sequence[Claim]) -> None:
    """Refuse a second claim, of either grant, for the person's same grant year."""
    number = year_of(claim, person)
    for other in claims:
        if other.claim_id != claim.claim_id and year_of(other, person) == number:
            raise BadInput(
                f"{claim.person_id}: {claim.scheme} and {other.scheme} for grant year {number}",
                "one of them a year",
                "claims",
                column="scheme",
            )


def _outside(claim: Claim, person: SettledPerson, year: int, rates: Rates) -> str | None:
    """Only inside the integration grant scheme and settled by agreement, with an origin before that."""
    if claim.by_agreement is False:
        return "not_settled_by_agreement"
    if claim.arose_before_settlement is False:
        return "arose_after_settlement"
    reason = why_not(person, year, rates)
    runs_on = claim.scheme == "special_2" and person.unaccompanied_minor
    return None if reason == "grant_years_run_out" and runs_on else reason


def _by_number(
    claim: Claim, person: SettledPerson, number: int, start: date, claims: Sequence[Claim], rates: Rates
) -> str | None:
    if claim.scheme == "special_1":
        if number > rates.lookup(f"{ROOT}/last_year_of_grant_1", start).whole:
            return "grant_1_only_in_the_two_first_years"
        once = min(
            (one for one in claims if one.scheme == "special_1"),
            key=lambda one: (year_of(one, person), one.year, one.claim_id),
        )
        return None if once.claim_id == claim.claim_id else "grant_1_is_given_once"
    if number <= rates.lookup(f"{ROOT}/max_years", start).whole:
        return None
    last = person.birth_date.year + rates.lookup("grants/unaccompanied_minor/last_year_of_age", start).whole
    return None if person.unaccompanied_minor and claim.year <= last else "grant_years_run_out"


def _late(claim: Claim, person: SettledPerson, claims: Sequence[Claim], rates: Rates) -> str | None:
    deadline = claim_deadline(claim, person, claims, rates)
    if claim.applied_date is None or deadline is None:
        return None
    return "applied_too_late" if claim.applied_date > deadline else None


def _unchecked(claim: Claim) -> list[str]:
    told = (
        (assumed.AGREED_UNCHECKED, claim.by_agreement is None),
        (assumed.ORIGIN_UNCHECKED, claim.arose_before_settlement is None),
        (assumed.DEADLINE_UNCHECKED, claim.applied_date is None),
    )
    return [text for text, holds in told if holds]


def _own(claim: Claim) -> tuple[str, ...]:
    shared = (assumed.SPECIAL_YEAR, assumed.UNDIVIDED_CLAIM)
    if claim.scheme == "special_1":
        return (*shared, assumed.SPECIAL_RATE_START)
    return (*shared, assumed.CAP_YEAR, assumed.NO_OWN_SHARE)

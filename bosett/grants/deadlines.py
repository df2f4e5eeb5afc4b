"""The day by which a documented grant must be applied for, where a rule gives one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bosett.grants.claim import Claim
from bosett.grants.eligible import grant_year, months_later
from bosett.grants.problem import Rates, SettledPerson

ROOT = "grants/special"
SPECIAL = ("special_1", "special_2")
FIRST_FOR_YEARS = 2
UNUSED_DEADLINES = {2022: date(2023, 2, 15)}
"""Source: IMDi, kompensasjonsordning for ubenyttede vedtaksplasser: deadline 15 February 2023."""


def year_of(claim: Claim, person: SettledPerson) -> int:
    """The grant year that a claim is for."""
    return claim.grant_year or grant_year(person, claim.year)


def special_deadline(settled: date, number: int, *, first: bool, rates: Rates) -> date:
    """14 months after settlement for the first application, for grant year 1 or 2; else two after the grant year.

    Parameters
    ----------
    number
        The grant year, 1 first; it runs twelve months from the settlement.
    first
        Nothing was applied for in an earlier grant year.

    Raises
    ------
    NoRuleInForce
        When the months are not known for the day of settlement.
    """
    if first and number <= FIRST_FOR_YEARS:
        months = rates.lookup(f"{ROOT}/first_deadline_months", settled).whole
    else:
        months = 12 * number + rates.lookup(f"{ROOT}/later_deadline_months", settled).whole
    return months_later(settled, months)


def claim_deadline(
    claim: Claim, person: SettledPerson | None, claims: Sequence[Claim], rates: Rates
) -> date | None:
    """The last day to apply, an extension counted in; None where no rule that we know gives one.

    Parameters
    ----------
    claims
        The person's claims of all years, for what is the first application.
    """
    deadline = UNUSED_DEADLINES.get(claim.year) if claim.scheme == "unused_places" else None
    if claim.scheme in SPECIAL and person is not None:
        number = year_of(claim, person)
        first = not any(year_of(one, person) < number for one in claims)
        deadline = special_deadline(person.settled_date, number, first=first, rates=rates)
    if deadline is None:
        return None
    return max(deadline, claim.extended_to or deadline)

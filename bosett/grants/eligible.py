"""Who releases the integration grant in a year, and in which grant year: one reason code for each no."""

from __future__ import annotations

from datetime import date

from bosett.grants.problem import Rates, SettledPerson
from bosett.terms.days import Month, add_years
from bosett.terms.groups import Basis

MAX_YEARS = "grants/integration/max_years"
MAX_YEARS_HUMANITARIAN_FAMILY = "grants/integration/max_years_family_of_humanitarian"
BORN_WITHIN = "grants/integration/child_born_within_months"
FAMILY_YEARS = 5
"""More years than this from the reference person's first settlement to the application: no grant."""


def grant_year(person: SettledPerson, year: int) -> int:
    """1 in the calendar year of the first settlement in Norway, also when that is in December."""
    return year - person.settled_date.year + 1


def why_not(person: SettledPerson, year: int, rates: Rates) -> str | None:
    """The code of the reason why the person releases no grant in the year; None = releases it.

    Source: IMDi, integreringstilskot (8 Mar 2024), and its page of about 2017 on who does not.

    Raises
    ------
    NoRuleInForce
        When the number of grant years is not known for the year.
    """
    number = grant_year(person, year)
    if number < 1:
        return "not_settled_yet"
    if person.left_date is not None and person.left_date.year < year:
        return "left_the_country"
    return _family(person) or _born(person, rates) or _run_out(person, number, year, rates)


def _family(person: SettledPerson) -> str | None:
    if person.basis is not Basis.FAMILY or _born_here(person):
        return None
    if person.reference_basis is Basis.FAMILY:
        return "joined_a_person_on_family_ground"
    return "applied_more_than_five_years_after" if applied_too_late(person) else None


def applied_too_late(person: SettledPerson) -> bool:
    """Whether the family permit was applied for more than five years after the reference person's settlement.

    False when either day is not known: the line then says that it was not checked.
    """
    first, applied = person.reference_settled_date, person.family_applied_date
    return first is not None and applied is not None and applied > add_years(first, FAMILY_YEARS)


def _born_here(person: SettledPerson) -> bool:
    return person.mother_settled_date is not None and person.birth_date > person.mother_settled_date


def _born(person: SettledPerson, rates: Rates) -> str | None:
    mother = person.mother_settled_date
    if mother is None or person.birth_date <= mother:
        return None
    months = rates.lookup(BORN_WITHIN, mother).whole
    return "born_too_long_after_settlement" if person.birth_date > months_later(mother, months) else None


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last day of that month."""
    month = Month.of(day).plus(months)
    following = month.plus(1)
    last = date.fromordinal(date(following.year, following.number, 1).toordinal() - 1)
    return min(last, date(month.year, month.number, min(day.day, last.day)))


def _run_out(person: SettledPerson, number: int, year: int, rates: Rates) -> str | None:
    joined_humanitarian = person.basis is Basis.FAMILY and person.reference_basis is Basis.HUMANITARIAN
    path = MAX_YEARS_HUMANITARIAN_FAMILY if joined_humanitarian else MAX_YEARS
    return "grant_years_run_out" if number > rates.lookup(path, date(year, 1, 1)).whole else None

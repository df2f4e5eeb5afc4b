"""What each scheme pays for one person in one year: the rate's path, the part of the year, the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bosett.grants.eligible import grant_year, why_not
from bosett.grants.problem import Rates, SettledPerson
from bosett.terms.days import age_on
from bosett.terms.groups import Basis

ADULT_YEARS = 18
SETTLEMENT_DATE = "the settlement date decides the year, not the day of registration"
LEAVING_YEAR = "the year a person leaves the country is paid whole"
FAMILY_UNCHECKED = (
    "the five years between the reference person's settlement and the application are not checked"
)
SETTLEMENT_MONTH = "the month of settlement counts as a whole month"
NOT_SPLIT = "a supplement follows the first settlement and is not divided at a move"
SPLIT_ALIKE = "the grant for unaccompanied minors is divided at a move as the integration grant is"


@dataclass(frozen=True)
class Due:
    """One person's due under a scheme: which rate, what part of it, and whether a move divides it."""

    rate_path: str
    part: Fraction
    legal: str
    divided: bool
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotDue:
    """No due, and the code of the reason."""

    code: str


Scheme = Callable[[SettledPerson, int, Rates], Due | NotDue]


def integration(person: SettledPerson, year: int, rates: Rates) -> Due | NotDue:
    """Year 1 by category at settlement, later years one rate each; whole years, never cut."""
    reason = why_not(person, year, rates)
    if reason is not None:
        return NotDue(reason)
    number = grant_year(person, year)
    name = f"year1_{_category(person)}" if number == 1 else f"year{number}"
    legal = "Regulation on integreringstilskudd 2018 (19 Dec 2017); IMDi, integreringstilskot (8 Mar 2024)"
    return Due(
        f"grants/integration/{name}", Fraction(1), legal, divided=True, assumptions=_common(person, year)
    )


def elder(person: SettledPerson, year: int, rates: Rates) -> Due | NotDue:
    """Once, in year 1, when the person has turned 60 on the settlement day."""
    reason = _first_year(person, year, rates)
    if reason is not None:
        return NotDue(reason)
    lowest = rates.lookup("grants/elder/lowest_age", date(year, 1, 1)).whole
    if _age(person) < lowest:
        return NotDue("younger_than_lowest_age")
    return Due(
        "grants/elder/age_60_plus",
        Fraction(1),
        "IMDi circular 01/13 point 7",
        divided=False,
        assumptions=(*_common(person, year), NOT_SPLIT),
    )


def kindergarten(person: SettledPerson, year: int, rates: Rates) -> Due | NotDue:
    """Once, in year 1, for a child of 0 to 5 years on the settlement day."""
    reason = _first_year(person, year, rates)
    if reason is not None:
        return NotDue(reason)
    highest = rates.lookup("grants/kindergarten/highest_age", date(year, 1, 1)).whole
    if _age(person) > highest:
        return NotDue("older_than_highest_age")
    return Due(
        "grants/kindergarten/age_0_5",
        Fraction(1),
        "IMDi circular 01/13 point 6",
        divided=False,
        assumptions=(*_common(person, year), NOT_SPLIT),
    )


def unaccompanied_minor(person: SettledPerson, year: int, rates: Rates) -> Due | NotDue:
    """From settlement up to and including the year of turning 20; whole months in the first year.

    From 2017 two rates by the calendar year of age; before 2017 one rate.
    """
    if not person.unaccompanied_minor:
        return NotDue("not_an_unaccompanied_minor")
    number = grant_year(person, year)
    if number < 1:
        return NotDue("not_settled_yet")
    if person.left_date is not None and person.left_date.year < year:
        return NotDue("left_the_country")
    age, day = year - person.birth_date.year, date(year, 1, 1)
    if age > rates.lookup("grants/unaccompanied_minor/last_year_of_age", day).whole:
        return NotDue("past_last_year_of_age")
    months = 13 - person.settled_date.month if number == 1 else 12
    assumed = (*_common(person, year), *((SETTLEMENT_MONTH,) if number == 1 else ()), SPLIT_ALIKE)
    return Due(
        _minor_rate(age, day, rates), Fraction(months, 12), EM_LEGAL, divided=True, assumptions=assumed
    )


EM_LEGAL = "IMDi, tilskudd for enslige mindreårige (2021); payments of 2022 and 2023 in whole twelfths"
TWO_RATES_FROM = 2017


def _minor_rate(age: int, day: date, rates: Rates) -> str:
    if day.year < TWO_RATES_FROM:
        return "grants/unaccompanied_minor/all_ages"
    high = rates.lookup("grants/unaccompanied_minor/high_rate_last_year_of_age", day).whole
    return f"grants/unaccompanied_minor/{'to_year_16' if age <= high else 'year_17_to_20'}"


def _category(person: SettledPerson) -> str:
    if person.unaccompanied_minor:
        return "unaccompanied_minor"
    if _age(person) < ADULT_YEARS:
        return "child"
    return "single_adult" if person.single_adult else "other_adult"


def _age(person: SettledPerson) -> int:
    """Age on the settlement day; a child born after its mother's settlement is 0."""
    return max(0, age_on(person.birth_date, person.settled_date))


def _first_year(person: SettledPerson, year: int, rates: Rates) -> str | None:
    if grant_year(person, year) != 1:
        return "not_the_settlement_year"
    return why_not(person, year, rates)


def _common(person: SettledPerson, year: int) -> tuple[str, ...]:
    registered, left = person.registered_date, person.left_date
    joined = person.basis is Basis.FAMILY and person.mother_settled_date is None
    unchecked = joined and None in (person.reference_settled_date, person.family_applied_date)
    told = (
        (SETTLEMENT_DATE, registered is not None and registered.year != person.settled_date.year),
        (LEAVING_YEAR, left is not None and left.year == year),
        (FAMILY_UNCHECKED, unchecked),
    )
    return tuple(assumption for assumption, holds in told if holds)


SCHEMES: Mapping[str, Scheme] = {
    "integration": integration,
    "elder": elder,
    "kindergarten": kindergarten,
    "unaccompanied_minor": unaccompanied_minor,
}

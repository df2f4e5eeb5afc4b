"""What each scheme pays for one person in one year: the rate's path, the part of the year, the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bosett.grants import assumptions as assumed
from bosett.grants import legal
from bosett.grants.eligible import applied_too_late, grant_year, why_not
from bosett.grants.moves import MOVE_SPLIT, NORWEGIAN_SPLIT
from bosett.grants.problem import Rates, SettledPerson
from bosett.rules.value import Certainty
from bosett.terms.days import age_on
from bosett.terms.groups import Basis

ADULT_YEARS = 18
EM = "grants/unaccompanied_minor"


@dataclass(frozen=True)
class Due:
    """One person's due under a scheme: which rate, what part of it, and the rule that a move divides it by.

    Parameters
    ----------
    split
        Path of the rule of division; empty = a move does not divide it.
    """

    rate_path: str
    part: Fraction
    legal: str
    split: str
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
    own = (assumed.EM_RATE_2024,) if person.unaccompanied_minor and (number, year) == (1, 2024) else ()
    name = f"year1_{category(person)}" if number == 1 else f"year{number}"
    return Due(
        f"grants/integration/{name}",
        Fraction(1),
        legal.INTEGRATION,
        MOVE_SPLIT,
        assumed.ordered((*_common(person, year), *own)),
    )


def elder(person: SettledPerson, year: int, rates: Rates) -> Due | NotDue:
    """Once, in year 1, when the person has turned 60 on the settlement day."""
    reason = _first_year(person, year, rates)
    if reason is not None:
        return NotDue(reason)
    lowest = rates.lookup("grants/elder/lowest_age", date(year, 1, 1)).whole
    if settled_age(person) < lowest:
        return NotDue("younger_than_lowest_age")
    return _supplement(person, year, "grants/elder/age_60_plus", legal.ELDER)


def kindergarten(person: SettledPerson, year: int, rates: Rates) -> Due | NotDue:
    """Once, in year 1, for a child of 0 to 5 years on the settlement day."""
    reason = _first_year(person, year, rates)
    if reason is not None:
        return NotDue(reason)
    highest = rates.lookup("grants/kindergarten/highest_age", date(year, 1, 1)).whole
    if settled_age(person) > highest:
        return NotDue("older_than_highest_age")
    return _supplement(person, year, "grants/kindergarten/age_0_5", legal.KINDERGARTEN)


def unaccompanied_minor(person: SettledPerson, year: int, rates: Rates) -> Due | NotDue:
    """From settlement up to and including the year of turning 20; whole months in the first year.

    From 2017 two rates by the calendar year of age; in 2016 one rate.
    """
    if not person.unaccompanied_minor:
        return NotDue("not_an_unaccompanied_minor")
    reason = _away(person, year)
    if reason is not None:
        return NotDue(reason)
    age, day = year - person.birth_date.year, date(year, 1, 1)
    last = rates.lookup(f"{EM}/last_year_of_age", day)
    if age > last.whole:
        return NotDue("past_last_year_of_age")
    bands = rates.version(f"{EM}/bands", day).name
    first = grant_year(person, year) == 1
    months = 13 - person.settled_date.month if first else 12
    sure = [last.certainty, *((rates.version(f"{EM}/settlement_year", day).certainty,) if first else ())]
    told = (
        *_common(person, year),
        assumed.SPLIT_ALIKE,
        *((assumed.SETTLEMENT_MONTH,) if first else ()),
        *((assumed.RULE_ASSUMED,) if Certainty.ASSUMED in sure else ()),
    )
    path = f"{EM}/all_ages" if bands == "one_rate" else _by_year_of_age(age, day, rates)
    return Due(path, Fraction(months, 12), legal.MINORS, MOVE_SPLIT, assumed.ordered(told))


def _by_year_of_age(age: int, day: date, rates: Rates) -> str:
    high = rates.lookup(f"{EM}/high_rate_last_year_of_age", day).whole
    return f"{EM}/{'to_year_16' if age <= high else 'year_17_to_20'}"


def unaccompanied_minor_extra(person: SettledPerson, year: int, _rates: Rates) -> Due | NotDue:
    """Once per unaccompanied minor settled in 2016."""
    if not person.unaccompanied_minor:
        return NotDue("not_an_unaccompanied_minor")
    if year != EXTRA_YEAR or person.settled_date.year != EXTRA_YEAR:
        return NotDue("not_settled_in_2016")
    return Due(f"{EM}/extra_settled_in_2016", Fraction(1), legal.MINORS_2016, "", _common(person, year))


EXTRA_YEAR = 2016


def norwegian_person(person: SettledPerson, year: int, rates: Rates) -> Due | NotDue:
    """Three years from settlement for adults; under collective protection one, three with extended training."""
    reason = _away(person, year)
    if reason is None and person.basis is Basis.FAMILY and applied_too_late(person):
        reason = "applied_more_than_five_years_after"
    if reason is not None:
        return NotDue(reason)
    day, age, number = date(year, 1, 1), year - person.birth_date.year, grant_year(person, year)
    if age < rates.lookup("grants/norwegian/lowest_age", day).whole:
        return NotDue("younger_than_lowest_age")
    if age > rates.lookup("grants/norwegian/highest_age", day).whole:
        return NotDue("older_than_highest_age")
    group, name = _norwegian_group(person)
    if number > rates.lookup(f"grants/norwegian/years_{group}", day).whole:
        return NotDue("grant_years_run_out")
    path = f"grants/norwegian/{name}{'' if (name, number) == (COLLECTIVE, 1) else f'_year{number}'}"
    told = (*_common(person, year), assumed.NORWEGIAN_AGE, assumed.NORWEGIAN_GROUP)
    reference = legal.NORWEGIAN_COLLECTIVE if name == COLLECTIVE else legal.NORWEGIAN
    return Due(path, Fraction(1), reference, NORWEGIAN_SPLIT, assumed.ordered(told))


COLLECTIVE, ORDINARY = "person_collective_protection", "person_ordinary"


def _norwegian_group(person: SettledPerson) -> tuple[str, str]:
    if person.basis is not Basis.COLLECTIVE:
        return "ordinary", ORDINARY
    return ("collective_extended" if person.norwegian_extended else "collective"), COLLECTIVE


def category(person: SettledPerson) -> str:
    """The category of the first year's rate, by age on the day of settlement."""
    if person.unaccompanied_minor:
        return "unaccompanied_minor"
    if settled_age(person) < ADULT_YEARS:
        return "child"
    return "single_adult" if person.single_adult else "other_adult"


def settled_age(person: SettledPerson) -> int:
    """Whole years on the settlement day."""
    return age_on(person.birth_date, person.settled_date)


def _supplement(person: SettledPerson, year: int, path: str, reference: str) -> Due:
    told = assumed.ordered((*_common(person, year), assumed.NOT_SPLIT))
    return Due(path, Fraction(1), reference, "", told)


def _first_year(person: SettledPerson, year: int, rates: Rates) -> str | None:
    if grant_year(person, year) != 1:
        return "not_the_settlement_year"
    return why_not(person, year, rates)


def _away(person: SettledPerson, year: int) -> str | None:
    if grant_year(person, year) < 1:
        return "not_settled_yet"
    left = person.left_date
    return "left_the_country" if left is not None and left.year < year else None


def _common(person: SettledPerson, year: int) -> tuple[str, ...]:
    registered, left = person.registered_date, person.left_date
    joined = person.basis is Basis.FAMILY and person.mother_settled_date is None
    unchecked = joined and None in (person.reference_settled_date, person.family_applied_date)
    told = (
        (assumed.SETTLEMENT_DATE, registered is not None and registered.year != person.settled_date.year),
        (assumed.LEAVING_YEAR, left is not None and left.year == year),
        (assumed.FAMILY_UNCHECKED, unchecked),
        (assumed.FAMILY_ONCE, joined and not unchecked),
    )
    return tuple(assumption for assumption, holds in told if holds)


SCHEMES: Mapping[str, Scheme] = {
    "integration": integration,
    "elder": elder,
    "kindergarten": kindergarten,
    "unaccompanied_minor": unaccompanied_minor,
    "unaccompanied_minor_extra": unaccompanied_minor_extra,
    "norwegian_person": norwegian_person,
}
"""Paid per settled person.  `FROM_SETTLEMENT` leaves out training in Norwegian, whose ordinary rate no source gives."""
FROM_SETTLEMENT = ("integration", "elder", "kindergarten", "unaccompanied_minor")

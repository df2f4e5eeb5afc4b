"""Whether our rates give a published sum exactly: one test a scheme, and what it says when they do not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from bosett.grants.paid import Payment
from bosett.grants.problem import Rates
from bosett.grants.verdicts import Verdict
from bosett.terms.errors import NoRuleInForce

TOLERANCE_NOK = 2
"""Published parts and totals are rounded each for itself."""
MINORS_TESTED_TO = 1_500_000
LATER_YEARS_TESTED_TO = 12_000_000
FIRST_YEAR_TESTED_TO_PERSONS = 20
HUNDRED = 100
"""Every known rate of the integration grant and its supplements is whole hundreds."""
Persons = Mapping[tuple[str, int], int]
"""(municipality, year) -> settled in the year, as published."""


def _first_year(payment: Payment, rates: Rates, persons: Persons) -> Verdict:
    """With the number of persons: single adults, others, and supplements that give the sum exactly."""
    single = rate_of(rates, "grants/integration/year1_single_adult", payment.year)
    other = rate_of(rates, "grants/integration/year1_other_adult", payment.year)
    elder = rate_of(rates, "grants/elder/age_60_plus", payment.year)
    child = rate_of(rates, "grants/kindergarten/age_0_5", payment.year)
    count = persons.get((payment.municipality_id, payment.year))
    if count is None or count > FIRST_YEAR_TESTED_TO_PERSONS or payment.paid is None:
        return Verdict.TOO_MANY_WAYS
    for singles in range(count + 1):
        rest = payment.paid - singles * single - (count - singles) * other
        if any(
            left >= 0 and left % child == 0 and left / child <= count
            for left in (rest - old * elder for old in range(count + 1))
        ):
            return Verdict.EXPLAINED
    return Verdict.MOVES if payment.paid % HUNDRED else Verdict.OTHER_PERSONS


def _later_years(payment: Payment, rates: Rates, _persons: Persons) -> Verdict:
    """Whole persons in year 2; the rates of years 3 and 4 are not known."""
    rate = rate_of(rates, "grants/integration/year2", payment.year)
    if payment.paid is None or payment.paid > LATER_YEARS_TESTED_TO:
        return Verdict.TOO_MANY_WAYS
    if payment.paid % rate == 0:
        return Verdict.EXPLAINED
    rate_of(rates, "grants/integration/year3", payment.year)
    return Verdict.OTHER_PERSONS


def _minors(payment: Payment, rates: Rates, _persons: Persons) -> Verdict:
    """Whole twelfths of the two rates; each person's part is rounded to whole kroner."""
    high = rate_of(rates, "grants/unaccompanied_minor/to_year_16", payment.year)
    low = rate_of(rates, "grants/unaccompanied_minor/year_17_to_20", payment.year)
    if payment.paid is None or payment.paid > MINORS_TESTED_TO:
        return Verdict.TOO_MANY_WAYS
    twelfths = payment.paid * 12
    for months in range(int(twelfths // high) + 2):
        rest = twelfths - months * high
        near = round(rest / low)
        if near >= 0 and abs(rest - near * low) <= 12 * TOLERANCE_NOK:
            return Verdict.EXPLAINED
    return Verdict.OTHER_PERSONS


def _special(payment: Payment, rates: Rates, _persons: Persons) -> Verdict:
    """Whole grants 1, also at an earlier year's rate; grant 2 is documented cost and may be any sum."""
    verdict = _whole_numbers(payment, rates, "grants/special/special_1")
    return Verdict.DOCUMENTED if verdict is Verdict.OTHER_PERSONS else verdict


def _multiple(path: str) -> Callable[[Payment, Rates, Persons], Verdict]:
    """Whole multiples of one rate, or of it and of an earlier year's."""

    def test(payment: Payment, rates: Rates, _persons: Persons) -> Verdict:
        return _whole_numbers(payment, rates, path)

    return test


def _whole_numbers(payment: Payment, rates: Rates, path: str) -> Verdict:
    rate, paid = rate_of(rates, path, payment.year), payment.paid or Decimal(0)
    if paid % rate == 0:
        return Verdict.EXPLAINED
    for before in range(1, EARLIER_YEARS + 1):
        try:
            old = rate_of(rates, path, payment.year - before)
        except NoRuleInForce:
            continue
        if any((paid - number * old) % rate == 0 for number in range(1, min(int(paid // old), old) + 1)):
            return Verdict.ARREARS
    return Verdict.OTHER_PERSONS


EARLIER_YEARS = 3
"""How far back arrears are looked for: a sum at the rate of 2019 was paid in 2022."""


def _norwegian(payment: Payment, rates: Rates, _persons: Persons) -> Verdict:
    """The rates of the ordinary group are not known."""
    rate_of(rates, "grants/norwegian/person_ordinary_year1", payment.year)
    return Verdict.TOO_MANY_WAYS


def rate_of(rates: Rates, path: str, year: int) -> int:
    """Whole kroner of a rate in a year.  Raises NoRuleInForce."""
    return rates.lookup(path, date(year, 1, 1)).whole


TESTS: Mapping[str, Callable[[Payment, Rates, Persons], Verdict]] = {
    "integration_year_1": _first_year,
    "integration_years_2_5": _later_years,
    "unaccompanied_minor": _minors,
    "special": _special,
    "norwegian": _norwegian,
    "competence_mapping": _multiple("grants/competence_mapping/per_case"),
    "extra_above_request": _multiple("grants/extra_above_request/per_person"),
}

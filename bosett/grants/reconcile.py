"""IMDi's payments against our rates: which sums the rates give exactly, which they don't, and why.

A sum is tested only where a fit says something: small sums, with few ways to make them.  How many persons a
sum would be is never given: groups below five stay unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bosett.grants.paid import PAID_SCHEMES, TOTAL, Payment, Payments
from bosett.grants.problem import Rates
from bosett.grants.verdicts import VERDICTS, Verdict
from bosett.terms.errors import NoRuleInForce

__all__ = [
    "VERDICTS",
    "Amount",
    "PaymentCheck",
    "PaymentsReconciliation",
    "SchemeReconciliation",
    "Verdict",
    "payments_of",
    "reconcile_payments",
]
TOLERANCE_NOK = 2
"""Published parts and totals are rounded each for itself."""
MINORS_TESTED_TO = 1_500_000
LATER_YEARS_TESTED_TO = 12_000_000
FIRST_YEAR_TESTED_TO_PERSONS = 20
Persons = Mapping[tuple[str, int], int]
"""(municipality, year) -> settled in the year, as published."""


@dataclass(frozen=True)
class PaymentCheck:
    """One published cell and what our rates say of it; None for a hidden cell and for one of 0 kroner."""

    payment: Payment
    verdict: Verdict | None


@dataclass(frozen=True)
class Amount:
    """So many municipalities, and the kroner of theirs."""

    municipalities: int
    paid_nok: Decimal


@dataclass(frozen=True)
class SchemeReconciliation:
    """One scheme in one year over the country.

    Parameters
    ----------
    paid
        Municipalities with a shown sum above 0.
    by_verdict
        These by what our rates say; they add up to `paid`.
    hidden
        Municipalities whose cell is hidden.
    """

    year: int
    scheme: str
    paid: Amount
    by_verdict: tuple[tuple[Verdict, Amount], ...]
    hidden: int

    def __post_init__(self) -> None:
        if sum(one.municipalities for _, one in self.by_verdict) != self.paid.municipalities:
            raise ValueError("every paid sum has one verdict")

    def amount(self, verdict: Verdict) -> Amount:
        """The municipalities and kroner with one verdict."""
        return dict(self.by_verdict).get(verdict, Amount(0, Decimal(0)))


@dataclass(frozen=True)
class PaymentsReconciliation:
    """The table by year and scheme, and whether published parts add up to published totals.

    Parameters
    ----------
    sums_checked, sums_hold
        Municipality-years without a hidden cell, and those of them whose parts add up to the total.
    """

    rows: tuple[SchemeReconciliation, ...]
    sums_checked: int
    sums_hold: int


def reconcile_payments(
    payments: Payments, rates: Rates, persons: Persons | None = None
) -> PaymentsReconciliation:
    """Every scheme and year of the table against our rates.

    Parameters
    ----------
    persons
        Published settled persons; with them sums of year 1 of small municipalities are tested too.
    """
    years = sorted({one.year for one in payments.cells})
    rows = [
        _scheme(payments, year, scheme, rates, persons or {})
        for year in years
        for scheme in PAID_SCHEMES
        if scheme != TOTAL and any((one.year, one.scheme) == (year, scheme) for one in payments.cells)
    ]
    checked, hold = _sums(payments)
    return PaymentsReconciliation(tuple(rows), checked, hold)


def payments_of(
    payments: Payments, rates: Rates, municipality_id: str, year: int, persons: Persons | None = None
) -> tuple[PaymentCheck, ...]:
    """One municipality's published cells of a year, the total last, each with what our rates say.

    Where a named municipality's sum may be for fewer than five persons, nothing is said of how it is made.
    """
    checks = [_check(one, rates, persons or {}) for one in payments.of(municipality_id, year)]
    return tuple(replace(one, verdict=Verdict.FEW) if _few(one, rates) else one for one in checks)


def _few(check: PaymentCheck, rates: Rates) -> bool:
    payment = check.payment
    if check.verdict not in TOLD or payment.paid is None:
        return False
    return payment.paid < SMALLEST * _rate(rates, LOWEST[payment.scheme], payment.year)


SMALLEST = 5
TOLD = (Verdict.EXPLAINED, Verdict.ARREARS, Verdict.NOT_EXACT, Verdict.DOCUMENTED)
LOWEST: Mapping[str, str] = {
    "integration_year_1": "grants/integration/year1_other_adult",
    "integration_years_2_5": "grants/integration/year2",
    "unaccompanied_minor": "grants/unaccompanied_minor/to_year_16",
    "special": "grants/special/special_1",
    "competence_mapping": "grants/competence_mapping/per_case",
    "extra_above_request": "grants/extra_above_request/per_person",
}
"""The rate that five persons are counted with, by scheme."""


def _scheme(
    payments: Payments, year: int, scheme: str, rates: Rates, persons: Persons
) -> SchemeReconciliation:
    cells = [one for one in payments.cells if (one.year, one.scheme) == (year, scheme)]
    checks = [_check(one, rates, persons) for one in cells]
    by_verdict = tuple(
        (verdict, _amount([one.payment for one in checks if one.verdict is verdict]))
        for verdict in Verdict
        if any(one.verdict is verdict for one in checks)
    )
    paid = _amount([one for one in cells if one.paid])
    return SchemeReconciliation(year, scheme, paid, by_verdict, sum(one.hidden for one in cells))


def _amount(cells: Sequence[Payment]) -> Amount:
    return Amount(len(cells), sum((one.paid for one in cells if one.paid), Decimal(0)))


def _sums(payments: Payments) -> tuple[int, int]:
    by_place: dict[tuple[str, int], list[Payment]] = {}
    for one in payments.cells:
        by_place.setdefault((one.municipality_id, one.year), []).append(one)
    whole = [cells for cells in by_place.values() if not any(one.hidden for one in cells)]
    return len(whole), sum(_adds_up(cells) for cells in whole)


def _adds_up(cells: Sequence[Payment]) -> bool:
    parts = sum((one.paid or Decimal(0) for one in cells if one.scheme != TOTAL), Decimal(0))
    (total,) = (one.paid for one in cells if one.scheme == TOTAL)
    return total is not None and abs(parts - total) <= TOLERANCE_NOK


def _check(payment: Payment, rates: Rates, persons: Persons) -> PaymentCheck:
    if not payment.paid or payment.scheme == TOTAL:
        return PaymentCheck(payment, None)
    test = TESTS.get(payment.scheme)
    if test is None:
        return PaymentCheck(payment, Verdict.NO_RULE)
    try:
        return PaymentCheck(payment, test(payment, rates, persons))
    except NoRuleInForce:
        return PaymentCheck(payment, Verdict.NO_RATE)


def _first_year(payment: Payment, rates: Rates, persons: Persons) -> Verdict:
    """With the number of persons: single adults, others, and supplements that give the sum exactly."""
    single = _rate(rates, "grants/integration/year1_single_adult", payment.year)
    other = _rate(rates, "grants/integration/year1_other_adult", payment.year)
    elder = _rate(rates, "grants/elder/age_60_plus", payment.year)
    child = _rate(rates, "grants/kindergarten/age_0_5", payment.year)
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
    return Verdict.NOT_EXACT


def _later_years(payment: Payment, rates: Rates, _persons: Persons) -> Verdict:
    """Whole persons in year 2; the rates of years 3 and 4 are not known."""
    rate = _rate(rates, "grants/integration/year2", payment.year)
    if payment.paid is None or payment.paid > LATER_YEARS_TESTED_TO:
        return Verdict.TOO_MANY_WAYS
    if payment.paid % rate == 0:
        return Verdict.EXPLAINED
    _rate(rates, "grants/integration/year3", payment.year)
    return Verdict.NOT_EXACT


def _minors(payment: Payment, rates: Rates, _persons: Persons) -> Verdict:
    """Whole twelfths of the two rates; each person's part is rounded to whole kroner."""
    high = _rate(rates, "grants/unaccompanied_minor/to_year_16", payment.year)
    low = _rate(rates, "grants/unaccompanied_minor/year_17_to_20", payment.year)
    if payment.paid is None or payment.paid > MINORS_TESTED_TO:
        return Verdict.TOO_MANY_WAYS
    twelfths = payment.paid * 12
    for months in range(int(twelfths // high) + 2):
        rest = twelfths - months * high
        near = round(rest / low)
        if near >= 0 and abs(rest - near * low) <= 12 * TOLERANCE_NOK:
            return Verdict.EXPLAINED
    return Verdict.NOT_EXACT


def _special(payment: Payment, rates: Rates, _persons: Persons) -> Verdict:
    """Whole grants 1, also at an earlier year's rate; grant 2 is documented cost and may be any sum."""
    verdict = _whole_numbers(payment, rates, "grants/special/special_1")
    return Verdict.DOCUMENTED if verdict is Verdict.NOT_EXACT else verdict


def _multiple(path: str) -> Callable[[Payment, Rates, Persons], Verdict]:
    """Whole multiples of one rate, or of it and of an earlier year's."""

    def test(payment: Payment, rates: Rates, _persons: Persons) -> Verdict:
        return _whole_numbers(payment, rates, path)

    return test


def _whole_numbers(payment: Payment, rates: Rates, path: str) -> Verdict:
    rate, paid = _rate(rates, path, payment.year), payment.paid or Decimal(0)
    if paid % rate == 0:
        return Verdict.EXPLAINED
    for before in range(1, EARLIER_YEARS + 1):
        try:
            old = _rate(rates, path, payment.year - before)
        except NoRuleInForce:
            continue
        if any((paid - number * old) % rate == 0 for number in range(1, min(int(paid // old), old) + 1)):
            return Verdict.ARREARS
    return Verdict.NOT_EXACT


EARLIER_YEARS = 3
"""How far back arrears are looked for: a sum at the rate of 2019 was paid in 2022."""


def _norwegian(payment: Payment, rates: Rates, _persons: Persons) -> Verdict:
    """The rates of the ordinary group are not known."""
    _rate(rates, "grants/norwegian/person_ordinary_year1", payment.year)
    return Verdict.TOO_MANY_WAYS


def _rate(rates: Rates, path: str, year: int) -> int:
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

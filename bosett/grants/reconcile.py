"""IMDi's payments against our rates: which sums the rates give exactly, which they don't, and why.

A sum is tested only where a fit says something: small sums, with few ways to make them.  How many persons a
sum would be is never given: groups below five stay unseen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bosett.grants.paid import PAID_SCHEMES, TOTAL, Payment, Payments
from bosett.grants.paid_tests import TESTS, TOLERANCE_NOK, Persons, rate_of
from bosett.grants.problem import Rates
from bosett.grants.verdicts import VERDICTS, Verdict
from bosett.terms.errors import NoRuleInForce

__all__ = [
    "VERDICTS",
    "Amount",
    "PaymentCheck",
    "PaymentsReconciliation",
    "Persons",
    "Reason",
    "SchemeReconciliation",
    "Verdict",
    "payments_of",
    "reconcile_payments",
]


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
class Reason:
    """One row of the table: so many municipalities, their kroner, and why; None kroner for hidden cells."""

    verdict: Verdict
    municipalities: int
    paid_nok: Decimal | None

    @property
    def is_explained(self) -> bool:
        """Whether our rates give it exactly."""
        return self.verdict in EXACT


EXACT = (Verdict.EXPLAINED, Verdict.ARREARS)


@dataclass(frozen=True)
class SchemeReconciliation:
    """One scheme in one year over the country.

    Parameters
    ----------
    paid
        Municipalities with a shown sum above 0.
    by_verdict
        These by what our rates say; they add up to `paid`.  What would be said of fewer than five
        municipalities stands together, unsaid.
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

    @property
    def explained(self) -> Amount:
        """What our rates give exactly."""
        parts = [self.amount(one) for one in EXACT]
        return Amount(
            sum(one.municipalities for one in parts), sum((one.paid_nok for one in parts), Decimal(0))
        )

    @property
    def not_explained(self) -> Amount:
        """All else that was paid and shown."""
        told = self.explained
        return Amount(self.paid.municipalities - told.municipalities, self.paid.paid_nok - told.paid_nok)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every krone with its verdict, and the hidden cells without kroner."""
        shown = tuple(Reason(one, amount.municipalities, amount.paid_nok) for one, amount in self.by_verdict)
        return (*shown, *((Reason(Verdict.HIDDEN, self.hidden, None),) if self.hidden else ()))


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
    return payment.paid < SMALLEST * rate_of(rates, LOWEST[payment.scheme], payment.year)


SMALLEST = 5
TOLD = (Verdict.EXPLAINED, Verdict.ARREARS, Verdict.MOVES, Verdict.OTHER_PERSONS, Verdict.DOCUMENTED)
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
    told: dict[Verdict, list[Payment]] = {}
    for one in checks:
        if one.verdict is not None:
            told.setdefault(one.verdict, []).append(one.payment)
    few = [one for verdict, held in told.items() if len(held) < SMALLEST for one in held]
    told = {verdict: held for verdict, held in told.items() if len(held) >= SMALLEST}
    if few:
        told[Verdict.FEW] = few
    by_verdict = tuple((verdict, _amount(told[verdict])) for verdict in Verdict if verdict in told)
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
    if payment.paid < 0:
        return PaymentCheck(payment, Verdict.REPAID)
    test = TESTS.get(payment.scheme)
    if test is None:
        return PaymentCheck(payment, Verdict.NO_RULE)
    try:
        return PaymentCheck(payment, test(payment, rates, persons))
    except NoRuleInForce:
        return PaymentCheck(payment, Verdict.NO_RATE)

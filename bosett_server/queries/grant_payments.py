"""IMDi's published payments against the rates: over the country by scheme, and of one municipality.

Hidden cells stay hidden; how many persons a sum would be is never given.
"""

from __future__ import annotations

from functools import lru_cache

from django.db.models import Count

from bosett.grants.paid import Payments
from bosett.grants.reconcile import PaymentCheck, PaymentsReconciliation, payments_of, reconcile_payments
from bosett.sources.settled_counts import published_settled
from bosett_server.access.refusals import NotInSight
from bosett_server.queries.grant_rates import rates_in_force
from bosett_server.records.models import RateTable


def payments_by_scheme() -> PaymentsReconciliation:
    """Every scheme and year; made anew when a table of rates is applied or undone.  At most two queries."""
    return _by_scheme(_rates_version())


def municipalities_paid() -> tuple[str, ...]:
    """Codes in the published table, in order."""
    return _codes()


def payments_to(municipality: str) -> dict[int, tuple[PaymentCheck, ...]]:
    """Year -> the municipality's cells, each with what the rates say.  Raises NotInSight when not in the table."""
    if municipality not in _codes():
        raise NotInSight("not_in_sight")
    return _to(municipality, _rates_version())


@lru_cache(maxsize=8)
def _by_scheme(_version: tuple[tuple[str, int], ...]) -> PaymentsReconciliation:
    return reconcile_payments(Payments.shipped(), rates_in_force(), published_settled())


@lru_cache(maxsize=800)
def _to(municipality: str, _version: tuple[tuple[str, int], ...]) -> dict[int, tuple[PaymentCheck, ...]]:
    payments, rates, settled = Payments.shipped(), rates_in_force(), published_settled()
    found = {year: payments_of(payments, rates, municipality, year, settled) for year in _years()}
    return {year: checks for year, checks in found.items() if checks}


@lru_cache(maxsize=1)
def _codes() -> tuple[str, ...]:
    return tuple(sorted({one.municipality_id for one in Payments.shipped().cells}))


@lru_cache(maxsize=1)
def _years() -> tuple[int, ...]:
    return tuple(sorted({one.year for one in Payments.shipped().cells}))


def _rates_version() -> tuple[tuple[str, int], ...]:
    return tuple(RateTable.objects.values_list("state").annotate(all=Count("pk")).order_by("state"))

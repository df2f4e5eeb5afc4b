"""What IMDi has paid against the rates: over the country by scheme, and to one municipality."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from bosett.grants.paid import PAID_SCHEMES, Payments
from bosett.grants.reconcile import VERDICTS, PaymentCheck, SchemeReconciliation
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.decisions import place_name
from bosett_server.queries.grant_payments import municipalities_paid, payments_by_scheme, payments_to
from bosett_server.queries.grants import names_in_order
from bosett_server.web.grants.rate_words import said
from bosett_server.web.grants.rooms import rooms
from bosett_server.web.look.numbers import kroner
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.web.page import page
from bosett_server.web.table_file import table_file
from bosett_server.words.grants import of_library

FILE_COLUMNS = ("year", "scheme", "verdict", "municipalities", "paid_nok", "explained")


@require_GET
@page(Permission.STATISTICS_VIEW)
def payments(request: Request) -> HttpResponse:
    """By year and scheme: explained by the rates, not explained, and why."""
    paid = set(municipalities_paid())
    names = [(code, name) for code, name in names_in_order().items() if code in paid]
    code = request.GET.get("municipality", "")
    if code in dict(names):
        return redirect("grants-payments-to", code)
    found = payments_by_scheme()
    years = sorted({one.year for one in found.rows}, reverse=True)
    context = {
        "tables": [
            made(year, [one for one in found.rows if one.year == year])
            for year in years
            for made in (_scheme_table, _reason_table)
        ],
        "found": found,
        "places": names,
        "source": Payments.shipped().source,
        "source_title": of_library(Payments.shipped().source.title),
        **rooms(request.actor),
    }
    return render(request, "grants/payments.html", context)


@require_GET
@page(Permission.STATISTICS_VIEW)
def payments_file(request: Request, kind: str) -> HttpResponse:
    """The same table as a file."""
    rows = [
        (row.year, row.scheme, one.verdict.value, one.municipalities, one.paid_nok, int(one.is_explained))
        for row in payments_by_scheme().rows
        for one in row.reasons
    ]
    return table_file("grants-paid", kind, FILE_COLUMNS, rows)


@require_GET
@page(Permission.STATISTICS_VIEW)
def payments_to_one(request: Request, code: str) -> HttpResponse:
    """One municipality's published payments, each with what the rates say of it."""
    found = payments_to(code)
    context = {
        "code": code,
        "name": place_name(code),
        "tables": [_cell_table(year, found[year]) for year in sorted(found, reverse=True)],
        "source": Payments.shipped().source,
        "source_title": of_library(Payments.shipped().source.title),
        "may_reconcile": request.actor.may(Permission.SETTLEMENT_RECORD),
    }
    return render(request, "grants/payments_to.html", context)


def _scheme_table(year: int, rows: list[SchemeReconciliation]) -> Table:
    """Paid, explained and not, by scheme."""
    columns = (
        Column("scheme", pgettext("grants", "Scheme")),
        Column("paid", pgettext("grants", "Paid"), "kroner"),
        Column("explained", pgettext("paid", "Explained"), "kroner"),
        Column("not_explained", pgettext("paid", "Not explained"), "kroner"),
        Column("hidden", pgettext("grants", "Hidden cells"), "number"),
    )
    told = tuple(
        Row(
            (
                said(PAID_SCHEMES[row.scheme]), round(row.paid.paid_nok), round(row.explained.paid_nok),
                round(row.not_explained.paid_nok), row.hidden,
            )
        )
        for row in rows
    )  # fmt: skip
    return Table(_("Payments in %(year)s") % {"year": year}, columns, told)


def _reason_table(year: int, rows: list[SchemeReconciliation]) -> Table:
    """Every krone with its reason."""
    columns = (
        Column("scheme", pgettext("grants", "Scheme")),
        Column("verdict", pgettext("grants", "What the rates say")),
        Column("municipalities", pgettext("grants", "Municipalities"), "number"),
        Column("paid", pgettext("grants", "Paid"), "kroner"),
    )
    told = tuple(
        Row(
            (
                said(PAID_SCHEMES[row.scheme]), said(VERDICTS[one.verdict]), one.municipalities,
                _("hidden by the source") if one.paid_nok is None else kroner(round(one.paid_nok)),
            ),
            label=f"{said(PAID_SCHEMES[row.scheme])} {said(VERDICTS[one.verdict])}",
        )
        for row in rows
        for one in row.reasons
    )  # fmt: skip
    return Table(_("Why, in %(year)s") % {"year": year}, columns, told)


def _cell_table(year: int, checks: tuple[PaymentCheck, ...]) -> Table:
    columns = (
        Column("scheme", pgettext("grants", "Scheme")),
        Column("paid", pgettext("grants", "Paid"), "kroner"),
        Column("verdict", pgettext("grants", "What the rates say")),
    )
    rows = tuple(Row((said(PAID_SCHEMES[one.payment.scheme]), _paid(one), _verdict(one))) for one in checks)
    return Table(_("Payments in %(year)s") % {"year": year}, columns, rows)


def _paid(check: PaymentCheck) -> str:
    if check.payment.paid is None:
        return _("hidden by the source")
    return kroner(round(check.payment.paid))


def _verdict(check: PaymentCheck) -> str:
    return "" if check.verdict is None else said(VERDICTS[check.verdict])

"""A municipality's sums with the rates as known on a day, and one person's years from first to last."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from bosett.grants.wording import reason, scheme_name, told
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.decisions import place_name
from bosett_server.queries.grant_known import KnownSum, PersonYears, person_years, sums_known_on
from bosett_server.queries.grants import names_in_order
from bosett_server.web.grants.rates import asked_day
from bosett_server.web.look.language import current_language
from bosett_server.web.look.numbers import kroner
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.web.page import page


@require_GET
@page(Permission.GRANT_VIEW)
def known(request: Request, code: str, year: int) -> HttpResponse:
    """What the year's lines would sum to with the rates known on a day, beside what they do now."""
    today = clock.today()
    day = asked_day(request, today)
    sums = sums_known_on(request.actor, code, year, day)
    context = {
        "code": code,
        "name": place_name(code),
        "year": year,
        "day": day,
        "today": today,
        "table": _known_table(sums) if sums else None,
    }
    return render(request, "grants/known.html", context)


@require_GET
@page(Permission.GRANT_VIEW)
def person(request: Request, person: UUID) -> HttpResponse:
    """Every year that a grant may be paid for one person, each line with its sentences."""
    found = person_years(request.actor, person)
    language = _language()
    context = {
        "row": found,
        "table": _years_table(found, language) if found.lines else None,
        "without": sorted(
            {
                (scheme_name(scheme, language), reason(code, language))
                for _year, scheme, code in found.without
                if scheme not in {one.scheme for one in found.lines}
            }
        ),
    }
    return render(request, "grants/person.html", context)


def _known_table(sums: list[KnownSum]) -> Table:
    columns = (
        Column("scheme", pgettext("grants", "Scheme")),
        Column("grant_year", pgettext("grants", "Grant year")),
        Column("lines", pgettext("grants", "Lines"), "number"),
        Column("then", pgettext("grants", "As known that day"), "kroner"),
        Column("now", pgettext("grants", "As known now"), "kroner"),
        Column("difference", pgettext("grants", "Difference"), "kroner"),
    )
    language = _language()
    rows = tuple(
        Row(
            (
                scheme_name(one.scheme, language), str(one.grant_year or ""), one.lines, _nok(one.then_nok),
                _nok(one.now_nok), _nok(one.difference_nok),
            ),
            label=f"{scheme_name(one.scheme, language)} {one.grant_year}",
        )
        for one in sums
    )  # fmt: skip
    return Table(_("The sums with the rates of two days"), columns, rows)


def _years_table(found: PersonYears, language: str) -> Table:
    names = names_in_order()
    columns = (
        Column("year", pgettext("grants", "Year")),
        Column("scheme", pgettext("grants", "Scheme")),
        Column("place", pgettext("grants", "Municipality")),
        Column("amount", pgettext("grants", "Amount"), "kroner"),
        Column("why", pgettext("grants", "Why")),
    )
    rows = tuple(
        Row(
            (
                str(one.year), scheme_name(one.scheme, language), names.get(one.municipality_id, one.municipality_id),
                _nok(one.amount_nok), " ".join(told(one, language, found.rates)),
            ),
            label=f"{one.year} {scheme_name(one.scheme, language)}",
        )
        for one in found.lines
    )  # fmt: skip
    return Table(_("Grants year by year"), columns, rows)


def _nok(amount: int | None) -> str:
    return _("not known") if amount is None else kroner(amount)


def _language() -> str:
    language = current_language()
    return language if language in ("nb", "nn", "en") else "nb"

"""The agreements between the State and KS, and whether today's commitments are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from bosett.agreement import held
from bosett.registry import Agreement, Agreements
from bosett.terms.errors import BadInput, NoRuleInForce
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.agreement import evidence
from bosett_server.web.agreement.wording import Shown, in_reader_language, shown
from bosett_server.web.known import KnownDay, known_day, year_in
from bosett_server.web.page import page
from bosett_server.words.agreement import CERTAINTIES


@dataclass(frozen=True)
class Told:
    """One agreement in the reader's language."""

    agreement: Agreement
    title: str
    years: str
    parties: list[tuple[str, str]]
    coordinator: str
    terms: list[tuple[str, Any, Any]]
    unknown: list[str]
    in_force: bool


@page(Permission.AGREEMENT_VIEW)
def overview(request: Request) -> HttpResponse:
    """Today's commitments first, then each agreement as far as its text is known."""
    day = known_day(request)
    year = year_in(request, day.known.day.year)
    agreements = Agreements.shipped()
    try:
        in_force = agreements.in_force(day.known.day).code
    except NoRuleInForce:
        in_force = ""
    context = {
        "day": day,
        "year": year,
        "commitments": _commitments(request, year, day),
        "may_see_pressure": request.actor.may(Permission.PRESSURE_VIEW),
        "may_see_results": request.actor.may(Permission.RESULTS_VIEW),
        "may_work_matters": request.actor.may(Permission.MATTER_WORK),
        "agreements": [
            _told(one, agreements, in_force=one.code == in_force) for one in reversed(agreements.agreements)
        ],
    }
    return render(request, "agreement/overview.html", context)


def _commitments(request: Request, year: int, day: KnownDay) -> list[Shown]:
    """None for a year without an agreement, or for a day before it began."""
    stored = evidence(request.actor, year, day.known)
    try:
        found = held(stored.book, day.known.day, year)
    except (NoRuleInForce, BadInput):
        return []
    return [shown(one, modelled=stored.answers_modelled) for one in found]


def _told(one: Agreement, agreements: Agreements, *, in_force: bool) -> Told:
    return Told(
        agreement=one,
        title=in_reader_language(one.title),
        years=one.code.replace("-", "–"),
        parties=[(code, in_reader_language(agreements.party(code).name)) for code in one.parties],
        coordinator=in_reader_language(agreements.party(one.coordinator).name),
        terms=[(in_reader_language(t.text), t.source, CERTAINTIES[t.certainty]) for t in one.terms],
        unknown=[in_reader_language(text) for text in one.unknown],
        in_force=in_force,
    )

"""The agreements between the State and KS, and whether today's commitments are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from bosett.agreement.indicators import COMMITMENTS as SHIPPED
from bosett.agreement.problem import Commitment, Finding
from bosett.registry import Agreement, Agreements
from bosett.terms.errors import NoRuleInForce
from bosett.terms.label import Label
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.agreement import evidence
from bosett_server.web.agreement.wording import (
    CERTAINTIES,
    COMMITMENTS,
    FACTS,
    MISSING,
    PARTIES,
    VERDICTS,
)
from bosett_server.web.known import known_day, year_in
from bosett_server.web.page import page

ON_ANSWERS = {"enough_places", "voluntariness"}


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


@dataclass(frozen=True)
class Shown:
    """One commitment with its verdict in words."""

    commitment: Commitment
    finding: Finding
    title: Any
    measure: Any
    verdict: Any
    tone: str
    parties: list[Any]
    facts: list[tuple[Any, int | str]]
    missing: list[Any]
    modelled: bool


@page(Permission.AGREEMENT_VIEW)
def overview(request: Request) -> HttpResponse:
    """Today's commitments first, then each agreement as far as its text is known."""
    day = known_day(request)
    year = year_in(request, day.known.day.year)
    stored = evidence(request.actor, year, day.known)
    agreements = Agreements.shipped()
    try:
        in_force = agreements.in_force(day.known.day).code
    except NoRuleInForce:
        in_force = ""
    context = {
        "day": day,
        "year": year,
        "commitments": [
            _shown(one, one.indicator(stored.facts, day.known.day), modelled=stored.answers_modelled)
            for one in SHIPPED
        ],
        "agreements": [
            _told(one, agreements, in_force=one.code == in_force) for one in reversed(agreements.agreements)
        ],
    }
    return render(request, "agreement/overview.html", context)


def _shown(one: Commitment, finding: Finding, *, modelled: bool) -> Shown:
    title, measure = COMMITMENTS[one.code]
    verdict, tone = VERDICTS[finding.verdict]
    return Shown(
        commitment=one,
        finding=finding,
        title=title,
        measure=measure,
        verdict=verdict,
        tone=tone,
        parties=[PARTIES[party] for party in one.parties],
        facts=[(FACTS[key], value) for key, value in finding.facts],
        missing=[MISSING[name] for name in finding.missing],
        modelled=modelled and one.code in ON_ANSWERS and not finding.missing,
    )


def _told(one: Agreement, agreements: Agreements, *, in_force: bool) -> Told:
    return Told(
        agreement=one,
        title=_in_reader_language(one.title),
        years=one.code.replace("-", "–"),
        parties=[(code, _in_reader_language(agreements.party(code).name)) for code in one.parties],
        coordinator=_in_reader_language(agreements.party(one.coordinator).name),
        terms=[(_in_reader_language(t.text), t.source, CERTAINTIES[t.certainty]) for t in one.terms],
        unknown=[_in_reader_language(text) for text in one.unknown],
        in_force=in_force,
    )


def _in_reader_language(label: Label) -> str:
    """Bokmål where the label has no text in the reader's language."""
    language = (get_language() or "nb")[:2]
    return label.in_language(language if language in {"en", "nb", "nn"} else "nb")

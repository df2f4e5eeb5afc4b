"""The year's reports of the agreement as everybody reads them: page, PDF and Word, in both forms of Norwegian."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bosett.outputs.paper import FORMS, MEDIA_TYPES
from bosett.outputs.plain_numbers import day_text
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.year_report import (
    PublishedReport,
    publication_numbers,
    published_paper,
    published_report,
    published_reports,
)
from bosett_server.queries.year_report import reports as under_way
from bosett_server.web.agreement.report_shown import paper_answer, shown_sections, wanted_form
from bosett_server.web.page import page
from bosett_server.words.year_report import STATES


@require_GET
@page(Permission.STATISTICS_VIEW)
def reports(request: Request) -> HttpResponse:
    """What is published, and for those who write: what is under way, and a year to begin with."""
    may_write = request.actor.may(Permission.REPORT_WRITE)
    drafts = under_way(request.actor) if may_write else []
    last = clock.today().year - 1
    context = {
        "published": published_reports(),
        "drafts": [(one.year, STATES[one.state], one.state == "published") for one in drafts],
        "may_write": may_write,
        "begin": last
        if request.actor.may(Permission.REPORT_MANAGE) and last not in {one.year for one in drafts}
        else None,
        "request_key": uuid.uuid4(),
    }
    return render(request, "agreement/reports.html", context)


@require_GET
@page(Permission.STATISTICS_VIEW)
def report(request: Request, year: int) -> HttpResponse:
    """One year's report as last published, or with `?number=` an earlier publication."""
    told = published_report(year, _number(request))
    form = wanted_form(request)
    numbers = publication_numbers(year)
    context = {
        "told": told,
        "form": form,
        "forms": [(one, one == form) for one in FORMS],
        "sections": shown_sections(told.sections[form]),
        "numbers": numbers if len(numbers) > 1 else [],
        "newest": told.number == numbers[0][0],
        "may_write": request.actor.may(Permission.REPORT_WRITE),
    }
    return render(request, "agreement/report.html", context)


@require_GET
@page(Permission.STATISTICS_VIEW)
def report_file(request: Request, year: int, kind: str) -> HttpResponse:
    """The published report as PDF (PDF/UA) or Word."""
    if kind not in MEDIA_TYPES:
        raise Http404
    told = published_report(year, _number(request))
    form = wanted_form(request)
    days = {party: day_text(on, form) for party, on in told.approved}
    paper = published_paper(told, form, days, synthetic_mark(told.synthetic))
    return paper_answer(paper, kind, f"agreement-report-{year}")


def synthetic_mark(synthetic: bool) -> str:
    """The line above a paper of the demo."""
    return (
        "Syntetisk eksempel, laget for demonstrasjonen. Ingen av partene har godkjent det."
        if synthetic
        else ""
    )


def _number(request: Request) -> int | None:
    text = request.GET.get("number", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


__all__ = ["PublishedReport", "report", "report_file", "reports", "synthetic_mark"]

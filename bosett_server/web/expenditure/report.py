"""The committee's report on a closed round, as PDF or Word, in bokmål or nynorsk."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from bosett.outputs.expenditure_report import expenditure_report
from bosett.outputs.paper import MEDIA_TYPES
from bosett.outputs.paper_docx import paper_docx
from bosett.outputs.paper_pdf import paper_pdf
from bosett_server.access import audit
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.expenditure_report import report_input
from bosett_server.web.expenditure.estimates import closed
from bosett_server.web.expenditure.forms import word_language
from bosett_server.web.page import page


@require_GET
@page(Permission.EXPENDITURE_VIEW)
def report(request: Request, number: int, form: str) -> HttpResponse:
    """The report in the reader's form of Norwegian; bokmål for other languages."""
    if form not in MEDIA_TYPES:
        raise Http404
    row, baseline = closed(request, number)
    told = report_input(row, baseline, timezone.localdate(baseline.made_at))
    asked = request.GET.get("language", word_language())
    paper = expenditure_report(told, "nn" if asked == "nn" else "nb")
    content = paper_pdf(paper) if form == "pdf" else paper_docx(paper)
    audit.append("export_expenditure_report", ("expenditure_round", number), {"form": form}, "read")
    response = HttpResponse(content, content_type=MEDIA_TYPES[form])
    response.headers["Content-Disposition"] = (
        f'attachment; filename="expenditure-{row.kind}-{row.year}.{form}"'
    )
    return response

"""The work with a year's report: begin, write by section, see what changed, approve, publish, open again."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bosett.outputs.paper import FORMS, MEDIA_TYPES
from bosett.terms.errors import Refused
from bosett_server.access import audit, clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.request import Request
from bosett_server.actions.year_report import (
    KEPT,
    approve_year_report,
    begin_year_report,
    publish_year_report,
    regenerate_year_report,
    reopen_year_report,
    write_report_section,
)
from bosett_server.queries.year_report import Part, Work, draft_paper, versions, work
from bosett_server.web.agreement.report_forms import ReopenReportForm, WordsForm
from bosett_server.web.agreement.report_shown import paper_answer, shown_sections, wanted_form
from bosett_server.web.agreement.reports import synthetic_mark
from bosett_server.web.page import page
from bosett_server.web.step_form import StepPage, posted, run
from bosett_server.words.refusals import sentence
from bosett_server.words.year_report import STATES, STEPS

HOME = "/agreement/"


@require_GET
@page(Permission.REPORT_WRITE)
def work_page(request: Request, year: int) -> HttpResponse:
    """Where the report stands: each section, who has approved, what changed, what was done."""
    return _shown(request, year)


@require_GET
@page(Permission.REPORT_WRITE)
def draft_file(request: Request, year: int, kind: str) -> HttpResponse:
    """The report as it stands now, as a paper that says it is a draft."""
    if kind not in MEDIA_TYPES:
        raise Http404
    told, form = work(request.actor, year), wanted_form(request)
    audit.append("export_year_report", ("year_report", year), {"form": form, "kind": kind}, "read")
    mark = synthetic_mark(told.synthetic)
    return paper_answer(draft_paper(told, form, mark), kind, f"agreement-report-{year}-draft")


@require_http_methods(["GET", "POST"])
@page(Permission.REPORT_WRITE)
def write(request: Request, year: int, section: str) -> HttpResponse:
    """One section: its facts, its words to write in both forms, and every earlier version."""
    told = work(request.actor, year)
    part = told.part(section)
    if section == KEPT:
        raise NotInSight("not_in_sight")
    form = WordsForm(posted(request), initial=_initial(part))
    step = _write_page(request, told, part)

    def act() -> int:
        given = form.cleaned_data
        # Should somebody have written meanwhile, the page shows their words, and the next try is on top of those.
        form.data = dict(form.data.items()) | {"on_number": str(part.written.number if part.written else 0)}
        return write_report_section(
            request.actor, year=year, section=section, nb=given["nb"], nn=given["nn"], on_number=given["on_number"]
        )  # fmt: skip

    return run(
        request, form, step, act, lambda: (_("The section is stored."), _address(year) + f"#{section}")
    )


def _initial(part: Part) -> dict[str, Any]:
    """What stands, so that the generated words can be begun from."""
    words = {form: "\n\n".join(part.stands[form].words) for form in FORMS}
    return {**words, "on_number": part.written.number if part.written else 0}


def _write_page(request: Request, told: Work, part: Part) -> StepPage:
    form = wanted_form(request)
    title = part.stands[form].title
    return StepPage(
        title=title,
        lead=_("You write the words. Tables and charts come from the facts and are not written by hand."),
        button=_("Store the section"),
        back=_address(told.year),
        crumbs=(*_crumbs(), _("The report of %(year)s") % {"year": told.year}, _address(told.year)),
        template="agreement/report_section.html",
        context={
            "part": part,
            "facts": shown_sections([part.generated[form]])[0].facts if part.generated[form].facts else (),
            "generated": [(one, part.generated[one].words) for one in FORMS],
            "now": [(one, part.stands[one].words) for one in FORMS],
            "form_shown": form,
            "versions": versions(request.actor, told.year, part.code),
        },
    )


@require_POST
@page(Permission.REPORT_MANAGE)
def begin(request: Request) -> HttpResponse:
    """The last year's report is begun; a year that cannot be is told of on the list."""
    text = request.POST.get("year", "")
    year = int(text) if text.isdigit() and len(text) == len("2025") else clock.today().year - 1
    try:
        begin_year_report(request.actor, year=year)
    except (NotInSight, NotPermitted):
        raise
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("/agreement/reports/")
    messages.success(request, _("The report is begun, made from what is known today."))
    return redirect(_address(year))


@require_POST
@page(Permission.REPORT_MANAGE)
def regenerate(request: Request, year: int) -> HttpResponse:
    """The facts of today; what people wrote stands."""

    def words(many: int) -> str:
        return ngettext(
            "One section says something else now. Nobody's own words were touched.",
            "%(many)s sections say something else now. Nobody's own words were touched.",
            many,
        ) % {"many": many}

    return _take(request, year, lambda: words(regenerate_year_report(request.actor, year=year)))


@require_POST
@page(Permission.REPORT_APPROVE)
def approve(request: Request, year: int) -> HttpResponse:
    """The party approves the revision that was on the page."""
    text = request.POST.get("revision", "")
    revision = int(text) if text.isdigit() and len(text) < 9 else 0

    def act() -> str:
        approve_year_report(request.actor, year=year, revision=revision)
        return _("Your party has approved the report.")

    return _take(request, year, act)


@require_POST
@page(Permission.REPORT_MANAGE)
def publish(request: Request, year: int) -> HttpResponse:
    """Everybody reads it from now on."""

    def act() -> str:
        publish_year_report(request.actor, year=year)
        return _("The report is published. Everybody can read it.")

    return _take(request, year, act)


@require_http_methods(["GET", "POST"])
@page(Permission.REPORT_WRITE)
def reopen(request: Request, year: int) -> HttpResponse:
    """A published report is opened again, with a reason that everybody can read."""
    told = work(request.actor, year)
    form = ReopenReportForm(posted(request))
    step = StepPage(
        title=_("Open the report of %(year)s again") % {"year": year},
        lead=_("The published version stays until all parties have approved the next one."),
        button=_("Open it again"),
        back=_address(year),
        crumbs=(*_crumbs(), _("The report of %(year)s") % {"year": told.year}, _address(year)),
    )

    def act() -> int:
        return reopen_year_report(request.actor, year=year, reason=form.cleaned_data["reason"])

    return run(request, form, step, act, lambda: (_("The report is open again."), _address(year)))


def _take(request: Request, year: int, act: Callable[[], str]) -> HttpResponse:
    """A step without a form of its own: done and said, or refused on the page with why."""
    try:
        done = act()
    except (NotInSight, NotPermitted):
        raise
    except Refused as refusal:
        return _shown(request, year, sentence(refusal), 409)
    messages.success(request, done)
    return redirect(_address(year))


def _shown(request: Request, year: int, refusal: str = "", status: int = 200) -> HttpResponse:
    told, form = work(request.actor, year), wanted_form(request)
    sections = {one.code: one for one in shown_sections(part.stands[form] for part in told.parts)}
    draft = told.state == "draft"
    context = {
        "told": told,
        "state": STATES[told.state],
        "draft": draft,
        "form": form,
        "forms": [(one, one == form) for one in FORMS],
        "parts": [(part, sections[part.code], part.code != KEPT and draft) for part in told.parts],
        "parties": [(one, told.approved.get(one)) for one in told.parties],
        "changed": told.changed.get(form, ()),
        "steps": [(STEPS[one.step], _section_title(told, one.section, form), one) for one in told.steps],
        "may_manage": request.actor.may(Permission.REPORT_MANAGE),
        "may_approve": draft and request.actor.may(Permission.REPORT_APPROVE) and request.actor.party in told.missing,
        "party": request.actor.party,
        "refusal": refusal,
        "request_key": uuid.uuid4(),
    }  # fmt: skip
    response = render(request, "agreement/report_work.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _section_title(told: Work, code: str, form: Any) -> str:
    return told.part(code).stands[form].title if code else ""


def _crumbs() -> tuple[str, ...]:
    return (_("The agreement"), HOME, pgettext("report", "The year's reports"), "/agreement/reports/")


def _address(year: int) -> str:
    return f"/agreement/reports/{year}/work/"

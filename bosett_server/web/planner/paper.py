"""The case paper: what the municipality writes itself, the files, and the council's answer into the round."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bosett.decisions import AnswerKind
from bosett.outputs.case_facts import OWN_TEXTS
from bosett.outputs.case_paper import case_paper
from bosett.outputs.paper import MEDIA_TYPES, Language, Paper
from bosett.outputs.paper_docx import paper_docx
from bosett.outputs.paper_pdf import paper_pdf
from bosett.terms.groups import Group
from bosett_server.access import audit, clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.decisions import record_vedtak
from bosett_server.actions.planner import save_case_paper
from bosett_server.queries import figures_warm
from bosett_server.queries.plan_paper import asked_of, case_paper_facts, paper_language
from bosett_server.queries.planner import plan_answer, plan_sheet
from bosett_server.web.page import page
from bosett_server.web.planner.forms import AnswerForm, PaperForm
from bosett_server.web.planner.rooms import check_year, frame
from bosett_server.web.step_form import StepPage, posted, run

ASK_AGAIN_SECONDS = 1


@page(Permission.PLAN_EDIT)
def paper(request: Request, code: str, year: int) -> HttpResponse:
    """The municipality's own texts, and the paper as files."""
    check_year(year)
    answer = plan_answer(request.actor, code, year)
    sheet = answer.sheet
    initial = {place: sheet.texts.get(place, "") for place in OWN_TEXTS} | {
        "language": paper_language(answer), "own_number": sheet.own_number, "recommended": sheet.recommended,
        "case_number": sheet.case_number, "meeting_on": sheet.meeting_on, "version": sheet.version,
    }  # fmt: skip
    form = PaperForm(posted(request), initial=initial)
    around = frame(request, code, sheet.name, year, "paper")
    asked = asked_of(code, year)
    step = StepPage(
        _("Case paper for the council"),
        _("Figures, alternatives and sources come by themselves. Write what only you know, or nothing."),
        _("Save the texts"),
        str(around["plan_url"]),
        (sheet.name, str(around["own_url"]), _("How many can we take?"), str(around["plan_url"])),
        template="planner/paper.html",
        context={
            "asked": asked, "total": answer.total, "may_answer": request.actor.may(Permission.VEDTAK_RECORD),
            "changed": form.is_bound and str(sheet.version) != request.POST.get("version"),
            "version_now": sheet.version, **around,
        },
    )  # fmt: skip
    return run(
        request, form, step,
        lambda: save_case_paper(request.actor, municipality=code, year=year, **form.told()),
        lambda: (_("The texts are saved. They stand in the paper from now on."), f"/planner/{code}/{year}/paper/"),
    )  # fmt: skip


@require_GET
@page(Permission.PLAN_EDIT)
def paper_file(request: Request, code: str, year: int, form: str) -> HttpResponse:
    """The paper as docx or PDF in the form chosen; 404 when nobody asks the municipality that year.

    A service that has just started says that the paper is being made, and the page asks again by itself.
    """
    check_year(year)
    if form in MEDIA_TYPES and figures_warm.coming(request.actor):
        return _coming(request, code, year)
    made = made_paper(request, code, year, request.GET.get("language", ""))
    if form not in MEDIA_TYPES or made is None:
        raise Http404
    content = paper_pdf(made) if form == "pdf" else paper_docx(made)
    audit.append("export_case_paper", ("municipality", code), {"year": year, "kind": form}, "read")
    response = HttpResponse(content, content_type=MEDIA_TYPES[form])
    response.headers["Content-Disposition"] = (
        f'attachment; filename="saksframlegg-{code}-{year}-{made.language}.{form}"'
    )
    return response


def _coming(request: Request, code: str, year: int) -> HttpResponse:
    sheet = plan_sheet(request.actor, code, year)
    response = render(
        request, "planner/paper_coming.html", frame(request, code, sheet.name, year, "paper"), status=202
    )
    response.headers["Refresh"] = str(ASK_AGAIN_SECONDS)
    response.headers["Retry-After"] = str(ASK_AGAIN_SECONDS)
    return response


def made_paper(request: Request, code: str, year: int, wanted: str) -> Paper | None:
    """The paper in the form asked for, else the municipality's; None when there is no case."""
    chosen: Language
    if wanted in ("nb", "nn"):
        chosen = "nn" if wanted == "nn" else "nb"
    else:
        chosen = paper_language(plan_answer(request.actor, code, year))
    facts = case_paper_facts(request.actor, code, year, chosen)
    return None if facts is None else case_paper(facts)


@page(Permission.VEDTAK_RECORD)
def answer(request: Request, code: str, year: int) -> HttpResponse:
    """The council has decided: its number goes into the round, with the case number the paper had."""
    check_year(year)
    sheet = plan_sheet(request.actor, code, year)
    around = frame(request, code, sheet.name, year, "paper")
    initial = {
        "total": sheet.recommended, "case_number": sheet.case_number, "decided_on": sheet.meeting_on or clock.today(),
    }  # fmt: skip
    form = AnswerForm(posted(request), initial=initial, asked=asked_of(code, year))
    step = StepPage(
        _("The council has decided"),
        _("The number goes into the round. It is in force when it is approved on the next page."),
        _("Record the vedtak"),
        f"/planner/{code}/{year}/paper/",
        (sheet.name, str(around["own_url"]), _("Case paper"), f"/planner/{code}/{year}/paper/"),
    )
    told = _("The answer is recorded. It is in force when it is approved.")
    return run(
        request, form, step,
        lambda: record_vedtak(
            request.actor, municipality=code, year=year, kind=_kind(form), numbers=_numbers(form),
            decided_on=form.cleaned_data["decided_on"],
            source=_("Case %(number)s") % {"number": form.cleaned_data["case_number"]},
        ),
        lambda: (told, f"/municipalities/{code}/vedtak/?year={year}"),
    )  # fmt: skip


def _kind(form: AnswerForm) -> AnswerKind:
    return AnswerKind.NUMBER if form.cleaned_data["total"] else AnswerKind.ZERO


def _numbers(form: AnswerForm) -> dict[Group, int]:
    """A vedtak of zero has no number; a group that the council did not mention has none either."""
    told = form.cleaned_data
    given = {
        Group.ALL: told["total"] or None,
        Group.EM_UNDER15: told.get("em_under15"),
        Group.EM_15_17: told.get("em_15_17"),
    }
    return {group: value for group, value in given.items() if value is not None}

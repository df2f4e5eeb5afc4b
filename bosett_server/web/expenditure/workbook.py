"""The questionnaire as a workbook: downloaded, filled in, looked at, brought in."""

from __future__ import annotations

import uuid
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bosett.expenditure.typed import Typed, look, read_line
from bosett.outputs.expenditure_template import write_template
from bosett.sources.expenditure_sheet import Filled, read_template
from bosett.terms.errors import BadInput, Refused
from bosett_server.access import audit
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.expenditure_answers import save_expenditure_answer
from bosett_server.queries.expenditure_sheet import Sheet, sheet
from bosett_server.web.expenditure import shown, shown_sheet
from bosett_server.web.expenditure.answers import typed_in
from bosett_server.web.expenditure.files import stored
from bosett_server.web.expenditure.forms import FillForm, word_language
from bosett_server.web.file_fault import file_fault
from bosett_server.web.page import page
from bosett_server.web.step_form import StepPage, posted
from bosett_server.web.table_file import TYPES
from bosett_server.words.refusals import sentence

CELLS = {"amount": "D", "share": "E", "whole": "F", "explanation": "G"}
"""Column of the workbook that each field stands in."""
BLAMED = {"share_over_100": "share", "half_a_share": "share", "both_ways": "amount", "empty": "amount"}


@require_GET
@page(Permission.EXPENDITURE_OWN)
def template_file(request: Request, number: int, code: str) -> HttpResponse:
    """The questionnaire with what is written so far."""
    told = sheet(request.actor, number, code)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        mark = _("Synthetic answers, made for the demo") if told.round.synthetic else ""
        heading = f"{told.name}: {shown.round_title(told.round)}"
        write_template(path, told.lines, told.typed, heading, mark, word_language())
        content = path.read_bytes()
    audit.append("export_expenditure_answer", ("municipality", code), {"round": number}, "read")
    response = HttpResponse(content, content_type=TYPES["xlsx"])
    response.headers["Content-Disposition"] = (
        f'attachment; filename="expenditure-{told.round.year}-{code}.xlsx"'
    )
    return response


@page(Permission.EXPENDITURE_ANSWER)
def fill(request: Request, number: int, code: str) -> HttpResponse:
    """Choose the workbook; look at what it changes; bring it in."""
    told = sheet(request.actor, number, code)
    if request.method == "POST" and request.POST.get("step") == "apply":
        return _applied(request, told)
    form = FillForm(posted(request), request.FILES if request.method == "POST" else None)
    if not form.is_bound:
        return _page(request, told, form)
    if not form.is_valid():
        return _page(request, told, form, status=422)
    try:
        with TemporaryDirectory() as folder:
            rows = read_template(stored(form.cleaned_data["file"], folder), told.lines)
    except BadInput as bad:
        words = sentence(Refused("expenditure_template_wrong"))
        form.add_error("file", f"{words} {file_fault(bad)}")
        return _page(request, told, form, status=422)
    return _page(request, told, form, preview=_preview(told, rows))


def _applied(request: Request, told: Sheet) -> HttpResponse:
    try:
        many = save_expenditure_answer(
            request.actor, round_id=told.round.id, municipality=told.municipality,
            typed=typed_in(request, told), via="xlsx",
        )  # fmt: skip
    except Refused as refusal:
        if type(refusal) is not Refused:
            raise
        return _page(request, told, FillForm(), refusal=sentence(refusal), status=409)
    messages.success(request, _("%(n)s lines are brought in from the file.") % {"n": many})
    return redirect("expenditure-answer", told.round.id, told.municipality)


def _preview(told: Sheet, rows: tuple[Filled, ...]) -> list[dict[str, Any]]:
    """Each line: what stands now, what the file has, and what to look at by its cell."""
    names = {line.area: line for line in told.lines}
    flags = look(told.lines, {one.typed.area: one.typed for one in rows}, told.known)
    found = []
    for one in rows:
        line = names[one.typed.area]
        value, _stops = read_line(line, one.typed)
        marks = [
            (f"{CELLS[BLAMED.get(flag.code, _first(one.typed))]}{one.row}", shown_sheet.flag_sentence(flag), flag.stops)
            for flag in flags
            if flag.area == line.area
        ]  # fmt: skip
        before = told.typed.get(line.area, Typed(line.area))
        found.append(
            {
                "area": line.area, "name": line.name.in_language(word_language()), "typed": one.typed,
                "before": told.values.get(line.area), "value": value, "changed": before != one.typed, "marks": marks,
            }
        )  # fmt: skip
    return found


def _first(typed: Typed) -> str:
    return "amount" if typed.amount or not typed.share else "share"


def _page(
    request: Request,
    told: Sheet,
    form: FillForm,
    *,
    preview: list[dict[str, Any]] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    back = f"/expenditure/{told.round.id}/answers/{told.municipality}/"
    step = StepPage(
        _("Fill in with Excel"),
        _("Download the template, fill it in, and choose it here."), _("Look at the file"), back,
        (_("Mapping of expenditure"), "/expenditure/", f"{told.name}: {shown.round_title(told.round)}", back),
    )  # fmt: skip
    context = {
        "form": form, "step": step, "sheet": told, "preview": preview, "refusal": refusal,
        "changed": sum(one["changed"] for one in preview or []), "synthetic_answers": told.round.synthetic,
        "request_key": uuid.uuid4(),
    }  # fmt: skip
    response = render(request, "expenditure/fill.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response

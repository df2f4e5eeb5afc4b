"""Bringing a file in: choose it, and see what it would change."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from bosett.sources.importers import Importer
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.figure_imports import check_import
from bosett_server.queries.import_kinds import kinds_about
from bosett_server.web.imports import shown
from bosett_server.web.imports.forms import UploadForm
from bosett_server.web.page import page
from bosett_server.web.step_form import StepPage, posted, show, take


@page(Permission.FIGURES_IMPORT)
def figures(request: Request, kind: str) -> HttpResponse:
    """A file of figures or facts is checked; nothing is changed before somebody says so."""
    chosen = next((one for one in kinds_about("figures", "facts") if one.kind == kind), None)
    if chosen is None:
        raise Http404
    return check(
        request,
        chosen,
        lambda form: check_import(
            request.actor,
            kind=kind,
            file=form.incoming(),
            told=form.told(),
            whole=form.cleaned_data.get("whole", False),
        ),
    )


def check(request: Request, kind: Importer, act: Callable[[UploadForm], int]) -> HttpResponse:
    """The form of a kind; a file that can be read leads on to what it would change."""
    files = request.FILES if request.method == "POST" else None
    form = UploadForm(posted(request), files, kind=kind, language=shown.label_language(request.language))
    (about,) = shown.kinds([kind], request.language)
    step = StepPage(
        about.name,
        about.about,
        _("Check the file"),
        "/imports/",
        (_("Imports"), "/imports/"),
        template="imports/upload.html",
        context={"kind": about},
    )
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            status = 409
            batch = take(form, lambda: act(form))
            if batch is not None:
                return redirect("imports-detail", batch)
    return show(request, form, step, status)

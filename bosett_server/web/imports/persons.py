"""Ready persons and assignments out of another register: upload, look, bring in together."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett.terms.errors import Refused
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.person_imports import (
    apply_person_import,
    check_person_import,
    drop_person_import,
)
from bosett_server.queries.import_kinds import kinds_about
from bosett_server.web.imports.upload import check
from bosett_server.web.imports.views import refused_step
from bosett_server.web.page import page


@page(Permission.PERSONS_IMPORT)
def upload(request: Request, kind: str) -> HttpResponse:
    """Every household of the file is tried; nothing is changed before somebody says so."""
    chosen = next((one for one in kinds_about("households", "assignments") if one.kind == kind), None)
    if chosen is None:
        raise Http404
    return check(
        request, chosen, lambda form: check_person_import(request.actor, kind=kind, file=form.incoming())
    )


@require_POST
@page(Permission.PERSONS_IMPORT)
def apply(request: Request, number: int) -> HttpResponse:
    """Take the step of every household that goes through."""
    try:
        apply_person_import(request.actor, batch=number)
    except Refused as refusal:
        return refused_step(request, number, refusal)
    messages.success(request, _("The households are brought in."))
    return redirect("imports-detail", number)


@require_POST
@page(Permission.PERSONS_IMPORT)
def drop(request: Request, number: int) -> HttpResponse:
    """Forget the file and all that was read of it."""
    drop_person_import(request.actor, batch=number)
    messages.success(request, _("The file is forgotten. Nothing was changed."))
    return redirect("imports-overview")

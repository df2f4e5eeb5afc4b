"""What the own party says in a matter: written in private, version by version, and shared when it is ready."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.consultation_positions import Kind, write_position
from bosett_server.queries.consultation_matters import matter, texts
from bosett_server.web.consultation.forms import TextForm
from bosett_server.web.consultation.wording import ROOM, matter_title
from bosett_server.web.page import page
from bosett_server.web.step_form import StepPage, posted, run

KINDS: dict[str, Kind] = {"position": "position", "proposal": "proposal"}


@page(Permission.CONSULTATION_TABLE)
def write(request: Request, number: int, kind: str) -> HttpResponse:
    """The next version of the party's position or proposal."""
    if kind not in KINDS:
        raise Http404
    row, said = matter(request.actor, number), texts(request.actor, number)
    own = [one for one in said.history if one.party == request.actor.party and one.kind == kind]
    initial = {"text": own[0].text if own else "", "version": own[0].version if own else 0}
    form, where = TextForm(posted(request), initial=initial), f"{ROOM}matters/{number}/"
    told = StepPage(
        _("Your party's position") if kind == "position" else _("Your party's proposal"),
        _("Only your own party sees it until you share it. Earlier versions are kept."),
        _("Store it for your own party"), where,
        (_("Consultations"), ROOM, matter_title(row.title, row.commitment, row.indicator), where),
    )  # fmt: skip
    return run(
        request, form, told,
        lambda: write_position(request.actor, number=number, kind=KINDS[kind], **form.cleaned_data),
        lambda: (_("It is stored. Nobody else sees it before you share it."), where),
    )  # fmt: skip

"""One centre, and UDI's steps with it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from bosett.capacity import PlaceKind
from bosett.terms.days import DateRange
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.reception import (
    announce_centre,
    close_centre,
    register_centre,
    set_places,
)
from bosett_server.queries.capacity import CentreView, centre_view, longest
from bosett_server.queries.capacity_contracts import contract_views
from bosett_server.queries.capacity_hosts import host_grant, host_settlement
from bosett_server.queries.capacity_processes import processes
from bosett_server.queries.interviews import municipality_choices
from bosett_server.web.capacity.drawings import weeks_ahead
from bosett_server.web.capacity.files import centre_file
from bosett_server.web.capacity.forms import AnnounceForm, CentreForm, CloseForm, PlacesForm
from bosett_server.web.capacity.overview import centre_state, long_table, share
from bosett_server.web.page import page
from bosett_server.web.step_form import StepPage, posted, run
from bosett_server.words.capacity import DIRECTIONS, KINDS, OPERATORS

RECEPTION = gettext_lazy("Reception")


@require_GET
@page(Permission.CENTRE_VIEW)
def detail(request: Request, centre: int) -> HttpResponse:
    """Places, residents, contracts (UDI's alone), who is there longest; the weeks also as csv, xlsx and json."""
    today = clock.today()
    found = centre_view(request.actor, centre, today)
    row = found.row
    if request.GET.get("as"):
        return centre_file(request.GET["as"], row.id, found.weeks)
    context = {
        "centre": found,
        "row": row,
        "kind": str(KINDS[row.kind]),
        "operator": str(OPERATORS.get(found.operator_kind, found.operator_kind)),
        "state": centre_state(row),
        "share": share(row.now),
        "spans": [
            (span, str(KINDS[span.kind]), today in DateRange(span.starts_on, span.ends_on))
            for span in found.spans
        ],
        "weeks": weeks_ahead(found.weeks, today, "centre-weeks") if found.weeks else None,
        "longest": long_table(longest(request.actor, today, centre=row.id), one_centre=True)
        if row.now
        else None,
        "may_manage": request.actor.may(Permission.CENTRE_MANAGE),
        "may_see_contracts": request.actor.may(Permission.CONTRACT_VIEW),
        "contracts": contract_views(request.actor, today, centre=row.id)
        if request.actor.may(Permission.CONTRACT_VIEW)
        else [],
        "processes": [
            (one, str(DIRECTIONS[one.direction])) for one in processes(request.actor) if one.centre == row.id
        ],
        "host": host_settlement(row.municipality, today.year),
        "grant": host_grant(row.kind, row.places, today.year),
        "today": today,
    }
    return render(request, "capacity/centre.html", context)


@page(Permission.CENTRE_MANAGE)
def new(request: Request) -> HttpResponse:
    """Register a centre; nobody outside UDI sees it yet."""
    form = CentreForm(posted(request), places=municipality_choices())
    made: dict[str, int] = {}

    def act() -> int:
        told = dict(form.cleaned_data)
        made["id"] = register_centre(request.actor, **(told | {"kind": PlaceKind(told["kind"])}))
        return made["id"]

    step = StepPage(
        _("Register a centre"),
        _("Only UDI sees the centre until you announce it."),
        _("Register the centre"),
        "/reception/",
        (str(RECEPTION), "/reception/"),
    )
    return run(
        request, form, step, act, lambda: (_("The centre is registered."), f"/reception/{made['id']}/")
    )


@page(Permission.CENTRE_MANAGE)
def announce(request: Request, centre: int) -> HttpResponse:
    """Announce a centre; the municipality, the county and the statsforvalter are told."""
    found = centre_view(request.actor, centre, clock.today())
    form = AnnounceForm(posted(request), initial={"informed_on": found.row.informed_on})
    step = step_of(
        found,
        _("Announce the centre"),
        _("Everybody who works with reception will see it."),
        _("Announce the centre"),
        warning=_(
            "The municipality, the county and the statsforvalter are told at once. This cannot be undone."
        ),
    )
    return run(
        request, form, step, lambda: announce_centre(request.actor, centre=centre, **form.cleaned_data),
        lambda: (_("The centre is announced."), step.back),
    )  # fmt: skip


@page(Permission.CENTRE_MANAGE)
def places(request: Request, centre: int) -> HttpResponse:
    """How many places of a kind, from a day."""
    found = centre_view(request.actor, centre, clock.today())
    form = PlacesForm(posted(request), initial={"kind": found.row.kind, "starts_on": clock.today()})
    step = step_of(
        found,
        _("Set places"),
        _("The number counts from the day you choose. What was before ends that day, and is kept."),
        _("Save the places"),
    )
    return run(
        request, form, step, lambda: set_places(request.actor, centre=centre, **form.cleaned_data),
        lambda: (_("The places are saved."), step.back),
    )  # fmt: skip


@page(Permission.CENTRE_MANAGE)
def close(request: Request, centre: int) -> HttpResponse:
    """Close a centre after a documented dialogue with the municipality."""
    found = centre_view(request.actor, centre, clock.today())
    form = CloseForm(posted(request))
    living = found.row.now.residents if found.row.now else 0
    step = step_of(
        found,
        _("Close the centre"),
        _("The municipality has been heard first, and the dialogue is documented."),
        _("Close the centre"),
        warning=_(
            "%(living)s live here now and must move before the day. Everybody concerned is told at once."
        )
        % {"living": living},
        danger=True,
    )
    return run(
        request, form, step, lambda: close_centre(request.actor, centre=centre, **form.cleaned_data),
        lambda: (_("The closing is decided, and everybody concerned is told."), step.back),
    )  # fmt: skip


def step_of(
    found: CentreView, title: str, lead: str, button: str, *, warning: str = "", danger: bool = False
) -> StepPage:
    """The words of a step with one centre."""
    back = f"/reception/{found.row.id}/"
    crumbs = (str(RECEPTION), "/reception/", found.row.name, back)
    return StepPage(title, lead, button, back, crumbs, warning=warning, danger=danger)

"""A new claim, and a change of one: choose the scheme, see its conditions, fill in what it asks."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bosett.grants.claim import Claim
from bosett.grants.claim_sheet import PERSON_SCHEMES, SHEETS
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.actions.grant_claims import change_claim, record_claim
from bosett_server.queries.grant_claims import Claimable, claim_shown, persons_to_claim_for
from bosett_server.queries.grants import names_in_order
from bosett_server.web.grants import claim_pages
from bosett_server.web.grants.claim_forms import ClaimForm, initial
from bosett_server.web.page import page
from bosett_server.web.step_form import StepPage, posted, run, show
from bosett_server.words.grants import SCHEMES

BACK = "/grants/claims/"


@require_GET
@page(Permission.CLAIM_RECORD)
def choose(request: Request) -> HttpResponse:
    """Every scheme that can be claimed, who decides about it, and what it is for."""
    return render(request, "grants/claim_choose.html", {"groups": claim_pages.groups()})


@page(Permission.CLAIM_RECORD)
def new(request: Request, scheme: str) -> HttpResponse:
    """The form of one scheme with its conditions beside; saved as a draft, or applied for at once."""
    if scheme not in SHEETS:
        raise Http404
    municipality, places = _municipality(request)
    people = _people(request, scheme, municipality)
    asked = {name: request.GET[name] for name in ("person", "grant_year") if name in request.GET}
    first = {"person_id": asked.get("person"), "grant_year": asked.get("grant_year")}
    form = ClaimForm(
        posted(request), scheme=scheme, today=clock.today(), people=people,
        initial={name: value for name, value in first.items() if value},
    )  # fmt: skip
    apply = request.POST.get("apply") == "yes"
    context = {
        "municipality": municipality,
        "places": places,
        "may_apply": True,
        "nobody": _nobody(scheme, people),
    }
    step = _page(scheme, clock.today().year, _("Save as draft"), BACK, context)
    done = (
        _("The claim is applied for.")
        if apply
        else _("The claim is saved as a draft. It is not applied for yet.")
    )
    made: list[int] = []

    def act(claim: Claim) -> int:
        made.append(record_claim(request.actor, claim=claim, apply=apply))
        return made[0]

    return _run(request, form, municipality, step, act, lambda: (done, f"{BACK}{made[0]}/"))


@page(Permission.CLAIM_RECORD)
def change(request: Request, number: int) -> HttpResponse:
    """The same form with what the claim says; the version in it stops two from writing over each other."""
    row = claim_shown(request.actor, number).row
    told = row.claim
    people = _people(request, told.scheme, told.municipality_id)
    form = ClaimForm(
        posted(request), scheme=told.scheme, today=clock.today(), people=people, initial=initial(told)
    )
    given = request.POST.get("version", "")
    version = int(given) if given.isdigit() else row.version
    context = {"municipality": told.municipality_id, "version": row.version}
    step = _page(told.scheme, told.year, _("Save the change"), f"{BACK}{number}/", context)
    return _run(
        request, form, told.municipality_id, step,
        lambda claim: change_claim(request.actor, claim=number, told=claim, version=version),
        lambda: (_("The claim is changed."), f"{BACK}{number}/"),
    )  # fmt: skip


def _run(
    request: Request,
    form: ClaimForm,
    municipality: str,
    step: StepPage,
    act: Callable[[Claim], int],
    done: Callable[[], tuple[str, str]],
) -> HttpResponse:
    """As `step_form.run`, when what is told can be a claim; else the form with the error beside the field."""
    claim = form.claim(municipality) if form.is_bound and form.is_valid() else None
    if form.is_bound and claim is None:
        return show(request, form, step, 422)
    return run(request, form, step, lambda: act(claim) if claim else None, done)


def _municipality(request: Request) -> tuple[str, list[tuple[str, str]]]:
    """The municipality that claims, and those to choose from; an agency says for which it records."""
    names = names_in_order()
    own = request.actor.municipalities
    places = [(code, name) for code, name in names.items() if not own or code in own]
    given = request.POST.get("municipality") or request.GET.get("municipality") or places[0][0]
    if given not in dict(places):
        raise NotInSight("not_in_sight")
    return given, places


def _people(request: Request, scheme: str, municipality: str) -> list[Claimable]:
    if scheme not in PERSON_SCHEMES:
        return []
    return persons_to_claim_for(request.actor, municipality, clock.today())


def _nobody(scheme: str, people: list[Claimable]) -> bool:
    return scheme in PERSON_SCHEMES and not people


def _page(scheme: str, year: int, button: str, back: str, context: dict[str, object]) -> StepPage:
    agency = claim_pages.AGENCIES[SHEETS[scheme].agency]
    return StepPage(
        str(SCHEMES[scheme]),
        _("%(agency)s decides. The conditions and the deadline stand beside the form.") % {"agency": agency},
        button,
        back,
        (_("Claims"), BACK),
        template="grants/claim_form.html",
        context={"conditions": claim_pages.conditions(scheme, year), "year": year, **context},
    )

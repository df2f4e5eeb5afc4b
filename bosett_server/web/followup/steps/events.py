"""The pages of what happens under way: first which, then one short form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bosett.terms.errors import Refused
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.family_changes import (
    merge_households,
    register_birth,
    register_death,
    split_household,
)
from bosett_server.actions.life_events import lose_permit, record_left, resolve_recheck
from bosett_server.queries.household_head import HouseholdHead, household_by_reference, in_sight
from bosett_server.web.followup.steps.forms import (
    BirthForm,
    DeathForm,
    LeftForm,
    MergeForm,
    PersonsForm,
    RecheckForm,
)
from bosett_server.web.followup.steps.frame import head_of, step_page
from bosett_server.web.page import page
from bosett_server.web.step_form import StepForm, posted, run
from bosett_server.words.followup import EVENT_WHAT, EVENTS

Act = Callable[[Actor, str, dict[str, Any]], object]


def _merge(actor: Actor, household: str, told: dict[str, Any]) -> object:
    other = household_by_reference(actor, told["other"])
    if other is None:
        raise Refused("other_not_found")
    return merge_households(actor, household=household, other=other, on=told["on"])


ACTS: dict[str, Act] = {
    "birth": lambda actor, household, told: register_birth(actor, household=household, **told),
    "death": lambda actor, household, told: register_death(actor, household=household, **told),
    "split": lambda actor, household, told: split_household(actor, household=household, **told),
    "merge": _merge,
    "permit": lambda actor, household, told: lose_permit(actor, household=household, **told),
    "left": lambda actor, household, told: record_left(actor, household=household, **told),
}
FOR_GOOD = frozenset({"death", "merge", "permit", "left"})


@require_GET
@page(Permission.HOUSEHOLD_EVENT)
def which(request: Request, household: UUID) -> HttpResponse:
    """What has happened?"""
    head = head_of(request, household, "event_page")
    step = step_page(head, _("What has happened?"), _("Choose one. You can record more afterwards."), "")
    kinds = [(f"{head.url}event/{code}/", EVENTS[code], EVENT_WHAT[code]) for code in ACTS]
    return render(request, "followup/steps/which_event.html", {"step": step, "kinds": kinds, **step.context})


@page(Permission.HOUSEHOLD_EVENT)
def event(request: Request, household: UUID, kind: str) -> HttpResponse:
    """One kind of event."""
    if kind not in ACTS:
        raise Http404
    head = head_of(request, household, "event_page")
    form = _form(kind, request, head)
    warning = _("This cannot be undone. Who needs to know is told at once.") if kind in FOR_GOOD else ""
    step = step_page(
        head, str(EVENTS[kind]), str(EVENT_WHAT[kind]), _("Record it"), warning=warning, danger=kind in FOR_GOOD,
        between=(_("What has happened?"), f"{head.url}event/"),
    )  # fmt: skip
    return run(
        request,
        form,
        step,
        lambda: ACTS[kind](request.actor, head.id, form.cleaned_data),
        lambda: (_("It is recorded, and those who need to know are told."), _after(request, head)),
    )


@page(Permission.HOUSEHOLD_READY)
def recheck(request: Request, household: UUID) -> HttpResponse:
    """What must be looked at again before anything is decided."""
    head = head_of(request, household, "recheck_page")
    form = RecheckForm(posted(request), head=head)
    step = step_page(
        head,
        _("Look at again"),
        _("Nothing is decided for the household before somebody has looked at this."),
        _("I have looked at it"),
    )
    return run(
        request,
        form,
        step,
        lambda: resolve_recheck(request.actor, household=head.id, codes=form.cleaned_data["codes"]),
        lambda: (_("It is marked as looked at again."), head.url),
    )


def _form(kind: str, request: Request, head: HouseholdHead) -> StepForm:
    data = posted(request)
    if kind == "birth":
        return BirthForm(data)
    if kind == "merge":
        return MergeForm(data)
    whole = {"persons": [one.id for one in head.people]} if kind in {"permit", "left"} else {}
    forms = {"death": DeathForm, "split": PersonsForm, "permit": PersonsForm, "left": LeftForm}
    return forms[kind](data, head=head, initial=whole)


def _after(request: Request, head: HouseholdHead) -> str:
    """A household that has left is out of the centre's and municipality's sight."""
    return head.url if in_sight(request.actor, head.id) else "/households/"

"""Counties and KS heard before a round is sent: asked by IMDi, answered by themselves or written down."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.actions.distribution_hearings import answer_hearing, open_hearings, record_hearing
from bosett_server.queries.distribution import RoundView, draft_of
from bosett_server.queries.distribution_hearings import (
    KS,
    HearingView,
    hearing,
    hearings,
    own_hearings,
    unheard_in,
)
from bosett_server.web.page import page
from bosett_server.web.step_form import StepForm, posted, take

MOST = 100_000


class OpenForm(StepForm):
    """When the word of counties and KS is due."""

    blames = {"deadline_has_passed": "due_on"}
    due_on = forms.DateField(label=gettext_lazy("Their word is due on"))


class HearingForm(StepForm):
    """The word of one body: a comment, and other numbers where it recommends them."""

    blames = {"hearing_says_nothing": "comment", "answered_outside_the_hearing": "answered_on"}
    comment = forms.CharField(
        label=gettext_lazy("What you say about the proposal"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip

    def __init__(self, *args: Any, found: HearingView, written_down: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        if written_down:
            self.fields["comment"].label = _("What they said, and where it stands")
            self.fields["answered_on"] = forms.DateField(
                label=_("Day of their answer"), initial=clock.today()
            )
        for line in found.lines:
            self.fields[f"rec_{line.code}"] = forms.IntegerField(
                label=line.name, required=False, min_value=0, max_value=MOST, initial=line.recommended,
                help_text=_("Proposed: %(persons)s. Leave empty if you have no other number.")
                % {"persons": line.proposed},
            )  # fmt: skip
        self.initial.setdefault("comment", found.comment)

    def recommended(self) -> dict[str, int]:
        """Code -> persons, where a number is written."""
        told = {line.code: self.cleaned_data[f"rec_{line.code}"] for line in self.found.lines}
        return {code: persons for code, persons in told.items() if persons is not None}


@page(Permission.CRITERIA_TRY)
def overview(request: Request, year: int) -> HttpResponse:
    """Who has been asked about the draft, who has answered, and what they said."""
    return _overview(request, _draft(request, year), OpenForm(), 200)


@require_POST
@page(Permission.ROUND_DRAFT)
def ask(request: Request, year: int) -> HttpResponse:
    """Ask every county with a request, and KS."""
    draft, form = _draft(request, year), OpenForm(request.POST)
    status = 422
    if form.is_valid():
        due = form.cleaned_data["due_on"]
        if take(form, lambda: open_hearings(request.actor, round=draft.id, due_on=due)) is not None:
            messages.success(request, _("The counties and KS are asked."))
            return redirect(f"/requests/{year}/draft/hearings/")
        status = 409
    return _overview(request, draft, form, status)


@page(Permission.ROUND_DRAFT)
def write_down(request: Request, year: int, number: int) -> HttpResponse:
    """Write down what a body said in a letter or a meeting."""
    found = hearing(request.actor, number)
    form = HearingForm(posted(request), found=found, written_down=True)

    def step() -> int:
        told = form.cleaned_data
        return record_hearing(
            request.actor, hearing=number, answered_on=told["answered_on"], comment=told["comment"],
            recommended=form.recommended(),
        )  # fmt: skip

    return _answered(request, found, form, step, f"/requests/{year}/draft/hearings/")


@page(Permission.HEARING_ANSWER)
def own(request: Request) -> HttpResponse:
    """What a county or KS is or was asked about."""
    return render(request, "distribution/own_hearings.html", {"hearings": own_hearings(request.actor)})


@page(Permission.HEARING_ANSWER)
def answer(request: Request, number: int) -> HttpResponse:
    """The county's or KS's own word on what is proposed."""
    found = hearing(request.actor, number)
    form = HearingForm(posted(request), found=found)

    def step() -> int:
        comment = form.cleaned_data["comment"]
        return answer_hearing(request.actor, hearing=number, comment=comment, recommended=form.recommended())

    return _answered(request, found, form, step, "/requests/hearings/")


def _answered(
    request: Request, found: HearingView, form: HearingForm, step: Callable[[], int], back: str
) -> HttpResponse:
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            if take(form, step) is not None:
                messages.success(request, _("The word on the requests is recorded."))
                return redirect(back)
            status = 409
    context = {"found": found, "form": form, "back": back, "ks": KS, "request_key": uuid.uuid4()}
    return render(request, "distribution/hearing.html", context, status=status)


def _overview(request: Request, draft: RoundView, form: OpenForm, status: int) -> HttpResponse:
    context = {
        "year": draft.year, "round": draft, "hearings": hearings(request.actor, draft.id), "form": form, "ks": KS,
        "unheard": len(unheard_in(request.actor, draft.id)), "may_draft": request.actor.may(Permission.ROUND_DRAFT),
        "request_key": uuid.uuid4(),
    }  # fmt: skip
    return render(request, "distribution/hearings.html", context, status=status)


def _draft(request: Request, year: int) -> RoundView:
    found = draft_of(request.actor, year)
    if found is None:
        raise NotInSight("not_in_sight")
    return found

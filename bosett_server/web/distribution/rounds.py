"""The rounds of a year as they were sent: versions, who was heard, what followed, letters and their journal."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from bosett.decisions.before_sending import UnheardReason
from bosett.decisions.round_history import versions_of
from bosett.outputs.delivery import Outcome
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.access.roles import Role
from bosett_server.actions.letter_journal import journal_files
from bosett_server.actions.round_letters import order_letters
from bosett_server.queries.distribution_hearings import hearings
from bosett_server.queries.distribution_versions import Version, versions, what_follows
from bosett_server.queries.round_letters import letter_content, letter_job, letters
from bosett_server.records.models import Municipality
from bosett_server.web.distribution.assignment_journal import zipped
from bosett_server.web.distribution.wording import POLICIES, UNHEARD
from bosett_server.web.look.lists import AT_ONCE
from bosett_server.web.page import page
from bosett_server.web.step_form import StepForm, take

OUTCOMES: dict[str, tuple[Any, str]] = {
    "": (gettext_lazy("Waits to be delivered"), "neutral"),
    Outcome.DELIVERED.value: (gettext_lazy("Delivered"), "success"),
    Outcome.HANDED_OVER.value: (gettext_lazy("Handed over"), "info"),
    Outcome.NO_ADDRESS.value: (gettext_lazy("No address"), "danger"),
    Outcome.REFUSED.value: (gettext_lazy("Refused by the carrier"), "danger"),
}
ARRIVED = {Outcome.DELIVERED.value, Outcome.HANDED_OVER.value}


class LetterForm(StepForm):
    """What the letters are journalled under."""

    blames = {"case_number_missing": "case_number"}
    case_number = forms.CharField(label=gettext_lazy("Case number in the archive"), max_length=40)


@page(Permission.ROUND_VIEW)
def versions_page(request: Request, year: int) -> HttpResponse:
    """Every version of the year's request, here and as published."""
    context = {
        "year": year,
        "versions": list(reversed(versions(year))),
        "published": versions_of(year),
        "may_draft": request.actor.may(Permission.ROUND_DRAFT),
    }
    return render(request, "distribution/rounds.html", context)


@page(Permission.ROUND_VIEW)
def round_page(request: Request, year: int, number: int) -> HttpResponse:
    """One round."""
    return _shown(request, _version(year, number), LetterForm(), 200)


@require_POST
@page(Permission.ROUND_SEND)
def order(request: Request, year: int, number: int) -> HttpResponse:
    """Have the letters written and delivered."""
    version, form = _version(year, number), LetterForm(request.POST)
    status = 422
    if form.is_valid():
        case = form.cleaned_data["case_number"]
        if (
            take(form, lambda: order_letters(request.actor, round=version.round, case_number=case))
            is not None
        ):
            messages.success(
                request, _("The letters are ordered. You can leave the page; they are written meanwhile.")
            )
            return redirect(f"/requests/{year}/rounds/{number}/#letters")
        status = 409
    return _shown(request, version, form, status)


@page(Permission.CRITERIA_TRY)
def progress(request: Request, year: int, number: int) -> HttpResponse:
    """How far the letters have come: the part of the page that asks again by itself."""
    version = _version(year, number)
    context = {"year": year, "number": number, "job": letter_job(request.actor, version.round)}
    return render(request, "distribution/letter_progress.html", context)


@page(Permission.ROUND_VIEW)
def letter(request: Request, year: int, number: int, code: str) -> HttpResponse:
    """One letter as it was sent."""
    name, content = letter_content(request.actor, _version(year, number).round, code)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@page(Permission.ROUND_SEND)
def journal(request: Request, year: int, number: int) -> HttpResponse:
    """The letters with the journal's entries, for the archive."""
    files = journal_files(request.actor, round=_version(year, number).round)
    return zipped(files, f"journal-{year}-{number}.zip")


def _version(year: int, number: int) -> Version:
    found = next((one for one in versions(year) if one.number == number), None)
    if found is None:
        raise NotInSight("not_in_sight")
    return found


def _shown(request: Request, version: Version, form: LetterForm, status: int) -> HttpResponse:
    listed = letters(request.actor, version.round)
    some = listed if request.GET.get("all") else listed[:AT_ONCE]
    context = {
        "year": version.year,
        "number": version.number,
        "version": version,
        "form": form,
        "policy": POLICIES[version.policy],
        "after": _after(request, version),
        "hearings": hearings(request.actor, version.round),
        "unheard": _unheard(version),
        "job": letter_job(request.actor, version.round),
        "letters": [(one, *OUTCOMES.get(one.outcome, OUTCOMES[""])) for one in some],
        "letter_count": len(listed),
        "arrived": sum(1 for one in listed if one.outcome in ARRIVED),
        "may_send": request.actor.may(Permission.ROUND_SEND),
        "request_key": uuid.uuid4(),
        "ks": "ks",
    }
    return render(request, "distribution/round.html", context, status=status)


def _after(request: Request, version: Version) -> dict[str, Any] | None:
    """What followed for the answers, when the round changed an earlier one; a county sees its own lines."""
    if not version.before:
        return None
    change = what_follows(version)
    own = request.actor.county if request.actor.role is Role.COUNTY else ""
    names = dict(Municipality.objects.values_list("code", "name"))
    rows = [
        (names[one.municipality], one)
        for one in change.answers
        if one.asked_before != one.asked_now and one.municipality.startswith(own)
    ]
    shown = rows if request.GET.get("all") else rows[:AT_ONCE]
    return {"change": change, "rows": shown, "row_count": len(rows)}


def _unheard(version: Version) -> tuple[int, Any] | None:
    code = version.criteria.get("unheard_reason")
    missing = version.criteria.get("unheard")
    if not code or not isinstance(missing, list):
        return None
    return len(missing), UNHEARD[UnheardReason(str(code))]

"""Claims for documented grants: the list, a new one, one with what it gives, and each step."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bosett.grants.claim_sheet import PERSON_SCHEMES, SHEETS
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.request import Request
from bosett_server.actions.grant_claims import AGENCY_ROLES, apply_claim, withdraw_claim
from bosett_server.actions.grant_decisions import decide_claim, extend_claim
from bosett_server.queries.grant_claims import (
    PAGE_SIZE,
    ClaimShown,
    claim_shown,
    claims_by_state,
    claims_in_sight,
    deadlines_coming,
)
from bosett_server.web.grants import claim_pages
from bosett_server.web.grants.claim_forms import DecisionForm, ExtensionForm
from bosett_server.web.grants.rooms import rooms
from bosett_server.web.page import page
from bosett_server.web.step_form import StepPage, posted, run
from bosett_server.words.grants import CLAIM_STATES, CLAIM_TONES, REASONS, SCHEMES
from bosett_server.words.refusals import sentence

BACK = "/grants/claims/"


@require_GET
@page(Permission.CLAIM_RECORD)
def claims(request: Request) -> HttpResponse:
    """The claims in sight, with those whose deadline is near; state and scheme are in the address."""
    state, scheme = request.GET.get("state", ""), request.GET.get("scheme", "")
    state, scheme = state if state in CLAIM_STATES else "", scheme if scheme in SHEETS else ""
    before = request.GET.get("before", "")
    rows = claims_in_sight(
        request.actor, state=state, scheme=scheme, before=int(before) if before.isdigit() else 0
    )
    counts = claims_by_state(request.actor)
    context = {
        "today": clock.today(),
        "table": claim_pages.of_claims(rows) if rows else None,
        "states": [(code, words, counts.get(code, 0)) for code, words in CLAIM_STATES.items()],
        "all": sum(counts.values()),
        "state": state,
        "scheme": scheme,
        "scheme_name": SCHEMES[scheme] if scheme else "",
        "due": deadlines_coming(request.actor, clock.today()),
        "schemes": SCHEMES,
        "claimable": [(code, SCHEMES[code]) for code in SHEETS],
        "next": rows[-1].id if len(rows) == PAGE_SIZE else 0,
        **rooms(request.actor),
    }
    return render(request, "grants/claims.html", context)


@require_GET
@page(Permission.CLAIM_RECORD)
def claim(request: Request, number: int) -> HttpResponse:
    """One claim: what it says, what it would give and why, its deadline, and the steps that can be taken."""
    return _claim(request, number)


@require_POST
@page(Permission.CLAIM_RECORD)
def claim_apply(request: Request, number: int) -> HttpResponse:
    """A draft is applied for today."""
    return _step(
        request, number, lambda: apply_claim(request.actor, claim=number), _("The claim is applied for.")
    )


@require_POST
@page(Permission.CLAIM_RECORD)
def claim_withdraw(request: Request, number: int) -> HttpResponse:
    """The claim counts no more."""
    return _step(
        request, number, lambda: withdraw_claim(request.actor, claim=number), _("The claim is withdrawn.")
    )


@page(Permission.CLAIM_DECIDE)
def claim_decide(request: Request, number: int) -> HttpResponse:
    """Grant or refuse, with what the rules give beside it."""
    shown = claim_shown(request.actor, number)
    form = DecisionForm(posted(request), initial={"answer": "granted"})
    step = StepPage(
        _("Decide about the claim"),
        _title(shown),
        _("Decide"),
        f"{BACK}{number}/",
        (_("Claims"), BACK, str(SCHEMES[shown.row.claim.scheme]), f"{BACK}{number}/"),
        warning=_(
            "A decision stays as it is. A wrong one is withdrawn by the municipality and claimed anew."
        ),
        template="grants/claim_step.html",
        context=_beside(shown),
    )

    def act() -> int:
        told = form.cleaned_data
        granted = told["answer"] == "granted"
        return decide_claim(
            request.actor, claim=number, granted=granted, reason="" if granted else told["reason"]
        )

    return run(request, form, step, act, lambda: (_("The claim is decided."), f"{BACK}{number}/"))


@page(Permission.CLAIM_DECIDE)
def claim_extend(request: Request, number: int) -> HttpResponse:
    """A later deadline, when the municipality asked in time."""
    shown = claim_shown(request.actor, number)
    form = ExtensionForm(posted(request), initial={"asked_on": clock.today()})
    step = StepPage(
        _("Give the claim a later deadline"),
        _title(shown),
        _("Give a later deadline"),
        f"{BACK}{number}/",
        (_("Claims"), BACK, str(SCHEMES[shown.row.claim.scheme]), f"{BACK}{number}/"),
        template="grants/claim_step.html",
        context=_beside(shown),
    )

    def act() -> int:
        told = form.cleaned_data
        return extend_claim(request.actor, claim=number, until=told["until"], asked_on=told["asked_on"])

    return run(request, form, step, act, lambda: (_("The deadline is later now."), f"{BACK}{number}/"))


def _step(request: Request, number: int, act: Callable[[], int], words: str) -> HttpResponse:
    try:
        act()
    except (NotInSight, NotPermitted):
        raise
    except Refused as refusal:
        return _claim(request, number, str(sentence(refusal)), 409)
    messages.success(request, words)
    return redirect(f"{BACK}{number}/")


def _claim(request: Request, number: int, refusal: str = "", status: int = 200) -> HttpResponse:
    shown = claim_shown(request.actor, number)
    row, actor = shown.row, request.actor
    ours = actor.role in AGENCY_ROLES[row.agency]
    municipal = bool(actor.municipalities)
    context = {
        **_beside(shown),
        "title": _title(shown),
        "state_words": CLAIM_STATES[row.state],
        "tone": CLAIM_TONES[row.state],
        "reason": REASONS[row.reason] if row.reason else "",
        "facts": claim_pages.facts(row),
        "line": shown.line,
        "today": clock.today(),
        "may_change": (ours or municipal) and row.state in ("draft", "applied"),
        "may_apply": (ours or municipal) and row.state == "draft",
        "may_withdraw": (ours or municipal) and row.state in ("draft", "applied", "granted"),
        "may_decide": ours and row.state == "applied" and row.recorded_by != actor.user_id,
        "own": ours and row.state == "applied" and row.recorded_by == actor.user_id,
        "may_extend": ours and row.state in ("draft", "applied") and row.due_on is not None,
        "refusal": refusal,
        "request_key": uuid.uuid4(),
    }
    response = render(request, "grants/claim.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _title(shown: ClaimShown) -> str:
    row = shown.row
    told = {"scheme": SCHEMES[row.claim.scheme], "year": row.claim.year, "place": row.municipality}
    return _("%(scheme)s, %(place)s %(year)s") % told


def _beside(shown: ClaimShown) -> dict[str, object]:
    """The claim, what the rules give, and the rules."""
    amount, said = claim_pages.outcome(shown)
    return {
        "row": shown.row,
        "for_person": shown.row.claim.scheme in PERSON_SCHEMES,
        "amount": amount,
        "said": said,
        "conditions": claim_pages.conditions(shown.row.claim.scheme, shown.row.claim.year),
        "agency": claim_pages.AGENCIES[shown.row.agency],
    }

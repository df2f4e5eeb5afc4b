"""Rounds: the list, one round with its sample and who has answered, and its steps."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from bosett.expenditure.findings import FIVE_YEARS
from bosett.expenditure.questionnaire import kind_name, who_counts
from bosett.terms.errors import BadInput, Refused
from bosett_server.access import audit, clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.expenditure_known import bring_in_known
from bosett_server.actions.expenditure_rounds import (
    close_expenditure_round,
    drop_expenditure_plan,
    open_expenditure_round,
    plan_expenditure_round,
    remind_expenditure,
)
from bosett_server.queries.expenditure import (
    asked_municipalities,
    baseline_of,
    known_counts,
    my_municipalities,
    round_row,
    rounds,
    strata,
)
from bosett_server.web.expenditure import shown
from bosett_server.web.expenditure.files import frame_persons, known_rows
from bosett_server.web.expenditure.forms import CloseForm, KnownForm, PlanForm, word_language
from bosett_server.web.page import page
from bosett_server.web.step_form import StepPage, posted, run
from bosett_server.web.table_file import table_file
from bosett_server.words.refusals import sentence

HOME = "/expenditure/"


@require_GET
@page(Permission.EXPENDITURE_VIEW)
def overview(request: Request) -> HttpResponse:
    """Every round, what is mine to answer, and the coverage that was published."""
    rows = rounds(request.actor)
    context = {
        "rounds": shown.round_list(rows),
        "mine": [
            (row, shown.round_title(row), code, name)
            for row in rows
            if row.state == "open" and request.actor.municipalities
            for code, name in my_municipalities(request.actor, row.id)
        ],
        "published": shown.published_table(),
        "coverage": shown.published_chart(),
        "implied": shown.implied_table(),
        "may_plan": request.actor.may(Permission.EXPENDITURE_MANAGE),
    }
    return render(request, "expenditure/overview.html", context)


@require_GET
@page(Permission.EXPENDITURE_VIEW)
def detail(request: Request, number: int) -> HttpResponse:
    """One round: how it was drawn, who has answered, and what can be done with it."""
    return _detail(request, number)


@page(Permission.EXPENDITURE_MANAGE)
def plan(request: Request) -> HttpResponse:
    """Draw a sample; it may be drawn anew until the round is opened."""
    files = request.FILES if request.method == "POST" else None
    form = PlanForm(posted(request), files, initial={"year": clock.today().year - 1, "asked": 160})
    step = _step(
        _("Plan a round"),
        _("The sample is drawn at once. You look at it before anybody is asked."),
        _("Draw the sample"),
        HOME,
    )
    made: list[int] = []

    def act() -> int:
        given = form.cleaned_data
        persons = frame_persons(given["file"]) if given["file"] else None
        made.append(
            plan_expenditure_round(
                request.actor, persons=persons,
                **{name: given[name] for name in (
                    "year", "kind", "asked", "minimum", "overlap_percent", "answer_due_on", "seed", "frame_source",
                )},
            )
        )  # fmt: skip
        return made[0]

    return run(request, form, step, _readable(act), lambda: (_("The sample is drawn."), f"{HOME}{made[0]}/"))


@require_POST
@page(Permission.EXPENDITURE_MANAGE)
def open_round(request: Request, number: int) -> HttpResponse:
    """Ask everybody in the sample."""
    try:
        asked = open_expenditure_round(request.actor, round_id=number)
    except Refused as refusal:
        return _refused(request, number, refusal)
    told = ngettext("%(n)s municipality is asked.", "%(n)s municipalities are asked.", asked) % {"n": asked}
    messages.success(request, told)
    return redirect("expenditure-round", number)


@require_POST
@page(Permission.EXPENDITURE_MANAGE)
def drop(request: Request, number: int) -> HttpResponse:
    """Forget a plan."""
    try:
        drop_expenditure_plan(request.actor, round_id=number)
    except Refused as refusal:
        return _refused(request, number, refusal)
    messages.success(request, _("The plan is gone. Nobody was asked."))
    return redirect("expenditure-overview")


@require_POST
@page(Permission.EXPENDITURE_MANAGE)
def remind(request: Request, number: int) -> HttpResponse:
    """Remind those who have not approved."""
    try:
        many = remind_expenditure(request.actor, round_id=number)
    except Refused as refusal:
        return _refused(request, number, refusal)
    told = ngettext("%(n)s municipality is reminded.", "%(n)s municipalities are reminded.", many) % {
        "n": many
    }
    messages.success(request, f"{told} {_('Nobody is reminded more than once a week.')}")
    return redirect("expenditure-round", number)


@page(Permission.EXPENDITURE_MANAGE)
def close(request: Request, number: int) -> HttpResponse:
    """Make the estimates; they stand for ever."""
    row = round_row(request.actor, number)
    years = (1, 2, 3, 4, 5) if row.kind in FIVE_YEARS else (1,)
    form = CloseForm(posted(request), years=years)
    step = _step(
        _("Close the round"),
        _("The estimates are made of what is approved now, and become the parties' common ground."),
        _("Close and make the estimates"), f"{HOME}{number}/", shown.round_title(row), f"{HOME}{number}/",
        warning=_("It cannot be undone: no answer is taken in or changed afterwards."),
    )  # fmt: skip

    def act() -> int:
        return close_expenditure_round(
            request.actor, round_id=number, estimator=form.cleaned_data["estimator"], rates_nok=form.rates()
        )

    return run(request, form, step, act, lambda: (_("The round is closed."), f"{HOME}{number}/estimates/"))


@page(Permission.EXPENDITURE_MANAGE)
def known(request: Request, number: int) -> HttpResponse:
    """Bring in a register or KOSTRA totals."""
    row = round_row(request.actor, number)
    form = KnownForm(posted(request), request.FILES if request.method == "POST" else None)
    step = _step(
        _("Bring in registers"), _("Earlier figures of the same kind in this round are replaced, all of them."),
        _("Bring in"), f"{HOME}{number}/", shown.round_title(row), f"{HOME}{number}/",
    )  # fmt: skip

    def act() -> int:
        given = form.cleaned_data
        rows = known_rows(given["file"], given["kind"])
        return bring_in_known(
            request.actor, round_id=number, kind=given["kind"], rows=rows, source=given["source"]
        )

    return run(
        request, form, step, _readable(act), lambda: (_("The figures are brought in."), f"{HOME}{number}/")
    )


@require_GET
@page(Permission.EXPENDITURE_COMMITTEE)
def responses_file(request: Request, number: int, kind: str) -> HttpResponse:
    """The response overview as csv, xlsx or json; few persons are hidden as on the page."""
    row = round_row(request.actor, number)
    rows = asked_municipalities(request.actor, number)
    audit.append("export_expenditure_responses", ("expenditure_round", number), {"rows": len(rows)}, "read")
    return table_file(f"responses-{row.year}", kind, *shown.responses_rows(row, rows))


def _detail(request: Request, number: int, refusal: str = "", status: int = 200) -> HttpResponse:
    actor, row = request.actor, round_row(request.actor, number)
    committee = actor.may(Permission.EXPENDITURE_COMMITTEE)
    context: dict[str, Any] = {
        "row": row,
        "synthetic_answers": row.synthetic,
        "title": shown.round_title(row),
        "kind": kind_name(row.kind).in_language(word_language()),
        "who": who_counts(row.kind).in_language(word_language()),
        "state_words": shown.round_state(row),
        "refusal": refusal,
        "committee": committee,
        "may_manage": actor.may(Permission.EXPENDITURE_MANAGE),
        "closed": baseline_of(actor, number) is not None,
        "mine": my_municipalities(actor, number),
        "request_key": uuid.uuid4(),
    }
    if committee:
        asked = asked_municipalities(actor, number)
        context |= {
            "strata": shown.strata_table(strata(actor, number)),
            "responses": shown.responses_table(row, asked),
            "counts": shown.response_counts(asked),
            "known": known_counts(actor, number),
        }
    return render(request, "expenditure/round.html", context, status=status)


def _refused(request: Request, number: int, refusal: Refused) -> HttpResponse:
    if type(refusal) is not Refused:
        raise refusal
    return _detail(request, number, sentence(refusal), 409)


def _readable(act: Any) -> Any:
    """A fault of the file stands beside the form, by its row and column."""

    def read() -> object:
        try:
            return act()
        except BadInput as bad:
            raise Refused("expenditure_file_wrong", {"why": str(bad)}) from bad

    return read


def _step(title: str, lead: str, button: str, back: str, *crumbs: str, warning: str = "") -> StepPage:
    return StepPage(title, lead, button, back, (_("Mapping of expenditure"), HOME, *crumbs), warning=warning)

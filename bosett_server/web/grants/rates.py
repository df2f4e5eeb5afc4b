"""The rates: every dated one with its source, those that are missing, and official tables brought in."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.request import Request
from bosett_server.actions.grant_rates import apply_rate_table, check_rate_table, undo_rate_table
from bosett_server.queries.grant_rates import (
    rate_table,
    rate_tables,
    rates_in_force,
    rates_missing,
    rates_shown,
)
from bosett_server.web.grants import rate_words
from bosett_server.web.grants.forms import RateTableForm
from bosett_server.web.grants.rooms import rooms
from bosett_server.web.page import page
from bosett_server.web.step_form import StepPage, posted, show, take
from bosett_server.web.table_file import table_file
from bosett_server.words.refusals import sentence


@require_GET
@page(Permission.STATISTICS_VIEW)
def rates(request: Request) -> HttpResponse:
    """Every dated rate as known on a day, with source and certainty, and those that nobody knows."""
    today = clock.today()
    day = asked_day(request, today)
    parameters = rates_in_force()
    context = {
        "today": today,
        "day": day,
        "groups": rate_words.groups(rates_shown(parameters, day)),
        "missing": rate_words.missing(rates_missing(parameters, day)),
        "tables": [(one, *rate_words.state(one.state)) for one in rate_tables()],
        "may_load": request.actor.may(Permission.RATES_LOAD),
        **rooms(request.actor),
    }
    return render(request, "grants/rates.html", context)


@require_GET
@page(Permission.STATISTICS_VIEW)
def rates_file(request: Request, kind: str) -> HttpResponse:
    """The rates as known on a day, as a file: in the columns that a table of rates is read from."""
    day = asked_day(request, clock.today())
    rows = [rate_words.file_row(one) for one in rates_shown(rates_in_force(), day)]
    return table_file(f"rates-{day.isoformat()}", kind, rate_words.FILE_COLUMNS, rows)


@page(Permission.RATES_LOAD)
def load(request: Request) -> HttpResponse:
    """A table is read and checked; no rate changes before somebody has looked at it and said so."""
    files = request.FILES if request.method == "POST" else None
    form = RateTableForm(posted(request), files)
    step = StepPage(
        _("Bring in a table of rates"),
        _("The file is read and checked. You see what it would change before anything is changed."),
        _("Check the file"),
        "/grants/rates/",
        (_("Rates"), "/grants/rates/"),
        template="grants/rates_load.html",
    )
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            status = 409
            told = form.cleaned_data
            number = take(
                form,
                lambda: check_rate_table(
                    request.actor, file=form.incoming(), title=told["title"], published=told["published"],
                    href=told["href"],
                ),
            )  # fmt: skip
            if number is not None:
                return redirect("grants-rate-table", number)
    return show(request, form, step, status)


@require_GET
@page(Permission.STATISTICS_VIEW)
def table(request: Request, number: int) -> HttpResponse:
    """One table: what it changes or changed, from where, by whom and when."""
    return _table(request, number)


@require_POST
@page(Permission.RATES_LOAD)
def apply(request: Request, number: int) -> HttpResponse:
    """Every rate of the table counts from now on."""
    return _step(
        request,
        number,
        lambda: apply_rate_table(request.actor, table=number),
        _("The rates count from now on. Compute these years again: %(years)s."),
    )


@require_POST
@page(Permission.RATES_LOAD)
def undo(request: Request, number: int) -> HttpResponse:
    """The table counts no more."""
    return _step(
        request,
        number,
        lambda: undo_rate_table(request.actor, table=number),
        _("The rates are taken back. Compute these years again: %(years)s."),
    )


def _step(request: Request, number: int, act: Callable[[], list[int]], words: str) -> HttpResponse:
    try:
        years = act()
    except (NotInSight, NotPermitted):
        raise
    except Refused as refusal:
        return _table(request, number, str(sentence(refusal)), 409)
    messages.success(request, words % {"years": ", ".join(str(one) for one in years)})
    return redirect("grants-rate-table", number)


def _table(request: Request, number: int, refusal: str = "", status: int = 200) -> HttpResponse:
    shown, loaded = rate_table(number)
    words, tone = rate_words.state(shown.state)
    context = {
        "row": shown,
        "state_words": words,
        "state_tone": tone,
        "changes": rate_words.changes(rates_in_force(), loaded, shown.state),
        "years": sorted({one.year for one in loaded}),
        "refusal": refusal,
        "request_key": uuid.uuid4(),
        "may_load": request.actor.may(Permission.RATES_LOAD),
        "may_compute": request.actor.may(Permission.GRANT_COMPUTE),
    }
    return render(request, "grants/rate_table.html", context, status=status)


def asked_day(request: Request, today: date) -> date:
    """The day asked for; a later one, or none, is today."""
    try:
        given = parse_date(request.GET.get("known", ""))
    except ValueError:
        given = None
    return min(given, today) if given else today

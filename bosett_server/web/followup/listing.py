"""The list of households: a page of it, and filters kept under a name."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bosett.terms.errors import BadInput, Refused
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.request import Request
from bosett_server.actions.inbox import forget_view, save_view
from bosett_server.queries.household_changes import MOST_MATCHING, changes_for
from bosett_server.queries.households import household_counts, household_page
from bosett_server.queries.keyset import read_place
from bosett_server.queries.saved_views import saved_views
from bosett_server.web.followup import undo
from bosett_server.web.followup.cut import LIST, asked_for, chips, choices, place_words, query_of
from bosett_server.web.followup.table import all_columns, columns_of, list_table
from bosett_server.web.page import page
from bosett_server.words.household_codes import word
from bosett_server.words.refusals import sentence

PAGE = "households"


def columns_name(request: Request) -> str:
    """The name under which this user's columns are kept in the browser."""
    return f"{PAGE}_{request.actor.user_id or 0}"


@require_GET
@page(Permission.HOUSEHOLD_LIST)
def overview(request: Request) -> HttpResponse:
    """The households in the reader's sight, cut and ordered by the address."""
    actor, today, asked = request.actor, clock.today(), asked_for(request)
    columns = columns_of(asked.columns, request.COOKIES, columns_name(request))
    try:
        place = read_place(request.GET.get("page", ""))
        found = household_page(actor, asked.filters, asked.sort, today, place)
    except BadInput:
        # A link from another order, or one that was cut off: the list from its beginning.
        return redirect(f"{LIST}?{asked.query}")
    kept, whole = household_counts(actor, asked.filters, today)
    changes = changes_for(actor)
    context = {
        "asked": asked,
        "filters": asked.filters,
        "wished_words": place_words(asked.filters.wished) if asked.filters.wished else "",
        "table": list_table(
            found.rows, columns, asked.sort, asked.query,
            selectable=bool(changes),
        ),
        "columns": all_columns(),
        "columns_name": columns_name(request),
        "found": found,
        "kept": kept,
        "whole": whole,
        "chips": chips(asked),
        "choices": choices(actor),
        "views": saved_views(actor, PAGE),
        "changes": [(kind, word("change", kind)) for kind in changes],
        "every": kept.number if len(found.rows) < kept.number <= MOST_MATCHING else 0,
        "may_export": actor.may(Permission.EXPORT),
        "may_reconcile": actor.may(Permission.SETTLEMENT_RECORD),
        "today": today,
        "undo": undo.offered(request),
        "request_key": uuid.uuid4(),
    }  # fmt: skip
    response = render(request, "followup/list.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@page(Permission.SAVED_VIEW)
def keep_view(request: Request) -> HttpResponse:
    """Keep the cut under a name, for oneself or for one's role."""
    asked = query_of(request.POST.get("query", ""), request.actor)
    columns = columns_of(asked.columns, request.COOKIES, columns_name(request))
    asked = replace(asked, columns=tuple(column.key for column in columns))
    try:
        save_view(
            request.actor, page=PAGE, name=request.POST.get("name", ""), query=asked.query,
            shared=request.POST.get("shared") == "1",
        )  # fmt: skip
        messages.success(request, _("The filter is kept."))
    except (NotInSight, NotPermitted):
        raise
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    return redirect(f"{LIST}?{asked.query}")


@require_POST
@page(Permission.SAVED_VIEW)
def drop_view(request: Request, view: int) -> HttpResponse:
    """One's own kept filter is gone."""
    forget_view(request.actor, view=view)
    messages.success(request, _("The filter is no longer kept."))
    return redirect(LIST)

"""The inbox: what has been told to the reader, newest first."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.inbox import mark_read
from bosett_server.queries.inbox import PAGE_SIZE, notices
from bosett_server.web.page import page
from bosett_server.words.notices import notice_sentence


@page(Permission.INBOX)
def overview(request: Request) -> HttpResponse:
    """Notices of the reader's role and place; those with a deadline say so."""
    before = request.GET.get("before", "")
    rows = notices(
        request.actor,
        before_id=int(before) if before.isdigit() else 0,
        only_open=request.GET.get("show") != "all",
    )
    told = [(row, notice_sentence(row.code, row.facts)) for row in rows]
    return render(
        request,
        "inbox/overview.html",
        {
            "notices": told,
            "show_all": request.GET.get("show") == "all",
            "older": rows[-1].id if len(rows) == PAGE_SIZE else 0,
            "unread": [row.id for row in rows if not row.read],
            "request_key": uuid.uuid4(),
        },
    )


@require_POST
@page(Permission.INBOX)
def read(request: Request) -> HttpResponse:
    """Mark what the page shows as read."""
    ids = [int(i) for i in request.POST.getlist("notice") if i.isdigit()]
    count = mark_read(request.actor, notices=ids)
    messages.success(request, _("%(count)s notices marked as read.") % {"count": count})
    return redirect("/inbox/")

"""Matters between sectors: the lists, and one matter with the way it has gone."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.access.roles import Role
from bosett_server.actions.handover_notices import answer_days
from bosett_server.queries.handover import PAGE_SIZE, Box, MatterRow, matter_counts, matters
from bosett_server.queries.handover import matter as matter_detail
from bosett_server.web.handover.wording import ask_words, desk_words, sector_words, state, step_words, title
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.web.page import page

SEE_ALL = frozenset({Role.IMDI_CASEWORKER, Role.IMDI_LEAD})


@require_GET
@page(Permission.MATTER_WORK)
def overview(request: Request) -> HttpResponse:
    """What I am asked to take, what is mine, what waits for others, what is closed."""
    box = _box(request)
    before = request.GET.get("before", "")
    rows = matters(request.actor, box, before_id=int(before) if before.isdigit() else 0)
    counts = matter_counts(request.actor)
    context = {
        "tabs": [(one, label, counts.get(one), one is box) for one, label in _boxes(request).items()],
        "box": box,
        "table": _table(rows, _boxes(request)[box]),
        "synthetic": any(row.synthetic for row in rows),
        "next": rows[-1].id if len(rows) == PAGE_SIZE else None,
        "days": answer_days(),
    }
    return render(request, "handover/list.html", context)


@require_GET
@page(Permission.MATTER_WORK)
def detail(request: Request, matter: int) -> HttpResponse:
    """One matter: where it stands, what can be done with it, and every hand-over with its answer."""
    told = matter_detail(request.actor, matter)
    words, tone = state(told.row)
    context = {
        "it": told, "title": title(told.row), "sector": sector_words(told.row.sector),
        "ask": ask_words(told.row.ask), "holder": desk_words(told.row.holder), "state": words, "tone": tone,
        "opened_by": desk_words(told.opened_desk), "today": clock.today(), "request_key": uuid.uuid4(),
        "history": [(one, desk_words(one.from_desk), desk_words(one.to_desk), step_words(one)) for one in told.history],
        "sent_by": desk_words(told.open_hand_over.from_desk) if told.open_hand_over else "",
    }  # fmt: skip
    return render(request, "handover/matter.html", context)


def _boxes(request: Request) -> dict[Box, str]:
    boxes = {
        Box.TO_ME: _("To answer"),
        Box.MINE: pgettext("matters", "Mine"),
        Box.SENT: _("Waiting for others"),
        Box.CLOSED: pgettext("matters", "Closed"),
    }
    return {**boxes, Box.ALL: pgettext("matters", "All open")} if request.actor.role in SEE_ALL else boxes


def _box(request: Request) -> Box:
    chosen = request.GET.get("show", "")
    return next((box for box in _boxes(request) if box.value == chosen), Box.TO_ME)


def _table(rows: list[MatterRow], caption: str) -> Table:
    columns = (
        Column("matter", pgettext("matters", "Matter")),
        Column("about", pgettext("matters", "About")),
        Column("state", _("Where it stands")),
        Column("days", _("Days with the one who has it"), "number"),
        Column("due", _("Due"), "date"),
    )
    shown = tuple(
        Row(
            (
                title(row), row.about or _("The whole country or county"), state(row)[0], row.days,
                row.due_on or "\u2013",
            ),
            href=f"/matters/{row.id}/",
        )
        for row in rows
    )  # fmt: skip
    return Table(caption, columns, shown)

"""The room's first page: what comes next, what has happened since last, what is raised, who has something to do."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.consultation import ActionRow, actions, meetings
from bosett_server.queries.consultation_matters import MatterRow, matters
from bosett_server.web.consultation.wording import (
    ROOM,
    Names,
    action_told,
    matter_title,
    meeting_told,
    names_of,
    who_raised,
)
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.web.page import page

EARLIER = 5


@require_GET
@page(Permission.AGREEMENT_VIEW)
def overview(request: Request) -> HttpResponse:
    """The next meetings, what came of the last, the matters that wait, and every open action."""
    actor, now, today = request.actor, clock.now(), clock.today()
    coming = [one for one in meetings(actor, after=now) if one.state != "cancelled"]
    earlier = meetings(actor, before=now)
    last = next((one for one in earlier if one.state == "held"), None)
    given = actions(actor, today, since=last.day if last else None)
    raised = matters(actor)
    names = names_of({code for one in raised for code in one.named} | {one.owner for one in given})
    context = {
        "coming": [meeting_told(one) for one in coming],
        "earlier": [meeting_told(one) for one in earlier[:EARLIER]],
        "last": last,
        "done": [action_told(one, names) for one in given if one.standing == "done"],
        "late": sum(one.standing == "late" for one in given),
        "matters": matter_table(raised, names),
        "actions": _action_table([one for one in given if one.standing != "done"], names),
        "may_raise": actor.may(Permission.CONSULTATION_RAISE) and bool(actor.voices),
        "may_lead": actor.may(Permission.CONSULTATION_LEAD),
        "called": any(one.called for one in (*coming, *earlier)),
        "synthetic": any(one.synthetic for one in (*coming, *earlier))
        or any(one.synthetic for one in raised),
    }
    return render(request, "consultation/overview.html", context)


def matter_table(rows: list[MatterRow], names: Names) -> Table:
    """Matters by how many stand behind them."""
    columns = (
        Column("title", _("Matter")), Column("raised", _("Raised by")), Column("behind", _("Behind it"), "number"),
        Column("since", _("Since"), "date"),
    )  # fmt: skip
    told: tuple[Any, ...] = tuple(
        Row(
            (
                matter_title(one.title, one.commitment, one.indicator), who_raised(one, names),
                one.behind, one.raised_on,
            ),
            href=f"{ROOM}matters/{one.id}/",
        )
        for one in rows
    )  # fmt: skip
    return Table(_("Matters that wait to be taken up"), columns, told)


def _action_table(rows: list[ActionRow], names: Names) -> Table:
    columns = (
        Column("text", _("Action")), Column("owner", _("Owner")), Column("due", _("Due"), "date"),
        Column("standing", _("How far it has come")),
    )  # fmt: skip
    told = []
    for one in rows:
        seen = action_told(one, names)
        cells = (one.text, seen["owner"], one.due, str(seen["standing"]))
        told.append(Row(cells, href=str(seen["href"])))
    return Table(_("Actions that are not done"), columns, tuple(told))

"""The first page: what waits for me, by when, and what changed since yesterday."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render

from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.login import Hat
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.access.roles import Role
from bosett_server.queries.council_meetings import next_meetings
from bosett_server.queries.inbox import NoticeRow, due, since
from bosett_server.queries.start import centre_name, tiles
from bosett_server.web.page import page
from bosett_server.web.start.words import waits, words_of
from bosett_server.words.notices import notice_sentence


def _places(request: Request) -> str:
    """Where the reader works: municipalities, or a centre."""
    worn = {hat.municipality_name for hat in request.hats if _worn(request.actor, hat)}
    return ", ".join(sorted(worn - {""})) or centre_name(request.actor)


def _worn(actor: Actor, hat: Hat) -> bool:
    return hat.role is actor.role and hat.municipality in actor.municipalities


@page(None)
def start(request: Request) -> HttpResponse:
    """One page for every role; a household goes to its own page, the public to what is open."""
    actor = request.actor
    if actor.role in {Role.HOUSEHOLD, Role.REPRESENTATIVE}:
        return redirect("/my/")
    if actor.role is Role.PUBLIC:
        return render(request, "start/public.html", {"no_role": request.user.is_authenticated})
    today = clock.today()
    shown = [(tile, words_of(tile), waits(tile, actor.role)) for tile in tiles(actor, today)]
    deadlines, changes = _told(actor)
    context = {
        "waiting": [(tile, words) for tile, words, to_do in shown if to_do],
        "standing": [(tile, words) for tile, words, to_do in shown if not to_do],
        "due": deadlines,
        "changes": changes,
        "meetings": next_meetings(actor, today),
        "year": today.year,
        "today": today,
        "places": _places(request),
    }
    return render(request, "start/start.html", context)


Told = list[tuple[NoticeRow, str]]


def _told(actor: Actor) -> tuple[Told, Told]:
    """Notices with a deadline, and what else is new since yesterday; the same thing is told once."""
    if not actor.may(Permission.INBOX):
        return [], []
    waiting, new = due(actor), since(actor, clock.now() - timedelta(days=1))
    known = {row.id for row in waiting}
    return _in_words(waiting), _in_words([row for row in new if row.id not in known])


def _in_words(rows: list[NoticeRow]) -> Told:
    return [(row, notice_sentence(row.code, row.facts)) for row in rows]

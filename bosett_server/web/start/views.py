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
from bosett_server.queries.inbox import due, since
from bosett_server.queries.start import centre_name, tiles
from bosett_server.web.page import page
from bosett_server.web.start.words import TILES
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
    told = actor.may(Permission.INBOX)
    return render(
        request,
        "start/start.html",
        {
            "tiles": [(tile, TILES[tile.code]) for tile in tiles(actor, clock.today())],
            "due": [(row, notice_sentence(row.code, row.facts)) for row in due(actor)] if told else [],
            "changes": [
                (row, notice_sentence(row.code, row.facts))
                for row in since(actor, clock.now() - timedelta(days=1))
            ]
            if told
            else [],
            "today": clock.today(),
            "places": _places(request),
        },
    )

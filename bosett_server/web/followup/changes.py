"""Changing many households: choose, see what will and won't go through, do it, take it back."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.context import require
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.request import Request
from bosett_server.actions.bulk import change_households, change_matching, undo_change
from bosett_server.queries.household_changes import (
    CHANGES,
    Change,
    Verdict,
    open_centres,
    preview,
    preview_matching,
)
from bosett_server.queries.need_codes import need_codes
from bosett_server.web.followup import undo
from bosett_server.web.followup.cut import LIST, Asked, chips, query_of
from bosett_server.web.page import page
from bosett_server.words.household_codes import need_words, word
from bosett_server.words.refusals import sentence

NEEDS_VALUE = frozenset({"add_need", "remove_need", "move_centre"})


@require_POST
@page(Permission.HOUSEHOLD_LIST)
def look_first(request: Request) -> HttpResponse:
    """What the change would do to each chosen household; asks for the value first where one is needed."""
    kind, value = request.POST.get("change", ""), request.POST.get("value", "")
    asked = query_of(request.POST.get("query", ""), request.actor)
    back, chosen, every = f"{LIST}?{asked.query}", _ids(request), _number(request, "every")
    if kind not in CHANGES or not (chosen or every):
        messages.error(request, sentence(Refused("no_household_chosen")))
        return redirect(back)
    require(request.actor, CHANGES[kind])
    context: dict[str, Any] = {
        "kind": kind, "heading": word("change", kind), "chosen": chosen, "back": back,
        "query": request.POST.get("query", ""), "value": value, "request_key": uuid.uuid4(),
        "every": every, "count": every or len(chosen), "chips": chips(asked) if every else (),
    }  # fmt: skip
    if kind in NEEDS_VALUE and value not in dict(values := _values(request, kind)):
        return render(request, "followup/change_value.html", context | {"values": values})
    try:
        found, stamp = _looked_at(request, Change(kind, value), chosen, asked if every else None)
    except (NotInSight, NotPermitted):
        raise
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect(back)
    stays = [(one, word("verdict", one.code)) for one in found if not one.goes]
    context |= {
        "found": len(found),
        "stamp": stamp,
        "goes": [one for one in found if one.goes],
        "stays": stays,
        "reasons": Counter(why for _one, why in stays).most_common(),
        "value_words": dict(values)[value] if kind in NEEDS_VALUE else "",
    }
    return render(request, "followup/change_preview.html", context)


def _looked_at(
    request: Request, change: Change, chosen: list[UUID], asked: Asked | None
) -> tuple[list[Verdict], str]:
    """What the change does to the ticked, or to all that the filters keep, with their stamp."""
    if asked is None:
        return preview(request.actor, change, chosen, clock.today()), ""
    return preview_matching(request.actor, change, asked.filters, clock.today())


@require_POST
@page(Permission.HOUSEHOLD_LIST)
def carry_out(request: Request) -> HttpResponse:
    """Change those that go through, all of them or none, and offer to take it back."""
    kind, value = request.POST.get("change", ""), request.POST.get("value", "")
    asked = query_of(request.POST.get("query", ""), request.actor)
    back = f"{LIST}?{asked.query}"
    try:
        if stamp := request.POST.get("stamp", ""):
            before = change_matching(
                request.actor, kind=kind, value=value, filters=asked.filters, stamp=stamp[:64],
                count=_number(request, "count"),
            )  # fmt: skip
        else:
            households = _versions(request.POST.getlist("household"))
            before = change_households(request.actor, kind=kind, value=value, households=households)
        undo.remember(request, kind, before)
    except (NotInSight, NotPermitted):
        raise
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    return redirect(back)


@require_POST
@page(Permission.HOUSEHOLD_LIST)
def take_back(request: Request) -> HttpResponse:
    """Take the last change back, if nobody has changed any of the households since."""
    offer = undo.take(request)
    try:
        if offer is None:
            raise Refused("undo_is_over")
        count = undo_change(request.actor, kind=offer.kind, before=offer.before)
        told = ngettext(
            "The change of %(n)s household is taken back.",
            "The change of %(n)s households is taken back.",
            count,
        )
        messages.success(request, told % {"n": count})
    except (NotInSight, NotPermitted):
        raise
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    return redirect(LIST)


def _values(request: Request, kind: str) -> list[tuple[str, str]]:
    if kind == "move_centre":
        return [(str(one.id), one.name) for one in open_centres(request.actor, clock.today())]
    codes = sorted(need_codes())
    return sorted(zip(codes, need_words(codes), strict=True), key=lambda pair: pair[1])


def _number(request: Request, name: str) -> int:
    """A whole number of the form; 0 for anything else."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _ids(request: Request) -> list[UUID]:
    return [one for text in request.POST.getlist("selected") if (one := _uuid(text)) is not None]


def _versions(texts: list[str]) -> list[tuple[str, int]]:
    """(id, version) from `id:version`; one that is not written so is not in sight."""
    found = []
    for text in texts:
        ident, _colon, version = text.partition(":")
        if _uuid(ident) is None or not version.isdigit():
            raise NotInSight("not_in_sight")
        found.append((ident, int(version)))
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

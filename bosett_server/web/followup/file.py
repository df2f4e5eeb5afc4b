"""The household's page: its file, its history, and an identity number when somebody asks to see it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bosett.terms.days import age_on
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.queries.handover import matters_about
from bosett_server.queries.household_file import (
    SEES,
    HouseholdFile,
    Numbers,
    PersonLine,
    household_file,
    identity_numbers,
)
from bosett_server.queries.household_history import household_history
from bosett_server.queries.households import neighbours
from bosett_server.web.followup.cut import LIST, asked_for
from bosett_server.web.followup.file_words import history_lines, person_words, timeline, told
from bosett_server.web.handover.wording import state, title
from bosett_server.web.page import page
from bosett_server.words.grants import SCHEMES

RECEPTION = frozenset({"in_reception", "interviewed", "ready", "proposed", "assigned", "date_agreed"})
COMING = frozenset({"assigned", "date_agreed"})
ANY_STAGE = RECEPTION | {"settled", "left"}
WRITES: tuple[tuple[str, Permission, frozenset[str]], ...] = (
    ("recheck", Permission.HOUSEHOLD_READY, RECEPTION),
    ("permit", Permission.HOUSEHOLD_REGISTER, frozenset({"in_reception"})),
    ("interview", Permission.INTERVIEW_HOLD, frozenset({"in_reception", "interviewed"})),
    ("ready", Permission.HOUSEHOLD_READY, frozenset({"interviewed"})),
    ("date", Permission.SETTLEMENT_DATE, COMING),
    ("settle", Permission.SETTLEMENT_RECORD, COMING),
    ("move", Permission.MOVE_RECORD, frozenset({"settled"})),
    ("centre", Permission.HOUSEHOLD_REGISTER, RECEPTION),
    ("event", Permission.HOUSEHOLD_EVENT, RECEPTION),
    ("code", Permission.CODE_PRINT, RECEPTION),
    ("protect", Permission.HOUSEHOLD_PROTECT, ANY_STAGE),
    ("lift-protection", Permission.HOUSEHOLD_PROTECT, ANY_STAGE),
)
"""(address, permission, stages) of the steps of a household's life; their pages are `steps/`."""


@dataclass(frozen=True)
class Step:
    """A step the reader may take now."""

    url: str
    label: str


@require_GET
@page(Permission.HOUSEHOLD_VIEW)
def detail(request: Request, household: UUID) -> HttpResponse:
    """The file as this reader may see it."""
    return _show(request, household_file(request.actor, household))


@require_POST
@page(Permission.NUMBER_VIEW)
def numbers(request: Request, household: UUID) -> HttpResponse:
    """The file with one person's identity numbers shown.  A post, so that it is asked for and never an address."""
    try:
        person = UUID(request.POST.get("person", ""))
    except ValueError as error:
        raise NotInSight("not_in_sight") from error
    file = household_file(request.actor, household)
    return _show(request, file, identity_numbers(request.actor, household, person))


@require_GET
@page(Permission.HOUSEHOLD_HISTORY)
def history(request: Request, household: UUID) -> HttpResponse:
    """What was changed, when and by whom."""
    reference, changes = household_history(request.actor, household)
    context = {
        "reference": reference,
        "back": f"/households/{household}/",
        "changes": history_lines(changes),
        "may_restore": request.actor.may(Permission.HOUSEHOLD_EDIT),
    }
    return _private(render(request, "followup/history.html", context))


def _show(request: Request, file: HouseholdFile, shown: Numbers | None = None) -> HttpResponse:
    actor, today = request.actor, clock.today()
    asked = asked_for(request) if "sort" in request.GET else None
    works = actor.may(Permission.MATTER_WORK)
    context: dict[str, Any] = {
        "file": file,
        "told": told(file),
        "steps": timeline(file),
        "people": [_person(one, today) for one in file.persons],
        "no_interview_yet": "interview" in SEES[actor.role] and file.heard is None,
        "money": [(line, SCHEMES[line.scheme]) for line in file.money or ()],
        "shown": shown,
        "may_show_numbers": actor.may(Permission.NUMBER_VIEW),
        "may_see_history": actor.may(Permission.HOUSEHOLD_HISTORY),
        "actions": steps_for(actor, file),
        "matters": [(one, title(one), state(one)) for one in matters_about(actor, file.id)] if works else [],
        "may_open_matter": works and not file.protected,
        "today": today,
        "request_key": uuid.uuid4(),
        "list_url": LIST,
    }
    if asked is not None:
        context |= {
            "list_url": f"{LIST}?{asked.query}",
            "in_list": asked.query,
            "beside": neighbours(actor, asked.filters, asked.sort, today, file.id),
        }
    return _private(render(request, "followup/file.html", context))


def steps_for(actor: Actor, file: HouseholdFile) -> list[Step]:
    """What the reader may do with the household at its stage."""
    words = {
        "recheck": _("Look at again"),
        "permit": _("Record the permit"),
        "interview": _("Record the settlement interview"),
        "ready": _("Mark as ready"),
        "date": _("Agree on the settlement date"),
        "settle": _("Record that they are settled"),
        "move": _("Record a move"),
        "centre": _("Move to another centre"),
        "event": _("Record that something has happened"),
        "code": _("Print the code for the household's own page"),
        "protect": _("Protect the address"),
        "lift-protection": _("Lift the protection of the address"),
    }
    found = [
        Step(f"/households/{file.id}/{address}/", words[address])
        for address, permission, stages in WRITES
        if actor.may(permission) and file.stage in stages and _fits(address, file)
    ]
    if file.stage == "ready" and not file.recheck and actor.may(Permission.ASSIGNMENT_DECIDE):
        found.insert(0, Step(f"/proposals/household/{file.id}/", _("Choose a municipality")))
    if file.stage == "ready" and not file.recheck and actor.may(Permission.SELF_SETTLEMENT_REGISTER):
        found.append(Step(f"/self-settlement/new/{file.id}/", _("Register a home it has found itself")))
    return found


def _fits(address: str, file: HouseholdFile) -> bool:
    """What else than the stage decides whether a step makes sense now."""
    match address:
        case "recheck":
            return bool(file.recheck)
        case "protect":
            return not file.protected
        case "lift-protection":
            return file.protected
        case "permit":
            return file.permit_on is None
        case "interview":
            return file.permit_on is not None
        case "code":
            return not file.protected
        case _:
            return True


def _person(one: PersonLine, today: date) -> dict[str, Any]:
    return {"line": one, "age": age_on(one.birth_date, today), "words": person_words(one)}


def _private(response: HttpResponse) -> HttpResponse:
    """A file is never kept by a browser or a proxy."""
    response.headers["Cache-Control"] = "no-store"
    return response

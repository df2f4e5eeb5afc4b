"""The household's own page: where we are, what comes, why here, our file, and our say."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.views.decorators.http import require_POST

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.request import Request
from bosett_server.actions.own_page import SUBJECTS, ask_correction, ask_reassessment, comment
from bosett_server.queries.own_page import OwnPage, own_page
from bosett_server.web.own_page.shown import is_household, language_of, show
from bosett_server.web.own_page.texts import Texts
from bosett_server.web.page import page
from bosett_server.words.placement_codes import need_words
from bosett_server.words.placement_runs import run_word

STAGES = ("in_reception", "interviewed", "ready", "proposed", "assigned", "date_agreed", "settled")


@page(None)
def overview(request: Request) -> HttpResponse:
    """One calm page that prints on one sheet.  Without a household: to the code, or 403 for staff."""
    if not is_household(request):
        return _elsewhere(request)
    request.session.modified = True  # the half hour begins again
    own = own_page(request.actor)
    told = language_of(request, own.language)
    return show(request, "own_page/my.html", told, _context(own, told))


@require_POST
@page(Permission.OWN_COMMENT)
def write_comment(request: Request) -> HttpResponse:
    """Say what one thinks of the interview."""
    return _sent(request, lambda: comment(request.actor, text=request.POST.get("text", "")))


@require_POST
@page(Permission.OWN_COMMENT)
def write_correction(request: Request) -> HttpResponse:
    """Say what is wrong in the file."""
    subject, text = request.POST.get("subject", ""), request.POST.get("text", "")
    return _sent(request, lambda: ask_correction(request.actor, subject=subject, text=text))


@require_POST
@page(Permission.OWN_COMMENT)
def write_reassessment(request: Request) -> HttpResponse:
    """Ask IMDi to look again."""
    return _sent(request, lambda: ask_reassessment(request.actor, text=request.POST.get("text", "")))


def _sent(request: Request, step: Callable[[], Any]) -> HttpResponse:
    own = own_page(request.actor)
    told = language_of(request, own.language)
    try:
        step()
    except (NotInSight, NotPermitted):
        raise
    except Refused:
        context = _context(own, told) | {
            "wrong": told.words["refused"],
            "given": request.POST.get("text", ""),
        }
        return show(request, "own_page/my.html", told, context, 422)
    messages.success(request, told.words["sent"])
    return redirect("/my/")


def _elsewhere(request: Request) -> HttpResponse:
    if request.user.is_authenticated:
        raise NotPermitted("not_permitted", {"permission": Permission.OWN_PAGE.value})
    return redirect("/code/")


def _context(own: OwnPage, told: Texts) -> dict[str, Any]:
    with translation.override(told.code if told.code in {"nn", "en"} else "nb"):
        needs = need_words(own.needs)
        coded = run_word("override", own.chosen_for) if own.chosen_for not in {"", "other"} else ""
    hearing = own.hearing
    due = hearing.comment_due_on if hearing else None
    return {
        "own": own,
        "lead": told.say("lead", day=clock.today()),
        "steps": _steps(own, told),
        "next_words": _next(own, told),
        "reasons": _reasons(own, told),
        "who_words": told.say("who_text", day=own.decided_on) if own.decided_on else "",
        "needs": needs,
        "coded": coded,
        "coded_language": told.code if told.code in {"nn", "en"} else "nb",
        "ties": [(place, told.words.get(f"tie_{kind}", "")) for place, kind in hearing.ties] if hearing else [],
        "comment_words": _comment_words(own, told),
        "may_comment": due is not None and clock.today() <= due,
        "subjects": [(code, told.words[f"subject_{code}"]) for code in SUBJECTS],
        "requests": [_request(r, told) for r in own.requests],
        "waiting_reassessment": next(
            (told.say("reassess_asked", day=timezone.localdate(r.asked_at)) for r in own.requests
             if r.kind == "reassessment" and not r.answered_at), ""),
        "contact_words": told.say("contact", centre=own.centre) if own.centre else told.words["contact_imdi"],
        "keys": {name: uuid.uuid4() for name in ("comment", "correction", "reassessment")},
    }  # fmt: skip


def _steps(own: OwnPage, told: Texts) -> list[dict[str, Any]]:
    """Each stage with its words and how far it is; a closed case has none."""
    if own.stage not in STAGES:
        return []
    here = STAGES.index(own.stage)
    return [
        {
            "label": told.words[f"step_{stage}"],
            "progress": "done" if at < here else "here" if at == here else "ahead",
            "state": told.words["state_done" if at < here else "state_here" if at == here else "state_ahead"],
        }
        for at, stage in enumerate(STAGES)
    ]


def _next(own: OwnPage, told: Texts) -> str:
    if own.stage == "proposed" and own.answer_due_on is None:
        return told.words["next_ready"]
    if own.stage == "date_agreed" and own.settles_on is None:
        return told.words["next_assigned"]
    return told.say(
        f"next_{own.stage}", day=own.answer_due_on or own.settles_on, municipality=own.municipality
    )


def _reasons(own: OwnPage, told: Texts) -> list[str]:
    """Reasons as sentences; a code we have no sentence for never hides that there was room."""
    if not own.municipality:
        return []
    found = [told.words[f"reason_{code}"] for code in own.reasons if f"reason_{code}" in told.words]
    if own.chosen_by_hand:
        found = [told.words["reason_by_hand"], *found]
    return found or [told.words["reason_other"]]


def _comment_words(own: OwnPage, told: Texts) -> str:
    due = own.hearing.comment_due_on if own.hearing else None
    if due is None:
        return told.words["comment_none"]
    return told.say("comment_open" if clock.today() <= due else "comment_closed", day=due)


def _request(row: Any, told: Texts) -> dict[str, str]:
    return {
        "kind": told.words[f"kind_{row.kind}"],
        "subject": told.words.get(f"subject_{row.subject}", ""),
        "text": row.text,
        "day": f"{row.asked_at:%d.%m.%Y}",
        "answer_words": told.words[f"answer_{row.answer_code}"]
        if row.answer_code
        else f"{told.words['waiting']}. {told.say('answer_by', day=row.answer_due_on)}",
        "answer": row.answer,
    }

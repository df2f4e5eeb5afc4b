"""One matter: raised, read, supported, merged, closed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bosett.agreement import shipped_commitments
from bosett.agreement.names import name
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotPermitted
from bosett_server.access.request import Request
from bosett_server.actions.consultation_matters import (
    end_matter,
    leave_matter,
    merge_matter,
    raise_matter,
    support_matter,
    write_matter,
)
from bosett_server.actions.consultation_positions import Kind, share_position
from bosett_server.queries.consultation_bodies import in_force, own_voices
from bosett_server.queries.consultation_facts import found_of
from bosett_server.queries.consultation_history import matter_changes
from bosett_server.queries.consultation_matters import MatterRow, matter, matters, texts
from bosett_server.queries.consultation_protocols import decisions_of
from bosett_server.web.agreement.wording import in_reader_language, shown
from bosett_server.web.consultation.forms import MatterForm, MergeForm, TextForm, VoiceForm
from bosett_server.web.consultation.history import matter_changed
from bosett_server.web.consultation.wording import ROOM, matter_title, names_of, text_told, who_raised
from bosett_server.web.page import page
from bosett_server.web.step_form import StepPage, posted, run


@require_GET
@page(Permission.AGREEMENT_VIEW)
def one(request: Request, number: int) -> HttpResponse:
    """Its text, who is behind it, the facts, and what the parties say as far as the reader may see it."""
    actor = request.actor
    row, said = matter(actor, number), texts(actor, number)
    names = names_of({*row.named, actor.party, *(each.party for each in said.history)} - {""})
    measured = found_of(actor, row.commitment, clock.today()) if row.commitment else None
    speaks = actor.may(Permission.CONSULTATION_TABLE)
    drafts = {each.kind: each for each in said.drafts}
    context = {
        "row": row, "title": _title(row), "raised_by": who_raised(row, names),
        "behind": [names[code] for code in row.named], "nameless": row.behind - len(row.named),
        "description": said.description, "facts": shown(measured, modelled=False) if measured else None,
        "shared": [text_told(each, names) for each in said.shared],
        "own": [(kind, drafts.get(kind)) for kind in ("position", "proposal")] if speaks else [],
        "history": [text_told(each, names) for each in said.history],
        "merged": [matter(actor, each) for each in row.merged], "into": matter(actor, row.into) if row.into else None,
        "decisions": decisions_of(actor, number), "changes": matter_changed(matter_changes(actor, number)),
        "may_support": _may(request, row) and not (row.own or row.supported),
        "may_leave": _may(request, row) and row.supported and not row.own,
        "may_close": row.closed_on is None and (row.own or actor.may(Permission.CONSULTATION_LEAD)),
        "may_merge": row.closed_on is None and actor.may(Permission.CONSULTATION_LEAD),
        "party": names.get(actor.party, ""), "speaks": speaks and row.closed_on is None,
        "request_key": uuid.uuid4(),
    }  # fmt: skip
    return render(request, "consultation/matter.html", context)


@page(Permission.CONSULTATION_RAISE)
def new(request: Request) -> HttpResponse:
    """Raise a matter."""
    form = MatterForm(posted(request), voices=_voices(request), commitments=_commitments())
    told = StepPage(
        _("Raise a matter"), _("It is taken up at a meeting between the parties. You see here what comes of it."),
        _("Raise the matter"), ROOM, (_("Consultations"), ROOM),
    )  # fmt: skip
    made: list[int] = []

    def act() -> object:
        given = dict(form.cleaned_data)
        made.append(raise_matter(request.actor, named=not given.pop("nameless"), **given))
        return made

    return run(request, form, told, act, lambda: (_("The matter is raised."), f"{ROOM}matters/{made[0]}/"))


@page(Permission.CONSULTATION_RAISE)
def write(request: Request, number: int) -> HttpResponse:
    """Write the text of one's own matter anew."""
    row, said = matter(request.actor, number), texts(request.actor, number)
    if not row.own:
        raise NotPermitted("not_permitted")
    newest = said.description[0] if said.description else None
    initial = {"text": newest.text if newest else "", "version": newest.version if newest else 0}
    form = TextForm(posted(request), initial=initial)
    where, told = _step(
        row, _("Write it anew"), _("The earlier version is kept and shown."), _("Store the new version")
    )
    return run(
        request, form, told, lambda: write_matter(request.actor, number=number, **form.cleaned_data),
        lambda: (_("The new version is stored."), where),
    )  # fmt: skip


@page(Permission.CONSULTATION_RAISE)
def support(request: Request, number: int) -> HttpResponse:
    """Stand behind a matter."""
    row = matter(request.actor, number)
    form = VoiceForm(posted(request), voices=_voices(request))
    where, told = _step(
        row,
        _("Support the matter"),
        _("The more who stand behind a matter, the earlier it is taken up."),
        _("Support it"),
    )

    def act() -> object:
        given = form.cleaned_data
        return support_matter(request.actor, number=number, voice=given["voice"], named=not given["nameless"])

    return run(request, form, told, act, lambda: (_("You stand behind the matter."), where))


@page(Permission.CONSULTATION_LEAD)
def merge(request: Request, number: int) -> HttpResponse:
    """Take it up as part of another matter."""
    row = matter(request.actor, number)
    choices = [(str(each.id), _title(each)) for each in matters(request.actor) if each.id != number]
    form = MergeForm(posted(request), matters=choices, initial={"into": row.into})
    where, told = _step(
        row, _("Merge with another matter"), _("Both texts stand in the papers, and those behind both are counted."),
        _("Merge"),
    )  # fmt: skip
    return run(
        request, form, told,
        lambda: merge_matter(request.actor, number=number, into=form.cleaned_data["into"]),
        lambda: (_("It is stored."), where),
    )  # fmt: skip


@require_POST
@page(Permission.CONSULTATION_RAISE)
def step(request: Request, number: int) -> HttpResponse:
    """One of the steps on the matter's page."""
    told, actor = request.POST, request.actor

    def share(kind: Kind) -> int:
        return share_position(actor, number=number, kind=kind, version=int(told["version"]))

    steps: dict[str, tuple[Callable[[], Any], str]] = {
        "leave": (lambda: leave_matter(actor, number=number), _("You no longer stand behind it.")),
        "close": (lambda: end_matter(actor, number=number), _("The matter is closed.")),
        "share_position": (lambda: share("position"), _("It is shared with the other parties.")),
        "share_proposal": (lambda: share("proposal"), _("It is shared with the other parties.")),
    }  # fmt: skip
    wanted = told.get("step", "")
    if wanted not in steps or (wanted.startswith("share_") and not told.get("version", "").isdecimal()):
        return HttpResponseBadRequest(_("This choice is not known here. Go back and choose again."))
    do, words = steps[wanted]
    do()
    messages.success(request, words)
    return redirect(f"{ROOM}matters/{number}/")


def _step(row: MatterRow, title: str, lead: str, button: str) -> tuple[str, StepPage]:
    where = f"{ROOM}matters/{row.id}/"
    return where, StepPage(title, lead, button, where, (_("Consultations"), ROOM, _title(row), where))


def _title(row: MatterRow) -> str:
    return matter_title(row.title, row.commitment, row.indicator)


def _may(request: Request, row: MatterRow) -> bool:
    return (
        request.actor.may(Permission.CONSULTATION_RAISE)
        and bool(request.actor.voices)
        and row.closed_on is None
    )


def _voices(request: Request) -> list[tuple[str, str]]:
    names = names_of(own_voices(request.actor))
    return [(code, names[code]) for code in own_voices(request.actor)]


def _commitments() -> list[tuple[str, str]]:
    """The commitments of today's agreement."""
    found = in_force(clock.today())
    return [
        (one.code, in_reader_language(name("commitment", one.code)))
        for one in shipped_commitments()
        if found is not None and one.agreement == found.code
    ]

"""What the reader must answer on a municipality's page, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bosett.terms.figure import State
from bosett.terms.groups import Group
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission as P
from bosett_server.queries.registry import Profile
from bosett_server.web.look.numbers import number


@dataclass(frozen=True)
class Task:
    """One thing to do: words, the page where it is done, and its deadline."""

    words: str
    url: str
    due_on: date | None = None


def of(actor: Actor, found: Profile) -> list[Task]:
    """The reader's own tasks, the nearest deadline first; nothing on another municipality's page."""
    if found.facts.code not in actor.municipalities:
        return []
    tasks = [*_decide(actor, found), *_approve(actor, found), *_cards(actor, found), *_dates(actor, found)]
    return sorted(tasks, key=lambda one: (one.due_on is None, one.due_on or date.max))


def _decide(actor: Actor, found: Profile) -> list[Task]:
    asked = found.request.asked[Group.ALL]
    answered = any(
        what == "voted" and one.figure.state is State.NUMBER for what, one in found.request.versions
    )
    if asked.value is None or answered or not actor.may(P.VEDTAK_RECORD):
        return []
    words = _("Record the council's vedtak: the request is for %(count)s persons.")
    url = f"/municipalities/{found.facts.code}/vedtak/?year={found.year}"
    return [Task(words % {"count": number(asked.value)}, url, found.request.answer_due_on)]


def _approve(actor: Actor, found: Profile) -> list[Task]:
    if found.request.recorded is None or not actor.may(P.VEDTAK_APPROVE):
        return []
    words = _("Approve the recorded vedtak: compare %(count)s with the council's record.")
    count = number(found.request.recorded.figure.value or 0)
    return [Task(words % {"count": count}, f"/municipalities/{found.facts.code}/vedtak/?year={found.year}")]


def _cards(actor: Actor, found: Profile) -> list[Task]:
    if found.coming is None or not found.coming.cards or not actor.may(P.ASSIGNMENT_ANSWER):
        return []
    words = ngettext(
        "Answer %(count)s household that is proposed to you (persons: %(persons)s).",
        "Answer %(count)s households that are proposed to you (persons: %(persons)s).",
        found.coming.cards,
    )
    told = {"count": number(found.coming.cards), "persons": number(found.coming.card_persons)}
    return [Task(words % told, "/cards/", found.coming.first_due_on)]


def _dates(actor: Actor, found: Profile) -> list[Task]:
    if found.coming is None or not found.coming.without_date or not actor.may(P.SETTLEMENT_DATE):
        return []
    words = ngettext(
        "Agree on a settlement day for %(count)s household (persons: %(persons)s).",
        "Agree on a settlement day for %(count)s households (persons: %(persons)s).",
        found.coming.without_date,
    )
    told = {"count": number(found.coming.without_date), "persons": number(found.coming.without_date_persons)}
    return [Task(words % told, "/households/?stage=assigned")]

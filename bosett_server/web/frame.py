"""What every template knows: navigation in users' words, and what waits."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bosett_server.access.permissions import Permission as P
from bosett_server.access.roles import Role
from bosett_server.queries.inbox import unread_count
from bosett_server.words.accounts import ROLE_NAMES

NAV: list[tuple[str, Any, P]] = [
    ("/need/", _("Need and forecast"), P.SITUATION_VIEW),
    ("/requests/", _("Request and vedtak"), P.ROUND_VIEW),
    ("/reception/", _("Reception"), P.CENTRE_VIEW),
    ("/households/", _("Households"), P.HOUSEHOLD_LIST),
    ("/grants/", _("Economy"), P.MONEY_VIEW),
    ("/statistics/", _("Statistics"), P.STATISTICS_VIEW),
    ("/agreement/", _("The agreement"), P.AGREEMENT_VIEW),
    ("/users/", _("Users"), P.USERS_MANAGE),
    ("/audit/", _("The log"), P.AUDIT_VIEW),
]
NO_QUESTIONS = "bosett.no_questions"
"""In a request's META: the page must be shown without asking the database."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """`nav`, `waiting_count`, `demo`, `languages` and `today` for base.html."""
    actor = getattr(request, "actor", None)
    if actor is None or NO_QUESTIONS in request.META:
        return {"nav": [], "waiting_count": 0, "demo": settings.BOSETT_DEMO, "languages": settings.LANGUAGES}
    nav = [
        {"url": url, "label": label, "current": request.path.startswith(url)}
        for url, label, permission in NAV
        if actor.may(permission)
    ]
    if actor.role in {Role.HOUSEHOLD, Role.REPRESENTATIVE}:
        nav = []
    waiting = unread_count(actor) if actor.may(P.INBOX) else 0
    return {
        "nav": nav[:7],
        "waiting_count": waiting,
        "demo": settings.BOSETT_DEMO,
        "languages": settings.LANGUAGES,
        "role_label": ROLE_NAMES[actor.role.value],
    }

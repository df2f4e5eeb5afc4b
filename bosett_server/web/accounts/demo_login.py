"""One button for each demo user; only in the demo, and only from the machine it runs on."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.views.decorators.http import require_POST

from bosett_server.access import clock, rate_limit
from bosett_server.access.login import hats
from bosett_server.access.request import Request
from bosett_server.records.models import User
from bosett_server.web.accounts.session import let_in, next_address
from bosett_server.web.page import page
from bosett_server.words.accounts import ROLE_NAMES

NAMES = (
    "saksbehandler", "leder", "udi", "bufetat", "mottak", "kommune", "vedtak", "fylke", "ks", "departement", "jd",
    "bfd", "kdd", "nav", "husbanken", "statsforvalter", "revisor", "admin",
)  # fmt: skip


def offered(request: Request) -> bool:
    """Whether this request may see and use the buttons."""
    return bool(settings.BOSETT_DEMO) and rate_limit.is_this_machine(request.META)


def demo_users() -> list[tuple[str, str | Promise, str]]:
    """(user name, role in words, place) of each demo user that exists."""
    found = {user.username: user for user in User.objects.filter(username__in=NAMES, is_active=True)}
    told = []
    for name in NAMES:
        worn = hats(found[name], clock.today()) if name in found else []
        if worn:
            told.append((name, ROLE_NAMES[worn[0].role], worn[0].municipality_name or worn[0].party))
    return told


@require_POST
@page(None)
def demo_login(request: Request) -> HttpResponse:
    """In as the demo user.  404 outside the demo, from elsewhere, and for any other user."""
    name = request.POST.get("username", "")
    user = User.objects.filter(username=name, is_active=True).first() if name in NAMES else None
    if not offered(request) or user is None:
        raise Http404
    let_in(request, user, "demo", two_factors=True)
    return redirect(next_address(request, request.POST.get("next", "")))

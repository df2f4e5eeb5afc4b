"""How a session begins and ends, whichever door somebody came in by."""

from __future__ import annotations

from django.contrib.auth import login
from django.utils.http import url_has_allowed_host_and_scheme

from bosett_server.access import audit
from bosett_server.access.request import Request
from bosett_server.records.models import User
from bosett_server.web.accounts.second_factor import MARK

WAITING = "login_waiting"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def let_in(request: Request, user: User, door: str, *, two_factors: bool) -> None:
    """Begin the user's session under a new key, and log it."""
    request.session.flush()
    login(request, user, backend=BACKEND)
    request.session[MARK] = two_factors
    audit.append("log_in", ("user", user.pk), {"door": door, "two_factors": int(two_factors)})


def refuse(door: str, reason: str, user: int | str = "") -> None:
    """Log a failed try; never what was typed."""
    audit.append("log_in", ("user", user), {"door": door, "code": reason}, "refused")


def next_address(request: Request, given: str) -> str:
    """Where to go afterwards: an address of this site, else the front page."""
    safe = url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure())
    return given if safe and not given.startswith(("/login", "/logout")) else "/"

"""Nobody who works here sees a page before the second factor."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from bosett_server.access.request import Request

MARK = "second_factor"
OPEN = ("/mfa/", "/login", "/logout", "/language", "/look/", "/static/", "/password/")


class SecondFactorMiddleware:
    """A user whose session has no second factor is sent to set it up; households and machines have none."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        if _lacks_it(request) and not request.path.startswith(OPEN):
            return redirect("/mfa/")
        return self.get_response(request)


def _lacks_it(request: Request) -> bool:
    if not settings.BOSETT_MFA_REQUIRED or request.path.startswith("/api/"):
        return False
    return request.user.is_authenticated and not request.session.get(MARK)

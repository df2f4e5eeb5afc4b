"""A file that is too large is refused by its announced size, before a byte of it is read or kept."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse, JsonResponse

from bosett.sources.opened import LIMIT_BYTES
from bosett.terms.errors import Refused
from bosett_server.access.actor import PUBLIC
from bosett_server.access.request import Request
from bosett_server.web import error_pages
from bosett_server.web.frame import NO_QUESTIONS
from bosett_server.words.refusals import sentence

FORM_BYTES = 2**20
"""What a form may hold beside its file."""
MOST_THROWN_AWAY = 512 * 2**20
CHUNK = 2**20


class SizeMiddleware:
    """Stands before whatever reads a form."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        told = request.META.get("CONTENT_LENGTH") or "0"
        size = int(told) if told.isdecimal() else 0
        if size <= LIMIT_BYTES + FORM_BYTES:
            return self.get_response(request)
        refusal = Refused("file_too_large", {"megabytes": size // 2**20, "most": LIMIT_BYTES // 2**20})
        _throw_away(request, size)
        if request.path.startswith("/api/"):
            return _problem(refusal)
        # Nobody has been asked who this is yet, nor is the database: the page is the one that all may see.
        request.user, request.actor = AnonymousUser(), PUBLIC
        request.META[NO_QUESTIONS] = True
        response = error_pages.refused(request, refusal)
        response.status_code = 413
        return response


def _problem(refusal: Refused) -> HttpResponse:
    """As the API's other problems (RFC 9457)."""
    told = {
        "type": f"https://bosett.invalid/problems/{refusal.code}", "title": "Request Entity Too Large",
        "status": 413, "detail": sentence(refusal), "code": refusal.code, "facts": dict(refusal.facts),
    }  # fmt: skip
    return JsonResponse(told, status=413, content_type="application/problem+json")


def _throw_away(request: Request, size: int) -> None:
    """A browser shows no answer before it has sent all: what comes is read past, never kept or looked at."""
    if size > MOST_THROWN_AWAY:
        return
    left = size
    while left > 0 and (chunk := request.read(min(CHUNK, left))):
        left -= len(chunk)

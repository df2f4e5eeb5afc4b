"""What is shown when something is refused, not found, or our fault.  Nothing personal, nothing hidden revealed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from bosett.terms.errors import Refused
from bosett_server.access.request import Request
from bosett_server.web.frame import NO_QUESTIONS
from bosett_server.words.refusals import sentence


def not_permitted(request: Request, exception: Exception | None = None) -> HttpResponse:
    """403: the role may not."""
    return render(request, "errors/403.html", {"code": getattr(exception, "code", "")}, status=403)


def not_found(request: Request, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not for this reader; the page does not say which."""
    return render(request, "errors/404.html", {}, status=404)


def refused(request: Request, refusal: Refused) -> HttpResponse:
    """409: a step the rules do not allow now, said in words."""
    return render(
        request, "errors/409.html", {"sentence": sentence(refusal), "code": refusal.code}, status=409
    )


def our_fault(request: Request) -> HttpResponse:
    """500: with the number a user can give us, and nothing else.  The database may be what failed: it is not asked."""
    request.META[NO_QUESTIONS] = True
    return render(request, "errors/500.html", {"request_id": getattr(request, "id", "")}, status=500)

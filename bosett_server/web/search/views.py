"""The search page.

The box posts, so that what is typed is never an address before it has been looked at: a name is sent on to
an address that can be kept and shared, an identity number is answered at once and stands in no address, no
history and no log line.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.search import NUMBER_LENGTHS, Hits, digits_of, find_number, search
from bosett_server.web.page import page
from bosett_server.words.household_codes import word

SEARCH = "/search/"


@require_http_methods(["GET", "HEAD", "POST"])
@page(Permission.SEARCH)
def results(request: Request) -> HttpResponse:
    """What was found in the reader's sight, by kind."""
    if request.method == "POST":
        return _posted(request, request.POST.get("q", "").strip())
    text = request.GET.get("q", "").strip()
    if digits_of(text):
        # Typed straight into an address: it is not searched, and the next address is without it.
        return redirect(f"{SEARCH}?number=1")
    hits = search(request.actor, text, request.language)
    return _show(request, hits, text=text, number_in_address=request.GET.get("number") == "1")


def _posted(request: Request, text: str) -> HttpResponse:
    digits = digits_of(text)
    if not digits:
        response = redirect(f"{SEARCH}?{urlencode({'q': text})}")
        response.status_code = 303
        return response
    if not request.actor.may(Permission.NUMBER_VIEW):
        return _show(request, Hits(), number_not_permitted=True)
    if len(digits) not in NUMBER_LENGTHS:
        return _show(request, Hits(), number_not_whole=True)
    return _show(request, Hits(persons=find_number(request.actor, digits)), by_number=True)


def _show(request: Request, hits: Hits, text: str = "", **told: bool) -> HttpResponse:
    context = {
        "hits": hits,
        "search_text": text,
        "may_search_numbers": request.actor.may(Permission.NUMBER_VIEW),
        "may_open_places": request.actor.may(Permission.MUNICIPALITY_VIEW),
        "households": [(one, word("stage", one.stage)) for one in hits.households],
        "persons": [(one, word("stage", one.stage)) for one in hits.persons],
        **told,
    }
    response = render(request, "search/results.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response

"""Pages of the frame itself: choices, shortcuts, sources, accessibility, the living style page."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from bosett_server.web.look import style_page
from bosett_server.web.look.preferences import KEEP_SECONDS, PREFIX, accepted, chosen_columns
from bosett_server.web.look.sources import carried_tables
from bosett_server.web.page import page

_NOT_CHOICES = ("csrfmiddlewaretoken", "next")


@page(None)
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Store the choices of the form in cookies and go back to the page it stood on."""
    chosen = {name: ".".join(request.POST.getlist(name)) for name in request.POST if name not in _NOT_CHOICES}
    if not all(accepted(name, value) for name, value in chosen.items()):
        return HttpResponseBadRequest(gettext("This choice is not known here. Go back and choose again."))
    response = HttpResponseRedirect(_back(request))
    for name, value in chosen.items():
        response.set_cookie(
            PREFIX + name,
            value,
            max_age=KEEP_SECONDS,
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )
    return response


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else "/"


@page(None)
@require_GET
def shortcuts(request: HttpRequest) -> HttpResponse:
    """Every keyboard shortcut, and where to turn them off."""
    return render(request, "look/shortcuts.html")


@page(None)
@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """Every table the service carries, with its source and terms."""
    return render(request, "look/sources.html", {"tables": carried_tables()})


@page(None)
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """What is aimed for, what was tried, what is not good enough."""
    return render(request, "look/accessibility.html")


@page(None)
@require_GET
def look_page(request: HttpRequest) -> HttpResponse:
    """The living style page; only where the service runs as a demonstration or for developers."""
    return _example(request, "look/page.html")


@page(None)
@require_GET
def household_page(request: HttpRequest) -> HttpResponse:
    """An example of the household's own page, for the same readers."""
    return _example(request, "look/household_page.html")


def _example(request: HttpRequest, template: str) -> HttpResponse:
    if not (settings.DEBUG or settings.BOSETT_DEMO):
        raise Http404
    content = style_page.content()
    content["table"] = content["table"].showing(chosen_columns(request.COOKIES, "example"))
    return render(request, template, content)

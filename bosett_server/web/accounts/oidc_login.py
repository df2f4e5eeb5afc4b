"""Log-in through the configured provider: out with state and nonce, back with a code."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from bosett_server.access import oidc
from bosett_server.access.request import Request
from bosett_server.web.accounts.session import let_in, next_address, refuse
from bosett_server.web.page import page

BEGUN = "oidc"
BACK = "/login/oidc/back/"
WORDS: dict[str, str | Promise] = {
    "subject_unknown": _(
        "You are known to the log-in provider, but you are not a user here. Ask your administrator."
    ),
    "level_too_low": _("You logged in at too low a level. Try again and choose a stronger way."),
    "provider_unreachable": _("The log-in provider does not answer. Try again in a while."),
}
OTHERWISE = _("The log-in was not completed. Begin again.")


@never_cache
@require_GET
@page(None)
def begin_login(request: Request) -> HttpResponse:
    """Off to the provider."""
    if not oidc.is_configured():
        raise Http404
    try:
        address, begun = oidc.begin(settings.BOSETT_ADDRESS + BACK)
    except oidc.LoginRefused as refused:
        return _refused(request, refused.reason)
    request.session[BEGUN] = {**begun.told(), "next": next_address(request, request.GET.get("next", ""))}
    return redirect(address)


@never_cache
@require_GET
@page(None)
def back(request: Request) -> HttpResponse:
    """Back with a code, once.  A level that is demanded counts as two factors."""
    kept = request.session.pop(BEGUN, None)
    if not oidc.is_configured():
        raise Http404
    if not kept:
        return _refused(request, "wrong_state")
    address = kept.pop("next")
    try:
        found = oidc.finish(oidc.Begun(**kept), request.GET.get("state", ""), request.GET.get("code", ""))
    except oidc.LoginRefused as refused:
        return _refused(request, refused.reason)
    let_in(request, found.user, "oidc", two_factors=bool(settings.BOSETT_OIDC_ACR_LEVELS))
    return redirect(address)


def _refused(request: Request, reason: str) -> HttpResponse:
    refuse("oidc", reason)
    told = {"words": WORDS.get(reason, OTHERWISE), "code": reason}
    return render(request, "accounts/oidc_refused.html", told, status=403)

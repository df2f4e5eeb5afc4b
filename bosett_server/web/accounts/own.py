"""What a user chooses for oneself: the role to wear now, and the language."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett_server.access import audit
from bosett_server.access.request import Request
from bosett_server.actions.accounts import keep_language
from bosett_server.web.accounts.session import next_address
from bosett_server.web.page import page
from bosett_server.words.accounts import ROLE_NAMES

YEAR_SECONDS = 365 * 24 * 60 * 60


@page(None)
def roles(request: Request) -> HttpResponse:
    """The roles one may wear today; choosing another changes what is seen from the next page on."""
    if not request.user.is_authenticated:
        return redirect("/login?next=/roles/")
    if request.method == "POST":
        chosen = next((hat for hat in request.hats if str(hat.grant_id) == request.POST.get("hat")), None)
        if chosen is None:
            return HttpResponseBadRequest(_("This role is not yours. Go back and choose again."))
        request.session["hat"] = chosen.grant_id
        audit.append("role_chosen", ("grant", chosen.grant_id), {"role": chosen.role.value})
        messages.success(request, _("You now work as: %(role)s.") % {"role": ROLE_NAMES[chosen.role.value]})
        return redirect("/")
    worn = request.session.get("hat") or (request.hats[0].grant_id if request.hats else 0)
    told = [(hat, ROLE_NAMES[hat.role.value], hat.grant_id == worn) for hat in request.hats]
    return render(request, "accounts/roles.html", {"roles": told})


@require_POST
@page(None)
def language(request: Request) -> HttpResponse:
    """The language from now on, in a cookie and, for a user, in the user's settings."""
    wished = request.POST.get("language", "")
    if wished not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest(_("This choice is not known here. Go back and choose again."))
    response = redirect(next_address(request, request.POST.get("next", "")))
    response.set_cookie(
        "language", wished, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure(), httponly=True
    )
    if request.user.is_authenticated:
        keep_language(request.user.pk, wished)
    return response

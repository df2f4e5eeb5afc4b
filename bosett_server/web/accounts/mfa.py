"""Setting up one's own second factor."""

from __future__ import annotations

import base64
import secrets

import qrcode
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from qrcode.image.svg import SvgPathImage

from bosett_server.access import audit, rate_limit, second_factor
from bosett_server.access.rate_limit import Door
from bosett_server.access.request import Request
from bosett_server.actions.doors import tried
from bosett_server.actions.second_factor import set_up
from bosett_server.records.models import User
from bosett_server.web.accounts.forms import CodeForm
from bosett_server.web.accounts.second_factor import MARK
from bosett_server.web.page import page

IN_SESSION = "mfa_app_key"


@never_cache
@page(None)
def overview(request: Request) -> HttpResponse:
    """The state, or the set-up: a secret in the session until a code shows that the app holds it."""
    if not request.user.is_authenticated:
        return redirect("/login?next=/mfa/")
    user: User = request.user
    if second_factor.has_second_factor(user):
        return render(request, "accounts/mfa_done.html", {"marked": bool(request.session.get(MARK))})
    secret = request.session.setdefault(IN_SESSION, base64.b32encode(secrets.token_bytes(20)).decode("ascii"))
    form = CodeForm(request.POST or None)
    form.fields["code"].help_text = _("The six digits that the app shows now.")
    if request.method == "POST" and form.is_valid():
        codes = _try(user, secret, form)
        if codes:
            return _done(request, user, codes)
    address = second_factor.SecretKeeper().build_totp_url(user, secret)
    told = {
        "form": form,
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "qr": _qr(address),
    }
    return render(request, "accounts/mfa_set_up.html", told, status=422 if form.errors else 200)


def _try(user: User, secret: str, form: CodeForm) -> list[str] | None:
    if not tried(Door.FACTOR_USER, str(user.pk)):
        form.add_error(None, _("Too many tries. Wait %(minutes)s minutes and try again.")
                       % {"minutes": rate_limit.wait_minutes()})  # fmt: skip
        return None
    codes = set_up(user, secret, "".join(form.cleaned_data["code"].split()))
    if codes is None:
        form.add_error(
            "code", _("The code does not fit. Wait for the next one, and check the phone's clock.")
        )
    return codes


def _done(request: Request, user: User, codes: list[str]) -> HttpResponse:
    del request.session[IN_SESSION]
    request.session[MARK] = True
    audit.append("second_factor_set_up", ("user", user.pk))
    messages.success(request, _("Your second factor is set up."))
    shown = [f"{code[:4]} {code[4:]}" for code in codes]
    return render(request, "accounts/recovery_codes.html", {"codes": shown})


def _qr(address: str) -> SafeString:
    """Inline SVG without style; it holds nothing but squares."""
    drawn = qrcode.make(address, image_factory=SvgPathImage, border=2).to_string(encoding="unicode")
    return SafeString(drawn[drawn.index("<svg") :])

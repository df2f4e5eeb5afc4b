"""Log-in with user name, password and second factor.  A wrong try says nothing about which part was wrong."""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from bosett_server.access import audit, oidc, rate_limit, second_factor
from bosett_server.access.rate_limit import Door
from bosett_server.access.request import Request
from bosett_server.actions.doors import forget, tried
from bosett_server.actions.second_factor import accept
from bosett_server.records.models import User
from bosett_server.web.accounts import demo_login
from bosett_server.web.accounts.forms import CodeForm, LoginForm
from bosett_server.web.accounts.session import WAITING, let_in, next_address, refuse
from bosett_server.web.page import page

STEP_SECONDS = 300


@never_cache
@sensitive_post_parameters("password")
@page(None)
def login_page(request: Request) -> HttpResponse:
    """The form; then either in, or on to the second factor."""
    form = LoginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["username"]
        if not _may_try(request, name):
            return _again(request, form, _too_often(), 429)
        user = authenticate(request, username=name, password=form.cleaned_data["password"])
        if user is not None:
            return _first_step_done(request, user)
        refuse("password", "wrong_user_or_password")
        return _again(request, form, _("User name or password is wrong."), 422)
    return _show(request, form, 422 if form.is_bound else 200)


@never_cache
@page(None)
def second_step(request: Request) -> HttpResponse:
    """The code, within five minutes of the password."""
    waiting = request.session.get(WAITING) or {}
    if not waiting or time.time() - waiting["at"] > STEP_SECONDS:
        return redirect("/login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = User.objects.filter(pk=waiting["user"], is_active=True).first()
        if not tried(Door.FACTOR_USER, str(waiting["user"])):
            form.add_error(None, _too_often())
            return render(request, "accounts/code.html", {"form": form}, status=429)
        if user is not None and accept(user, form.cleaned_data["code"]):
            forget(Door.FACTOR_USER, str(user.pk))
            let_in(request, user, "password", two_factors=True)
            return redirect(next_address(request, waiting["next"]))
        refuse("second_factor", "wrong_code", waiting["user"])
        form.add_error("code", _("The code is wrong or already used. Wait for the next one and try again."))
    return render(request, "accounts/code.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@page(None)
def log_out(request: Request) -> HttpResponse:
    """The session is gone, for staff and for a household."""
    own_page = bool(request.session.get("household_id"))
    audit.append("log_out", ("user", request.actor.user_id or ""))
    logout(request)
    return redirect("/code/" if own_page else "/login")


def _first_step_done(request: Request, user: User) -> HttpResponse:
    forget(Door.LOGIN_USER, user.username.casefold())
    address = next_address(request, request.POST.get("next", ""))
    if second_factor.has_second_factor(user):
        request.session.flush()
        request.session[WAITING] = {"user": user.pk, "at": time.time(), "next": address}
        return redirect("/login/code/")
    let_in(request, user, "password", two_factors=False)
    return redirect("/mfa/" if settings.BOSETT_MFA_REQUIRED else address)


def _may_try(request: Request, name: str) -> bool:
    """Both are counted, whether or not such a user exists."""
    address = tried(Door.LOGIN_ADDRESS, rate_limit.client_address(request.META))
    return tried(Door.LOGIN_USER, name.casefold()) and address


def _too_often() -> str:
    refuse("password", "too_many_tries")
    return _("Too many tries. Wait %(minutes)s minutes and try again.") % {
        "minutes": rate_limit.wait_minutes()
    }


def _again(request: Request, form: LoginForm, words: str, status: int) -> HttpResponse:
    form.add_error(None, words)
    return _show(request, form, status)


def _show(request: Request, form: LoginForm, status: int) -> HttpResponse:
    demo = demo_login.offered(request)
    told = {
        "form": form,
        "next": next_address(request, request.POST.get("next") or request.GET.get("next", "")),
        "demo_users": demo_login.demo_users() if demo else [],
        "provider": (settings.BOSETT_OIDC_NAME or settings.BOSETT_OIDC_ISSUER)
        if oidc.is_configured()
        else "",
    }
    return render(request, "accounts/login.html", told, status=status)

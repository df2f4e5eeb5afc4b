"""Users and their rights, for the administrator.  No page here holds a person on the way."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bosett.registry.agreements import Agreements
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.access.roles import Role
from bosett_server.actions.accounts import (
    confirm_role_grant,
    create_user,
    end_role_grant,
    grant_role,
    issue_password_link,
    ministries,
    password_path,
    reset_second_factor,
    set_user_active,
)
from bosett_server.queries.accounts import (
    PAGE_SIZE,
    GrantRow,
    one_user,
    places,
    stood_in_for,
    to_review,
    users,
)
from bosett_server.web.accounts.forms import GrantForm, UserForm
from bosett_server.web.page import page
from bosett_server.words.accounts import ROLE_NAMES
from bosett_server.words.refusals import sentence


@page(Permission.USERS_MANAGE)
def overview(request: Request) -> HttpResponse:
    """Users by name with the rights in force."""
    search, role = request.GET.get("q", "").strip(), request.GET.get("role", "")
    rows = users(request.actor, clock.today(), search=search, after=request.GET.get("after", ""), role=role)
    told = {
        "users": [(row, [_named(g) for g in row.grants]) for row in rows],
        "search": search,
        "role": role,
        "roles": [(key, words) for key, words in ROLE_NAMES.items() if key in _grantable()],
        "after": rows[-1].username if len(rows) == PAGE_SIZE else "",
        "review_count": len(to_review(request.actor, clock.today())),
    }
    return render(request, "accounts/users.html", told)


@page(Permission.USERS_MANAGE)
def new(request: Request) -> HttpResponse:
    """A new user; afterwards the page where rights are given."""
    form = UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_user(request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The user is created. Give a role, and a link to set the password."))
            return redirect(f"/users/{made}/")
    told = {"form": form, "request_key": uuid.uuid4()}
    return render(request, "accounts/user_new.html", told, status=422 if form.errors else 200)


@page(Permission.USERS_MANAGE)
def one(request: Request, user: int) -> HttpResponse:
    """One user: state, every right ever given, and the steps."""
    return _one(request, user, {})


@page(Permission.USERS_MANAGE)
def grant(request: Request, user: int) -> HttpResponse:
    """Give a right."""
    row, _grants = one_user(request.actor, user, clock.today())
    known, today = Agreements.shipped(), clock.today()
    parties = [(code, known.party(code).name.in_language(request.language)) for code in ministries(today)]
    form = GrantForm(
        request.POST or None, places=places(request.actor), parties=parties, initial={"starts_on": today}
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        away = given.pop("stands_in_for")
        try:
            given["stands_in_for"] = stood_in_for(request.actor, away, given) if away else None
            grant_role(request.actor, user=user, role=Role(given.pop("role")), **given)
        except NotInSight:
            raise
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The right is given."))
            return redirect(f"/users/{user}/")
    told = {"form": form, "row": row, "request_key": uuid.uuid4()}
    return render(request, "accounts/grant.html", told, status=422 if form.errors else 200)


@page(Permission.USERS_MANAGE)
def review(request: Request) -> HttpResponse:
    """Rights that nobody has looked at for long."""
    rows = [_named(g) for g in to_review(request.actor, clock.today())]
    return render(request, "accounts/review.html", {"grants": rows, "request_key": uuid.uuid4()})


@never_cache
@require_POST
@page(Permission.USERS_MANAGE)
def step(request: Request, user: int) -> HttpResponse:
    """One of the steps on the user's page.  The password link is shown once and kept nowhere."""
    what, number = request.POST.get("step", ""), request.POST.get("grant", "")
    if what == "password_link":
        issue_password_link(request.actor, user=user)
        return _one(request, user, {"password_link": settings.BOSETT_ADDRESS + password_path(user)})
    steps: dict[str, tuple[Callable[[], Any], str]] = {
        "close": (lambda: set_user_active(request.actor, user=user, active=False), _("The user is closed.")),
        "open": (lambda: set_user_active(request.actor, user=user, active=True), _("The user is open again.")),
        "reset_factor": (lambda: reset_second_factor(request.actor, user=user),
                         _("The second factor is taken away. It must be set up at the next log-in.")),
        "end_grant": (lambda: end_role_grant(request.actor, grant=int(number)), _("The right has ended.")),
        "confirm_grant": (lambda: confirm_role_grant(request.actor, grant=int(number)), _("The right is confirmed.")),
    }  # fmt: skip
    if what not in steps or (what.endswith("_grant") and not number.isdecimal()):
        return HttpResponseBadRequest(_("This choice is not known here. Go back and choose again."))
    do, words = steps[what]
    do()
    messages.success(request, words)
    return redirect("/users/review/" if request.POST.get("back") == "review" else f"/users/{user}/")


def _one(request: Request, user: int, more: dict[str, Any]) -> HttpResponse:
    row, grants = one_user(request.actor, user, clock.today())
    told = {
        "row": row,
        "grants": [_named(g) for g in grants],
        "own": user == request.actor.user_id,
        "request_key": uuid.uuid4(),
    }
    return render(request, "accounts/user.html", told | more)


def _named(row: GrantRow) -> tuple[GrantRow, object]:
    return row, ROLE_NAMES.get(row.role, row.role)


def _grantable() -> set[str]:
    return set(ROLE_NAMES) - {"household", "representative", "public", "system"}

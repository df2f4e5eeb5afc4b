"""Setting a password by the link that an administrator gave out.  The link works once, for a day."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from bosett_server.access import audit, rate_limit
from bosett_server.access.rate_limit import Door
from bosett_server.access.request import Request
from bosett_server.actions.accounts import set_password as store_password
from bosett_server.actions.doors import tried
from bosett_server.records.models import User
from bosett_server.web.page import page


@never_cache
@sensitive_post_parameters()
@page(None)
def set_password(request: Request, uid: str, token: str) -> HttpResponse:
    """A new password; a link that is wrong, used or old says only that it does not work."""
    if not tried(Door.LOGIN_ADDRESS, rate_limit.client_address(request.META)):
        return render(request, "accounts/password_link_void.html", {}, status=429)
    user = _user(uid)
    if user is None or not default_token_generator.check_token(user, token):
        return render(request, "accounts/password_link_void.html", {}, status=404)
    form: SetPasswordForm[User] = SetPasswordForm(user, request.POST or None)
    form.fields["new_password1"].help_text = _("At least 12 characters. A sentence is easy to remember.")
    form.fields["new_password2"].help_text = ""
    if request.method == "POST" and form.is_valid():
        store_password(user, form.cleaned_data["new_password1"])
        audit.append("password_set", ("user", user.pk))
        messages.success(request, _("Your password is set. Log in with it."))
        return redirect("/login")
    return render(request, "accounts/password.html", {"form": form}, status=422 if form.errors else 200)


def _user(uid: str) -> User | None:
    try:
        key = urlsafe_base64_decode(uid).decode("ascii")
    except (ValueError, UnicodeDecodeError):
        return None
    return User.objects.filter(pk=int(key), is_active=True).first() if key.isdecimal() else None

"""Who may see which household with a protected address: given by a lead, for one household at a time."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.named_access import end_named_access, grant_named_access
from bosett_server.queries.accounts import named_access
from bosett_server.web.accounts.forms import NamedForm
from bosett_server.web.page import page
from bosett_server.words.refusals import sentence


@page(Permission.NAMED_ACCESS)
def overview(request: Request) -> HttpResponse:
    """Named users by reference; a form to name one more, a button to end."""
    number = request.POST.get("named", "")
    if request.method == "POST" and number.isdecimal():
        end_named_access(request.actor, named=int(number))
        messages.success(request, _("The access has ended."))
        return redirect("/named-access/")
    form = NamedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            grant_named_access(request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The user is named for the household."))
            return redirect("/named-access/")
    told = {
        "form": form,
        "rows": named_access(request.actor, clock.today()),
        "request_key": uuid.uuid4(),
        "own_id": request.actor.user_id,
    }
    return render(request, "accounts/named.html", told, status=422 if form.errors else 200)

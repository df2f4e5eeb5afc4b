"""The door with the one-time code.  A wrong try says nothing about what was wrong."""

from __future__ import annotations

from django import forms
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from bosett.rules.parameters import Parameters
from bosett_server.access import audit, clock, rate_limit
from bosett_server.access.codes import redeem
from bosett_server.access.rate_limit import Door
from bosett_server.access.request import Request
from bosett_server.actions.doors import tried as tried_door
from bosett_server.web.own_page.shown import CHOSEN, language_of, show
from bosett_server.web.own_page.texts import ORDER, Texts
from bosett_server.web.page import page


class CodeForm(forms.Form):
    """The code on the sheet and the second fact."""

    code = forms.CharField(max_length=60, widget=forms.TextInput(attrs={"autocapitalize": "characters"}))
    birth_date = forms.DateField(widget=forms.DateInput())

    def __init__(self, data: object, told: Texts) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["code"].label, self.fields["code"].help_text = (
            told.words["code_label"],
            told.words["code_help"],
        )
        self.fields["birth_date"].label = told.words["birth_label"]


@never_cache
@sensitive_post_parameters()
@page(None)
def enter(request: Request) -> HttpResponse:
    """The form; then the household's page, in a session that ends by itself."""
    told = language_of(request)
    with translation.override(told.code):
        form = CodeForm(request.POST or None, told)
        tried = request.method == "POST"
        if not tried:
            return show(request, "own_page/code.html", told, {"form": form})
        if not _may_try(request):
            return _refused(
                request, told, form, told.say("code_too_many", minutes=rate_limit.wait_minutes()), 429
            )
        found = (
            redeem(form.cleaned_data["code"], form.cleaned_data["birth_date"]) if form.is_valid() else None
        )
    if found is None:
        audit.append("use_code", ("code", ""), {"code": "not_opened"}, "refused")
        return _refused(request, told, form, told.words["code_wrong"], 422)
    _begin(request, *found)
    return redirect("/my/")


@require_POST
@page(None)
def choose_language(request: Request) -> HttpResponse:
    """The language of these pages, for this visit."""
    wished = request.POST.get("language", "")
    if wished not in ORDER:
        return HttpResponseBadRequest()
    request.session[CHOSEN] = wished
    return redirect("/my/" if request.POST.get("next") == "/my/" else "/code/")


def _may_try(request: Request) -> bool:
    address = tried_door(Door.CODE_ADDRESS, rate_limit.client_address(request.META))
    return tried_door(Door.CODE_EVERYWHERE, "") and address


def _begin(request: Request, household: str, role: str) -> None:
    language = request.session.get(CHOSEN)
    logout(request)
    request.session.cycle_key()
    request.session["household_id"], request.session["household_role"] = household, role
    if language:
        request.session[CHOSEN] = language
    minutes = int(Parameters.shipped().lookup("access/own_page_minutes", clock.today()).value)
    request.session.set_expiry(60 * minutes)
    audit.append("use_code", ("household", household), {"for": role})


def _refused(request: Request, told: Texts, form: CodeForm, words: str, status: int) -> HttpResponse:
    return show(request, "own_page/code.html", told, {"form": form, "wrong": words}, status)

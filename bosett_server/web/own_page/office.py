"""What the centre and IMDi do for the household's page: print its code, answer what it asks."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from bosett.terms.errors import Refused
from bosett_server.access.codes import new_code
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.request import Request
from bosett_server.actions.own_page import (
    CORRECTION_ANSWERS,
    REASSESSMENT_ANSWERS,
    answer_correction,
    answer_reassessment,
    print_code,
)
from bosett_server.queries.own_page import PAGE_SIZE, OwnRequest, code_sheet, one_request, open_requests
from bosett_server.web.own_page.shown import show
from bosett_server.web.own_page.texts import texts
from bosett_server.web.page import page
from bosett_server.words.own_page import ANSWER_WORDS, KIND_WORDS, SUBJECT_WORDS
from bosett_server.words.refusals import sentence


class AnswerForm(forms.Form):
    """The outcome and the words the household reads."""

    answer_code = forms.ChoiceField(label=gettext_lazy("Outcome"), widget=forms.RadioSelect)
    answer = forms.CharField(
        label=gettext_lazy("To the household"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Short sentences. It is shown as you write it, next to the outcome in their language."),
    )  # fmt: skip

    def __init__(self, data: Any, row: OwnRequest) -> None:
        super().__init__(data)
        codes = CORRECTION_ANSWERS if row.kind == "correction" else REASSESSMENT_ANSWERS
        self.fields["answer_code"].choices = [(c, ANSWER_WORDS[c]) for c in codes]  # type: ignore[attr-defined]


@never_cache
@page(Permission.CODE_PRINT)
def print_sheet(request: Request, household: uuid.UUID) -> HttpResponse:
    """What a code is; then, once, the sheet to print.  A second press makes a new code and voids the first."""
    sheet = code_sheet(request.actor, household)
    if request.method != "POST":
        return render(
            request, "own_page/print.html", {"sheet": sheet, "language": texts(sheet.language).name}
        )
    code = new_code()
    print_code(
        request.actor, household=household, code=code, for_role=request.POST.get("for_role", "household")
    )
    told = texts(sheet.language)
    until = code_sheet(request.actor, household).expires_on
    context = {
        "code": code,
        "sheet": sheet,
        "address": f"{settings.BOSETT_ADDRESS}/code/",
        "valid": told.say("sheet_valid", day=until),
        "norwegian": texts("nb").words,
        "valid_norwegian": texts("nb").say("sheet_valid", day=until),
        "bilingual": told.code not in {"nb", "nn"},
    }
    return show(request, "own_page/sheet.html", told, context)


@page(Permission.CORRECTION_ANSWER)
def requests(request: Request) -> HttpResponse:
    """What households have asked this office and nobody has answered."""
    before = request.GET.get("before", "")
    rows = open_requests(request.actor, before_id=int(before) if before.isdecimal() else 0)
    told = [(r, KIND_WORDS[r.kind], SUBJECT_WORDS[r.subject]) for r in rows]
    older = rows[-1].id if len(rows) == PAGE_SIZE else 0
    return render(request, "own_page/requests.html", {"requests": told, "older": older})


@page(Permission.CORRECTION_ANSWER)
def answer(request: Request, request_id: int) -> HttpResponse:
    """One request and the form to answer it."""
    row = one_request(request.actor, request_id)
    if row.kind == "reassessment" and not request.actor.may(Permission.REASSESS_ANSWER):
        raise Http404
    form = AnswerForm(request.POST or None, row)
    if request.method == "POST" and form.is_valid():
        step = answer_correction if row.kind == "correction" else answer_reassessment
        try:
            step(request.actor, request=row.id, **form.cleaned_data)
        except (NotInSight, NotPermitted):
            raise
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The household can read your answer on its page."))
            return redirect("/household-requests/")
    told = {
        "row": row, "kind": KIND_WORDS[row.kind], "subject": SUBJECT_WORDS[row.subject], "form": form,
        "request_key": uuid.uuid4(),
    }  # fmt: skip
    return render(request, "own_page/answer.html", told, status=422 if form.errors else 200)

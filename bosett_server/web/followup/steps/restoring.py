"""The page that brings an earlier value of a fact back."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.actions.restoring import REASONS, restore_value
from bosett_server.queries.household_history import household_history
from bosett_server.web.followup.file_words import history_sentence, history_value
from bosett_server.web.followup.steps.frame import head_of, step_page
from bosett_server.web.page import page
from bosett_server.web.step_form import StepForm, posted, run
from bosett_server.words.household_codes import word


class ReasonForm(StepForm):
    """Why the earlier value is the right one."""

    reason = forms.ChoiceField(label=gettext_lazy("Why?"), widget=forms.RadioSelect)
    blames = {"reason_not_known": "reason"}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, word("restoring", code)) for code in REASONS]
        self.fields["reason"].choices = choices  # type: ignore[attr-defined]


@page(Permission.HOUSEHOLD_EDIT)
def restore(request: Request, household: UUID, change: int, field: str) -> HttpResponse:
    """Shows what was changed and what will stand; the value comes back as a new change."""
    head = head_of(request, household, "restore_page")
    _reference, changes = household_history(request.actor, household)
    found = [(line, one) for line in changes if line.id == change for one in line.fields if one.name == field]
    if not found or not found[0][1].restorable:
        raise NotInSight("not_in_sight")
    line, one = found[0]
    told = {"value": history_value(one.name, one.before), "field": word("field", one.name)}
    form = ReasonForm(posted(request))
    step = step_page(
        head,
        _("Bring an earlier value back"),
        _("%(field)s will be: %(value)s.") % told,
        _("Bring the value back"),
        template="followup/steps/restore.html",
        between=(_("History"), f"{head.url}history/"),
        line=line,
        sentence=history_sentence(one),
    )
    return run(
        request,
        form,
        step,
        lambda: restore_value(
            request.actor, household=head.id, change=change, field=field, reason=form.cleaned_data["reason"]
        ),
        lambda: (_("The earlier value stands again."), f"{head.url}history/"),
    )

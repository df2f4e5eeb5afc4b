"""The pages of a protected address: who shall see the household from now on, and that it is over."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.protection import lift_protection, protect_address
from bosett_server.web.followup.steps.forms import ProtectForm
from bosett_server.web.followup.steps.frame import head_of, step_page
from bosett_server.web.page import page
from bosett_server.web.step_form import StepForm, posted, run


@page(Permission.HOUSEHOLD_PROTECT)
def protect(request: Request, household: UUID) -> HttpResponse:
    """Everybody but the named loses sight of it at once."""
    head = head_of(request, household, "protect_page")
    form = ProtectForm(posted(request))
    step = step_page(
        head,
        _("Protect the address"),
        _("When the police or the child welfare service has decided it. It takes effect at once."),
        _("Protect the address"),
        warning=_(
            "From now on only those you name see the household, in any list, count or notice. You do not see it"
            " yourself. An offer or an agreement that is not settled is taken back."
        ),
        danger=True,
    )
    return run(
        request,
        form,
        step,
        lambda: protect_address(
            request.actor, household=head.id, kind=form.cleaned_data["kind"], users=form.cleaned_data["users"]
        ),
        lambda: (_("The address is protected. Those you named are told."), "/households/"),
    )


@page(Permission.HOUSEHOLD_PROTECT)
def lift(request: Request, household: UUID) -> HttpResponse:
    """The household is seen as any other again."""
    head = head_of(request, household, "lift_protection_page")
    form = StepForm(posted(request))
    step = step_page(
        head,
        _("The address is no longer protected"),
        _("When the decision has been lifted. The household comes back in lists and counts."),
        _("Lift the protection"),
    )
    return run(
        request,
        form,
        step,
        lambda: lift_protection(request.actor, household=head.id),
        lambda: (_("The protection is lifted."), head.url),
    )

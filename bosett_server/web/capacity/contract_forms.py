"""The form of a contract: prices, places, and its clock."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bosett.capacity import Extension
from bosett.terms.errors import BadInput
from bosett_server.actions.reception import ContractTold
from bosett_server.web.step_form import StepForm

NOT_KNOWN = _("Leave empty when it is not known.")


class ContractForm(StepForm):
    """What a contract says; an empty field is not known, which is not 0."""

    fixed_places = forms.IntegerField(
        label=_("Fixed places"), required=False, min_value=0, max_value=5000,
        help_text=_("Paid whether anybody lives there or not."),
    )  # fmt: skip
    price_per_place_day_nok = forms.IntegerField(label=_("Price per place and day, kroner"))
    price_empty_nok = forms.IntegerField(
        label=_("Price of an empty fixed place per day, kroner"), required=False, min_value=0, help_text=NOT_KNOWN
    )  # fmt: skip
    call_places = forms.IntegerField(
        label=_("Places on call"), required=False, initial=0, min_value=0, max_value=5000,
        help_text=_("Paid only while called."),
    )  # fmt: skip
    price_call_nok = forms.IntegerField(
        label=_("Price of a called place per day, kroner"), required=False, min_value=0, help_text=NOT_KNOWN
    )  # fmt: skip
    lead_days = forms.IntegerField(
        label=_("Days from call to use"), required=False, min_value=0, max_value=1000
    )
    notice_days = forms.IntegerField(label=_("Days of notice"))
    starts_on = forms.DateField(label=_("From and including"))
    ends_on = forms.DateField(label=_("Until, not including"), required=False)
    locked_until = forms.DateField(
        label=_("Locked until"), required=False, help_text=_("The first day on which notice can take effect.")
    )
    option_days = forms.IntegerField(
        label=_("Option to go on, days more"), required=False, min_value=1, max_value=4000,
        help_text=_("Leave empty when there is no option."),
    )  # fmt: skip
    option_say_before = forms.IntegerField(
        label=_("Days before the end that the option must be used"), required=False, min_value=0, max_value=1000
    )  # fmt: skip
    document = forms.CharField(
        label=_("Where the contract is kept"), required=False, max_length=120, help_text=_("For example a case number.")
    )  # fmt: skip
    blames = {
        "price_not_positive": "price_per_place_day_nok", "contract_without_places": "fixed_places",
        "contract_terms_do_not_fit": "locked_until",
        "ends_before_it_starts": "ends_on",
        "contracts_overlap": "starts_on", "no_lead_or_places": "lead_days", "options_do_not_fit": "option_days",
    }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """An option needs both its numbers."""
        told = super().clean() or {}
        if (told.get("option_days") is None) != (told.get("option_say_before") is None):
            self.add_error("option_days", _("Write both numbers of the option, or neither."))
        told["call_places"] = told.get("call_places") or 0
        return told

    def told(self) -> ContractTold:
        """As the action takes it."""
        given = dict(self.cleaned_data)
        days, before = given.pop("option_days"), given.pop("option_say_before")
        options: tuple[Extension, ...] = ()
        if days is not None:
            try:
                options = (Extension(days, before),)
            except BadInput as fault:
                raise ValueError("the form's own limits let a wrong option through") from fault
        return ContractTold(**given, options=options)

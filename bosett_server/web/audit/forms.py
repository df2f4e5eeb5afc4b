"""The filter of the log; the address is the filter."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from bosett_server.queries.audit import OUTCOMES, Filter

OUTCOME_WORDS = {"done": _("Done"), "read": _("Read"), "refused": _("Refused")}


class FilterForm(forms.Form):
    """Every field may be empty."""

    user = forms.CharField(
        label=_("User"), required=False, max_length=150, help_text=_("User name or number.")
    )
    object_type = forms.CharField(label=_("Kind of thing"), required=False, max_length=30)
    object_id = forms.CharField(label=_("Which one"), required=False, max_length=60)
    verb = forms.ChoiceField(label=_("What was done"), required=False)
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        required=False,
        choices=[("", _("All")), *((o, OUTCOME_WORDS[o]) for o in OUTCOMES)],
    )
    day = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput())

    def __init__(self, data: object, verbs: list[str]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        field = self.fields["verb"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker what stands above
        field.choices = [("", _("All")), *((verb, verb) for verb in verbs)]

    def wanted(self) -> Filter:
        """The filter; a field that cannot be read stands as an error beside it and filters nothing."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        return Filter(**{name: given[name] for name in given if given[name]})

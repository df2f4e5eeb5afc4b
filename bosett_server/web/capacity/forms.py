"""Forms of the capacity room: one question group a screen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bosett.capacity import PlaceKind
from bosett.terms.groups import Basis, Track
from bosett_server.web.capacity.choices import CITIZENSHIPS, LANGUAGES, country_choices, language_choices
from bosett_server.web.followup.steps.forms import names_in
from bosett_server.web.step_form import StepForm
from bosett_server.words.capacity import KINDS, OPERATORS
from bosett_server.words.followup import PROTECTIONS
from bosett_server.words.household_codes import CODES


class CentreForm(StepForm):
    """A new centre."""

    name = forms.CharField(label=_("Name of the centre"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind of centre"), choices=list(KINDS.items()))
    operator_kind = forms.ChoiceField(
        label=_("Who runs it"), choices=list(OPERATORS.items()), widget=forms.RadioSelect
    )
    municipality = forms.ChoiceField(label=_("Municipality"))
    opens_on = forms.DateField(label=_("Opens on"))
    informed_on = forms.DateField(
        label=_("The municipality was told on"), required=False,
        help_text=_("Leave empty if it has not been told yet. It must be before you announce the centre."),
    )  # fmt: skip
    blames = {
        "name_missing": "name", "centre_registered_before": "name", "operator_not_known": "operator_kind",
        "informed_in_the_future": "informed_on",
    }  # fmt: skip

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "municipality", [("", _("Choose a municipality")), *places])


class AnnounceForm(StepForm):
    """The day the municipality was told."""

    informed_on = forms.DateField(label=_("The municipality was told on"))
    blames = {"municipality_not_informed": "informed_on", "informed_in_the_future": "informed_on"}


class PlacesForm(StepForm):
    """Places of one kind from a day."""

    kind = forms.ChoiceField(label=_("Kind of places"), choices=list(KINDS.items()))
    number = forms.IntegerField(
        label=_("Number of places"), help_text=_("All places of this kind, not the change.")
    )
    starts_on = forms.DateField(label=_("From and including"))
    ends_on = forms.DateField(
        label=_("Until, not including"), required=False, help_text=_("Leave empty when no end is decided.")
    )
    blames = {
        "places_out_of_range": "number", "ends_before_it_starts": "ends_on", "outside_the_centres_time": "starts_on",
        "spans_overlap": "ends_on",
    }  # fmt: skip

    def clean_kind(self) -> PlaceKind:
        """As the library names it."""
        return PlaceKind(self.cleaned_data["kind"])


class CloseForm(StepForm):
    """The closing day, and the dialogue before it."""

    closes_on = forms.DateField(label=_("Closes on"), help_text=_("The first day without places."))
    dialogue_on = forms.DateField(label=_("Dialogue with the municipality was held on"))
    dialogue_reference = forms.CharField(
        label=_("Where the dialogue is documented"),
        max_length=60,
        help_text=_("Case and document number in the archive."),
    )
    blames = {
        "already_closing": "closes_on", "closes_before_it_opens": "closes_on", "closes_in_the_past": "closes_on",
        "places_after_closing": "closes_on", "dialogue_in_the_future": "dialogue_on",
        "dialogue_not_documented": "dialogue_reference",
    }  # fmt: skip


class HouseholdForm(StepForm):
    """What is common to the household."""

    track = forms.ChoiceField(
        label=_("How the household comes to Norway"),
        choices=list(CODES["track"].items()),
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("Language"), help_text=_("The language the household wants to be spoken to in.")
    )
    centre_id = forms.ChoiceField(
        label=_("Centre"),
        required=False,
        help_text=_("Leave empty for those who do not live in a centre first."),
    )
    arrived_on = forms.DateField(label=_("Came to the centre on"), required=False)
    permit_on = forms.DateField(label=_("Permit granted on"), required=False)
    protection = forms.ChoiceField(
        label=_("Protected address"),
        choices=[("none", _("No")), *PROTECTIONS.items()],
        initial="none",
        required=False,
        help_text=_("With a protected address nobody but those you name ever sees the household, nor you."),
    )
    named_users = forms.CharField(
        label=_("Who shall see a protected household?"),
        help_text=_("User names, with a comma between. Leave empty for others."),
        max_length=400,
        required=False,
    )
    blames = {"centre_missing": "centre_id", "centre_not_open": "centre_id", "arrival_missing": "arrived_on"}

    def __init__(self, *args: Any, centres: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "centre_id", [("", _("No centre")), *((str(pk), name) for pk, name in centres)])
        _choose(self, "language", [("", _("Choose a language")), *language_choices(LANGUAGES)])

    def clean_protection(self) -> str:
        """Nothing chosen is none."""
        return self.cleaned_data["protection"] or "none"

    def clean_named_users(self) -> list[str]:
        """One user name each."""
        return names_in(self.cleaned_data["named_users"])

    def clean_track(self) -> Track:
        """As the library names it."""
        return Track(self.cleaned_data["track"])

    def clean_centre_id(self) -> int | None:
        """A number, or none."""
        return int(self.cleaned_data["centre_id"]) if self.cleaned_data["centre_id"] else None


class PersonForm(StepForm):
    """One person."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    birth_date = forms.DateField(
        label=_("Birth date"), help_text=_("As the person or the papers say it, not as a number says it.")
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=list(CODES["one_sex"].items()), widget=forms.RadioSelect)
    citizenship = forms.ChoiceField(label=_("Citizenship"))
    basis = forms.ChoiceField(
        label=_("Basis of the permit or application"), choices=list(CODES["basis"].items())
    )
    unaccompanied_minor = forms.BooleanField(label=_("Is an unaccompanied minor"), required=False)
    duf_number = forms.CharField(label=_("DUF number"), required=False, max_length=12)
    national_id = forms.CharField(label=_("D-number or birth number"), required=False, max_length=11)
    blames = {
        "name_missing": "given_name", "birth_date_not_possible": "birth_date", "sex_not_known": "sex",
        "citizenship_not_known": "citizenship", "not_a_minor": "unaccompanied_minor",
        "duf_number_not_valid": "duf_number", "national_id_not_valid": "national_id",
    }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "citizenship", [("", _("Choose a country")), *country_choices(CITIZENSHIPS)])

    def clean_basis(self) -> Basis:
        """As the library names it."""
        return Basis(self.cleaned_data["basis"])


def _choose(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} has no choices")
    field.choices = choices

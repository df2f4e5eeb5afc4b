"""Forms of the planner: few fields, and nothing demanded that is not known."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bosett.decisions.commitments import CommitmentKind, ToldBy
from bosett.outputs.case_facts import OWN_TEXTS
from bosett_server.actions.homes import MOST_BEDROOMS, MOST_MINUTES, MOST_RENT_NOK, HomeFacts
from bosett_server.actions.planner import LONGEST_TEXT, MOST_PERSONS
from bosett_server.queries.homes import HomeLine
from bosett_server.queries.plan_paper import Asked
from bosett_server.web.look.dates import month_words
from bosett_server.web.step_form import StepForm
from bosett_server.words.planner_codes import KINDS, TOLD_BY

OWN_KINDS = (
    CommitmentKind.FAMILY,
    CommitmentKind.SECONDARY_MOVE,
    CommitmentKind.EARLIER_YEAR,
    CommitmentKind.OTHER,
)
TEXT_LABELS = {
    "background": _("Background"),
    "assessment": _("Assessment"),
    "economy": _("What it means for the municipality's own money"),
    "resolution": _("Proposal to the council, in your own words"),
}


class CommitmentForm(StepForm):
    """Who comes besides those in the register."""

    kind = forms.ChoiceField(label=_("Who?"), choices=[(one.value, KINDS[one]) for one in OWN_KINDS])
    persons = forms.IntegerField(label=_("How many persons?"), min_value=1, max_value=MOST_PERSONS)
    month = forms.TypedChoiceField(label=_("From which month?"), coerce=int)
    told_by = forms.ChoiceField(
        label=_("Where is it known from?"),
        choices=[(one.value, words) for one, words in TOLD_BY.items() if one is not ToldBy.REGISTER],
        initial=ToldBy.OWN.value,
    )
    blames = {"commitment_persons_wrong": "persons", "commitment_month_wrong": "month"}

    def __init__(self, *args: Any, months: tuple[Any, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.number, month_words(one)) for one in months]
        self.fields["month"].choices = choices  # type: ignore[attr-defined]


class PaperForm(StepForm):
    """What the municipality adds to its case paper; everything may be left empty."""

    language = forms.ChoiceField(
        label=_("Written form"), choices=[("nb", "Bokmål"), ("nn", "Nynorsk")], widget=forms.RadioSelect
    )
    own_number = forms.IntegerField(
        label=_("A number of your own to compare"), required=False, min_value=0, max_value=MOST_PERSONS
    )
    recommended = forms.IntegerField(
        label=_("The number you recommend"), required=False, min_value=0, max_value=MOST_PERSONS,
        help_text=_("Leave empty to let the council choose among the alternatives."),
    )  # fmt: skip
    case_number = forms.CharField(label=_("Case number"), required=False, max_length=40)
    meeting_on = forms.DateField(label=_("Day of the council meeting"), required=False)
    background = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=LONGEST_TEXT
    )
    assessment = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 6}), required=False, max_length=LONGEST_TEXT
    )
    economy = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=LONGEST_TEXT
    )
    resolution = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=LONGEST_TEXT
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    blames = {"paper_number_wrong": "own_number", "paper_language_wrong": "language"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in OWN_TEXTS:
            self.fields[place].label = TEXT_LABELS[place]

    def told(self) -> dict[str, Any]:
        """As `save_case_paper` takes it."""
        told = {key: value for key, value in self.cleaned_data.items() if key not in OWN_TEXTS}
        return told | {"texts": {place: self.cleaned_data[place] for place in OWN_TEXTS}}


class AnswerForm(StepForm):
    """The council's answer, into the round: the number, the day and the case number are enough."""

    total = forms.IntegerField(label=_("Persons in all"), min_value=0, max_value=100_000)
    em_under15 = forms.IntegerField(
        label=_("Of them unaccompanied minors under 15"), required=False, min_value=0,
        help_text=_("Leave empty if the council did not say."),
    )  # fmt: skip
    em_15_17 = forms.IntegerField(
        label=_("Of them unaccompanied minors 15–17"), required=False, min_value=0,
        help_text=_("Leave empty if the council did not say."),
    )  # fmt: skip
    decided_on = forms.DateField(label=_("Day of the vedtak"))
    case_number = forms.CharField(label=_("Case number"), max_length=40)
    blames = {
        "number_negative": "total", "minors_above_total": "em_under15", "decision_date_in_future": "decided_on",
        "older_than_vedtak_in_force": "decided_on", "source_missing": "case_number",
    }  # fmt: skip

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("em_under15", "em_15_17"):
            if getattr(asked, name) is None:
                del self.fields[name]


class HomeForm(StepForm):
    """A home; address, bedrooms and first day are enough."""

    address = forms.CharField(
        label=_("Address, or what you call it"),
        max_length=120,
        help_text=_("Only your own municipality sees it."),
    )
    bedrooms = forms.IntegerField(label=_("Bedrooms"), min_value=0, max_value=MOST_BEDROOMS)
    free_from = forms.DateField(label=_("Can be let from"))
    free_until = forms.DateField(
        label=_("Can be let until"), required=False, help_text=_("Leave empty if there is no end.")
    )
    step_free = forms.BooleanField(label=_("Step-free"), required=False)
    rent_nok = forms.IntegerField(
        label=_("Rent a month, kroner"), required=False, min_value=0, max_value=MOST_RENT_NOK
    )
    school = forms.CharField(label=_("Nearest school"), required=False, max_length=80)
    school_minutes = forms.IntegerField(
        label=_("Minutes to the school"), required=False, min_value=0, max_value=MOST_MINUTES
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    blames = {
        "home_address_missing": "address", "home_is_there": "address", "home_days_wrong": "free_until",
        "home_let_outside": "free_until",
    }  # fmt: skip

    def facts(self) -> HomeFacts:
        """As the actions take it."""
        return HomeFacts(**{key: value for key, value in self.cleaned_data.items() if key != "version"})


def home_initial(line: HomeLine) -> dict[str, Any]:
    """A registered home as the form shows it."""
    home = line.home
    return {
        "address": line.address, "bedrooms": home.bedrooms, "free_from": home.free.start,
        "free_until": home.free.end, "step_free": home.step_free, "rent_nok": home.rent_nok,
        "school": home.school, "school_minutes": home.school_minutes, "version": line.version,
    }  # fmt: skip


class HoldForm(StepForm):
    """Who has the home, and when."""

    household = forms.ChoiceField(label=_("Who?"), required=False)
    starts_on = forms.DateField(label=_("From"))
    ends_on = forms.DateField(
        label=_("Until"), required=False, help_text=_("Leave empty if no end is known.")
    )
    blames = {
        "home_held_then": "starts_on", "home_not_free_then": "starts_on", "home_days_wrong": "ends_on",
        "household_has_a_home": "household",
    }  # fmt: skip

    def __init__(self, *args: Any, households: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outside = ("", _("Somebody outside the register"))
        self.fields["household"].choices = [*households, outside]  # type: ignore[attr-defined]


class EndForm(StepForm):
    """The last day of somebody in a home."""

    ends_on = forms.DateField(label=_("Moved out on"))
    blames = {"home_days_wrong": "ends_on"}


class FileForm(StepForm):
    """A file of homes."""

    file = forms.FileField(label=_("CSV or Excel file"))

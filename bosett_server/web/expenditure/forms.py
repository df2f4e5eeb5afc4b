"""The forms of the round: plan it, bring in registers, close it, choose a target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from bosett.expenditure.questionnaire import AREAS, kind_name
from bosett.expenditure.register import YEARS
from bosett.sources.opened import LIMIT_BYTES
from bosett_server.web.look.language import current_language
from bosett_server.web.step_form import StepForm

FILES = ".csv,.xlsx"


def word_language() -> str:
    """The language that the questionnaire's own words are shown in."""
    language = current_language()
    return language if language in ("nb", "nn", "en") else "nb"


class PlanForm(StepForm):
    """Who is asked, and by when."""

    year = forms.IntegerField(label=_("Year of the accounts"), min_value=1991, max_value=2100)
    kind = forms.ChoiceField(label=_("What the round is about"))
    asked = forms.IntegerField(
        label=_("Municipalities to ask"), min_value=1, max_value=357,
        help_text=_("With 150 answers or more, the 95 % interval holds about as often as it says."),
    )  # fmt: skip
    minimum = forms.IntegerField(
        label=_("At least so many in each stratum"), min_value=1, max_value=50, initial=3,
        help_text=_("With one answer only, a stratum says nothing of its own error."),
    )  # fmt: skip
    overlap_percent = forms.IntegerField(
        label=_("Of last year's panel, keep so many per cent"), min_value=0, max_value=100, initial=70
    )
    answer_due_on = forms.DateField(label=_("Answers are due on"))
    seed = forms.IntegerField(
        label=_("Seed of the draw"), required=False, min_value=0, max_value=2_000_000_000,
        help_text=_("Leave empty to use last year's, so that the panel stays."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Persons for each municipality, as a file"), required=False,
        help_text=_(
            "Columns: municipality_id, persons, and residence_year (1–5) if known."
            " Without a file: those that Bosett has settled."
        ),
    )  # fmt: skip
    frame_source = forms.CharField(label=_("Where the persons are counted"), required=False, max_length=300)
    blames: Mapping[str, str] = {
        "expenditure_year_out_of_range": "year", "expenditure_round_exists": "year",
        "expenditure_kind_unknown": "kind", "expenditure_due_passed": "answer_due_on",
        "expenditure_frame_empty": "file", "expenditure_file_wrong": "file", "expenditure_frame_unknown": "file",
        "expenditure_sample_impossible": "asked",
    }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_kinds(self.fields["kind"])
        self.fields["file"].widget.attrs.update({"accept": FILES, "data-most-bytes": str(LIMIT_BYTES)})


class KnownForm(StepForm):
    """A register, or KOSTRA totals."""

    kind = forms.ChoiceField(
        label=_("What the file holds"), widget=forms.RadioSelect,
        choices=[
            ("register", _("Register: social assistance and introduction benefit by residence year")),
            ("kostra", _("KOSTRA: what each municipality spent on the whole service")),
        ],
    )  # fmt: skip
    file = forms.FileField(
        label=pgettext_lazy("expenditure", "File"),
        help_text=_(
            "Register: municipality_id, residence_year, item, amount_nok, persons."
            " KOSTRA: municipality_id, item, amount_nok."
        ),
    )  # fmt: skip
    source = forms.CharField(label=pgettext_lazy("expenditure", "Source"), max_length=300)
    blames: Mapping[str, str] = {
        "expenditure_known_row": "file",
        "expenditure_file_wrong": "file", "expenditure_source_missing": "source", "expenditure_known_kind": "kind",
    }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs.update({"accept": FILES, "data-most-bytes": str(LIMIT_BYTES)})


class FigureForm(StepForm):
    """One figure of a register or of KOSTRA, typed."""

    kind = forms.ChoiceField(
        label=_("What the figure is"), widget=forms.RadioSelect, initial="kostra",
        choices=[
            ("kostra", _("KOSTRA: what the municipality spent on the whole service")),
            ("register", _("Register: one item in one residence year")),
        ],
    )  # fmt: skip
    municipality = forms.CharField(
        label=_("Municipality number"), required=False, max_length=4,
        help_text=_("Leave empty for a register figure of the whole country."),
    )  # fmt: skip
    item = forms.CharField(
        label=_("Line or item"), max_length=40,
        help_text=_("As in the files: a line of the questionnaire, or an item such as social_assistance."),
    )  # fmt: skip
    residence_year = forms.IntegerField(
        label=_("Residence year"),
        required=False,
        min_value=1,
        max_value=5,
        help_text=_("Registers only, 1–5."),
    )
    amount_nok = forms.IntegerField(label=_("Whole kroner"), min_value=0, max_value=10**13)
    persons = forms.DecimalField(
        label=_("Persons"), required=False, min_value=0, max_digits=12, decimal_places=3,
        help_text=_("Registers only: those whom the amount was spent on."),
    )  # fmt: skip
    source = forms.CharField(label=pgettext_lazy("expenditure", "Source"), max_length=300)
    blames: Mapping[str, str] = {"expenditure_source_missing": "source", "expenditure_known_kind": "kind"}


class CloseForm(StepForm):
    """The estimator, and the grant per person that the coverage is measured with."""

    estimator = forms.ChoiceField(
        label=_("Estimator"),
        choices=[("ratio", _("Ratio")), ("greg", _("Calibrated (GREG)"))],
        initial="ratio",
    )
    blames: Mapping[str, str] = {"expenditure_rate_negative": "rate_1"}

    def __init__(self, *args: Any, years: tuple[int, ...] = YEARS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for year in years:
            label = gettext("Grant in residence year %(year)s, kroner per person") % {"year": year}
            if years == (1,):
                label = gettext("Grant for a year, kroner per person or place")
            self.fields[f"rate_{year}"] = forms.IntegerField(
                label=label, required=False, min_value=0, max_value=10_000_000,
                help_text=_("Leave empty if it is not known: then there is no coverage."),
            )  # fmt: skip

    def rates(self) -> dict[int, int]:
        """The rates that were given."""
        given = {
            int(name[5:]): value for name, value in self.cleaned_data.items() if name.startswith("rate_")
        }
        return {year: value for year, value in given.items() if value is not None}


class ReopenForm(StepForm):
    """Why an answer is reopened."""

    reason = forms.CharField(
        label=_("Why is the answer reopened?"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands in the log, where the committee reads it."),
    )  # fmt: skip
    blames: Mapping[str, str] = {"expenditure_reason_missing": "reason"}


class TargetForm(StepForm):
    """A target coverage."""

    target = forms.DecimalField(
        label=_("Target: the grants should cover so many per cent"), min_value=1, max_value=200, decimal_places=1,
        max_digits=5,
    )  # fmt: skip
    blames: Mapping[str, str] = {"expenditure_target_out_of_range": "target"}


class KeptTargetForm(TargetForm):
    """A target coverage, and the name it is kept under."""

    name = forms.CharField(label=_("Name, to keep it"), max_length=80)
    blames: Mapping[str, str] = {
        **TargetForm.blames, "expenditure_name_missing": "name", "expenditure_name_taken": "name",
    }  # fmt: skip


class FillForm(StepForm):
    """The filled-in template."""

    file = forms.FileField(
        label=_("The template, filled in"), help_text=_("Nothing is changed before you have looked at it.")
    )
    blames: Mapping[str, str] = {"expenditure_template_wrong": "file"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs.update({"accept": ".xlsx", "data-most-bytes": str(LIMIT_BYTES)})


def _offer_kinds(field: forms.Field) -> None:
    if not isinstance(field, forms.ChoiceField):
        raise TypeError("the kind is chosen from a list")
    field.choices = [(kind, kind_name(kind).in_language(word_language())) for kind in AREAS]

"""The forms of the year's report: a section's words in both forms, and why it is opened again."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from bosett_server.actions.year_report import LONGEST_REASON, LONGEST_TEXT
from bosett_server.web.step_form import StepForm


class WordsForm(StepForm):
    """What a section says, in bokmål and nynorsk; the version that was read goes with it."""

    nb = forms.CharField(
        label=_("Bokmål"), required=False, max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8, "lang": "nb"}),
        help_text=_("An empty line begins a new paragraph."),
    )  # fmt: skip
    nn = forms.CharField(
        label=_("Nynorsk"), required=False, max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8, "lang": "nn"}),
        help_text=_("The same in nynorsk. Leave both empty to take the generated words back."),
    )  # fmt: skip
    on_number = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    blames: Mapping[str, str] = {"report_text_too_long": "nb", "report_text_in_one_form": "nn"}


class ReopenReportForm(StepForm):
    """Why a published report is opened again."""

    reason = forms.CharField(
        label=_("Why is it opened again?"), required=False, max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody can read the reason when the next version is published."),
    )  # fmt: skip
    blames: Mapping[str, str] = {"report_reason_missing": "reason"}

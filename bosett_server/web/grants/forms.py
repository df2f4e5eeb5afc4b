"""The forms of the grant pages: a table of rates, and what a reader assumes in a frame."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bosett_server.actions.import_files import Incoming
from bosett_server.queries.grant_frames import FrameAsk
from bosett_server.web.step_form import StepForm

MOST_PERSONS, MOST_GROWTH, MOST_NOK = 5000, 20, 10_000_000


class RateTableForm(StepForm):
    """An official table of rates: the file and where it is from."""

    file = forms.FileField(
        label=_("File"), help_text=_("csv or xlsx with the columns rule, from and amount_nok.")
    )
    title = forms.CharField(
        label=_("Source of the rates"),
        max_length=300,
        required=False,
        help_text=_("Such as the circular and its number. A row of the file may name its own instead."),
    )
    published = forms.DateField(
        label=_("Published on"), help_text=_("From this day the rates count as known."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip
    href = forms.URLField(
        label=_("Address of the source"), required=False, assume_scheme="https", max_length=400
    )
    blames = {
        "rate_has_no_source": "title", "rate_is_a_fraction": "file", "rates_overlap": "file",
        "rates_have_a_gap": "file", "rate_table_wrong": "file", "rate_table_changes_nothing": "file",
        "published_in_the_future": "published", "file_type_not_read": "file", "file_is_empty": "file",
        "file_too_large": "file",
    }  # fmt: skip

    def incoming(self) -> Incoming:
        """The file, read whole."""
        given = self.cleaned_data["file"]
        return Incoming(given.name or "", given.read())


class FrameForm(forms.Form):
    """What the reader may assume; every field may be left empty."""

    year = forms.TypedChoiceField(label=_("First year"), coerce=int, required=False)
    own = forms.IntegerField(label=_("Your own number for the first year"), required=False, min_value=0,
                             max_value=MOST_PERSONS)  # fmt: skip
    growth = forms.IntegerField(
        label=_("Growth a year of rates that are not known, per cent"), required=False, min_value=-MOST_GROWTH,
        max_value=MOST_GROWTH,
    )  # fmt: skip
    collective_ends = forms.IntegerField(
        label=_("First year without collective protection"), required=False, min_value=2000, max_value=2100
    )
    residents_nok = forms.IntegerField(
        label=_("Innbyggertilskudd for a person, kroner"), required=False, min_value=0, max_value=MOST_NOK
    )
    unused_nok = forms.IntegerField(
        label=_("Cost of an unused place a year, kroner"), required=False, min_value=0, max_value=MOST_NOK
    )

    def __init__(self, *args: Any, today: date, national: bool, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        year = self.fields["year"]
        if not isinstance(year, forms.TypedChoiceField):
            raise TypeError("the year is chosen from a list")
        year.choices = [(one, str(one)) for one in range(today.year - 1, today.year + 3)]
        year.initial = today.year
        if national:
            del self.fields["own"]

    def ask(self, municipality: str, today: date) -> FrameAsk:
        """What is asked for; an empty or wrong field is as we assume it."""
        told = self.cleaned_data if self.is_bound else {}
        return FrameAsk(
            municipality, told.get("year") or today.year, told.get("own"), told.get("growth") or 0,
            told.get("collective_ends"), told.get("residents_nok"), told.get("unused_nok"),
        )  # fmt: skip

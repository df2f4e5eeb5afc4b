"""The form that brings a file in: the file, and what the file does not say itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.sources.importers import Importer
from bosett.sources.opened import LIMIT_BYTES
from bosett.statistics.measures import MEASURES
from bosett_server.actions.figure_imports import Told
from bosett_server.actions.import_files import Incoming
from bosett_server.queries.import_kinds import WHOLE, subject_of
from bosett_server.web.step_form import StepForm

YEAR_KINDS = ("imdi_pages", "udi_monthly")
MEASURE_KINDS = ("jsonstat",)


class UploadForm(StepForm):
    """One file of one kind."""

    file = forms.FileField(label=_("File"))
    retrieved = forms.DateField(
        label=_("Fetched on"), required=False, help_text=_("The day the file was downloaded from its source.")
    )
    year = forms.IntegerField(
        label=_("Year"),
        min_value=1980,
        max_value=2100,
        required=False,
        help_text=_("If the page does not say it."),
    )
    measure = forms.ChoiceField(
        label=_("What the numbers are"),
        required=False,
        help_text=_("If it is a table that Bosett does not know."),
    )
    href = forms.URLField(
        label=_("Address of the source"), required=False, assume_scheme="https", max_length=400
    )
    licence = forms.CharField(
        label=_("Licence"),
        required=False,
        max_length=200,
        help_text=_("As the source states it, such as CC BY 4.0."),
    )
    whole = forms.BooleanField(
        label=_("The file is the whole table"), required=False,
        help_text=_("What it leaves out is taken away. Without this, what it leaves out stands as before."),
    )  # fmt: skip
    blames = {
        "too_many_rows": "file", "file_is_empty": "file",
        "file_too_large": "file", "file_already_imported": "file", "figure_twice": "file",
        "retrieved_in_the_future": "retrieved",
    }  # fmt: skip

    def __init__(self, *args: Any, kind: Importer, language: str, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})["whole"] = kind.kind in WHOLE
        super().__init__(*args, **kwargs)
        file = self.fields["file"]
        told = {"endings": ", ".join(kind.suffixes), "most": LIMIT_BYTES // 2**20}
        file.help_text = gettext("%(endings)s, at most %(most)s MB") % told
        file.widget.attrs.update({"accept": ",".join(kind.suffixes), "data-most-bytes": str(LIMIT_BYTES)})
        if kind.kind not in YEAR_KINDS:
            del self.fields["year"]
        if kind.kind not in MEASURE_KINDS:
            del self.fields["measure"]
        else:
            _offer_measures(self.fields["measure"], language)
        if subject_of(kind) in ("households", "assignments"):
            for name in ("retrieved", "href", "licence", "whole"):
                del self.fields[name]
        elif "retrieved" in kind.asks:
            self.fields["retrieved"].required = True

    def told(self) -> Told:
        """What the person told beside the file."""
        data = self.cleaned_data
        return Told(
            data.get("retrieved"), data.get("href", ""), data.get("licence", ""), data.get("year"),
            data.get("measure", ""),
        )  # fmt: skip

    def incoming(self) -> Incoming:
        """The file; read whole only here, after its size was looked at."""
        given = self.cleaned_data["file"]
        return Incoming(given.name or "", given.read())


def _offer_measures(field: forms.Field, language: str) -> None:
    if not isinstance(field, forms.ChoiceField):
        raise TypeError("the measure is chosen from a list")
    names = sorted((one.name.in_language(language), one.id) for one in MEASURES.values())
    field.choices = [("", gettext("The table says it")), *((key, name) for name, key in names)]

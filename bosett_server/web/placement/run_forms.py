"""Forms around a run: its aim, a choice beforehand, what if, and a score table with its card."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bosett_server.actions.placement_choices import EXCLUSION
from bosett_server.actions.placement_scores import CARD
from bosett_server.words import placement_runs as words


class RunForm(forms.Form):
    """The aim of a run."""

    objective = forms.ChoiceField(
        label=_("What comes first"), choices=list(words.OBJECTIVES.items()), initial="placed-first",
        widget=forms.RadioSelect,
        help_text=_("The first is what we use. The others show what another aim would give; none decides anything."),
    )  # fmt: skip
    fairness_floor = forms.FloatField(
        label=_("Floor under the worst group (0 to 1)"), required=False, min_value=0, max_value=1,
        help_text=_("The share of its best that every group must reach. Empty = no floor."),
    )  # fmt: skip
    score_floor = forms.FloatField(
        label=_("Floor on points, with wishes (0 to 1)"), required=False, min_value=0, max_value=1,
        help_text=_("The share of the best total that wishes may not take away. Only when wishes come first."),
    )  # fmt: skip
    pressure_percent = forms.IntegerField(
        label=_("Places kept back at full pressure, per cent"), required=False, min_value=0, max_value=100,
        help_text=_("Municipalities whose housing and services are pressed get fewer. Empty = pressure is left out."),
    )  # fmt: skip
    homes = forms.BooleanField(
        label=_("Only homes that are offered"), required=False,
        help_text=_(
            "A municipality that offers homes gets only households that one is left for, one household a home."
        ),
    )  # fmt: skip
    priorities = forms.BooleanField(
        label=_("Count what municipalities say they can best receive"), required=False,
        help_text=_("A few points between places that are nearly as good. It closes no municipality to anybody."),
    )  # fmt: skip
    scores = forms.ChoiceField(
        label=_("Scores"), required=False,
        help_text=_("Without a table, needs, ties, wishes and places decide."),
    )  # fmt: skip

    def __init__(self, *args: Any, tables: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scores"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("None")), *tables]


class ChoiceForm(forms.Form):
    """What should apply for a household in every run from now on."""

    kind = forms.ChoiceField(
        label=_("What should apply"),
        choices=[
            ("place", _("Goes to this municipality")), ("not_there", _("Does not go to this municipality")),
            ("wait", _("Waits: no municipality yet")),
        ],
        initial="place", widget=forms.RadioSelect,
        help_text=_(
            "Why a household does not go somewhere is not stored: everybody reads “other need”. So write no words then."
        ),
    )  # fmt: skip
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    reason_code = forms.ChoiceField(label=_("Why"), required=False, choices=list(words.OVERRIDES.items()))
    reason = forms.CharField(
        label=_("In a few words"), max_length=400, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("The household can read this. Write nothing about health or about other people."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, places: list[tuple[str, str]], looking: bool = False, **kwargs: Any
    ) -> None:
        """Whoever only looks at the price needs no reason."""
        super().__init__(*args, **kwargs)
        self.looking = looking
        field = self.fields["municipality"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Choose a municipality")), *places]
        why = self.fields["reason_code"]
        if isinstance(why, forms.ChoiceField):
            why.choices = [("", _("Choose why")), *words.OVERRIDES.items()]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("kind") in {"place", "not_there"} and not told.get("municipality"):
            self.add_error("municipality", _("Choose the municipality this is about."))
        if told.get("kind") == "wait":
            told["municipality"] = ""
        if told.get("kind") == "not_there":
            told["reason_code"] = EXCLUSION
            if told.get("reason"):
                self.add_error(
                    "reason", _("Take the words away: why a household does not go there is not stored.")
                )
        elif not told.get("reason_code") and not self.looking:
            self.add_error("reason_code", _("Choose why."))
        return told


class WhatIfForm(forms.Form):
    """One or two changes to a run that is kept."""

    place = forms.ChoiceField(
        label=_("Municipality with other places"), required=False,
        help_text=_("One that had none is a new site; 0 places means that it withdraws."),
    )  # fmt: skip
    places = forms.IntegerField(label=_("Places for persons"), required=False, min_value=0, max_value=5000)
    household = forms.CharField(
        label=_("Household (reference)"), required=False, max_length=20,
        help_text=_("Leave it empty if only places change."),
    )  # fmt: skip
    to = forms.ChoiceField(label=_("Is put in"), required=False)

    def __init__(self, *args: Any, names: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, first in (("place", _("No change")), ("to", _("No place: it waits"))):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", first), *names]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if bool(told.get("place")) != (told.get("places") is not None):
            self.add_error("places", _("Choose a municipality and write its places, or leave both empty."))
        if not told.get("place") and not told.get("household"):
            self.add_error("place", _("Write at least one change."))
        return told


class ReportForm(forms.Form):
    """A newer measurement of a table."""

    report = forms.FileField(
        label=_("A newer summary.json"),
        help_text=_(
            "It must be written with this very table. A table in use that fails it is out of use at once."
        ),
    )


class ScoresForm(forms.Form):
    """A score table and everything its model card must say."""

    name = forms.CharField(label=_("Name of the table"), max_length=120)
    file = forms.FileField(
        label=_("The score table"),
        help_text=_("CSV: household_reference, then one column with the code of each municipality."),
    )
    report = forms.FileField(
        label=_("What was measured (summary.json)"), required=False,
        help_text=_(
            "Written by bosett outcomes in the same folder as the table. Without it you can load the table and look"
            " at it, but nobody can approve it."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in CARD:
            self.fields[f"card_{part}"] = forms.CharField(
                label=str(words.CARD[part]), max_length=2000, widget=forms.Textarea({"rows": 2})
            )

    @property
    def card(self) -> dict[str, str]:
        """The model card as written."""
        return {part: self.cleaned_data[f"card_{part}"] for part in CARD}

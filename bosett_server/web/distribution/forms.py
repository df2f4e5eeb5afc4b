"""How the need is divided, and a number set by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bosett.decisions.mid_year import AfterChange
from bosett.distribution import Rounding
from bosett_server.actions.distribution import DraftCriteria
from bosett_server.web.distribution.codes import split_codes
from bosett_server.web.distribution.wording import POLICIES, UNHEARD

MOST = 100_000


class DraftForm(forms.Form):
    """The criteria of a draft."""

    answer_due_on = forms.DateField(label=_("Answers are due on"))
    divide = forms.ChoiceField(
        label=_("What is divided"), widget=forms.RadioSelect, initial="whole",
        choices=[
            ("whole", _("The whole need, anew")),
            ("extra", _("Only what the need has grown by, on top of what each is asked for already")),
        ],
    )  # fmt: skip
    population_percent = forms.IntegerField(
        label=_("Weight of the population, per cent"), min_value=0, max_value=100, initial=100,
        help_text=_("The rest goes to central municipalities, by population. The weights are our assumption."),
    )  # fmt: skip
    size_minimum = forms.IntegerField(
        label=_("Smallest population that is asked"), min_value=0, max_value=1_000_000, initial=0
    )
    floor = forms.IntegerField(
        label=_("Fewest persons for a municipality that is asked"), min_value=0, max_value=1000, initial=0
    )
    em_under15 = forms.IntegerField(
        label=_("Of them unaccompanied minors under 15"), min_value=0, max_value=MOST, initial=0
    )
    em_15_17 = forms.IntegerField(
        label=_("Of them unaccompanied minors 15–17"), min_value=0, max_value=MOST, initial=0
    )
    excluded = forms.CharField(
        label=_("Municipalities that are not asked"), required=False, max_length=2000,
        help_text=_("Municipality codes with a blank between, such as 0301 4601."),
    )  # fmt: skip
    rounding = forms.ChoiceField(
        label=_("How shares become whole persons"),
        choices=[
            (Rounding.LARGEST_REMAINDER.value, _("Largest remainder")),
            (Rounding.SAINTE_LAGUE.value, _("Sainte-Laguë")),
        ],
    )

    def __init__(self, *args: Any, known_codes: frozenset[str], has_round: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_codes = known_codes
        if not has_round:
            del self.fields["divide"]

    def clean_excluded(self) -> tuple[str, ...]:
        """The codes as a list; a code that is none is told."""
        codes, unknown = split_codes(self.cleaned_data["excluded"], self.known_codes)
        if unknown:
            told = {"codes": ", ".join(unknown[:5])}
            raise forms.ValidationError(_("No municipality has the code %(codes)s."), params=told)
        return codes

    def criteria(self) -> DraftCriteria:
        """As the action takes them."""
        told = self.cleaned_data
        return DraftCriteria(
            population_percent=told["population_percent"],
            floor=told["floor"],
            size_minimum=told["size_minimum"],
            excluded=told["excluded"],
            em_under15=told["em_under15"],
            em_15_17=told["em_15_17"],
            extra_only=told.get("divide") == "extra",
            rounding=Rounding(told["rounding"]),
        )


class LineForm(forms.Form):
    """One municipality's number."""

    asked = forms.IntegerField(label=_("Ask for this many persons"), max_value=MOST)
    em_under15 = forms.IntegerField(label=_("Of them unaccompanied minors under 15"), max_value=MOST)
    em_15_17 = forms.IntegerField(label=_("Of them unaccompanied minors 15–17"), max_value=MOST)
    reason = forms.CharField(
        label=_("Why the number is changed"), required=False, max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The municipality sees the reason. Leave it empty only when you go back to the computed number."),
    )  # fmt: skip


class SendForm(forms.Form):
    """Sending needs a yes, and a reason when the requests do not sum to the need."""

    reason = forms.CharField(
        label=_("Why the requests do not sum to the need"), required=False, max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    unheard_reason = forms.ChoiceField(
        label=_("Why you send before everybody is heard"), required=False,
        choices=[("", _("Wait until everybody is heard")), *((code.value, words) for code, words in UNHEARD.items())],
        help_text=_("The reason is kept with the round, and everybody sees it."),
    )  # fmt: skip
    after_change = forms.ChoiceField(
        label=_("What the State does with answers already given"), widget=forms.RadioSelect, initial=AfterChange.KEEP,
        choices=[(code.value, words) for code, words in POLICIES.items()],
        help_text=_("A council's vedtak stands in any case."),
    )  # fmt: skip
    sure = forms.BooleanField(label=_("I know that requests that are sent cannot be taken back"))

    def __init__(self, *args: Any, sums: bool, heard: bool, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sums:
            del self.fields["reason"]
        if heard:
            del self.fields["unheard_reason"]
        if first:
            del self.fields["after_change"]


class AdoptForm(forms.Form):
    """When answers to the round are due that kept criteria become."""

    answer_due_on = forms.DateField(label=_("Answers are due on"))


class IndicatorForm(forms.Form):
    """Figures by municipality, pasted from a spreadsheet."""

    name = forms.CharField(label=_("Name of the indicator"), max_length=80)
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Where the figures are from, and of when.")
    )
    figures = forms.CharField(
        label=_("Figures"), max_length=60_000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A line for each municipality: code, then figure. Leave out those without a figure."),
    )  # fmt: skip

    def clean_figures(self) -> dict[str, str]:
        """Code -> figure as it was written; a line that is not two columns is told by its number."""
        found: dict[str, str] = {}
        for number, line in enumerate(self.cleaned_data["figures"].splitlines(), start=1):
            parts = [part.strip() for part in line.replace("\t", ";").split(";")]
            if parts == [""]:
                continue
            if len(parts) != 2 or not parts[1] or parts[0] in found:
                raise forms.ValidationError(
                    _("Line %(line)s: write the code once, a semicolon, and the figure."),
                    params={"line": number},
                )
            found[parts[0]] = parts[1]
        return found

"""Forms of the placement room."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from bosett_server.words import placement_codes as words
from bosett_server.words.placement_hosts import CRITERIA
from bosett_server.words.placement_runs import OVERRIDES


def _choices(codes: Mapping[str, object]) -> list[tuple[str, object]]:
    return list(codes.items())


class OverrideForm(forms.Form):
    """Another municipality, and why."""

    municipality = forms.ChoiceField(
        label=_("Municipality"),
        error_messages={"invalid_choice": _("This municipality has no place left for the household.")},
    )
    reason_code = forms.ChoiceField(
        label=_("Why this municipality"), required=False, choices=[("", _("Choose why")), *OVERRIDES.items()],
        help_text=_("Needed when it is another municipality than the proposed one."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("In a few words"), max_length=400, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("The household can read this. Write nothing about health or about other people."),
    )  # fmt: skip

    def __init__(self, *args: object, places: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["municipality"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Choose a municipality")), *places]


class DeclineForm(forms.Form):
    """No, with a reason from the list."""

    reason = forms.ChoiceField(
        label=_("Why do you decline?"), choices=_choices(words.DECLINE), widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("A few words to IMDi"), max_length=400, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("Write nothing that can tell who the household is."),
    )  # fmt: skip


class AskForm(forms.Form):
    """A question to IMDi."""

    question = forms.ChoiceField(
        label=_("What do you need to know?"), choices=_choices(words.QUESTIONS), widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Your question"), max_length=600, required=False, widget=forms.Textarea({"rows": 3})
    )


class AnswerForm(forms.Form):
    """IMDi's answer."""

    text = forms.CharField(
        label=_("Your answer"), max_length=600, widget=forms.Textarea({"rows": 3}),
        help_text=_("The municipality has not accepted yet. Write nothing that can tell who the household is."),
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """Take an offer back."""

    reason = forms.ChoiceField(
        label=_("Why do you withdraw it?"), choices=_choices(words.WITHDRAW), widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note"), max_length=400, required=False, widget=forms.Textarea({"rows": 2})
    )


class OpenPlacesForm(forms.Form):
    """Places above or before the vedtak."""

    number = forms.IntegerField(label=_("How many places"), min_value=1, max_value=5000)
    group = forms.ChoiceField(label=_("For whom"), choices=_choices(words.GROUPS), initial="all")
    reason = forms.ChoiceField(label=_("Why"), choices=_choices(words.OPEN))
    household = forms.ChoiceField(
        label=_("For one household"),
        required=False,
        help_text=_("Leave this empty to open the places for anybody."),
    )

    def __init__(self, *args: object, homes: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["household"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Anybody")), *homes]


class PrioritiesForm(forms.Form):
    """What the municipality can best receive, at most three, the first first."""

    first = forms.ChoiceField(label=_("First"), required=False)
    second = forms.ChoiceField(label=_("Then"), required=False)
    third = forms.ChoiceField(label=_("And then"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("Nothing")), *CRITERIA.items()]


class SelfSettlementForm(forms.Form):
    """A home that the household found itself."""

    municipality = forms.ChoiceField(label=_("Municipality"))
    lease_from = forms.DateField(label=_("The home is free from"), widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: object, places: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["municipality"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Choose a municipality")), *places]


class RefuseForm(forms.Form):
    """The municipality says no to a home."""

    reason = forms.ChoiceField(
        label=_("Why do you say no?"), choices=_choices(words.REFUSE), widget=forms.RadioSelect
    )

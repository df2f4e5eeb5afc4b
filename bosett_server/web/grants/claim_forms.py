"""The forms of claims: one field a thing that the scheme asks, errors beside the field they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bosett.grants.claim import PLACE_TYPES, Claim
from bosett.grants.claim_sheet import REFUSAL_REASONS, SHEETS
from bosett.terms.errors import BadInput
from bosett_server.queries.grant_claims import Claimable
from bosett_server.web.look.dates import date_digits
from bosett_server.web.step_form import StepForm
from bosett_server.words.grants import REASONS

MOST_NOK, MOST_COUNT, GRANT_YEARS = 100_000_000, 100_000, range(1, 16)
UNCHECKED: list[tuple[str, str | Promise]] = [
    ("", pgettext_lazy("claim", "not checked")),
    ("yes", pgettext_lazy("claim", "yes")),
    ("no", pgettext_lazy("claim", "no")),
]
PLACE_NAMES: Mapping[str, str | Promise] = {
    "ordinary": pgettext_lazy("place type", "ordinary place"),
    "unaccompanied_minor": pgettext_lazy("place type", "place for unaccompanied minors of 15 to 17"),
    "adapted": pgettext_lazy("place type", "adapted place"),
    "care_centre": pgettext_lazy("place type", "place in a care centre"),
}
LABELS: Mapping[str, str | Promise] = {
    "cost_nok": _("Documented extraordinary cost, kroner"),
    "persons": _("Number of persons"),
    "places": _("Number of places"),
    "asked": _("Persons asked for"),
    "voted": _("Persons voted for"),
    "settled": _("Persons settled"),
    "from_date": _("From"),
    "to_date": _("To"),
    "by_agreement": _("Was the person settled by agreement?"),
    "arose_before_settlement": _("Did the condition arise before settlement?"),
    "conditions_met": _("Are all conditions met?"),
}
HELP: Mapping[str, str | Promise] = {
    "cost_nok": _("Whole kroner. Only what is documented and beyond ordinary cost."),
    "asked": _("By the request that the scheme counts from."),
    "to_date": _("The last day. For an alternative reception place: empty means the advance of four months."),
}


class ClaimForm(StepForm):
    """What one scheme asks; the fields are made from its sheet."""

    blames = {
        "claim_year_out_of_range": "year", "claim_person_not_settled_here": "person_id",
        "claim_person_without_ground": "person_id", "claim_twice": "grant_year",
    }  # fmt: skip

    def __init__(
        self, *args: Any, scheme: str, today: date, people: Sequence[Claimable], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.scheme = scheme
        years = [(one, str(one)) for one in range(today.year + 1, today.year - 8, -1)]
        self.fields["year"] = forms.TypedChoiceField(
            label=_("Calendar year"), choices=years, coerce=int, initial=today.year
        )
        for name in SHEETS[scheme].fields:
            self.fields[name] = _field(name, people, required=name in SHEETS[scheme].needed)

    def claim(self, municipality: str) -> Claim | None:
        """The claim as told, or None when it cannot be, with the error beside the field."""
        told: dict[str, Any] = {
            name: _value(name, self.cleaned_data.get(name)) for name in SHEETS[self.scheme].fields
        }
        try:
            return Claim("new", self.scheme, self.cleaned_data["year"], municipality, **told)
        except BadInput as wrong:
            self.add_error(wrong.column if wrong.column in self.fields else None, str(_said(wrong)))
            return None


class DecisionForm(StepForm):
    """Granted, or refused for a reason."""

    answer = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[("granted", _("Grant the claim")), ("refused", _("Refuse the claim"))],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("Why it is refused"),
        required=False,
        choices=[("", _("Choose a reason")), *((code, REASONS[code]) for code in REFUSAL_REASONS)],
    )
    blames = {"claim_refused_without_reason": "reason", "claim_gives_nothing": "answer"}


class ExtensionForm(StepForm):
    """A later deadline, asked for in time."""

    asked_on = forms.DateField(
        label=_("The municipality asked on"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(label=_("New deadline"), widget=forms.DateInput(attrs={"type": "date"}))
    blames = {"extension_asked_too_late": "asked_on", "extension_not_later": "until"}


def initial(claim: Claim) -> dict[str, object]:
    """The form's values of a claim that is to be changed."""
    told = {name: getattr(claim, name) for name in SHEETS[claim.scheme].fields}
    answers = {True: "yes", False: "no", None: ""}
    return {
        "year": claim.year,
        **{name: answers[value] if isinstance(value, bool) else value for name, value in told.items()},
    }


def _field(name: str, people: Sequence[Claimable], *, required: bool) -> forms.Field:
    if name == "person_id":
        return forms.ChoiceField(
            label=_("Person"), choices=[("", _("Choose a person")), *map(_choice, people)]
        )
    if name == "grant_year":
        years = [(one, str(one)) for one in GRANT_YEARS]
        return forms.TypedChoiceField(
            label=_("Grant year"),
            coerce=int,
            choices=years,
            help_text=_("1 begins on the day of settlement."),
        )
    if name == "place_type":
        return forms.ChoiceField(
            label=_("Type of place"), choices=[(one, PLACE_NAMES[one]) for one in PLACE_TYPES]
        )
    shared: dict[str, Any] = {"label": LABELS[name], "help_text": HELP.get(name, ""), "required": required}
    if name.endswith("_date"):
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **shared)
    if name in ("by_agreement", "arose_before_settlement", "conditions_met"):
        return forms.ChoiceField(choices=UNCHECKED, **shared)
    return forms.IntegerField(min_value=0, max_value=MOST_NOK if name == "cost_nok" else MOST_COUNT, **shared)


def _choice(one: Claimable) -> tuple[str, str | Promise]:
    told = {
        "household": one.household, "born": one.birth_year, "day": date_digits(one.settled_on),
        "due": date_digits(one.first_deadline),
    }  # fmt: skip
    return str(one.person), _("%(household)s, born %(born)s, settled %(day)s (first deadline %(due)s)") % told


def _value(name: str, value: object) -> object:
    if name in ("by_agreement", "arose_before_settlement", "conditions_met"):
        return {"yes": True, "no": False}.get(str(value))
    return "" if value is None and name in ("place_type", "person_id") else value


def _said(wrong: BadInput) -> Promise | str:
    """In the reader's words; the rest of what cannot be is kept out by the fields themselves."""
    if wrong.column == "to_date":
        return _("The last day is before the first. Correct one of them.")
    if wrong.column == "year":
        return _("An advance is claimed in the year of arrival. Choose that year.")
    return _("This cannot be right: %(found)s. Allowed is: %(allowed)s.") % {
        "found": wrong.found, "allowed": wrong.allowed,
    }  # fmt: skip

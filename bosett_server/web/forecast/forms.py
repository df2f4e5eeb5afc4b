"""A need as somebody states it, with or without the parts it was worked out from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bosett.forecast import Estimate, NeedInputs
from bosett.terms.errors import BadInput
from bosett_server.access import clock

MOST = 1_000_000
PART_LABELS = {
    "ready_in_reception": _("Have a permit and live in reception at the turn of the year"),
    "expected_grants": _("Expected to get a permit in the year"),
    "quota": _("Resettlement refugees in the year"),
    "leaves": _("Expected to leave without a municipality"),
}
ENDS = {"low": _("lowest"), "point": _("expected"), "high": _("highest")}


class NeedForm(forms.Form):
    """The need; `parts` may all be empty, or all be filled in."""

    year = forms.IntegerField(label=_("Year"), min_value=2016, max_value=2099)
    value = forms.IntegerField(
        label=_("Settlement need"),
        help_text=_("Persons, whole number. Leave empty to take the sum of the parts."),
        max_value=MOST,
        required=False,
    )
    valid_from = forms.DateField(label=_("Stated on"), help_text=_("The day the number was made known."),
                                 widget=forms.DateInput)  # fmt: skip
    source = forms.CharField(
        label=_("Source"), help_text=_("Letter, case number or address."), max_length=500
    )
    reason = forms.CharField(
        label=_("What is known and not known"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part, label in PART_LABELS.items():
            for end, words in ENDS.items():
                self.fields[f"{part}_{end}"] = forms.IntegerField(
                    label=_("%(part)s, %(end)s") % {"part": label, "end": words},
                    min_value=0,
                    max_value=MOST,
                    required=False,
                )

    def part_rows(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Label and the three fields of each part, for a table of fields."""
        return [(label, [self[f"{part}_{end}"] for end in ENDS]) for part, label in PART_LABELS.items()]

    def clean(self) -> dict[str, Any]:
        """All parts or none; a value, or parts to sum."""
        told = super().clean() or {}
        given = [told.get(f"{part}_{end}") for part in PART_LABELS for end in ENDS]
        if any(one is not None for one in given) and any(one is None for one in given):
            self.add_error(None, _("Fill in every part, also one that is 0, or leave all of them empty."))
        elif not any(one is not None for one in given) and told.get("value") is None:
            self.add_error("value", _("Write the need, or fill in its parts."))
        elif given[0] is not None and not self.errors:
            told["inputs"] = self._inputs(told)
        return told

    def _inputs(self, told: dict[str, Any]) -> NeedInputs | None:
        estimates = {}
        for part, label in PART_LABELS.items():
            low, point, high = (told[f"{part}_{end}"] for end in ENDS)
            try:
                estimates[part] = Estimate(low, point, high)
            except BadInput:
                self.add_error(
                    f"{part}_point",
                    _("%(part)s: the expected number must lie between the ends.") % {"part": label},
                )
        if len(estimates) < len(PART_LABELS):
            return None
        return NeedInputs(
            year=told["year"],
            as_of=told.get("valid_from") or clock.today(),
            ready_in_reception=estimates["ready_in_reception"],
            expected_grants=estimates["expected_grants"],
            quota=estimates["quota"],
            leaves=estimates["leaves"],
        )

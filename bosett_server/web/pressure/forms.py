"""The pulse: one step and its reasons for each sector."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bosett.agreement.pressure import SECTORS, Sector
from bosett.agreement.pressure_reasons import REASONS
from bosett_server.actions.pressure import SectorAnswer
from bosett_server.queries.pressure import OwnPulse
from bosett_server.web.step_form import StepForm
from bosett_server.words.pressure import REASONS as WORDS
from bosett_server.words.pressure import SECTORS as NAMES
from bosett_server.words.pressure import STEPS

NO_ANSWER = ("", _("Not answered"))


class PulseForm(StepForm):
    """Eight sectors; every one may be left out."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, told: OwnPulse, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": told.version, **_initial(told)}, **kwargs)
        for sector in SECTORS:
            self.fields[f"step_{sector}"] = forms.TypedChoiceField(
                label=str(NAMES[sector]), choices=[NO_ANSWER, *STEPS.items()], coerce=int, empty_value=None,
                required=False,
            )  # fmt: skip
            self.fields[f"why_{sector}"] = forms.MultipleChoiceField(
                label=_("Why?"), choices=[(code, WORDS[code]) for code in REASONS[sector]], required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip

    def sectors(self) -> list[tuple[Any, Any, bool]]:
        """(step, reasons, whether the reasons are open) of each sector, for the page."""
        return [
            (self[f"step_{sector}"], self[f"why_{sector}"], bool(self[f"why_{sector}"].value()))
            for sector in SECTORS
        ]

    def answers(self) -> dict[Sector, SectorAnswer]:
        """What was answered; reasons without a step are no answer."""
        told = self.cleaned_data
        return {
            sector: SectorAnswer(told[f"step_{sector}"], tuple(told[f"why_{sector}"]))
            for sector in SECTORS
            if told[f"step_{sector}"] is not None
        }


def _initial(told: OwnPulse) -> dict[str, Any]:
    found: dict[str, Any] = {f"step_{sector}": step for sector, step in told.steps.items()}
    return found | {f"why_{sector}": list(reasons) for sector, reasons in told.reasons.items()}

"""Forms of matters: codes from lists; words only where no household is meant."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bosett.agreement.handover import Desk, DeskKind
from bosett.agreement.pressure import SECTORS
from bosett.registry import Registry
from bosett_server.queries.handover import MatterDetail
from bosett_server.web.handover.wording import words_of
from bosett_server.web.step_form import StepForm
from bosett_server.words.handover import ASKS, DESKS, OUTCOMES, REASONS
from bosett_server.words.pressure import SECTORS as SECTOR_NAMES

NATIONAL = (DeskKind.IMDI, DeskKind.UDI, DeskKind.BUFETAT, DeskKind.NAV, DeskKind.HUSBANKEN)
Choices = list[tuple[str, Any]]


class NewMatterForm(StepForm):
    """What it is about; for a household only codes."""

    blames = {
        "matter_words_about_household": "words", "matter_words_too_long": "words",
        "matter_needs_place": "municipality", "matter_due_has_passed": "due_on",
        "desk_of_another_place": "municipality",
    }  # fmt: skip

    sector = forms.ChoiceField(label=_("Sector"))
    ask = forms.ChoiceField(label=_("What is it about?"))
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    words = forms.CharField(
        label=_("In your own words"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Nothing about persons: whoever takes the matter reads this."),
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, own: tuple[Desk, ...], about_household: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose = ("", _("Choose"))
        self.fields["sector"].choices = [choose, *((one.value, SECTOR_NAMES[one]) for one in SECTORS)]  # type: ignore[attr-defined]
        self.fields["ask"].choices = [choose, *((one.value, words) for one, words in ASKS.items())]  # type: ignore[attr-defined]
        if about_household:
            del self.fields["municipality"], self.fields["words"]
        else:
            self.fields["municipality"].choices = _own_places(own)  # type: ignore[attr-defined]


class GiveForm(StepForm):
    """Who should take it: the desks that may see the matter."""

    blames = {
        "desk_unknown": "to",
        "desk_is_yours": "to",
        "desk_sees_no_household": "to",
        "desk_of_another_place": "to",
    }

    to = forms.ChoiceField(label=_("Who should take it?"))

    def __init__(self, *args: Any, told: MatterDetail, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", _("Choose")), *receivers(told)]  # type: ignore[attr-defined]


class RefuseForm(StepForm):
    """Why not."""

    reason = forms.ChoiceField(label=_("Why not?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(one.value, words) for one, words in REASONS.items()]  # type: ignore[attr-defined]


class CloseForm(StepForm):
    """What became of it."""

    outcome = forms.ChoiceField(label=pgettext_lazy("matter", "What became of it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(one.value, words) for one, words in OUTCOMES.items()]  # type: ignore[attr-defined]


def receivers(told: MatterDetail) -> Choices:
    """Those who could take it: the national ones, and those of the place; without a place, of every place."""
    national = [Desk(kind) for kind in NATIONAL]
    groups = [(_("The State"), national), *_local(told.row.municipality)]
    shown = []
    for heading, desks in groups:
        fitting = [one for one in desks if one.meets_persons or not told.row.household]
        choices = [(str(one), words_of(one)) for one in fitting if str(one) != told.row.holder]
        if choices:
            shown.append((heading, choices))
    return shown


def _local(municipality: str) -> list[tuple[Any, list[Desk]]]:
    registry = Registry.shipped()
    if municipality:
        county = registry.municipality(municipality).county_code
        codes, counties = [municipality], [county]
    else:
        codes = [
            one.code
            for county in registry.counties()
            for one in sorted(registry.in_county(county.code), key=lambda m: m.sort_key)
        ]
        counties = [one.code for one in registry.counties()]
    return [
        (DESKS[DeskKind.COUNTY], [Desk(DeskKind.COUNTY, code) for code in counties]),
        (DESKS[DeskKind.STATSFORVALTER], [Desk(DeskKind.STATSFORVALTER, code) for code in counties]),
        (DESKS[DeskKind.MUNICIPALITY], [Desk(DeskKind.MUNICIPALITY, code) for code in codes]),
    ]


def _own_places(own: tuple[Desk, ...]) -> Choices:
    """A municipality's own, a county's own, or every one."""
    registry = Registry.shipped()
    if own and own[0].kind is DeskKind.MUNICIPALITY:
        return [(one.place, registry.municipality(one.place).name) for one in own]
    counties = [own[0].place] if own and own[0].place else [one.code for one in registry.counties()]
    places = [
        (registry.county(code).name,
         [(one.code, one.name) for one in sorted(registry.in_county(code), key=lambda m: m.sort_key)])
        for code in counties
    ]  # fmt: skip
    return [("", _("The whole country or county")), *places]

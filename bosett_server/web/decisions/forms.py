"""The municipality's answer as somebody writes it down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from bosett.decisions import AnswerKind, Reservation, ReservationCode
from bosett.decisions.supplement import Shortage
from bosett.terms.figure import State
from bosett.terms.groups import Group
from bosett_server.actions.decision_details import Beside, Seen
from bosett_server.queries.decisions import Version
from bosett_server.web.decisions.wording import KINDS, RESERVATIONS, SHORTAGES

MOST = 100_000
FIELDS = {Group.ALL: "total", Group.EM_UNDER15: "em_under15", Group.EM_15_17: "em_15_17"}
FIELD_OF = {
    "number_missing": "total",
    "number_is_zero": "total",
    "zero_with_a_number": "total",
    "number_while_awaiting": "total",
    "number_too_large": "total",
    "minors_above_total": "em_under15",
    "up_to_is_not_the_number": "reservations",
    "reservation_without_number": "reservations",
    "awaiting_without_meeting_date": "meeting_on",
    "meeting_date_passed": "meeting_on",
    "decision_date_missing": "decided_on",
    "decision_date_in_future": "decided_on",
    "older_than_vedtak_in_force": "decided_on",
    "source_missing": "source",
    "more_not_whole": "can_take_more",
    "it_takes_without_more": "it_takes",
    "reasons_without_a_lower_number": "reasons",
    "agenda_after_meeting": "agenda_on",
}
"""The field that each refusal stands beside; those that name a group are found by it."""


class VedtakForm(forms.Form):
    """Numbers are only read here; whether they may stand is the library's to say."""

    kind = forms.ChoiceField(
        label=_("What did the council decide?"), choices=list(KINDS.items()), widget=forms.RadioSelect
    )
    total = forms.IntegerField(
        label=_("Persons in all"), help_text=_("Unaccompanied minors included. Family reunification is not."),
        required=False, max_value=MOST,
    )  # fmt: skip
    em_under15 = forms.IntegerField(
        label=_("Of them unaccompanied minors under 15"), required=False, max_value=MOST,
        help_text=_("Leave empty if the council did not say."),
    )  # fmt: skip
    em_15_17 = forms.IntegerField(
        label=_("Of them unaccompanied minors 15–17"), required=False, max_value=MOST,
        help_text=_("Leave empty if the council did not say."),
    )  # fmt: skip
    decided_on = forms.DateField(label=_("Day of the vedtak"), required=False)
    meeting_on = forms.DateField(
        label=_("Day of the council meeting"), required=False, help_text=_("Only if it is not decided yet.")
    )
    reservations = forms.MultipleChoiceField(
        label=_("Conditions in the vedtak"), choices=list(RESERVATIONS.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As the council wrote them. IMDi's rule allows only conditions about unaccompanied minors."),
    )  # fmt: skip
    can_take_more = forms.IntegerField(
        label=_("Can take this many more if asked"), required=False, min_value=0, max_value=5000,
        help_text=_("Tells IMDi whom to ask. It opens no places and binds you to nothing."),
    )  # fmt: skip
    it_takes = forms.MultipleChoiceField(
        label=_("What more would take"), choices=list(SHORTAGES.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    reasons = forms.MultipleChoiceField(
        label=_("Why fewer than asked"), choices=list(SHORTAGES.items()), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Only if the number is lower than the request."),
    )  # fmt: skip
    agenda_on = forms.DateField(label=_("Last day for papers to the council"), required=False)
    case_number = forms.CharField(label=_("The council's case number"), required=False, max_length=60)
    minutes = forms.CharField(
        label=_("Where the council's record stands"), required=False, max_length=300,
        help_text=_("An address or an archive reference."),
    )  # fmt: skip
    seen_request = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen_answer = forms.IntegerField(required=False, widget=forms.HiddenInput)
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Case number, letter or record of the meeting.")
    )
    reason = forms.CharField(label=_("Reason given"), required=False, max_length=1000,
                             widget=forms.Textarea(attrs={"rows": 3}))  # fmt: skip
    correction = forms.BooleanField(label=_("I correct a mistake in what was recorded"), required=False)

    def __init__(self, *args: Any, asked: Mapping[Group, int | None], on_behalf: bool, changes: bool,
                 **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self._asked = asked.get(Group.ALL)
        for group, name in FIELDS.items():
            if group is not Group.ALL and asked.get(group) is None:
                del self.fields[name]
        if on_behalf or changes:
            del self.fields["can_take_more"], self.fields["it_takes"]
        if not changes:
            del self.fields["correction"]

    def told(self) -> dict[str, Any]:
        """The action's arguments."""
        clean = self.cleaned_data
        numbers = {group: clean[name] for group, name in FIELDS.items() if clean.get(name) is not None}
        told = {
            "kind": AnswerKind(clean["kind"]),
            "numbers": numbers,
            "decided_on": clean["decided_on"],
            "meeting_on": clean["meeting_on"] if clean["kind"] == AnswerKind.AWAITING else None,
            "reservations": self._reservations(numbers.get(Group.ALL)),
            "source": clean["source"],
            "reason": clean["reason"],
            "correction": clean.get("correction", False),
            "beside": self._beside(),
            "seen": Seen(clean["seen_request"], clean["seen_answer"]),
        }
        return told | ({"can_take_more": clean["can_take_more"]} if "can_take_more" in self.fields else {})

    def look_again(self, request: int | None, answer: int) -> None:
        """What is stored now is what the writer sees now: recording again takes its place."""
        seen = QueryDict(mutable=True)
        seen.update(self.data)
        seen["seen_request"], seen["seen_answer"] = str(request or ""), str(answer)
        self.data = seen

    def _beside(self) -> Beside:
        clean = self.cleaned_data
        return Beside(
            reasons=self._reasons(),
            it_takes=tuple(Shortage(code) for code in clean.get("it_takes", ())),
            agenda_on=clean["agenda_on"],
            case_number=clean["case_number"],
            minutes=clean["minutes"],
        )

    def _reasons(self) -> tuple[Shortage, ...]:
        """Those of the answer before, which the form offers again, go with the lower number that they explained."""
        told, number = self.cleaned_data["reasons"], self.cleaned_data.get(FIELDS[Group.ALL])
        offered = set(told) == set(self.initial.get("reasons") or ())
        if offered and self._asked is not None and number is not None and number >= self._asked:
            return ()
        return tuple(Shortage(code) for code in told)

    def _reservations(self, total: int | None) -> list[Reservation]:
        """“Up to” carries the number; without a number there is nothing for it to carry."""
        codes = [ReservationCode(code) for code in self.cleaned_data["reservations"]]
        return [
            Reservation(code, total if code is ReservationCode.UP_TO else None)
            for code in codes
            if code is not ReservationCode.UP_TO or (total is not None and total >= 0)
        ]

    def field_of(self, code: str, facts: Mapping[str, object]) -> str | None:
        """The field a refusal stands beside, or None for the whole form."""
        name = FIELD_OF.get(code)
        group = facts.get("group")
        if name is None and group in set(Group):
            name = FIELDS[Group(str(group))]
        return name if name in self.fields else None


class MoreForm(forms.Form):
    """How many more than the vedtak the municipality could take."""

    persons = forms.IntegerField(
        label=_("Can take this many more if asked"), min_value=0, max_value=5000,
        help_text=_("Tells IMDi whom to ask. It opens no places and binds you to nothing."),
    )  # fmt: skip
    it_takes = forms.MultipleChoiceField(
        label=_("What more would take"), choices=list(SHORTAGES.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


def initial_from(newest: Mapping[Group, Version]) -> dict[str, Any]:
    """What the form shows before anything is written: the vedtak that was recorded last."""
    total = newest.get(Group.ALL)
    if total is None:
        return {}
    told: dict[str, Any] = {
        FIELDS[group]: one.figure.value for group, one in newest.items() if one.figure.state is State.NUMBER
    }
    awaiting = total.figure.state is State.AWAITING
    kind = AnswerKind.AWAITING if awaiting else AnswerKind.NUMBER
    if total.figure.value == 0:
        kind = AnswerKind.ZERO
        told = {}
    return told | {
        "kind": kind.value,
        "decided_on": None if awaiting else total.valid_from,
        "meeting_on": total.meeting_on,
        "reservations": [one.code.value for one in total.reservations],
        "can_take_more": total.can_take_more,
    }

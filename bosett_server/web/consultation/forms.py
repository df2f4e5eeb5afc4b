"""Forms of the consultation room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bosett_server.web.followup.steps.forms import choose
from bosett_server.web.step_form import StepForm
from bosett_server.words.consultation import KINDS

Choices = Sequence[tuple[str, Any]]
NOBODY_SINGLE = _("Write nothing about single persons or families.")
TITLE = {"consultation_title_missing": "title"}
TEXT = {"consultation_text_missing": "text", "consultation_text_too_long": "text"}


class MeetingForm(StepForm):
    """A meeting: what, when, where and who."""

    kind = forms.ChoiceField(label=_("Kind of meeting"), choices=list(KINDS.items()))
    title = forms.CharField(label=_("Title"), max_length=160)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput())
    begins = forms.TimeField(
        label=_("Begins"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    stops = forms.TimeField(label=_("Ends"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("Place"), max_length=160, required=False)
    parties = forms.MultipleChoiceField(
        label=_("Who is called"), widget=forms.CheckboxSelectMultiple, help_text=_("Your own party, too.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    blames = {
        **TITLE, "consultation_ends_before_it_begins": "stops", "consultation_in_the_past": "day",
        "consultation_outside_agreement": "day", "consultation_not_a_party": "parties",
        "consultation_caller_not_called": "parties", "consultation_meetings_overlap": "begins",
        "consultation_busy_then": "begins",
    }  # fmt: skip

    def __init__(self, *args: Any, seats: Choices, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "parties", list(seats))
        if not new:
            del self.fields["kind"]

    def told(self) -> dict[str, Any]:
        """As the steps take it; the hours are Norway's."""
        given = self.cleaned_data
        return {
            "title": given["title"], "place": given["place"], "parties": given["parties"],
            "starts": _at(given["day"], given["begins"]), "ends": _at(given["day"], given["stops"]),
        }  # fmt: skip


class AgendaForm(StepForm):
    """Which matters wait for another meeting."""

    leave_out = forms.TypedMultipleChoiceField(
        label=_("Leave out"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("What you leave out stays open for the next meeting."),
    )  # fmt: skip

    def __init__(self, *args: Any, matters: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "leave_out", list(matters))


class VoiceForm(StepForm):
    """In whose name, and whether the name is told."""

    voice = forms.ChoiceField(label=_("In the name of"))
    nameless = forms.BooleanField(
        label=_("Do not tell our name"), required=False,
        help_text=_("The others see that somebody is behind it, not who. You cannot add the name later."),
    )  # fmt: skip
    blames = {"consultation_voice_missing": "voice"}

    def __init__(self, *args: Any, voices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "voice", list(voices))


class MatterForm(VoiceForm):
    """A matter to take up."""

    field_order = ("title", "text", "commitment", "voice", "nameless")
    title = forms.CharField(label=_("What it is about, in one line"), max_length=160)
    text = forms.CharField(
        label=_("What you want to take up, and why"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=NOBODY_SINGLE,
    )  # fmt: skip
    commitment = forms.ChoiceField(
        label=_("Commitment it is about"), required=False,
        help_text=_("Then the papers show whether it is kept, with figures and sources."),
    )  # fmt: skip
    blames = {**VoiceForm.blames, **TITLE, **TEXT, "consultation_commitment_unknown": "commitment"}

    def __init__(self, *args: Any, commitments: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "commitment", [("", _("None of them")), *commitments])


class TextForm(StepForm):
    """The next version of a text."""

    text = forms.CharField(
        label=_("Text"), max_length=8000, widget=forms.Textarea(attrs={"rows": 12}), help_text=NOBODY_SINGLE
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    blames = TEXT


class MergeForm(StepForm):
    """Which matter it becomes a part of."""

    into = forms.TypedChoiceField(
        label=_("Take it up as part of"), coerce=int, empty_value=None, required=False
    )
    blames = {"consultation_into_itself": "into"}

    def __init__(self, *args: Any, matters: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "into", [("", _("Nothing: it stands by itself")), *matters])


class DecisionForm(StepForm):
    """What was decided."""

    matter = forms.TypedChoiceField(label=_("Matter"), coerce=int, empty_value=None, required=False)
    text = forms.CharField(
        label=_("What was decided"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NOBODY_SINGLE,
    )
    is_open = forms.BooleanField(label=_("It is published with the protocol"), required=False, initial=True)
    closes = forms.BooleanField(label=_("The matter is done with"), required=False)
    blames = {**TEXT, "consultation_not_on_the_agenda": "matter"}

    def __init__(self, *args: Any, matters: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "matter", [("", _("No single matter")), *matters])


class ActionForm(StepForm):
    """What somebody does, and by when."""

    matter = forms.TypedChoiceField(label=_("Matter"), coerce=int, empty_value=None, required=False)
    text = forms.CharField(
        label=_("What is to be done"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NOBODY_SINGLE,
    )  # fmt: skip
    owner = forms.ChoiceField(label=_("Who does it"), required=False)
    due = forms.DateField(label=_("Done by"), widget=forms.DateInput())
    is_open = forms.BooleanField(label=_("It is published with the protocol"), required=False, initial=True)
    blames = {
        **TEXT, "consultation_not_on_the_agenda": "matter", "consultation_action_without_owner": "owner",
        "consultation_not_a_party": "owner", "consultation_due_before_meeting": "due",
        "consultation_due_outside_agreement": "due",
    }  # fmt: skip

    def __init__(self, *args: Any, matters: Choices, seats: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "matter", [("", _("No single matter")), *matters])
        choose(self, "owner", [("", _("Choose who does it")), *seats])


class ReportForm(StepForm):
    """That an action is done, and what came of it."""

    done_on = forms.DateField(label=_("Done on"), widget=forms.DateInput())
    report = forms.CharField(
        label=_("What came of it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NOBODY_SINGLE,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    blames = {
        "consultation_done_wrong_day": "done_on", "consultation_text_missing": "report",
        "consultation_text_too_long": "report",
    }  # fmt: skip


class DueForm(StepForm):
    """Another due day."""

    due = forms.DateField(label=_("Done by"), widget=forms.DateInput())
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    blames = {"consultation_due_before_meeting": "due", "consultation_due_outside_agreement": "due"}


def _at(day: Any, hour: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))

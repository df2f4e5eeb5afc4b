"""The interview's parts, each a form that gives answers for `save_interview` and reads them back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bosett.rules.parameters import Parameters
from bosett_server.access import clock
from bosett_server.actions.interviews import COMMENT_DAYS, INTERPRETERS, MOST_WISHES, TIE_KINDS, WITH_LANGUAGE
from bosett_server.queries.household_head import HouseholdHead
from bosett_server.queries.interviews import InterviewView, municipality_choices
from bosett_server.web.capacity.choices import LANGUAGES, language_choices
from bosett_server.web.followup.steps.forms import choose
from bosett_server.web.step_form import StepForm
from bosett_server.words.household_codes import CODES

MOST_TIES = 3
Answers = dict[str, Any]


class PartForm(StepForm):
    """One part; `items` are the hearing's items that it answers or leaves out for a reason.

    `needed` are fields that must be answered to go on; not with a reason, and not to come back later.
    """

    items: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    use_required_attribute = False

    def __init__(self, *args: Any, head: HouseholdHead, view: InterviewView, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.initial_of(head, view), **kwargs)
        self.view = view
        if self.items:
            self.fields["without"] = forms.ChoiceField(
                label=_("If you leave this out: why?"), required=False, initial=view.missing.get(self.items[0], ""),
                choices=[("", _("Nothing is left out")), *CODES["missing"].items()],
            )  # fmt: skip
        may_wait = bool(self.data.get("without")) or self.data.get("then") == "later"
        for name in self.needed:
            self.fields[name].required = not may_wait

    def initial_of(self, head: HouseholdHead, view: InterviewView) -> Answers:
        """What is answered so far."""
        raise NotImplementedError

    def part_answers(self) -> Answers:
        """The fields of this part."""
        raise NotImplementedError

    def answers(self) -> Answers:
        """This part's answers, and the reasons for what it leaves out."""
        reason = self.cleaned_data.get("without", "")
        missing = {item: why for item, why in self.view.missing.items() if item not in self.items}
        return self.part_answers() | {
            "missing": missing | (dict.fromkeys(self.items, reason) if reason else {})
        }


class ConversationForm(PartForm):
    """When, and with which interpreter."""

    held_on = forms.DateField(label=_("The interview is held on"))
    interpreter = forms.ChoiceField(
        label=_("Interpreter"), required=False, widget=forms.RadioSelect,
        choices=[(code, CODES["interpreter"][code]) for code in INTERPRETERS],
    )  # fmt: skip
    interpreter_language = forms.ChoiceField(label=_("The interpreter's language"), required=False)
    items, needed = ("interpreter",), ("interpreter",)
    blames = {
        "in_the_future": "held_on", "interpreter_without_language": "interpreter_language",
        "answer_not_known": "interpreter",
    }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "interpreter_language", [("", _("Choose a language")), *language_choices(LANGUAGES)])

    def initial_of(self, head: HouseholdHead, view: InterviewView) -> Answers:
        """The household's own language is the first guess."""
        return {
            "held_on": view.held_on or clock.today(), "interpreter": view.interpreter,
            "interpreter_language": view.interpreter_language or head.language,
        }  # fmt: skip

    def part_answers(self) -> Answers:
        """A language only with an interpreter."""
        told = self.cleaned_data
        with_language = told["interpreter"] in WITH_LANGUAGE
        language = told["interpreter_language"] if with_language else ""
        return {
            "held_on": told["held_on"],
            "interpreter": told["interpreter"],
            "interpreter_language": language,
        }


class WishesForm(PartForm):
    """Up to three municipalities, the most wanted first."""

    items = ("wishes",)
    blames = {"wish_twice": "wish_2", "municipality_not_known": "wish_1"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [("", _("No wish")), *municipality_choices()]
        wishes: dict[str, forms.Field] = {}
        for n in range(1, MOST_WISHES + 1):
            label = _("Wish number %(number)s") % {"number": n}
            wishes[f"wish_{n}"] = forms.ChoiceField(label=label, required=False, choices=places)
        self.fields = {**wishes, **self.fields}

    def initial_of(self, head: HouseholdHead, view: InterviewView) -> Answers:
        """In the order of rank."""
        return {f"wish_{n}": wish.code for n, wish in enumerate(view.wishes, 1)}

    def part_answers(self) -> Answers:
        """Empty fields close ranks."""
        told = [self.cleaned_data[f"wish_{n}"] for n in range(1, MOST_WISHES + 1)]
        return {"wishes": [code for code in told if code]}


class TiesForm(PartForm):
    """What ties the household to a place."""

    items = ("ties",)
    blames = {"tie_not_known": "kind_1", "municipality_not_known": "place_1"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [("", _("Choose a municipality")), *municipality_choices()]
        kinds = [("", _("No tie")), *((code, CODES["tie"][code]) for code in TIE_KINDS)]
        ties: dict[str, forms.Field] = {}
        for n in range(1, MOST_TIES + 1):
            number = {"number": n}
            ties[f"kind_{n}"] = forms.ChoiceField(
                label=_("Tie %(number)s") % number, required=False, choices=kinds
            )
            ties[f"place_{n}"] = forms.ChoiceField(
                label=_("Municipality of tie %(number)s") % number, required=False, choices=places
            )
        self.fields = {**ties, **self.fields}

    def initial_of(self, head: HouseholdHead, view: InterviewView) -> Answers:
        """Each as it was told."""
        kinds = {f"kind_{n}": tie.kind for n, tie in enumerate(view.ties, 1)}
        return kinds | {f"place_{n}": tie.code for n, tie in enumerate(view.ties, 1)}

    def clean(self) -> Answers:
        """Kind and place go together."""
        told = super().clean() or {}
        for n in range(1, MOST_TIES + 1):
            if told.get(f"kind_{n}") and not told.get(f"place_{n}"):
                self.add_error(f"place_{n}", _("Choose the municipality of this tie."))
            if told.get(f"place_{n}") and not told.get(f"kind_{n}"):
                self.add_error(f"kind_{n}", _("Choose what ties the household to the municipality."))
        return told

    def part_answers(self) -> Answers:
        """As stored: kind and municipality."""
        told = self.cleaned_data
        return {
            "ties": [
                {"kind": told[f"kind_{n}"], "municipality": told[f"place_{n}"]}
                for n in range(1, MOST_TIES + 1)
                if told[f"kind_{n}"]
            ]
        }


class ConsentForm(PartForm):
    """Yes or no to health information."""

    consent = forms.ChoiceField(
        label=_("Does the household agree that health information is used to find the right municipality?"),
        required=False, widget=forms.RadioSelect, choices=[("yes", _("Yes")), ("no", _("No"))],
        help_text=_("Say that it is voluntary, and that it can be withdrawn at any time."),
    )  # fmt: skip
    items, needed = ("health_consent",), ("consent",)

    def initial_of(self, head: HouseholdHead, view: InterviewView) -> Answers:
        """Not asked yet is neither."""
        return {"consent": "" if view.health_consent is None else "yes" if view.health_consent else "no"}

    def part_answers(self) -> Answers:
        """True, False or not asked."""
        return {"health_consent": {"yes": True, "no": False}.get(self.cleaned_data["consent"])}


class ChildForm(PartForm):
    """What is best for each child."""

    child_best_interests = forms.CharField(
        label=_("What is best for the children?"), required=False, widget=forms.Textarea({"rows": 8}),
        help_text=_(
            "What the children say themselves, school, health, network and safety. Write what counts for where they"
            " should live, and no more."
        ),
    )  # fmt: skip
    items, needed = ("child_best_interests",), ("child_best_interests",)

    def initial_of(self, head: HouseholdHead, view: InterviewView) -> Answers:
        """As written."""
        return {"child_best_interests": view.child_best_interests}

    def part_answers(self) -> Answers:
        """As written, without blanks round it."""
        return {"child_best_interests": self.cleaned_data["child_best_interests"].strip()}


class CommentForm(PartForm):
    """A dated chance to comment."""

    comment_invited_on = forms.DateField(label=_("Invited to comment on"), required=False)
    comment_due_on = forms.DateField(label=_("Can comment until and including"), required=False)
    items, needed = ("comment_chance",), ("comment_invited_on", "comment_due_on")
    blames = {"comment_time_too_short": "comment_due_on", "comment_dates_go_together": "comment_due_on"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("At least %(days)s days after the invitation. Nothing is decided before that day is over.")
        self.fields["comment_due_on"].help_text = words % {"days": _comment_days()}

    def initial_of(self, head: HouseholdHead, view: InterviewView) -> Answers:
        """The day of the interview and the shortest time, until something else is told."""
        invited = view.comment_invited_on or view.held_on or clock.today()
        due = view.comment_due_on or invited + timedelta(days=_comment_days())
        return {"comment_invited_on": invited, "comment_due_on": due}

    def part_answers(self) -> Answers:
        """Both days, or none when it is left out."""
        told = self.cleaned_data
        if told["without"]:
            return {"comment_invited_on": None, "comment_due_on": None}
        return {"comment_invited_on": told["comment_invited_on"], "comment_due_on": told["comment_due_on"]}


def _comment_days() -> int:
    return Parameters.shipped().lookup(COMMENT_DAYS, clock.today()).whole

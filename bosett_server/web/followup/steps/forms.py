"""Forms of the steps: one question group a screen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bosett_server.actions.life_events import LEFT_REASONS
from bosett_server.queries.household_head import HouseholdHead, PersonLine
from bosett_server.queries.need_codes import need_codes
from bosett_server.web.step_form import StepForm
from bosett_server.words.followup import EXCEPTIONS, PROTECTIONS
from bosett_server.words.household_codes import CODES, need_words, word


def person_choices(people: tuple[PersonLine, ...]) -> list[tuple[str, str]]:
    """(id, name and age), the oldest first."""
    return [(one.id, f"{one.name}, {one.age}") for one in people]


class DayForm(StepForm):
    """A day that is over."""

    on = forms.DateField(label=_("Date"))
    blames = {
        "in_the_future": "on",
        "before_birth": "on",
        "before_arrival": "on",
        "permit_already_granted": "on",
    }


class ProtectForm(StepForm):
    """Which protection, and who shall see the household."""

    kind = forms.ChoiceField(
        label=_("Which protection?"), choices=list(PROTECTIONS.items()), widget=forms.RadioSelect
    )
    users = forms.CharField(
        label=_("Who shall see the household?"),
        help_text=_("User names, with a comma between. Name those who go on with the case."),
        max_length=400,
    )
    blames = {
        "nobody_named": "users", "user_cannot_be_named": "users", "nobody_changes_own_rights": "users",
        "protection_is_so": "kind",
    }  # fmt: skip

    def clean_users(self) -> list[str]:
        """One user name each."""
        return names_in(self.cleaned_data["users"])


def names_in(text: str) -> list[str]:
    """The user names that somebody wrote with commas between."""
    return [one.strip() for one in text.split(",") if one.strip()]


class NeedsForm(StepForm):
    """Needs as codes, and the day the household is ready."""

    needs = forms.MultipleChoiceField(
        label=_("What the household needs"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("What follows from ages and size is ticked already. Take away what is wrong."),
    )  # fmt: skip
    ready_on = forms.DateField(label=_("Ready from"))
    blames = {
        "need_not_known": "needs", "health_need_without_consent": "needs", "in_the_future": "ready_on",
        "ready_before_interview": "ready_on",
    }  # fmt: skip

    def __init__(self, *args: Any, changing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = list(need_codes())
        choose(self, "needs", list(zip(codes, need_words(codes), strict=True)))
        if changing:
            del self.fields["ready_on"]


class DateForm(StepForm):
    """One date for the household, and an exception for each person who needs one."""

    day = forms.DateField(label=_("Settlement date"), help_text=_("One date for the whole household."))
    version = forms.IntegerField(widget=forms.HiddenInput)
    blames = {"date_has_passed": "day", "date_before_decision": "day"}

    def __init__(self, *args: Any, head: HouseholdHead, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = tuple(one for one in head.people if one.settled_on is None)
        for one in self.waiting if len(head.people) > 1 else ():
            reason = forms.ChoiceField(
                label=_("%(name)s comes on another day because") % {"name": one.name}, required=False,
                choices=[("", _("Comes with the others")), *EXCEPTIONS.items()], initial=one.exception,
            )  # fmt: skip
            day = forms.DateField(
                label=_("%(name)s comes on") % {"name": one.name}, required=False,
                initial=one.planned_on if one.exception else None,
            )  # fmt: skip
            self.fields[f"reason_{one.id}"], self.fields[f"day_{one.id}"] = reason, day

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """The two fields of each person who may come on another day."""
        ids = [one.id for one in self.waiting if f"reason_{one.id}" in self.fields]
        return [(self[f"reason_{pk}"], self[f"day_{pk}"]) for pk in ids]

    @property
    def has_exceptions(self) -> bool:
        """Whether anybody does, or something there is wrong."""
        return any(reason.value() or reason.errors or day.errors for reason, day in self.pairs)

    def clean(self) -> dict[str, Any]:
        """A reason and a day go together."""
        told = super().clean() or {}
        for one in self.waiting:
            reason, day = told.get(f"reason_{one.id}"), told.get(f"day_{one.id}")
            if reason and not day:
                self.add_error(f"day_{one.id}", _("Write the day this person comes."))
            if day and not reason:
                self.add_error(f"reason_{one.id}", _("Choose why the person comes on another day."))
        return told

    def exceptions(self) -> dict[str, tuple[date, str]]:
        """Person -> (day, reason)."""
        told = self.cleaned_data
        return {
            one.id: (told[f"day_{one.id}"], told[f"reason_{one.id}"])
            for one in self.waiting
            if told.get(f"reason_{one.id}")
        }


class SettleForm(StepForm):
    """Who has arrived, and when."""

    persons = forms.MultipleChoiceField(label=_("Who has arrived"), widget=forms.CheckboxSelectMultiple)
    on = forms.DateField(
        label=_("Arrived on"), help_text=_("If some came on another day, record them afterwards.")
    )
    blames = {
        "person_already_settled": "persons", "nobody_settled": "persons", "settled_in_the_future": "on",
        "settlement_before_assignment": "on",
    }  # fmt: skip

    def __init__(self, *args: Any, head: HouseholdHead, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "persons", person_choices(tuple(one for one in head.people if one.settled_on is None)))


class MoveForm(StepForm):
    """Who has moved, where to, from which day."""

    persons = forms.MultipleChoiceField(label=_("Who has moved"), widget=forms.CheckboxSelectMultiple)
    to = forms.ChoiceField(label=_("Moved to"))
    registered_on = forms.DateField(
        label=_("Registered there from"), help_text=_("The day in the National Population Register.")
    )
    blames = {
        "nobody_chosen": "persons", "not_settled": "persons", "same_municipality": "to",
        "in_the_future": "registered_on", "moved_before_settlement": "registered_on",
        "moved_before_last_move": "registered_on",
        "move_already_recorded": "registered_on",
    }  # fmt: skip

    def __init__(self, *args: Any, head: HouseholdHead, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(
            self, "persons", person_choices(tuple(one for one in head.people if one.settled_on is not None))
        )
        choose(self, "to", [("", _("Choose a municipality")), *places])


class CentreMoveForm(DayForm):
    """Where the household moves within reception; empty = out of its centre."""

    centre_id = forms.ChoiceField(label=_("Moves to"), required=False)
    blames = {
        **DayForm.blames,
        "same_centre": "centre_id",
        "centre_not_open": "centre_id",
        "no_stay": "centre_id",
    }

    def __init__(self, *args: Any, centres: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        out = ("", _("Out of the centre, not to another"))
        choose(self, "centre_id", [out, *((str(pk), name) for pk, name in centres)])


class BirthForm(StepForm):
    """The child."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    born_on = forms.DateField(label=_("Born"))
    sex = forms.ChoiceField(label=_("Sex"), choices=list(CODES["one_sex"].items()), widget=forms.RadioSelect)
    blames = {
        "in_the_future": "born_on", "not_a_newborn": "born_on", "sex_not_known": "sex", "name_missing": "given_name",
    }  # fmt: skip


class DeathForm(DayForm):
    """Who died, and when."""

    person = forms.ChoiceField(label=_("Who has died"), widget=forms.RadioSelect)
    blames = {**DayForm.blames, "not_of_the_household": "person"}

    def __init__(self, *args: Any, head: HouseholdHead, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "person", person_choices(head.people))


class PersonsForm(DayForm):
    """Some or all of the household."""

    persons = forms.MultipleChoiceField(label=_("Who"), widget=forms.CheckboxSelectMultiple)
    blames = {
        **DayForm.blames, "not_a_split": "persons", "minors_without_adult": "persons", "already_settled": "persons",
    }  # fmt: skip

    def __init__(self, *args: Any, head: HouseholdHead, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "persons", person_choices(head.people))


class LeftForm(PersonsForm):
    """Who has left, and why."""

    reason = forms.ChoiceField(
        label=_("Why"),
        choices=[(code, CODES["left"][code]) for code in LEFT_REASONS],
        widget=forms.RadioSelect,
    )


class MergeForm(DayForm):
    """The other household, by its reference."""

    other = forms.CharField(label=_("Reference of the other household"), max_length=20)
    blames = {
        **DayForm.blames, "other_not_found": "other", "same_household": "other", "return_to_pool_first": "other",
        "not_same_group": "other", "not_same_protection": "other",
    }  # fmt: skip


class RecheckForm(StepForm):
    """What somebody has looked at again."""

    codes = forms.MultipleChoiceField(label=_("I have looked again at"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, head: HouseholdHead, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "codes", [(code, word("recheck", code)) for code in head.recheck])


class ReconcileForm(StepForm):
    """The municipality's own list."""

    file = forms.FileField(label=_("Your list"), help_text=_("A CSV or Excel file, at most 5 MB."))
    year = forms.IntegerField(label=_("Settled in the year"), min_value=2011, max_value=2100)
    municipality = forms.ChoiceField(label=_("Municipality"))

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "municipality", places)
        if len(places) == 1:
            self.fields["municipality"].widget = forms.HiddenInput()
            self.fields["municipality"].initial = places[0][0]


def choose(form: forms.Form, name: str, choices: list[Any]) -> None:
    """Give a field its choices."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} has no choices")
    field.choices = choices

"""A household comes into the register: one question group a screen, everything looked through before it is stored.

What is told so far travels in a signed field of the form itself: nothing is stored before "Register".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from bosett.terms.days import age_on
from bosett.terms.groups import Basis, Track
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.registration import NewPerson, check_person, register_household
from bosett_server.queries.capacity import open_centres
from bosett_server.web.capacity.choices import CITIZENSHIPS, country_choices
from bosett_server.web.capacity.forms import HouseholdForm, PersonForm
from bosett_server.web.page import page
from bosett_server.web.step_form import StepForm, StepPage, show, take
from bosett_server.words.followup import PROTECTIONS
from bosett_server.words.household_codes import language_word, word

SALT = "bosett.register-household"
ONE_DAY = 24 * 60 * 60
TEMPLATE = "capacity/register.html"
State = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """A person on the last screen."""

    number: int
    name: str
    birth_date: date
    age: int
    sex: str
    country: str
    alone: bool


@page(Permission.HOUSEHOLD_REGISTER)
def register(request: Request) -> HttpResponse:
    """The screen that the last button asked for."""
    if request.method != "POST":
        return _household(request, {}, HouseholdForm(centres=_centres()))
    told = request.POST.get("told", "")
    try:
        state = signing.loads(told, salt=SALT, max_age=ONE_DAY) if told else {}
    except signing.BadSignature:
        messages.error(request, _("The form was open too long. Please begin again."))
        return redirect("/reception/households/new/")
    screen = SCREENS.get(request.POST.get("do", ""), _take_household)
    response: HttpResponse = screen(request, state)
    return response


def _take_household(request: Request, state: State) -> HttpResponse:
    form = HouseholdForm(request.POST, centres=_centres())
    if not form.is_valid():
        return _household(request, state, form, 422)
    data = form.cleaned_data
    state["household"] = {key: _plain(value) for key, value in data.items()}
    return _person(request, state, PersonForm()) if not state.get("persons") else _check(request, state)


def _take_person(request: Request, state: State) -> HttpResponse:
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _person(request, state, form, 422)
    persons = state.setdefault("persons", [])
    one = {key: _plain(value) for key, value in form.cleaned_data.items()}

    def check() -> bool:
        check_person(_new_person(one), len(persons) + 1, clock.today())
        return True

    if take(form, check) is None:
        return _person(request, state, form, 409)
    persons.append(one)
    return _check(request, state)


def _another(request: Request, state: State) -> HttpResponse:
    first = (state.get("persons") or [{}])[0]
    kept = {key: first[key] for key in ("family_name", "citizenship", "basis") if key in first}
    return _person(request, state, PersonForm(initial=kept))


def _remove(request: Request, state: State) -> HttpResponse:
    number = request.POST.get("number", "")
    persons = state.get("persons", [])
    if number.isdigit() and 0 < int(number) <= len(persons):
        persons.pop(int(number) - 1)
    return _check(request, state) if persons else _person(request, state, PersonForm())


def _change(request: Request, state: State) -> HttpResponse:
    initial = dict(state.get("household", {}))
    initial["named_users"] = ", ".join(initial.get("named_users", []))
    return _household(request, state, HouseholdForm(initial=initial, centres=_centres()))


def _register(request: Request, state: State) -> HttpResponse:
    form = StepForm({})
    form.is_valid()
    told = dict(state.get("household", {}))
    if not told:
        return redirect("/reception/households/new/")
    key = take(
        form,
        lambda: register_household(
            request.actor,
            track=Track(told["track"]),
            language=told["language"],
            persons=[_new_person(one) for one in state.get("persons", [])],
            arrived_on=_day(told["arrived_on"]),
            centre_id=told["centre_id"],
            permit_on=_day(told["permit_on"]),
            protection=told["protection"],
            named_users=told["named_users"],
        ),
    )
    if key is None:
        return _check(request, state, form, 409)
    messages.success(request, _("The household is registered."))
    # Not even the one who registered it sees a household with a protected address.
    response = redirect("/reception/" if told["protection"] != "none" else f"/households/{key}/")
    response.status_code = 303
    return response


SCREENS = {
    "household": _take_household,
    "person": _take_person,
    "another": _another,
    "remove": _remove,
    "change": _change,
    "register": _register,
}


def _household(request: Request, state: State, form: HouseholdForm, status: int = 200) -> HttpResponse:
    lead = _("First what is common to everybody who lives together.")
    return _screen(request, state, form, status, "household", _("Register a household"), lead, _("Continue"))


def _person(request: Request, state: State, form: PersonForm, status: int = 200) -> HttpResponse:
    number = len(state.get("persons", [])) + 1
    title = _("Person %(number)s") % {"number": number}
    lead = _("One person at a time. You can add more before anything is stored.")
    return _screen(request, state, form, status, "person", title, lead, _("Add the person"))


def _check(request: Request, state: State, form: StepForm | None = None, status: int = 200) -> HttpResponse:
    lead = _("Look through it. Nothing is stored before you register.")
    return _screen(
        request, state, form or StepForm(), status, "register", _("Is this right?"), lead, _("Register the household")
    )  # fmt: skip


def _screen(
    request: Request, state: State, form: StepForm, status: int, do: str, title: str, lead: str, button: str
) -> HttpResponse:
    context = {
        "told": signing.dumps(state, salt=SALT, compress=True),
        "do": do,
        "persons": _told(state.get("persons", [])),
        "household": _words(state.get("household", {})),
    }
    step = StepPage(
        title,
        lead,
        button,
        "/reception/",
        (_("Reception"), "/reception/"),
        template=TEMPLATE,
        context=context,
    )
    return show(request, form, step, status)


def _told(persons: list[dict[str, Any]]) -> list[Told]:
    today, countries = clock.today(), dict(country_choices(CITIZENSHIPS))
    found = []
    for number, one in enumerate(persons, 1):
        born = date.fromisoformat(one["birth_date"])
        name = f"{one['given_name']} {one['family_name']}"
        country = countries.get(one["citizenship"], one["citizenship"])
        sex = word("one_sex", one["sex"])
        found.append(Told(number, name, born, age_on(born, today), sex, country, one["unaccompanied_minor"]))
    return found


def _words(told: dict[str, Any]) -> dict[str, Any]:
    if not told:
        return {}
    return {
        "track": word("track", told["track"]),
        "language": language_word(told["language"]),
        "centre": dict(_centres()).get(told["centre_id"], ""),
        "arrived_on": _day(told["arrived_on"]),
        "permit_on": _day(told["permit_on"]),
        "protection": PROTECTIONS.get(told["protection"], ""),
        "named_users": ", ".join(told["named_users"]),
    }


def _new_person(one: dict[str, Any]) -> NewPerson:
    return NewPerson(
        **(one | {"birth_date": date.fromisoformat(one["birth_date"]), "basis": Basis(one["basis"])})
    )


def _centres() -> list[tuple[int, str]]:
    return open_centres(clock.today())


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

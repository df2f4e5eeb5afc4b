"""The dials of the workbench as a form, and the answer to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy

from bosett.scenario.tried import Tried
from bosett.scenario.workbench import LIMITS, Dials
from bosett.terms.errors import BadInput, NoAnswer, Refused
from bosett_server.access.actor import Actor
from bosett_server.queries.scenario import LEAST_ASSUMED, MOST_ASSUMED, assumed_in_force, tried_out
from bosett_server.web.look.numbers import number, percent
from bosett_server.words.scenario import DIALS

ASSUMED = "assumed_places"
SHARES = frozenset({"buffer", "private_share"})


class AssumedForm(forms.Form):
    """What is put in the place of the vedtak of a year for which nobody has voted."""

    assumed_places = forms.IntegerField(
        label=gettext_lazy("Municipal places in the year, as you assume"),
        min_value=LEAST_ASSUMED, max_value=MOST_ASSUMED,
    )  # fmt: skip

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> AssumedForm:
        """The form as an address fills it; untouched where nothing is given."""
        given = query.get(ASSUMED, "")
        return cls({ASSUMED: given} if given else None, label_suffix="")

    def told(self, today: date) -> int | None:
        """The number; None when none is given, it is no whole number within its limits, or somebody has voted."""
        return assumed_in_force(today, self.cleaned_data[ASSUMED]) if self.is_valid() else None


@dataclass(frozen=True)
class Dial:
    """One slider: its name, words, value, limits, and the value in words."""

    name: str
    label: str
    value: str
    least: str
    most: str
    step: str
    told: str
    today: str


def read(query: Mapping[str, Any]) -> Dials:
    """The dials of an address; what is not there, or no number within its limits, stands as today's rule."""
    told: dict[str, Any] = {}
    for name, limits in LIMITS.items():
        try:
            given = float(query.get(name, ""))
            value: Any = round(given) if limits.whole else round(given, 4)
            Dials(**{name: value})
        except (ValueError, OverflowError, BadInput):
            continue
        told[name] = value
    return Dials(**told)


def sliders(dials: Dials) -> list[Dial]:
    """Each dial for the page."""
    today = Dials()
    found = []
    for name, limits in LIMITS.items():
        value = getattr(dials, name)
        found.append(
            Dial(
                name, str(DIALS[name]), f"{value:g}", f"{limits.least:g}", f"{limits.most:g}", f"{limits.step:g}",
                in_words(name, value), in_words(name, getattr(today, name)),
            )
        )  # fmt: skip
    return found


def in_words(name: str, value: float) -> str:
    """1,3 · 15 % · 300."""
    if name in SHARES:
        return percent(value, 0)
    return number(value, 0 if LIMITS[name].whole else 2)


def address(dials: Dials, assumed: int | None = None) -> str:
    """The dials as the query of an address; empty when all stand as today's rule and nothing is assumed."""
    today = asdict(Dials())
    told = {name: f"{value:g}" for name, value in asdict(dials).items() if value != today[name]}
    return urlencode(told if assumed is None else {**told, ASSUMED: assumed})


def tried(actor: Actor, dials: Dials, today: date, assumed: int | None) -> Tried:
    """The answer.  Raises Refused `scenario_no_vedtak` when nobody has voted for the year and nothing is assumed."""
    try:
        return tried_out(actor, dials, today, assumed)
    except NoAnswer:
        raise Refused("scenario_no_vedtak", {"year": today.year}) from None

"""The dials of the workbench as a form, and the answer to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from bosett.scenario.weeks.workers import cores, threads
from bosett.scenario.workbench import LIMITS, Dials, Tried, try_out
from bosett.terms.errors import BadInput
from bosett_server.access.actor import Actor
from bosett_server.queries.scenario import chain_start
from bosett_server.web.look.numbers import number, percent
from bosett_server.words.scenario import DIALS

DRAWS, SEED = 2000, 1
SHARES = frozenset({"buffer", "private_share"})


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


def address(dials: Dials) -> str:
    """The dials as the query of an address; empty when all stand as today's rule."""
    today = asdict(Dials())
    return urlencode({name: f"{value:g}" for name, value in asdict(dials).items() if value != today[name]})


def tried(actor: Actor, dials: Dials, today: date) -> Tried:
    """The answer, computed in threads of this process.  Raises NoAnswer when nothing is voted for the year."""
    return try_out(chain_start(actor, today), dials, DRAWS, SEED, threads(cores()))

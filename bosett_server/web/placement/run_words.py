"""Runs, levels and prices in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bosett_server.queries.placement_choices import ChoiceRow
from bosett_server.queries.placement_runs import LEAST_PRICE, PriceRow, RunKept
from bosett_server.web.look.numbers import number, percent
from bosett_server.words.placement_runs import TONES, run_word

TIER = "persons_tier_"


@dataclass(frozen=True)
class RunLine:
    """A run's codes in the reader's language."""

    state: str
    tone: str
    objective: str
    help: str


def run_line(run: RunKept) -> RunLine:
    """The words of one run."""
    return RunLine(
        run_word("state", run.state), TONES[run.state], run_word("objective", run.objective),
        run_word("objective_help", run.objective),
    )  # fmt: skip


def level_name(name: str) -> str:
    """A level of the aim, as people call it."""
    if name == f"{TIER}1":
        return _("Persons placed")
    if name.startswith(TIER):
        return _("Persons placed, tier %(tier)s") % {"tier": name.removeprefix(TIER)}
    return _("Points for all together")


def level_value(name: str, value: float | None) -> str:
    """Persons whole, points with one decimal; what a run does not have is a dash."""
    if value is None:
        return "–"
    return number(value, 0 if name.startswith(TIER) else 1)


def level_line(level: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """A level's name, what was reached and what no answer exceeds."""
    name = str(level["name"])
    return level_name(name), {part: level_value(name, float(level[part])) for part in ("value", "bound")}


def differences(first: RunKept, second: RunKept) -> list[tuple[str, str, str]]:
    """What two runs were given or asked for that is not the same: (what, the first, the second)."""
    lines = zip(_asked(first), _asked(second), strict=True)
    return [(name, before, after) for (name, before), (_name, after) in lines if before != after]


def _asked(run: RunKept) -> list[tuple[str, str]]:
    """What one run was given and asked for, in words."""
    return [
        (_("Households"), number(run.summary["households"])),
        (_("Municipalities with places"), number(run.summary["municipalities"])),
        (_("Choices, and places opened for one household"), number(bound_beforehand(run))),
        (_("What comes first"), run_line(run).objective),
        (
            _("Floor under the worst group"),
            _("None") if run.fairness_floor is None else percent(run.fairness_floor, 0),
        ),
        (_("Floor on points"), _("None") if run.score_floor is None else percent(run.score_floor, 0)),
        (_("Only homes that are offered"), _("Yes") if run.homes else _("No")),
        (_("Priorities of municipalities"), _("Yes") if run.priorities else _("No")),
        (
            _("Places kept back at full pressure"),
            _("None") if run.pressure_percent is None else percent(run.pressure_percent / 100, 0),
        ),
        (_("Scores"), run.scores_name or _("None")),
    ]


def bound_beforehand(run: RunKept) -> int:
    """What a person has chosen or a municipality opened for one household; 0 in a run that gave nothing."""
    return int(run.summary.get("locks", 0)) + int(run.summary.get("exclusions", 0))


def is_flat(curve: Sequence[Mapping[str, Any]]) -> bool:
    """Whether there is nothing to draw: the worst group cannot be lifted at all."""
    floors = [float(one["floor"]) for one in curve]
    return bool(floors) and max(floors) - min(floors) < LEAST_PRICE


def fault_words(fault: Mapping[str, str]) -> str:
    """Why a run gave no answer; what the engine says of it stands in English behind."""
    return run_word("fault", fault["code"]) if fault else ""


def spread_of_prices(prices: Sequence[PriceRow]) -> dict[str, int]:
    """How many municipalities would place more persons, or fit better, with one more place."""
    more = {one.municipality for one in prices if one.persons > LEAST_PRICE}
    better = {one.municipality for one in prices if one.points > LEAST_PRICE}
    return {"more": len(more), "better": len(better - more)}


def price_words(price: PriceRow) -> str:
    """What one more place would do, without a number: for the municipality itself."""
    if price.does == "more_persons":
        return _("More places here would let more persons be settled now.")
    if price.does == "better_fit":
        return _(
            "There is room enough for all, but more places here would let some live nearer to what they need."
        )
    return _("More places here would change nothing now: there are enough.")


@dataclass(frozen=True)
class Price:
    """What a choice costs the others; `known` False when the engine could not tell."""

    known: bool
    persons: int
    points: float
    moved: int
    exact: bool

    @property
    def free(self) -> bool:
        """Whether nobody loses anything."""
        return self.known and self.persons == 0 and abs(self.points) < LEAST_PRICE


@dataclass(frozen=True)
class ChoiceLine:
    """A choice's codes in the reader's language, and its price when it was made."""

    kind: str
    reason: str
    price: Price


def price_shown(price: Mapping[str, Any]) -> Price:
    """The price as it is kept, ready to be shown; a gain is a price below 0."""
    levels = [(str(name), float(value)) for name, value in price.get("levels", ())]
    persons = round(sum(value for name, value in levels if name.startswith(TIER)))
    points = next((value for name, value in levels if not name.startswith(TIER)), 0.0)
    return Price(bool(levels), persons, points, int(price.get("moved", 0)), bool(price.get("exact")))


def choice_line(row: ChoiceRow) -> ChoiceLine:
    """The words of one choice."""
    return ChoiceLine(
        run_word("choice", row.kind), run_word("override", row.reason_code), price_shown(row.price)
    )

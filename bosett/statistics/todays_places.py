"""Published figures on the borders of today: mergers are added, a split stays unknown, no gap is filled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from bosett.registry import Registry
from bosett.registry.codes import FIRST_DAY
from bosett.statistics.measures import MEASURES
from bosett.terms.errors import BadInput
from bosett.terms.figure import State
from bosett.terms.observation import Observation

Value = int | Decimal | None
ON_TODAYS_BORDERS = frozenset({"population"})
"""Measures that the source itself has worked out on today's borders; others only carry today's codes."""


@dataclass(frozen=True, slots=True)
class TodayFigure:
    """A figure of one of today's municipalities, and what it was put together from.

    Parameters
    ----------
    parts
        The figures as published, under the codes of the time, in order of code.
    missing
        Codes of the time that became part of the municipality and of which no figure is stored.
    split
        Whether a part was published for an area that was divided since: then nothing is known of ours,
        also where a source writes the whole under one of today's codes and 0 under the other.
    """

    state: State
    value: Value
    parts: tuple[Observation, ...] = ()
    missing: tuple[str, ...] = ()
    split: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """The numbers that are shown, added; and how many of the places have none, by why.

    Parameters
    ----------
    without
        State -> how many places, `NOT_ASKED` left out since it adds nothing.
    """

    value: int | None
    places: int
    without: Mapping[State, int]

    @property
    def complete(self) -> bool:
        """Whether every place that is in the table has a number."""
        return not self.without


@cache
def successors(place: str, year: int) -> tuple[str, ...]:
    """Today's codes of the area published under a code in a year; empty when nobody can say."""
    registry = Registry.shipped()
    for on in (max(date(year, 1, 1), FIRST_DAY), date(min(year, 2100), 12, 31)):
        if on < FIRST_DAY:
            continue
        try:
            return tuple(str(one) for one in registry.successors(place, on))
        except BadInput:
            continue
    return (place,) if place in _today() else ()


@cache
def predecessors(year: int) -> Mapping[str, tuple[str, ...]]:
    """Today's code -> codes on 1 January of the year (of 2011 for earlier years) of which it has all or a part."""
    registry = Registry.shipped()
    on = max(date(year, 1, 1), FIRST_DAY)
    found: dict[str, list[str]] = defaultdict(list)
    for unit in registry.units(on):
        for code in registry.successors(unit.code, on):
            found[str(code)].append(str(unit.code))
    return {code: tuple(sorted(codes)) for code, codes in found.items()}


def on_todays_borders(rows: Iterable[Observation]) -> dict[str, dict[int, TodayFigure]]:
    """Today's code -> year -> figure, of one measure and breakdown, yearly or one period a year.

    Promise: a number where every part of the municipality has one and the measure may be added (a rate only where
    there is one part); otherwise the reason.  `rows` have passed `public.shown`.
    """
    by_year: dict[int, list[Observation]] = defaultdict(list)
    for row in rows:
        if len(row.place) == 4:
            by_year[row.year].append(row)
    found: dict[str, dict[int, TodayFigure]] = defaultdict(dict)
    for year, here in sorted(by_year.items()):
        present = {row.place: row for row in here}
        with_todays_codes = set(present) <= _today()
        for code in _today():
            told = _figure(code, year, present, with_todays_codes)
            if told is not None:
                found[code][year] = told
    return found


def _figure(
    code: str, year: int, present: Mapping[str, Observation], with_todays_codes: bool
) -> TodayFigure | None:
    expected = (code,) if with_todays_codes else predecessors(year).get(code, (code,))
    parts = tuple(present[one] for one in expected if one in present)
    if not parts:
        return None
    missing = tuple(one for one in expected if one not in present)
    split = parts[0].measure_id not in ON_TODAYS_BORDERS and any(
        len(successors(one, year)) > 1 for one in predecessors(year).get(code, ())
    )
    if split:
        return TodayFigure(State.UNKNOWN, None, parts, missing, split=True)
    return _merged(parts, missing)


def _merged(parts: tuple[Observation, ...], missing: tuple[str, ...]) -> TodayFigure:
    states = {part.state for part in parts}
    for worst in (State.SUPPRESSED, State.UNKNOWN, State.AWAITING, State.NOT_STORED):
        if worst in states:
            return TodayFigure(worst, None, parts, missing)
    if states == {State.NOT_ASKED}:
        return TodayFigure(State.NOT_ASKED, None, parts, missing)
    if len(parts) == 1 and not missing:
        return TodayFigure(State.NUMBER, parts[0].value, parts)
    if missing or not MEASURES[parts[0].measure_id].additive_places:
        return TodayFigure(State.UNKNOWN, None, parts, missing)
    return TodayFigure(State.NUMBER, sum(part.value or 0 for part in parts), parts)


def add_up(figures: Iterable[Observation]) -> Sum:
    """The sum of what is shown, and how many places have no number."""
    value: int | None = None
    places, without = 0, dict[State, int]()
    for one in figures:
        places += 1
        if one.value is not None:
            value = (value or 0) + int(one.value)
        elif one.state is not State.NOT_ASKED:
            without[one.state] = without.get(one.state, 0) + 1
    return Sum(value, places, without)


def county_of(row: Observation) -> str:
    """The county of today that the figure's whole area lies in; empty when it lies in none or in two."""
    registry = Registry.shipped()
    found = {registry.municipality(code).county_code for code in successors(row.place, row.year)}
    return found.pop() if len(found) == 1 else ""


def by_county(rows: Sequence[Observation]) -> dict[str, dict[int, Sum]]:
    """Today's county -> year -> the sum of the municipalities whose area lies in it."""
    held: dict[tuple[str, int], list[Observation]] = defaultdict(list)
    for row in rows:
        if len(row.place) == 4:
            held[county_of(row), row.year].append(row)
    found: dict[str, dict[int, Sum]] = defaultdict(dict)
    for (county, year), here in sorted(held.items()):
        if county:
            found[county][year] = add_up(here)
    return found


@cache
def _today() -> frozenset[str]:
    return frozenset(str(one.code) for one in Registry.shipped().all_municipalities)

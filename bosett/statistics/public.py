"""What of the published figures is shown to everybody: which tables, and each figure as the public sees it.

Sources hide small numbers each in its own way, and two of their tables together may tell what one hides.  So
every figure of persons or cases passes the same rules once (`hiding.hidden_cells`), whatever page, file or call
shows it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from bosett.statistics.measures import MEASURES
from bosett.statistics.todays_places import predecessors, successors
from bosett.terms.figure import State
from bosett.terms.observation import Breakdown, Observation

DECISIONS = frozenset({"need", "asked", "asked_original", "voted"})
"""What the State asked and the councils decided: public decisions about numbers, not counts of persons."""
PLAIN: frozenset[tuple[str, ...]] = frozenset({()})
SHAPES: dict[str, frozenset[tuple[str, ...]]] = {
    "settled": frozenset({(), ("group",), ("protection",), ("origin",)}),
    "applications": frozenset({("procedure",), ("citizenship", "procedure")}),
    "decisions": frozenset({("level", "outcome")}),
    "grants_paid": frozenset({("scheme",)}),
    "unemployed": frozenset({("work_status",)}),
    "unemployed_share": frozenset({("work_status",)}),
    "refugee_population": frozenset({("citizenship", "population_group")}),
    "need": frozenset({("statement",)}),
    "asked": frozenset({(), ("group",)}),
    "voted": frozenset({(), ("group",)}),
}
"""Measure -> breakdowns shown; a measure that is not here is shown for everybody only.

Finer tables (sex, age, citizenship by sex, way of moving by years of residence) share margins with these and are
kept back.
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure as the rules see it: what every source says about the same thing is one cell."""

    measure: str
    place: str
    year: int
    quarter: int
    month: int
    breakdown: Breakdown


def is_shown_shape(one: Observation) -> bool:
    """Whether figures of this measure and breakdown are shown at all."""
    return tuple(dimension for dimension, _ in one.breakdown) in SHAPES.get(one.measure_id, PLAIN)


def cell_of(one: Observation) -> Cell:
    """The cell a figure stands in, whichever source tells it."""
    place = _area(one.place, one.year) if len(one.place) == 4 else one.place
    return Cell(one.measure_id, place, one.year, one.quarter or 0, one.month or 0, one.breakdown)


@cache
def _area(place: str, year: int) -> str:
    """Today's code where it names the very same area, so that a new code uncovers nothing."""
    after = successors(place, year)
    return after[0] if len(after) == 1 and predecessors(year).get(after[0]) in ((place,), None) else place


def shown(one: Observation, hidden: frozenset[Cell]) -> Observation:
    """The figure as the public sees it."""
    if one.value is not None and cell_of(one) in hidden:
        return replace(one, state=State.SUPPRESSED, value=None)
    return one


def is_counted(measure: str) -> bool:
    """Whether a measure counts persons or their cases, so that small numbers are hidden."""
    return MEASURES[measure].protected and measure not in DECISIONS

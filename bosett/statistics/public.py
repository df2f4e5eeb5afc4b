"""What of the published figures is shown to everybody: which tables, and which of their cells are hidden.

Sources hide small numbers each in its own way, and two of their tables together may tell what one hides.  Here
every figure of persons or cases passes the same rules once, whatever page, file or call shows it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bosett.statistics.measures import MEASURES
from bosett.statistics.todays_places import predecessors, successors
from bosett.terms.figure import State
from bosett.terms.observation import COUNTRY, Breakdown, Observation

THRESHOLD, WIDTH = 5, 5
FOUR = 4
"""Digits of a municipality's code; counties and the country have fewer."""
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
Numbers = dict["Cell", dict[str, int]]
"""Cell -> what each source says of it."""
RATE_OF = {"unemployed_share": "unemployed", "patients_without_gp_share": "patients_without_gp"}


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


def hidden_cells(
    rows: Sequence[Observation], threshold: int = THRESHOLD, width: int = WIDTH
) -> frozenset[Cell]:
    """Every cell that is hidden from the public.

    Promise: what one source hides is hidden in all; no count of persons or cases from 1 to `threshold` - 1 is
    shown; no part is shown whose remainder is so small; and where a published total stands over its places,
    what is hidden below it can be narrowed to no less than `width`.
    """
    numbers = _numbers(rows)
    hidden = {cell_of(one) for one in rows if one.state is State.SUPPRESSED}
    hidden |= {
        cell
        for cell, values in numbers.items()
        if is_counted(cell.measure) and _is_small(values.values(), threshold)
    }
    hidden |= set(_small_remainders(numbers, hidden, threshold))
    hidden |= set(_followers(numbers, hidden))
    _hide_partners(numbers, hidden, width)
    return frozenset(hidden | set(_followers(numbers, hidden)))


def is_counted(measure: str) -> bool:
    """Whether a measure counts persons or their cases, so that small numbers are hidden."""
    return MEASURES[measure].protected and measure not in DECISIONS


def _numbers(rows: Iterable[Observation]) -> Numbers:
    found: Numbers = defaultdict(dict)
    for one in rows:
        if one.value is not None:
            found[cell_of(one)][f"{one.dataset_id}/{one.source_id}"] = int(one.value)
    return found


def _is_small(values: Iterable[int], threshold: int) -> bool:
    return any(0 < value < threshold for value in values)


def _small_remainders(numbers: Numbers, hidden: set[Cell], threshold: int) -> Iterator[Cell]:
    """Parts whose total minus them is small, and both halves of a pair of which one is hidden."""
    for cell, values in numbers.items():
        if (
            len(cell.breakdown) != 1
            or not is_counted(cell.measure)
            or () not in SHAPES.get(cell.measure, PLAIN)
        ):
            continue
        total = replace(cell, breakdown=())
        if any(
            _is_small([whole - part for part in values.values()], threshold)
            for whole in numbers.get(total, {}).values()
        ):
            yield cell
        elif cell.breakdown[0][0] == "origin":
            other = replace(
                cell, breakdown=(("origin", "other" if cell.breakdown[0][1] == "ukrainian" else "ukrainian"),)
            )
            if other in hidden or total in hidden:
                yield cell


def _followers(numbers: Numbers, hidden: set[Cell]) -> Iterator[Cell]:
    """Rates of a hidden count, and the sum of grants of which a scheme is hidden."""
    for cell in numbers:
        if cell.measure in RATE_OF and replace(cell, measure=RATE_OF[cell.measure]) in hidden:
            yield cell
    for cell in hidden:
        if cell.measure == "grants_paid":
            yield replace(cell, breakdown=(("scheme", "total"),))


def _hide_partners(numbers: Numbers, hidden: set[Cell], width: int) -> None:
    """Below every published total over places: hide more until the hidden ones cannot be narrowed."""
    families: dict[Cell, list[Cell]] = defaultdict(list)
    for cell in {*numbers, *hidden}:
        if is_counted(cell.measure):
            families[replace(cell, place=COUNTRY)].append(cell)
    for family in families.values():
        if not hidden.isdisjoint(family):
            totals = [cell for cell in family if len(cell.place) < FOUR and cell in numbers]
            for total in sorted(totals, key=lambda one: one.place):
                for below in _below(family, total):
                    hidden |= _partners(numbers, hidden, total, below, width)


def _below(family: Sequence[Cell], total: Cell) -> Iterator[list[Cell]]:
    """The cells that sum to a total: a county's municipalities; the country's counties, and its municipalities."""
    county = "" if total.place == COUNTRY else total.place
    sizes = (2, 4) if total.place == COUNTRY else (4,)
    for size in sizes:
        yield [cell for cell in family if len(cell.place) == size and cell.place.startswith(county)]


def _partners(
    numbers: Numbers, hidden: set[Cell], total: Cell, below: Sequence[Cell], width: int
) -> set[Cell]:
    """Cells to hide beside the hidden ones below a total, the smallest first, for each source that tells them."""
    more: set[Cell] = set()
    if total in hidden:
        return more
    for source in {source for cell in below for source in numbers.get(cell, {})}:
        known = [cell for cell in below if source in numbers.get(cell, {})]
        seen = sorted(
            (cell for cell in known if cell not in hidden and numbers[cell][source] > 0),
            key=lambda one: (numbers[one][source], one.place),
        )
        unseen = sum(cell in hidden for cell in below)
        told = [numbers[cell][source] for cell in seen]
        for whole in numbers[total].values():
            more |= set(seen[: _needed(whole - sum(told), unseen, told, width)])
    return more


def _needed(left: int, count: int, told: Sequence[int], width: int) -> int:
    """How many of the shown to hide, in their order; none where the total cannot be of the same count."""
    if count == 0:
        return 0
    for place, value in enumerate(told):
        if left < count or left - count >= width:
            return place
        left, count = left + value, count + 1
    return len(told)
